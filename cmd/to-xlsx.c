/*
 * to-xlsx - write records as the sheets of a workbook
 */
#include <libgen.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/ndjson.h"
#include "base/tool.h"
#include "base/xalloc.h"
#include "base/xlsx.h"
#include "base/xlsx_out.h"
#include "table/cell.h"
#include "table/columns.h"
#include "table/spread.h"

#define TOLD_MAX 10 /* losses of a kind that are named */

enum {
	OPT_COLUMNS = 256,
	OPT_OPTIONAL,
	OPT_OUTPUT,
	OPT_SHEET,
	OPT_TYPE,
};

static const struct tool_option options[] = {
	{ OPT_OUTPUT, "output", "FILE", "the workbook; - is standard output" },
	{ OPT_SHEET, "sheet", "NAME",
	    "a sheet, to which the options behind it belong" },
	{ OPT_TYPE, "type", "TYPE", "only records of that type are its rows" },
	{ OPT_COLUMNS, "columns", "LIST",
	    "its columns, as HEADER=PATH,...; @FILE reads them from a file" },
	{ OPT_OPTIONAL, "optional", NULL, "no such sheet when it has no rows" },
	{ 0 },
};

static const struct tool tool = {
	.name = "to-xlsx",
	.summary = "write records as the sheets of a workbook",
	.synopsis = "--output=FILE [[--sheet=NAME] [--type=TYPE] "
		    "[--columns=LIST] [--optional]]... [FILE...]",
	.option = options,
};

struct sheet_job {
	const char *name; /* NULL: no --sheet yet */
	bool described;	  /* an option was given for it */
	const char *type; /* NULL: records of any type */
	struct columns columns;
	bool optional;
	struct spread *spread; /* when no columns are named */
	size_t *slot;	       /* of each column */
	bool *seen;	       /* a record had it, be it null */
	struct xlsx_sheet *sheet;
	bool headed;
	size_t cut; /* texts that were too long for a cell */
};

struct workbook_job {
	const char *output;
	struct sheet_job *sheet;
	size_t nr;
	struct json_shape *shape;
	size_t type_slot;
	struct xlsx_out *out;
};

/* The sheet that an option belongs to. */
static struct sheet_job *
described(struct workbook_job *job)
{
	struct sheet_job *s = &job->sheet[job->nr - 1];

	s->described = true;
	return s;
}

static void
add_sheet(struct workbook_job *job, const char *name)
{
	struct sheet_job *s = &job->sheet[job->nr - 1];

	if (s->name != NULL) {
		job->sheet =
		    xreallocarray(job->sheet, job->nr + 1, sizeof(*job->sheet));
		s = &job->sheet[job->nr++];
		*s = (struct sheet_job){ 0 };
	} else if (s->described) {
		tool_usage("--sheet stands before the options of its sheet");
	}
	s->name = name;
}

static void
read_options(struct workbook_job *job)
{
	const char *value;
	int c;

	job->sheet = xcalloc(1, sizeof(*job->sheet));
	job->nr = 1;
	while ((c = tool_option(&value)) != -1)
		switch (c) {
		case OPT_COLUMNS:
			tool_parse("columns", value, columns_replace,
			    &described(job)->columns);
			break;
		case OPT_OPTIONAL:
			described(job)->optional = true;
			break;
		case OPT_OUTPUT:
			job->output = value;
			break;
		case OPT_SHEET:
			add_sheet(job, value);
			break;
		case OPT_TYPE:
			described(job)->type = value;
			break;
		}
	if (job->output == NULL)
		tool_usage("no --output given");
	if (strcmp(job->output, "-") == 0 && isatty(STDOUT_FILENO))
		tool_usage("a workbook is nothing for a terminal; give "
			   "--output=FILE");
	if (job->sheet[0].name == NULL)
		job->sheet[0].name = "Sheet1";
}

/* Where temporary files go: the folder of the output has room for the same. */
static char *
temporary_folder(const char *output)
{
	const char *tmpdir = getenv("TMPDIR");
	char *copy, *folder;

	if (tmpdir != NULL && *tmpdir != '\0')
		return xstrdup(tmpdir);
	if (strcmp(output, "-") == 0)
		return xstrdup("/tmp");
	copy = xstrdup(output);
	folder = xstrdup(dirname(copy));
	free(copy);
	return folder;
}

static void
put_header(struct sheet_job *s)
{
	struct fault f = { 0 };
	struct text *header;
	size_t i, nr = s->columns.nr;

	s->headed = true;
	if (s->spread != NULL)
		nr = spread_columns(s->spread);
	header = xcalloc(nr, sizeof(*header));
	for (i = 0; i < nr; i++)
		header[i] = s->spread != NULL
				? spread_header(s->spread, i)
				: text_of(s->columns.column[i].header);
	if (xlsx_sheet_header(s->sheet, header, nr, &f) == -1)
		tool_die(&f);
	free(header);
}

static void
open_sheet(struct workbook_job *job, struct sheet_job *s)
{
	struct fault f = { 0 };
	size_t i;

	s->sheet = xlsx_out_sheet(job->out, s->name, s->optional, &f);
	if (s->sheet == NULL && f.kind == FAULT_DATA)
		tool_usage("%s", f.text);
	if (s->sheet == NULL)
		tool_die(&f);
	s->slot = xcalloc(s->columns.nr, sizeof(*s->slot));
	s->seen = xcalloc(s->columns.nr, sizeof(*s->seen));
	for (i = 0; i < s->columns.nr; i++)
		s->slot[i] = json_want(job->shape, s->columns.column[i].path);
	if (s->columns.nr == 0)
		s->spread = spread_new();
	else
		put_header(s);
}

static void
put_text(struct sheet_job *s, size_t column, struct text t)
{
	char name[XLSX_COLUMN_NAME];

	if (!xlsx_fit(&t) && ++s->cut <= TOLD_MAX)
		tool_warn("sheet '%s', cell %s%zu: text is cut to the %d "
			  "characters that a cell can hold",
		    s->name, xlsx_column_name(column, name),
		    xlsx_sheet_rows(s->sheet) + 2, XLSX_TEXT_MAX);
	xlsx_put_text(s->sheet, t);
}

static void
put_cell(struct sheet_job *s, size_t column, struct cell cell)
{
	switch (cell.kind) {
	case CELL_EMPTY:
		xlsx_put_empty(s->sheet);
		break;
	case CELL_TEXT:
		put_text(s, column, cell.text);
		break;
	case CELL_NUMBER:
		xlsx_put_number(s->sheet, cell.text);
		break;
	case CELL_TRUE:
	case CELL_FALSE:
		xlsx_put_bool(s->sheet, cell.kind == CELL_TRUE);
		break;
	}
}

static void
put_record(struct sheet_job *s, const struct record *rec)
{
	const struct json_value *value = NULL, *v;
	struct fault f = { 0 };
	size_t i, nr = s->columns.nr;

	if (s->spread != NULL) {
		value = spread_record(s->spread, rec->line, rec->scratch);
		nr = spread_columns(s->spread);
		if (!s->headed)
			put_header(s);
	}
	for (i = 0; i < nr; i++) {
		v = value != NULL ? &value[i] : &rec->field[s->slot[i]];
		if (value == NULL)
			s->seen[i] |= v->kind != VALUE_ABSENT;
		put_cell(s, i, cell_of(*v, rec->scratch));
	}
	if (xlsx_put_row(s->sheet, &f) == -1)
		tool_die(&f);
}

static void
put_records(struct workbook_job *job, struct ndjson *in)
{
	const struct record *rec;
	struct fault f = { 0 };
	struct text type;
	size_t i;
	int more;

	while ((more = ndjson_read(in, &rec, &f)) == 1) {
		type = record_text(rec, job->type_slot);
		for (i = 0; i < job->nr; i++)
			if (job->sheet[i].type == NULL ||
			    text_is(type, job->sheet[i].type))
				put_record(&job->sheet[i], rec);
		tool_progress(
		    "%llu records", (unsigned long long)ndjson_count(in));
	}
	if (more == -1)
		tool_die(&f);
}

static void
write_workbook(struct workbook_job *job)
{
	struct fault f = { 0 };
	struct file_replace *r;

	if (strcmp(job->output, "-") == 0) {
		if (xlsx_out_write(
			job->out, STDOUT_FILENO, "standard output", &f) == -1)
			tool_die(&f);
		return;
	}
	r = file_replace_open(job->output, 0666, &f);
	if (r == NULL)
		tool_die(&f);
	if (xlsx_out_write(job->out, file_replace_fd(r), job->output, &f) ==
	    -1) {
		file_replace_abort(r);
		tool_die(&f);
	}
	if (file_replace_commit(r, &f) == -1)
		tool_die(&f);
}

/* Tell which columns no record had; returns the exit status. */
static int
tell_unseen(const struct sheet_job *s)
{
	int status = EXIT_DONE;
	size_t i;

	if (xlsx_sheet_rows(s->sheet) == 0)
		return status;
	for (i = 0; i < s->columns.nr; i++)
		if (!s->seen[i]) {
			tool_warn("sheet '%s': no record has '%s'; its column "
				  "is empty",
			    s->name, s->columns.column[i].name);
			status = EXIT_INCOMPLETE;
		}
	return status;
}

/* Tell what of a sheet's records is not in it; returns the exit status. */
static int
tell_lost(const struct sheet_job *s)
{
	size_t i, nr = s->spread == NULL ? 0 : spread_lost(s->spread);
	struct text path;

	for (i = 0; i < nr && i < TOLD_MAX; i++) {
		path = spread_lost_path(s->spread, i);
		tool_warn("sheet '%s': field '%.*s' is left out: the first "
			  "record has no such field; name it in --columns",
		    s->name, TEXT_ARG(path));
	}
	if (nr > TOLD_MAX)
		tool_warn("sheet '%s': and %zu more fields are left out",
		    s->name, nr - TOLD_MAX);
	if (s->cut > TOLD_MAX)
		tool_warn("sheet '%s': and %zu more texts are cut", s->name,
		    s->cut - TOLD_MAX);
	return nr > 0 || s->cut > 0 ? EXIT_INCOMPLETE : EXIT_DONE;
}

static void
free_sheet(struct sheet_job *s)
{
	columns_free(&s->columns);
	spread_free(s->spread);
	free(s->slot);
	free(s->seen);
}

int
main(int argc, char *argv[])
{
	struct workbook_job job = { 0 };
	struct fault f = { 0 };
	struct ndjson *in;
	struct sheet_job *s;
	char *folder;
	size_t i;
	int status = EXIT_DONE;

	tool_begin(&tool, argc, argv);
	read_options(&job);
	folder = temporary_folder(job.output);
	if ((job.out = xlsx_out_new(folder, &f)) == NULL)
		tool_die(&f);
	job.shape = json_shape_new();
	job.type_slot = json_want(job.shape, "type");
	for (i = 0; i < job.nr; i++)
		open_sheet(&job, &job.sheet[i]);

	in = ndjson_open(tool_operands(), job.shape);
	put_records(&job, in);
	for (i = 0; i < job.nr; i++) {
		s = &job.sheet[i];
		tool_say(
		    "sheet '%s': %zu rows", s->name, xlsx_sheet_rows(s->sheet));
	}
	write_workbook(&job);

	for (i = 0; i < job.nr; i++) {
		if (tell_lost(&job.sheet[i]) != EXIT_DONE ||
		    tell_unseen(&job.sheet[i]) != EXIT_DONE)
			status = EXIT_INCOMPLETE;
		free_sheet(&job.sheet[i]);
	}
	ndjson_free(in);
	xlsx_out_free(job.out);
	json_shape_free(job.shape);
	free(job.sheet);
	free(folder);
	return tool_end(status);
}
