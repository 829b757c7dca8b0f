/*
 * roster.h - the coaches of a file, kept in its order
 */
#ifndef KPIPE_COACH_ROSTER_H
#define KPIPE_COACH_ROSTER_H

#include "record/coach_row.h"

struct roster {
	struct coach_row_fields at;
	enum coach_period period;
	struct arena *text;
	struct coach_row *row;
	size_t nr, cap;
};

/* The coaches must have the figures of that period; PERIODS: of none. */
void roster_init(struct roster *, enum coach_period, struct json_shape *);
void roster_free(struct roster *);

/*
 * Keep a coach: 1; 0 for another record; or -1.
 *
 * Errors: FAULT_DATA for a coach that is not as its page says, or lacks a figure.
 */
int roster_add(struct roster *, const struct record *, struct fault *);

#endif
