/*
 * run_row.h - runs, and the differences between two, read back; see run(5)
 */
#ifndef KPIPE_RUN_ROW_H
#define KPIPE_RUN_ROW_H

#include "base/ndjson.h"

struct run_row {
	struct text id;
	struct text created; /* YYYY-MM-DDTHH:MM:SS, UTC */
	double coaches;	     /* NAN: not known */
	double size_kb;
	bool has_enums;
	bool is_selected;
};

struct difference_row {
	struct text coach_name;
	struct text period;
	struct text run_a, run_b;
	double deals_a, deals_b; /* NAN: not in that run */
	double smoothed_a, smoothed_b;
	struct text status_a, status_b; /* "no text": not in that run */
};

struct run_row_fields {
	size_t type;
	size_t id, created, coaches, size, enums, selected;
	size_t name, period, run_a, run_b;
	size_t deals[2], smoothed[2], status[2];
};

void run_row_want(struct run_row_fields *, struct json_shape *);
bool run_row_here(const struct run_row_fields *, const struct record *);
bool difference_row_here(const struct run_row_fields *, const struct record *);
/*
 * Texts are copied into keep.
 *
 * Errors: FAULT_DATA naming the field that is not of its kind.
 */
int run_row_decode(struct run_row *, const struct run_row_fields *,
    const struct record *, struct arena *keep, struct fault *);
int difference_row_decode(struct difference_row *,
    const struct run_row_fields *, const struct record *, struct arena *keep,
    struct fault *);

#endif
