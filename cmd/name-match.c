/*
 * name-match - who of a roster the names of rows mean
 */
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/config.h"
#include "base/ndjson.h"
#include "base/sink.h"
#include "base/spool.h"
#include "base/tool.h"
#include "base/xalloc.h"
#include "chatters/settings.h"
#include "match/alias_read.h"
#include "match/rows.h"
#include "match/settings.h"

#define TOLD_MAX     10 /* names that are told */
#define LINE_MAX_LEN ((size_t)2 * NDJSON_LINE_MAX)

enum {
	OPT_ALIASES = 256,
	OPT_ALLOW_SINGLE,
	OPT_CONFIG,
	OPT_EXCLUDE_TEAMS,
	OPT_FUZZY_ACCEPT,
	OPT_FUZZY_MARGIN,
	OPT_FUZZY_SUGGEST,
	OPT_ID,
	OPT_KEEP_UNMATCHED,
	OPT_NAME,
	OPT_NO_FUZZY,
	OPT_NO_SINGLE,
	OPT_REPORT,
	OPT_ROLES,
	OPT_ROSTER,
	OPT_SOURCE,
	OPT_STATUSES,
	OPT_STRICT,
	OPT_TEAM,
	OPT_TEMPLATE,
	OPT_TYPE,
};

static const struct tool_option options[] = {
	{ OPT_ROSTER, "roster", "FILE", "the people there are" },
	{ OPT_ALIASES, "aliases", "FILE",
	    "whom names mean, by hand: CSV, or FILE.ndjson" },
	{ OPT_CONFIG, "config", "FILE",
	    "the settings; options go before them" },
	{ OPT_REPORT, "report", "FILE",
	    "write what was not matched, and who has no row" },
	{ OPT_TEMPLATE, "aliases-template", "FILE",
	    "write what was not matched as aliases to be filled in" },
	{ OPT_KEEP_UNMATCHED, "keep-unmatched", NULL,
	    "write rows that are not matched too, with a null id" },
	{ OPT_STRICT, "strict", NULL,
	    "exit 1 also when rows that are not matched were kept" },
	{ OPT_NO_FUZZY, "no-fuzzy", NULL, "take no similar names" },
	{ OPT_FUZZY_ACCEPT, "fuzzy-accept", "SIMILARITY",
	    "from which a similar name is taken; 0.96" },
	{ OPT_FUZZY_MARGIN, "fuzzy-margin", "DIFFERENCE",
	    "that it must have to the next one; 0.03" },
	{ OPT_FUZZY_SUGGEST, "fuzzy-suggest", "SIMILARITY",
	    "from which one is told as a candidate; 0.85" },
	{ OPT_ALLOW_SINGLE, "allow-single", NULL,
	    "take names of one word from every source" },
	{ OPT_NO_SINGLE, "no-single", NULL,
	    "take names of one word from no source" },
	{ OPT_TEAM, "team", "KEY=NAME,...", "what a team is called as well" },
	{ OPT_EXCLUDE_TEAMS, "exclude-teams", "LIST",
	    "teams whose people are not active; 0" },
	{ OPT_STATUSES, "statuses", "LIST",
	    "statuses of people who are active; Active" },
	{ OPT_ROLES, "roles", "LIST",
	    "roles of people who are active; Chatter" },
	{ OPT_TYPE, "type", "TYPE", "records of that type are rows too" },
	{ OPT_SOURCE, "source", "NAME",
	    "whose names these have: inflow, hubstaff or log; log" },
	{ OPT_NAME, "name", "PATH", "the field with the name; name" },
	{ OPT_ID, "id", "KEY", "the field for the id; id" },
	{ 0 },
};

static const struct tool tool = {
	.name = "name-match",
	.summary = "who of a roster the names of rows mean",
	.synopsis =
	    "--roster=FILE [--aliases=FILE] [--config=FILE] [--report=FILE] "
	    "[--aliases-template=FILE] [--keep-unmatched] [--strict] "
	    "[--no-fuzzy] [--fuzzy-accept=SIMILARITY] "
	    "[--fuzzy-margin=DIFFERENCE] [--fuzzy-suggest=SIMILARITY] "
	    "[--allow-single] [--no-single] [--team=KEY=NAME,...] "
	    "[--exclude-teams=LIST] [--statuses=LIST] [--roles=LIST] "
	    "[--type=TYPE] [--source=NAME] [--name=PATH] [--id=KEY] [FILE...]",
	.option = options,
};

struct list {
	struct text *text;
	size_t nr, cap;
};

/* What is given as options; -1 and NULL: nothing. */
struct given {
	double accept, margin, suggest;
	const char *statuses, *roles, *excluded;
	const char **team;
	size_t teams, cap;
};

struct job {
	const char *roster_path;
	const char *aliases_path;  /* NULL: none */
	const char *report_path;   /* NULL: none */
	const char *template_path; /* NULL: none */
	const char *config_path;   /* NULL: none */
	bool keep, strict;
	struct given given;
	struct match_rule match;
	struct list status, role, exclude;
	struct people_rule rule;
	struct arena *arena;

	struct teams *teams;
	struct people *people;
	struct aliases *aliases;
	struct matcher *matcher;
	struct named_fields fields;
	struct rows rows;
	struct spool *spool;
};

static void
set_word(struct job *job, int c, const char *value)
{
	struct given *given = &job->given;

	switch (c) {
	case OPT_ID:
		if (*value == '\0' || strchr(value, '.') != NULL)
			tool_usage(
			    "--id is a key without points, not '%s'", value);
		job->fields.id_key = value;
		break;
	case OPT_NAME:
		job->fields.name_path = value;
		break;
	case OPT_SOURCE:
		job->fields.source = name_source_of(text_of(value));
		if (job->fields.source == NAME_SOURCES)
			tool_usage("--source is inflow, hubstaff or log, not "
				   "'%s'",
			    value);
		break;
	case OPT_TYPE:
		job->fields.type = value;
		break;
	case OPT_TEAM:
		given->team = xgrow(given->team, given->teams, &given->cap,
		    sizeof(*given->team));
		given->team[given->teams++] = value;
		break;
	case OPT_STATUSES:
		given->statuses = value;
		break;
	case OPT_ROLES:
		given->roles = value;
		break;
	case OPT_EXCLUDE_TEAMS:
		given->excluded = value;
		break;
	}
}

static void
set_rule(struct job *job, int c, const char *value)
{
	struct match_rule *rule = &job->match;
	int i;

	switch (c) {
	case OPT_NO_FUZZY:
		rule->fuzzy = false;
		break;
	case OPT_FUZZY_ACCEPT:
		job->given.accept = tool_decimal("fuzzy-accept", value, 0.5, 1);
		break;
	case OPT_FUZZY_MARGIN:
		job->given.margin = tool_decimal("fuzzy-margin", value, 0, 0.5);
		break;
	case OPT_FUZZY_SUGGEST:
		job->given.suggest =
		    tool_decimal("fuzzy-suggest", value, 0.5, 1);
		break;
	case OPT_ALLOW_SINGLE:
	case OPT_NO_SINGLE:
		for (i = 0; i < NAME_SOURCES; i++)
			rule->single[i] = c == OPT_ALLOW_SINGLE;
		break;
	default:
		set_word(job, c, value);
		break;
	}
}

static void
read_options(struct job *job)
{
	const char *value;
	int c;

	while ((c = tool_option(&value)) != -1)
		switch (c) {
		case OPT_ROSTER:
			job->roster_path = value;
			break;
		case OPT_ALIASES:
			job->aliases_path = value;
			break;
		case OPT_CONFIG:
			job->config_path = value;
			break;
		case OPT_REPORT:
			job->report_path = value;
			break;
		case OPT_TEMPLATE:
			job->template_path = value;
			break;
		case OPT_KEEP_UNMATCHED:
			job->keep = true;
			break;
		case OPT_STRICT:
			job->strict = true;
			break;
		default:
			set_rule(job, c, value);
			break;
		}
	if (job->roster_path == NULL)
		tool_usage("--roster=FILE is missing: the people there are");
}

static void
add(struct list *list, struct text t)
{
	list->text =
	    xgrow(list->text, list->nr, &list->cap, sizeof(*list->text));
	list->text[list->nr++] = t;
}

/* The parts of an option between commas, in place of what is there. */
static void
split(struct list *list, const char *option)
{
	struct text part;

	if (option == NULL)
		return;
	for (list->nr = 0; *option != '\0';
	     option += part.len + (option[part.len] == ',')) {
		part = (struct text){ option, strcspn(option, ",") };
		add(list, part);
	}
}

struct settings {
	struct chatters_settings chatters;
	struct match_rule *match;
};

static int
parse_config(void *settings, struct text file, struct fault *f)
{
	struct settings *set = settings;

	if (chatters_settings_parse(&set->chatters, file, f) == -1)
		return -1;
	return match_settings_parse(set->match, file, f);
}

static void
add_team(struct teams *teams, const struct team *team)
{
	struct fault f = { 0 };
	size_t i;

	if (teams_add_name(teams, team->key, team->name, &f) == -1)
		tool_die(&f);
	for (i = 0; i < team->alias_nr; i++)
		if (teams_add_name(teams, team->key, team->alias[i], &f) == -1)
			tool_die(&f);
}

/* Without a file there are no teams but by what the rows and people have. */
static void
read_config(struct job *job)
{
	struct settings set = { .match = &job->match };
	size_t i;

	chatters_settings_init(&set.chatters);
	if (job->config_path != NULL) {
		config_read(job->config_path, parse_config, &set);
		for (i = 0; i < set.chatters.team_nr; i++)
			add_team(job->teams, &set.chatters.team[i]);
	}
	for (i = 0; i < set.chatters.status_nr; i++)
		add(&job->status,
		    arena_copy(job->arena, set.chatters.status[i]));
	for (i = 0; i < set.chatters.role_nr; i++)
		add(&job->role, arena_copy(job->arena, set.chatters.role[i]));
	for (i = 0; i < set.chatters.excluded_nr; i++)
		add(&job->exclude,
		    arena_copy(job->arena, set.chatters.excluded[i]));
	chatters_settings_free(&set.chatters);
}

/* What is given goes before the settings, but for teams, of which it adds. */
static void
take_given(struct job *job)
{
	const struct given *given = &job->given;
	struct fault f = { 0 };
	size_t i;

	if (given->accept >= 0)
		job->match.accept = given->accept;
	if (given->margin >= 0)
		job->match.margin = given->margin;
	if (given->suggest >= 0)
		job->match.suggest = given->suggest;
	for (i = 0; i < given->teams; i++)
		if (teams_add(job->teams, text_of(given->team[i]), &f) == -1)
			tool_usage("--team: %s", f.text);
	split(&job->status, given->statuses);
	split(&job->role, given->roles);
	split(&job->exclude, given->excluded);
}

/* Words, and names of teams, as they compare. */
static void
make_rule(struct job *job)
{
	size_t i;

	read_config(job);
	take_given(job);
	for (i = 0; i < job->status.nr; i++)
		job->status.text[i] =
		    name_plain(job->status.text[i], job->arena);
	for (i = 0; i < job->role.nr; i++)
		job->role.text[i] = name_plain(job->role.text[i], job->arena);
	for (i = 0; i < job->exclude.nr; i++)
		job->exclude.text[i] =
		    teams_of(job->teams, job->exclude.text[i], job->arena);
	job->rule = (struct people_rule){
		.status = job->status.text,
		.statuses = job->status.nr,
		.role = job->role.text,
		.roles = job->role.nr,
		.excluded = job->exclude.text,
		.excludeds = job->exclude.nr,
	};
}

static void
tell_namesakes(const struct job *job)
{
	size_t at, told = 0;

	for (at = 0; people_namesake(job->people, &at); at++)
		if (told++ < TOLD_MAX)
			tool_warn("%s: several active people are called "
				  "'%.*s'; rows of that name are not matched",
			    job->roster_path,
			    TEXT_ARG(job->people->entry[at].name));
	if (told > TOLD_MAX)
		tool_warn("%s: and so are people of %zu more names",
		    job->roster_path, told - TOLD_MAX);
}

static void
read_roster(struct job *job)
{
	struct json_shape *shape = json_shape_new();
	char *operand[] = { (char *)(uintptr_t)job->roster_path, NULL };
	struct person_fields at;
	struct person person;
	const struct record *rec;
	struct fault f = { 0 };
	struct ndjson *in;
	int more;

	person_want(&at, shape);
	in = ndjson_open(operand, shape);
	while ((more = ndjson_read(in, &rec, &f)) == 1)
		if (person_here(&at, rec) &&
		    (person_decode(&person, &at, rec, &f) == -1 ||
			people_add(job->people, &person, &f) == -1)) {
			ndjson_blame(in, &f);
			tool_die(&f);
		}
	if (more == -1)
		tool_die(&f);
	if (job->people->nr == 0) {
		fault_set(&f, FAULT_DATA,
		    "%s: has nobody: a roster is records of type roster with "
		    "id and name",
		    job->roster_path);
		tool_die(&f);
	}
	ndjson_free(in);
	json_shape_free(shape);
	tell_namesakes(job);
}

static void
tell_unknown(void *job, uint64_t line, struct text canonical)
{
	tool_warn("%s:%llu: nobody of the roster is called '%.*s'; the alias "
		  "counts for nothing",
	    ((struct job *)job)->aliases_path, (unsigned long long)line,
	    TEXT_ARG(canonical));
}

static int
read_csv_aliases(struct job *job, struct fault *f)
{
	const char *path = job->aliases_path;
	struct csv_in *in;
	int status, fd = open(path, O_RDONLY | O_CLOEXEC);

	if (fd == -1)
		return fault_errno(f, "cannot open '%s'", path);
	in = csv_in_new(fd, path, ',');
	status = aliases_read_csv(job->aliases, in, path, tell_unknown, job, f);
	csv_in_free(in);
	close(fd);
	return status;
}

static void
read_aliases(struct job *job)
{
	static const char json[] = ".ndjson";
	char *operand[] = { (char *)(uintptr_t)job->aliases_path, NULL };
	struct fault f = { 0 };
	size_t len;
	int status;

	if (job->aliases_path == NULL)
		return;
	len = strlen(job->aliases_path);
	if (len >= sizeof(json) - 1 &&
	    strcmp(job->aliases_path + len - (sizeof(json) - 1), json) == 0)
		status = aliases_read_records(
		    job->aliases, operand, tell_unknown, job, &f);
	else
		status = read_csv_aliases(job, &f);
	if (status == -1)
		tool_die(&f);
}

/* Look every name up, and put the lines aside. */
static void
match_rows(struct job *job)
{
	struct json_shape *shape = json_shape_new();
	const struct record *rec;
	struct rows_note note;
	struct fault f = { 0 };
	struct ndjson *in;
	int more;

	named_want(&job->rows.fields, shape);
	in = ndjson_open(tool_operands(), shape);
	while ((more = ndjson_read(in, &rec, &f)) == 1) {
		if (rows_take(&job->rows, rec, &note, &f) == -1) {
			ndjson_blame(in, &f);
			tool_die(&f);
		}
		if (spool_add(job->spool, &note, rec->line, &f) == -1)
			tool_die(&f);
		tool_progress("%llu rows", (unsigned long long)job->rows.nr);
	}
	if (more == -1)
		tool_die(&f);
	ndjson_free(in);
	json_shape_free(shape);
}

static void
write_rows(struct job *job)
{
	struct out *out = out_new(STDOUT_FILENO, "standard output");
	struct rows_note note;
	struct fault f = { 0 };
	struct text line;
	struct buf b;
	int more;

	buf_init(&b, LINE_MAX_LEN);
	if (spool_rewind(job->spool, &f) == -1)
		tool_die(&f);
	while ((more = spool_next(job->spool, &note, &line, &f)) == 1)
		if (rows_judge(&job->rows, &note, line, &b) &&
		    (buf_check(&b, "a row with its match", &f) == -1 ||
			out_line(out, buf_view(&b), &f) == -1))
			tool_die(&f);
	if (more == -1 || out_flush(out, &f) == -1)
		tool_die(&f);
	buf_free(&b);
	out_free(out);
}

static void
tell_misses(struct job *job)
{
	const struct miss *miss;
	struct buf b;
	size_t nr, i;

	miss = match_report_misses(job->rows.report, &nr);
	buf_init(&b, NDJSON_LINE_MAX);
	for (i = 0; job->rows.left_out > 0 && i < nr && i < TOLD_MAX; i++) {
		buf_clear(&b);
		match_report_tell(job->rows.report, &miss[i], &b);
		tool_warn("%s: '%.*s' %s; rows left out: %llu",
		    name_source_name[miss[i].outcome->source],
		    TEXT_ARG(miss[i].outcome->raw), b.p,
		    (unsigned long long)miss[i].rows);
	}
	if (job->rows.left_out > 0 && nr > TOLD_MAX)
		tool_warn("and %zu more names; --report=FILE has them all",
		    nr - TOLD_MAX);
	tool_say("%llu rows, %llu matched, %llu ignored, %zu names not matched",
	    (unsigned long long)job->rows.nr,
	    (unsigned long long)job->rows.matched,
	    (unsigned long long)job->rows.ignored, nr);
	buf_free(&b);
}

static struct sink *
open_sink(const char *path)
{
	struct fault f = { 0 };
	struct sink *sink;

	if (path == NULL)
		return NULL;
	sink = sink_open(path, &f);
	if (sink == NULL)
		tool_die(&f);
	return sink;
}

static void
put_sink(struct sink *sink, struct job *job,
    void (*put)(struct match_report *, struct buf *))
{
	struct fault f = { 0 };
	struct buf b;

	if (sink == NULL)
		return;
	buf_init(&b, SIZE_MAX / 2);
	put(job->rows.report, &b);
	if (sink_put(sink, buf_view(&b), &f) == -1)
		tool_die(&f);
	buf_free(&b);
}

static void
free_job(struct job *job)
{
	rows_free(&job->rows);
	matcher_free(job->matcher);
	aliases_free(job->aliases);
	people_free(job->people);
	teams_free(job->teams);
	spool_free(job->spool);
	arena_free(job->arena);
	free(job->status.text);
	free(job->role.text);
	free(job->exclude.text);
	free(job->given.team);
}

int
main(int argc, char *argv[])
{
	struct job job = {
		.given = { .accept = -1, .margin = -1, .suggest = -1 },
		.match = { .single = { [NAMES_INFLOW] = true },
		    .fuzzy = true,
		    .accept = 0.96,
		    .margin = 0.03,
		    .suggest = 0.85 },
		.fields = { .name_path = "name",
		    .id_key = "id",
		    .source = NAMES_LOG },
	};
	const char *folder;
	struct sink *report, *template;
	struct fault f = { 0 };
	size_t missed;

	tool_begin(&tool, argc, argv);
	job.arena = arena_new();
	job.teams = teams_new();
	read_options(&job);
	make_rule(&job);
	job.people = people_new(job.teams, &job.rule);
	read_roster(&job);
	job.aliases = aliases_new(job.people);
	read_aliases(&job);
	report = open_sink(job.report_path);
	template = open_sink(job.template_path);
	folder = tool_env("TMPDIR");
	job.spool = spool_new(
	    folder == NULL ? "/tmp" : folder, sizeof(struct rows_note), &f);
	if (job.spool == NULL)
		tool_die(&f);

	job.matcher =
	    matcher_new(job.people, job.aliases, job.teams, &job.match);
	rows_init(&job.rows, job.people, job.matcher, &job.fields, job.keep);
	match_rows(&job);
	write_rows(&job);
	put_sink(report, &job, match_report_put);
	put_sink(template, &job, match_report_template);
	tell_misses(&job);
	match_report_misses(job.rows.report, &missed);
	missed = job.rows.left_out > 0 || (job.strict && missed > 0);
	free_job(&job);
	return tool_end(missed ? EXIT_INCOMPLETE : EXIT_DONE);
}
