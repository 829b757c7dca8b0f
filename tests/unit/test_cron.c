#include "base/cron.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

static instant_us
instant(const char *s)
{
	instant_us at;

	if (!instant_parse_loose(text_of(s), &at))
		fail_msg("'%s' is no instant", s);
	return at;
}

/* cron was last due at expected when it is now. */
static void
assert_due(const char *expression, const char *now, const char *expected)
{
	char found[INSTANT_TEXT] = "never";
	struct cron cron;
	struct fault f;
	instant_us at;

	if (cron_parse(&cron, text_of(expression), &f) == -1)
		fail_msg("%s", f.text);
	if (cron_latest(&cron, instant(now), &at))
		instant_format(at, found);
	if (strcmp(found, expected) != 0)
		fail_msg(
		    "'%s' at %s: %s, not %s", expression, now, found, expected);
}

static void
assert_refused(const char *expression, const char *why)
{
	struct fault f = { 0 };
	struct cron cron;

	if (cron_parse(&cron, text_of(expression), &f) == 0)
		fail_msg("'%s' is taken", expression);
	assert_int_equal(f.kind, FAULT_USAGE);
	if (strstr(f.text, why) == NULL)
		fail_msg("'%s': %s", expression, f.text);
}

/* 2026-02-16 is a Monday. */
static void
test_a_day_has_its_time(void **state)
{
	(void)state;
	assert_due(
	    "30 7 * * *", "2026-02-16T07:41:00Z", "2026-02-16T07:30:00Z");
	assert_due(
	    "30 7 * * *", "2026-02-16T07:30:00Z", "2026-02-16T07:30:00Z");
	assert_due("30 7 * * *", "2026-02-16T07:29:59.999999Z",
	    "2026-02-15T07:30:00Z");
	assert_due(
	    "30 23 * * *", "2026-02-17T00:20:00Z", "2026-02-16T23:30:00Z");
	assert_due("0 0 * * *", "2026-01-01T00:00:00Z", "2026-01-01T00:00:00Z");
	assert_due("1 0 * * *", "2026-01-01T00:00:59Z", "2025-12-31T00:01:00Z");
	assert_due(
	    "59 23 * * *", "1969-12-31T12:00:00Z", "1969-12-30T23:59:00Z");
}

static void
test_lists_ranges_and_steps(void **state)
{
	(void)state;
	assert_due(
	    "*/15 * * * *", "2026-02-16T07:44:59Z", "2026-02-16T07:30:00Z");
	assert_due(
	    "5,20,50 * * * *", "2026-02-16T07:19:00Z", "2026-02-16T07:05:00Z");
	assert_due(
	    "5,20,50 * * * *", "2026-02-16T07:04:00Z", "2026-02-16T06:50:00Z");
	assert_due(
	    "0 9-17 * * *", "2026-02-16T20:00:00Z", "2026-02-16T17:00:00Z");
	assert_due("0 1-12/5,22 * * *", "2026-02-16T21:00:00Z",
	    "2026-02-16T11:00:00Z");
	/* 20, 35 and 50 */
	assert_due(
	    "20/15 * * * *", "2026-02-16T07:49:00Z", "2026-02-16T07:35:00Z");
	assert_due(
	    "20/15 * * * *", "2026-02-16T07:19:00Z", "2026-02-16T06:50:00Z");
	assert_due(
	    "*/90 * * * *", "2026-02-16T07:59:00Z", "2026-02-16T07:00:00Z");
	assert_due(
	    "007 0007 * * *", "2026-02-16T08:00:00Z", "2026-02-16T07:07:00Z");
	assert_due(
	    "  30\t7  * *  * ", "2026-02-16T08:00:00Z", "2026-02-16T07:30:00Z");
}

static void
test_days_of_the_week(void **state)
{
	(void)state;
	assert_due("0 0 * * 0", "2026-02-18T12:00:00Z", "2026-02-15T00:00:00Z");
	assert_due("0 0 * * 7", "2026-02-18T12:00:00Z", "2026-02-15T00:00:00Z");
	assert_due(
	    "0 0 * * SUN", "2026-02-18T12:00:00Z", "2026-02-15T00:00:00Z");
	assert_due(
	    "0 0 * * mon-fri", "2026-02-22T12:00:00Z", "2026-02-20T00:00:00Z");
	/* Friday, Saturday, Sunday */
	assert_due(
	    "0 0 * * 5-7", "2026-02-16T12:00:00Z", "2026-02-15T00:00:00Z");
	assert_due(
	    "0 0 * * fri-sun", "2026-02-16T12:00:00Z", "2026-02-15T00:00:00Z");
	assert_due(
	    "0 0 * * 5-7", "2026-02-19T12:00:00Z", "2026-02-15T00:00:00Z");
	/* Sunday, Tuesday, Thursday, Saturday: a star ends with 6 */
	assert_due(
	    "0 0 * * */2", "2026-02-16T12:00:00Z", "2026-02-15T00:00:00Z");
	/* Monday, Wednesday, Friday: so does a number with a step */
	assert_due(
	    "0 0 * * 1/2", "2026-02-15T12:00:00Z", "2026-02-13T00:00:00Z");
}

static void
test_either_day_will_do(void **state)
{
	(void)state;
	/* the 13th, or a Friday */
	assert_due(
	    "0 0 13 * 5", "2026-04-15T00:00:00Z", "2026-04-13T00:00:00Z");
	assert_due(
	    "0 0 13 * 5", "2026-04-12T00:00:00Z", "2026-04-10T00:00:00Z");
	/* with a star both must hold: an odd day of the month on a Friday */
	assert_due(
	    "0 0 */2 * 5", "2026-04-15T00:00:00Z", "2026-04-03T00:00:00Z");
	assert_due(
	    "0 0 13 * */5", "2026-04-15T00:00:00Z", "2026-03-13T00:00:00Z");
	/* an impossible day of the month leaves that of the week */
	assert_due(
	    "0 0 31 2 1", "2026-04-15T00:00:00Z", "2026-02-23T00:00:00Z");
}

static void
test_the_ends_of_months(void **state)
{
	(void)state;
	assert_due(
	    "0 12 31 * *", "2026-05-30T00:00:00Z", "2026-03-31T12:00:00Z");
	assert_due(
	    "0 0 29 2 *", "2026-03-01T00:00:00Z", "2024-02-29T00:00:00Z");
	assert_due(
	    "0 0 29 feb *", "2000-03-01T00:00:00Z", "2000-02-29T00:00:00Z");
	/* 1900 is no leap year */
	assert_due(
	    "0 0 29 2 *", "1904-02-28T00:00:00Z", "1896-02-29T00:00:00Z");
	/* 40 years between two such Sundays */
	assert_due(
	    "0 0 29 2 */7", "1920-02-28T00:00:00Z", "1880-02-29T00:00:00Z");
	assert_due("0 0 1 1 *", "2025-12-31T23:59:59Z", "2025-01-01T00:00:00Z");
}

static void
test_the_ends_of_the_calendar(void **state)
{
	(void)state;
	assert_due("0 0 1 1 *", "0001-01-01T00:00:00Z", "0001-01-01T00:00:00Z");
	assert_due("1 0 1 1 *", "0001-01-01T00:00:00Z", "never");
	assert_due("0 0 29 2 *", "0004-02-28T00:00:00Z", "never");
	assert_due("* * * * *", "9999-12-31T23:59:59Z", "9999-12-31T23:59:00Z");
}

static void
test_short_forms(void **state)
{
	(void)state;
	assert_due("@hourly", "2026-02-18T12:34:00Z", "2026-02-18T12:00:00Z");
	assert_due("@daily", "2026-02-18T12:34:00Z", "2026-02-18T00:00:00Z");
	assert_due("@midnight", "2026-02-18T12:34:00Z", "2026-02-18T00:00:00Z");
	assert_due("@Weekly", "2026-02-18T12:34:00Z", "2026-02-15T00:00:00Z");
	assert_due("@monthly", "2026-02-18T12:34:00Z", "2026-02-01T00:00:00Z");
	assert_due(" @yearly ", "2026-02-18T12:34:00Z", "2026-01-01T00:00:00Z");
	assert_due("@annually", "2026-02-18T12:34:00Z", "2026-01-01T00:00:00Z");
}

static void
test_what_is_no_expression(void **state)
{
	(void)state;
	assert_refused("", "has 0 fields, not 5");
	assert_refused("30 7 * *", "has 4 fields, not 5");
	assert_refused("0 30 7 * * *", "has 6 fields, not 5");
	assert_refused("@reboot", "has 1 fields, not 5");
	assert_refused("60 7 * * *", "the minute '60' is no number from 0");
	assert_refused("-1 7 * * *", "the minute ''");
	assert_refused("0 24 * * *", "the hour '24'");
	assert_refused("0 0 0 * *", "the day of the month '0'");
	assert_refused("0 0 32 * *", "the day of the month '32'");
	assert_refused("0 0 * 13 *", "the month '13'");
	assert_refused("0 0 * 0 *", "the month '0'");
	assert_refused("0 0 * * 8", "the day of the week '8'");
	assert_refused("0 0 * mon *", "the month 'mon'");
	assert_refused("0 0 * * monday", "the day of the week 'monday'");
	assert_refused("0 0 jan * *", "the day of the month 'jan'");
	assert_refused("1,,2 * * * *", "the minute ''");
	assert_refused("1, * * * *", "the minute ''");
	assert_refused("5- * * * *", "the minute ''");
	assert_refused("*-5 * * * *", "the minute '*'");
	assert_refused("1-2-3 * * * *", "the minute '2-3'");
	assert_refused("30-10 * * * *", "run backwards");
	assert_refused("0 0 * * sat-fri", "run backwards");
	assert_refused("*/0 * * * *", "the step '0'");
	assert_refused("*/ * * * *", "the step ''");
	assert_refused("*/2/2 * * * *", "the step '2/2'");
	assert_refused("*/-2 * * * *", "the step '-2'");
	assert_refused("** * * * *", "the minute '**'");
	assert_refused("00001 * * * *", "the minute '00001'");
	assert_refused("4294967296 * * * *", "the minute '4294967296'");
	assert_refused("0 0 ? * *", "the day of the month '?'");
	assert_refused("0 0 L * *", "the day of the month 'L'");
}

static void
test_days_that_no_year_has(void **state)
{
	(void)state;
	assert_refused("0 0 30 2 *", "cron '0 0 30 2 *': never fires");
	assert_refused("0 0 30-31 feb *", "never fires");
	assert_refused("0 0 31 2,4,6,9,11 *", "never fires");
	assert_refused("0 0 31 4 */1", "never fires");
	assert_due(
	    "0 0 31 4,5 *", "2026-05-01T00:00:00Z", "2025-05-31T00:00:00Z");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_a_day_has_its_time),
		cmocka_unit_test(test_lists_ranges_and_steps),
		cmocka_unit_test(test_days_of_the_week),
		cmocka_unit_test(test_either_day_will_do),
		cmocka_unit_test(test_the_ends_of_months),
		cmocka_unit_test(test_the_ends_of_the_calendar),
		cmocka_unit_test(test_short_forms),
		cmocka_unit_test(test_what_is_no_expression),
		cmocka_unit_test(test_days_that_no_year_has),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
