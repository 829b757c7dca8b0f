/* JSON read in place and written */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/json.h"

struct fixture {
	struct json_shape *shape;
	struct arena *scratch;
	struct json_value field[8];
	struct fault f;
	char text[65536 + BUF_SLACK];
};

static int
set_up(void **state)
{
	struct fixture *x = calloc(1, sizeof(*x));

	x->shape = json_shape_new();
	x->scratch = arena_new();
	json_want(x->shape, "a");
	json_want(x->shape, "o.b");
	json_want(x->shape, "o");
	json_want(x->shape, "o.p.c");
	json_want(x->shape, "k\\.ey");
	*state = x;
	return 0;
}

static int
tear_down(void **state)
{
	struct fixture *x = *state;

	json_shape_free(x->shape);
	arena_free(x->scratch);
	free(x);
	return 0;
}

static int
scan_line(struct fixture *x, struct text t)
{
	const char *end;

	memset(x->text, 0, sizeof(x->text));
	memcpy(x->text, t.p, t.len);
	x->text[t.len] = '\n';
	return json_scan_line(x->shape, x->text, x->field, &end, &x->f);
}

static int
scan_document(struct fixture *x, struct text t)
{
	memset(x->text, 0, sizeof(x->text));
	memcpy(x->text, t.p, t.len);
	return json_scan_document(x->shape, x->text, t.len, x->field, &x->f);
}

static void
is_text(struct fixture *x, size_t slot, const char *want)
{
	struct text t = json_text(x->field[slot], x->scratch);

	assert_non_null(t.p);
	assert_int_equal(t.len, strlen(want));
	assert_memory_equal(t.p, want, t.len);
}

/* An object as the standard has it, however odd. */
static const char *const good[] = {
	"{}",
	" \t{ } \r",
	"{\"a\":1}",
	"{\"a\":-0,\"a\":-0.0e+1,\"a\":1E-2,\"a\":0.5}",
	"{\"a\":12345678901234567890123456789,\"b\":1e400}",
	"{\"a\":[[],{},[{}],true,false,null,\"\"]}",
	"{\"a\":\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u0000\\uD83D\\ude00\"}",
	"{\"a\":\"\\ud800\",\"b\":\"\\udc00\\ud800\"}",
	"{\"\":\"\",\"\":{\"\":[]}}",
	"{\"a\":\"\x7f\xc2\x80\xdf\xbf\xe0\xa0\x80\xed\x9f\xbf\xee\x80\x80\"}",
	"{\"a\":\"\xf0\x90\x80\x80\xf4\x8f\xbf\xbf\"}",
	"{\"\xc3\xa9\":1}",
};

/* What is none, each for one reason. */
static const char *const bad[] = {
	"",
	" ",
	"null",
	"[]",
	"\"a\"",
	"1",
	"{",
	"}",
	"{\"a\"}",
	"{\"a\":}",
	"{\"a\":1,}",
	"{,}",
	"{\"a\":1 \"b\":2}",
	"{\"a\":1}}",
	"{\"a\":1}{}",
	"{\"a\":1},",
	"{a:1}",
	"{'a':1}",
	"{\"a\":01}",
	"{\"a\":-}",
	"{\"a\":+1}",
	"{\"a\":.5}",
	"{\"a\":1.}",
	"{\"a\":1e}",
	"{\"a\":1e+}",
	"{\"a\":0x1}",
	"{\"a\":NaN}",
	"{\"a\":Infinity}",
	"{\"a\":nul}",
	"{\"a\":True}",
	"{\"a\":nullx}",
	"{\"a\":\"}",
	"{\"a\":\"\\\"}",
	"{\"a\":\"\\x\"}",
	"{\"a\":\"\\u12\"}",
	"{\"a\":\"\\u123g\"}",
	"{\"a\":\"\t\"}",
	"{\"a\":\"\x01\"}",
	"{\"a\":[1,]}",
	"{\"a\":[,1]}",
	"{\"a\":[1 2]}",
	"{\"a\":[1}",
	"{\"a\":{\"b\":1]}",
	"{\"a\":{\"b\"}}",
	"{\"a\":{1:2}}",
	"{\"a\":1}/* */",
	"{\"a\":\"\x80\"}",
	"{\"a\":\"\xc0\x80\"}",
	"{\"a\":\"\xc1\xbf\"}",
	"{\"a\":\"\xc2\"}",
	"{\"a\":\"\xe0\x9f\xbf\"}",
	"{\"a\":\"\xe2\x82\"}",
	"{\"a\":\"\xed\xa0\x80\"}",
	"{\"a\":\"\xf0\x8f\xbf\xbf\"}",
	"{\"a\":\"\xf4\x90\x80\x80\"}",
	"{\"a\":\"\xf5\x80\x80\x80\"}",
	"{\"a\":\"\xff\"}",
	"{\"a\":\"sixteen bytes and then some more \xff of it\"}",
	"{\"\xff\":1}",
	"{\"a\":{\"\xff\":1}}",
	"{\"a\":1\xc2\xa0}",
};

static void
takes_what_the_standard_has(void **state)
{
	size_t i, twice;

	for (i = 0; i < sizeof(good) / sizeof(good[0]); i++)
		for (twice = 0; twice < 2; twice++) {
			if (scan_line(*state, text_of(good[i])) != 0)
				fail_msg("line %zu: %s", i, good[i]);
			if (scan_document(*state, text_of(good[i])) != 0)
				fail_msg("document %zu: %s", i, good[i]);
		}
}

static void
refuses_what_is_none(void **state)
{
	size_t i;

	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		if (scan_line(*state, text_of(bad[i])) == 0)
			fail_msg("line %zu: %s", i, bad[i]);
		if (scan_document(*state, text_of(bad[i])) == 0)
			fail_msg("document %zu: %s", i, bad[i]);
	}
}

/* The same faults where the keys are known by their places. */
static void
refuses_it_where_keys_are_known(void **state)
{
	char text[256];
	size_t i, len;

	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		len = strlen(bad[i]);
		if (strncmp(bad[i], "{\"a\":", 5) != 0)
			continue;
		memcpy(text, "{\"first\":\"x\",\"a\":", 17);
		memcpy(text + 17, bad[i] + 5, len - 5);
		assert_int_equal(
		    scan_line(*state, text_of("{\"first\":\"x\",\"a\":1}")), 0);
		if (scan_line(*state, (struct text){ text, len + 12 }) == 0)
			fail_msg("line %zu: %s", i, bad[i]);
	}
}

static void
refuses_nul_bytes(void **state)
{
	static const char text[] = "{\"a\":1\0}", in[] = "{\"a\":\"\0\"}";

	assert_int_equal(scan_line(*state, (struct text){ text, 8 }), -1);
	assert_int_equal(scan_document(*state, (struct text){ text, 8 }), -1);
	assert_int_equal(scan_line(*state, (struct text){ in, 9 }), -1);
	assert_int_equal(scan_document(*state, (struct text){ in, 9 }), -1);
}

static void
newlines_are_blanks_in_a_document_only(void **state)
{
	struct fixture *x = *state;
	struct text t = text_of("{\n\"a\"\n:\n[\n1\n,\n2\n]\n}\n\n");

	assert_int_equal(scan_document(x, t), 0);
	assert_int_equal(scan_line(x, t), -1);
	assert_string_equal(x->f.text, "byte 2: a key is missing");
}

static void
finds_the_values_at_the_paths(void **state)
{
	struct fixture *x = *state;

	assert_int_equal(
	    scan_line(x,
		text_of("{\"z\":{\"a\":9},\"a\":\"x\",\"o\":{\"b\":null,\"p\":"
			"{\"c\":1.50}},\"k.ey\":true,\"k\":{\"ey\":1}}")),
	    0);
	is_text(x, 0, "x");
	assert_int_equal(x->field[1].kind, VALUE_NULL);
	assert_int_equal(x->field[2].kind, VALUE_OBJECT);
	assert_memory_equal(
	    x->field[2].p, "{\"b\":null,\"p\":{\"c\":1.50}}", x->field[2].len);
	assert_int_equal(x->field[3].len, 4);
	assert_memory_equal(x->field[3].p, "1.50", 4);
	assert_int_equal(x->field[4].kind, VALUE_TRUE);
	assert_int_equal(scan_line(x, text_of("{\"b\":1}")), 0);
	assert_int_equal(x->field[0].kind, VALUE_ABSENT);
	assert_int_equal(x->field[3].kind, VALUE_ABSENT);
}

static void
the_last_of_two_keys_counts(void **state)
{
	struct fixture *x = *state;

	assert_int_equal(scan_line(x, text_of("{\"a\":\"1\",\"a\":\"2\"}")), 0);
	is_text(x, 0, "2");
	/* also for what is below it */
	assert_int_equal(
	    scan_line(x, text_of("{\"o\":{\"b\":\"1\"},\"o\":{\"q\":2}}")), 0);
	assert_int_equal(x->field[1].kind, VALUE_ABSENT);
	assert_int_equal(scan_line(x, text_of("{\"o\":{\"b\":1},\"o\":7}")), 0);
	assert_int_equal(x->field[1].kind, VALUE_ABSENT);
	assert_int_equal(x->field[2].kind, VALUE_NUMBER);
}

static void
keys_may_be_escaped(void **state)
{
	struct fixture *x = *state;
	int twice;

	for (twice = 0; twice < 2; twice++) {
		assert_int_equal(
		    scan_line(x, text_of("{\"\\u0061\":\"x\",\"\\u0062\":1}")),
		    0);
		is_text(x, 0, "x");
	}
}

static void
decodes_escapes(void **state)
{
	struct fixture *x = *state;
	struct text t;

	assert_int_equal(
	    scan_line(
		x, text_of("{\"a\":\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\u20AC"
			   "\\ud83d\\ude00.\"}")),
	    0);
	is_text(x, 0, "\"\\/\b\f\n\r\t\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80.");
	assert_int_equal(
	    scan_line(x, text_of("{\"a\":\"\\ud800\\u0041\\udc00\"}")), 0);
	is_text(x, 0,
	    "\xef\xbf\xbd"
	    "A\xef\xbf\xbd");
	assert_int_equal(scan_line(x, text_of("{\"a\":\"x\\u0000y\"}")), 0);
	t = json_text(x->field[0], x->scratch);
	assert_int_equal(t.len, 3);
	assert_memory_equal(t.p, "x\0y", 3);
}

static void
keys_that_come_and_go_are_found(void **state)
{
	struct fixture *x = *state;
	char text[64];
	int i, n;

	/* members left out, put in and swapped, over the place memory */
	for (i = 0; i < 64; i++) {
		n = 0;
		text[n++] = '{';
		if (i & 1)
			n += snprintf(
			    text + n, sizeof(text) - (size_t)n, "\"x\":1,");
		if (i & 2)
			n += snprintf(text + n, sizeof(text) - (size_t)n,
			    "\"yy\":\"2\",");
		n += snprintf(
		    text + n, sizeof(text) - (size_t)n, "\"a\":\"%d\"", i);
		if (i & 4)
			n += snprintf(
			    text + n, sizeof(text) - (size_t)n, ",\"zzz\":{}");
		text[n++] = '}';
		assert_int_equal(
		    scan_line(x, (struct text){ text, (size_t)n }), 0);
		snprintf(text, sizeof(text), "%d", i);
		is_text(x, 0, text);
	}
}

static void
long_keys_are_compared_in_full(void **state)
{
	struct fixture *x = *state;
	char text[400], key[300];
	size_t len, slot;

	for (len = 10; len < 300; len += 7) {
		memset(key, 'k', len);
		key[len] = '\0';
		tear_down(state);
		set_up(state);
		x = *state;
		slot = json_want(x->shape, key);
		snprintf(text, sizeof(text), "{\"%s\":\"1\"}", key);
		assert_int_equal(scan_line(x, text_of(text)), 0);
		is_text(x, slot, "1");
		text[len + 1] = 'x'; /* the last byte of the key */
		assert_int_equal(scan_line(x, text_of(text)), 0);
		assert_int_equal(x->field[slot].kind, VALUE_ABSENT);
	}
}

static void
nesting_has_a_bound(void **state)
{
	struct fixture *x = *state;
	const size_t depth = JSON_DEPTH;
	char *p = x->text;
	const char *end;
	size_t i, more;

	for (more = 0; more < 2; more++) {
		memset(x->text, 0, sizeof(x->text));
		memcpy(p, "{\"z\":", 5);
		for (i = 0; i < depth - 1 + more; i++) {
			p[5 + i] = '[';
			p[5 + depth - 1 + more + i] = ']';
		}
		memcpy(p + 5 + 2 * (depth - 1 + more), "}\n", 2);
		assert_int_equal(
		    json_scan_line(x->shape, p, x->field, &end, &x->f),
		    more == 0 ? 0 : -1);
	}
	assert_string_equal(x->f.text, "byte 2053: nested too deep");
}

static void
numbers_are_read_exactly(void **state)
{
	struct fixture *x = *state;
	int64_t i;
	double d;

	assert_int_equal(
	    scan_line(x, text_of("{\"a\":9223372036854775807}")), 0);
	assert_true(json_int64(x->field[0], &i));
	assert_true(i == INT64_MAX);
	scan_line(x, text_of("{\"a\":-9223372036854775808}"));
	assert_true(json_int64(x->field[0], &i));
	assert_true(i == INT64_MIN);
	scan_line(x, text_of("{\"a\":9223372036854775808}"));
	assert_false(json_int64(x->field[0], &i));
	assert_true(json_double(x->field[0], &d));
	scan_line(x, text_of("{\"a\":1.0}"));
	assert_false(json_int64(x->field[0], &i));
	scan_line(x, text_of("{\"a\":1e400}"));
	assert_false(json_double(x->field[0], &d));
	scan_line(x, text_of("{\"a\":\"1\"}"));
	assert_false(json_double(x->field[0], &d));
	scan_line(x, text_of("{\"a\":0.1}"));
	assert_true(json_double(x->field[0], &d));
	assert_true(d == 0.1);
}

static void
steps_through_arrays_and_objects(void **state)
{
	struct fixture *x = *state;
	struct json_value v, key;
	const char *at = NULL;
	char seen[64] = "";

	scan_document(
	    x, text_of("{\"a\": [ 1 ,\n\"b\\\"]\", [2,3], {\"c\":4} ,null]}"));
	while (json_next(x->field[0], &at, NULL, &v)) {
		strncat(seen, v.p, v.len);
		strcat(seen, "|");
	}
	assert_string_equal(seen, "1|b\\\"]|[2,3]|{\"c\":4}|null|");
	scan_document(x, text_of("{\"a\":{\"p\" : 1, \"q\":{}} ,\"o\":[ ]}"));
	seen[0] = '\0';
	at = NULL;
	while (json_next(x->field[0], &at, &key, &v)) {
		strncat(seen, key.p, key.len);
		strcat(seen, "=");
		strncat(seen, v.p, v.len);
		strcat(seen, "|");
	}
	assert_string_equal(seen, "p=1|q={}|");
	at = NULL;
	assert_false(json_next(x->field[2], &at, NULL, &v));
}

static void
scans_an_element_by_another_shape(void **state)
{
	struct fixture *x = *state;
	struct json_shape *inner = json_shape_new();
	struct json_value v, field[1];
	const char *at = NULL;
	int nr = 0;

	json_want(inner, "id");
	scan_document(x, text_of("{\"a\":[{\"id\":7},{\"x\":1,\"id\":7}]}"));
	while (json_next(x->field[0], &at, NULL, &v)) {
		json_scan_value(inner, v, field);
		assert_int_equal(field[0].kind, VALUE_NUMBER);
		assert_memory_equal(field[0].p, "7", 1);
		nr++;
	}
	assert_int_equal(nr, 2);
	json_shape_free(inner);
}

static void
writes_what_reads_back(void **state)
{
	struct fixture *x = *state;
	struct buf b;

	buf_init(&b, 4096);
	json_open(&b);
	json_key(&b, "a");
	json_put_text(
	    &b, (struct text){ "\"\\\n\x01\x7f\0\xff\xc3\xa9\xc3", 10 });
	json_key(&b, "o");
	json_open(&b);
	json_key(&b, "b");
	json_open_array(&b);
	json_put_int(&b, -5);
	json_put_number(&b, 31.2);
	json_put_number(&b, 1.0 / 0.0);
	json_put_bool(&b, true);
	json_put_str(&b, NULL);
	json_put_raw(&b, text_of("{\n1}"));
	json_open(&b);
	json_close(&b);
	json_close_array(&b);
	json_close(&b);
	json_close(&b);
	assert_string_equal(b.p,
	    "{\"a\":\"\\\"\\\\\\n\\u0001\x7f\\u0000\xef\xbf\xbd\xc3\xa9"
	    "\xef\xbf\xbd\",\"o\":{\"b\":[-5,31.2,null,true,null,{ 1},{}]}}");
	(void)x;
	buf_free(&b);
}

int
main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		TEST(takes_what_the_standard_has),
		TEST(refuses_what_is_none),
		TEST(refuses_it_where_keys_are_known),
		TEST(refuses_nul_bytes),
		TEST(newlines_are_blanks_in_a_document_only),
		TEST(finds_the_values_at_the_paths),
		TEST(the_last_of_two_keys_counts),
		TEST(keys_may_be_escaped),
		TEST(decodes_escapes),
		TEST(keys_that_come_and_go_are_found),
		TEST(long_keys_are_compared_in_full),
		TEST(nesting_has_a_bound),
		TEST(numbers_are_read_exactly),
		TEST(steps_through_arrays_and_objects),
		TEST(scans_an_element_by_another_shape),
		TEST(writes_what_reads_back),
	};
#undef TEST

	return cmocka_run_group_tests(tests, NULL, NULL);
}
