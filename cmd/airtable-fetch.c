/*
 * airtable-fetch - the records of an Airtable table
 */
#include <stdint.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "airtable/pull.h"
#include "airtable/fetched.h"
#include "base/out.h"
#include "base/sink.h"
#include "base/tool.h"
#include "base/xalloc.h"
#include "table/columns.h"

#define LINES_MAX  ((size_t)1 << 31)
#define REPORT_MAX ((size_t)1 << 16)

enum {
	OPT_BASE = 256,
	OPT_BASE_URL,
	OPT_FIELDS,
	OPT_MAX_WAIT,
	OPT_REPORT,
	OPT_TABLE,
	OPT_TYPE,
	OPT_VIEW,
	OPT_WHERE,
};

static const struct tool_option options[] = {
	{ OPT_BASE, "base", "ID", "the base; default AIRTABLE_BASE" },
	{ OPT_TABLE, "table", "NAME", "the table, by its name or id" },
	{ OPT_FIELDS, "fields", "LIST",
	    "only these, as KEY=FIELD,..., null where empty; @FILE" },
	{ OPT_TYPE, "type", "TYPE", "what the records say in type (record)" },
	{ OPT_WHERE, "where", "FORMULA",
	    "only records of which that formula of Airtable is true" },
	{ OPT_VIEW, "view", "NAME", "only those of that view, in its order" },
	{ OPT_REPORT, "report", "FILE",
	    "write what was and was not fetched to FILE, or a descriptor" },
	{ OPT_MAX_WAIT, "max-wait", "SECONDS",
	    "give up when Airtable asks to wait longer (120)" },
	{ OPT_BASE_URL, "base-url", "URL", "where Airtable answers" },
	{ 0 },
};

static const struct tool tool = {
	.name = "airtable-fetch",
	.summary = "the records of an Airtable table",
	.synopsis = "--table=NAME [--base=ID] [--fields=LIST] [--type=TYPE] "
		    "[--where=FORMULA] [--view=NAME] [--report=FILE] "
		    "[--max-wait=SECONDS] [--base-url=URL]",
	.option = options,
};

struct fetch_job {
	struct api_conf api;
	struct pull listing;
	struct columns columns;
	const char **field; /* of the columns, NULL-terminated */
	struct fetched_key *key;
	const char *type, *report;
	struct fetched *rows;
	struct timespec began;
};

static void
read_fields(struct fetch_job *job, const char *value)
{
	size_t i;

	tool_parse("fields", value, columns_replace, &job->columns);
	free(job->field);
	job->field = xcalloc(job->columns.nr + 1, sizeof(*job->field));
	free(job->key);
	job->key = xcalloc(job->columns.nr, sizeof(*job->key));
	for (i = 0; i < job->columns.nr; i++) {
		job->field[i] = job->columns.column[i].name;
		if (fetched_reserves(job->columns.column[i].header))
			tool_usage("--fields: every record has '%s' already",
			    job->columns.column[i].header);
		job->key[i] =
		    (struct fetched_key){ job->columns.column[i].header,
			    job->field[i] };
	}
	job->listing.field = job->field;
}

static void
read_options(struct fetch_job *job)
{
	const char *value;
	int c;

	while ((c = tool_option(&value)) != -1)
		switch (c) {
		case OPT_BASE:
			job->api.base = value;
			break;
		case OPT_BASE_URL:
			job->api.base_url = value;
			break;
		case OPT_FIELDS:
			read_fields(job, value);
			break;
		case OPT_MAX_WAIT:
			job->api.max_wait_s =
			    (unsigned)tool_number("max-wait", value, 1, 86400);
			break;
		case OPT_REPORT:
			job->report = value;
			break;
		case OPT_TABLE:
			job->listing.table = value;
			break;
		case OPT_TYPE:
			job->type = value;
			break;
		case OPT_VIEW:
			job->listing.view = value;
			break;
		case OPT_WHERE:
			job->listing.formula = value;
			break;
		}
	if (job->listing.table == NULL || *job->listing.table == '\0')
		tool_usage("--table says which table, by its name or id");
	if (tool_operands()[0] != NULL)
		tool_usage("'%s' is too much", tool_operands()[0]);
}

static double
seconds_since(const struct timespec *began)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)(now.tv_sec - began->tv_sec) +
	       (double)(now.tv_nsec - began->tv_nsec) / 1e9;
}

static void
write_report(const struct fetch_job *job, const struct api *api,
    const struct pull_counts *n, const char *reason, struct sink *sink)
{
	struct fetched_report r = { .table = job->listing.table,
		.listing = n,
		.http = api_counts(api),
		.reason = reason,
		.seconds = seconds_since(&job->began) };
	struct fault f = { 0 };
	struct buf b;

	if (sink == NULL)
		return;
	buf_init(&b, REPORT_MAX);
	fetched_report(job->rows, &r, &b);
	if (sink_put(sink, buf_view(&b), &f) == -1)
		tool_die(&f);
	buf_free(&b);
}

static void
write_rows(const struct fetched *rows)
{
	struct out *out = out_new(STDOUT_FILENO, "standard output");
	struct text lines = fetched_lines(rows);
	struct fault f = { 0 };

	if (out_write(out, lines.p, lines.len, &f) == -1 ||
	    out_flush(out, &f) == -1)
		tool_die(&f);
	out_free(out);
}

int
main(int argc, char *argv[])
{
	struct fetch_job job = { .type = "record" };
	struct fault f = { 0 };
	struct pull_counts counts;
	struct sink *report = NULL;
	struct api *api;
	int status;

	tool_begin(&tool, argc, argv);
	clock_gettime(CLOCK_MONOTONIC, &job.began);
	api_settings(&job.api, tool_env);
	read_options(&job);
	api = api_new(&job.api, &f);
	if (api == NULL || (job.report != NULL &&
			       (report = sink_open(job.report, &f)) == NULL))
		tool_die(&f);

	job.rows = fetched_new(job.type, job.key, job.columns.nr, LINES_MAX);
	job.listing.arg = job.rows;
	job.listing.begin = fetched_begin;
	job.listing.record = fetched_add;
	status = pull_read(api, &job.listing, &counts, &f);
	if (status == 0)
		status = fetched_check(job.rows, &f);
	write_report(&job, api, &counts, status == 0 ? NULL : f.text, report);
	if (status == -1)
		tool_die(&f);
	write_rows(job.rows);
	tool_say("%llu records; %llu requests, %llu of them again, %llu "
		 "answered 429; %u restarts",
	    (unsigned long long)counts.received,
	    (unsigned long long)api_counts(api)->requests,
	    (unsigned long long)api_counts(api)->retries,
	    (unsigned long long)api_counts(api)->limited, counts.restarts);

	fetched_free(job.rows);
	api_free(api);
	columns_free(&job.columns);
	free(job.field);
	free(job.key);
	return tool_end(EXIT_DONE);
}
