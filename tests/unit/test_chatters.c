#include "chatters/score.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/num.h"
#include "chatters/coaching.h"
#include "chatters/funnel.h"
#include "chatters/sums.h"
#include "chatters/traffic.h"
#include "chatters/trend.h"

#define NR(a) (sizeof(a) / sizeof((a)[0]))
#define NONE  NAN

/* x as somebody reads it with so many decimals */
static void
assert_reads(double x, int decimals, const char *expected)
{
	char text[NUM_FIXED];

	if (isnan(x))
		fail_msg("nothing, not %s", expected);
	assert_string_equal(num_fixed(x, decimals, text), expected);
}

static int
set_up(void **state)
{
	static struct chatters_settings set;

	chatters_settings_init(&set);
	*state = &set;
	return 0;
}

static int
tear_down(void **state)
{
	chatters_settings_free(*state);
	return 0;
}

/* The score of somebody alone: in the order of enum kpi. */
static struct score
score_of(const struct chatters_settings *set, const double value[KPIS])
{
	struct score_pool *pool = score_pool_new(set, set->mode);
	struct score score;

	score_pool_add(pool, value);
	score_pool_close(pool);
	score_make(pool, value, &score);
	score_pool_free(pool);
	return score;
}

static void
test_scores(void **state)
{
	/* worked by hand from the two lines through flag and target */
	static const struct {
		double
		    value[KPIS]; /* sales/hr cvr unlock golden msg/hr reply */
		const char *total;
		int whole;
		enum band band;
	} test[] = {
		{ { 20, 7, 30, 1.5, 70, 150 }, "40.0", 40, BAND_FAIR },
		{ { 80, 12, 45, 4, 100, 60 }, "80.0", 80, BAND_TOP },
		{ { 50, 9.5, 41.2, 3.1, 88.4, 102 }, "62.4", 62, BAND_GOOD },
		{ { 50, 9.5, 41.2, 3.1, 88.4, NONE }, "62.6", 63, BAND_GOOD },
		{ { 60, 9, NONE, NONE, NONE, NONE }, "63.5", 63, BAND_GOOD },
		{ { 0, 0, 0, 0, 0, 600 }, "0.0", 0, BAND_CRITICAL },
		{ { 10, 3.5, 15, 0.75, 35, 225 }, "20.0", 20, BAND_LOW },
		{ { 140, 20, 70, 6, 130, 20 }, "99.7", 100, BAND_TOP },
		{ { 412.5 / 7.75, 9.8, 41.2, 3.1, 685 / 7.75, 102 }, "63.5", 64,
		    BAND_GOOD },
	};
	struct score score;
	size_t i;

	for (i = 0; i < NR(test); i++) {
		score = score_of(*state, test[i].value);
		assert_reads(score.total, 1, test[i].total);
		assert_int_equal(score_int(score.total), test[i].whole);
		assert_int_equal(score_band(score.total), test[i].band);
	}
}

static void
test_points(void **state)
{
	static const double at_flag[KPIS] = { 20, 7, 30, 1.5, 70, 150 };
	static const double at_aim[KPIS] = { 80, 12, 45, 4, 100, 60 };
	static const double between[KPIS] = { 50, 9.5, 41.2, 3.1, 88.4, 102 };
	static const char *const expected[KPIS] = { "60.0", "60.0", "69.9",
		"65.6", "64.5", "61.3" };
	struct score flag = score_of(*state, at_flag);
	struct score aim = score_of(*state, at_aim);
	struct score some = score_of(*state, between);
	const double fast[KPIS] = { 140, 20, 70, 6, 130, 20 };
	struct score best = score_of(*state, fast);
	int k;

	for (k = 0; k < KPIS; k++) {
		assert_reads(flag.points[k], 9, "40.000000000");
		assert_reads(aim.points[k], 9, "80.000000000");
		assert_reads(some.points[k], 1, expected[k]);
		assert_reads(
		    best.points[k], 1, k == KPI_REPLY ? "97.8" : "100.0");
	}
}

static void
test_too_little_is_no_score(void **state)
{
	static const double without_sales[KPIS] = { NONE, 9, 40, 3, 80, 90 };
	static const double sales_alone[KPIS] = { 60, NONE, NONE, NONE, NONE,
		NONE };
	struct chatters_settings *set = *state;
	struct score score;

	assert_true(isnan(score_of(set, without_sales).total));
	score = score_of(set, sales_alone);
	assert_true(isnan(score.total));
	/* 35 of 100: enough where less is asked for */
	set->min_weight = 35;
	assert_reads(score_of(set, sales_alone).total, 1, "66.7");
	set->min_weight = 50;
	assert_true(isnan(score.points[KPI_CVR]));
}

static void
test_rounding_of_scores(void **state)
{
	(void)state;
	assert_int_equal(score_int(79.5), 80);
	assert_int_equal(score_band(79.5), BAND_TOP);
	assert_int_equal(score_int(79.4999), 79);
	assert_int_equal(score_band(79.4999), BAND_GOOD);
	assert_int_equal(score_band(19.5), BAND_LOW);
	assert_int_equal(score_band(19.4), BAND_CRITICAL);
	assert_int_equal(score_band(100), BAND_TOP);
}

/* Somebody with value in all, among others with 10, 20, 30, 40. */
static struct score
score_among(const struct chatters_settings *set, double value, size_t others)
{
	static const double other[] = { 10, 20, 30, 40 };
	struct score_pool *pool = score_pool_new(set, set->mode);
	struct score score;
	double all[KPIS];
	size_t i, k;

	for (i = 0; i <= others; i++) {
		for (k = 0; k < KPIS; k++)
			all[k] = i < others ? other[i] : value;
		score_pool_add(pool, all);
	}
	score_pool_close(pool);
	score_make(pool, all, &score);
	score_pool_free(pool);
	return score;
}

static void
test_ranks(void **state)
{
	struct chatters_settings *set = *state;
	struct score score;

	set->mode = MODE_PERCENTILE;
	/* 2 less, itself equal: 2.5 of 5; slower than 2 and as many faster */
	score = score_among(set, 25, 4);
	assert_reads(score.points[KPI_CVR], 1, "50.0");
	assert_reads(score.points[KPI_REPLY], 1, "50.0");
	score = score_among(set, 40, 4);
	assert_reads(score.points[KPI_CVR], 1, "80.0");
	assert_reads(score.points[KPI_REPLY], 1, "20.0");
	score = score_among(set, 50, 4);
	assert_reads(score.points[KPI_CVR], 1, "90.0");
	assert_reads(score.points[KPI_REPLY], 1, "10.0");
	/* four have no ranks: 40 is the target's points at 20 per hour */
	score = score_among(set, 20, 3);
	assert_reads(score.points[KPI_SALES_HR], 1, "40.0");
	set->mode = MODE_TARGET;
}

static void
test_mean_bands(void **state)
{
	struct chatters_settings *set = *state;
	/* the others are 10 20 30 40; v against the mean of all five */
	static const struct {
		double value;
		const char *points, *reply;
	} test[] = {
		{ 0, "0.0", "0.0" },	 /* nothing is nothing */
		{ 18, "20.0", "100.0" }, /* 18 / 23.6 = 0.763 */
		{ 24, "40.0", "60.0" },	 /* 24 / 24.8 = 0.968, 1.033 */
		{ 25, "60.0", "60.0" },	 /* just the mean */
		{ 28, "60.0", "40.0" },	 /* 28 / 25.6 = 1.094, 0.914 */
		{ 29, "80.0", "20.0" },	 /* 29 / 25.8 = 1.124, 0.890 */
		{ 50, "100.0", "0.0" },	 /* 50 / 30, 0.6 */
	};
	struct score score;
	size_t i;

	set->mode = MODE_MEAN_BANDS;
	for (i = 0; i < NR(test); i++) {
		score = score_among(set, test[i].value, 4);
		assert_reads(score.points[KPI_CVR], 1, test[i].points);
		assert_reads(score.points[KPI_REPLY], 1, test[i].reply);
	}
	set->mode = MODE_TARGET;
}

static enum arrow
arrow_of(const struct chatters_settings *set, enum kpi k, double today,
    double before)
{
	double two[2] = { before, before };
	struct trend trend;

	trend_make(&trend, set, k, today, two, 2);
	return trend.arrow;
}

static void
test_arrows(void **state)
{
	const double one = 45;
	struct trend trend;

	assert_int_equal(arrow_of(*state, KPI_SALES_HR, 50, 45), ARROW_UP);
	assert_int_equal(arrow_of(*state, KPI_SALES_HR, 49.5, 45), ARROW_NONE);
	assert_int_equal(arrow_of(*state, KPI_SALES_HR, 40, 45), ARROW_DOWN);
	assert_int_equal(arrow_of(*state, KPI_SALES_HR, 40.5, 45), ARROW_NONE);
	assert_int_equal(arrow_of(*state, KPI_REPLY, 120, 90), ARROW_DOWN);
	assert_int_equal(arrow_of(*state, KPI_REPLY, 60, 90), ARROW_UP);
	assert_int_equal(arrow_of(*state, KPI_SALES_HR, 50, 0), ARROW_NONE);
	assert_int_equal(arrow_of(*state, KPI_SALES_HR, 50, -5), ARROW_NONE);
	assert_int_equal(arrow_of(*state, KPI_SALES_HR, NONE, 45), ARROW_NONE);
	trend_make(&trend, *state, KPI_SALES_HR, 90, &one, 1);
	assert_int_equal(trend.arrow, ARROW_NONE);
	assert_true(isnan(trend.mean));
}

static void
test_streaks(void **state)
{
	static const double down[] = { 50, 45, 40, 35 };
	static const double two[] = { 50, 45, 40 };
	static const double flat[] = { 30, 35, 40, 45, 45 };
	static const double turn[] = { 60, 50, 51, 52, 53, 54 };
	static const double cents[] = { 1, 2, 3, 3.004, 3.0045 };
	struct chatters_settings *set = *state;

	assert_int_equal(streak_make(set, down, NR(down)), -3);
	assert_int_equal(streak_make(set, two, NR(two)), 0);
	assert_int_equal(streak_make(set, flat, NR(flat)), 0);
	assert_int_equal(streak_make(set, turn, NR(turn)), 4);
	assert_int_equal(streak_make(set, cents, NR(cents)), 0);
	assert_int_equal(streak_make(set, down, 1), 0);
	set->streak.metric = KPI_REPLY;
	assert_int_equal(streak_make(set, down, NR(down)), 3);
	set->streak.metric = KPI_SALES_HR;
}

static void
fill(double figure[FIGURES], double fans, double ppvs, double unlocked,
    double sales)
{
	int i;

	for (i = 0; i < FIGURES; i++)
		figure[i] = NONE;
	figure[FIGURE_FANS] = fans;
	figure[FIGURE_PPVS] = ppvs;
	figure[FIGURE_UNLOCKED] = unlocked;
	figure[FIGURE_SALES] = sales;
}

static void
test_funnel(void **state)
{
	struct funnel_pool team = { 0 }, all = { 0 };
	double own[FIGURES], other[FIGURES], step[STEPS], rel[STEPS];

	(void)state;
	/* the team of three: 1200 PPVs for 1000 fans, 38 %, $18 */
	fill(own, 60, 45, 18, 360);
	fill(other, 470, 577.5, 219, 3924);
	funnel_pool_add(&team, own);
	funnel_pool_add(&team, other);
	funnel_pool_add(&team, other);
	funnel_steps(step, own);
	assert_reads(step[STEP_SENT], 2, "0.75");
	assert_reads(step[STEP_UNLOCKED], 1, "40.0");
	assert_reads(step[STEP_SALES], 2, "20.00");
	assert_int_equal(funnel_compare(rel, step, &team, &all), STEP_SENT);
	assert_reads(rel[STEP_SENT], 2, "0.63");
	assert_reads(rel[STEP_UNLOCKED], 2, "1.05");
	assert_reads(rel[STEP_SALES], 2, "1.11");
	assert_string_equal(
	    funnel_text[STEP_SENT], "Few PPVs sent for the fans chatted");

	/* two of a team are too few; all together are not */
	assert_int_equal(funnel_compare(rel, step, &all, &team), STEP_SENT);
	assert_int_equal(funnel_compare(rel, step, &all, &all), STEPS);
	assert_true(isnan(rel[STEP_SENT]));

	fill(own, 60, 0, 0, 360);
	funnel_steps(step, own);
	assert_reads(step[STEP_SENT], 0, "0");
	assert_true(isnan(step[STEP_UNLOCKED]));
	assert_true(isnan(step[STEP_SALES]));
}

static void
traffic_of(struct traffic *t, const double *fans_hr, size_t nr)
{
	size_t i;

	*t = (struct traffic){ 0 };
	for (i = 0; i < nr; i++)
		traffic_add(t, fans_hr[i]);
}

static void
assert_traffic_text(const struct chatters_settings *set,
    const struct traffic *t, const char *expected)
{
	struct buf b;

	buf_init(&b, 1000);
	traffic_put_text(set, t, &b);
	assert_string_equal(b.p == NULL ? "" : b.p, expected);
	buf_free(&b);
}

static void
test_traffic(void **state)
{
	static const double spread[] = { 10, 8, 6, 4 };
	static const double even[] = { 10, 8, 8, 6 };
	static const double far[] = { 9, 3 };
	static const double none[] = { 0, 5, NONE };
	static const double thirds[] = { 10 / 3., 8 / 3., 8 / 3., 6 / 3. };
	/* 1 and 6 fans in 3,700 s and 11,100 s */
	static const double twice[] = { 1 / (3700 / 3600.),
		6 / (11100 / 3600.) };
	struct traffic t;

	traffic_of(&t, spread, NR(spread));
	assert_reads(traffic_mean(&t), 1, "7.0");
	assert_int_equal(traffic_band(*state, &t, 10), TRAFFIC_HIGH);
	assert_int_equal(traffic_band(*state, &t, 8), TRAFFIC_NORMAL);
	assert_int_equal(traffic_band(*state, &t, 6), TRAFFIC_NORMAL);
	assert_int_equal(traffic_band(*state, &t, 4), TRAFFIC_LOW);
	assert_reads(traffic_ratio(&t), 1, "2.5");
	assert_int_equal(traffic_level(*state, &t), TRAFFIC_WARNING);
	assert_traffic_text(*state, &t,
	    "Traffic imbalance: busiest chatter has 2.5× the fans/hr of the "
	    "quietest");

	traffic_of(&t, even, NR(even));
	assert_int_equal(traffic_band(*state, &t, 10), TRAFFIC_NORMAL);
	assert_int_equal(traffic_band(*state, &t, 6), TRAFFIC_NORMAL);
	assert_reads(traffic_ratio(&t), 2, "1.67");
	assert_int_equal(traffic_level(*state, &t), TRAFFIC_EVEN);
	assert_traffic_text(*state, &t, "");

	/* the last digit of a double crosses no bound */
	traffic_of(&t, thirds, NR(thirds));
	assert_int_equal(traffic_band(*state, &t, thirds[0]), TRAFFIC_NORMAL);
	assert_int_equal(traffic_band(*state, &t, thirds[3]), TRAFFIC_NORMAL);
	traffic_of(&t, twice, NR(twice));
	assert_true(traffic_ratio(&t) < 2);
	assert_int_equal(traffic_level(*state, &t), TRAFFIC_WARNING);

	traffic_of(&t, far, NR(far));
	assert_reads(traffic_ratio(&t), 1, "3.0");
	assert_int_equal(traffic_level(*state, &t), TRAFFIC_CRITICAL);
	traffic_of(&t, far, 1);
	assert_int_equal(traffic_level(*state, &t), TRAFFIC_EVEN);
	traffic_of(&t, none, NR(none));
	assert_int_equal(traffic_level(*state, &t), TRAFFIC_CRITICAL);
	assert_traffic_text(*state, &t, "One chatter had no traffic");
}

static void
test_week(void **state)
{
	static const double day[][FIGURES] = {
		{ 300, 480, 24, 9, 50, 5, NONE, NONE, NONE, 90, NONE, NONE,
		    NONE },
		{ 500, 720, 18, 9, 70, 7, NONE, NONE, NONE, 150, NONE, NONE,
		    NONE },
	};
	struct sums sums = { 0 };
	double figure[FIGURES], value[KPIS];

	sums_add(&sums, day[0], 6 * 3600);
	sums_add(&sums, day[1], 8 * 3600);
	sums_make(&sums, figure);
	assert_reads(figure[FIGURE_SALES_HR], 2, "57.14");
	assert_reads(figure[FIGURE_MSG_HR], 2, "85.71");
	assert_reads(figure[FIGURE_CVR], 1, "10.0");
	assert_reads(figure[FIGURE_UNLOCK], 1, "42.9");
	assert_reads(figure[FIGURE_GOLDEN], 1, "3.5");
	assert_reads(figure[FIGURE_FANS_HR], 2, "8.57");
	assert_reads(figure[FIGURE_REPLY], 0, "126");
	kpi_values(value, figure);
	assert_reads(score_of(*state, value).total, 1, "63.6");
}

static void
test_week_without_counts(void **state)
{
	/* golden 2 of 100 messages and 4 of 300 without the PPVs; no weights
	 * for the CVR; a reply time of 0 is none */
	static const double day[][FIGURES] = {
		{ 1, 100, NONE, NONE, NONE, NONE, 2, NONE, 5, 0, NONE, NONE,
		    NONE },
		{ 1, 300, NONE, NONE, NONE, NONE, 4, NONE, 10, 40, NONE, NONE,
		    NONE },
	};
	struct sums sums = { 0 };
	double figure[FIGURES];

	(void)state;
	sums_add(&sums, day[0], 3600);
	sums_add(&sums, day[1], 3600);
	sums_make(&sums, figure);
	assert_reads(figure[FIGURE_GOLDEN], 2, "3.50");
	assert_reads(figure[FIGURE_CVR], 2, "7.50");
	assert_reads(figure[FIGURE_REPLY], 0, "40");
	assert_true(isnan(figure[FIGURE_UNLOCK]));
	assert_true(isnan(figure[FIGURE_FANS]));
}

static void
test_urgency(void **state)
{
	struct chatters_settings *set = *state;
	static const struct {
		double score;
		int days;
		unsigned flags;
		const char *urgency;
		bool candidate;
		const char *points;
	} test[] = {
		{ 28, 5, 7, "80.2", true, "4" },
		{ 72, NEVER_COACHED, 0, "41.2", true, "2" },
		{ 90, 1, 0, "8.3", false, "0" },
		{ 35, 1, 3, "50.3", true, "2" },
		{ NONE, 1, 1, "34.3", true, "1" },
		{ 59.4, 1, 0, "20.5", true, "0" },
		{ 59.5, 1, 0, "20.5", false, "0" },
		{ 0, 99, 63, "100.0", true, "4" },
		{ 0, 0, 63, "70.0", false, "2" },
	};
	size_t i;

	for (i = 0; i < NR(test); i++) {
		struct coaching c = {
			.score = test[i].score,
			.days = test[i].days,
			.flags = test[i].flags,
			.weak = STEPS,
		};

		assert_reads(coaching_urgency(set, &c), 1, test[i].urgency);
		assert_int_equal(
		    coaching_is_candidate(set, &c), test[i].candidate);
		set->coaching.by_points = true;
		assert_reads(coaching_urgency(set, &c), 0, test[i].points);
		set->coaching.by_points = false;
	}
}

static void
test_fixed(void **state)
{
	static const struct {
		double x;
		int decimals;
		const char *expected;
	} test[] = {
		{ 0.125, 2, "0.13" },	/* half way, exactly */
		{ -0.125, 2, "-0.13" }, /* away from zero */
		{ 2.5, 0, "3" },
		{ 1.115, 2, "1.11" },  /* 1.11499999999999999111821580300 */
		{ 1.005, 2, "1.00" },  /* 1.00499999999999989341858963598 */
		{ 0.285, 2, "0.28" },  /* 0.28499999999999997557509345803 */
		{ -0.004, 2, "0.00" }, /* no minus before nothing */
		{ -0.0, 1, "0.0" },
		{ 1e22, 1, "10000000000000000000000.0" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < NR(test); i++)
		assert_reads(test[i].x, test[i].decimals, test[i].expected);
	assert_true(num_round_away(0.125, 2) == 0.13);
}

int
main(void)
{
	const struct CMUnitTest test[] = {
		cmocka_unit_test(test_scores),
		cmocka_unit_test(test_points),
		cmocka_unit_test(test_too_little_is_no_score),
		cmocka_unit_test(test_rounding_of_scores),
		cmocka_unit_test(test_ranks),
		cmocka_unit_test(test_mean_bands),
		cmocka_unit_test(test_arrows),
		cmocka_unit_test(test_streaks),
		cmocka_unit_test(test_funnel),
		cmocka_unit_test(test_traffic),
		cmocka_unit_test(test_week),
		cmocka_unit_test(test_week_without_counts),
		cmocka_unit_test(test_urgency),
		cmocka_unit_test(test_fixed),
	};

	return cmocka_run_group_tests(test, set_up, tear_down);
}
