/* what number formats show, and day counts as text */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/xlsx_date.h"

#define D XLSX_SHOWS_DATE
#define T XLSX_SHOWS_TIME
#define E XLSX_SHOWS_ELAPSED

static void
test_formats(void **state)
{
	static const struct {
		const char *code;
		unsigned shows;
	} sample[] = {
		{ "", 0 },
		{ "General", 0 },
		{ "GENERAL", 0 },
		{ "0", 0 },
		{ "#,##0.00", 0 },
		{ "0.00%", 0 },
		{ "0.00E+00", 0 },
		{ "##0.0e-0", 0 },
		{ "@", 0 },
		{ "# ?/?", 0 },
		{ "_-* #,##0.00\\ \"kr.\"_-;\\-* #,##0.00_-", 0 },
		{ "#,##0.00 \"dagen\"", 0 },
		{ "0.0\\d", 0 },
		{ "[Red]0;[Magenta]-0", 0 },
		{ "[$\xe2\x82\xac-2] #,##0", 0 },
		{ "[$kr-41D] 0", 0 },
		{ "[Color 12]0", 0 },
		{ "0*d", 0 },
		{ "0_m", 0 },
		{ "\"d\"", 0 },
		{ "\"unended d", 0 },
		{ "[unended", 0 },
		/* the first section counts */
		{ "0;d", 0 },
		{ "d;0", D },
		{ "yyyy-mm-dd", D },
		{ "YYYY-MM-DD", D },
		{ "d/m/yy", D },
		{ "mmm", D },
		{ "mmmm yyyy", D },
		{ "dddd", D },
		{ "[$-409]d-mmm;@", D },
		{ "[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy", D },
		{ "[$-411]ggge\"\xe5\xb9\xb4\"m\"\xe6\x9c\x88\"", D },
		{ "bbbb", D },
		{ "aaa", D },
		{ "h:mm", T },
		{ "hh:mm:ss", T },
		{ "mm:ss", T },
		{ "mm:ss.0", T },
		{ "ss", T },
		{ "h AM/PM", T },
		{ "am/pm", T },
		{ "[$-409]h:mm:ss A/P", T },
		{ "yyyy-mm-dd hh:mm", D | T },
		{ "hh:mm dd-mm-yyyy", D | T },
		{ "m/d/yy h:mm", D | T },
		{ "yyyy\\-mm\\-dd\"T\"hh:mm:ss", D | T },
		{ "[h]:mm", E | T },
		{ "[hh]:mm:ss", E | T },
		{ "[mm]:ss", E | T },
		{ "[s]", E },
		{ "[S]", E },
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(sample) / sizeof(sample[0]); i++)
		if (xlsx_format_shows(text_of(sample[i].code)) !=
		    sample[i].shows)
			fail_msg("'%s' shows %u, not %u", sample[i].code,
			    xlsx_format_shows(text_of(sample[i].code)),
			    sample[i].shows);
}

static void
test_builtin(void **state)
{
	(void)state;
	assert_int_equal(xlsx_builtin_shows(0), 0);
	assert_int_equal(xlsx_builtin_shows(11), 0);
	assert_int_equal(xlsx_builtin_shows(14), D);
	assert_int_equal(xlsx_builtin_shows(20), T);
	assert_int_equal(xlsx_builtin_shows(22), D | T);
	assert_int_equal(xlsx_builtin_shows(37), 0);
	assert_int_equal(xlsx_builtin_shows(46), E);
	assert_int_equal(xlsx_builtin_shows(49), 0);
	assert_int_equal(xlsx_builtin_shows(164), 0);
}

static void
check(double days, unsigned shows, bool date1904, const char *expected)
{
	char text[XLSX_DATE_TEXT];
	bool is = xlsx_date_format(days, shows, date1904, text);

	if (expected == NULL)
		assert_false(is);
	else if (!is)
		fail_msg("%.17g is no date, not %s", days, expected);
	else
		assert_string_equal(text, expected);
}

/* LibreOffice and Excel show these for the counts. */
static void
test_1900(void **state)
{
	(void)state;
	check(1, D, false, "1900-01-01");
	check(59, D, false, "1900-02-28");
	check(60, D, false, "1900-02-29");
	check(60.5, D, false, "1900-02-29T12:00:00");
	check(61, D, false, "1900-03-01");
	check(25569, D, false, "1970-01-01");
	check(45351, D, false, "2024-02-29");
	check(45351, D | T, false, "2024-02-29T00:00:00");
	check(45351.25, D, false, "2024-02-29T06:00:00");
	check(45292.524268391205, D | T, false, "2024-01-01T12:34:56.789");
	check(2958465, D, false, "9999-12-31");
	check(2958465.999999999, D, false, NULL); /* rounds to the year 10000 */
	check(2958466, D, false, NULL);
	check(-1, D, false, NULL);
	/* half a millisecond before midnight */
	check(45350.999999999, D, false, "2024-02-29");
	check(1e300, D, false, NULL);
	check(1.0 / 0.0, D, false, NULL);
	check(1, 0, false, NULL);
}

static void
test_times(void **state)
{
	(void)state;
	check(0, D, false, "00:00:00");
	check(0.5, T, false, "12:00:00");
	check(0.5, D | T, false, "12:00:00");
	check(0.545219907407407, T, false, "13:05:07");
	check(1.5, T, false, "1900-01-01T12:00:00");
	check(27.5 / 24, E | T, false, "27:30:00");
	check(100.0, E, false, "2400:00:00");
	check(-1.5 / 24, E | T, true, "-01:30:00");
	check(1.0 / 86400000, E, false, "00:00:00.001");
	/* elapsed time beside a date is a date */
	check(2.5, D | E | T, false, "1900-01-02T12:00:00");
}

static void
test_1904(void **state)
{
	(void)state;
	check(0, D, true, "1904-01-01");
	check(0.5, D | T, true, "1904-01-01T12:00:00");
	check(0.5, T, true, "12:00:00");
	check(1, D, true, "1904-01-02");
	check(43889, D, true, "2024-02-29"); /* 45351 - 1462 */
	check(2957003, D, true, "9999-12-31");
	check(2957004, D, true, NULL);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_formats),
		cmocka_unit_test(test_builtin),
		cmocka_unit_test(test_1900),
		cmocka_unit_test(test_times),
		cmocka_unit_test(test_1904),
	};

	return cmocka_run_group_tests_name("xlsx_date", tests, NULL, NULL);
}
