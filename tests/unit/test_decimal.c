/* numbers as their digits */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/decimal.h"
#include "base/num.h"

static void
test_plain(void **state)
{
	static const struct {
		const char *number;
		const char *plain;
	} sample[] = {
		{ "15413220", "15413220" },
		{ "15413220.0", "15413220" },
		{ "1.541322E7", "15413220" },
		{ "1541322e1", "15413220" },
		{ "1.5e+3", "1500" },
		{ "-1.50", "-1.5" },
		{ "0", "0" },
		{ "-0", "0" },
		{ "0.0", "0" },
		{ "0e5", "0" },
		{ "1e-3", "0.001" },
		{ "120e-1", "12" },
		{ "0.10000000000000001", "0.1" },
		{ "28.699999999999999", "28.7" },
		{ "33.333333333333336", "33.333333333333336" },
		/* every digit of an id, however long */
		{ "12345678901234567890123", "12345678901234567890123" },
		{ "1.2345678901234567890123e22", "12345678901234567890123" },
		{ "-9007199254740993", "-9007199254740993" },
		{ "1e400", "1e400" },
		{ "1e-500", "1e-500" },
		{ "1e99999999999999999999", "1e99999999999999999999" },
		{ "1e21", "1000000000000000000000" },
	};
	struct buf b;
	size_t i;

	(void)state;
	buf_init(&b, 1000);
	for (i = 0; i < sizeof(sample) / sizeof(sample[0]); i++) {
		buf_clear(&b);
		decimal_plain(text_of(sample[i].number), &b);
		assert_string_equal(b.p, sample[i].plain);
	}
	buf_free(&b);
}

static void
test_in_double(void **state)
{
	static const char *const held[] = { "0", "-0", "1", "1.10", "28.7",
		"0.1", "123456789012345", "9007199254740992",
		"-9007199254740992", "0.30000000000000004", "1e5", "1E22",
		"33.333333333333336", "28.699999999999999",
		"0.10000000000000001", "100000000000000.5", "1.0e10",
		"2251799813685249.5" };
	static const char *const lost[] = { "9007199254740993",
		"9007199254740994", "-9007199254740994", "12345678901234567890",
		"3.14159265358979323846",
		"0.1000000000000000055511151231257827", "1e400", "-1e400",
		"1e-400", "123456789012345678e-1", "28.6999999999999990001" };
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(held) / sizeof(held[0]); i++)
		if (!decimal_in_double(text_of(held[i])))
			fail_msg("%s is lost", held[i]);
	for (i = 0; i < sizeof(lost) / sizeof(lost[0]); i++)
		if (decimal_in_double(text_of(lost[i])))
			fail_msg("%s is held", lost[i]);
}

static double
sum_of(const char *const number[], size_t nr)
{
	struct decimal sum = { 0 };
	double x;
	size_t i;

	for (i = 0; i < nr; i++) {
		assert_true(num_parse(text_of(number[i]), &x));
		sum = decimal_sum(sum, decimal_near(x));
	}
	return decimal_value(sum);
}

#define SUM(...)                                     \
	sum_of((const char *const[]){ __VA_ARGS__ }, \
	    sizeof((const char *const[]){ __VA_ARGS__ }) / sizeof(char *))

static void
test_sums(void **state)
{
	(void)state;
	assert_true(SUM("0.1", "0.2") == 0.3);
	assert_true(SUM("0.1", "0.2", "-0.3") == 0);
	assert_true(SUM("1.1", "2.2", "3.3") == 6.6);
	assert_true(SUM("412.5", "0.01", "-12") == 400.51);
	assert_true(SUM("1e15", "0.5") == 1e15 + 0.5);
	assert_true(
	    SUM("0.00000000000001", "90071992547409") == 90071992547409);
	/* more digits than fit go on as doubles */
	assert_true(
	    SUM("99999999999999", "0.00000000000001") == 99999999999999.0);
	assert_true(SUM("1e300", "1e300", "1") == 2e300);
	assert_true(SUM("0.30000000000000004", "0.1") == 0.4);
}

static void
test_near(void **state)
{
	static const double number[] = { 0, 1, -1, 0.1, -412.5, 1e14,
		999999999999999, 1e15, 123456.789012345, 0.30000000000000004,
		1e-5, 5e-324, 1.7976931348623157e308, 100.0 / 3 };
	struct decimal d;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(number) / sizeof(number[0]); i++)
		assert_true(
		    decimal_value(decimal_near(number[i])) == number[i]);
	d = decimal_near(-412.5);
	assert_int_equal(d.digits, -4125);
	assert_int_equal(d.places, 1);
	assert_int_equal(decimal_near(100.0 / 3).places, DECIMAL_WIDE);
	/* past 2^53 the nearest double is looked for in the text */
	assert_true(decimal_value((struct decimal){ 123456789012345678, 2 }) ==
		    1234567890123456.78);
	assert_true(decimal_value((struct decimal){ 9007199254740993, 14 }) ==
		    90.07199254740993);
}

static void
test_parts(void **state)
{
	(void)state;
	assert_true(decimal_part((struct decimal){ 29520, 0 }, 3600) == 8.2);
	assert_true(decimal_part((struct decimal){ 2862000, 2 }, 3600) == 7.95);
	assert_true(decimal_part(decimal_of_double(1e300), 4) == 2.5e299);
	assert_int_equal(
	    decimal_times((struct decimal){ 795, 2 }, 3600).digits, 2862000);
	assert_true(decimal_value(decimal_times(
			(struct decimal){ INT64_MAX, 0 }, 2)) == 0x1p64);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_plain),
		cmocka_unit_test(test_in_double),
		cmocka_unit_test(test_sums),
		cmocka_unit_test(test_near),
		cmocka_unit_test(test_parts),
	};

	return cmocka_run_group_tests_name("decimal", tests, NULL, NULL);
}
