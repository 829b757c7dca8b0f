/*
 * schedule - the jobs that a trigger stands for
 */
#include "base/config.h"
#include "base/stream.h"
#include "base/tool.h"
#include "chatters/settings.h"
#include "schedule/schedule.h"

/* what starts so much later was rather not due when it fired */
#define LATE_US (INT64_C(12) * 3600 * 1000000)

enum {
	OPT_CONFIG = 256,
	OPT_JOBS,
	OPT_NOW,
};

static const struct tool_option options[] = {
	{ OPT_CONFIG, "config", "FILE", "the settings" },
	{ OPT_NOW, "now", "TIME", "the instant of the start; now" },
	{ OPT_JOBS, "jobs", "LIST", "these jobs, whatever the day" },
	{ 0 },
};

static const struct tool tool = {
	.name = "schedule",
	.summary = "the jobs that a trigger stands for",
	.synopsis = "[--config=FILE] [--now=TIME] [--jobs=LIST] CRON\n"
		    "[--config=FILE] [--now=TIME] --jobs=LIST",
	.option = options,
};

struct settings {
	struct chatters_settings chatters;
	struct schedule schedule;
	instant_us now;
	struct job_list jobs; /* given; none: those of the schedule */
};

static int
parse_config(void *settings, struct text file, struct fault *f)
{
	struct settings *set = settings;

	if (chatters_settings_parse(&set->chatters, file, f) == -1)
		return -1;
	return schedule_parse(&set->schedule, file, f);
}

static void
read_options(struct settings *set)
{
	struct fault f = { 0 };
	const char *value;
	int c;

	set->now = tool_now();
	while ((c = tool_option(&value)) != -1)
		switch (c) {
		case OPT_CONFIG:
			config_read(value, parse_config, set);
			break;
		case OPT_JOBS:
			if (job_list_parse(&set->jobs, text_of(value),
				set->schedule.text, &f) == -1)
				tool_usage("--jobs: %s", f.text);
			break;
		case OPT_NOW:
			set->now = tool_instant("now", value);
			break;
		}
}

/* The operand, or NULL; there may be one. */
static const char *
cron_given(const struct settings *set)
{
	char **operand = tool_operands();

	if (operand[0] == NULL && set->jobs.nr == 0)
		tool_usage(
		    "name the cron expression of the trigger, or --jobs");
	if (operand[0] != NULL && operand[1] != NULL)
		tool_usage("a cron expression is one operand: quote it, as in "
			   "'30 7 * * *'");
	return operand[0];
}

static void
warn_late(instant_us now, instant_us at)
{
	char due[INSTANT_TEXT];

	if (now - at <= LATE_US)
		return;
	instant_format(at, due);
	tool_warn("was due %lld hours ago, at %s: does the trigger fire in "
		  "UTC?",
	    (long long)((now - at) / (LATE_US / 12)), due);
}

/* A team by whatever name is written by its key. */
static int
check_teams(struct settings *set, struct job_list *list, struct fault *f)
{
	struct job *job;
	size_t i, team;

	for (i = 0; i < list->nr; i++) {
		job = &list->job[i];
		if (job->team.p == NULL)
			continue;
		team = settings_team(&set->chatters, job->team);
		if (team == TEAM_NONE)
			return fault_set(f, FAULT_USAGE,
			    "no team '%.*s' in the settings: name it in "
			    "teams, or leave it out of schedule",
			    TEXT_ARG(job->team));
		job->team = set->chatters.team[team].key;
		if (job_check_team(job->team, f) == -1)
			return -1;
	}
	return 0;
}

static int
check_schedule(struct settings *set, struct fault *f)
{
	size_t i;
	int day;

	for (i = 0; i < set->schedule.nr; i++)
		for (day = 0; day < WEEKDAYS; day++)
			if (check_teams(
				set, &set->schedule.entry[i].on[day], f) == -1)
				return fault_prefix(f, "cron '%.*s': ",
				    TEXT_ARG(set->schedule.entry[i].cron));
	return 0;
}

struct due {
	const struct job_list *list;
	instant_us at;
	struct text cron; /* "no text" for none */
	size_t nr;	  /* written so far */
};

static bool
next_job(void *arg, struct buf *line)
{
	struct due *due = arg;

	buf_clear(line);
	if (due->nr == due->list->nr)
		return false;
	job_put(
	    line, &due->list->job[due->nr], due->nr + 1, due->at, due->cron);
	due->nr++;
	return true;
}

/* The jobs of the settings, or those given, of what was due by an expression. */
static struct due
due_by(struct settings *set, const char *cron)
{
	const struct schedule_entry *entry;
	struct due due = { .list = &set->jobs };
	struct fault f = { 0 };

	entry = schedule_find(&set->schedule, text_of(cron), &f);
	if (entry == NULL || check_schedule(set, &f) == -1)
		tool_die(&f);
	if (!schedule_due(entry, set->now, &due.at))
		tool_usage("--now is before '%s' was ever due", cron);
	warn_late(set->now, due.at);
	if (due.list->nr == 0)
		due.list = schedule_jobs(entry, due.at);
	due.cron = entry->cron;
	return due;
}

int
main(int argc, char *argv[])
{
	struct settings set = { .jobs = { .nr = 0 } };
	struct fault f = { 0 };
	struct due due;
	const char *cron;

	tool_begin(&tool, argc, argv);
	chatters_settings_init(&set.chatters);
	schedule_init(&set.schedule);
	read_options(&set);
	cron = cron_given(&set);
	if (check_teams(&set, &set.jobs, &f) == -1)
		tool_die(&f);
	due = (struct due){ .list = &set.jobs,
		.at = set.now - set.now % 1000000 };
	if (cron != NULL)
		due = due_by(&set, cron);
	stream_write(next_job, &due);
	schedule_free(&set.schedule);
	chatters_settings_free(&set.chatters);
	return tool_end(EXIT_DONE);
}
