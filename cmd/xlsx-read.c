/*
 * xlsx-read - the rows of a workbook's sheet as records
 */
#include <errno.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/json.h"
#include "base/out.h"
#include "base/tool.h"
#include "base/xalloc.h"
#include "base/xlsx.h"
#include "base/xlsx_in.h"
#include "table/columns.h"
#include "table/heading.h"

#define BLOCK (256u << 10)

enum {
	OPT_COLUMNS = 256,
	OPT_HEADER_ROW,
	OPT_RENAME,
	OPT_SHEET,
	OPT_SHEETS,
	OPT_TEXT,
	OPT_TYPE,
};

static const struct tool_option options[] = {
	{ OPT_SHEET, "sheet", "NAME", "the sheet to read; default the first" },
	{ OPT_TYPE, "type", "TYPE", "what the records say in type" },
	{ OPT_COLUMNS, "columns", "LIST",
	    "only these, as KEY=HEADER,...; @FILE reads them from a file" },
	{ OPT_RENAME, "rename", "LIST",
	    "other keys, as KEY=HEADER,..., for the headers that are there" },
	{ OPT_HEADER_ROW, "header-row", "N",
	    "the row of the headers; default the first that is not empty" },
	{ OPT_TEXT, "text", NULL, "write every value as text" },
	{ OPT_SHEETS, "sheets", NULL, "list the sheets and read none" },
	{ 0 },
};

static const struct tool tool = {
	.name = "xlsx-read",
	.summary = "the rows of a workbook's sheet as records",
	.synopsis = "[--sheet=NAME] [--type=TYPE] [--columns=LIST] "
		    "[--rename=LIST] [--header-row=N] [--text] [FILE]\n"
		    "--sheets [FILE]",
	.option = options,
};

struct read_job {
	const char *sheet; /* NULL: the first */
	const char *type;
	struct columns columns;
	struct columns rename;
	size_t header_row; /* 0: the first that is not empty */
	bool text;
	const char *name; /* of the workbook */
	struct xlsx_in *in;
	struct heading *heading;
	size_t *from; /* the sheet's column of each of columns */
	struct buf row;
	struct buf plain;
	struct out *out;
};

/* A copy of standard input, as a zip archive is read from its end. */
static int
spool(void)
{
	const char *tmpdir = getenv("TMPDIR");
	struct fault f = { 0 };
	char *block = xcalloc(BLOCK, 1);
	ssize_t nr;
	int fd;

	if (tmpdir == NULL || *tmpdir == '\0')
		tmpdir = "/tmp";
	fd = file_temporary(tmpdir, &f);
	if (fd == -1)
		tool_die(&f);
	while ((nr = read(STDIN_FILENO, block, BLOCK)) != 0) {
		if (nr == -1 && errno == EINTR)
			continue;
		if (nr == -1) {
			fault_errno(&f, "cannot read standard input");
			tool_die(&f);
		}
		if (file_write_all(
			fd, "a temporary file", block, (size_t)nr, &f) == -1) {
			fault_prefix(&f, "%s: ", tmpdir);
			tool_die(&f);
		}
	}
	free(block);
	return fd;
}

static struct xlsx_in *
open_workbook(struct read_job *job, char **operand)
{
	struct fault f = { 0 };
	struct xlsx_in *in;
	int fd = STDIN_FILENO;

	if (operand[0] != NULL && operand[1] != NULL)
		tool_usage("one workbook at a time");
	if (operand[0] != NULL && strcmp(operand[0], "-") != 0) {
		job->name = operand[0];
		in = xlsx_in_open(operand[0], &f);
	} else {
		if (isatty(STDIN_FILENO))
			tool_usage("no workbook given");
		job->name = "standard input";
		if (lseek(STDIN_FILENO, 0, SEEK_SET) == -1)
			fd = spool();
		in = xlsx_in_open_fd(fd, job->name, &f);
	}
	if (in == NULL)
		tool_die(&f);
	return in;
}

static void
write_line(struct read_job *job)
{
	struct fault f = { 0 };

	buf_char(&job->row, '\n');
	if (out_write(job->out, job->row.p, job->row.len, &f) == -1)
		tool_die(&f);
	buf_clear(&job->row);
}

static void
list_sheets(struct read_job *job)
{
	size_t i;

	for (i = 0; i < xlsx_in_sheets(job->in); i++) {
		json_open(&job->row);
		json_key(&job->row, "type");
		json_put_str(&job->row, "sheet");
		json_key(&job->row, "name");
		json_put_str(&job->row, xlsx_in_sheet_name(job->in, i));
		json_key(&job->row, "position");
		json_put_int(&job->row, (int64_t)i + 1);
		json_key(&job->row, "hidden");
		json_put_bool(&job->row, xlsx_in_sheet_hidden(job->in, i));
		json_close(&job->row);
		write_line(job);
	}
}

static struct text
plain_text(struct read_job *job, const struct xlsx_cell *cell)
{
	buf_clear(&job->plain);
	xlsx_cell_plain(cell, &job->plain);
	return buf_view(&job->plain);
}

static bool
row_is_empty(const struct xlsx_cell *cell, size_t nr)
{
	size_t i;

	for (i = 0; i < nr; i++)
		if (cell[i].kind != XLSX_EMPTY)
			return false;
	return true;
}

/* Read up to the headers; a sheet without rows has none. */
static void
read_header(struct read_job *job)
{
	const struct xlsx_cell *cell = NULL;
	struct fault f = { 0 };
	size_t row = 0, nr = 0, i;
	int more;

	do
		more = xlsx_in_row(job->in, &row, &cell, &nr, &f);
	while (more == 1 && (job->header_row == 0 ? row_is_empty(cell, nr)
						  : row < job->header_row));
	if (more == -1)
		tool_die(&f);
	if (job->header_row != 0 &&
	    (more == 0 || row != job->header_row || row_is_empty(cell, nr))) {
		fault_set(&f, FAULT_DATA, "%s: row %zu is empty and no header",
		    job->name, job->header_row);
		tool_die(&f);
	}
	for (i = 0; more == 1 && i < nr; i++)
		heading_add(job->heading, plain_text(job, &cell[i]));
}

static void
put_value(struct read_job *job, const struct xlsx_cell *cell)
{
	if (cell->kind == XLSX_EMPTY)
		json_put_null(&job->row);
	else if (job->text)
		json_put_text(&job->row, plain_text(job, cell));
	else if (cell->kind == XLSX_NUMBER || cell->kind == XLSX_BOOL)
		json_put_raw(&job->row, cell->text);
	else
		json_put_text(&job->row, cell->text);
}

/* Every named column; of the others only what is in it. */
static void
put_all(struct read_job *job, const struct xlsx_cell *cell, size_t nr)
{
	static const struct xlsx_cell nothing;
	size_t i, columns = heading_columns(job->heading);

	for (i = 0; i < nr || i < columns; i++) {
		if (!heading_named(job->heading, i) &&
		    (i >= nr || cell[i].kind == XLSX_EMPTY))
			continue;
		json_key_text(&job->row, heading_key(job->heading, i));
		put_value(job, i < nr ? &cell[i] : &nothing);
	}
}

static void
put_chosen(struct read_job *job, const struct xlsx_cell *cell, size_t nr)
{
	static const struct xlsx_cell nothing;
	size_t i, from;

	for (i = 0; i < job->columns.nr; i++) {
		from = job->from[i];
		json_key(&job->row, job->columns.column[i].header);
		put_value(job, from < nr ? &cell[from] : &nothing);
	}
}

static uint64_t
write_rows(struct read_job *job)
{
	const struct xlsx_cell *cell;
	struct fault f = { 0 };
	size_t row, nr;
	uint64_t count = 0;
	int more;

	while ((more = xlsx_in_row(job->in, &row, &cell, &nr, &f)) == 1) {
		if (row_is_empty(cell, nr))
			continue;
		json_open(&job->row);
		if (job->type != NULL) {
			json_key(&job->row, "type");
			json_put_str(&job->row, job->type);
		}
		if (job->columns.nr > 0)
			put_chosen(job, cell, nr);
		else
			put_all(job, cell, nr);
		json_close(&job->row);
		write_line(job);
		count++;
		tool_progress("%llu rows", (unsigned long long)count);
	}
	if (more == -1)
		tool_die(&f);
	return count;
}

static int
read_sheet(struct read_job *job)
{
	struct fault f = { 0 };
	uint64_t nr;
	size_t uncomputed;

	if (xlsx_in_select(job->in, job->sheet, &f) == -1)
		tool_die(&f);
	if (job->type != NULL)
		heading_reserve(job->heading, "type");
	heading_rename(job->heading, &job->rename);
	read_header(job);
	job->from = xcalloc(job->columns.nr, sizeof(*job->from));
	if (heading_choose(
		job->heading, &job->columns, job->name, job->from, &f) == -1)
		tool_die(&f);
	nr = write_rows(job);
	tool_say("%llu rows written", (unsigned long long)nr);
	uncomputed = xlsx_in_uncomputed(job->in);
	if (uncomputed == 0)
		return EXIT_DONE;
	tool_warn("%s: formulas without a value: %zu; open it in a "
		  "spreadsheet and save it",
	    job->name, uncomputed);
	return EXIT_INCOMPLETE;
}

static void
check_keys(const struct read_job *job)
{
	size_t i;

	for (i = 0; job->type != NULL && i < job->columns.nr; i++)
		if (strcmp(job->columns.column[i].header, "type") == 0)
			tool_usage("--type and a column 'type' exclude each "
				   "other; give the column another key");
}

int
main(int argc, char *argv[])
{
	struct read_job job = { 0 };
	struct fault f = { 0 };
	const char *value;
	bool sheets = false;
	int c, status = EXIT_DONE;

	tool_begin(&tool, argc, argv);
	while ((c = tool_option(&value)) != -1)
		switch (c) {
		case OPT_COLUMNS:
			tool_parse(
			    "columns", value, columns_replace, &job.columns);
			break;
		case OPT_RENAME:
			tool_parse(
			    "rename", value, columns_replace, &job.rename);
			break;
		case OPT_HEADER_ROW:
			job.header_row = (size_t)tool_number(
			    "header-row", value, 1, XLSX_ROWS_MAX);
			break;
		case OPT_SHEET:
			job.sheet = value;
			break;
		case OPT_SHEETS:
			sheets = true;
			break;
		case OPT_TEXT:
			job.text = true;
			break;
		case OPT_TYPE:
			job.type = value;
			break;
		}
	check_keys(&job);
	if (job.columns.nr > 0 && job.rename.nr > 0)
		tool_usage("--columns gives keys already; leave out --rename");

	job.in = open_workbook(&job, tool_operands());
	job.heading = heading_new();
	job.out = out_new(STDOUT_FILENO, "standard output");
	buf_init(&job.row, SIZE_MAX / 2);
	buf_init(&job.plain, SIZE_MAX / 2);
	if (sheets)
		list_sheets(&job);
	else
		status = read_sheet(&job);
	if (out_flush(job.out, &f) == -1)
		tool_die(&f);

	xlsx_in_free(job.in);
	heading_free(job.heading);
	columns_free(&job.columns);
	columns_free(&job.rename);
	free(job.from);
	buf_free(&job.row);
	buf_free(&job.plain);
	out_free(job.out);
	return tool_end(status);
}
