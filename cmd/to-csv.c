/*
 * to-csv - write records as a CSV file
 */
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/csv_out.h"
#include "base/ndjson.h"
#include "base/out.h"
#include "base/tool.h"
#include "base/xalloc.h"
#include "table/cell.h"
#include "table/columns.h"
#include "table/spread.h"

#define TOLD_MAX 10 /* lost fields that are named */

enum {
	OPT_BOM = 256,
	OPT_COLUMNS,
	OPT_CRLF,
	OPT_DELIMITER,
	OPT_GUARD,
	OPT_NO_HEADER,
	OPT_TYPE,
};

static const struct tool_option options[] = {
	{ OPT_COLUMNS, "columns", "LIST",
	    "the columns, as HEADER=PATH,...; @FILE reads them from a file" },
	{ OPT_TYPE, "type", "TYPE", "only records of that type" },
	{ OPT_DELIMITER, "delimiter", "CHAR",
	    "what separates fields: a character, or tab; default comma" },
	{ OPT_NO_HEADER, "no-header", NULL, "leave out the header" },
	{ OPT_CRLF, "crlf", NULL, "end rows with CR LF" },
	{ OPT_BOM, "bom", NULL,
	    "start with the mark by which Excel knows UTF-8" },
	{ OPT_GUARD, "guard", NULL,
	    "put a ' before text that a spreadsheet would compute" },
	{ 0 },
};

static const struct tool tool = {
	.name = "to-csv",
	.summary = "write records as a CSV file",
	.synopsis = "[--columns=LIST] [--type=TYPE] [--delimiter=CHAR] "
		    "[--no-header] [--crlf] [--bom] [--guard] [FILE...]",
	.option = options,
};

struct csv_job {
	const char *type; /* NULL: records of any type */
	struct columns columns;
	struct spread *spread; /* when no columns are named */
	bool header;	       /* one is to be written */
	struct json_shape *shape;
	size_t type_slot;
	size_t *slot; /* of each column */
	bool *seen;   /* a record had it, be it null */
	struct buf row;
	struct csv_out csv;
	struct out *out;
};

static char
delimiter_of(const char *value)
{
	if (strcmp(value, "tab") == 0)
		return '\t';
	if (strlen(value) != 1 || strchr("\"\r\n'=+-@", value[0]) != NULL ||
	    (unsigned char)value[0] >= 0x80)
		tool_usage(
		    "--delimiter takes a character such as ; or the word tab, "
		    "not '%s'",
		    value);
	return value[0];
}

static void
want_columns(struct csv_job *job)
{
	size_t i;

	job->shape = json_shape_new();
	job->type_slot = json_want(job->shape, "type");
	job->slot = xcalloc(job->columns.nr, sizeof(*job->slot));
	job->seen = xcalloc(job->columns.nr, sizeof(*job->seen));
	for (i = 0; i < job->columns.nr; i++)
		job->slot[i] =
		    json_want(job->shape, job->columns.column[i].path);
}

static void
write_row(struct csv_job *job)
{
	struct fault f = { 0 };

	csv_row(&job->csv);
	if (out_write(job->out, job->row.p, job->row.len, &f) == -1)
		tool_die(&f);
	buf_clear(&job->row);
}

static void
write_header(struct csv_job *job)
{
	size_t i;

	job->header = false;
	for (i = 0; i < job->columns.nr; i++)
		csv_field(
		    &job->csv, text_of(job->columns.column[i].header), true);
	if (job->spread != NULL)
		for (i = 0; i < spread_columns(job->spread); i++)
			csv_field(
			    &job->csv, spread_header(job->spread, i), true);
	write_row(job);
}

static void
put_value(struct csv_job *job, struct json_value v, struct arena *scratch)
{
	struct cell cell = cell_of(v, scratch);

	csv_field(&job->csv, cell.text, cell.kind == CELL_TEXT);
}

static void
write_record(struct csv_job *job, const struct record *rec)
{
	const struct json_value *value;
	size_t i;

	if (job->spread == NULL) {
		for (i = 0; i < job->columns.nr; i++) {
			value = &rec->field[job->slot[i]];
			job->seen[i] |= value->kind != VALUE_ABSENT;
			put_value(job, *value, rec->scratch);
		}
	} else {
		value = spread_record(job->spread, rec->line, rec->scratch);
		if (job->header)
			write_header(job);
		for (i = 0; i < spread_columns(job->spread); i++)
			put_value(job, value[i], rec->scratch);
	}
	write_row(job);
}

/* Returns the rows written. */
static uint64_t
write_records(struct csv_job *job, struct ndjson *in)
{
	const struct record *rec;
	struct fault f = { 0 };
	uint64_t nr = 0;
	int more;

	while ((more = ndjson_read(in, &rec, &f)) == 1) {
		if (job->type != NULL &&
		    !text_is(record_text(rec, job->type_slot), job->type))
			continue;
		write_record(job, rec);
		nr++;
	}
	if (more == -1)
		tool_die(&f);
	return nr;
}

/* Tell which fields had no column; returns the exit status. */
static int
tell_lost(const struct spread *spread)
{
	size_t i, nr = spread == NULL ? 0 : spread_lost(spread);
	struct text path;

	for (i = 0; i < nr && i < TOLD_MAX; i++) {
		path = spread_lost_path(spread, i);
		tool_warn("field '%.*s' is left out: the first record has no "
			  "such field; name it in --columns",
		    TEXT_ARG(path));
	}
	if (nr > TOLD_MAX)
		tool_warn("and %zu more fields are left out", nr - TOLD_MAX);
	return nr > 0 ? EXIT_INCOMPLETE : EXIT_DONE;
}

/* Tell which columns no record had; returns the exit status. */
static int
tell_unseen(const struct csv_job *job)
{
	int status = EXIT_DONE;
	size_t i;

	for (i = 0; i < job->columns.nr; i++)
		if (!job->seen[i]) {
			tool_warn("no record has '%s'; its column is empty",
			    job->columns.column[i].name);
			status = EXIT_INCOMPLETE;
		}
	return status;
}

int
main(int argc, char *argv[])
{
	struct csv_job job = { .header = true, .csv.delimiter = ',' };
	struct fault f = { 0 };
	struct ndjson *in;
	const char *value;
	uint64_t nr;
	bool bom = false;
	int c, status;

	tool_begin(&tool, argc, argv);
	while ((c = tool_option(&value)) != -1)
		switch (c) {
		case OPT_BOM:
			bom = true;
			break;
		case OPT_COLUMNS:
			tool_parse(
			    "columns", value, columns_replace, &job.columns);
			break;
		case OPT_CRLF:
			job.csv.crlf = true;
			break;
		case OPT_DELIMITER:
			job.csv.delimiter = delimiter_of(value);
			break;
		case OPT_GUARD:
			job.csv.guard = true;
			break;
		case OPT_NO_HEADER:
			job.header = false;
			break;
		case OPT_TYPE:
			job.type = value;
			break;
		}

	if (job.columns.nr == 0)
		job.spread = spread_new();
	want_columns(&job);
	buf_init(&job.row, SIZE_MAX / 2);
	job.csv.to = &job.row;
	job.out = out_new(STDOUT_FILENO, "standard output");
	in = ndjson_open(tool_operands(), job.shape);
	ndjson_tie(in, job.out);
	if (bom)
		buf_str(&job.row, "\xef\xbb\xbf");
	if (job.header && job.spread == NULL)
		write_header(&job);
	nr = write_records(&job, in);
	if (out_flush(job.out, &f) == -1)
		tool_die(&f);
	tool_say("%llu records read, %llu rows written",
	    (unsigned long long)ndjson_count(in), (unsigned long long)nr);

	status = tell_lost(job.spread);
	if (nr > 0 && tell_unseen(&job) != EXIT_DONE)
		status = EXIT_INCOMPLETE;
	ndjson_free(in);
	out_free(job.out);
	buf_free(&job.row);
	free(job.slot);
	free(job.seen);
	json_shape_free(job.shape);
	spread_free(job.spread);
	columns_free(&job.columns);
	return tool_end(status);
}
