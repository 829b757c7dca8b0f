#include "inflow/person_day.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/map.h"
#include "base/xalloc.h"

#define POINTS_APART 1.0 /* of a percentage and its counts, to be told */

struct person_day {
	const struct figure_form *form;
	const struct inflow_header *header;
	const struct tell *tell;
	bool keep_going;
	struct person_day_counts counts;
	struct arena *keep;
	struct buf key;	     /* of the row added last */
	struct buf bad_name; /* a row of that name had no readable day */
	struct row *added;   /* in the order of their keys */
	size_t nr, cap;
	struct row **row; /* those that count, in the order of their lines */
	size_t row_cap;
	struct buf creators;
};

struct person_day *
person_day_new(const struct figure_form *form,
    const struct inflow_header *header, const struct tell *told,
    bool keep_going)
{
	struct person_day *d = xcalloc(1, sizeof(*d));

	d->form = form;
	d->header = header;
	d->tell = told;
	d->keep_going = keep_going;
	d->keep = arena_new();
	buf_init(&d->key, SIZE_MAX / 2);
	buf_init(&d->bad_name, SIZE_MAX / 2);
	buf_init(&d->creators, SIZE_MAX / 2);
	return d;
}

void
person_day_free(struct person_day *d)
{
	if (d == NULL)
		return;
	arena_free(d->keep);
	buf_free(&d->key);
	buf_free(&d->bad_name);
	buf_free(&d->creators);
	free(d->added);
	free(d->row);
	free(d);
}

const struct person_day_counts *
person_day_counts(const struct person_day *d)
{
	return &d->counts;
}

bool
person_day_add(struct person_day *d, struct text key, struct text value)
{
	struct text last = buf_view(&d->key), copy;

	if (d->nr > 0) {
		if (text_equal(key, last)) {
			d->counts.twice++;
			return true;
		}
		if (key.len != last.len ||
		    memcmp(key.p, last.p, key.len - ROW_HASH) != 0)
			return false;
	} else
		arena_clear(d->keep);
	buf_clear(&d->key);
	buf_text(&d->key, key);
	copy = arena_copy(d->keep, value);
	d->added = xgrow(d->added, d->nr, &d->cap, sizeof(*d->added));
	row_from_bytes(&d->added[d->nr++], copy);
	return true;
}

static void
blame(struct person_day *d, struct row *row, size_t column, const char *what)
{
	struct text header = d->header->cell[d->header->at[column]];

	tell(d->tell, TELL_BAD, row->line, "column '%.*s': %s; %s",
	    TEXT_ARG(header), what,
	    d->keep_going ? "taken as null" : "row left out");
	if (d->keep_going) {
		row->figure[column].known = false;
		d->counts.nulls++;
	} else
		row->bad = true;
}

static void
settle(struct person_day *d, struct row *row)
{
	static const char *const said[] = {
		[FIGURE_ROUNDED] = "a count that is not whole was rounded",
		[FIGURE_NEGATIVE] = "a count below zero was taken as null",
	};
	struct fault f = { 0 };
	enum figure_doubt doubt;
	enum inflow_figure i;

	for (i = 0; i < INFLOW_FIGURES; i++) {
		if (figure_settle(&row->figure[i], i, d->form, &doubt, &f) ==
		    -1) {
			blame(d, row, i, f.text);
			continue;
		}
		if (doubt != FIGURE_FINE)
			tell(d->tell, TELL_DOUBT, row->line,
			    "column '%.*s': %s",
			    TEXT_ARG(d->header->cell[d->header->at[i]]),
			    said[doubt]);
	}
}

static int
compare_lines(const void *a, const void *b)
{
	const struct row *const *x = a, *const *y = b;

	return ((*x)->line > (*y)->line) - ((*x)->line < (*y)->line);
}

static void
sort_by_line(struct person_day *d)
{
	size_t i;

	if (d->nr > d->row_cap) {
		d->row_cap = d->cap;
		d->row = xreallocarray(d->row, d->row_cap, sizeof(*d->row));
	}
	for (i = 0; i < d->nr; i++)
		d->row[i] = &d->added[i];
	if (d->nr > 1)
		qsort(d->row, d->nr, sizeof(*d->row), compare_lines);
}

/* What separates the creators of a list. */
static bool
is_between(char c)
{
	return c == ',' || c == ';' || c == '|' || c == '\n';
}

/* The next name of a list of creators, *at moving on; false at the end. */
static bool
next_creator(struct text *list, struct text *one)
{
	size_t len;

	do {
		if (list->len == 0)
			return false;
		for (len = 0; len < list->len; len++)
			if (is_between(list->p[len]))
				break;
		*one = loose_trim((struct text){ list->p, len });
		len += len < list->len;
		list->p += len;
		list->len -= len;
	} while (one->len == 0);
	return true;
}

static size_t
count_creators(struct text list)
{
	struct text one;
	size_t nr = 0;

	while (next_creator(&list, &one))
		nr++;
	return nr;
}

/*
 * Where a row is for several creators, the rows for one of them are parts of
 * it, and dropped.
 */
static void
drop_parts(struct person_day *d)
{
	struct map *whole = NULL;
	struct text list, one;
	size_t i, nr = 0;

	for (i = 0; i < d->nr; i++) {
		list = d->row[i]->text[ROW_CREATORS];
		if (list.p == NULL || count_creators(list) < 2)
			continue;
		if (whole == NULL)
			whole = map_new();
		while (next_creator(&list, &one))
			map_put(whole, one, 1);
	}
	if (whole == NULL)
		return;
	for (i = 0; i < d->nr; i++) {
		list = d->row[i]->text[ROW_CREATORS];
		if (list.p == NULL || count_creators(list) != 1 ||
		    !next_creator(&list, &one) ||
		    map_get(whole, one) == MAP_NONE)
			d->row[nr++] = d->row[i];
	}
	d->nr = nr;
	map_free(whole);
}

static double
value_of(
    const struct person_day *d, const struct row *row, enum inflow_figure which)
{
	return figure_value(&row->figure[which], which, d->form);
}

/* 100 * part / whole; null when one is, or whole is zero. */
static double
percent(const struct inflow_row *out, enum inflow_figure part,
    enum inflow_figure whole)
{
	if (!(out->figure[whole] > 0))
		return NAN;
	return 100.0 * out->figure[part] / out->figure[whole];
}

static const struct {
	enum inflow_figure is, part, whole;
} made_of[] = {
	{ INFLOW_GOLDEN_PCT, INFLOW_PPVS_SENT, INFLOW_MESSAGES_SENT },
	{ INFLOW_UNLOCK_PCT, INFLOW_PPVS_UNLOCKED, INFLOW_PPVS_SENT },
	{ INFLOW_CVR_PCT, INFLOW_FANS_SPENT, INFLOW_FANS },
};

static void
take_one(struct person_day *d, struct inflow_row *out)
{
	const struct row *row = d->row[0];
	double counted, *given;
	size_t i;

	for (i = 0; i < INFLOW_FIGURES; i++)
		out->figure[i] = value_of(d, row, (enum inflow_figure)i);
	for (i = 0; i < sizeof(made_of) / sizeof(*made_of); i++) {
		counted = percent(out, made_of[i].part, made_of[i].whole);
		given = &out->figure[made_of[i].is];
		if (isnan(*given))
			*given = counted;
		else if (fabs(*given - counted) > POINTS_APART)
			tell(d->tell, TELL_DOUBT, row->line,
			    "column '%.*s' has %.1f %%, its counts make "
			    "%.1f %%",
			    TEXT_ARG(
				d->header->cell[d->header->at[made_of[i].is]]),
			    *given, counted);
	}
	out->creators = row->text[ROW_CREATORS];
}

/* The mean of reply times, weighted by messages where they are known. */
static double
mean_reply(const struct person_day *d)
{
	double sum = 0, weights = 0, plain = 0, nr = 0, reply, weight;
	bool zero = false;
	size_t i;

	for (i = 0; i < d->nr; i++) {
		reply = value_of(d, d->row[i], INFLOW_REPLY_S);
		if (!(reply > 0)) {
			zero |= reply == 0.0;
			continue;
		}
		weight = value_of(d, d->row[i], INFLOW_MESSAGES_SENT);
		if (weight > 0) {
			sum += reply * weight;
			weights += weight;
		}
		plain += reply;
		nr++;
	}
	if (weights > 0)
		return sum / weights;
	if (nr > 0)
		return plain / nr;
	return zero ? 0.0 : NAN;
}

static void
add_creators(struct person_day *d, struct inflow_row *out)
{
	struct map *seen = map_new();
	struct text list, one;
	bool added;
	size_t i;

	buf_clear(&d->creators);
	for (i = 0; i < d->nr; i++) {
		list = d->row[i]->text[ROW_CREATORS];
		while (list.p != NULL && next_creator(&list, &one)) {
			(void)map_intern(seen, one, &added);
			if (!added)
				continue;
			if (d->creators.len > 0)
				buf_str(&d->creators, ", ");
			buf_text(&d->creators, one);
		}
	}
	if (d->creators.len > 0)
		out->creators = buf_view(&d->creators);
	map_free(seen);
}

static void
take_several(struct person_day *d, struct inflow_row *out)
{
	struct figure_sum sum;
	enum inflow_figure which;
	size_t i;

	for (which = 0; which < INFLOW_FIGURES; which++) {
		sum = (struct figure_sum){ 0 };
		for (i = 0; figure_adds(which) && i < d->nr; i++)
			figure_add(&sum, &d->row[i]->figure[which], which);
		out->figure[which] = figure_total(&sum, which);
	}
	for (i = 0; i < sizeof(made_of) / sizeof(*made_of); i++)
		out->figure[made_of[i].is] =
		    percent(out, made_of[i].part, made_of[i].whole);
	out->figure[INFLOW_REPLY_S] = mean_reply(d);
	add_creators(d, out);
}

static struct text
first_text(const struct person_day *d, enum row_text which)
{
	size_t i;

	for (i = 0; i < d->nr; i++)
		if (d->row[i]->text[which].p != NULL)
			return d->row[i]->text[which];
	return (struct text){ NULL, 0 };
}

/* One of the rows is bad: which of the others go with it is told. */
static bool
is_spoilt(struct person_day *d, struct text key)
{
	struct text name = row_key_person(key);
	size_t i, bad = 0;

	for (i = 0; i < d->nr; i++)
		bad += d->row[i]->bad;
	if (row_key_day(key).len == 0) {
		buf_clear(&d->bad_name);
		buf_text(&d->bad_name, name);
	} else if (bad == 0 && !text_equal(name, buf_view(&d->bad_name)))
		return false;
	if (bad < d->nr)
		tell(d->tell, TELL_BAD, d->row[0]->line,
		    "'%.*s' has rows that were left out: the other %zu of "
		    "%.*s are too",
		    TEXT_ARG(d->row[0]->text[ROW_NAME]), d->nr - bad,
		    TEXT_ARG(row_key_day(key)));
	d->counts.left_out++;
	return true;
}

/* As a whole nothing was done, or less. */
static bool
is_idle(const struct inflow_row *out)
{
	return !(out->figure[INFLOW_CLOCKED_H] > 0 ||
		 out->figure[INFLOW_SALES] > 0 ||
		 out->figure[INFLOW_MESSAGES_SENT] > 0);
}

static int
make_record(struct person_day *d, struct inflow_row *out)
{
	struct text key = buf_view(&d->key);
	size_t i;

	for (i = 0; i < d->nr; i++)
		if (!d->row[i]->bad && !d->row[i]->settled)
			settle(d, d->row[i]);
	if (is_spoilt(d, key))
		return 0;
	if (d->nr > 1)
		drop_parts(d);
	memset(out, 0, sizeof(*out));
	out->rows = d->nr;
	out->date = row_key_day(key);
	out->tz = d->header->zone;
	out->name = d->row[0]->text[ROW_NAME];
	out->email = first_text(d, ROW_EMAIL);
	out->group = first_text(d, ROW_GROUP);
	if (d->nr == 1)
		take_one(d, out);
	else
		take_several(d, out);
	if (is_idle(out)) {
		d->counts.idle++;
		return 0;
	}
	d->counts.written++;
	return 1;
}

int
person_day_finish(struct person_day *d, struct inflow_row *out)
{
	int made;

	if (d->nr == 0)
		return 0;
	sort_by_line(d);
	made = make_record(d, out);
	d->nr = 0;
	return made;
}
