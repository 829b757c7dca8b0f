/* the sandbox's spreadsheets in memory: what moves when rows come and go */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "sandbox/grid.h"
#include "sandbox/typed.h"

static const struct a1_span all = { 0, A1_OPEN };

/* A tab of 4 rows and 3 columns, "a1" in its first cell. */
static struct tab *
fill(struct book *book)
{
	struct tab *tab = book_insert(book, 0, 7, "T", 4, 3);
	char text[3] = "a1";
	uint32_t row, column;

	for (row = 0; row < 4; row++)
		for (column = 0; column < 3; column++) {
			text[0] = (char)('a' + column);
			text[1] = (char)('1' + row);
			cell_set_text(
			    tab_cell(tab, row, column), CELL_TEXT, text, 2);
		}
	return tab;
}

/* Rows end in "/", an empty cell is a "." */
static void
holds(const struct tab *tab, const char *expected)
{
	char text[400] = "";
	const struct cell *c;
	uint32_t row, column;

	for (row = 0; row < tab->rows; row++) {
		for (column = 0; column < tab->columns; column++) {
			c = tab_look(tab, row, column);
			strcat(text, c->kind == CELL_EMPTY ? "." : c->text);
		}
		strcat(text, "/");
	}
	assert_string_equal(text, expected);
}

static void
test_rows(void **state)
{
	struct book *book = book_new("id", "title");
	struct tab *tab = fill(book);

	(void)state;
	holds(tab, "a1b1c1/a2b2c2/a3b3c3/a4b4c4/");
	tab_delete_rows(tab, (struct a1_span){ 1, 3 });
	holds(tab, "a1b1c1/a4b4c4/");
	tab_insert_rows(tab, 1, 2);
	holds(tab, "a1b1c1/.../.../a4b4c4/");
	tab_insert_rows(tab, 4, 1);
	holds(tab, "a1b1c1/.../.../a4b4c4/.../");
	assert_int_equal(tab_last_row(tab, all, all), 4);
	tab_resize(tab, 3, 2);
	holds(tab, "a1b1/../../");
	assert_int_equal(tab_last_row(tab, all, all), 1);
	tab_delete_rows(tab, (struct a1_span){ 2, 3 });
	holds(tab, "a1b1/../");
	book_free(book);
}

static void
test_columns(void **state)
{
	struct book *book = book_new("id", "title");
	struct tab *tab = fill(book);

	(void)state;
	tab_delete_rows(tab, (struct a1_span){ 1, 4 });
	tab_delete_columns(tab, (struct a1_span){ 0, 1 });
	holds(tab, "b1c1/");
	tab_insert_columns(tab, 1, 2);
	holds(tab, "b1..c1/");
	tab_insert_columns(tab, 4, 1);
	holds(tab, "b1..c1./");
	assert_int_equal(tab_last_column(tab, all, all), 4);
	assert_int_equal(
	    tab_last_column(tab, all, (struct a1_span){ 1, 3 }), 0);
	book_free(book);
}

static void
test_copy(void **state)
{
	struct book *book = book_new("id", "title"), *copy;
	struct tab *tab = fill(book);

	(void)state;
	copy = book_copy(book);
	cell_clear(tab_cell(tab, 0, 0));
	tab_delete_columns(tab, (struct a1_span){ 1, 3 });
	holds(tab, "./a2/a3/a4/");
	holds(&copy->tab[0], "a1b1c1/a2b2c2/a3b3c3/a4b4c4/");
	book_insert(copy, 1, 8, "U", 1, 1);
	book_insert(copy, 0, 9, "V", 1, 1);
	book_replace(book, copy);
	assert_int_equal(book->nr, 3);
	assert_int_equal(book_cells(book), 14);
	assert_int_equal(book_index(book, book_tab(book, 7)), 1);
	book_move(book, 0, 2);
	assert_string_equal(book->tab[0].title, "T");
	assert_string_equal(book->tab[2].title, "V");
	book_move(book, 2, 1);
	assert_string_equal(book->tab[1].title, "V");
	book_remove(book, 0);
	assert_null(book_titled(book, text_of("t")));
	assert_ptr_equal(book_titled(book, text_of("u")), &book->tab[1]);
	book_free(book);
}

static void
shows(const char *typed, enum cell_kind kind, const char *shown)
{
	struct cell c = { 0 };
	struct buf b;

	buf_init(&b, 1000);
	cell_type(&c, text_of(typed));
	cell_show(&c, &b);
	assert_int_equal(c.kind, kind);
	assert_true(text_is(buf_view(&b), shown));
	cell_clear(&c);
	buf_free(&b);
}

static void
test_typed(void **state)
{
	(void)state;
	shows("1,234,567", CELL_NUMBER, "1234567");
	shows("1,23,456", CELL_TEXT, "1,23,456");
	shows("1234,567", CELL_TEXT, "1234,567");
	shows("1,2345", CELL_TEXT, "1,2345");
	shows("+7", CELL_NUMBER, "7");
	shows("-007.50", CELL_NUMBER, "-7.5");
	shows("1.", CELL_NUMBER, "1");
	shows(".", CELL_TEXT, ".");
	shows("0", CELL_NUMBER, "0");
	shows("=1/3", CELL_NUMBER, "0.3333333333");
	shows("1e15", CELL_NUMBER, "1E+15");
	shows("12345678901234", CELL_NUMBER, "12345678901234");
	shows("12.5%", CELL_NUMBER, "12.50%");
	shows("FALSE", CELL_BOOL, "FALSE");
	shows("1899-12-31", CELL_NUMBER, "1899-12-31");
	shows("12/31/99 23:59:59", CELL_NUMBER, "1999-12-31 23:59:59");
	shows("2026-03-02 24:00", CELL_TEXT, "2026-03-02 24:00");
	shows("=", CELL_TEXT, "=");
	shows("=2*(3+4)", CELL_NUMBER, "14");
	shows("=2*(3+4", CELL_ERROR, "#NAME?");
	shows("=1e999", CELL_ERROR, "#NAME?");
	shows("'=1", CELL_TEXT, "=1");
	shows(" 3 ", CELL_NUMBER, "3");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_rows),
		cmocka_unit_test(test_columns),
		cmocka_unit_test(test_copy),
		cmocka_unit_test(test_typed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
