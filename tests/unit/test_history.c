/* history: the key of a record, and the days that are missing */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "history/report.h"
#include "history/row.h"

/* What a line would be kept by, as "type|date|key", or why not. */
static void
expect_row(const char *keys, const char *line, const char *expected)
{
	struct row_fields at = { .date_path = "date" };
	struct json_shape *shape = json_shape_new();
	struct json_value field[ROW_KEYS + 2];
	struct record rec = { .field = field, .scratch = arena_new() };
	struct kept_row row, again;
	struct fault f = { 0 };
	struct buf text, packed, found;
	char list[100], *next = list, *key, date[DAY_TEXT];

	strncpy(list, keys, sizeof(list) - 1);
	list[sizeof(list) - 1] = '\0';
	while ((key = strsep(&next, ",")) != NULL)
		at.key_path[at.nr++] = key;
	row_want(&at, shape);
	buf_init(&text, 10000);
	buf_init(&packed, 10000);
	buf_init(&found, 10000);
	buf_str(&text, line);
	assert_int_equal(
	    json_scan_document(shape, text.p, text.len, field, &f), 0);
	rec.line = buf_view(&text);
	if (row_of(&row, &at, &rec, &f) == -1) {
		assert_int_equal(f.kind, FAULT_DATA);
		assert_string_equal(f.text, expected);
	} else {
		assert_true(text_equal(row.line, rec.line));
		row_pack(&packed, &row);
		row_unpack(&again, buf_view(&packed));
		assert_int_equal(again.date, row.date);
		day_format(again.date, date);
		buf_text(&found, again.type);
		buf_printf(&found, "|%s|", date);
		buf_text(&found, again.key);
		assert_string_equal(found.p, expected);
	}
	buf_free(&found);
	buf_free(&packed);
	buf_free(&text);
	arena_free(rec.scratch);
	json_shape_free(shape);
}

static void
test_row(void **state)
{
	(void)state;
	expect_row("id",
	    "{\"type\":\"t\",\"date\":\"2026-02-10\",\"id\":\"a\"}",
	    "t|2026-02-10|a");
	expect_row("id", "{\"type\":\"t\",\"date\":\"0001-01-01\",\"id\":7.0}",
	    "t|0001-01-01|7");
	expect_row("id",
	    "{\"type\":\"\\u00e9\",\"date\":\"9999-12-31\",\"id\":true}",
	    "\xc3\xa9|9999-12-31|true");
	expect_row("a,b.c",
	    "{\"type\":\"t\",\"date\":\"2026-02-10\",\"a\":\"x\\\"\","
	    "\"b\":{\"c\":\",\"}}",
	    "t|2026-02-10|[\"x\\\"\",\",\"]");
	expect_row("a,b.c",
	    "{\"type\":\"t\",\"date\":\"2026-02-10\",\"a\":\"x\",\"b\":1}",
	    "field 'b.c' is missing");
	expect_row("id", "{\"type\":\"t\",\"date\":\"2026-2-10\",\"id\":\"a\"}",
	    "field 'date' is no day as 2026-02-10: '2026-2-10'");
	expect_row("id",
	    "{\"type\":\"t\\u0000\",\"date\":\"2026-02-10\",\"id\":\"a\"}",
	    "field 'type' has a NUL");
	expect_row("id",
	    "{\"type\":\"t\",\"date\":\"2026-02-10\",\"id\":\"\\udc00\"}",
	    "field 'id' has half a character");
}

/* Days as they lie in the line, counted from 0, with those missing below. */
static void
expect_missing(bool has_since, const char *there, const char *missing)
{
	const day_nr until = (day_nr)strlen(there) - 1;
	struct missing m = { .next = has_since ? 0 : until,
		.until = until,
		.has_since = has_since };
	char found[20] = { 0 };
	day_nr day, i;

	memset(found, '.', strlen(there));
	for (i = 0; i <= until; i++)
		if (there[i] == 'x') {
			while (missing_next(&m, i, &day))
				found[day] = 'm';
			missing_pass(&m, i);
		}
	while (missing_next(&m, until + 1, &day))
		found[day] = 'm';
	assert_string_equal(found, missing);
}

static void
test_missing(void **state)
{
	(void)state;
	expect_missing(true, "xx..x.", "..mm.m");
	expect_missing(true, "..x...", "mm.mmm");
	expect_missing(true, "xxx", "...");
	expect_missing(true, "...", "mmm");
	expect_missing(false, "xx..x.", ".....m");
	expect_missing(false, "x.....", ".mmmmm");
	expect_missing(false, "xxx", "...");
	expect_missing(false, ".....", "....m");
	expect_missing(false, "..x", "...");
}

static void
test_url(void **state)
{
	(void)state;
	assert_true(kept_is_url("postgresql://h/d"));
	assert_true(kept_is_url("postgresql:"));
	assert_true(kept_is_url("mysql://h/d"));
	assert_false(kept_is_url("data/history.sqlite"));
	assert_false(kept_is_url("postgresql.sqlite"));
	assert_false(kept_has_password("postgresql://u@h:5/d?sslmode=require"));
	assert_false(kept_has_password("postgresql:"));
	assert_false(kept_has_password("a:b@c"));
	assert_true(kept_has_password("postgresql://u:p@h/d"));
	assert_true(kept_has_password("postgres://h/d?password=p"));
	assert_true(kept_has_password("postgres://h/d?user=u&password=p"));
	assert_true(kept_has_password("postgresql://u:p%zz@h/d"));
	assert_true(kept_has_password("postgresql://u:p/q@h/d"));
	assert_true(kept_has_password("postgresql://u:p@q@h/d"));
	assert_true(kept_is_table("kpipe_history"));
	assert_true(kept_is_table("_2"));
	assert_false(kept_is_table(""));
	assert_false(kept_is_table("2x"));
	assert_false(kept_is_table("a b"));
	assert_false(kept_is_table("a\""));
	assert_false(kept_is_table("SQLite_x"));
	assert_false(kept_is_table("a23456789b23456789c23456789d23456789"
				   "e23456789f23456789g234567890"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_row),
		cmocka_unit_test(test_missing),
		cmocka_unit_test(test_url),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
