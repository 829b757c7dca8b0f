/* The dates of HTTP headers, and Retry-After. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/http_date.h"

#define S INT64_C(1000000)

/* 2026-11-21T00:00:00Z: date -u -d 2026-11-21 +%s */
static const instant_us now = 1795219200 * S;

static void
all_forms_of_the_rfc_are_one_instant(void **state)
{
	static const char *const form[] = {
		"Sun, 06 Nov 1994 08:49:37 GMT",
		"Sunday, 06-Nov-94 08:49:37 GMT",
		"Sun Nov  6 08:49:37 1994",
	};
	instant_us at;
	size_t i;

	(void)state;
	for (i = 0; i < 3; i++) {
		assert_true(http_date_parse(text_of(form[i]), now, &at));
		/* date -u -d '1994-11-06 08:49:37' +%s */
		assert_int_equal(at, 784111777 * S);
	}
	assert_true(
	    http_date_parse(text_of("Sun Nov 16 08:49:37 1997"), now, &at));
	assert_int_equal(at, 879670177 * S);
}

static void
what_is_written_is_read_back(void **state)
{
	char text[HTTP_DATE_TEXT];
	instant_us at;

	(void)state;
	http_date_format(784111777 * S + 999999, text);
	assert_string_equal(text, "Sun, 06 Nov 1994 08:49:37 GMT");
	http_date_format(0, text);
	assert_string_equal(text, "Thu, 01 Jan 1970 00:00:00 GMT");
	http_date_format(INSTANT_MAX, text);
	assert_string_equal(text, "Fri, 31 Dec 9999 23:59:59 GMT");
	http_date_format(INSTANT_MIN, text);
	assert_string_equal(text, "Mon, 01 Jan 0001 00:00:00 GMT");
	assert_true(http_date_parse(text_of(text), now, &at));
	assert_int_equal(at, INSTANT_MIN);
}

static void
two_digits_of_a_year_are_near_now(void **state)
{
	instant_us at;

	(void)state;
	/* 2076 is fifty years on, 2077 would be more */
	assert_true(http_date_parse(
	    text_of("Wednesday, 01-Jan-76 00:00:00 GMT"), now, &at));
	assert_int_equal(at, INT64_C(3345062400) * S);
	assert_true(http_date_parse(
	    text_of("Saturday, 01-Jan-77 00:00:00 GMT"), now, &at));
	assert_int_equal(at, 220924800 * S);
}

static void
what_is_not_a_date_is_refused(void **state)
{
	static const char *const bad[] = {
		"",
		"Sun",
		"Sun, 06 Nov 1994 08:49:37",
		"Sun, 06 Nov 1994 08:49:37 UTC",
		"Sun, 06 Nov 1994 08:49:37 GMT ",
		"Sun, 6 Nov 1994 08:49:37 GMT",
		"Mon, 06 Nov 1994 08:49:37 GMT",
		"Sun, 31 Nov 1994 08:49:37 GMT",
		"Sun, 06 nov 1994 08:49:37 GMT",
		"sun, 06 Nov 1994 08:49:37 GMT",
		"Sun, 06 Nov 1994 24:49:37 GMT",
		"Sun, 06 Nov 1994 08:60:37 GMT",
		"Sun, 06 Nov 1994 08:49:61 GMT",
		"Sun, 06 Nov 1994 08:49:3x GMT",
		"Sunday, 06 Nov 1994 08:49:37 GMT",
		"Sun Nov 6 08:49:37 1994",
		"Sun Nov 06 08:49:37 94",
		"1994-11-06T08:49:37Z",
	};
	instant_us at;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_false(http_date_parse(text_of(bad[i]), now, &at));
}

static void
a_wait_is_a_count_or_a_date(void **state)
{
	int64_t wait_s;

	(void)state;
	assert_true(http_retry_after(text_of("0"), now, &wait_s));
	assert_int_equal(wait_s, 0);
	assert_true(http_retry_after(text_of(" 120 "), now, &wait_s));
	assert_int_equal(wait_s, 120);
	assert_true(http_retry_after(
	    text_of("99999999999999999999999999"), now, &wait_s));
	assert_int_equal(wait_s, UINT32_MAX);
	assert_true(http_retry_after(
	    text_of("Sat, 21 Nov 2026 00:01:00 GMT"), now, &wait_s));
	assert_int_equal(wait_s, 60);
	assert_true(http_retry_after(
	    text_of("Sat, 21 Nov 2026 00:01:00 GMT"), now + 1, &wait_s));
	assert_int_equal(wait_s, 60);
	assert_true(http_retry_after(
	    text_of("Fri, 20 Nov 2026 00:01:00 GMT"), now, &wait_s));
	assert_int_equal(wait_s, 0);
}

static void
what_is_no_wait_is_refused(void **state)
{
	static const char *const bad[] = { "", " ", "-1", "+1", "1.5", "1s",
		"soon", "0x10", "1 2" };
	int64_t wait_s;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_false(http_retry_after(text_of(bad[i]), now, &wait_s));
	assert_false(http_retry_after((struct text){ 0 }, now, &wait_s));
}

int
main(void)
{
	const struct CMUnitTest test[] = {
		cmocka_unit_test(what_is_written_is_read_back),
		cmocka_unit_test(all_forms_of_the_rfc_are_one_instant),
		cmocka_unit_test(two_digits_of_a_year_are_near_now),
		cmocka_unit_test(what_is_not_a_date_is_refused),
		cmocka_unit_test(a_wait_is_a_count_or_a_date),
		cmocka_unit_test(what_is_no_wait_is_refused),
	};

	return cmocka_run_group_tests_name("http_date", test, NULL, NULL);
}
