/*
 * sheets-fetch - the rows of a Google Sheets tab as records
 */
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/json.h"
#include "base/out.h"
#include "base/tool.h"
#include "google/session.h"
#include "google/sheets.h"
#include "table/columns.h"
#include "table/heading.h"

#define READ_SCOPE SESSION_SHEETS ".readonly"

enum {
	OPT_BASE_URL = 256,
	OPT_CACHE,
	OPT_CHECK,
	OPT_RENAME,
	OPT_SPREADSHEET,
	OPT_TAB,
	OPT_TABS,
	OPT_TEXT,
	OPT_TYPE,
};

static const struct tool_option options[] = {
	{ OPT_SPREADSHEET, "spreadsheet", "ID",
	    "the spreadsheet, by its id or its URL" },
	{ OPT_TAB, "tab", "NAME", "the tab to read; default the first" },
	{ OPT_TYPE, "type", "TYPE", "what the records say in type (row)" },
	{ OPT_RENAME, "rename", "LIST",
	    "other keys, as KEY=HEADER,..., for the headers that are there" },
	{ OPT_TEXT, "text", NULL, "write every value as text" },
	{ OPT_TABS, "tabs", NULL, "list the tabs and read none" },
	{ OPT_CHECK, "check", NULL,
	    "tell whether it can be read, and its tabs" },
	{ OPT_CACHE, "cache", "DIR", "keep the token of the hour in DIR" },
	{ OPT_BASE_URL, "base-url", "URL", "where the Sheets API answers" },
	{ 0 },
};

static const struct tool tool = {
	.name = "sheets-fetch",
	.summary = "the rows of a Google Sheets tab as records",
	.synopsis = "--spreadsheet=ID [--tab=NAME] [--type=TYPE] "
		    "[--rename=LIST] [--text] [--cache=DIR] [--base-url=URL]\n"
		    "--spreadsheet=ID --tabs | --check [--cache=DIR] "
		    "[--base-url=URL]",
	.option = options,
};

struct fetch_job {
	struct session_conf conf;
	const char *spreadsheet;
	const char *tab;
	const char *type;
	struct columns rename;
	bool text, tabs, check;
	struct sheets sheets;
	struct heading *heading;
	struct buf line, plain;
	struct out *out;
};

static void
read_options(struct fetch_job *job)
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
		case OPT_CHECK:
			job->check = true;
			break;
		case OPT_RENAME:
			tool_parse(
			    "rename", value, columns_replace, &job->rename);
			break;
		case OPT_SPREADSHEET:
			job->spreadsheet = value;
			break;
		case OPT_TAB:
			job->tab = value;
			break;
		case OPT_TABS:
			job->tabs = true;
			break;
		case OPT_TEXT:
			job->text = true;
			break;
		case OPT_TYPE:
			job->type = value;
			break;
		}
	if (job->spreadsheet == NULL)
		tool_usage("--spreadsheet says which, by its id or its URL");
	if (tool_operands()[0] != NULL)
		tool_usage("'%s' is too much", tool_operands()[0]);
	if (job->tabs && job->check)
		tool_usage("give --tabs or --check, not both");
	if ((job->tabs || job->check) && job->tab != NULL)
		tool_usage("--tabs and --check are of all tabs");
}

static void
write_line(struct fetch_job *job)
{
	struct fault f = { 0 };

	json_close(&job->line);
	buf_char(&job->line, '\n');
	if (out_write(job->out, job->line.p, job->line.len, &f) == -1)
		tool_die(&f);
	buf_clear(&job->line);
}

/* Begin a record. */
static struct buf *
begin_line(struct fetch_job *job, const char *type)
{
	json_open(&job->line);
	json_key(&job->line, "type");
	json_put_str(&job->line, type);
	return &job->line;
}

static void
list_tabs(struct fetch_job *job)
{
	const struct sheets *s = &job->sheets;
	struct buf *b;
	size_t i;

	for (i = 0; i < s->nr; i++) {
		b = begin_line(job, "tab");
		json_key(b, "name");
		json_put_str(b, s->tab[i].title);
		json_key(b, "position");
		json_put_int(b, (int64_t)i + 1);
		json_key(b, "hidden");
		json_put_bool(b, s->tab[i].hidden);
		json_key(b, "rows");
		json_put_int(b, (int64_t)s->tab[i].rows);
		json_key(b, "columns");
		json_put_int(b, (int64_t)s->tab[i].columns);
		write_line(job);
	}
}

static void
tell_spreadsheet(struct fetch_job *job)
{
	const struct sheets *s = &job->sheets;
	struct buf *b = begin_line(job, "spreadsheet");
	size_t i;

	json_key(b, "id");
	json_put_str(b, s->id);
	json_key(b, "title");
	json_put_str(b, s->title);
	json_key(b, "locale");
	json_put_str(b, s->locale);
	json_key(b, "time_zone");
	json_put_str(b, s->time_zone);
	json_key(b, "tabs");
	json_open_array(b);
	for (i = 0; i < s->nr; i++)
		json_put_str(b, s->tab[i].title);
	json_close_array(b);
	json_key(b, "account");
	json_put_str(b, session_email(s->session));
	write_line(job);
}

static struct text
plain_text(struct fetch_job *job, struct cells_value v)
{
	buf_clear(&job->plain);
	cells_put_plain(&job->plain, v);
	return buf_view(&job->plain);
}

static bool
row_is_empty(const struct cells *cells, size_t row)
{
	size_t i;

	for (i = 0; i < cells_columns(cells); i++)
		if (!cells_is_empty(cells_at(cells, row, i)))
			return false;
	return true;
}

/* Every named column; of the others only what is in it. */
static void
put_row(struct fetch_job *job, const struct cells *cells, size_t row)
{
	struct cells_value v;
	size_t i;

	for (i = 0; i < cells_columns(cells); i++) {
		v = cells_at(cells, row, i);
		if (!heading_named(job->heading, i) && cells_is_empty(v))
			continue;
		json_key_text(&job->line, heading_key(job->heading, i));
		if (job->text && !cells_is_empty(v))
			json_put_text(&job->line, plain_text(job, v));
		else
			cells_put_json(&job->line, v);
	}
}

static void
read_header(struct fetch_job *job, const struct cells *cells)
{
	size_t i;

	heading_reserve(job->heading, "type");
	heading_rename(job->heading, &job->rename);
	for (i = 0; i < cells_columns(cells); i++)
		heading_add(
		    job->heading, plain_text(job, cells_at(cells, 0, i)));
}

static void
fetch_rows(struct fetch_job *job)
{
	struct cells *cells = cells_new();
	const struct sheets_tab *tab = job->sheets.tab;
	struct fault f = { 0 };
	size_t row, nr = 0;

	if (job->tab != NULL)
		tab = sheets_find(&job->sheets, job->tab, &f);
	if (tab == NULL ||
	    sheets_read(&job->sheets, tab, true, cells, &f) == -1)
		tool_die(&f);
	read_header(job, cells);
	for (row = 1; row < cells_rows(cells); row++) {
		if (row_is_empty(cells, row))
			continue;
		begin_line(job, job->type);
		put_row(job, cells, row);
		write_line(job);
		nr++;
	}
	tool_say("%s, tab '%s': %zu rows", job->sheets.title, tab->title, nr);
	cells_free(cells);
}

int
main(int argc, char *argv[])
{
	struct fetch_job job = { .type = "row" };
	struct fault f = { 0 };
	struct session *session;

	tool_begin(&tool, argc, argv);
	session_settings(&job.conf, tool_env);
	job.conf.scope = READ_SCOPE;
	job.conf.now = tool_now;
	read_options(&job);
	session = session_new(&job.conf, &f);
	if (session == NULL ||
	    sheets_open(&job.sheets, session, job.spreadsheet, false, &f) == -1)
		tool_die(&f);
	job.heading = heading_new();
	job.out = out_new(STDOUT_FILENO, "standard output");
	buf_init(&job.line, SIZE_MAX / 2);
	buf_init(&job.plain, SIZE_MAX / 2);
	if (job.tabs)
		list_tabs(&job);
	else if (job.check)
		tell_spreadsheet(&job);
	else
		fetch_rows(&job);
	if (session_notice(session) != NULL)
		tool_warn("%s", session_notice(session));
	if (out_flush(job.out, &f) == -1)
		tool_die(&f);

	sheets_free(&job.sheets);
	session_free(session);
	heading_free(job.heading);
	columns_free(&job.rename);
	buf_free(&job.line);
	buf_free(&job.plain);
	out_free(job.out);
	return tool_end(EXIT_DONE);
}
