/*
 * metrics.h - the figures of each coach over the last days
 *
 * Records are added one by one, in any order; then the lines come out. What is
 * kept grows with the coaches, the stages and the owners, not with the deals.
 */
#ifndef KPIPE_COACH_METRICS_H
#define KPIPE_COACH_METRICS_H

#include "coach/settings.h"

struct coach_metrics;

/* The settings are borrowed; the shape is told which fields are needed. */
struct coach_metrics *coach_metrics_new(
    const struct coach_settings *, instant_us as_of, struct json_shape *);
void coach_metrics_free(struct coach_metrics *);

/*
 * Count a deal, know an owner; other records are passed over.
 *
 * Errors: FAULT_DATA for one of these that is not as its page says.
 */
int coach_metrics_add(
    struct coach_metrics *, const struct record *, struct fault *);

struct coach_counts {
	uint64_t deals;	  /* with a date */
	uint64_t undated; /* left out */
	uint64_t future;  /* left out, where the settings say so */
	size_t coaches;
	size_t owners;
	bool named; /* a deal brought a name along */
	/* what not one of the deals as fetched has; NULL: nothing */
	const char *unseen;
};

void coach_metrics_counts(const struct coach_metrics *, struct coach_counts *);

/*
 * The next line of the result, into an emptied buffer: coaches, counts of
 * classes, owners, each in the order of coach(5). False behind the last.
 */
bool coach_metrics_next(struct coach_metrics *, struct buf *line);

#endif
