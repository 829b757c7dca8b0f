#include "coach/compare.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/map.h"
#include "base/num.h"
#include "base/xalloc.h"
#include "coach/exclusions.h"
#include "coach/stats.h"
#include "coach/status.h"

enum column {
	COLUMN_ID,
	COLUMN_NAME,
	COLUMN_DEALS,
	COLUMN_SMOOTHED,
	COLUMN_ELIGIBILITY,
	COLUMNS,
};

#define NOWHERE	 ((size_t)-1)
#define TEXT_MAX ((size_t)1 << 20) /* a cell has 32,767 characters */

struct shown {
	struct text id;
	struct text name; /* "no text": none */
	struct run_side side;
};

struct coach_snapshot {
	const char *period;
	struct exclusions hidden;
	bool has_header;
	size_t column[COLUMNS]; /* where it stands, or NOWHERE */
	struct arena *text;
	struct map *seen; /* every coach_id, the hidden ones too */
	struct shown *coach;
	size_t nr, cap;
};

struct coach_snapshot *
coach_snapshot_new(const char *period)
{
	struct coach_snapshot *s = xcalloc(1, sizeof(*s));

	s->period = period;
	exclusions_init(&s->hidden);
	s->text = arena_new();
	s->seen = map_new();
	return s;
}

void
coach_snapshot_free(struct coach_snapshot *s)
{
	if (s == NULL)
		return;
	arena_free(s->text);
	map_free(s->seen);
	free(s->coach);
	free(s);
}

static int
read_header(struct coach_snapshot *s, const struct xlsx_cell *cell, size_t nr,
    struct fault *f)
{
	static const struct {
		const char *name;
		bool of_period;
		bool needed;
	} wanted[COLUMNS] = {
		[COLUMN_ID] = { "coach_id", false, true },
		[COLUMN_NAME] = { "Coachnaam", false, false },
		[COLUMN_DEALS] = { "deals", true, true },
		[COLUMN_SMOOTHED] = { "smoothed", true, true },
		[COLUMN_ELIGIBILITY] = { "eligibility", false, false },
	};
	char name[32];
	size_t i, k;

	for (k = 0; k < COLUMNS; k++) {
		snprintf(name, sizeof(name), "%s%s%s", wanted[k].name,
		    wanted[k].of_period ? "_" : "",
		    wanted[k].of_period ? s->period : "");
		s->column[k] = NOWHERE;
		for (i = 0; i < nr && s->column[k] == NOWHERE; i++)
			if (cell[i].kind == XLSX_TEXT &&
			    text_is(text_trim(cell[i].text), name))
				s->column[k] = i;
		if (s->column[k] == NOWHERE && wanted[k].needed)
			return fault_set(
			    f, FAULT_DATA, "there is no column '%s'", name);
	}
	s->has_header = true;
	return 0;
}

/* "No text" for a cell that is empty or not there. */
static struct text
cell_text(const struct coach_snapshot *s, enum column column,
    const struct xlsx_cell *cell, size_t nr)
{
	size_t i = s->column[column];
	struct text t = { NULL, 0 };
	struct buf b;

	if (i >= nr || cell[i].kind == XLSX_EMPTY)
		return t;
	buf_init(&b, TEXT_MAX);
	xlsx_cell_plain(&cell[i], &b);
	if (text_trim(buf_view(&b)).len > 0)
		t = arena_copy(s->text, text_trim(buf_view(&b)));
	buf_free(&b);
	return t;
}

static int
cell_number(double *x, const struct coach_snapshot *s, enum column column,
    const struct xlsx_cell *cell, size_t nr, struct fault *f)
{
	size_t i = s->column[column];

	*x = NAN;
	if (i >= nr || cell[i].kind == XLSX_EMPTY)
		return 0;
	if (cell[i].kind != XLSX_NUMBER || !num_parse(cell[i].text, x))
		return fault_set(f, FAULT_DATA, "'%.*s' is not a number",
		    TEXT_ARG(cell[i].text));
	return 0;
}

int
coach_snapshot_row(struct coach_snapshot *s, const struct xlsx_cell *cell,
    size_t nr, struct fault *f)
{
	struct shown *c;
	struct text id, name;
	double deals, smoothed;
	bool is_new;

	if (!s->has_header)
		return read_header(s, cell, nr, f);
	id = cell_text(s, COLUMN_ID, cell, nr);
	if (id.p == NULL)
		return 0;
	(void)map_intern(s->seen, id, &is_new);
	if (!is_new)
		return fault_set(f, FAULT_DATA,
		    "coach_id '%.*s' stands there twice", TEXT_ARG(id));
	if (cell_number(&deals, s, COLUMN_DEALS, cell, nr, f) == -1 ||
	    cell_number(&smoothed, s, COLUMN_SMOOTHED, cell, nr, f) == -1)
		return -1;
	name = cell_text(s, COLUMN_NAME, cell, nr);
	if (exclusions_have(&s->hidden, name))
		return 0;
	s->coach = xgrow(s->coach, s->nr, &s->cap, sizeof(*s->coach));
	c = &s->coach[s->nr++];
	*c = (struct shown){ .id = id,
		.name = name,
		.side = { .is_there = true,
		    .deals = deals,
		    .smoothed_pct = smoothed } };
	c->side.eligibility =
	    coach_label(cell_text(s, COLUMN_ELIGIBILITY, cell, nr));
	return 0;
}

static int
by_id(const void *a, const void *b)
{
	const struct shown *x = a, *y = b;

	return text_compare(x->id, y->id);
}

void
coach_snapshot_settle(struct coach_snapshot *s, long good_deals)
{
	double *smoothed = xcalloc(s->nr, sizeof(*smoothed));
	double median;
	size_t i, nr = 0;

	for (i = 0; i < s->nr; i++)
		if (!isnan(s->coach[i].side.smoothed_pct))
			smoothed[nr++] = s->coach[i].side.smoothed_pct;
	stats_sort(smoothed, nr);
	median = stats_median(smoothed, nr);
	free(smoothed);
	for (i = 0; i < s->nr; i++)
		s->coach[i].side.status = coach_status(s->coach[i].side.deals,
		    s->coach[i].side.smoothed_pct, median, good_deals);
	if (s->nr > 1)
		qsort(s->coach, s->nr, sizeof(*s->coach), by_id);
}

struct run_difference *
coach_compare(
    const struct coach_snapshot *a, const struct coach_snapshot *b, size_t *nr)
{
	struct run_difference *all = xcalloc(a->nr + b->nr, sizeof(*all));
	struct run_difference *d;
	const struct shown *x, *y;
	size_t i = 0, k = 0;
	int order;

	for (d = all; i < a->nr || k < b->nr; d++) {
		x = i < a->nr ? &a->coach[i] : NULL;
		y = k < b->nr ? &b->coach[k] : NULL;
		order = x == NULL   ? 1
			: y == NULL ? -1
				    : text_compare(x->id, y->id);
		d->period = a->period;
		if (order <= 0) {
			d->a = x->side;
			d->coach_id = x->id;
			d->coach_name = x->name;
			i++;
		}
		if (order >= 0) {
			d->b = y->side;
			d->coach_id = y->id;
			if (y->name.p != NULL)
				d->coach_name = y->name;
			k++;
		}
	}
	*nr = (size_t)(d - all);
	return all;
}
