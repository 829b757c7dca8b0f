/*
 * airtable-fetch - the records of an Airtable table
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "airtable/fetched.h"
#include "base/out.h"
#include "base/sink.h"
#include "base/tool.h"
#include "base/xalloc.h"
#include "table/columns.h"

#define CELL_MAX   80 /* bytes of one, in a message */
#define LINES_MAX  ((size_t)1 << 31)
#define REPORT_MAX ((size_t)1 << 16)

enum {
	OPT_BASE = 256,
	OPT_BASE_URL,
	OPT_FIELDS,
	OPT_MAX_WAIT,
	OPT_REPORT,
	OPT_RESOLVE,
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
	{ OPT_RESOLVE, "resolve", "RULE",
	    "linked records by what they are called: KEY=TABLE:FIELD[<LIST]" },
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
	.synopsis = "--table=NAME [--base=ID] [--fields=LIST] "
		    "[--resolve=RULE] [--type=TYPE] "
		    "[--where=FORMULA] [--view=NAME] [--report=FILE] "
		    "[--max-wait=SECONDS] [--base-url=URL]",
	.option = options,
};

struct fetch_job {
	struct api_conf api;
	struct pull listing;
	struct fetched_conf rows_conf;
	struct columns columns;
	struct family_key *key;
	const char **field; /* of the keys, NULL-terminated */
	struct resolve **resolve;
	size_t nr_resolve;
	const char *report;
	struct fetched *rows;
};

static void
add_rule(struct fetch_job *job, const char *value)
{
	struct fault f = { 0 };
	struct resolve *rule = resolve_new(value, &f);
	size_t i;

	if (rule == NULL)
		tool_usage("--resolve: %s", f.text);
	for (i = 0; i < job->nr_resolve; i++)
		if (strcmp(resolve_key(job->resolve[i]), resolve_key(rule)) ==
		    0)
			tool_usage("--resolve: '%s' is there twice",
			    resolve_key(rule));
	job->resolve = xreallocarray(
	    job->resolve, job->nr_resolve + 1, sizeof(struct resolve *));
	job->resolve[job->nr_resolve++] = rule;
}

/* Whether it is for a rule that looks into another table alone. */
static bool
is_listed(const struct fetch_job *job, const char *key)
{
	size_t i;

	for (i = 0; i < job->nr_resolve; i++)
		if (resolve_by_list(job->resolve[i]) &&
		    strcmp(resolve_key(job->resolve[i]), key) == 0)
			return true;
	return false;
}

static size_t
read_columns(const struct fetch_job *job, const struct family *family,
    struct family_key *key)
{
	const struct column *column = job->columns.column;
	size_t i;

	for (i = 0; i < job->columns.nr; i++)
		key[i] = (struct family_key){ column[i].header, column[i].name,
			family_form(family, column[i].header) };
	return job->columns.nr;
}

/* Those of --fields, else the usual ones of the family, else all. */
static void
choose_fields(struct fetch_job *job)
{
	const struct family *family = family_of(job->rows_conf.type);
	size_t i, nr, asked = 0;

	job->key = xcalloc(job->columns.nr + FAMILY_KEYS, sizeof(*job->key));
	nr = job->columns.nr == 0 ? family_usual(family, job->key)
				  : read_columns(job, family, job->key);
	job->field = xcalloc(nr + 1, sizeof(*job->field));
	for (i = 0; i < nr; i++) {
		if (fetched_reserves(job->rows_conf.type, job->key[i].key))
			tool_usage("--fields: every record has '%s' already",
			    job->key[i].key);
		if (!is_listed(job, job->key[i].key))
			job->field[asked++] = job->key[i].field;
	}
	job->rows_conf.key = job->key;
	job->rows_conf.nr = nr;
	job->rows_conf.resolve = job->resolve;
	job->rows_conf.nr_resolve = job->nr_resolve;
	job->listing.field = nr == 0 ? NULL : job->field;
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
			tool_parse(
			    "fields", value, columns_replace, &job->columns);
			break;
		case OPT_MAX_WAIT:
			job->api.max_wait_s =
			    (unsigned)tool_number("max-wait", value, 1, 86400);
			break;
		case OPT_REPORT:
			job->report = value;
			break;
		case OPT_RESOLVE:
			add_rule(job, value);
			break;
		case OPT_TABLE:
			job->listing.table = value;
			break;
		case OPT_TYPE:
			job->rows_conf.type = value;
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
	choose_fields(job);
}

static void
tell_cell(const char *id, const char *field, struct text cell)
{
	int len = cell.len > CELL_MAX ? CELL_MAX : (int)cell.len;

	tool_warn("record %s: field '%s': this cannot be read, and is null: "
		  "%.*s",
	    id, field, len, cell.p);
}

/* The other tables first, then the one. */
static int
fetch(struct fetch_job *job, struct api *api, struct pull_counts *n,
    struct fault *f)
{
	size_t i;

	*n = (struct pull_counts){ 0 };
	for (i = 0; i < job->nr_resolve; i++)
		if (resolve_pull(job->resolve[i], api, f) == -1)
			return -1;
	if (pull_read(api, &job->listing, n, f) == -1)
		return -1;
	return fetched_check(job->rows, f);
}

static void
write_report(const struct fetch_job *job, const struct api *api,
    const struct pull_counts *n, const char *reason, struct sink *sink)
{
	struct fetched_report r = { .table = job->listing.table,
		.listing = n,
		.http = api_counts(api),
		.reason = reason,
		.seconds = tool_seconds() };
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

static void
say_counts(const struct api *api, const struct pull_counts *n)
{
	if (api_alone(api) != NULL)
		tool_say("the pace is not kept with other processes: %s",
		    api_alone(api));
	tool_say("%llu records; %llu requests, %llu of them again, %llu "
		 "answered 429; %u restarts",
	    (unsigned long long)n->received,
	    (unsigned long long)api_counts(api)->requests,
	    (unsigned long long)api_counts(api)->retries,
	    (unsigned long long)api_counts(api)->limited, n->restarts);
}

static void
job_free(struct fetch_job *job)
{
	size_t i;

	for (i = 0; i < job->nr_resolve; i++)
		resolve_free(job->resolve[i]);
	free(job->resolve);
	fetched_free(job->rows);
	columns_free(&job->columns);
	free(job->field);
	free(job->key);
}

int
main(int argc, char *argv[])
{
	struct fetch_job job = { .rows_conf = { .type = "record",
				     .max = LINES_MAX,
				     .tell = tell_cell } };
	struct fault f = { 0 };
	struct pull_counts counts;
	struct sink *report = NULL;
	struct api *api;
	uint64_t lost;
	int status;

	tool_begin(&tool, argc, argv);
	api_settings(&job.api, tool_env);
	read_options(&job);
	api = api_new(&job.api, &f);
	if (api == NULL || (job.report != NULL &&
			       (report = sink_open(job.report, &f)) == NULL))
		tool_die(&f);

	job.rows = fetched_new(&job.rows_conf);
	job.listing.arg = job.rows;
	job.listing.begin = fetched_begin;
	job.listing.record = fetched_add;
	status = fetch(&job, api, &counts, &f);
	write_report(&job, api, &counts, status == 0 ? NULL : f.text, report);
	if (status == -1)
		tool_die(&f);
	write_rows(job.rows);
	lost = fetched_unresolved(job.rows);
	if (lost > 0)
		tool_warn("%llu links lead to no record that has a name",
		    (unsigned long long)lost);
	say_counts(api, &counts);
	status = lost > 0 || fetched_unreadable(job.rows) > 0 ? EXIT_INCOMPLETE
							      : EXIT_DONE;

	api_free(api);
	job_free(&job);
	return tool_end(status);
}
