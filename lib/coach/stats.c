#include "coach/stats.h"

#include <math.h>
#include <stdlib.h>

#define LANES	  8   /* sums side by side */
#define BLOCK_MAX 128 /* values summed without splitting */

static int
by_value(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

void
stats_sort(double *x, size_t nr)
{
	if (nr > 0)
		qsort(x, nr, sizeof(*x), by_value);
}

double
stats_median(const double *sorted, size_t nr)
{
	if (nr == 0)
		return 0;
	if (nr % 2 == 1)
		return sorted[nr / 2];
	return (sorted[nr / 2 - 1] + sorted[nr / 2]) / 2;
}

double
stats_quantile_top(const double *sorted, size_t nr, double top_pct)
{
	double q, at, part, step;
	size_t below;

	if (nr == 0)
		return 0;
	/* the detour by 100 leaves its mark in the last bit, and belongs */
	q = 1 - top_pct / 100;
	q = q * 100;
	q = q / 100;
	at = (double)(nr - 1) * q;
	if (at >= (double)(nr - 1))
		return sorted[nr - 1];
	if (at < 0)
		return sorted[0];
	below = (size_t)floor(at);
	part = at - (double)below;
	step = sorted[below + 1] - sorted[below];
	if (part < 0.5)
		return sorted[below] + step * part;
	return sorted[below + 1] - step * (1 - part);
}

static double
sum_block(const double *x, size_t nr)
{
	double lane[LANES], sum;
	size_t i, j;

	for (j = 0; j < LANES; j++)
		lane[j] = x[j];
	for (i = LANES; i + LANES <= nr; i += LANES)
		for (j = 0; j < LANES; j++)
			lane[j] += x[i + j];
	sum = ((lane[0] + lane[1]) + (lane[2] + lane[3])) +
	      ((lane[4] + lane[5]) + (lane[6] + lane[7]));
	for (; i < nr; i++)
		sum += x[i];
	return sum;
}

static double
sum_pairs(const double *x, size_t nr)
{
	double sum = 0;
	size_t i, half;

	if (nr < LANES) {
		for (i = 0; i < nr; i++)
			sum += x[i];
		return sum;
	}
	if (nr <= BLOCK_MAX)
		return sum_block(x, nr);
	half = nr / 2 / LANES * LANES;
	return sum_pairs(x, half) + sum_pairs(x + half, nr - half);
}

double
stats_mean(const double *x, size_t nr)
{
	return nr == 0 ? 0 : sum_pairs(x, nr) / (double)nr;
}

/* Add y to the sum, with what was lost the last time. */
static void
add_compensated(double *sum, double *carry, double value)
{
	double y = value - *carry, t = *sum + y;

	*carry = t - *sum - y;
	*sum = t;
}

double
rolling_add(struct rolling *r, double value)
{
	double *place = &r->value[r->seen % ROLLING_SPAN], mean;
	size_t count = r->seen < ROLLING_SPAN ? r->seen : ROLLING_SPAN - 1;
	double last = 0;

	if (r->seen > 0)
		last = r->value[(r->seen - 1) % ROLLING_SPAN];
	if (r->seen >= ROLLING_SPAN)
		add_compensated(&r->sum, &r->carry_remove, -*place);
	add_compensated(&r->sum, &r->carry_add, value);
	count++;
	/* the very same value, not one near it */
	r->same = r->seen > 0 && value == last ? r->same + 1 : 1;
	*place = value;
	r->seen++;
	mean = r->same >= count ? value : r->sum / (double)count;
	return mean < 0 ? 0 : mean;
}
