/* Numbers and days as people read them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <math.h>

#include <cmocka.h>

#include "base/show.h"

static struct buf b;

/* What the function makes of x. */
static const char *
shown(void (*show)(double, struct buf *), double x)
{
	buf_clear(&b);
	show(x, &b);
	return b.p;
}

static const char *
fixed(double x, int decimals)
{
	buf_clear(&b);
	show_fixed(x, decimals, &b);
	return b.p;
}

static void
test_numbers(void **state)
{
	(void)state;
	assert_string_equal(shown(show_money, 412.5), "$412.50");
	assert_string_equal(shown(show_money, 2310), "$2,310.00");
	assert_string_equal(shown(show_money, 1234567.891), "$1,234,567.89");
	assert_string_equal(shown(show_money, 999.995), "$1,000.00");
	assert_string_equal(shown(show_money, 999.99), "$999.99");
	assert_string_equal(shown(show_money, -1000), "-$1,000.00");
	assert_string_equal(shown(show_money, -0.001), "$0.00");
	assert_string_equal(shown(show_money, 53.225806451612904), "$53.23");
	assert_string_equal(shown(show_money, NAN), SHOW_NOTHING);
	assert_string_equal(shown(show_money, INFINITY), SHOW_NOTHING);
	assert_string_equal(shown(show_money_short, 20), "$20");
	assert_string_equal(shown(show_money_short, 20.5), "$20.50");
	assert_string_equal(shown(show_money_short, 1500), "$1,500");
	assert_string_equal(shown(show_percent, 9.8), "9.8 %");
	assert_string_equal(shown(show_percent, 0.25), "0.3 %");
	assert_string_equal(shown(show_percent, NAN), SHOW_NOTHING);
	assert_string_equal(shown(show_short, 1.5), "1.5");
	assert_string_equal(shown(show_short, 70), "70");
	assert_string_equal(fixed(88.4, 1), "88.4");
	assert_string_equal(fixed(1234.56, 1), "1,234.6");
	assert_string_equal(fixed(123456, 0), "123,456");
	assert_string_equal(fixed(-1234, 0), "-1,234");
}

static void
test_durations(void **state)
{
	(void)state;
	assert_string_equal(shown(show_duration, 45), "45s");
	assert_string_equal(shown(show_duration, 102), "1m 42s");
	assert_string_equal(shown(show_duration, 120), "2m");
	assert_string_equal(shown(show_duration, 3900), "1h 5m");
	assert_string_equal(shown(show_duration, 3600), "1h");
	assert_string_equal(shown(show_duration, 0), "0s");
	assert_string_equal(shown(show_duration, NAN), SHOW_NOTHING);
}

static void
test_days(void **state)
{
	day_nr day;
	instant_us at;

	(void)state;
	assert_true(day_parse(text_of("2026-02-10"), &day));
	buf_clear(&b);
	show_day(day, &b);
	assert_string_equal(b.p, "Tue 10 Feb");
	buf_clear(&b);
	show_day_long(day, &b);
	assert_string_equal(b.p, "Tuesday 10 February 2026");
	assert_true(instant_parse(text_of("2026-02-11T07:41:59Z"), &at));
	buf_clear(&b);
	show_instant(at, &b);
	assert_string_equal(b.p, "11 Feb 2026, 07:41 UTC");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_numbers),
		cmocka_unit_test(test_durations),
		cmocka_unit_test(test_days),
	};
	int status;

	buf_init(&b, 1000);
	status = cmocka_run_group_tests_name("show", tests, NULL, NULL);
	buf_free(&b);
	return status;
}
