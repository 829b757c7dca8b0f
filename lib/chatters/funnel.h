/*
 * funnel.h - from fans to PPVs sent, to PPVs unlocked, to sales
 *
 * Pure. A step without a value is NAN.
 */
#ifndef KPIPE_CHATTERS_FUNNEL_H
#define KPIPE_CHATTERS_FUNNEL_H

#include "record/chatter_day.h"

enum funnel_step {
	STEP_SENT,     /* PPVs for a fan */
	STEP_UNLOCKED, /* percent of the PPVs */
	STEP_SALES,    /* money for an unlocked one */
	STEPS,
};

extern const char *const funnel_key[STEPS];  /* "ppvs_per_fan" */
extern const char *const funnel_text[STEPS]; /* "Few PPVs sent for ..." */

void funnel_steps(double step[STEPS], const double figure[FIGURES]);

/* Several people together. Starts as all zero. */
struct funnel_pool {
	double above[STEPS], below[STEPS];
	size_t nr[STEPS];
};

/* Each step takes those who have a value in it. */
void funnel_pool_add(struct funnel_pool *, const double figure[FIGURES]);

/*
 * Each step as a share of what the team does or, where fewer than three of it
 * have a value, all do; NAN where those are too few too. Returns the weakest
 * step, STEPS when none is weak.
 */
enum funnel_step funnel_compare(double rel[STEPS], const double step[STEPS],
    const struct funnel_pool *team, const struct funnel_pool *all);

#endif
