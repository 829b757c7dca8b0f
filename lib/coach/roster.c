#include "coach/roster.h"

#include <stdlib.h>

#include "base/xalloc.h"

void
roster_init(
    struct roster *r, enum coach_period period, struct json_shape *shape)
{
	*r = (struct roster){ .period = period, .text = arena_new() };
	coach_row_want(&r->at, shape);
}

void
roster_free(struct roster *r)
{
	arena_free(r->text);
	free(r->row);
}

int
roster_add(struct roster *r, const struct record *rec, struct fault *f)
{
	if (!coach_row_here(&r->at, rec))
		return 0;
	if (r->period != PERIODS &&
	    coach_row_check(&r->at, rec, r->period, f) == -1)
		return -1;
	r->row = xgrow(r->row, r->nr, &r->cap, sizeof(*r->row));
	if (coach_row_decode(&r->row[r->nr], &r->at, rec, r->text, f) == -1)
		return -1;
	r->nr++;
	return 1;
}
