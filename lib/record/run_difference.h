/*
 * run_difference.h - what changed for a coach from one run to another; see
 * run(5)
 */
#ifndef KPIPE_RUN_DIFFERENCE_H
#define KPIPE_RUN_DIFFERENCE_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/text.h"

/* A coach in one of the two runs. */
struct run_side {
	bool is_there;
	double deals;	     /* of the period; NAN: the file has none */
	double smoothed_pct; /* Winst%; NAN: the file has none */
	const char *status;
	struct text eligibility;
};

struct run_difference {
	struct text coach_id;
	struct text coach_name; /* of run b where it has one */
	const char *period;
	const char *run_a;
	const char *run_b;
	struct run_side a;
	struct run_side b;
};

/* The record: one object, without the newline. */
void run_difference_encode(struct buf *, const struct run_difference *);

#endif
