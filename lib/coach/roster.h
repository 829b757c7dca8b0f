/*
 * roster.h - the coaches of a file, kept in its order
 */
#ifndef KPIPE_COACH_ROSTER_H
#define KPIPE_COACH_ROSTER_H

#include "record/coach_row.h"

struct roster {
	struct coach_row_fields at;
	struct arena *text;
	struct coach_row *row;
	size_t nr, cap;
};

void roster_init(struct roster *, struct json_shape *);
void roster_free(struct roster *);

/*
 * Keep a coach: 1; 0 for another record; or -1.
 *
 * Errors: FAULT_DATA for a coach that is not as its page says.
 */
int roster_add(struct roster *, const struct record *, struct fault *);

#endif
