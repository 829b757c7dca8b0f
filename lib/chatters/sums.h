/*
 * sums.h - several rows of one person as one: a week's days, a day's rows
 *
 * Pure. Amounts and counts are added; percentages come from the counts. A row
 * without those counts has its own percentage in with the weight there is:
 * messages, PPVs or fans; without any weight the mean of the percentages
 * counts. The reply time is weighted by messages in the same way.
 */
#ifndef KPIPE_CHATTERS_SUMS_H
#define KPIPE_CHATTERS_SUMS_H

#include "base/sum.h"
#include "record/chatter_day.h"

enum mean {
	MEAN_GOLDEN,
	MEAN_UNLOCK,
	MEAN_CVR,
	MEAN_REPLY,
	MEANS,
};

/* Starts as all zero. */
struct sums {
	size_t rows;
	int64_t tracked_s;
	struct sum total[FIGURE_SPENT + 1];
	bool has_total[FIGURE_SPENT + 1];
	/* per hour: sales, messages, fans, and the time they were made in */
	struct sum made[3];
	double made_in_s[3];
	struct sum weighted[MEANS], weight[MEANS];
	struct sum plain[MEANS];
	size_t plain_nr[MEANS];
};

/* tracked_s is 0 where time is not of interest. */
void sums_add(struct sums *, const double figure[FIGURES], int64_t tracked_s);
/* NAN where there is nothing. */
void sums_make(const struct sums *, double figure[FIGURES]);

#endif
