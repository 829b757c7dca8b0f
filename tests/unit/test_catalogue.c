/* runs/catalogue and record/run */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/json.h"
#include "runs/catalogue.h"

static void
test_run_id(void **state)
{
	static const char *const bad[] = { "", "20260301", "20260301-120000",
		"20260301_12000", "20260301_1200000", "20261301_120000",
		"20260230_120000", "20260301_240000", "20260301_126000",
		"20260301_120060", "00000101_000000", "2026030 _120000",
		"../20260301_120", "20260301_12000a", ".deleted-202603" };
	size_t i;

	(void)state;
	assert_true(run_id_is_valid("20260301_120000"));
	assert_true(run_id_is_valid("20240229_235959"));
	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		if (run_id_is_valid(bad[i]))
			fail_msg("'%s' is taken as an id", bad[i]);
}

static struct run
run_of(const char *id, int64_t coach_count)
{
	struct run run = { .bytes = 6400, .coach_count = coach_count };

	memcpy(run.id, id, RUN_ID_TEXT);
	return run;
}

static void
read_text(struct catalogue *c, const char *text, int expected)
{
	struct fault f = { 0 };
	struct buf b;

	buf_init(&b, 1 << 20);
	buf_str(&b, text);
	assert_int_equal(catalogue_read(c, &b, &f), expected);
	buf_free(&b);
}

/* 6400 bytes are 6.25 KB, which rounds to 6.2: ties go to even. */
static void
test_file(void **state)
{
	struct catalogue *c = catalogue_new("/srv/a \"b\"/data");
	struct run old = run_of("20251231_235959", -1);
	struct run new = run_of("20260301_120000", 97);
	struct buf b;

	(void)state;
	new.has_enums = true;
	catalogue_add(c, &old);
	catalogue_add(c, &new);
	read_text(c, "{\"selected\":\"20251231_235959\",\"runs\":[]}", 0);
	buf_init(&b, 1 << 20);
	catalogue_write(c, &b);
	assert_string_equal(b.p,
	    "{\n"
	    "  \"runs\": [\n"
	    "    {\n"
	    "      \"run_id\": \"20260301_120000\",\n"
	    "      \"folder\": \"/srv/a \\\"b\\\"/data/20260301_120000\",\n"
	    "      \"datetime\": \"2026-03-01T12:00:00\",\n"
	    "      \"datetime_display\": \"01-03-2026 12:00:00\",\n"
	    "      \"date_display\": \"01-03-2026\",\n"
	    "      \"time_display\": \"12:00:00\",\n"
	    "      \"size_kb\": 6.2,\n"
	    "      \"coach_count\": 97,\n"
	    "      \"has_enums\": true\n"
	    "    },\n"
	    "    {\n"
	    "      \"run_id\": \"20251231_235959\",\n"
	    "      \"folder\": \"/srv/a \\\"b\\\"/data/20251231_235959\",\n"
	    "      \"datetime\": \"2025-12-31T23:59:59\",\n"
	    "      \"datetime_display\": \"31-12-2025 23:59:59\",\n"
	    "      \"date_display\": \"31-12-2025\",\n"
	    "      \"time_display\": \"23:59:59\",\n"
	    "      \"size_kb\": 6.2,\n"
	    "      \"coach_count\": null,\n"
	    "      \"has_enums\": false\n"
	    "    }\n"
	    "  ],\n"
	    "  \"selected\": \"20251231_235959\"\n"
	    "}\n");
	buf_free(&b);
	catalogue_free(c);
}

static void
test_no_runs(void **state)
{
	struct catalogue *c = catalogue_new("/data");
	struct buf b;

	(void)state;
	buf_init(&b, 1 << 20);
	read_text(c, "{\"selected\":\"20251231_235959\"}", 0);
	assert_null(catalogue_selected(c));
	catalogue_write(c, &b);
	assert_string_equal(
	    b.p, "{\n  \"runs\": [],\n  \"selected\": null\n}\n");
	buf_free(&b);
	catalogue_free(c);
}

/* What is selected is kept, else it is the newest. */
static void
test_selected(void **state)
{
	static const char *const newest[] = {
		"{}",
		"{\"selected\":null}",
		"{\"selected\":7}",
		"{\"selected\":\"20250101_000000\"}",
		"{\"selected\":\"20251231_23595\\u0000\"}",
		"{\"selected\":\"../../../../etc/passwd\"}",
	};
	struct catalogue *c = catalogue_new("/data");
	struct run a = run_of("20251231_235959", 1);
	struct run b = run_of("20260301_120000", 1);
	struct fault f = { 0 };
	size_t i;

	(void)state;
	catalogue_add(c, &b);
	catalogue_add(c, &a);
	assert_string_equal(catalogue_selected(c)->id, "20260301_120000");
	read_text(c, "{\"selected\":\"20251231_235959\"}", 0);
	assert_string_equal(catalogue_selected(c)->id, "20251231_235959");
	for (i = 0; i < sizeof(newest) / sizeof(newest[0]); i++) {
		read_text(c, newest[i], 0);
		assert_string_equal(
		    catalogue_selected(c)->id, "20260301_120000");
	}
	assert_int_equal(catalogue_select(c, "20251231_235959", &f), 0);
	assert_string_equal(catalogue_selected(c)->id, "20251231_235959");
	assert_int_equal(catalogue_select(c, "20251231_235958", &f), -1);
	assert_int_equal(f.kind, FAULT_USAGE);
	assert_string_equal(catalogue_selected(c)->id, "20251231_235959");
	catalogue_free(c);
}

static void
test_unreadable(void **state)
{
	static const char *const bad[] = { "", "[]", "{", "null",
		"{\"selected\":\"20251231_235959\"", "\xff\xfe" };
	struct catalogue *c = catalogue_new("/data");
	struct run a = run_of("20251231_235959", 1);
	struct run b = run_of("20260301_120000", 1);
	size_t i;

	(void)state;
	catalogue_add(c, &a);
	catalogue_add(c, &b);
	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		read_text(c, bad[i], -1);
		assert_string_equal(
		    catalogue_selected(c)->id, "20260301_120000");
	}
	catalogue_free(c);
}

static void
test_record_and_text(void **state)
{
	struct run run = run_of("20260301_120000", -1);
	struct buf b;

	(void)state;
	buf_init(&b, 1 << 20);
	run_encode(&b, &run, "/data", true);
	assert_string_equal(b.p,
	    "{\"type\":\"run\",\"run_id\":\"20260301_120000\","
	    "\"folder\":\"/data/20260301_120000\","
	    "\"datetime\":\"2026-03-01T12:00:00\","
	    "\"datetime_display\":\"01-03-2026 12:00:00\","
	    "\"date_display\":\"01-03-2026\",\"time_display\":\"12:00:00\","
	    "\"size_kb\":6.2,\"coach_count\":null,\"has_enums\":false,"
	    "\"selected\":true}");
	buf_clear(&b);
	run_text(&b, &run, true);
	assert_string_equal(b.p, "* 20260301_120000  01-03-2026 12:00:00 UTC - "
				 "? coaches (6.2 KB)");
	run.coach_count = 97;
	run.bytes = 90317;
	buf_clear(&b);
	run_text(&b, &run, false);
	assert_string_equal(b.p, "  20260301_120000  01-03-2026 12:00:00 UTC - "
				 "97 coaches (88.2 KB)");
	buf_free(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_run_id),
		cmocka_unit_test(test_file),
		cmocka_unit_test(test_no_runs),
		cmocka_unit_test(test_selected),
		cmocka_unit_test(test_unreadable),
		cmocka_unit_test(test_record_and_text),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
