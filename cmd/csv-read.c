/*
 * csv-read - the rows of a CSV file as records
 */
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/csv_in.h"
#include "base/json.h"
#include "base/out.h"
#include "base/tool.h"
#include "base/xalloc.h"
#include "table/columns.h"
#include "table/heading.h"

#define TOLD_MAX 10 /* rows left out that are named */

enum {
	OPT_COLUMNS = 256,
	OPT_DELIMITER,
	OPT_RENAME,
	OPT_TYPE,
};

static const struct tool_option options[] = {
	{ OPT_TYPE, "type", "TYPE", "what the records say in type" },
	{ OPT_COLUMNS, "columns", "LIST",
	    "only these, as KEY=HEADER,...; @FILE reads them from a file" },
	{ OPT_RENAME, "rename", "LIST",
	    "other keys, as KEY=HEADER,..., for the headers that are there" },
	{ OPT_DELIMITER, "delimiter", "CHARACTER",
	    "what is between the cells; default a comma, tab for a tab" },
	{ 0 },
};

static const struct tool tool = {
	.name = "csv-read",
	.summary = "the rows of a CSV file as records",
	.synopsis = "[--type=TYPE] [--columns=LIST] [--rename=LIST] "
		    "[--delimiter=CHARACTER] [FILE]",
	.option = options,
};

struct read_job {
	const char *type; /* NULL: none */
	struct columns columns;
	struct columns rename;
	char delimiter;
	const char *name; /* of the file */
	struct csv_in *in;
	struct heading *heading;
	size_t *from; /* the file's column of each of columns */
	struct buf row;
	struct out *out;
	uint64_t written, left_out;
};

static char
read_delimiter(const char *value)
{
	unsigned char c = (unsigned char)value[0];

	if (strcmp(value, "tab") == 0)
		return '\t';
	if (c == '\0' || value[1] != '\0' || c > 0x7e || c == '"' ||
	    (c < 0x20 && c != '\t'))
		tool_usage(
		    "--delimiter is one character or tab, not '%s'", value);
	return (char)c;
}

static void
read_options(struct read_job *job)
{
	const char *value;
	size_t i;
	int c;

	job->delimiter = ',';
	while ((c = tool_option(&value)) != -1)
		switch (c) {
		case OPT_COLUMNS:
			tool_parse(
			    "columns", value, columns_replace, &job->columns);
			break;
		case OPT_DELIMITER:
			job->delimiter = read_delimiter(value);
			break;
		case OPT_RENAME:
			tool_parse(
			    "rename", value, columns_replace, &job->rename);
			break;
		case OPT_TYPE:
			job->type = value;
			break;
		}
	for (i = 0; job->type != NULL && i < job->columns.nr; i++)
		if (strcmp(job->columns.column[i].header, "type") == 0)
			tool_usage("--type and a column 'type' exclude each "
				   "other; give the column another key");
	if (job->columns.nr > 0 && job->rename.nr > 0)
		tool_usage("--columns gives keys already; leave out --rename");
}

static void
read_header(struct read_job *job)
{
	const struct text *cell;
	struct fault f = { 0 };
	uint64_t line;
	size_t nr, i;
	int more;

	if (job->type != NULL)
		heading_reserve(job->heading, "type");
	heading_rename(job->heading, &job->rename);
	more = csv_in_row(job->in, &cell, &nr, &line, &f);
	if (more == 0)
		fault_set(&f, FAULT_DATA, "%s: is empty: it has no header",
		    job->name);
	if (more != 1)
		tool_die(&f);
	for (i = 0; i < nr; i++)
		heading_add(
		    job->heading, cell[i].p == NULL ? text_of("") : cell[i]);
}

static void
write_row(struct read_job *job, const struct text *cell, size_t nr)
{
	struct fault f = { 0 };
	size_t i;

	buf_clear(&job->row);
	json_open(&job->row);
	if (job->type != NULL) {
		json_key(&job->row, "type");
		json_put_str(&job->row, job->type);
	}
	for (i = 0; job->columns.nr == 0 && i < nr; i++) {
		if (!heading_named(job->heading, i) && cell[i].p == NULL)
			continue;
		json_key_text(&job->row, heading_key(job->heading, i));
		json_put_text(&job->row, cell[i]);
	}
	for (i = 0; i < job->columns.nr; i++) {
		json_key(&job->row, job->columns.column[i].header);
		json_put_text(&job->row, cell[job->from[i]]);
	}
	json_close(&job->row);
	if (out_line(job->out, buf_view(&job->row), &f) == -1)
		tool_die(&f);
	job->written++;
}

static void
read_rows(struct read_job *job)
{
	size_t nr, columns = heading_columns(job->heading);
	const struct text *cell;
	struct fault f = { 0 };
	uint64_t line;
	int more;

	while ((more = csv_in_row(job->in, &cell, &nr, &line, &f)) == 1) {
		if (nr == columns)
			write_row(job, cell, nr);
		else if (++job->left_out <= TOLD_MAX)
			tool_warn("%s:%llu: row left out: it has %zu cells, "
				  "the header has %zu",
			    job->name, (unsigned long long)line, nr, columns);
		tool_progress("%llu rows", (unsigned long long)job->written);
	}
	if (more == -1)
		tool_die(&f);
	if (job->left_out > TOLD_MAX)
		tool_warn("%s: and %llu more rows left out", job->name,
		    (unsigned long long)(job->left_out - TOLD_MAX));
	tool_say("%llu rows written", (unsigned long long)job->written);
}

int
main(int argc, char *argv[])
{
	struct read_job job = { 0 };
	struct fault f = { 0 };
	int fd;

	tool_begin(&tool, argc, argv);
	read_options(&job);
	fd = tool_open_operand(&job.name);
	job.in = csv_in_new(fd, job.name, job.delimiter);
	job.heading = heading_new();
	job.out = out_new(STDOUT_FILENO, "standard output");
	buf_init(&job.row, SIZE_MAX / 2);
	read_header(&job);
	job.from = xcalloc(job.columns.nr, sizeof(*job.from));
	if (heading_choose(job.heading, &job.columns, job.name, job.from, &f) ==
	    -1)
		tool_die(&f);
	read_rows(&job);
	if (out_flush(job.out, &f) == -1)
		tool_die(&f);

	csv_in_free(job.in);
	heading_free(job.heading);
	columns_free(&job.columns);
	columns_free(&job.rename);
	free(job.from);
	buf_free(&job.row);
	out_free(job.out);
	return tool_end(job.left_out > 0 ? EXIT_INCOMPLETE : EXIT_DONE);
}
