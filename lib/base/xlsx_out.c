#include "base/xlsx_out.h"

#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <xlsxwriter.h>

#include "base/buf.h"
#include "base/decimal.h"
#include "base/file.h"
#include "base/num.h"
#include "base/xalloc.h"
#include "base/xlsx.h"
#include "base/xlsx_in.h"
#include "base/xlsx_text.h"

#define DISK_LOW     (1u << 20) /* bytes free on a disk that is full */
#define SHEETS_MAX   255
#define SAMPLE_ROWS  500 /* by which the columns get their width */
#define WIDTH_MIN    9
#define WIDTH_MAX    60
#define WIDTH_BUTTON 3	       /* of the filter's button beside the header */
#define CREATED	     315532800 /* 1980-01-01: the same bytes every day */
#define EXACT_LEN    15	       /* digits that any double keeps */
#define COPY_SIZE    (64u << 10)

struct column {
	char *header; /* as it is written */
	size_t width; /* of what was seen of it, in characters */
};

/* What went into a sheet, to compare with what is in the file. */
struct digest {
	uint64_t sum;
	size_t rows;
};

struct xlsx_sheet {
	struct xlsx_out *book;
	char *name;
	lxw_worksheet *it; /* NULL: optional, and nothing in it so far */
	struct column *column;
	size_t nr;
	size_t row; /* of the next row, from 0 */
	size_t at;  /* column of the next cell */
	lxw_error error;
	struct digest digest;
};

struct xlsx_out {
	const char *folder;
	int fd; /* the workbook until it goes out */
	lxw_workbook *it;
	lxw_format *bold;
	struct xlsx_sheet **sheet;
	size_t nr;
	struct buf scratch;
};

struct xlsx_out *
xlsx_out_new(const char *folder, struct fault *f)
{
	lxw_workbook_options options = { .constant_memory = LXW_TRUE };
	lxw_doc_properties properties = { .created = CREATED };
	struct xlsx_out *x;
	char path[64], *tmpdir;
	int fd = file_temporary(folder, f);

	if (fd == -1)
		return NULL;
	x = xcalloc(1, sizeof(*x));
	x->folder = folder;
	x->fd = fd;
	buf_init(&x->scratch, SIZE_MAX / 2);
	/* the library opens by name; the file has none but this */
	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	tmpdir = xstrdup(folder);
	options.tmpdir = tmpdir;
	x->it = workbook_new_opt(path, &options);
	free(tmpdir);
	if (x->it == NULL)
		xalloc_fail();
	workbook_set_properties(x->it, &properties);
	x->bold = workbook_add_format(x->it);
	format_set_bold(x->bold);
	return x;
}

static void
free_sheet(struct xlsx_sheet *s)
{
	size_t i;

	for (i = 0; i < s->nr; i++)
		free(s->column[i].header);
	free(s->column);
	free(s->name);
	free(s);
}

void
xlsx_out_free(struct xlsx_out *x)
{
	size_t i;

	if (x == NULL)
		return;
	for (i = 0; i < x->nr; i++)
		free_sheet(x->sheet[i]);
	free(x->sheet);
	if (x->it != NULL)
		lxw_workbook_free(x->it);
	buf_free(&x->scratch);
	close(x->fd);
	free(x);
}

/*
 * Digests
 */

static void
digest_word(struct digest *d, uint64_t word)
{
	d->sum = (d->sum ^ word) * UINT64_C(0x9e3779b97f4a7c15);
	d->sum ^= d->sum >> 29;
}

static void
digest_cell(
    struct digest *d, size_t row, size_t column, char kind, struct text t)
{
	uint64_t word;
	size_t i;

	digest_word(d, (uint64_t)row << 32 | column << 8 | (uint64_t)kind);
	digest_word(d, t.len);
	for (i = 0; i < t.len; i += sizeof(word)) {
		word = 0;
		memcpy(&word, t.p + i,
		    t.len - i < sizeof(word) ? t.len - i : sizeof(word));
		digest_word(d, word);
	}
}

static void
digest_number(struct digest *d, size_t row, size_t column, double x)
{
	digest_cell(
	    d, row, column, 'n', (struct text){ (char *)&x, sizeof(x) });
}

/*
 * Sheets
 */
static int
io_fault(const struct xlsx_out *x, lxw_error error, struct fault *f)
{
	return fault_set(f, FAULT_IO, "cannot write a workbook in %s: %s",
	    x->folder, lxw_strerror(error));
}

static void
start_sheet(struct xlsx_sheet *s)
{
	s->it = workbook_add_worksheet(s->book->it, s->name);
	if (s->it == NULL)
		s->error = LXW_ERROR_CREATING_TMPFILE;
}

static void
note(struct xlsx_sheet *s, lxw_error error)
{
	if (s->error == LXW_NO_ERROR)
		s->error = error;
}

static void
write_header(struct xlsx_sheet *s)
{
	const char *header;
	size_t i;

	worksheet_freeze_panes(s->it, 1, 0);
	for (i = 0; i < s->nr; i++) {
		header = s->column[i].header;
		if (*header != '\0')
			note(s, worksheet_write_string(s->it, 0, (lxw_col_t)i,
				    header, s->book->bold));
	}
	s->row = 1;
	s->digest.rows++;
}

struct xlsx_sheet *
xlsx_out_sheet(
    struct xlsx_out *x, const char *name, bool optional, struct fault *f)
{
	struct xlsx_sheet *s;
	size_t i;

	if (xlsx_sheet_name_check(name, f) == -1)
		return NULL;
	/* ASCII letters without case, as far as we go */
	for (i = 0; i < x->nr; i++)
		if (text_is_nocase(text_of(name), x->sheet[i]->name)) {
			fault_set(f, FAULT_DATA,
			    "sheet name '%s' is there twice (case does not "
			    "count)",
			    name);
			return NULL;
		}
	if (x->nr == SHEETS_MAX) {
		fault_set(f, FAULT_DATA, "more than %d sheets", SHEETS_MAX);
		return NULL;
	}
	s = xcalloc(1, sizeof(*s));
	s->book = x;
	s->name = xstrdup(name);
	x->sheet = xreallocarray(x->sheet, x->nr + 1, sizeof(*x->sheet));
	x->sheet[x->nr++] = s;
	if (!optional)
		start_sheet(s);
	if (s->error == LXW_NO_ERROR)
		return s;
	io_fault(x, s->error, f);
	return NULL;
}

size_t
xlsx_sheet_rows(const struct xlsx_sheet *s)
{
	return s->row == 0 ? 0 : s->row - 1;
}

/* The cell's text as the library is to have it; good until the next. */
static const char *
escaped(struct xlsx_sheet *s, struct text t)
{
	struct buf *b = &s->book->scratch;

	buf_clear(b);
	xlsx_text_escape(t, b);
	return buf_view(b).p;
}

int
xlsx_sheet_header(
    struct xlsx_sheet *s, const struct text *header, size_t nr, struct fault *f)
{
	struct text t;
	size_t i;

	if (nr > XLSX_COLUMNS_MAX)
		return fault_set(f, FAULT_DATA,
		    "sheet '%s' has more columns than the %d that a sheet can "
		    "have",
		    s->name, XLSX_COLUMNS_MAX);
	s->column = xcalloc(nr, sizeof(*s->column));
	s->nr = nr;
	for (i = 0; i < nr; i++) {
		t = header[i];
		xlsx_fit(&t);
		s->column[i].header = xstrdup(escaped(s, t));
		s->column[i].width =
		    xlsx_text_width(t, WIDTH_MAX) + WIDTH_BUTTON;
		if (t.len > 0)
			digest_cell(&s->digest, 0, i, 't', t);
	}
	if (s->it != NULL)
		write_header(s);
	return s->error == LXW_NO_ERROR ? 0 : io_fault(s->book, s->error, f);
}

/*
 * Cells
 */

/* False when there is no sheet to write to; put_row tells. */
static bool
has_started(struct xlsx_sheet *s)
{
	if (s->it == NULL && s->error == LXW_NO_ERROR) {
		start_sheet(s);
		if (s->it != NULL && s->nr > 0)
			write_header(s);
	}
	return s->it != NULL && s->row < XLSX_ROWS_MAX;
}

void
xlsx_put_empty(struct xlsx_sheet *s)
{
	s->at++;
}

/* The column of the next cell, made as wide as that. */
static lxw_col_t
next_column(struct xlsx_sheet *s, size_t width)
{
	struct column *c = &s->column[s->at];

	if (s->row <= SAMPLE_ROWS && width > c->width)
		c->width = width;
	return (lxw_col_t)s->at++;
}

void
xlsx_put_bool(struct xlsx_sheet *s, bool x)
{
	lxw_col_t column;

	if (!has_started(s))
		return;
	column = next_column(s, 5);
	note(s, worksheet_write_boolean(
		    s->it, (lxw_row_t)s->row, column, x ? 1 : 0, NULL));
	digest_cell(
	    &s->digest, s->row, column, 'b', text_of(x ? "true" : "false"));
}

/* What the library leaves of it. */
static double
to_16_digits(double x)
{
	char text[NUM_MAX];

	snprintf(text, sizeof(text), "%.16G", x);
	num_parse(text_of(text), &x);
	return x;
}

void
xlsx_put_number(struct xlsx_sheet *s, struct text t)
{
	lxw_col_t column;
	double x;

	if (!decimal_in_double(t) || !num_parse(t, &x)) {
		xlsx_put_text(s, t);
		return;
	}
	if (!has_started(s))
		return;
	if (t.len > EXACT_LEN)
		x = to_16_digits(x);
	column = next_column(s, t.len);
	note(s,
	    worksheet_write_number(s->it, (lxw_row_t)s->row, column, x, NULL));
	digest_number(&s->digest, s->row, column, x);
}

void
xlsx_put_text(struct xlsx_sheet *s, struct text t)
{
	lxw_col_t column;

	if (t.len == 0) {
		xlsx_put_empty(s);
		return;
	}
	if (!has_started(s))
		return;
	column = next_column(
	    s, s->row <= SAMPLE_ROWS ? xlsx_text_width(t, WIDTH_MAX) : 0);
	note(s, worksheet_write_string(
		    s->it, (lxw_row_t)s->row, column, escaped(s, t), NULL));
	digest_cell(&s->digest, s->row, column, 't', t);
}

int
xlsx_put_row(struct xlsx_sheet *s, struct fault *f)
{
	if (s->row >= XLSX_ROWS_MAX)
		return fault_set(f, FAULT_DATA,
		    "sheet '%s' has more rows than the %d that a sheet can "
		    "have",
		    s->name, XLSX_ROWS_MAX);
	/* a row without a cell stands in the file only when it is set */
	if (has_started(s))
		note(s, worksheet_set_row(s->it, (lxw_row_t)s->row,
			    LXW_DEF_ROW_HEIGHT, NULL));
	if (s->error != LXW_NO_ERROR)
		return io_fault(s->book, s->error, f);
	s->row++;
	s->digest.rows++;
	s->at = 0;
	return 0;
}

/*
 * The workbook
 */
static void
finish_sheet(struct xlsx_sheet *s)
{
	char name[XLSX_COLUMN_NAME], range[32];
	lxw_row_t last = s->row == 0 ? 0 : (lxw_row_t)(s->row - 1);
	size_t i, width;

	for (i = 0; i < s->nr; i++) {
		width = s->column[i].width;
		if (width < WIDTH_MIN)
			width = WIDTH_MIN;
		if (width > WIDTH_MAX)
			width = WIDTH_MAX;
		worksheet_set_column(
		    s->it, (lxw_col_t)i, (lxw_col_t)i, (double)width, NULL);
	}
	if (s->nr == 0)
		return;
	worksheet_autofilter(s->it, 0, 0, last, (lxw_col_t)(s->nr - 1));
	/* no green corners on ids, which are meant to be text */
	snprintf(range, sizeof(range), "A1:%s%u",
	    xlsx_column_name(s->nr - 1, name), (unsigned)last + 1);
	worksheet_ignore_errors(s->it, LXW_IGNORE_NUMBER_STORED_AS_TEXT, range);
}

/* Errors: FAULT_DATA for what cannot be read. */
static int
digest_sheet(
    struct xlsx_in *in, const char *name, struct digest *d, struct fault *f)
{
	const struct xlsx_cell *cell;
	size_t row, nr, i;
	double x;
	int more;

	if (xlsx_in_select(in, name, f) == -1)
		return -1;
	while ((more = xlsx_in_row(in, &row, &cell, &nr, f)) == 1) {
		d->rows++;
		for (i = 0; i < nr; i++)
			if (cell[i].kind == XLSX_NUMBER &&
			    num_parse(cell[i].text, &x))
				digest_number(d, row - 1, i, x);
			else if (cell[i].kind == XLSX_BOOL)
				digest_cell(d, row - 1, i, 'b', cell[i].text);
			else if (cell[i].kind != XLSX_EMPTY)
				digest_cell(d, row - 1, i, 't', cell[i].text);
	}
	return more;
}

static int
compare_sheets(const struct xlsx_out *x, struct xlsx_in *in, struct fault *f)
{
	const struct xlsx_sheet *s;
	struct digest d;
	size_t i;

	for (i = 0; i < x->nr; i++) {
		s = x->sheet[i];
		if (s->it == NULL)
			continue;
		d = (struct digest){ 0 };
		if (digest_sheet(in, s->name, &d, f) == -1)
			return -1;
		if (d.rows != s->digest.rows || d.sum != s->digest.sum)
			return fault_set(f, FAULT_DATA,
			    "sheet '%s' is not as it was written", s->name);
	}
	return 0;
}

/* That the file holds what was put into it. */
static int
check_file(const struct xlsx_out *x, struct fault *f)
{
	struct fault why = { 0 };
	struct xlsx_in *in = xlsx_in_open_fd(x->fd, "it", &why);
	int status = -1;

	if (in != NULL) {
		xlsx_in_trust(in);
		status = compare_sheets(x, in, &why);
	}
	xlsx_in_free(in);
	if (status == 0)
		return 0;
	/* libxlsxwriter does not see each write that failed */
	return fault_set(f, FAULT_IO,
	    "no room on the disk of %s, most likely: a workbook written there "
	    "does not read back (%s)",
	    x->folder, why.text);
}

static int
copy_file(const struct xlsx_out *x, int fd, const char *name, struct fault *f)
{
	char *block = xreallocarray(NULL, 1, COPY_SIZE);
	off_t at = 0;
	ssize_t nr;
	int status = 0;

	while (status == 0 && (nr = pread(x->fd, block, COPY_SIZE, at)) != 0) {
		if (nr == -1 && errno == EINTR)
			continue;
		if (nr == -1)
			status = fault_set(f, FAULT_IO, "cannot read %s: %s",
			    x->folder, strerror(errno));
		else
			status = file_write_all(fd, name, block, (size_t)nr, f);
		at += nr;
	}
	free(block);
	return status;
}

int
xlsx_out_write(struct xlsx_out *x, int fd, const char *name, struct fault *f)
{
	lxw_error error;
	size_t i, nr = 0;

	for (i = 0; i < x->nr; i++)
		if (x->sheet[i]->it != NULL) {
			finish_sheet(x->sheet[i]);
			nr++;
		}
	if (nr == 0)
		return fault_set(f, FAULT_DATA,
		    "no sheet has a row, and a workbook needs a sheet");
	error = workbook_close(x->it);
	x->it = NULL;
	if (error != LXW_NO_ERROR)
		return io_fault(x, error, f);
	if (check_file(x, f) == -1)
		return -1;
	return copy_file(x, fd, name, f);
}
