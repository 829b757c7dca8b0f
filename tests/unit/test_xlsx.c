/*
 * workbooks written and read again: by ourselves, and those of libxlsxwriter,
 * which knows nothing of us
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>
#include <xlsxwriter.h>

#include "base/file.h"
#include "base/xlsx.h"
#include "base/xlsx_in.h"
#include "base/xlsx_out.h"

static struct fault f;

static int
open_file(void)
{
	const char *tmpdir = getenv("TMPDIR");
	int fd = file_temporary(tmpdir == NULL ? "/tmp" : tmpdir, &f);

	if (fd == -1)
		fail_msg("%s", f.text);
	return fd;
}

static struct xlsx_out *
new_book(void)
{
	struct xlsx_out *x = xlsx_out_new("/tmp", &f);

	if (x == NULL)
		fail_msg("%s", f.text);
	return x;
}

static struct xlsx_sheet *
add_sheet(
    struct xlsx_out *x, const char *name, const char *const *header, size_t nr)
{
	struct xlsx_sheet *s = xlsx_out_sheet(x, name, false, &f);
	struct text t[16];
	size_t i;

	if (s == NULL)
		fail_msg("%s", f.text);
	for (i = 0; i < nr; i++)
		t[i] = text_of(header[i]);
	assert_int_equal(xlsx_sheet_header(s, t, nr, &f), 0);
	return s;
}

static struct xlsx_in *
write_and_open(struct xlsx_out *x, int fd)
{
	struct xlsx_in *in;

	if (xlsx_out_write(x, fd, "test", &f) == -1)
		fail_msg("%s", f.text);
	xlsx_out_free(x);
	in = xlsx_in_open_fd(fd, "test.xlsx", &f);
	if (in == NULL)
		fail_msg("%s", f.text);
	return in;
}

static const struct xlsx_cell *
next_row(struct xlsx_in *in, size_t expected_row, size_t expected_nr)
{
	const struct xlsx_cell *cell;
	size_t row, nr;
	int more = xlsx_in_row(in, &row, &cell, &nr, &f);

	if (more == -1)
		fail_msg("%s", f.text);
	assert_int_equal(more, 1);
	assert_int_equal(row, expected_row);
	assert_int_equal(nr, expected_nr);
	return cell;
}

static void
no_more_rows(struct xlsx_in *in)
{
	const struct xlsx_cell *cell;
	size_t row, nr;

	assert_int_equal(xlsx_in_row(in, &row, &cell, &nr, &f), 0);
	assert_int_equal(xlsx_in_row(in, &row, &cell, &nr, &f), 0);
}

static void
assert_cell(const struct xlsx_cell *c, enum xlsx_kind kind, const char *text)
{
	assert_int_equal(c->kind, kind);
	if (text == NULL) {
		assert_null(c->text.p);
		return;
	}
	assert_int_equal(c->text.len, strlen(text));
	assert_memory_equal(c->text.p, text, c->text.len);
}

/* Every kind of cell, and two sheets whose rows come by turns. */
static void
test_round_trip(void **state)
{
	static const char *const header[] = { "id", "Naam & <co>", "=x" };
	struct xlsx_out *x = new_book();
	struct xlsx_sheet *a = add_sheet(x, "Coaches", header, 3);
	struct xlsx_sheet *b = add_sheet(x, "It's & <b>", header, 1);
	struct xlsx_sheet *c = xlsx_out_sheet(x, "Gone", true, &f);
	struct text gone = text_of("gone");
	struct xlsx_in *in;
	const struct xlsx_cell *cell;
	int fd = open_file();

	(void)state;
	assert_int_equal(xlsx_sheet_header(c, &gone, 1, &f), 0);
	xlsx_put_text(a, text_of("15413220"));
	xlsx_put_number(a, text_of("28.7"));
	xlsx_put_bool(a, true);
	assert_int_equal(xlsx_put_row(a, &f), 0);
	xlsx_put_text(b, text_of("")); /* an empty cell */
	assert_int_equal(xlsx_put_row(b, &f), 0);
	xlsx_put_empty(a);
	xlsx_put_text(a, text_of("=1+1"));
	xlsx_put_empty(a);
	assert_int_equal(xlsx_put_row(a, &f), 0);
	assert_int_equal(xlsx_put_row(a, &f), 0);
	xlsx_put_number(a, text_of("12345678901234567890"));
	xlsx_put_number(a, text_of("1.10"));
	xlsx_put_bool(a, false);
	assert_int_equal(xlsx_put_row(a, &f), 0);
	assert_int_equal(xlsx_sheet_rows(a), 4);
	assert_int_equal(xlsx_sheet_rows(c), 0);

	in = write_and_open(x, fd);
	assert_int_equal(xlsx_in_sheets(in), 2);
	assert_string_equal(xlsx_in_sheet_name(in, 0), "Coaches");
	assert_string_equal(xlsx_in_sheet_name(in, 1), "It's & <b>");
	assert_int_equal(xlsx_in_select(in, "It's & <b>", &f), 0);
	assert_cell(next_row(in, 1, 1), XLSX_TEXT, "id");
	next_row(in, 2, 0);
	no_more_rows(in);

	assert_int_equal(xlsx_in_select(in, NULL, &f), 0);
	cell = next_row(in, 1, 3);
	assert_cell(&cell[1], XLSX_TEXT, "Naam & <co>");
	assert_cell(&cell[2], XLSX_TEXT, "=x");
	cell = next_row(in, 2, 3);
	assert_cell(&cell[0], XLSX_TEXT, "15413220");
	assert_cell(&cell[1], XLSX_NUMBER, "28.7");
	assert_cell(&cell[2], XLSX_BOOL, "true");
	cell = next_row(in, 3, 2);
	assert_cell(&cell[0], XLSX_EMPTY, NULL);
	assert_cell(&cell[1], XLSX_TEXT, "=1+1");
	next_row(in, 4, 0);
	cell = next_row(in, 5, 3);
	assert_cell(&cell[0], XLSX_TEXT, "12345678901234567890");
	assert_cell(&cell[1], XLSX_NUMBER, "1.1");
	assert_cell(&cell[2], XLSX_BOOL, "false");
	no_more_rows(in);

	assert_int_equal(xlsx_in_select(in, "gone", &f), -1);
	assert_string_equal(f.text,
	    "test.xlsx: has no sheet 'gone'; it has 'Coaches', 'It's & <b>'");
	xlsx_in_free(in);
	close(fd);
}

/* Text that XML, or Excel's own escapes, would change. */
static void
test_text(void **state)
{
	static const char *const sample[] = { " blank ", "a\tb\nc", "a\r\nb",
		"_x0041_", "_x005F_", "_x00e9_ _X0041_ _x41_", "\x01\x1f\x7f",
		"\xef\xbf\xbe\xef\xbf\xbf\xef\xbb\xbf",
		"\xf0\x9f\x9a\xab \xe2"
		"\x9a\xa0\xef\xb8\x8f",
		"<![CDATA[x]]>", "&amp;", "'", "\"", "_", "__x0041__",
		"_x0041" };
	struct xlsx_out *x = new_book();
	struct xlsx_sheet *s = xlsx_out_sheet(x, "t", false, &f);
	struct text header = { "nul\0", 4 };
	const struct xlsx_cell *cell;
	struct xlsx_in *in;
	size_t i;
	int fd = open_file();

	(void)state;
	assert_int_equal(xlsx_sheet_header(s, &header, 1, &f), 0);
	for (i = 0; i < sizeof(sample) / sizeof(sample[0]); i++) {
		xlsx_put_text(s, text_of(sample[i]));
		assert_int_equal(xlsx_put_row(s, &f), 0);
	}
	in = write_and_open(x, fd);
	assert_int_equal(xlsx_in_select(in, "t", &f), 0);
	cell = next_row(in, 1, 1);
	assert_int_equal(cell->text.len, 4);
	assert_memory_equal(cell->text.p, "nul\0", 4);
	for (i = 0; i < sizeof(sample) / sizeof(sample[0]); i++)
		assert_cell(next_row(in, i + 2, 1), XLSX_TEXT, sample[i]);
	no_more_rows(in);
	xlsx_in_free(in);
	close(fd);
}

/* Past the sample and the memory of a part, into its file. */
static void
test_long(void **state)
{
	static const char *const header[] = { "n", "noise" };
	struct xlsx_out *x = new_book();
	struct xlsx_sheet *s = add_sheet(x, "long", header, 2);
	const struct xlsx_cell *cell;
	struct xlsx_in *in;
	char text[64];
	uint64_t noise = 1;
	size_t i, nr = 100000;
	struct stat st;
	int fd = open_file();

	(void)state;
	for (i = 0; i < nr; i++) {
		snprintf(text, sizeof(text), "%zu", i);
		xlsx_put_number(s, text_of(text));
		noise = noise * 6364136223846793005u + 1442695040888963407u;
		snprintf(
		    text, sizeof(text), "%016llx", (unsigned long long)noise);
		xlsx_put_text(s, text_of(text));
		assert_int_equal(xlsx_put_row(s, &f), 0);
	}
	in = write_and_open(x, fd);
	assert_int_equal(fstat(fd, &st), 0);
	assert_true(st.st_size > 2 << 20);
	assert_int_equal(xlsx_in_select(in, NULL, &f), 0);
	next_row(in, 1, 2);
	noise = 1;
	for (i = 0; i < nr; i++) {
		cell = next_row(in, i + 2, 2);
		snprintf(text, sizeof(text), "%zu", i);
		assert_cell(&cell[0], XLSX_NUMBER, text);
		noise = noise * 6364136223846793005u + 1442695040888963407u;
		snprintf(
		    text, sizeof(text), "%016llx", (unsigned long long)noise);
		assert_cell(&cell[1], XLSX_TEXT, text);
	}
	no_more_rows(in);
	xlsx_in_free(in);
	close(fd);
}

static void
test_rows_end(void **state)
{
	struct xlsx_out *x = new_book();
	struct xlsx_sheet *s = xlsx_out_sheet(x, "t", false, &f);
	struct text header = text_of("h");
	size_t i;

	(void)state;
	assert_int_equal(xlsx_sheet_header(s, &header, 1, &f), 0);
	for (i = 1; i < XLSX_ROWS_MAX; i++)
		if (xlsx_put_row(s, &f) == -1)
			fail_msg("row %zu: %s", i + 1, f.text);
	assert_int_equal(xlsx_sheet_rows(s), XLSX_ROWS_MAX - 1);
	assert_int_equal(xlsx_put_row(s, &f), -1);
	assert_string_equal(f.text,
	    "sheet 't' has more rows than the 1048576 that a sheet can have");
	xlsx_out_free(x);
}

static void
test_columns_end(void **state)
{
	struct xlsx_out *x = new_book();
	struct xlsx_sheet *s = xlsx_out_sheet(x, "t", false, &f);
	struct text *header = calloc(XLSX_COLUMNS_MAX + 1, sizeof(*header));
	char name[XLSX_COLUMN_NAME];
	size_t i;

	(void)state;
	for (i = 0; i <= XLSX_COLUMNS_MAX; i++)
		header[i] = text_of("h");
	assert_int_equal(
	    xlsx_sheet_header(s, header, XLSX_COLUMNS_MAX + 1, &f), -1);
	assert_int_equal(xlsx_sheet_header(s, header, XLSX_COLUMNS_MAX, &f), 0);
	xlsx_out_free(x);
	free(header);
	assert_string_equal(xlsx_column_name(0, name), "A");
	assert_string_equal(xlsx_column_name(25, name), "Z");
	assert_string_equal(xlsx_column_name(26, name), "AA");
	assert_string_equal(xlsx_column_name(701, name), "ZZ");
	assert_string_equal(xlsx_column_name(702, name), "AAA");
	assert_string_equal(xlsx_column_name(16383, name), "XFD");
}

/* Characters are counted as UTF-16 does. */
static void
test_fit(void **state)
{
	char *p = malloc(200000);
	struct text t;
	size_t i;

	(void)state;
	memset(p, 'x', 32768);
	t = (struct text){ p, 32767 };
	assert_true(xlsx_fit(&t));
	t.len = 32768;
	assert_false(xlsx_fit(&t));
	assert_int_equal(t.len, 32767);
	for (i = 0; i < 32768; i++)
		memcpy(p + 2 * i, "\xc3\xa9", 2);
	t = (struct text){ p, 2 * 32767 };
	assert_true(xlsx_fit(&t));
	t.len += 2;
	assert_false(xlsx_fit(&t));
	assert_int_equal(t.len, 2 * 32767);
	/* two units each: one does not fit by half */
	for (i = 0; i < 16384; i++)
		memcpy(p + 4 * i, "\xf0\x9f\x9a\xab", 4);
	t = (struct text){ p, 4 * 16383 };
	assert_true(xlsx_fit(&t));
	t.len += 4;
	assert_false(xlsx_fit(&t));
	assert_int_equal(t.len, 4 * 16383);
	free(p);
}

static void
test_sheet_names(void **state)
{
	static const char *const good[] = { "a", "Coach's",
		"31 characters, not "
		"one more ok.",
		"\xe2\x9a\xaa", "A.B", "=x", "histor" };
	static const char *const bad[] = { "", "'a", "a'", "a/b", "a\\b", "a?",
		"a*", "[a", "a]", "a:b", "History",
		"32 characters, which is one "
		"more!!",
		"a\nb", "\x01", "GOOD", "x\xef\xbf\xbf", "_x0041_" };
	struct xlsx_out *x = new_book();
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(good) / sizeof(good[0]); i++)
		if (xlsx_out_sheet(x, good[i], true, &f) == NULL)
			fail_msg("%s", f.text);
	assert_non_null(xlsx_out_sheet(x, "good", true, &f));
	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		if (xlsx_out_sheet(x, bad[i], true, &f) != NULL)
			fail_msg("'%s' is taken", bad[i]);
	xlsx_out_free(x);
}

static void
test_no_sheet(void **state)
{
	struct xlsx_out *x = new_book();
	int fd = open_file();

	(void)state;
	assert_non_null(xlsx_out_sheet(x, "a", true, &f));
	assert_int_equal(xlsx_out_write(x, fd, "test", &f), -1);
	xlsx_out_free(x);
	close(fd);
}

static void
test_cannot_write(void **state)
{
	struct xlsx_out *x = xlsx_out_new("/no/such/folder", &f);
	struct text header = text_of("h");
	struct xlsx_sheet *s;
	int fd;

	(void)state;
	assert_null(x);
	assert_int_equal(f.kind, FAULT_IO);

	x = new_book();
	s = xlsx_out_sheet(x, "a", false, &f);
	assert_int_equal(xlsx_sheet_header(s, &header, 1, &f), 0);
	fd = open("/dev/full", O_WRONLY);
	assert_int_equal(xlsx_out_write(x, fd, "it", &f), -1);
	assert_string_equal(f.text, "cannot write it: No space left on device");
	close(fd);
	xlsx_out_free(x);
}

/* Numbers of every length come back as 16 digits of them. */
static void
test_numbers(void **state)
{
	static const struct {
		const char *put, *got;
	} sample[] = {
		{ "0", "0" },
		{ "-0", "-0" },
		{ "28.75", "28.75" },
		{ "1.10", "1.1" },
		{ "1e300", "1E+300" },
		{ "123456789012345", "123456789012345" },
		{ "9007199254740992", "9007199254740992" },
		{ "0.1234567890123456", "0.1234567890123456" },
		{ "0.30000000000000004", "0.3" },
		{ "57.849999999999994", "57.84999999999999" },
		{ "36.800000000000004", "36.8" },
	};
	static const char *const text[] = { "9007199254740993",
		"12345678901234567890", "0.1234567890123456789", "1e400" };
	static const char *const header[] = { "n" };
	size_t i, nr = sizeof(sample) / sizeof(sample[0]);
	struct xlsx_out *x = new_book();
	struct xlsx_sheet *s = add_sheet(x, "n", header, 1);
	struct xlsx_in *in;
	int fd = open_file();

	(void)state;
	for (i = 0; i < nr; i++) {
		xlsx_put_number(s, text_of(sample[i].put));
		assert_int_equal(xlsx_put_row(s, &f), 0);
	}
	for (i = 0; i < sizeof(text) / sizeof(text[0]); i++) {
		xlsx_put_number(s, text_of(text[i]));
		assert_int_equal(xlsx_put_row(s, &f), 0);
	}
	in = write_and_open(x, fd);
	assert_int_equal(xlsx_in_select(in, "n", &f), 0);
	next_row(in, 1, 1);
	for (i = 0; i < nr; i++)
		assert_cell(next_row(in, i + 2, 1), XLSX_NUMBER, sample[i].got);
	for (i = 0; i < sizeof(text) / sizeof(text[0]); i++)
		assert_cell(next_row(in, nr + i + 2, 1), XLSX_TEXT, text[i]);
	no_more_rows(in);
	xlsx_in_free(in);
	close(fd);
}

/* Text that packs to nearly nothing is no bomb when it is our own. */
static void
test_same_text(void **state)
{
	static const char *const header[] = { "t" };
	struct xlsx_out *x = new_book();
	struct xlsx_sheet *s = add_sheet(x, "t", header, 1);
	char *p = malloc(XLSX_TEXT_MAX);
	size_t i;
	int fd = open_file();

	(void)state;
	memset(p, 'x', XLSX_TEXT_MAX);
	for (i = 0; i < 200; i++) {
		xlsx_put_text(s, (struct text){ p, XLSX_TEXT_MAX });
		assert_int_equal(xlsx_put_row(s, &f), 0);
	}
	assert_int_equal(xlsx_out_write(x, fd, "test", &f), 0);
	xlsx_out_free(x);
	free(p);
	close(fd);
}

/*
 * libxlsxwriter's workbooks
 */

static void
write_theirs(const char *path, bool constant)
{
	lxw_workbook_options options = { .constant_memory = constant };
	lxw_workbook *book = workbook_new_opt(path, &options);
	lxw_worksheet *sheet = workbook_add_worksheet(book, "Bl\xc3\xa4tt");
	lxw_format *date = workbook_add_format(book);
	lxw_format *elapsed = workbook_add_format(book);
	lxw_format *bold = workbook_add_format(book);
	char plain_text[] = "plain ", fat_text[] = "fat";
	lxw_rich_string_tuple plain = { .format = NULL, .string = plain_text };
	lxw_rich_string_tuple fat = { .format = bold, .string = fat_text };
	lxw_rich_string_tuple *rich[] = { &plain, &fat, NULL };

	format_set_bold(bold);
	format_set_num_format(date, "dd/mm/yyyy hh:mm");
	format_set_num_format(elapsed, "[hh]:mm");
	worksheet_write_string(sheet, 0, 0, "text", NULL);
	worksheet_write_number(sheet, 0, 1, 28.7, NULL);
	worksheet_write_boolean(sheet, 0, 2, 1, NULL);
	worksheet_write_number(sheet, 0, 3, 45351.5, date);
	worksheet_write_number(sheet, 0, 4, 1.25, elapsed);
	worksheet_write_formula_num(sheet, 0, 5, "=1+2", NULL, 3);
	worksheet_write_formula_str(sheet, 0, 6, "=\"a\"", NULL, "a");
	worksheet_write_rich_string(sheet, 2, 1, rich, NULL);
	worksheet_write_blank(sheet, 2, 2, bold);
	worksheet_write_string(sheet, 2, 3, "text", NULL);
	workbook_add_worksheet(book, "empty");
	assert_int_equal(workbook_close(book), LXW_NO_ERROR);
}

static void
read_theirs(const char *path)
{
	struct xlsx_in *in = xlsx_in_open(path, &f);
	const struct xlsx_cell *cell;

	if (in == NULL)
		fail_msg("%s", f.text);
	assert_int_equal(xlsx_in_sheets(in), 2);
	assert_int_equal(xlsx_in_select(in, "Bl\xc3\xa4tt", &f), 0);
	cell = next_row(in, 1, 7);
	assert_cell(&cell[0], XLSX_TEXT, "text");
	assert_cell(&cell[1], XLSX_NUMBER, "28.7");
	assert_cell(&cell[2], XLSX_BOOL, "true");
	assert_cell(&cell[3], XLSX_DATE, "2024-02-29T12:00:00");
	assert_cell(&cell[4], XLSX_DATE, "30:00:00");
	assert_cell(&cell[5], XLSX_NUMBER, "3");
	assert_cell(&cell[6], XLSX_TEXT, "a");
	cell = next_row(in, 3, 4);
	assert_cell(&cell[0], XLSX_EMPTY, NULL);
	assert_cell(&cell[1], XLSX_TEXT, "plain fat");
	assert_cell(&cell[2], XLSX_EMPTY, NULL);
	assert_cell(&cell[3], XLSX_TEXT, "text");
	no_more_rows(in);
	assert_int_equal(xlsx_in_select(in, "empty", &f), 0);
	no_more_rows(in);
	xlsx_in_free(in);
}

static void
test_libxlsxwriter(void **state)
{
	char path[] = "/tmp/kpipe-test.XXXXXX";
	int fd = mkstemp(path);

	(void)state;
	assert_int_not_equal(fd, -1);
	close(fd);
	write_theirs(path, false);
	read_theirs(path);
	write_theirs(path, true);
	read_theirs(path);
	unlink(path);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_round_trip),
		cmocka_unit_test(test_text),
		cmocka_unit_test(test_long),
		cmocka_unit_test(test_rows_end),
		cmocka_unit_test(test_columns_end),
		cmocka_unit_test(test_fit),
		cmocka_unit_test(test_sheet_names),
		cmocka_unit_test(test_no_sheet),
		cmocka_unit_test(test_cannot_write),
		cmocka_unit_test(test_numbers),
		cmocka_unit_test(test_same_text),
		cmocka_unit_test(test_libxlsxwriter),
	};

	return cmocka_run_group_tests_name("xlsx", tests, NULL, NULL);
}
