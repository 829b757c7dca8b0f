/* numbers as their digits */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/decimal.h"

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

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_plain),
		cmocka_unit_test(test_in_double),
	};

	return cmocka_run_group_tests_name("decimal", tests, NULL, NULL);
}
