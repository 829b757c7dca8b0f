/*
 * sheets-push - put records into a tab of a Google spreadsheet
 */
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/decimal.h"
#include "base/file.h"
#include "base/json.h"
#include "base/ndjson.h"
#include "base/tool.h"
#include "base/xalloc.h"
#include "google/push.h"
#include "google/session.h"
#include "google/sheets.h"
#include "table/cell.h"
#include "table/columns.h"
#include "table/constant.h"

enum {
	OPT_BASE_URL = 256,
	OPT_CACHE,
	OPT_COLUMNS,
	OPT_DRY_RUN,
	OPT_KEEP,
	OPT_KEEP_KEY,
	OPT_KEY,
	OPT_SPREADSHEET,
	OPT_TAB,
	OPT_TYPE,
	OPT_WHERE,
};

static const struct tool_option options[] = {
	{ OPT_SPREADSHEET, "spreadsheet", "ID",
	    "the spreadsheet, by its id or its URL" },
	{ OPT_TAB, "tab", "NAME", "the tab" },
	{ OPT_COLUMNS, "columns", "LIST",
	    "what goes where, as HEADER=PATH,... or HEADER=\"text\"; @FILE" },
	{ OPT_TYPE, "type", "TYPE", "only records of that type" },
	{ OPT_WHERE, "where", "PATH", "only records that have true there" },
	{ OPT_KEY, "key", "HEADER",
	    "update the rows that have the same there, and add new ones" },
	{ OPT_KEEP, "keep", "LIST",
	    "headers whose cells stay with the row of the same --keep-key" },
	{ OPT_KEEP_KEY, "keep-key", "HEADER", "what tells those rows apart" },
	{ OPT_DRY_RUN, "dry-run", NULL, "show what would change, and end" },
	{ OPT_CACHE, "cache", "DIR", "keep the token of the hour in DIR" },
	{ OPT_BASE_URL, "base-url", "URL", "where the Sheets API answers" },
	{ 0 },
};

static const struct tool tool = {
	.name = "sheets-push",
	.summary = "put records into a tab of a Google spreadsheet",
	.synopsis =
	    "--spreadsheet=ID --tab=NAME --columns=LIST [--type=TYPE] "
	    "[--where=PATH] [--key=HEADER] [--keep=LIST --keep-key=HEADER] "
	    "[--dry-run] [--cache=DIR] [--base-url=URL] FILE...",
	.option = options,
};

struct push_job {
	struct session_conf conf;
	const char *spreadsheet;
	const char *tab;
	const char *type;
	const char *where;
	const char *key;
	const char *keep_key;
	bool dry_run;
	struct columns columns, keep;
	const char **header, **keep_header;
	/* the records, as rows of the columns */
	struct json_shape *shape;
	size_t type_slot, where_slot;
	size_t *slot;	       /* of each column with a path */
	struct cell *constant; /* of each without, else empty */
	bool *found;	       /* some record has it */
	struct arena *arena;
	struct cells *rows;
	/* the tab */
	struct sheets sheets;
	const struct sheets_tab *there;
	struct cells *values;
	struct push *push;
};

static void
read_options(struct push_job *job)
{
	const char *value;
	int c;

	while ((c = tool_option(&value)) != -1)
		switch (c) {
		case OPT_BASE_URL:
			job->conf.base_url = value;
			break;
		case OPT_CACHE:
			job->conf.cache = value;
			break;
		case OPT_COLUMNS:
			tool_parse(
			    "columns", value, columns_replace, &job->columns);
			break;
		case OPT_DRY_RUN:
			job->dry_run = true;
			break;
		case OPT_KEEP:
			tool_parse("keep", value, columns_replace, &job->keep);
			break;
		case OPT_KEEP_KEY:
			job->keep_key = value;
			break;
		case OPT_KEY:
			job->key = value;
			break;
		case OPT_SPREADSHEET:
			job->spreadsheet = value;
			break;
		case OPT_TAB:
			job->tab = value;
			break;
		case OPT_TYPE:
			job->type = value;
			break;
		case OPT_WHERE:
			job->where = value;
			break;
		}
}

static bool
is_given(const struct push_job *job, const char *header)
{
	size_t i;

	for (i = 0; i < job->columns.nr; i++)
		if (strcmp(job->columns.column[i].header, header) == 0)
			return true;
	return false;
}

static void
check_options(const struct push_job *job)
{
	size_t i;

	if (job->spreadsheet == NULL)
		tool_usage("--spreadsheet says which, by its id or its URL");
	if (job->tab == NULL)
		tool_usage("--tab says which of its tabs");
	if (job->columns.nr == 0)
		tool_usage("--columns says what goes where");
	if (job->key != NULL && job->keep.nr > 0)
		tool_usage("--key keeps all that it is not given; leave out "
			   "--keep");
	if ((job->keep.nr > 0) != (job->keep_key != NULL))
		tool_usage("--keep and --keep-key go together");
	if (job->key != NULL && !is_given(job, job->key))
		tool_usage("--key: --columns gives no '%s'", job->key);
	if (job->keep_key != NULL && !is_given(job, job->keep_key))
		tool_usage(
		    "--keep-key: --columns gives no '%s'", job->keep_key);
	for (i = 0; i < job->keep.nr; i++)
		if (is_given(job, job->keep.column[i].header))
			tool_usage("'%s' is both kept and given by --columns",
			    job->keep.column[i].header);
}

/*
 * Records
 */
static void
want_columns(struct push_job *job)
{
	struct columns *c = &job->columns;
	struct fault f = { 0 };
	size_t i;
	int is;

	job->arena = arena_new();
	job->shape = json_shape_new();
	job->type_slot = json_want(job->shape, "type");
	if (job->where != NULL)
		job->where_slot = json_want(job->shape, job->where);
	job->slot = xcalloc(c->nr, sizeof(*job->slot));
	job->constant = xcalloc(c->nr, sizeof(*job->constant));
	job->found = xcalloc(c->nr, sizeof(*job->found));
	job->header = xcalloc(c->nr, sizeof(*job->header));
	job->keep_header = xcalloc(job->keep.nr + 1, sizeof(*job->keep_header));
	for (i = 0; i < c->nr; i++) {
		job->header[i] = c->column[i].header;
		is = constant_of(
		    &c->column[i], job->arena, &job->constant[i], &f);
		if (is == -1)
			tool_usage("--columns: %s", f.text);
		job->found[i] = is == 1;
		if (is == 0)
			job->slot[i] = json_want(job->shape, c->column[i].path);
	}
	for (i = 0; i < job->keep.nr; i++)
		job->keep_header[i] = job->keep.column[i].header;
}

static struct cells_value
value_of(struct cell cell, bool absent)
{
	static const enum cells_kind kinds[] = { [CELL_EMPTY] = CELLS_EMPTY,
		[CELL_TEXT] = CELLS_TEXT,
		[CELL_NUMBER] = CELLS_NUMBER,
		[CELL_TRUE] = CELLS_TRUE,
		[CELL_FALSE] = CELLS_FALSE };
	struct cells_value v = { kinds[cell.kind],
		cell.text.p == NULL ? text_of("") : cell.text };

	/* a sheet would round it */
	if (v.kind == CELLS_NUMBER && !decimal_in_double(v.text))
		v.kind = CELLS_TEXT;
	if (absent)
		v.kind = CELLS_LEAVE;
	return v;
}

static void
add_record(struct push_job *job, const struct record *rec,
    struct cells_value *v, struct fault *f)
{
	struct json_value field;
	size_t i;

	for (i = 0; i < job->columns.nr; i++) {
		if (job->constant[i].kind != CELL_EMPTY) {
			v[i] = value_of(job->constant[i], false);
			continue;
		}
		field = rec->field[job->slot[i]];
		job->found[i] |= field.kind != VALUE_ABSENT;
		v[i] = value_of(
		    cell_of(field, rec->scratch), field.kind == VALUE_ABSENT);
		if (cells_is_too_long(v[i]))
			fault_set(f, FAULT_DATA,
			    "column '%s' has more than %d characters, which is "
			    "all that a cell holds",
			    job->header[i], CELLS_TEXT_MAX);
	}
	cells_add(job->rows, v, job->columns.nr);
}

static bool
is_wanted(const struct push_job *job, const struct record *rec)
{
	return (job->type == NULL ||
		   text_is(record_text(rec, job->type_slot), job->type)) &&
	       (job->where == NULL ||
		   rec->field[job->where_slot].kind == VALUE_TRUE);
}

static void
read_records(struct push_job *job, char **operand)
{
	struct ndjson *in = ndjson_open(operand, job->shape);
	struct cells_value *v = xcalloc(job->columns.nr, sizeof(*v));
	const struct record *rec;
	struct fault f = { 0 };
	size_t i;
	int more;

	job->rows = cells_new();
	while ((more = ndjson_read(in, &rec, &f)) == 1) {
		if (!is_wanted(job, rec))
			continue;
		add_record(job, rec, v, &f);
		if (f.kind != FAULT_NONE) {
			ndjson_blame(in, &f);
			tool_die(&f);
		}
	}
	if (more == -1)
		tool_die(&f);
	ndjson_free(in);
	free(v);
	for (i = 0; i < job->columns.nr && cells_rows(job->rows) > 0; i++)
		if (!job->found[i])
			tool_usage("--columns: no record has '%s', which would "
				   "empty the column '%s'",
			    job->columns.column[i].name, job->header[i]);
}

/*
 * The tab
 */
static int
read_tab(struct push_job *job, struct session *session, struct fault *f)
{
	struct sheets *s = &job->sheets;

	if (sheets_open(s, session, job->spreadsheet, true, f) == -1)
		return -1;
	job->there = sheets_find(s, job->tab, f);
	if (job->there == NULL)
		return -1;
	job->values = cells_new();
	return sheets_read(s, job->there, false, job->values, f);
}

static int
plan(struct push_job *job, struct fault *f)
{
	struct push_conf conf = { .tab = job->tab,
		.there = job->values,
		.header = job->header,
		.nr = job->columns.nr,
		.key = job->key,
		.keep = job->keep_header,
		.keep_nr = job->keep.nr,
		.keep_key = job->keep_key };
	struct cells_value *v = xcalloc(job->columns.nr, sizeof(*v));
	size_t row, i;
	int status = 0;

	job->push = push_new(&conf, f);
	if (job->push == NULL)
		status = -1;
	for (row = 0; status == 0 && row < cells_rows(job->rows); row++) {
		for (i = 0; i < job->columns.nr; i++)
			v[i] = cells_at(job->rows, row, i);
		status = push_row(job->push, v, f);
		if (status == -1)
			fault_prefix(f, "record %zu: ", row + 1);
	}
	free(v);
	return status;
}

/* First what is to be there, then away with what is below it. */
static int
write_tab(struct push_job *job, struct fault *f)
{
	struct buf body;
	int status;

	buf_init(&body, SIZE_MAX / 2);
	status = sheets_grow(&job->sheets, job->there, push_room(job->push), f);
	while (status == 0 && push_write(job->push, &body)) {
		status = sheets_write(&job->sheets, buf_view(&body), f);
		buf_clear(&body);
	}
	if (status == 0 && push_clear(job->push, &body))
		status = sheets_clear(&job->sheets, buf_view(&body), f);
	buf_free(&body);
	return status;
}

static void
put_count(struct buf *b, const char *name, size_t nr)
{
	json_key(b, name);
	json_put_int(b, (int64_t)nr);
}

static void
put_report(struct push_job *job, const struct push_counts *n, struct buf *b)
{
	json_open(b);
	json_key(b, "type");
	json_put_str(b, "sheet_push");
	json_key(b, "spreadsheet");
	json_put_str(b, job->sheets.title);
	json_key(b, "tab");
	json_put_str(b, job->tab);
	put_count(b, "records", cells_rows(job->rows));
	put_count(b, "added", n->added);
	put_count(b, "changed", n->changed);
	put_count(b, "removed", n->removed);
	put_count(b, "same", n->same);
	json_close(b);
	buf_char(b, '\n');
}

static void
say_counts(const struct session *session)
{
	struct http_counts n;

	session_count(session, &n);
	tool_say("%llu requests, %llu of them again, %llu answered 429",
	    (unsigned long long)n.requests, (unsigned long long)n.retries,
	    (unsigned long long)n.limited);
}

/* Do it, or show it; returns the exit status. */
static int
push(struct push_job *job, struct session *session)
{
	struct fault f = { 0 };
	struct push_counts counts;
	struct buf text;

	if (read_tab(job, session, &f) == -1 || plan(job, &f) == -1)
		tool_die(&f);
	buf_init(&text, SIZE_MAX / 2);
	push_count(job->push, &counts);
	if (job->dry_run) {
		push_diff(job->push, &text);
	} else {
		if (write_tab(job, &f) == -1)
			tool_die(&f);
		put_report(job, &counts, &text);
	}
	say_counts(session);
	if (session_notice(session) != NULL)
		tool_warn("%s", session_notice(session));
	if (job->key != NULL && counts.doubled > 0)
		tool_warn("tab '%s': rows whose '%s' stands in a row above: "
			  "%zu; they are left as they are",
		    job->tab, job->key, counts.doubled);
	if (file_write_all(
		STDOUT_FILENO, "standard output", text.p, text.len, &f) == -1)
		tool_die(&f);
	buf_free(&text);
	return job->key != NULL && counts.doubled > 0 ? EXIT_INCOMPLETE
						      : EXIT_DONE;
}

static void
job_free(struct push_job *job)
{
	push_free(job->push);
	cells_free(job->values);
	cells_free(job->rows);
	sheets_free(&job->sheets);
	columns_free(&job->columns);
	columns_free(&job->keep);
	json_shape_free(job->shape);
	arena_free(job->arena);
	free(job->slot);
	free(job->constant);
	free(job->found);
	free(job->header);
	free(job->keep_header);
}

int
main(int argc, char *argv[])
{
	struct push_job job = { 0 };
	struct fault f = { 0 };
	struct session *session = NULL;
	int status = EXIT_DONE;

	tool_begin(&tool, argc, argv);
	session_settings(&job.conf, tool_env);
	job.conf.scope = SESSION_SHEETS;
	job.conf.now = tool_now;
	read_options(&job);
	check_options(&job);
	want_columns(&job);
	read_records(&job, tool_files());
	if (cells_rows(job.rows) == 0) {
		tool_warn("nothing to write: tab '%s' stays as it is", job.tab);
	} else {
		session = session_new(&job.conf, &f);
		if (session == NULL)
			tool_die(&f);
		status = push(&job, session);
	}
	session_free(session);
	job_free(&job);
	return tool_end(status);
}
