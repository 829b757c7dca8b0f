/*
 * trend.h - today against the days before
 *
 * Pure. What is missing is NAN.
 */
#ifndef KPIPE_CHATTERS_TREND_H
#define KPIPE_CHATTERS_TREND_H

#include "chatters/settings.h"

/* How a figure moves, as performance: a reply time that falls is better. */
enum arrow {
	ARROW_DOWN = -1,
	ARROW_NONE = 0,
	ARROW_UP = 1,
};

/* "up", "down"; NULL for none. */
const char *arrow_word(enum arrow);

struct trend {
	double mean; /* of the days before; NAN when they are too few */
	double dev_pct;
	enum arrow arrow;
};

/* before has the values of the days before, the oldest first. */
void trend_make(struct trend *, const struct chatters_settings *, enum kpi,
    double today, const double *before, size_t nr);

/*
 * For how many changes the values, the oldest first, have gone one way up to
 * the last one: above 0 they got better, below 0 worse, 0 when there are too
 * few to tell of. Values are compared in cents.
 */
int streak_make(
    const struct chatters_settings *, const double *value, size_t nr);

/* The change from one week's sales per hour to the next one's. */
enum arrow week_arrow(
    const struct chatters_settings *, double before, double now);

#endif
