/* Airtable's side: forms of cells, rows, links, and what a store counts */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "airtable/fetched.h"
#include "airtable/row.h"
#include "airtable/store.h"
#include "base/xalloc.h"

#define NR(a) (sizeof(a) / sizeof((a)[0]))

static struct buf out, line;
static struct arena *arena;
static struct fault fault;

/* The value of {"v":json}; good until the next. */
static struct json_value
value(const char *json)
{
	struct json_shape *shape = json_shape_new();
	struct json_value v;

	json_want(shape, "v");
	buf_clear(&line);
	buf_str(&line, "{\"v\":");
	buf_str(&line, json);
	buf_char(&line, '}');
	assert_int_equal(
	    json_scan_document(shape, line.p, line.len, &v, &fault), 0);
	json_shape_free(shape);
	return v;
}

static void
reads(enum form form, const char *cell, const char *want)
{
	bool good;

	buf_clear(&out);
	good = form_read(form, value(cell), arena, &out);
	assert_string_equal(out.p, want == NULL ? "null" : want);
	assert_int_equal(good, want != NULL);
	arena_clear(arena);
}

static void
test_cells(void **state)
{
	(void)state;
	reads(FORM_MONEY, "412.5", "412.5");
	reads(FORM_MONEY, "\"$1,234.50\"", "1234.5");
	reads(FORM_MONEY, "[7]", "7");
	reads(FORM_MONEY, "[]", "null");
	reads(FORM_MONEY, "[7,8]", NULL);
	reads(FORM_MONEY, "\"much\"", NULL);
	reads(FORM_MONEY, "true", NULL);
	reads(FORM_MONEY, "\" - \"", "null");
	reads(FORM_MONEY, "{\"specialValue\":\"NaN\"}", "null");
	reads(FORM_MONEY, "{\"error\":\"#ERROR!\"}", "null");
	reads(FORM_PERCENT, "\"9.8%\"", "9.8");
	reads(FORM_PERCENT, "{\"id\":\"sel1\",\"name\":\"12 %\"}", "12");
	reads(FORM_COUNT, "\"1,234\"", "1234");
	reads(FORM_HOURS, "7.75", "27900");
	reads(FORM_HOURS, "0.33", "1188");
	reads(FORM_HOURS, "\"7.75\"", "27900");
	reads(FORM_HOURS, "\"7h 45m\"", "27900");
	reads(FORM_HOURS, "\"7:45\"", "27900");
	reads(FORM_HOURS, "-1", NULL);
	reads(FORM_HOURS, "1e300", NULL);
	reads(FORM_REPLY, "\"1m 42s\"", "102");
	reads(FORM_REPLY, "\"1h 5m\"", "3900");
	reads(FORM_REPLY, "\"2:31\"", "151");
	reads(FORM_REPLY, "102", "102");
	reads(FORM_REPLY, "\"soon\"", NULL);
	reads(FORM_DAY, "\"2026-02-10\"", "\"2026-02-10\"");
	reads(FORM_DAY, "\"2026-02-10T23:59:00.000Z\"", "\"2026-02-10\"");
	reads(FORM_DAY, "\"\"", "null");
	reads(FORM_DAY, "\"10 Feb\"", NULL);
	reads(FORM_TEXT, "\"a \\u00e9\"", "\"a \xc3\xa9\"");
	reads(FORM_TEXT, "[\"A\",{\"name\":\"B\"},null]", "\"A, B\"");
	reads(FORM_TEXT, "[]", "null");
	reads(FORM_TEXT,
	    "[{\"id\":\"att\",\"url\":\"https://x\",\"filename\":\"a.png\"}]",
	    "\"a.png\"");
	reads(FORM_FIGURE, "45", "45");
	reads(FORM_FIGURE, "\"1m 42s\"", "\"1m 42s\"");
}

static void
writes(enum form form, const char *of, const char *want)
{
	buf_clear(&out);
	assert_int_equal(form_write(form, value(of), arena, &out, &fault), 0);
	assert_string_equal(out.p, want);
	arena_clear(arena);
}

static void
refuses(enum form form, const char *of, const char *why)
{
	buf_clear(&out);
	assert_int_equal(form_write(form, value(of), arena, &out, &fault), -1);
	assert_string_equal(fault.text, why);
}

static void
test_rounding(void **state)
{
	(void)state;
	/* half away from zero, where the double is the very half */
	writes(FORM_MONEY, "412.125", "412.13");
	writes(FORM_MONEY, "-412.125", "-412.13");
	writes(FORM_MONEY, "53.225806451612904", "53.23");
	writes(FORM_MONEY, "-0.001", "0");
	writes(FORM_PERCENT, "41.25", "41.3");
	writes(FORM_PERCENT, "9.04", "9");
	writes(FORM_COUNT, "62.5", "63");
	writes(FORM_HOURS, "27900", "7.75");
	writes(FORM_HOURS, "3599", "1");
	writes(FORM_HOURS, "18", "0.01");
	writes(FORM_REPLY, "102", "\"1m 42s\"");
	writes(FORM_REPLY, "45.5", "\"46s\"");
	writes(FORM_REPLY, "59.5", "\"1m\"");
	writes(FORM_REPLY, "0", "\"0s\"");
	writes(FORM_REPLY, "3599.4", "\"59m 59s\"");
	writes(FORM_REPLY, "3599.5", "\"1h\"");
	writes(FORM_REPLY, "3900", "\"1h 5m\"");
	writes(FORM_REPLY, "3930", "\"1h 6m\"");
	writes(FORM_DAY, "\"2026-02-10\"", "\"2026-02-10\"");
	writes(FORM_TEXT, "\"a\\nb\"", "\"a\\nb\"");
	writes(FORM_TEXT, "7", "\"7\"");
	writes(FORM_ANY, "{\"a\": [1]}", "{\"a\": [1]}");
	writes(FORM_MONEY, "null", "null");
	refuses(FORM_MONEY, "\"1\"", "is no number");
	refuses(FORM_HOURS, "-1", "is no time in seconds");
	refuses(FORM_REPLY, "1e10", "is no time in seconds");
	refuses(FORM_DAY, "\"2026-02-30\"", "is no day as 2026-02-10");
	refuses(FORM_TEXT, "[]", "is no text");
}

static struct text
name_of_team(void *arg, struct text key)
{
	(void)arg;
	return text_is(key, "day") ? text_of("Team D") : key;
}

static void
test_rows(void **state)
{
	struct family_key key[FAMILY_KEYS];
	struct row_conf conf = {
		.type = "chatter_day", .key = key, .team = name_of_team
	};
	struct json_shape *shape = json_shape_new();
	struct json_value *field;
	struct record rec = { .scratch = arena };
	struct text cell[FAMILY_KEYS];
	struct row *row;

	(void)state;
	conf.nr = family_usual(family_of("chatter_day"), key);
	assert_int_equal(conf.nr, 15);
	row = row_new(&conf, shape);
	field = xcalloc(json_wants(shape), sizeof(*field));
	buf_clear(&line);
	buf_str(&line, "{\"type\":\"chatter_day\",\"status\":\"day_off\","
		       "\"name\":\"Bo\",\"date\":\"2026-02-10\",\"team\":"
		       "\"day\",\"sales\":3,\"tracked_s\":1800}");
	assert_int_equal(
	    json_scan_document(shape, line.p, line.len, field, &fault), 0);
	rec.field = field;
	assert_true(row_here(row, &rec));
	assert_int_equal(row_encode(row, &rec, cell, &fault), 0);
	assert_true(text_is(cell[0], "\"Bo\""));
	assert_true(text_is(cell[1], "\"2026-02-10\""));
	assert_true(text_is(cell[2], "\"Team D\""));
	assert_true(text_is(cell[3], "null")); /* sales of a day off */
	assert_null(cell[4].p);
	assert_true(text_is(cell[11], "0.5"));
	free(field);
	row_free(row);
	json_shape_free(shape);
}

/* resolve_new of what is no rule */
static void
no_rule(const char *text)
{
	fault = (struct fault){ 0 };
	assert_null(resolve_new(text, &fault));
	assert_int_equal(fault.kind, FAULT_USAGE);
}

static void
resolved(struct resolve *r, const char *id, const char *want)
{
	buf_clear(&out);
	(void)resolve_put(r, text_of(id), &out);
	assert_string_equal(out.p, want);
}

static void
test_links(void **state)
{
	struct resolve *r;
	uint64_t missing = 0;

	(void)state;
	no_rule("team");
	no_rule("team=Teams");
	no_rule("=Teams:Name");
	no_rule("team=:Name");
	no_rule("team=Teams:");
	no_rule("team=Teams:Name<");
	r = resolve_new("t\\=x=A\\:B:C\\<D<E", &fault);
	assert_string_equal(resolve_key(r), "t=x");
	assert_true(resolve_by_list(r));
	resolve_free(r);

	r = resolve_new("team=Teams:Name", &fault);
	assert_false(resolve_by_list(r));
	assert_int_equal(
	    resolve_add(r,
		value("{\"id\":\"rec1\",\"fields\":{\"Name\":\"Day\"}}"),
		&fault),
	    0);
	assert_int_equal(
	    resolve_add(r, value("{\"id\":\"rec2\",\"fields\":{}}"), &fault),
	    0);
	assert_int_equal(
	    resolve_add(r, value("{\"id\":\"rec2\"}"), &fault), -1);
	resolved(r, "rec1", "\"Day\"");
	resolved(r, "rec2", "null");
	buf_clear(&out);
	resolve_cell(r, value("[\"rec1\",\"rec9\"]"), arena, &missing, &out);
	assert_string_equal(out.p, "\"Day\"");
	assert_int_equal(missing, 1);
	resolve_begin(r);
	resolved(r, "rec1", "null");
	resolve_free(r);

	r = resolve_new("team=Teams:Name<Chatters", &fault);
	assert_int_equal(
	    resolve_add(r,
		value("{\"id\":\"recA\",\"fields\":{\"Name\":\"Day\","
		      "\"Chatters\":[\"rec1\",\"rec2\"]}}"),
		&fault),
	    0);
	assert_int_equal(
	    resolve_add(r,
		value("{\"id\":\"recB\",\"fields\":{\"Name\":\"Night\","
		      "\"Chatters\":[\"rec2\",\"rec2\"]}}"),
		&fault),
	    0);
	resolved(r, "rec1", "\"Day\"");
	resolved(r, "rec2", "[\"Day\",\"Night\"]");
	resolved(r, "recA", "null");
	resolve_free(r);
}

static unsigned told;

static void
tell(const char *id, const char *field, struct text cell)
{
	assert_string_equal(id, "rec1");
	assert_string_equal(field, "Sales");
	assert_true(text_is(cell, "much"));
	told++;
}

static void
test_fetched(void **state)
{
	const struct family_key key[] = { { "name", "Chatter", FORM_TEXT },
		{ "sales", "Sales", FORM_MONEY },
		{ "tracked_s", "Hours", FORM_HOURS } };
	struct fetched_conf conf = { .type = "chatter_day",
		.key = key,
		.nr = NR(key),
		.max = 1000,
		.tell = tell };
	struct fetched *rows = fetched_new(&conf);
	struct json_value v = value(
	    "{\"id\":\"rec1\",\"createdTime\":\"t\",\"fields\":{\"Chatter\":"
	    "{\"name\":\"Bo\"},\"Sales\":\"much\",\"Hours\":\"0:30\"}}");

	(void)state;
	assert_true(fetched_reserves("chatter_day", "record_id"));
	assert_false(fetched_reserves("chatter_day", "id"));
	assert_true(fetched_reserves("record", "id"));
	assert_int_equal(fetched_add(rows, v, &fault), 0);
	assert_int_equal(fetched_add(rows, v, &fault), 0);
	assert_true(text_is(fetched_lines(rows),
	    "{\"type\":\"chatter_day\",\"record_id\":\"rec1\",\"created_at\":"
	    "\"t\",\"name\":\"Bo\",\"sales\":null,\"tracked_s\":1800}\n"));
	assert_int_equal(told, 1);
	assert_int_equal(fetched_unreadable(rows), 1);
	fetched_begin(rows);
	assert_int_equal(fetched_lines(rows).len, 0);
	assert_int_equal(fetched_unreadable(rows), 0);
	fetched_free(rows);
}

static struct text
as_is(struct text t, struct arena *keep)
{
	(void)keep;
	return t;
}

static void
failed(void *arg, const char *where, const char *name, const char *why)
{
	(void)arg;
	assert_string_equal(where, "in:3: ");
	assert_string_equal(name, "?, 2026-02-11");
	assert_string_equal(why, "a field that tells records apart is empty");
	told++;
}

/* Rows of a name and a day; a dry run shows what would be sent. */
static void
test_store(void **state)
{
	static const char *const field[] = { "Who", "Day" };
	static const char *const cell[][2] = { { "\"A\"", "\"2026-02-10\"" },
		{ "\"A\"", "\"2026-02-11\"" }, { "null", "\"2026-02-11\"" },
		{ "\"A\"", "\"2026-02-10\"" } };
	struct buf bodies;
	struct store_conf conf = { .table = "T",
		.field = field,
		.nr = 2,
		.key = { 0, 1 },
		.nr_key = 2,
		.same = as_is,
		.failed = failed,
		.bodies = &bodies };
	struct store *store = store_new(&conf);
	struct store_counts n;
	struct text value[2];
	char where[16];
	size_t i;

	(void)state;
	buf_init(&bodies, 4000);
	for (i = 0; i < NR(cell); i++) {
		value[0] = text_of(cell[i][0]);
		value[1] = text_of(cell[i][1]);
		snprintf(where, sizeof(where), "in:%zu: ", i + 1);
		store_add(store, where, value);
	}
	told = 0;
	assert_int_equal(store_rows(store), 4);
	assert_int_equal(store_run(store, NULL, &n, &fault), 0);
	assert_int_equal(told, 1);
	assert_true(n.records == 4 && n.failed == 1 && n.doubled == 1);
	/* the last of those with the same key, in its place */
	assert_string_equal(bodies.p,
	    "{\"records\":[{\"fields\":{\"Who\":\"A\",\"Day\":\"2026-02-11\"}},"
	    "{\"fields\":{\"Who\":\"A\",\"Day\":\"2026-02-10\"}}]}\n");
	buf_clear(&out);
	store_put(&conf, &n, &out);
	assert_string_equal(out.p,
	    "{\"type\":\"store\",\"table\":\"T\",\"created\":0,"
	    "\"updated\":0,\"skipped\":0,\"failed\":1}\n");
	buf_free(&bodies);
	store_free(store);
}

static int
begin(void **state)
{
	(void)state;
	buf_init(&out, 1 << 20);
	buf_init(&line, 1 << 20);
	arena = arena_new();
	return 0;
}

static int
end(void **state)
{
	(void)state;
	buf_free(&out);
	buf_free(&line);
	arena_free(arena);
	return 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_cells),
		cmocka_unit_test(test_rounding),
		cmocka_unit_test(test_rows),
		cmocka_unit_test(test_links),
		cmocka_unit_test(test_fetched),
		cmocka_unit_test(test_store),
	};

	return cmocka_run_group_tests(tests, begin, end);
}
