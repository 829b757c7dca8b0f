#include "chatters/score.h"

#include <math.h>
#include <stdlib.h>

#include "base/xalloc.h"

#define RANKS_MIN  5
#define BAND_WIDTH 20
#define SLACK	   1e-9 /* weights of 0.35, 0.15 ... have noise */

struct values {
	double *value;
	size_t nr, cap;
	double mean;
};

struct score_pool {
	const struct chatters_settings *set;
	struct values kpi[KPIS];
	size_t nr;
	enum score_mode mode;
};

struct score_pool *
score_pool_new(const struct chatters_settings *set, enum score_mode mode)
{
	struct score_pool *pool = xcalloc(1, sizeof(*pool));

	pool->set = set;
	pool->mode = mode;
	return pool;
}

void
score_pool_free(struct score_pool *pool)
{
	int k;

	if (pool == NULL)
		return;
	for (k = 0; k < KPIS; k++)
		free(pool->kpi[k].value);
	free(pool);
}

void
score_pool_add(struct score_pool *pool, const double value[KPIS])
{
	struct values *v;
	int k;

	pool->nr++;
	for (k = 0; k < KPIS && pool->mode != MODE_TARGET; k++) {
		v = &pool->kpi[k];
		if (isnan(value[k]))
			continue;
		v->value = xgrow(v->value, v->nr, &v->cap, sizeof(*v->value));
		v->value[v->nr++] = value[k];
		v->mean += value[k];
	}
}

static int
by_value(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

enum score_mode
score_pool_close(struct score_pool *pool)
{
	struct values *v;
	int k;

	if (pool->mode == MODE_PERCENTILE && pool->nr < RANKS_MIN)
		pool->mode = MODE_TARGET;
	for (k = 0; k < KPIS; k++) {
		v = &pool->kpi[k];
		if (v->nr == 0)
			continue;
		v->mean /= (double)v->nr;
		qsort(v->value, v->nr, sizeof(*v->value), by_value);
	}
	return pool->mode;
}

/* How many are less than x, or not more. */
static size_t
count_below(const struct values *v, double x, bool or_equal)
{
	size_t low = 0, high = v->nr, middle;

	while (low < high) {
		middle = low + (high - low) / 2;
		if (v->value[middle] < x || (or_equal && v->value[middle] == x))
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static double
rank_points(const struct values *v, bool invert, double x)
{
	double nr = (double)v->nr;
	double less = (double)count_below(v, x, false);
	double equal = (double)count_below(v, x, true) - less;

	if (v->nr == 0)
		return NAN;
	if (invert)
		less = nr - less - equal;
	return 100 * (less + 0.5 * equal) / nr;
}

static double
mean_points(const struct values *v, bool invert, double x)
{
	static const struct {
		double below, points;
	} step[] = { { 0.75, 0 }, { 0.9, 20 }, { 1, 40 }, { 1.1, 60 },
		{ 1.25, 80 } };
	double ratio;
	size_t i;

	if (v->nr == 0)
		return NAN;
	if (x <= 0)
		return 0;
	ratio = invert ? v->mean / x : x / v->mean;
	/* refunds can make the mean negative: who sold is above it */
	for (i = 0; v->mean > 0 && i < sizeof(step) / sizeof(step[0]); i++)
		if (ratio < step[i].below)
			return step[i].points;
	return 100;
}

static double
points_of(const struct score_pool *pool, enum kpi k, double x)
{
	const struct kpi_settings *kpi = &pool->set->kpi[k];

	if (isnan(x))
		return NAN;
	switch (pool->mode) {
	case MODE_PERCENTILE:
		return rank_points(&pool->kpi[k], kpi->invert, x);
	case MODE_MEAN_BANDS:
		return mean_points(&pool->kpi[k], kpi->invert, x);
	default:
		return kpi_target_points(kpi, x);
	}
}

void
score_make(const struct score_pool *pool, const double value[KPIS],
    struct score *score)
{
	double sum = 0, here = 0, all = 0, weight;
	int k;

	for (k = 0; k < KPIS; k++) {
		weight = pool->set->kpi[k].weight;
		all += weight;
		score->points[k] = points_of(pool, (enum kpi)k, value[k]);
		if (isnan(score->points[k]))
			continue;
		here += weight;
		sum += weight * score->points[k];
	}
	score->total = NAN;
	if (!isnan(score->points[KPI_SALES_HR]) && here > 0 &&
	    here / all * 100 >= pool->set->min_weight - SLACK)
		score->total = sum / here;
}

int
score_int(double total)
{
	/* a mean by weight of halves is not below them */
	return (int)round(total + SLACK);
}

enum band
score_band(double total)
{
	int band = score_int(total) / BAND_WIDTH;

	return band >= BANDS ? BAND_TOP : (enum band)band;
}
