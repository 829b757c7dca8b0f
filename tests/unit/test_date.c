#include "base/date.h"

#include <inttypes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#define REFUSED INT64_MIN

static instant_us
strict(const char *s)
{
	instant_us at;

	return instant_parse(text_of(s), &at) ? at : REFUSED;
}

static instant_us
loose(const char *s)
{
	instant_us at;

	return instant_parse_loose(text_of(s), &at) ? at : REFUSED;
}

static void
assert_same(const char *a, const char *b)
{
	if (loose(a) == REFUSED || loose(a) != loose(b))
		fail_msg("%s and %s are not the same instant", a, b);
}

static void
test_known_instants(void **state)
{
	(void)state;
	/* date -u -d 2026-03-01T12:00:00Z +%s */
	assert_int_equal(strict("2026-03-01T12:00:00Z"), 1772366400000000);
	assert_int_equal(strict("1970-01-01T00:00:00Z"), 0);
	assert_int_equal(strict("1969-12-31T23:59:59.999Z"), -1000);
	assert_int_equal(strict("1969-12-31T23:59:59.999999Z"), -1);
	assert_int_equal(strict("2026-01-30T13:30:00+01:00"),
	    strict("2026-01-30T12:30:00Z"));
	assert_int_equal(strict("2026-01-30T07:00:00-05:30"),
	    strict("2026-01-30T12:30:00Z"));
	assert_int_equal(
	    strict("2026-01-30t12:30:00z"), strict("2026-01-30T12:30:00Z"));
	assert_int_equal(strict("2026-01-30T12:30:00-00:00"),
	    strict("2026-01-30T12:30:00Z"));
}

/* The common form has code of its own: it must agree with the other. */
static void
test_common_form_agrees(void **state)
{
	char common[32], other[32];
	static const char odd[] = "0189/:-+.TZtz \x80\xb0\xff";
	size_t i, place;

	(void)state;
	assert_int_equal(strict("2026-03-01T12:34:56.789Z"), 1772368496789000);
	for (place = 0; place < 24; place++)
		for (i = 0; i < sizeof(odd) - 1; i++) {
			strcpy(common, "2026-03-01T12:34:56.789Z");
			common[place] = odd[i];
			/* one digit more: never the common form */
			snprintf(other, sizeof(other), "%.23s0%.1s", common,
			    common + 23);
			assert_int_equal(strict(common), strict(other));
		}
}

static void
test_fraction_of_any_length(void **state)
{
	(void)state;
	assert_int_equal(strict("1970-01-01T00:00:00.1Z"), 100000);
	assert_int_equal(strict("1970-01-01T00:00:00.12Z"), 120000);
	assert_int_equal(strict("1970-01-01T00:00:00.1234567Z"), 123456);
	assert_int_equal(strict("1970-01-01T00:00:00.999999999999Z"), 999999);
	assert_int_equal(strict("1970-01-01T00:00:00.0000000000000000000000"
				"000000000000000000000000000000000001+00:00"),
	    0);
	assert_int_equal(strict("1970-01-01T00:00:00.Z"), REFUSED);
	assert_int_equal(strict("1970-01-01T00:00.5Z"), REFUSED);
	assert_int_equal(loose("1970-01-01T00:00.5Z"), REFUSED);
}

static void
test_strict_refuses_what_loose_takes(void **state)
{
	static const char *form[] = {
		"2026-01-30 12:30:00Z",
		"2026-01-30T12:30:00",
		"2026-01-30T12:30Z",
		"2026-01-30T12:30",
		"2026-01-30 12:30",
		"2026-01-30T12:30:00,000Z",
		"2026-01-30T13:30:00+0100",
		"2026-01-30T13:30:00+01",
		"2026-01-30T11:30-01",
		"2026-01-30 13:30:00.0+01",
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(form) / sizeof(form[0]); i++) {
		assert_int_equal(strict(form[i]), REFUSED);
		assert_same(form[i], "2026-01-30T12:30:00Z");
	}
	assert_int_equal(strict("2026-01-30"), REFUSED);
	assert_same("2026-01-30", "2026-01-30T00:00:00Z");
}

static void
test_garbage(void **state)
{
	static const char *form[] = {
		"",
		"garbage",
		"1767225600000",
		"1767225600",
		"20260130",
		"20260130T123000Z",
		"2026-1-30",
		"2026-01",
		"26-01-30",
		"2026-01-30T",
		"2026-01-30Z",
		"2026-01-30T12",
		"2026-01-30T12Z",
		"2026-01-30T12:3",
		"2026-01-30T12:30:",
		"2026-01-30T12:30:0Z",
		"2026-01-30T24:00:00Z",
		"2026-01-30T12:60:00Z",
		"2026-01-30T12:30:60Z",
		"2026-01-30T12:30:00+24:00",
		"2026-01-30T12:30:00+01:60",
		"2026-01-30T12:30:00+1",
		"2026-01-30T12:30:00+01:",
		"2026-01-30T12:30:00+010",
		"2026-01-30T12:30:00+01000",
		"2026-01-30T12:30:00 +01:00",
		"2026-01-30T12:30:00ZZ",
		"2026-01-30T12:30:00Z ",
		" 2026-01-30T12:30:00Z",
		"2026-01-30  12:30:00",
		"2026/01/30",
		"30-01-2026",
		"-2026-01-30",
		"+2026-01-30",
		"2026-W05-5",
		"2026-030",
		"\xd9\xa2"
		"26-01-30",
	};
	struct text nul = { "2026-01-30T12:30:00.00\0Z", 24 };
	instant_us at;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(form) / sizeof(form[0]); i++)
		if (loose(form[i]) != REFUSED || strict(form[i]) != REFUSED)
			fail_msg("'%s' is taken for an instant", form[i]);
	assert_false(instant_parse_loose(nul, &at));
	assert_false(instant_parse_loose((struct text){ NULL, 0 }, &at));
}

static void
test_calendar(void **state)
{
	(void)state;
	assert_true(loose("2024-02-29") != REFUSED);
	assert_true(loose("2000-02-29") != REFUSED);
	assert_true(loose("0004-02-29") != REFUSED);
	assert_int_equal(loose("2026-02-29"), REFUSED);
	assert_int_equal(loose("1900-02-29"), REFUSED);
	assert_int_equal(loose("2100-02-29"), REFUSED);
	assert_int_equal(loose("2026-04-31"), REFUSED);
	assert_int_equal(loose("2026-13-01"), REFUSED);
	assert_int_equal(loose("2026-00-01"), REFUSED);
	assert_int_equal(loose("2026-01-00"), REFUSED);
	assert_int_equal(loose("2026-01-32"), REFUSED);
	assert_int_equal(loose("0000-12-31"), REFUSED);
	assert_int_equal(loose("2026-02-29T00:00:00.000Z"), REFUSED);
	assert_int_equal(loose("2026-02-28T24:00:00.000Z"), REFUSED);
	assert_int_equal(loose("2026-02-28T23:60:00.000Z"), REFUSED);
	assert_int_equal(loose("2026-02-28T23:59:60.000Z"), REFUSED);
}

static void
test_bounds(void **state)
{
	(void)state;
	assert_int_equal(strict("0001-01-01T00:00:00Z"), INSTANT_MIN);
	assert_int_equal(strict("9999-12-31T23:59:59.999999Z"), INSTANT_MAX);
	/* in the calendar where it was written, but not in UTC */
	assert_int_equal(strict("0001-01-01T00:00:00+00:01"), REFUSED);
	assert_int_equal(strict("9999-12-31T23:59:59-00:01"), REFUSED);
	assert_true(strict("0001-01-01T00:00:00-00:01") != REFUSED);
}

/* Every day of the calendar, there and back; its neighbour is next to it. */
static void
test_every_day(void **state)
{
	char out[DAY_TEXT];
	int year, month, mday, weekday = 0;
	day_nr day, back;

	(void)state;
	/* 0001-01-01 was a Monday */
	for (day = -719162; day <= 2932896; day++) {
		day_to_civil(day, &year, &month, &mday);
		if (!day_from_civil(year, month, mday, &back) || back != day ||
		    day_weekday(day) != weekday)
			fail_msg("day %d is %d-%d-%d, which is day %d", day,
			    year, month, mday, back);
		weekday = (weekday + 1) % 7;
	}
	day_format(2932896, out);
	assert_string_equal(out, "9999-12-31");
	assert_true(day_parse(text_of("0001-01-01"), &day));
	assert_int_equal(day, -719162);
	assert_false(day_parse(text_of("2026-01-30T"), &day));
	assert_false(day_parse(text_of("2026-0130"), &day));
	assert_false(day_from_civil(2026, 1, -1, &day));
	assert_false(day_from_civil(-1, 1, 1, &day));
	assert_false(day_from_civil(10000, 1, 1, &day));
	assert_false(day_from_civil(2026, 100, 1, &day));
}

static void
test_day_of_an_instant(void **state)
{
	(void)state;
	assert_int_equal(instant_day(0), 0);
	assert_int_equal(instant_day(-1), -1);
	assert_int_equal(instant_day(INSTANT_DAY_US - 1), 0);
	assert_int_equal(instant_day(-INSTANT_DAY_US), -1);
	assert_int_equal(instant_day(INSTANT_MIN), -719162);
	assert_int_equal(instant_day(INSTANT_MAX), 2932896);
	assert_int_equal(instant_of_day(-1), -INSTANT_DAY_US);
}

static void
test_format(void **state)
{
	char out[INSTANT_TEXT];

	(void)state;
	instant_format(strict("2026-03-01T12:00:00.000Z"), out);
	assert_string_equal(out, "2026-03-01T12:00:00Z");
	instant_format(strict("2026-03-01T12:00:00.050Z"), out);
	assert_string_equal(out, "2026-03-01T12:00:00.050Z");
	instant_format(strict("2026-03-01T12:00:00.000050Z"), out);
	assert_string_equal(out, "2026-03-01T12:00:00.000050Z");
	instant_format(-1, out);
	assert_string_equal(out, "1969-12-31T23:59:59.999999Z");
	instant_format(INT64_MIN, out);
	assert_string_equal(out, "0001-01-01T00:00:00Z");
	instant_format(INT64_MAX, out);
	assert_string_equal(out, "9999-12-31T23:59:59.999999Z");
	instant_format_iso(strict("2026-03-01T12:00:00Z"), out);
	assert_string_equal(out, "2026-03-01T12:00:00+00:00");
	instant_format_iso(strict("2026-03-01T12:00:00.05Z"), out);
	assert_string_equal(out, "2026-03-01T12:00:00.050000+00:00");
}

/*
 * Python's datetime is another implementation: it prints instants in many
 * forms with the microseconds it counts for them.
 */
static const char oracle[] =
    "python3 -c '\n"
    "import random\n"
    "from datetime import datetime, timedelta, timezone\n"
    "r = random.Random(20260301)\n"
    "epoch = datetime(1970, 1, 1, tzinfo=timezone.utc)\n"
    "for i in range(60000):\n"
    "    us = r.randrange(-62135500000, 25340260000) * 10**6\n"
    "    us += r.choice((0, r.randrange(1000) * 1000, r.randrange(10**6)))\n"
    "    m = r.choice((0, 0, 60, -300, 345, r.randrange(-1439, 1440)))\n"
    "    d = (epoch + timedelta(microseconds=us)).astimezone(\n"
    "        timezone(timedelta(minutes=m)))\n"
    "    s = d.isoformat(timespec=r.choice((\"auto\", \"microseconds\")))\n"
    "    if us % 1000 == 0 and m == 0 and i % 2:\n"
    "        s = d.isoformat(timespec=\"milliseconds\")\n"
    "    if m == 0 and i % 3:\n"
    "        s = s[:-6] + \"Z\"\n"
    "    n = (d - epoch) // timedelta(microseconds=1)\n"
    "    u = d.astimezone(timezone.utc)\n"
    "    print(s, n, u.isoformat(), u.weekday(), u.toordinal() - 719163)\n"
    "'";

static void
test_against_python(void **state)
{
	char text[64], iso[64], out[INSTANT_TEXT];
	instant_us at, want;
	int weekday, day, nr = 0;
	FILE *p = popen(oracle, "r");

	(void)state;
	assert_non_null(p);
	while (fscanf(p, "%63s %" SCNd64 " %63s %d %d", text, &want, iso,
		   &weekday, &day) == 5) {
		if (!instant_parse(text_of(text), &at) || at != want)
			fail_msg("%s is not %" PRId64, text, want);
		instant_format_iso(at, out);
		assert_string_equal(out, iso);
		assert_int_equal(instant_day(at), day);
		assert_int_equal(day_weekday(instant_day(at)), weekday);
		nr++;
	}
	assert_int_equal(pclose(p), 0);
	assert_int_equal(nr, 60000);
}

int
main(void)
{
	const struct CMUnitTest test[] = {
		cmocka_unit_test(test_known_instants),
		cmocka_unit_test(test_common_form_agrees),
		cmocka_unit_test(test_fraction_of_any_length),
		cmocka_unit_test(test_strict_refuses_what_loose_takes),
		cmocka_unit_test(test_garbage),
		cmocka_unit_test(test_calendar),
		cmocka_unit_test(test_bounds),
		cmocka_unit_test(test_every_day),
		cmocka_unit_test(test_day_of_an_instant),
		cmocka_unit_test(test_format),
		cmocka_unit_test(test_against_python),
	};

	return cmocka_run_group_tests(test, NULL, NULL);
}
