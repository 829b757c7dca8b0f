/*
 * coach_row.h - a coach as pages and exports read it; see coach(5)
 *
 * Figures of the three periods, and the label. Files of other ages lack fields:
 * what is missing is NAN, or "no text".
 */
#ifndef KPIPE_COACH_ROW_H
#define KPIPE_COACH_ROW_H

#include "base/ndjson.h"

enum coach_period {
	PERIOD_1M,
	PERIOD_3M,
	PERIOD_6M,
	PERIODS,
};

/* "1m", "3m", "6m". */
extern const char *const coach_period_name[PERIODS];
/* PERIODS when there is none of that name. */
enum coach_period coach_period_of(struct text name);

struct coach_row_figures {
	double deals;
	double smoothed_pct; /* "Winst%" */
	double nabeller_pct; /* 0 when missing */
	double warm;
	double info;
};

struct coach_row {
	struct text id;	  /* "no text": none */
	struct text name; /* "no text": none */
	struct text eligibility;
	struct coach_row_figures of[PERIODS];
};

struct coach_row_fields {
	size_t type, id, name, eligibility, as_of;
	struct {
		size_t deals, smoothed, nabeller, warm, info;
	} of[PERIODS];
};

void coach_row_want(struct coach_row_fields *, struct json_shape *);
bool coach_row_here(const struct coach_row_fields *, const struct record *);
/*
 * Its texts are copied into keep.
 *
 * Errors: FAULT_DATA naming the field that is not of its kind, or coach_name
 * when it is missing: without it nobody is left out by name.
 */
int coach_row_decode(struct coach_row *, const struct coach_row_fields *,
    const struct record *, struct arena *keep, struct fault *);

/*
 * The record has the figures of a period. Errors: FAULT_DATA naming the one
 * that it lacks.
 */
int coach_row_check(const struct coach_row_fields *, const struct record *,
    enum coach_period, struct fault *);

#endif
