/* fields of CSV */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/csv_out.h"

static struct buf b;
static struct csv_out csv;

static int
set_up(void **state)
{
	(void)state;
	buf_init(&b, 1u << 20);
	csv = (struct csv_out){ .to = &b, .delimiter = ',' };
	return 0;
}

static int
tear_down(void **state)
{
	(void)state;
	buf_free(&b);
	return 0;
}

static void
put(const char *s)
{
	csv_field(&csv, text_of(s), true);
}

static void
test_quotes_where_needed(void **state)
{
	(void)state;
	put("plain");
	put("a,b");
	put("say \"hi\"");
	put("two\nlines");
	put("cr\r");
	put(" blank ");
	put("semi;colon");
	put("");
	csv_field(&csv, (struct text){ NULL, 0 }, false);
	put("a text that is longer than one block, with a comma");
	put("a text that is longer than one block without any such thing");
	put("the sixteenth c\"");
	csv_row(&csv);
	assert_string_equal(b.p,
	    "plain,\"a,b\",\"say \"\"hi\"\"\",\"two\nlines\",\"cr\r\", blank ,"
	    "semi;colon,,,\"a text that is longer than one block, with a "
	    "comma\",a text that is longer than one block without any such "
	    "thing,\"the sixteenth c\"\"\"\n");
}

/* Each place in a block and behind it. */
static void
test_every_place(void **state)
{
	static const char bad[] = { ',', '"', '\r', '\n' };
	char text[40], expected[50];
	size_t i, j, len, o;

	(void)state;
	for (len = 1; len < sizeof(text); len++)
		for (i = 0; i < len; i++)
			for (j = 0; j < sizeof(bad); j++) {
				memset(text, 'x', len);
				text[i] = bad[j];
				o = 0;
				expected[o++] = '"';
				memcpy(expected + o, text, i + 1);
				o += i + 1;
				if (bad[j] == '"')
					expected[o++] = '"';
				memcpy(expected + o, text + i + 1, len - i - 1);
				o += len - i - 1;
				expected[o++] = '"';
				buf_clear(&b);
				csv.nr = 0;
				csv_field(
				    &csv, (struct text){ text, len }, true);
				assert_int_equal(b.len, o);
				assert_memory_equal(b.p, expected, o);
			}
}

static void
test_delimiter_and_crlf(void **state)
{
	(void)state;
	csv.delimiter = ';';
	csv.crlf = true;
	put("a,b");
	put("c;d");
	csv_row(&csv);
	put("e");
	put("");
	csv_row(&csv);
	assert_string_equal(b.p, "a,b;\"c;d\"\r\ne;\r\n");
}

/* A blank line is no row to most readers. */
static void
test_single_empty(void **state)
{
	(void)state;
	put("");
	csv_row(&csv);
	put("x");
	csv_row(&csv);
	csv_row(&csv);
	assert_string_equal(b.p, "\"\"\nx\n\n");
}

static void
test_guard(void **state)
{
	static const char *const text[][2] = {
		{ "=1+1", "'=1+1" },
		{ "+31 6", "'+31 6" },
		{ "+31612345678", "'+31612345678" },
		{ "-x", "'-x" },
		{ "-5", "-5" },
		{ "-12.50", "-12.50" },
		{ "-1e5", "-1e5" },
		{ "@SUM(1)", "'@SUM(1)" },
		{ "\tx", "'\tx" },
		{ "\rx", "\"'\rx\"" },
		{ "\nx", "\"'\nx\"" },
		{ "=\"a\",b", "\"'=\"\"a\"\",b\"" },
		{ "a=b", "a=b" },
		{ "'x", "'x" },
		{ "", "" },
	};
	size_t i;

	(void)state;
	csv.guard = true;
	for (i = 0; i < sizeof(text) / sizeof(text[0]); i++) {
		buf_clear(&b);
		csv.nr = 0;
		put(text[i][0]);
		assert_string_equal(b.p, text[i][1]);
	}
	/* what is no text is not touched */
	buf_clear(&b);
	csv.nr = 0;
	csv_field(&csv, text_of("-5"), false);
	assert_string_equal(b.p, "-5");
}

static void
test_nul(void **state)
{
	(void)state;
	csv_field(&csv, (struct text){ "a\0b", 3 }, true);
	put("c");
	csv_row(&csv);
	assert_int_equal(b.len, 6);
	assert_memory_equal(b.p, "a\0b,c\n", 6);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
		    test_quotes_where_needed, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
		    test_every_place, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
		    test_delimiter_and_crlf, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
		    test_single_empty, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_guard, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_nul, set_up, tear_down),
	};

	return cmocka_run_group_tests_name("csv_out", tests, NULL, NULL);
}
