/* columns, cells, and the columns of records that nobody named */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "table/cell.h"
#include "table/columns.h"
#include "table/constant.h"
#include "table/heading.h"
#include "table/spread.h"

static void
assert_text(struct text t, const char *expected)
{
	assert_non_null(t.p);
	assert_int_equal(t.len, strlen(expected));
	assert_memory_equal(t.p, expected, t.len);
}

static void
parse(struct columns *c, const char *text)
{
	struct fault f = { 0 };

	if (columns_parse(c, text_of(text), &f) == -1)
		fail_msg("'%s': %s", text, f.text);
}

static void
refused(const char *text, const char *why)
{
	struct columns c;
	struct fault f = { 0 };

	assert_int_equal(columns_parse(&c, text_of(text), &f), -1);
	assert_int_equal(f.kind, FAULT_USAGE);
	assert_string_equal(f.text, why);
}

static void
test_columns(void **state)
{
	struct columns c;

	(void)state;
	parse(&c, "deal_id=id,coach_id, pipeline = properties.pipeline ,");
	assert_int_equal(c.nr, 3);
	assert_string_equal(c.column[0].header, "deal_id");
	assert_string_equal(c.column[0].path, "id");
	assert_string_equal(c.column[1].header, "coach_id");
	assert_string_equal(c.column[1].path, "coach_id");
	assert_string_equal(c.column[2].header, "pipeline");
	assert_string_equal(c.column[2].path, "properties.pipeline");
	columns_free(&c);
}

static void
test_columns_file(void **state)
{
	struct columns c;

	(void)state;
	parse(&c, "# of a deal\nid\r\n\n  # and of its coach\ncoach_id,#1=n\n"
		  "Winst%=rate");
	assert_int_equal(c.nr, 4);
	assert_string_equal(c.column[0].header, "id");
	assert_string_equal(c.column[1].header, "coach_id");
	assert_string_equal(c.column[2].header, "#1");
	assert_string_equal(c.column[3].header, "Winst%");
	columns_free(&c);
}

static void
test_columns_escapes(void **state)
{
	struct columns c;

	(void)state;
	parse(&c, "a\\,b\\=c=x\\,y,q\\.r,z=k=l,w\\ =w");
	assert_int_equal(c.nr, 4);
	assert_string_equal(c.column[0].header, "a,b=c");
	assert_string_equal(c.column[0].path, "x\\,y");
	assert_string_equal(c.column[0].name, "x,y");
	assert_string_equal(c.column[1].header, "q.r");
	assert_string_equal(c.column[1].path, "q\\.r");
	assert_string_equal(c.column[2].path, "k=l");
	assert_string_equal(c.column[3].header, "w ");
	columns_free(&c);
}

static void
test_columns_refused(void **state)
{
	(void)state;
	refused("", "no columns are named");
	refused(" , \n# x\n", "no columns are named");
	refused("a,=b", "column '=b' lacks its header");
	refused("a=", "column 'a=' lacks its path");
	refused("a,b=a,a=c",
	    "column 'a' is there twice; give one another header: HEADER=PATH");
}

static struct text
in_buf(struct buf *b, const char *s)
{
	buf_clear(b);
	buf_str(b, s);
	return buf_view(b);
}

static void
test_cell(void **state)
{
	static const struct {
		const char *json;
		enum cell_kind kind;
		const char *text;
	} sample[] = {
		{ "{\"a\":\"t\\u00e9\"}", CELL_TEXT, "t\xc3\xa9" },
		{ "{\"a\":\"\"}", CELL_TEXT, "" },
		{ "{\"a\":1.10}", CELL_NUMBER, "1.10" },
		{ "{\"a\":12345678901234567890}", CELL_NUMBER,
		    "12345678901234567890" },
		{ "{\"a\":true}", CELL_TRUE, "true" },
		{ "{\"a\":false}", CELL_FALSE, "false" },
		{ "{\"a\":null}", CELL_EMPTY, NULL },
		{ "{\"b\":1}", CELL_EMPTY, NULL },
		{ "{\"a\":{}}", CELL_TEXT, "{}" },
		{ "{\"a\":[]}", CELL_TEXT, "[]" },
		{ "{\"a\":{\"isClosed\":\"true\",\"probability\":\"1.0\"}}",
		    CELL_TEXT,
		    "{\"isClosed\": \"true\", \"probability\": \"1.0\"}" },
		{ "{\"a\":[ 1 ,\"x,:\\\"\\u00e9\",[null, true],{\"k\":-0}]}",
		    CELL_TEXT,
		    "[1, \"x,:\\\"\xc3\xa9\", [null, true], {\"k\": -0}]" },
	};
	struct json_shape *shape = json_shape_new();
	struct arena *scratch = arena_new();
	struct json_value field[1];
	struct fault f = { 0 };
	struct text t;
	struct cell cell;
	struct buf b;
	size_t i;

	(void)state;
	json_want(shape, "a");
	buf_init(&b, 1u << 20);
	for (i = 0; i < sizeof(sample) / sizeof(sample[0]); i++) {
		t = in_buf(&b, sample[i].json);
		assert_int_equal(
		    json_scan_document(shape, t.p, t.len, field, &f), 0);
		cell = cell_of(field[0], scratch);
		assert_int_equal(cell.kind, sample[i].kind);
		if (sample[i].text == NULL)
			assert_null(cell.text.p);
		else
			assert_text(cell.text, sample[i].text);
	}
	buf_free(&b);
	arena_free(scratch);
	json_shape_free(shape);
}

static void
test_spread(void **state)
{
	struct spread *s = spread_new();
	struct arena *scratch = arena_new();
	const struct json_value *v;
	struct buf b;

	(void)state;
	buf_init(&b, 1u << 20);
	spread_record(s,
	    in_buf(&b,
		"{\"id\":\"1\",\"properties\":{\"b\":1,\"a\":null,\"o\":{}},"
		"\"x.y\":[1],\"x\":{\"y\":2},\"e\\u0041\":3}"),
	    scratch);
	assert_int_equal(spread_columns(s), 7);
	assert_text(spread_header(s, 0), "id");
	assert_text(spread_header(s, 1), "properties.b");
	assert_text(spread_header(s, 2), "properties.a");
	assert_text(spread_header(s, 3), "properties.o");
	assert_text(spread_header(s, 4), "x\\.y");
	assert_text(spread_header(s, 5), "x.y");
	assert_text(spread_header(s, 6), "eA");
	assert_int_equal(spread_lost(s), 0);

	/* another order, some gone, some new */
	v = spread_record(s,
	    in_buf(&b,
		"{\"x\":{\"y\":9,\"z\":0},\"eA\":3,\"id\":\"2\",\"new\":[],"
		"\"id\":\"3\",\"properties\":{\"o\":{\"p\":5}}}"),
	    scratch);
	assert_text(json_raw(v[0]), "3");
	assert_int_equal(v[1].kind, VALUE_ABSENT);
	assert_int_equal(v[3].kind, VALUE_ABSENT);
	assert_int_equal(v[4].kind, VALUE_ABSENT);
	assert_text(json_raw(v[5]), "9");
	assert_text(json_raw(v[6]), "3");
	assert_int_equal(spread_lost(s), 3);
	assert_text(spread_lost_path(s, 0), "x.z");
	assert_text(spread_lost_path(s, 1), "new");
	assert_text(spread_lost_path(s, 2), "properties.o.p");

	spread_free(s);
	arena_free(scratch);
	buf_free(&b);
}

/* What the columns of list find, or that one of them is not there. */
static void
choose(struct heading *h, const char *list, int outcome, const size_t *expected)
{
	static const char keys[] = "'naam', 'naam_2', 'type_2', 'naam_2_2', "
				   "'naam_3', 'B', ' x '";
	struct columns columns = { 0 };
	struct fault f = { 0 };
	size_t from[8], i;

	assert_int_equal(columns_parse(&columns, text_of(list), &f), 0);
	assert_int_equal(
	    heading_choose(h, &columns, "file", from, &f), outcome);
	if (outcome == -1)
		assert_non_null(strstr(f.text, keys));
	for (i = 0; outcome == 0 && i < columns.nr; i++)
		assert_int_equal(from[i], expected[i]);
	columns_free(&columns);
}

static void
test_heading(void **state)
{
	struct heading *h = heading_new();

	(void)state;
	heading_reserve(h, "type");
	heading_add(h, text_of("naam"));
	heading_add(h, text_of(""));
	heading_add(h, text_of("naam"));
	heading_add(h, text_of("type"));
	heading_add(h, text_of("naam_2"));
	heading_add(h, text_of("naam"));
	heading_add(h, text_of("B"));
	heading_add(h, text_of(" \t "));
	heading_add(h, text_of(" x "));
	assert_int_equal(heading_columns(h), 9);
	assert_text(heading_key(h, 0), "naam");
	assert_false(heading_named(h, 1));
	assert_text(heading_key(h, 1), "B_2");
	assert_text(heading_key(h, 2), "naam_2");
	assert_text(heading_key(h, 3), "type_2");
	assert_text(heading_key(h, 4), "naam_2_2");
	assert_text(heading_key(h, 5), "naam_3");
	assert_text(heading_key(h, 6), "B");
	assert_false(heading_named(h, 7));
	assert_text(heading_key(h, 7), "H");
	assert_text(heading_key(h, 8), " x ");
	assert_text(heading_key(h, 27), "AB");
	choose(h, "a=naam_3,naam_2", 0, (size_t[]){ 5, 2 });
	choose(h, "H", -1, NULL);
	choose(h, "type", -1, NULL);
	choose(h, "naam,none", -1, NULL);
	heading_free(h);
}

/* A sheet may have every header the same. */
static void
test_heading_all_same(void **state)
{
	struct heading *h = heading_new();
	size_t i;

	(void)state;
	for (i = 0; i < 16384; i++)
		heading_add(h, text_of("x"));
	assert_text(heading_key(h, 16383), "x_16384");
	heading_free(h);
}

static void
test_constants(void **state)
{
	struct arena *arena = arena_new();
	struct fault f = { 0 };
	struct cell cell;
	struct columns c;

	(void)state;
	parse(&c, "a=\"JA\",b=-1.50,c=\\1,d=x.y,e=\"p\\, q\",f=\"x,g=1x");
	assert_int_equal(c.nr, 7);
	assert_int_equal(constant_of(&c.column[0], arena, &cell, &f), 1);
	assert_int_equal(cell.kind, CELL_TEXT);
	assert_text(cell.text, "JA");
	assert_int_equal(constant_of(&c.column[1], arena, &cell, &f), 1);
	assert_int_equal(cell.kind, CELL_NUMBER);
	assert_text(cell.text, "-1.50");
	assert_int_equal(constant_of(&c.column[2], arena, &cell, &f), 0);
	assert_int_equal(constant_of(&c.column[3], arena, &cell, &f), 0);
	assert_int_equal(constant_of(&c.column[4], arena, &cell, &f), 1);
	assert_text(cell.text, "p, q");
	assert_int_equal(constant_of(&c.column[5], arena, &cell, &f), -1);
	assert_int_equal(f.kind, FAULT_USAGE);
	assert_int_equal(constant_of(&c.column[6], arena, &cell, &f), -1);
	columns_free(&c);
	arena_free(arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_columns),
		cmocka_unit_test(test_constants),
		cmocka_unit_test(test_columns_file),
		cmocka_unit_test(test_columns_escapes),
		cmocka_unit_test(test_columns_refused),
		cmocka_unit_test(test_cell),
		cmocka_unit_test(test_spread),
		cmocka_unit_test(test_heading),
		cmocka_unit_test(test_heading_all_same),
	};

	return cmocka_run_group_tests_name("table", tests, NULL, NULL);
}
