/*
 * stats.h - medians, quantiles and means as the coach figures need them
 *
 * Each says in which order its sums are made: the last bit decides on which
 * side of a bound a coach is, so another order is another figure. No function
 * rounds.
 */
#ifndef KPIPE_STATS_H
#define KPIPE_STATS_H

#include <stddef.h>

void stats_sort(double *x, size_t nr); /* ascending */

/* Of sorted values: the middle one or the mean of the two; 0 when none. */
double stats_median(const double *sorted, size_t nr);

/*
 * Of sorted values: the bound at or above which the top top_pct of 100 are, by
 * linear interpolation between the two nearest (type 7). 0 when there are none.
 */
double stats_quantile_top(const double *sorted, size_t nr, double top_pct);

/* Summed in pairs: eight sums side by side, blocks of at most 128; 0 of none.
 */
double stats_mean(const double *x, size_t nr);

#define ROLLING_SPAN 4

/*
 * The mean of the last four values of a series, by a running sum with Kahan's
 * compensation: what leaves the window is taken off, nothing is summed again.
 * Starts zeroed.
 */
struct rolling {
	double value[ROLLING_SPAN]; /* a ring */
	size_t seen;
	double sum;
	double carry_add;
	double carry_remove;
	size_t same; /* equal values up to the last */
};

/* Add the next value; the mean up to it. Never negative. */
double rolling_add(struct rolling *, double value);

#endif
