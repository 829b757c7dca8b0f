/*
 * kpipe-history - records kept over time, by type, day and key
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/out.h"
#include "base/sorter.h"
#include "base/tool.h"
#include "base/utf8.h"
#include "base/xalloc.h"
#include "history/report.h"
#include "history/row.h"

#define FOLDER	    "data"
#define FILE_NAME   FOLDER "/history.sqlite"
#define TABLE	    "kpipe_history"
#define SORT_MEMORY ((size_t)32 << 20)
#define RECORD_MAX  ((size_t)1 << 20)
#define KEYS_MAX    1000
#define DAYS_MAX    3660000
#define DAY_FIRST   ((day_nr)(INSTANT_MIN / INSTANT_DAY_US))
#define DAY_LAST    ((day_nr)(INSTANT_MAX / INSTANT_DAY_US))

enum {
	OPT_DATE = 256,
	OPT_DAYS,
	OPT_DRY_RUN,
	OPT_KEY,
	OPT_MAX_WAIT,
	OPT_MISSING,
	OPT_MODE,
	OPT_SINCE,
	OPT_STORE,
	OPT_TABLE,
	OPT_TYPE,
	OPT_UNTIL,
};

static const struct tool_option options[] = {
	{ OPT_STORE, "store", "FILE|URL", "where they are kept" },
	{ OPT_TABLE, "table", "NAME", "the table there (" TABLE ")" },
	{ OPT_TYPE, "type", "TYPE", "only records of that type" },
	{ OPT_KEY, "key", "FIELD,...|ID",
	    "put: the fields of the key (id); else only of that key" },
	{ OPT_DATE, "date", "FIELD", "put: the field with the day (date)" },
	{ OPT_MODE, "mode", "skip|update",
	    "put: what is there is left alone, or replaced (skip)" },
	{ OPT_SINCE, "since", "DATE", "only from that day on" },
	{ OPT_UNTIL, "until", "DATE", "only up to that day" },
	{ OPT_DAYS, "days", "N", "only the last N days up to --until" },
	{ OPT_MISSING, "missing", NULL, "dates: the days without a record" },
	{ OPT_MAX_WAIT, "max-wait", "SECONDS",
	    "give up when others are in the way for longer (60)" },
	{ OPT_DRY_RUN, "dry-run", NULL, "put, delete: count, change nothing" },
	{ 0 },
};

static const struct tool tool = {
	.name = "kpipe-history",
	.summary = "keep records over time, by type, day and key",
	.synopsis =
	    "put [--store=FILE|URL] [--table=NAME] [--mode=skip|update] "
	    "[--key=FIELD,...] [--date=FIELD] [--type=TYPE] "
	    "[--max-wait=SECONDS] [--dry-run] [FILE...]\n"
	    "get [--store=FILE|URL] [--table=NAME] [--type=TYPE] [--key=ID]... "
	    "[--since=DATE] [--until=DATE] [--days=N] [--max-wait=SECONDS]\n"
	    "dates [--store=FILE|URL] [--table=NAME] [--type=TYPE] "
	    "[--since=DATE] [--until=DATE] [--days=N] [--missing] "
	    "[--max-wait=SECONDS]\n"
	    "delete [--store=FILE|URL] [--table=NAME] [--type=TYPE] "
	    "[--key=ID]... [--since=DATE] [--until=DATE] [--days=N] "
	    "[--max-wait=SECONDS] [--dry-run]",
	.option = options,
};

enum {
	PUT = 1,
	GET = 2,
	DATES = 4,
	DELETE = 8,
};

struct job {
	int command;
	struct kept_conf store;
	struct kept_range range;
	bool has_since, has_until, missing;
	long days; /* 0: not given */
	enum kept_mode mode;
	const char **key;
	size_t keys, keys_cap;
	struct row_fields fields;
	char *fields_text; /* of --key, cut up */
	struct out *out;
	struct buf line;
};

static const struct {
	const char *name;
	int command;
} commands[] = {
	{ "put", PUT },
	{ "get", GET },
	{ "dates", DATES },
	{ "delete", DELETE },
};

/* Options that not every command has. */
static const struct {
	int id;
	const char *name;
	int commands;
} limited[] = {
	{ OPT_DATE, "date", PUT },
	{ OPT_DAYS, "days", GET | DATES | DELETE },
	{ OPT_DRY_RUN, "dry-run", PUT | DELETE },
	{ OPT_KEY, "key", PUT | GET | DELETE },
	{ OPT_MISSING, "missing", DATES },
	{ OPT_MODE, "mode", PUT },
	{ OPT_SINCE, "since", GET | DATES | DELETE },
	{ OPT_UNTIL, "until", GET | DATES | DELETE },
};

static const char *
text_value(const char *option, const char *value)
{
	if (*value == '\0' || !utf8_valid(text_of(value)))
		tool_usage("--%s takes text in UTF-8", option);
	return value;
}

static day_nr
day_value(const char *option, const char *value)
{
	day_nr day;

	if (!day_parse(text_of(value), &day))
		tool_usage(
		    "--%s is a day as 2026-02-10, not '%s'", option, value);
	return day;
}

static void
set_store(struct job *job, const char *value)
{
	if (*value == '\0')
		tool_usage("--store takes a file or a URL");
	if (kept_has_password(value))
		tool_usage("--store shows a password to whoever lists "
			   "processes; put the URL into HISTORY_URL, or the "
			   "password into PGPASSWORD or ~/.pgpass");
	job->store.where = value;
}

static void
set_word(struct job *job, int c, const char *value)
{
	switch (c) {
	case OPT_DATE:
		job->fields.date_path = text_value("date", value);
		break;
	case OPT_KEY:
		job->key = xgrow(
		    job->key, job->keys, &job->keys_cap, sizeof(*job->key));
		job->key[job->keys++] = text_value("key", value);
		if (job->keys > KEYS_MAX)
			tool_usage("--key more than %d times", KEYS_MAX);
		break;
	case OPT_MODE:
		if (strcmp(value, "skip") != 0 && strcmp(value, "update") != 0)
			tool_usage("--mode is skip or update, not '%s'", value);
		job->mode = *value == 's' ? KEPT_SKIP : KEPT_UPDATE;
		break;
	case OPT_TABLE:
		if (!kept_is_table(value))
			tool_usage("--table takes letters, digits and _, and "
				   "no digit first, not '%s'",
			    value);
		job->store.table = value;
		break;
	case OPT_TYPE:
		job->range.type = text_value("type", value);
		break;
	}
}

/* Returns a bit for each of the limited options that was given. */
static unsigned
read_options(struct job *job)
{
	const char *value;
	unsigned given = 0;
	size_t i;
	int c;

	while ((c = tool_option(&value)) != -1) {
		for (i = 0; i < sizeof(limited) / sizeof(limited[0]); i++)
			if (limited[i].id == c)
				given |= 1u << i;
		switch (c) {
		case OPT_DAYS:
			job->days = tool_number("days", value, 1, DAYS_MAX);
			break;
		case OPT_DRY_RUN:
			job->store.dry_run = true;
			break;
		case OPT_MAX_WAIT:
			job->store.max_wait_s =
			    (unsigned)tool_number("max-wait", value, 1, 86400);
			break;
		case OPT_MISSING:
			job->missing = true;
			break;
		case OPT_SINCE:
			job->range.since = day_value("since", value);
			job->has_since = true;
			break;
		case OPT_STORE:
			set_store(job, value);
			break;
		case OPT_UNTIL:
			job->range.until = day_value("until", value);
			job->has_until = true;
			break;
		default:
			set_word(job, c, value);
			break;
		}
	}
	return given;
}

/* 0 when it is none. */
static int
command_of(const char *name)
{
	size_t i;

	for (i = 0; name != NULL && i < sizeof(commands) / sizeof(commands[0]);
	     i++)
		if (strcmp(name, commands[i].name) == 0)
			return commands[i].command;
	return 0;
}

/* The command is the first operand; what follows it is returned. */
static char **
read_command(struct job *job, unsigned given)
{
	char **operand = tool_operands();
	size_t i;

	job->command = command_of(operand[0]);
	if (job->command == 0)
		tool_usage("say first what to do: put, get, dates or delete");
	for (i = 0; i < sizeof(limited) / sizeof(limited[0]); i++)
		if ((given & 1u << i) && !(limited[i].commands & job->command))
			tool_usage(
			    "%s has no --%s", operand[0], limited[i].name);
	if (job->command != PUT && operand[1] != NULL)
		tool_usage("%s takes no operand '%s'", operand[0], operand[1]);
	return operand + 1;
}

static void
check_range(struct job *job)
{
	struct kept_range *range = &job->range;

	if (job->days > 0 && (!job->has_until || job->has_since))
		tool_usage("--days counts back from --until, without --since");
	if (job->days > 0) {
		range->since = range->until - (day_nr)job->days + 1;
		if (range->since < DAY_FIRST)
			range->since = DAY_FIRST;
		job->has_since = true;
	}
	if (range->since > range->until)
		tool_usage("--since is behind --until");
	if (job->missing && (range->type == NULL || !job->has_until))
		tool_usage("--missing wants --type and --until");
	if (job->command == DELETE && job->keys == 0 && !job->has_since &&
	    !job->has_until)
		tool_usage("delete wants to know what: --key, --since, --until "
			   "or --days");
}

/* The fields of put's key. */
static void
read_fields(struct job *job)
{
	struct row_fields *at = &job->fields;
	char *next, *field;

	if (job->keys > 1)
		tool_usage("--key of put is one list: --key=FIELD,...");
	job->fields_text = xstrdup(job->keys == 0 ? "id" : job->key[0]);
	for (next = job->fields_text; (field = strsep(&next, ",")) != NULL;) {
		if (*field == '\0')
			tool_usage("--key has an empty field");
		if (at->nr == ROW_KEYS)
			tool_usage("--key has more than %d fields", ROW_KEYS);
		at->key_path[at->nr++] = field;
	}
}

/* The command line, the environment, and what stands in for neither. */
static void
choose_store(struct job *job)
{
	if (job->store.where == NULL)
		job->store.where = tool_env("HISTORY_URL");
	if (job->store.where == NULL) {
		job->store.where = FILE_NAME;
		/* what hinders comes out when the file is made */
		if (job->command == PUT && !job->store.dry_run)
			(void)mkdir(FOLDER, 0777);
	}
	job->store.use = job->command == PUT	  ? KEPT_MAKE
			 : job->command == DELETE ? KEPT_CHANGE
						  : KEPT_READ;
}

static struct kept *
open_store(struct job *job)
{
	struct fault f = { 0 };
	struct kept *store;

	choose_store(job);
	store = kept_open(&job->store, &f);
	if (store == NULL)
		tool_die(&f);
	return store;
}

static void
write_line(struct job *job, struct text line)
{
	struct fault f = { 0 };

	if (out_line(job->out, line, &f) == -1)
		tool_die(&f);
}

/* Whether put takes a record, and by what; those it cannot keep are told. */
static bool
take(struct job *job, struct ndjson *in, const struct record *rec,
    struct kept_row *row, struct put_report *report)
{
	struct fault f = { 0 };

	if (job->range.type != NULL &&
	    !text_is(record_text(rec, job->fields.type), job->range.type))
		return false;
	if (row_of(row, &job->fields, rec, &f) == 0)
		return true;
	ndjson_blame(in, &f);
	tool_warn("%s; left out", f.text);
	report->failed++;
	return false;
}

/* All records into the order of the store, so that nothing is put too early. */
static void
read_records(struct job *job, char **operand, struct sorter *sorter,
    struct put_report *report)
{
	struct json_shape *shape = json_shape_new();
	const struct record *rec;
	struct fault f = { 0 };
	struct kept_row row;
	struct ndjson *in;
	struct buf key;
	int more;

	buf_init(&key, RECORD_MAX);
	row_want(&job->fields, shape);
	in = ndjson_open(operand, shape);
	while ((more = ndjson_read(in, &rec, &f)) == 1) {
		if (!take(job, in, rec, &row, report))
			continue;
		row_pack(&key, &row);
		if (sorter_add(sorter, buf_view(&key), row.line, &f) == -1)
			tool_die(&f);
		tool_progress(
		    "%llu records read", (unsigned long long)ndjson_count(in));
	}
	if (more == -1)
		tool_die(&f);
	tool_say("%llu records read", (unsigned long long)ndjson_count(in));
	ndjson_free(in);
	json_shape_free(shape);
	buf_free(&key);
}

/* The last record of each key; those before it that differ are counted too. */
static int
put_last(struct kept *store, struct sorter *sorter, struct put_report *report,
    uint64_t *differ, struct fault *f)
{
	struct text packed, line;
	struct buf key, last;
	struct kept_row row;
	int more = 0, status = 0;

	buf_init(&key, RECORD_MAX);
	buf_init(&last, NDJSON_LINE_MAX);
	while (status == 0 &&
	       (more = sorter_next(sorter, &packed, &line, f)) == 1) {
		if (key.len > 0 && text_equal(packed, buf_view(&key))) {
			report->duplicates++;
			*differ += !text_equal(line, buf_view(&last));
		} else if (key.len > 0) {
			row_unpack(&row, buf_view(&key));
			row.line = buf_view(&last);
			status = kept_put(store, &row, f);
		}
		buf_clear(&key);
		buf_text(&key, packed);
		buf_clear(&last);
		buf_text(&last, line);
	}
	if (status == 0 && more == 0 && key.len > 0) {
		row_unpack(&row, buf_view(&key));
		row.line = buf_view(&last);
		status = kept_put(store, &row, f);
	}
	buf_free(&key);
	buf_free(&last);
	return more == -1 ? -1 : status;
}

static int
put(struct job *job, char **operand)
{
	const char *folder = tool_env("TMPDIR");
	struct put_report report = { 0 };
	struct fault f = { 0 };
	struct kept *store;
	struct sorter *sorter;
	uint64_t differ = 0;

	read_fields(job);
	sorter = sorter_new(folder == NULL ? "/tmp" : folder, SORT_MEMORY);
	read_records(job, operand, sorter, &report);
	store = open_store(job);
	if (kept_put_begin(store, job->mode, &f) == -1 ||
	    put_last(store, sorter, &report, &differ, &f) == -1 ||
	    kept_put_end(store, &report.nr, &f) == -1)
		tool_die(&f);
	if (differ > 0)
		tool_warn("%llu records are followed by another of their type, "
			  "day and key: the last one counts",
		    (unsigned long long)differ);
	report.store = kept_name(store);
	report_put(&report, &job->line);
	write_line(job, buf_view(&job->line));
	kept_free(store);
	sorter_free(sorter);
	return report.failed > 0 ? EXIT_INCOMPLETE : EXIT_DONE;
}

static int
get(struct job *job)
{
	struct kept *store = open_store(job);
	struct fault f = { 0 };
	unsigned long long nr = 0;
	struct text line;
	int more;

	if (kept_select(store, &job->range, &f) == -1)
		tool_die(&f);
	for (; (more = kept_next(store, &line, &f)) == 1; nr++)
		write_line(job, line);
	if (more == -1)
		tool_die(&f);
	tool_say("%llu records", nr);
	kept_free(store);
	return EXIT_DONE;
}

static void
write_missing(struct job *job, struct missing *missing, day_nr before)
{
	day_nr day;

	while (missing_next(missing, before, &day)) {
		report_missing(job->range.type, day, &job->line);
		write_line(job, buf_view(&job->line));
	}
}

static int
dates(struct job *job)
{
	struct kept *store = open_store(job);
	struct missing missing = { .next = job->has_since ? job->range.since
							  : job->range.until,
		.until = job->range.until,
		.has_since = job->has_since };
	struct fault f = { 0 };
	struct kept_day day;
	int more;

	if (kept_days(store, &job->range, &f) == -1)
		tool_die(&f);
	while ((more = kept_next_day(store, &day, &f)) == 1) {
		if (job->missing) {
			write_missing(job, &missing, day.date);
			missing_pass(&missing, day.date);
			continue;
		}
		report_day(&day, &job->line);
		write_line(job, buf_view(&job->line));
	}
	if (more == -1)
		tool_die(&f);
	if (job->missing)
		write_missing(job, &missing, job->range.until + 1);
	kept_free(store);
	return EXIT_DONE;
}

static int delete (struct job *job)
{
	struct kept *store = open_store(job);
	struct fault f = { 0 };
	uint64_t nr;

	if (kept_delete(store, &job->range, &nr, &f) == -1)
		tool_die(&f);
	report_delete(kept_name(store), nr, &job->line);
	write_line(job, buf_view(&job->line));
	kept_free(store);
	return EXIT_DONE;
}

int
main(int argc, char *argv[])
{
	struct job job = {
		.store = { .table = TABLE, .max_wait_s = 60 },
		.range = { .since = DAY_FIRST, .until = DAY_LAST },
		.fields = { .date_path = "date" },
	};
	struct fault f = { 0 };
	char **operand;
	int status;

	tool_begin(&tool, argc, argv);
	operand = read_command(&job, read_options(&job));
	check_range(&job);
	job.range.key = job.key;
	job.range.nr = job.keys;
	job.out = out_new(STDOUT_FILENO, "standard output");
	buf_init(&job.line, RECORD_MAX);
	switch (job.command) {
	case PUT:
		status = put(&job, operand);
		break;
	case GET:
		status = get(&job);
		break;
	case DATES:
		status = dates(&job);
		break;
	default:
		status = delete (&job);
		break;
	}
	if (out_flush(job.out, &f) == -1)
		tool_die(&f);
	out_free(job.out);
	buf_free(&job.line);
	free(job.fields_text);
	free(job.key);
	return tool_end(status);
}
