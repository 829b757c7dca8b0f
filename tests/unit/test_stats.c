#include "coach/stats.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/num.h"

#define NR(a) (sizeof(a) / sizeof((a)[0]))

/* To the last bit. */
static void
assert_double(double found, double expected)
{
	if (memcmp(&found, &expected, sizeof(found)) != 0)
		fail_msg("%.17g is not %.17g", found, expected);
}

static size_t
kept(const double *x, size_t nr, double bound)
{
	size_t i, count = 0;

	for (i = 0; i < nr; i++)
		count += x[i] >= bound;
	return count;
}

static void
test_quantile(void **state)
{
	const double four[] = { 20, 30, 40, 55 };
	const double five[] = { 20, 30, 40, 55, 60 };
	double twenty_one[21], bound;
	size_t i;

	(void)state;
	for (i = 0; i < 21; i++)
		twenty_one[i] = 10 + 2 * (double)i;
	bound = stats_quantile_top(four, 4, 50);
	assert_double(bound, 35);
	assert_int_equal(kept(four, 4, bound), 2);
	bound = stats_quantile_top(five, 5, 75);
	assert_double(bound, 30);
	assert_int_equal(kept(five, 5, bound), 4);
	bound = stats_quantile_top(twenty_one, 21, 70);
	assert_double(bound, 22);
	assert_int_equal(kept(twenty_one, 21, bound), 15);
	/* exact arithmetic gives 12, and would keep 20 */
	bound = stats_quantile_top(twenty_one, 21, 95);
	assert_double(bound, 12.000000000000002);
	assert_int_equal(kept(twenty_one, 21, bound), 19);
}

static void
test_quantile_ends(void **state)
{
	const double x[] = { 3, 5, 8 };

	(void)state;
	assert_double(stats_quantile_top(x, 3, 100), 3);
	assert_double(stats_quantile_top(x, 3, 0), 8);
	assert_double(stats_quantile_top(x, 1, 10), 3);
	assert_double(stats_quantile_top(x, 0, 10), 0);
	/* g of 0.5 and more goes down from the upper one */
	assert_double(stats_quantile_top(x, 2, 25), 5 - 2 * (1 - 0.75));
}

/* The last bit: found by search, worked by Python's doubles. */
static void
test_quantile_last_bit(void **state)
{
	const double from_above[] = { 2.9, 9.7, 14.2, 24.4, 32.0, 41.4, 59.2,
		59.8 };
	const double detour[] = { 10.9, 40.5, 47.8, 53.6, 59.9 };

	(void)state;
	assert_double(
	    stats_quantile_top(from_above, 8, 60), 22.360000000000003);
	assert_double(stats_quantile_top(detour, 5, 18), 55.364);
}

static void
test_median(void **state)
{
	double x[] = { 50, 40.1, 45, 40 };

	(void)state;
	stats_sort(x, NR(x));
	assert_double(x[0], 40);
	assert_double(x[3], 50);
	assert_double(stats_median(x, 4), (40.1 + 45) / 2);
	assert_double(stats_median(x, 3), 40.1);
	assert_double(stats_median(x, 1), 40);
	assert_double(stats_median(x, 0), 0);
}

/* The bound of the label Matig: 0.8 of the median, which is not rounded. */
static void
test_fair_bound(void **state)
{
	(void)state;
	assert_double(46.0 * 0.8, 36.800000000000004);
	assert_true(36.8 < 46.0 * 0.8);
	assert_true(40.0 >= 50.0 * 0.8);
}

/* python3 tests/reference/coach.py means 1 7 8 19 100 128 130 200 1000 */
static void
test_mean(void **state)
{
	static const struct {
		size_t nr;
		double mean;
	} known[] = {
		{ 1, 33.333333333333336 },
		{ 7, 18.98526077097506 },
		{ 8, 17.862103174603174 },
		{ 19, 11.291361604014366 },
		{ 100, 3.707082429307257 },
		{ 128, 3.0848369830202937 },
		{ 130, 3.0490774489446104 },
		{ 200, 2.193978283774529 },
		{ 1000, 0.5987467865541362 },
	};
	double x[1000];
	size_t i;

	(void)state;
	for (i = 0; i < NR(x); i++)
		x[i] = 100.0 / (double)(i + 3);
	for (i = 0; i < NR(known); i++)
		assert_double(stats_mean(x, known[i].nr), known[i].mean);
	assert_double(stats_mean(x, 0), 0);
}

/* The order matters: added one by one, this mean is another. */
static void
test_mean_is_not_a_plain_sum(void **state)
{
	double x[100], sum = 0;
	size_t i;

	(void)state;
	for (i = 0; i < NR(x); i++) {
		x[i] = 100.0 / (double)(i + 3);
		sum += x[i];
	}
	assert_true(stats_mean(x, NR(x)) != sum / (double)NR(x));
}

static void
assert_rolling(const double *x, size_t nr, double last, double shown)
{
	struct rolling r = { 0 };
	double mean = 0;
	size_t i;

	for (i = 0; i < nr; i++)
		mean = rolling_add(&r, x[i]);
	assert_true(mean > last - 1e-9 && mean < last + 1e-9);
	assert_double(num_round1(mean), shown);
}

static void
test_rolling(void **state)
{
	const double a[] = { 54.5, 40.0, 45.5, 44.4, 72.7 };
	const double b[] = { 83.3, 77.8, 66.7, 9.1, 77.8 };
	const double c[] = { 9.1, 55.6, 37.5, 14.3, 100.0 };
	const double d[] = { 50.0 };

	(void)state;
	assert_rolling(a, NR(a), 50.65, 50.6);
	assert_rolling(b, NR(b), 57.85, 57.9);
	assert_rolling(c, NR(c), 51.85, 51.9);
	assert_rolling(d, NR(d), 50, 50.0);
	/* summed window by window they would show other digits */
	assert_double(num_round1((a[1] + a[2] + a[3] + a[4]) / 4), 50.7);
	assert_double(num_round1((b[1] + b[2] + b[3] + b[4]) / 4), 57.8);
	assert_double(num_round1((c[1] + c[2] + c[3] + c[4]) / 4), 51.8);
}

/* Both were found by search: without its rule each ends otherwise. */
static void
test_rolling_same_and_small(void **state)
{
	const double same[] = { 45.6, 42.2, 5.6, 91.6, 3.3, 49.4, 49.4, 49.4,
		49.4 };
	const double small[] = { 2.76e16, 7.03e16, 9.2e15, 6.859999999999999e16,
		3.06e16, 0.06268057685261073, 0, 0, 0, 1e-17, 0 };
	struct rolling r = { 0 };
	double mean = 0;
	size_t i;

	(void)state;
	/* four equal values are their mean, whatever the sum has lost */
	for (i = 0; i < NR(same); i++)
		mean = rolling_add(&r, same[i]);
	assert_double(mean, 49.4);
	/* what is left of large values is not below nothing */
	r = (struct rolling){ 0 };
	for (i = 0; i < NR(small); i++)
		mean = rolling_add(&r, small[i]);
	assert_double(mean, 0);
	/* the first values have shorter windows */
	r = (struct rolling){ 0 };
	assert_double(rolling_add(&r, 10), 10);
	assert_double(rolling_add(&r, 20), 15);
	assert_double(rolling_add(&r, 60), 30);
	assert_double(rolling_add(&r, 10), 25);
	assert_double(rolling_add(&r, 30), 30);
}

/* won, deals, rate and smoothed rate as they are rounded. */
static void
test_rounded_rates(void **state)
{
	static const double row[][4] = {
		{ 0, 11, 0.0, 18.8 },
		{ 2, 11, 18.2, 31.2 },
		{ 1, 16, 6.2, 19.0 },
		{ 3, 16, 18.8, 28.6 },
		{ 23, 80, 28.7, 30.6 },
		{ 49, 80, 61.3, 61.2 },
		{ 0, 43, 0.0, 6.2 },
	};
	size_t i;

	(void)state;
	for (i = 0; i < NR(row); i++) {
		assert_double(
		    num_round1(num_percent(row[i][0], row[i][1])), row[i][2]);
		assert_double(
		    num_round1(num_percent(row[i][0] + 3, row[i][1] + 5)),
		    row[i][3]);
	}
	/* the other order of operations gives another figure */
	assert_double(num_round1(23 * 100.0 / 80), 28.8);
}

int
main(void)
{
	const struct CMUnitTest test[] = {
		cmocka_unit_test(test_quantile),
		cmocka_unit_test(test_quantile_ends),
		cmocka_unit_test(test_quantile_last_bit),
		cmocka_unit_test(test_median),
		cmocka_unit_test(test_fair_bound),
		cmocka_unit_test(test_mean),
		cmocka_unit_test(test_mean_is_not_a_plain_sum),
		cmocka_unit_test(test_rolling),
		cmocka_unit_test(test_rolling_same_and_small),
		cmocka_unit_test(test_rounded_rates),
	};

	return cmocka_run_group_tests(test, NULL, NULL);
}
