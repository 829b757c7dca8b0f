/*
 * goal.h - what a chatter and a coach agreed on: a figure and where it is to go
 *
 * Pure. What people write is read as generously as it has one meaning.
 */
#ifndef KPIPE_CHATTERS_GOAL_H
#define KPIPE_CHATTERS_GOAL_H

#include "chatters/settings.h"

struct goal {
	enum kpi kpi;
	double target;
	double baseline; /* NAN: not said, or not to be read */
};

enum goal_status {
	GOAL_REACHED,
	GOAL_IMPROVING, /* better than the baseline */
	GOAL_DECLINED,	/* worse */
	GOAL_UNKNOWN, /* the value or the baseline is missing, or both are one */
	GOAL_STATUSES,
};

extern const char *const goal_status_word[GOAL_STATUSES];

/* KPIS for words that are none of the figures: "Sales/hr", "reply time". */
enum kpi goal_kpi(struct text words);

/*
 * A value of that figure: 10, 10 %, $45/hr, 1m 42s, 2.5 min. A bare number is
 * in the figure's unit, but for a reply time below 10: nobody answers in
 * seconds, those are minutes. False when it is none.
 */
bool goal_value(enum kpi, struct text t, double *x);

/* False when there is no figure or no target in those words. */
bool goal_read(
    struct goal *, struct text kpi, struct text target, struct text baseline);

/* value is NAN where it is missing. */
enum goal_status goal_judge(
    const struct chatters_settings *, const struct goal *, double value);

/* As an object, added to b; the status is that of the day of value. */
void goal_put(const struct chatters_settings *, const struct goal *,
    double value, enum chatter_status, struct buf *b);

#endif
