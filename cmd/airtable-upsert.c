/*
 * airtable-upsert - put records into an Airtable table, each once
 */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "airtable/row.h"
#include "airtable/store.h"
#include "base/config.h"
#include "base/file.h"
#include "base/sink.h"
#include "base/tool.h"
#include "base/xalloc.h"
#include "chatters/settings.h"
#include "match/name.h"
#include "table/columns.h"

#define BODIES_MAX ((size_t)1 << 31)
#define REPORT_MAX ((size_t)64 << 20)

enum {
	OPT_BASE = 256,
	OPT_BASE_URL,
	OPT_CONFIG,
	OPT_DROP_UNKNOWN,
	OPT_DRY_RUN,
	OPT_FIELDS,
	OPT_KEY,
	OPT_MAX_WAIT,
	OPT_MODE,
	OPT_REPORT,
	OPT_TABLE,
	OPT_TYPE,
	OPT_TYPECAST,
};

static const struct tool_option options[] = {
	{ OPT_BASE, "base", "ID", "the base; default AIRTABLE_BASE" },
	{ OPT_TABLE, "table", "NAME", "the table, by its name or id" },
	{ OPT_MODE, "mode", "MODE",
	    "skip what is there, upsert it, or create all (skip)" },
	{ OPT_TYPE, "type", "TYPE", "only records of that type (chatter_day)" },
	{ OPT_FIELDS, "fields", "LIST",
	    "what goes where, KEY=FIELD,...; @FILE" },
	{ OPT_KEY, "key", "LIST",
	    "the keys that tell records apart, up to 3 (name,date)" },
	{ OPT_CONFIG, "config", "FILE",
	    "settings, of which teams have their names" },
	{ OPT_TYPECAST, "typecast", NULL,
	    "let Airtable make new choices, and numbers of texts" },
	{ OPT_DROP_UNKNOWN, "drop-unknown", NULL,
	    "leave out fields that the table does not have" },
	{ OPT_DRY_RUN, "dry-run", NULL,
	    "write what would be sent, and send nothing" },
	{ OPT_REPORT, "report", "FILE",
	    "write what was done and what failed to FILE, or a descriptor" },
	{ OPT_MAX_WAIT, "max-wait", "SECONDS",
	    "give up when Airtable asks to wait longer (120)" },
	{ OPT_BASE_URL, "base-url", "URL", "where Airtable answers" },
	{ 0 },
};

static const struct tool tool = {
	.name = "airtable-upsert",
	.summary = "put records into an Airtable table, each once",
	.synopsis = "--table=NAME [--base=ID] [--mode=MODE] [--type=TYPE] "
		    "[--fields=LIST] [--key=LIST] [--config=FILE] [--typecast] "
		    "[--drop-unknown] [--dry-run] [--report=FILE] "
		    "[--max-wait=SECONDS] [--base-url=URL] FILE...",
	.option = options,
};

struct job {
	struct api_conf api;
	struct store_conf store;
	struct row_conf row;
	struct columns columns, key;
	struct family_key keys[FAMILY_KEYS], *own_keys;
	const char **field; /* of the keys */
	struct chatters_settings settings;
	bool has_settings, dry_run;
	const char *report;
	struct buf failed; /* records of what was left out */
};

static enum store_mode
read_mode(const char *value)
{
	int i;

	for (i = 0; i < STORE_MODES; i++)
		if (strcmp(value, store_mode_name[i]) == 0)
			return (enum store_mode)i;
	tool_usage("--mode is skip, upsert or create, not '%s'", value);
}

static int
parse_settings(void *settings, struct text file, struct fault *f)
{
	return chatters_settings_parse(settings, file, f);
}

static void
read_option(struct job *job, int c, const char *value)
{
	switch (c) {
	case OPT_BASE:
		job->api.base = value;
		break;
	case OPT_BASE_URL:
		job->api.base_url = value;
		break;
	case OPT_CONFIG:
		config_read(value, parse_settings, &job->settings);
		job->has_settings = true;
		break;
	case OPT_DROP_UNKNOWN:
		job->store.drop_unknown = true;
		break;
	case OPT_DRY_RUN:
		job->dry_run = true;
		break;
	case OPT_FIELDS:
		tool_parse("fields", value, columns_replace, &job->columns);
		break;
	case OPT_KEY:
		tool_parse("key", value, columns_replace, &job->key);
		break;
	case OPT_MAX_WAIT:
		job->api.max_wait_s =
		    (unsigned)tool_number("max-wait", value, 1, 86400);
		break;
	case OPT_MODE:
		job->store.mode = read_mode(value);
		break;
	case OPT_REPORT:
		job->report = value;
		break;
	case OPT_TABLE:
		job->store.table = value;
		break;
	case OPT_TYPE:
		job->row.type = value;
		break;
	case OPT_TYPECAST:
		job->store.typecast = true;
		break;
	}
}

/*
 * What goes where
 */
static void
choose_fields(struct job *job)
{
	const struct family *family = family_of(job->row.type);
	size_t i, nr = job->columns.nr;

	job->row.key = job->keys;
	if (nr == 0) {
		nr = family_usual(family, job->keys);
		if (nr == 0)
			tool_usage("--fields says what of a '%s' goes where",
			    job->row.type);
	} else {
		job->own_keys = xcalloc(nr, sizeof(*job->own_keys));
		job->row.key = job->own_keys;
	}
	for (i = 0; i < job->columns.nr; i++)
		job->own_keys[i] = (struct family_key){
			job->columns.column[i].header,
			job->columns.column[i].name,
			family_form(family, job->columns.column[i].header)
		};
	job->row.nr = job->store.nr = nr;
	job->field = xcalloc(nr, sizeof(*job->field));
	for (i = 0; i < nr; i++)
		job->field[i] = job->row.key[i].field;
	job->store.field = job->field;
}

static size_t
find_key(const struct job *job, const char *name)
{
	size_t i;

	for (i = 0; i < job->row.nr; i++)
		if (strcmp(job->row.key[i].key, name) == 0)
			return i;
	for (i = 0; i < job->row.nr; i++)
		if (strcmp(job->row.key[i].field, name) == 0)
			return i;
	tool_usage("--key: --fields has no '%s'", name);
}

static void
choose_keys(struct job *job)
{
	static const char *const usual[] = { "name", "date" };
	size_t i, nr = job->key.nr == 0 ? 2 : job->key.nr;

	/* nobody looks for what is there */
	if (job->store.mode == STORE_CREATE && job->key.nr == 0)
		return;
	if (nr > STORE_KEYS)
		tool_usage("--key takes up to %d keys", STORE_KEYS);
	for (i = 0; i < nr; i++)
		job->store.key[i] = find_key(
		    job, job->key.nr == 0 ? usual[i] : job->key.column[i].name);
	job->store.nr_key = nr;
}

static void
read_options(struct job *job)
{
	const char *value;
	int c;

	while ((c = tool_option(&value)) != -1)
		read_option(job, c, value);
	if (job->store.table == NULL || *job->store.table == '\0')
		tool_usage("--table says which table, by its name or id");
	(void)tool_files();
	choose_fields(job);
	choose_keys(job);
}

/*
 * What the library is given
 */
static struct text
team_name(void *arg, struct text key)
{
	const struct job *job = arg;
	size_t i = settings_team(&job->settings, key);

	return i == TEAM_NONE ? key : job->settings.team[i].name;
}

static void
tell_failed(void *arg, const char *where, const char *name, const char *why)
{
	struct job *job = arg;

	tool_warn("%s: '%s' is left out: %s", where, name, why);
	store_put_failed(&job->store, where, name, why, &job->failed);
}

static void
tell_dropped(void *arg, const char *field)
{
	const struct job *job = arg;

	tool_warn("table '%s' has no field '%s': it is left out",
	    job->store.table, field);
}

static void
read_records(const struct job *job, struct store *store)
{
	struct json_shape *shape = json_shape_new();
	struct row *row = row_new(&job->row, shape);
	struct ndjson *in = ndjson_open(tool_operands(), shape);
	struct text *value = xcalloc(job->row.nr, sizeof(*value));
	const struct record *rec;
	struct fault f = { 0 }, where;
	int more;

	while ((more = ndjson_read(in, &rec, &f)) == 1) {
		if (!row_here(row, rec))
			continue;
		if (row_encode(row, rec, value, &f) == -1) {
			ndjson_blame(in, &f);
			tool_die(&f);
		}
		where = (struct fault){ 0 };
		ndjson_blame(in, &where);
		/* without the colon and the blank that it puts behind */
		where.text[strlen(where.text) - 2] = '\0';
		store_add(store, where.text, value);
	}
	if (more == -1)
		tool_die(&f);
	row_free(row);
	ndjson_free(in);
	json_shape_free(shape);
	free(value);
}

static void
write_report(struct job *job, const struct store_counts *n,
    const struct api *api, const char *reason, struct sink *sink)
{
	struct store_report r = { .conf = &job->store,
		.n = n,
		.http = api == NULL ? NULL : api_counts(api),
		.reason = reason,
		.seconds = tool_seconds() };
	struct fault f = { 0 };
	struct buf b;

	if (sink == NULL)
		return;
	buf_init(&b, REPORT_MAX);
	store_report(&r, &b);
	buf_text(&b, buf_view(&job->failed));
	if (buf_check(&b, "the report", &f) == -1 ||
	    sink_put(sink, buf_view(&b), &f) == -1)
		tool_die(&f);
	buf_free(&b);
}

static void
write_all(const struct buf *b)
{
	struct fault f = { 0 };

	if (buf_check(b, "what is written", &f) == -1 ||
	    file_write_all(
		STDOUT_FILENO, "standard output", b->p, b->len, &f) == -1)
		tool_die(&f);
}

/* Do it, and tell; returns the exit status. */
static int
run(struct job *job, struct store *store, struct api *api, struct sink *sink)
{
	struct fault f = { 0 };
	struct store_counts n;
	struct buf line;
	int status = store_run(store, api, &n, &f);

	write_report(job, &n, api, status == 0 ? NULL : f.text, sink);
	if (n.doubled > 0)
		tool_warn("%llu records are there again further down: of each "
			  "the last one counts",
		    (unsigned long long)n.doubled);
	if (status == -1)
		tool_die(&f);
	if (job->dry_run) {
		write_all(job->store.bodies);
	} else {
		buf_init(&line, REPORT_MAX);
		store_put(&job->store, &n, &line);
		write_all(&line);
		buf_free(&line);
	}
	if (api != NULL && api_alone(api) != NULL)
		tool_say("the pace is not kept with other processes: %s",
		    api_alone(api));
	if (api != NULL)
		tool_say("%llu requests, %llu of them again, %llu answered 429",
		    (unsigned long long)api_counts(api)->requests,
		    (unsigned long long)api_counts(api)->retries,
		    (unsigned long long)api_counts(api)->limited);
	return n.failed > 0 ? EXIT_INCOMPLETE : EXIT_DONE;
}

static void
job_free(struct job *job)
{
	columns_free(&job->columns);
	columns_free(&job->key);
	chatters_settings_free(&job->settings);
	buf_free(&job->failed);
	free(job->own_keys);
	free(job->field);
}

int
main(int argc, char *argv[])
{
	struct job job = { .row = { .type = "chatter_day" },
		.store = { .same = name_plain,
		    .failed = tell_failed,
		    .dropped = tell_dropped } };
	struct fault f = { 0 };
	struct sink *report = NULL;
	struct api *api = NULL;
	struct store *store;
	struct buf bodies;
	int status;

	tool_begin(&tool, argc, argv);
	chatters_settings_init(&job.settings);
	buf_init(&job.failed, REPORT_MAX);
	buf_init(&bodies, BODIES_MAX);
	api_settings(&job.api, tool_env);
	read_options(&job);
	job.store.arg = job.row.arg = &job;
	job.row.team = job.has_settings ? team_name : NULL;
	job.store.bodies = job.dry_run ? &bodies : NULL;
	store = store_new(&job.store);
	read_records(&job, store);
	if (!job.dry_run && store_rows(store) > 0 &&
	    (api = api_new(&job.api, &f)) == NULL)
		tool_die(&f);
	if (job.report != NULL && (report = sink_open(job.report, &f)) == NULL)
		tool_die(&f);
	status = run(&job, store, api, report);

	store_free(store);
	api_free(api);
	buf_free(&bodies);
	job_free(&job);
	return tool_end(status);
}
