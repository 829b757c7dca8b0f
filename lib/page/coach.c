#include "page/coach.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/xalloc.h"
#include "html/asset.h"
#include "page/coach_views.h"

ASSET(coach_js, "lib/page/coach.js")

#define DATA_MAX  ((size_t)256 << 20)
#define MILLI_US  1000
#define TITLE_MAX 96

const struct page_view coach_view[] = {
	{ .id = "dashboard", .name = "Dashboard" },
	{ .id = "weken", .name = "Weken" },
	{ .id = "pool", .name = "NA_Pool" },
	{ .id = "beschikbaarheid", .name = "Beschikbaarheid" },
	{ .id = "runs", .name = "Runs" },
	{ .id = "uitleg", .name = "Uitleg" },
};
const size_t coach_view_nr = sizeof(coach_view) / sizeof(coach_view[0]);

void
coach_write_heading(struct html *h, const char *id, const char *text)
{
	html_open(h, "h3");
	if (id != NULL)
		html_attr(h, "id", id);
	html_str(h, text);
	html_close(h);
}

void
coach_write_filters_open(struct html *h, const char *name)
{
	html_open(h, "div");
	html_class(h, "cols");
	html_open(h, "div");
	html_class(h, "filters");
	html_attr(h, "role", "group");
	html_attr(h, "aria-label", name);
	html_open(h, "details");
	html_flag(h, "open");
	html_flag(h, "data-filters");
	html_put(h, "summary", NULL, name);
}

void
coach_write_filters_close(struct html *h)
{
	html_open(h, "button");
	html_attr(h, "type", "button");
	html_class(h, "reset");
	html_flag(h, "hidden");
	html_str(h, "Herstel filters");
	html_close(h);
	html_close(h);
}

void
coach_write_line(struct html *h, const char *name, int tone, const char *text)
{
	html_open(h, "div");
	html_open(h, "dt");
	if (tone >= 0)
		page_badge(h, name, tone);
	else
		html_str(h, name);
	html_close(h);
	html_put(h, "dd", NULL, text);
	html_close(h);
}

struct table
coach_table(const char *id, const char *title, const char *empty,
    const struct table_column *column, size_t column_nr, size_t row_nr)
{
	return (struct table){ .id = id,
		.title = title,
		.search = COACH_SEARCH,
		.row = COACH_ROW,
		.rows = COACH_ROWS,
		.empty = empty,
		.column = column,
		.column_nr = column_nr,
		.row_nr = row_nr,
		.sorted_by = column_nr };
}

void
coach_write_chips(
    struct html *h, const char *id, const char *const *chip, size_t nr)
{
	size_t i;

	page_region_open(h, id, NULL);
	html_open(h, "ul");
	html_class(h, "chips");
	for (i = 0; i < nr; i++)
		html_put(h, "li", NULL, chip[i]);
	html_close(h);
	html_close(h);
}

void
coach_write_figure_open(
    struct html *h, const char *names, const char *title, const char *id)
{
	html_open(h, "figure");
	html_class(h, names);
	html_put(h, "h3", NULL, title);
	page_region_open(h, id, NULL);
}

void
coach_write_behind_open(struct html *h, const struct table *t)
{
	html_open(h, "details");
	html_class(h, "behind");
	html_put(h, "summary", NULL, "Als tabel");
	table_open(h, t);
}

void
coach_write_behind_close(struct html *h)
{
	table_close(h);
	html_close(h);
	html_close(h); /* the figure */
}

const char *
coach_page_empty(const struct coach_page *p, const char *usual)
{
	if (p->row_nr > 0)
		return usual;
	return "Geen coaches in deze run. Haal eerst data op met "
	       "coach-refresh.";
}

static int
by_value(const void *a, const void *b)
{
	const struct choice *x = a, *y = b;

	return strcmp(x->value, y->value);
}

/* Sort, and let each value stand once. */
static size_t
make_distinct(struct choice *choice, size_t nr)
{
	size_t i, kept = 0;

	if (nr > 1)
		qsort(choice, nr, sizeof(*choice), by_value);
	for (i = 0; i < nr; i++)
		if (kept == 0 ||
		    strcmp(choice[kept - 1].value, choice[i].value) != 0)
			choice[kept++] = choice[i];
	return kept;
}

/* The names and the labels that controls offer. */
static void
find_choices(struct coach_page *p)
{
	const size_t labels = sizeof(p->label) / sizeof(p->label[0]);
	const char *name, *label;
	size_t i;

	p->name = xcalloc(p->row_nr, sizeof(*p->name));
	p->name_nr = p->label_nr = 0;
	for (i = 0; i < p->row_nr; i++) {
		if (!coach_page_shows(p, &p->row[i]))
			continue;
		label = arena_copy(p->text, coach_page_label(&p->row[i])).p;
		if (p->label_nr == labels)
			p->label_nr = make_distinct(p->label, p->label_nr);
		if (p->label_nr < labels)
			p->label[p->label_nr++] =
			    (struct choice){ label, label };
		if (coach_state_of(text_of(label)) == STATE_OTHER)
			p->has_other = true;
		name = p->row[i].name.p;
		if (name == NULL)
			continue;
		p->name[p->name_nr++] = (struct choice){ name, name };
		map_put(p->shown, p->row[i].name, i);
	}
	p->name_nr = make_distinct(p->name, p->name_nr);
	p->label_nr = make_distinct(p->label, p->label_nr);
}

/* Leave out the deals of whom pages do not show: no filter brings them in. */
static void
drop_deals(struct coach_page *p)
{
	size_t *to = xcalloc(p->who_nr, sizeof(*to));
	bool *knows = xcalloc(p->who_nr, sizeof(*knows));
	size_t i, nr = 0;

	for (i = 0; i < p->who_nr; i++) {
		knows[i] = coach_page_knows(p, p->who[i].name);
		to[i] = nr;
		if (knows[i])
			p->who[nr++] = p->who[i];
	}
	p->who_nr = nr;
	for (i = nr = 0; i < p->deal_nr; i++) {
		if (!knows[p->deal[i].who])
			continue;
		p->deal[nr] = p->deal[i];
		p->deal[nr++].who = to[p->deal[i].who];
	}
	p->deal_nr = nr;
	free(to);
	free(knows);
}

static void
put_figures(struct buf *b, const struct coach_row_figures *of)
{
	json_open_array(b);
	json_put_number(b, of->deals);
	json_put_number(b, of->smoothed_pct);
	json_put_number(b, of->nabeller_pct);
	json_put_number(b, of->warm);
	json_put_number(b, of->info);
	json_close_array(b);
}

static void
put_coaches(struct buf *b, const struct coach_page *p)
{
	size_t i;
	int k;

	json_key(b, "coaches");
	json_open_array(b);
	for (i = 0; i < p->row_nr; i++) {
		if (!coach_page_shows(p, &p->row[i]))
			continue;
		json_open_array(b);
		json_put_text(b, p->row[i].id);
		json_put_text(b, p->row[i].name);
		json_put_text(b, coach_page_label(&p->row[i]));
		for (k = 0; k < PERIODS; k++)
			put_figures(b, &p->row[i].of[k]);
		json_close_array(b);
	}
	json_close_array(b);
}

/* Digits and letters, as JavaScript's toString(36). */
static void
put_base36(struct buf *b, int64_t x)
{
	static const char digit[] = "0123456789abcdefghijklmnopqrstuvwxyz";
	char text[16];
	size_t i = sizeof(text);
	uint64_t rest = x < 0 ? -(uint64_t)x : (uint64_t)x;

	do
		text[--i] = digit[rest % 36];
	while ((rest /= 36) > 0);
	if (x < 0)
		buf_char(b, '-');
	buf_add(b, text + i, sizeof(text) - i);
}

static int
by_who(const void *a, const void *b)
{
	const struct page_deal *x = a, *y = b;

	if (x->who != y->who)
		return x->who < y->who ? -1 : 1;
	if (x->created_at != y->created_at)
		return x->created_at < y->created_at ? 1 : -1;
	return x->kind - y->kind;
}

/*
 * The deals of each coach, since these are most of the page: its kind and how
 * long before the page it came, in the largest unit that loses nothing.
 */
static void
put_deals(struct buf *b, struct coach_page *p)
{
	int64_t unit = MILLI_US;
	struct buf line;
	size_t i, who;

	if (p->deal_nr > 1)
		qsort(p->deal, p->deal_nr, sizeof(*p->deal), by_who);

	for (i = 0; i < p->deal_nr; i++)
		if ((p->set->as_of - p->deal[i].created_at) % unit != 0)
			unit = 1;
	json_key(b, "unit");
	json_put_int(b, unit);
	json_key(b, "who");
	json_open_array(b);
	for (i = 0; i < p->who_nr; i++) {
		json_open_array(b);
		json_put_text(b, p->who[i].id);
		json_put_text(b, p->who[i].name);
		json_close_array(b);
	}
	json_close_array(b);
	json_key(b, "deals");
	json_open_array(b);
	buf_init(&line, DATA_MAX);
	for (i = who = 0; who < p->who_nr; who++) {
		buf_clear(&line);
		for (; i < p->deal_nr && p->deal[i].who == who; i++) {
			if (line.len > 0)
				buf_char(&line, ' ');
			buf_printf(&line, "%d", p->deal[i].kind);
			put_base36(&line,
			    (p->set->as_of - p->deal[i].created_at) / unit);
		}
		json_put_text(b, buf_view(&line));
	}
	buf_free(&line);
	json_close_array(b);
}

/* Which rows of availability are of names that other views leave out. */
static void
put_hidden(struct buf *b, const struct coach_page *p)
{
	struct buf flags;
	size_t i;

	buf_init(&flags, DATA_MAX);
	for (i = 0; i < p->available_nr; i++)
		buf_char(&flags,
		    exclusions_have(&p->set->hidden, p->available[i].coach_name)
			? '1'
			: '0');
	json_key(b, "hidden");
	json_put_text(b, buf_view(&flags));
	buf_free(&flags);
}

static void
put_status(struct buf *b, struct text label)
{
	enum coach_state state = coach_state_of(label);

	if (text_is(label, coach_state_label(state)))
		json_put_int(b, state);
	else
		json_put_text(b, label);
}

static void
put_difference(struct buf *b, const struct difference_row *d)
{
	json_open_array(b);
	json_put_text(b, d->coach_name);
	json_put_number(b, d->deals_a);
	json_put_number(b, d->deals_b);
	json_put_number(b, d->smoothed_a);
	json_put_number(b, d->smoothed_b);
	put_status(b, d->status_a);
	put_status(b, d->status_b);
	json_close_array(b);
}

/* Those of the same runs and period that follow each other are together. */
static void
put_differences(struct buf *b, const struct coach_page *p)
{
	const struct difference_row *d, *first = NULL;
	size_t i;

	json_key(b, "differences");
	json_open_array(b);
	for (i = 0; i < p->difference_nr; i++) {
		d = &p->difference[i];
		if (first == NULL || !text_equal(first->period, d->period) ||
		    !text_equal(first->run_a, d->run_a) ||
		    !text_equal(first->run_b, d->run_b)) {
			if (first != NULL) {
				json_close_array(b);
				json_close_array(b);
			}
			first = d;
			json_open_array(b);
			json_put_text(b, d->period);
			json_put_str(
			    b, arena_printf(p->text, "%.*s %.*s",
				   TEXT_ARG(d->run_a), TEXT_ARG(d->run_b)));
			json_open_array(b);
		}
		put_difference(b, d);
	}
	if (first != NULL) {
		json_close_array(b);
		json_close_array(b);
	}
	json_close_array(b);
}

static void
put_data(struct buf *b, struct coach_page *p)
{
	json_open(b);
	json_key(b, "as_of");
	json_put_int(b, p->set->as_of);
	json_key(b, "requests");
	json_put_bool(b, p->has_requests);
	json_key(b, "states");
	json_put_int(b, p->has_other ? STATES : STATE_OTHER);
	json_key(b, "labels");
	json_put_int(b, (int64_t)p->label_nr);
	put_coaches(b, p);
	put_deals(b, p);
	put_hidden(b, p);
	put_differences(b, p);
	json_close(b);
}

/* What holds for more than one view. */
static void
write_global(const struct coach_page *p, struct html *h)
{
	static const struct choice period[] = {
		{ "1m", "1 maand" },
		{ "3m", "3 maanden" },
		{ "6m", "6 maanden" },
	};

	html_open(h, "div");
	html_class(h, "global");
	html_attr(h, "data-views", "dashboard weken pool runs");
	html_flag(h, "data-filters");
	control_radio(h, "periode", "Periode", period, PERIODS);
	control_pick(h, "uit", "Coaches uitsluiten", "Zoek een coach", p->name,
	    p->name_nr);
	html_open(h, "button");
	html_attr(h, "type", "button");
	html_class(h, "reset");
	html_flag(h, "hidden");
	html_str(h, "Herstel");
	html_close(h);
	html_close(h);
}

static void
write_footer(const struct coach_page *p, struct html *h)
{
	char at[INSTANT_TEXT];
	const char *id = p->set->run_id;

	instant_format(p->set->as_of, at);
	html_open(h, "footer");
	if (id != NULL)
		html_printf(h, "Run: %.2s-%.2s-%.4s %.2s:%.2s UTC", id + 6,
		    id + 4, id, id + 9, id + 11);
	else
		html_str(h, "Run: onbekend");
	html_printf(h, " · Peildatum: %.2s-%.2s-%.4s %.5s UTC", at + 8, at + 5,
	    at, at + 11);
	html_close(h);
}

static void
title_text(const struct coach_page *p, char out[TITLE_MAX])
{
	const char *id = p->set->run_id;
	size_t i, nr = 0;

	for (i = 0; i < p->row_nr; i++)
		nr += coach_page_shows(p, &p->row[i]);
	if (id != NULL)
		snprintf(out, TITLE_MAX,
		    "Run %.2s-%.2s-%.4s %.2s:%.2s UTC · %zu coaches", id + 6,
		    id + 4, id, id + 9, id + 11, nr);
	else
		snprintf(out, TITLE_MAX, "Run onbekend · %zu coaches", nr);
}

void
coach_page_write(struct coach_page *p, struct buf *out)
{
	char subtitle[TITLE_MAX];
	const struct page_part part[] = {
		page_part_draw(),
		{ .script = ASSET_TEXT(coach_js) },
	};
	const struct page page = {
		.lang = "nl",
		.title = "Coach dashboard",
		.subtitle = subtitle,
		.skip = "Naar de inhoud",
		.views_name = "Onderdelen",
		.theme_name = "Donker",
		.view = coach_view,
		.view_nr = coach_view_nr,
		.part = part,
		.part_nr = 2,
	};
	struct html h;
	struct buf data;

	find_choices(p);
	drop_deals(p);
	title_text(p, subtitle);
	html_init(&h, out);
	page_begin(&h, &page);
	write_global(p, &h);
	coach_write_board(p, &h);
	coach_write_weeks(p, &h);
	coach_write_pool(p, &h);
	coach_write_available(p, &h);
	coach_write_runs(p, &h);
	coach_write_help(p, &h);
	write_footer(p, &h);
	buf_init(&data, DATA_MAX);
	put_data(&data, p);
	page_end(&h, &page, buf_view(&data));
	buf_free(&data);
}
