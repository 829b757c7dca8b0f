/* ranges of cells: as Google's guide to A1 notation has them, and beyond */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "sandbox/a1.h"

#define OPEN A1_OPEN

struct expected {
	const char *text, *tab; /* tab NULL: none */
	uint32_t row, row_end, column, column_end;
};

static void
test_ranges(void **state)
{
	static const struct expected known[] = {
		{ "Sheet1!A1:B2", "Sheet1", 0, 2, 0, 2 },
		{ "Sheet1!A:A", "Sheet1", 0, OPEN, 0, 1 },
		{ "Sheet1!1:2", "Sheet1", 0, 2, 0, OPEN },
		{ "Sheet1!A5:A", "Sheet1", 4, OPEN, 0, 1 },
		{ "A1:B2", NULL, 0, 2, 0, 2 },
		{ "Sheet1", "Sheet1", 0, OPEN, 0, OPEN },
		{ "'Jon''s Data'!A1:D5", "Jon''s Data", 0, 5, 0, 4 },
		{ "'A1'", "A1", 0, OPEN, 0, OPEN },
		{ "'a!b'!C3", "a!b", 2, 3, 2, 3 },
		{ "a!b!C3", "a!b", 2, 3, 2, 3 },
		{ "A1", NULL, 0, 1, 0, 1 },
		{ "$b$2:C4", NULL, 1, 4, 1, 3 },
		{ "D5:B2", NULL, 1, 5, 1, 4 },
		{ "A2:I", NULL, 1, OPEN, 0, 9 },
		{ "B:D7", NULL, 6, OPEN, 1, 4 },
		{ "zzz9", NULL, 8, 9, 18277, 18278 },
		{ "AA1:AB1", NULL, 0, 1, 26, 28 },
		{ "ABCD1", "ABCD1", 0, OPEN, 0, OPEN },
		{ "NA_Pool", "NA_Pool", 0, OPEN, 0, OPEN },
		{ "A", "A", 0, OPEN, 0, OPEN },
		{ "7", "7", 0, OPEN, 0, OPEN },
		{ "A01", "A01", 0, OPEN, 0, OPEN },
		{ "A99999999999", NULL, A1_ROWS, A1_ROWS + 1, 0, 1 },
	};
	struct a1 a1;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
		assert_true(a1_parse(text_of(known[i].text), &a1));
		if (known[i].tab == NULL)
			assert_null(a1.tab.p);
		else
			assert_true(text_is(a1.tab, known[i].tab));
		assert_int_equal(a1.row.first, known[i].row);
		assert_int_equal(a1.row.end, known[i].row_end);
		assert_int_equal(a1.column.first, known[i].column);
		assert_int_equal(a1.column.end, known[i].column_end);
	}
}

static void
test_no_ranges(void **state)
{
	static const char *const text[] = { "", "!A1", "a!", "a!b", "'", "''",
		"'a", "'a'b", "'a'!", "''!A1", "a!A1:", "a!:A1", "a!A0",
		"a!A1:B2:C3", "a!A:2", "a!1:A", "a!$:1", "a!$", "a!A$", "a!1$",
		"a!A 1" };
	struct a1 a1;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(text) / sizeof(text[0]); i++)
		assert_false(a1_parse(text_of(text[i]), &a1));
}

static bool
names(const char *range, const char *title)
{
	struct a1 a1;

	return a1_parse(text_of(range), &a1) && a1_names(&a1, text_of(title));
}

static void
test_names(void **state)
{
	(void)state;
	assert_true(names("NA_Pool!A1", "na_pool"));
	assert_true(names("'Jon''s'!A1", "Jon's"));
	assert_true(names("Jon's!A1", "Jon's"));
	assert_false(names("Jon''s!A1", "Jon's"));
	assert_false(names("'Jon'!A1", "Jon's"));
	assert_false(names("'Jon''s'!A1", "Jon"));
	assert_true(names("'\u00e9'", "\u00e9"));
}

static void
puts_as(const char *title, struct a1_span row, struct a1_span column,
    const char *expected)
{
	struct buf b;

	buf_init(&b, 1000);
	a1_put(&b, text_of(title), row, column);
	assert_true(text_is(buf_view(&b), expected));
	buf_free(&b);
}

static void
test_put(void **state)
{
	const struct a1_span one = { 0, 1 }, ten = { 9, 20 };

	(void)state;
	puts_as("T", one, one, "T!A1");
	puts_as("NA_Pool", ten, one, "NA_Pool!A10:A20");
	puts_as("Uitleg & 'tips'", one, ten, "'Uitleg & ''tips'''!J1:T1");
	puts_as("A1", one, one, "'A1'!A1");
	puts_as("2026", one, one, "'2026'!A1");
	puts_as("T", one, (struct a1_span){ 25, 703 }, "T!Z1:AAA1");
	puts_as("T", one, (struct a1_span){ 18277, 18278 }, "T!ZZZ1");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_ranges),
		cmocka_unit_test(test_no_ranges),
		cmocka_unit_test(test_names),
		cmocka_unit_test(test_put),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
