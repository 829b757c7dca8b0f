#include "coach/eligibility.h"

#include <stdlib.h>

#include "base/num.h"
#include "base/xalloc.h"
#include "coach/stats.h"

#define PERIOD		 "1m"
#define POOL_DEALS	 5    /* more than these, and the coach is in p50 */
#define NABELLER_MAX_PCT 20.0 /* more is too many */
#define GOOD_OPEN	 5
#define FAIR_MIN_PCT	 20.0 /* more than this */
#define FAIR_OPEN_MIN	 3
#define FAIR_OPEN_MAX	 9

struct row {
	struct text line;
	struct coach_standing coach;
	enum eligibility_label label;
	size_t place; /* in the input */
};

struct eligibility {
	struct coach_fields at;
	struct arena *kept;
	struct row *row;
	size_t nr;
	size_t cap;
	double p50_pct;
	bool sorted;
	size_t next;
	struct buf member;
};

struct text
eligibility_text(enum eligibility_label label)
{
	static const char *const text[] = {
		[ELIGIBILITY_GOOD] = "\xe2\x9c\x85 Goed",
		[ELIGIBILITY_FAIR] = "\xe2\xad\x90 Matig",
		[ELIGIBILITY_NABELLER] = "\xe2\x9a\xa0\xef\xb8\x8f Uitsluiten",
		[ELIGIBILITY_EXCLUDED] = "\xe2\x9d\x8c Uitsluiten",
		[ELIGIBILITY_NO_DATA] = "Geen data",
	};

	return text_of(text[label]);
}

enum eligibility_label
eligibility_of(const struct coach_standing *coach, double p50_pct)
{
	if (coach->deals == 0)
		return ELIGIBILITY_NO_DATA;
	if (coach->nabeller_pct > NABELLER_MAX_PCT)
		return ELIGIBILITY_NABELLER;
	if (coach->smoothed_pct >= p50_pct && coach->open >= GOOD_OPEN)
		return ELIGIBILITY_GOOD;
	if (coach->smoothed_pct > FAIR_MIN_PCT &&
	    coach->open >= FAIR_OPEN_MIN && coach->open <= FAIR_OPEN_MAX)
		return ELIGIBILITY_FAIR;
	return ELIGIBILITY_EXCLUDED;
}

struct eligibility *
eligibility_new(struct json_shape *shape)
{
	struct eligibility *e = xcalloc(1, sizeof(*e));

	coach_want(&e->at, shape, PERIOD);
	e->kept = arena_new();
	buf_init(&e->member, 4096);
	return e;
}

void
eligibility_free(struct eligibility *e)
{
	if (e == NULL)
		return;
	arena_free(e->kept);
	free(e->row);
	buf_free(&e->member);
	free(e);
}

int
eligibility_add(
    struct eligibility *e, const struct record *rec, struct fault *f)
{
	struct coach_standing coach;

	if (!coach_here(&e->at, rec))
		return 0;
	if (coach_decode(&coach, &e->at, rec, f) == -1)
		return -1;
	if (coach.labelled)
		return fault_set(f, FAULT_DATA,
		    "coach '%.*s' has an eligibility already; "
		    "give the coaches as metrics wrote them",
		    TEXT_ARG(coach.id));
	coach.id = arena_copy(e->kept, coach.id);
	e->row = xgrow(e->row, e->nr, &e->cap, sizeof(*e->row));
	e->row[e->nr] = (struct row){ .line = arena_copy(e->kept, rec->line),
		.coach = coach,
		.place = e->nr };
	e->nr++;
	return 1;
}

size_t
eligibility_nr(const struct eligibility *e)
{
	return e->nr;
}

/*
 * The middle smoothed rate of the coaches with enough deals: of two middle ones
 * the upper. 0 without such coaches.
 */
static double
find_p50(const struct eligibility *e)
{
	double *pool = xcalloc(e->nr, sizeof(*pool)), p50;
	size_t i, nr = 0;

	for (i = 0; i < e->nr; i++)
		if (e->row[i].coach.deals > POOL_DEALS)
			pool[nr++] = e->row[i].coach.smoothed_pct;
	stats_sort(pool, nr);
	p50 = nr == 0 ? 0 : pool[nr / 2];
	free(pool);
	return p50;
}

static int
by_table(const void *a, const void *b)
{
	const struct row *x = a, *y = b;
	int order;

	if (x->label != y->label)
		return x->label < y->label ? -1 : 1;
	if (x->coach.rate_pct > y->coach.rate_pct)
		return -1;
	if (x->coach.rate_pct < y->coach.rate_pct)
		return 1;
	order = text_compare(x->coach.id, y->coach.id);
	return order != 0 ? order
			  : (x->place > y->place) - (x->place < y->place);
}

static void
label_all(struct eligibility *e)
{
	size_t i;

	e->p50_pct = find_p50(e);
	for (i = 0; i < e->nr; i++)
		e->row[i].label = eligibility_of(&e->row[i].coach, e->p50_pct);
	if (e->nr > 0)
		qsort(e->row, e->nr, sizeof(*e->row), by_table);
	e->sorted = true;
}

bool
eligibility_next(struct eligibility *e, struct buf *line)
{
	const struct row *row;

	if (!e->sorted)
		label_all(e);
	if (e->next == e->nr)
		return false;
	row = &e->row[e->next++];
	buf_clear(&e->member);
	coach_label_encode(
	    &e->member, eligibility_text(row->label), num_round1(e->p50_pct));
	record_splice(
	    line, &(struct record){ .line = row->line }, buf_view(&e->member));
	return true;
}
