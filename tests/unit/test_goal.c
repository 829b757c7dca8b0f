/* goals: the figure and the values that people write */
#include "chatters/goal.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define NR(a) (sizeof(a) / sizeof((a)[0]))

static void
test_figures(void **state)
{
	static const struct {
		const char *words;
		enum kpi kpi;
	} test[] = {
		{ "CVR", KPI_CVR },
		{ " cvr % ", KPI_CVR },
		{ "cvr_pct", KPI_CVR },
		{ "Fan CVR", KPI_CVR },
		{ "Conversion Rate", KPI_CVR },
		{ "Sales/hr", KPI_SALES_HR },
		{ "SALES / HR", KPI_SALES_HR },
		{ "sales_hr", KPI_SALES_HR },
		{ "Sales per hour", KPI_SALES_HR },
		{ "$/hr", KPI_SALES_HR },
		{ "Avg. $/hr", KPI_SALES_HR },
		{ "Unlock", KPI_UNLOCK },
		{ "Unlock Rate (%)", KPI_UNLOCK },
		{ "Golden Ratio", KPI_GOLDEN },
		{ "golden\xc2\xa0ratio", KPI_GOLDEN },
		{ "golden", KPI_GOLDEN },
		{ "Msg/hr", KPI_MSG_HR },
		{ "Messages per hour", KPI_MSG_HR },
		{ "msg_hr", KPI_MSG_HR },
		{ "Reply Time", KPI_REPLY },
		{ "reply_s", KPI_REPLY },
		{ "response time", KPI_REPLY },
		/* of the day, not of an hour; two; none */
		{ "Sales", KPIS },
		{ "CVR, Unlock", KPIS },
		{ "hr", KPIS },
		{ "", KPIS },
		{ "%", KPIS },
		{ "the golden ratio of every single day of the week", KPIS },
	};
	size_t i;

	(void)state;
	for (i = 0; i < NR(test); i++)
		if (goal_kpi(text_of(test[i].words)) != test[i].kpi)
			fail_msg("'%s' is %d", test[i].words,
			    goal_kpi(text_of(test[i].words)));
}

static void
test_values(void **state)
{
	static const struct {
		enum kpi kpi;
		const char *text;
		double x;
	} test[] = {
		{ KPI_CVR, "10", 10 },
		{ KPI_CVR, "10 %", 10 },
		{ KPI_CVR, "9.5%", 9.5 },
		{ KPI_CVR, "9,5 %", 9.5 },
		{ KPI_CVR, "\xe2\x89\xa5 10 %", 10 },
		{ KPI_CVR, ">= 10%", 10 },
		{ KPI_CVR, "$10", NAN },
		{ KPI_CVR, "better", NAN },
		{ KPI_CVR, "10 to 12", NAN },
		{ KPI_CVR, " - ", NAN },
		{ KPI_CVR, "n/a", NAN },
		{ KPI_CVR, "1e300", NAN },
		{ KPI_CVR, "99999999999", NAN },
		{ KPI_SALES_HR, "$45", 45 },
		{ KPI_SALES_HR, "$45/hr", 45 },
		{ KPI_SALES_HR, "45.50 per hour", 45.5 },
		{ KPI_SALES_HR, "45 USD", 45 },
		{ KPI_SALES_HR, "45%", NAN },
		{ KPI_MSG_HR, "90", 90 },
		{ KPI_MSG_HR, "90/hr", 90 },
		{ KPI_MSG_HR, "$90", NAN },
		{ KPI_REPLY, "1m 42s", 102 },
		{ KPI_REPLY, "1:42", 102 },
		{ KPI_REPLY, "102", 102 },
		{ KPI_REPLY, "< 2 min", 120 },
		{ KPI_REPLY, "2 minutes", 120 },
		{ KPI_REPLY, "1.5 min", 90 },
		{ KPI_REPLY, "1,5m", 90 },
		{ KPI_REPLY, "90 seconds", 90 },
		{ KPI_REPLY, "9.5 s", 9.5 },
		{ KPI_REPLY, "2.5", 150 },
		{ KPI_REPLY, "9.99", 599.4 },
		{ KPI_REPLY, "10", 10 },
		{ KPI_REPLY, "10%", NAN },
		{ KPI_REPLY, "soon", NAN },
		{ KPI_REPLY, "min", NAN },
	};
	double x;
	size_t i;

	(void)state;
	for (i = 0; i < NR(test); i++) {
		bool is = goal_value(test[i].kpi, text_of(test[i].text), &x);

		if (is == isnan(test[i].x) || isnan(x) != isnan(test[i].x) ||
		    fabs(x - test[i].x) > 1e-9)
			fail_msg("'%s' is %g", test[i].text, x);
	}
}

static void
test_judging(void **state)
{
	static const struct {
		enum kpi kpi;
		double target, baseline, value;
		enum goal_status status;
	} test[] = {
		{ KPI_CVR, 10, 8.2, 10, GOAL_REACHED },
		{ KPI_CVR, 10, 8.2, 9.9, GOAL_IMPROVING },
		{ KPI_CVR, 10, 8.2, 8.1, GOAL_DECLINED },
		{ KPI_CVR, 10, 8.2, 8.2, GOAL_UNKNOWN },
		{ KPI_CVR, 10, 8.2, NAN, GOAL_UNKNOWN },
		{ KPI_CVR, 10, NAN, 9, GOAL_UNKNOWN },
		{ KPI_CVR, 10, NAN, 11, GOAL_REACHED },
		/* a target on the other side of the baseline is behind */
		{ KPI_CVR, 5, 8, 6, GOAL_REACHED },
		/* 0.1 + 0.2 */
		{ KPI_CVR, 0.3, 0.1, 0.1 + 0.2 - 1e-16, GOAL_REACHED },
		{ KPI_REPLY, 60, 120, 60, GOAL_REACHED },
		{ KPI_REPLY, 60, 120, 61, GOAL_IMPROVING },
		{ KPI_REPLY, 60, 120, 121, GOAL_DECLINED },
	};
	struct chatters_settings set;
	struct goal goal;
	size_t i;

	(void)state;
	chatters_settings_init(&set);
	for (i = 0; i < NR(test); i++) {
		goal = (struct goal){ test[i].kpi, test[i].target,
			test[i].baseline };
		assert_int_equal(
		    goal_judge(&set, &goal, test[i].value), test[i].status);
	}
	chatters_settings_free(&set);
}

int
main(void)
{
	const struct CMUnitTest test[] = {
		cmocka_unit_test(test_figures),
		cmocka_unit_test(test_values),
		cmocka_unit_test(test_judging),
	};

	return cmocka_run_group_tests(test, NULL, NULL);
}
