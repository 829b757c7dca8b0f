#include "record/field.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void
assert_plain(const char *number, const char *expected)
{
	struct arena *a = arena_new();
	struct text t = id_plain(text_of(number), a);

	if (!text_is(t, expected))
		fail_msg(
		    "%s gives %.*s, not %s", number, TEXT_ARG(t), expected);
	arena_free(a);
}

static void
test_plain_decimal(void **state)
{
	(void)state;
	assert_plain("15413220", "15413220");
	assert_plain("15413220.0", "15413220");
	assert_plain("1.5413220e7", "15413220");
	assert_plain("1.5413220E+7", "15413220");
	assert_plain("15413220e0", "15413220");
	assert_plain("154132200e-1", "15413220");
	assert_plain("0.15413220e8", "15413220");
	assert_plain("1e3", "1000");
	assert_plain("0", "0");
	assert_plain("-0.0e5", "0");
	assert_plain("-12", "-12");
	assert_plain("12.50", "12.5");
	assert_plain("120e-3", "0.12");
	/* more digits than a double holds */
	assert_plain("12345678901234567890.0", "12345678901234567890");
	assert_plain("1.2345678901234567890e19", "12345678901234567890");
	/* and more than anybody means */
	assert_plain("1e99999999999999999999", "1e99999999999999999999");
}

/* A record with one field, as a tool sees it. */
static struct text
field_of(const char *line, struct arena *scratch, struct fault *f)
{
	struct json_shape *shape = json_shape_new();
	size_t slot = json_want(shape, "id");
	struct json_value value;
	struct record rec = { .field = &value, .scratch = scratch };
	struct buf b;
	struct text t = { NULL, 99 };

	buf_init(&b, 1000);
	buf_str(&b, line);
	assert_int_equal(json_scan_document(shape, b.p, b.len, &value, f), 0);
	f->kind = FAULT_NONE;
	(void)field_text(&t, &rec, slot, "id", f);
	t = arena_copy(scratch, t);
	buf_free(&b);
	json_shape_free(shape);
	return t;
}

static void
test_text_of_any_value(void **state)
{
	static const struct {
		const char *line;
		const char *text;
	} known[] = {
		{ "{\"id\":\"12\"}", "12" },
		{ "{\"id\":\"15413220.0\"}", "15413220.0" },
		{ "{\"id\":15413220.0}", "15413220" },
		{ "{\"id\":\"a\\u00e9\\\"\"}", "a\xc3\xa9\"" },
		{ "{\"id\":\"\"}", "" },
		{ "{\"id\":true}", "true" },
		{ "{\"id\":false}", "false" },
		{ "{\"id\":null}", "" },
		{ "{}", "" },
	};
	struct arena *a = arena_new();
	struct fault f;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
		assert_true(
		    text_is(field_of(known[i].line, a, &f), known[i].text));
		assert_int_equal(f.kind, FAULT_NONE);
	}
	(void)field_of("{\"id\":{\"a\":1}}", a, &f);
	assert_string_equal(f.text, "field 'id' is an object, not text");
	(void)field_of("{\"id\":[]}", a, &f);
	assert_string_equal(f.text, "field 'id' is an array, not text");
	assert_int_equal(f.kind, FAULT_DATA);
	arena_free(a);
}

int
main(void)
{
	const struct CMUnitTest test[] = {
		cmocka_unit_test(test_plain_decimal),
		cmocka_unit_test(test_text_of_any_value),
	};

	return cmocka_run_group_tests(test, NULL, NULL);
}
