/*
 * briefing - messages about chatters, for those who act on them
 */
#include <stdlib.h>
#include <unistd.h>

#include "base/config.h"
#include "base/out.h"
#include "base/stream.h"
#include "base/tool.h"
#include "base/xalloc.h"
#include "briefing/briefing.h"
#include "chatters/settings.h"
#include "record/message.h"

#define LINE_MOST ((size_t)4 << 20)

enum {
	OPT_AS_OF = 256,
	OPT_CONFIG,
	OPT_SCHEDULED,
	OPT_TEAM,
	OPT_TO,
};

static const struct tool_option options[] = {
	{ OPT_TEAM, "team", "KEY",
	    "leads, compliance: that team; may be repeated" },
	{ OPT_TO, "to", "ID",
	    "the user or conversation of Slack, and not that of the settings" },
	{ OPT_CONFIG, "config", "FILE", "the settings" },
	{ OPT_SCHEDULED, "scheduled", "TIME",
	    "when it is due, by which it is sent once; that of --as-of" },
	{ OPT_AS_OF, "as-of", "TIME", "the instant of the run; now" },
	{ 0 },
};

static const struct tool tool = {
	.name = "briefing",
	.summary = "messages about chatters, for those who act on them",
	.synopsis = "leads --team=KEY [OPTION...] [FILE...]\n"
		    "management [OPTION...] [FILE...]\n"
		    "compliance --team=KEY [OPTION...] [FILE...]\n"
		    "operations [OPTION...] [FILE...]\n"
		    "alerts --to=ID [OPTION...] [FILE...]",
	.option = options,
};

static const char *const model_name[BRIEFING_MODELS] = {
	[BRIEFING_LEADS] = "leads",
	[BRIEFING_MANAGEMENT] = "management",
	[BRIEFING_COMPLIANCE] = "compliance",
	[BRIEFING_OPERATIONS] = "operations",
	[BRIEFING_ALERTS] = "alerts",
};

struct job {
	struct chatters_settings set;
	struct briefing_conf conf;
	struct text *wanted; /* teams, as they are called */
	size_t nr, cap;
	struct briefing_team *team;
	bool has_as_of;
};

static int
parse_config(void *settings, struct text file, struct fault *f)
{
	return chatters_settings_parse(settings, file, f);
}

static void
set_to(struct job *job, const char *value)
{
	struct text to = text_of(value);

	if (!slack_id_is_user(to) && !slack_id_is_conversation(to))
		tool_usage("--to is the id of a user or a conversation of "
			   "Slack, as U0123ABC, not '%s'",
		    value);
	job->conf.to = to;
}

static void
read_options(struct job *job)
{
	instant_us as_of = 0;
	const char *value;
	int c;

	while ((c = tool_option(&value)) != -1)
		switch (c) {
		case OPT_AS_OF:
			as_of = tool_instant("as-of", value);
			job->has_as_of = true;
			break;
		case OPT_CONFIG:
			config_read(value, parse_config, &job->set);
			break;
		case OPT_SCHEDULED:
			job->conf.at = tool_instant("scheduled", value);
			job->conf.is_scheduled = true;
			break;
		case OPT_TEAM:
			job->wanted = xgrow(job->wanted, job->nr, &job->cap,
			    sizeof(*job->wanted));
			job->wanted[job->nr++] = text_of(value);
			break;
		case OPT_TO:
			set_to(job, value);
			break;
		}
	if (!job->conf.is_scheduled)
		job->conf.at = job->has_as_of ? as_of : tool_now();
}

static void
find_model(struct job *job, const char *name)
{
	struct text wanted = text_of(name);
	bool of_teams;
	int i;

	if (wanted.len == 0)
		tool_usage("no message given: leads, management, compliance, "
			   "operations or alerts");
	for (i = 0; i < BRIEFING_MODELS && !text_is(wanted, model_name[i]); i++)
		;
	if (i == BRIEFING_MODELS)
		tool_usage("no message '%s': leads, management, compliance, "
			   "operations or alerts",
		    name);
	job->conf.model = (enum briefing_model)i;
	of_teams = i == BRIEFING_LEADS || i == BRIEFING_COMPLIANCE;
	if (of_teams && job->nr == 0)
		tool_usage("%s: of which team? say --team=KEY", name);
	if (!of_teams && job->nr > 0)
		tool_usage("--team is not for %s", name);
	if (i == BRIEFING_ALERTS && job->conf.to.len == 0)
		tool_usage("alerts: to whom? say --to=ID");
}

/* What the settings say of those asked for, each once. */
static void
find_teams(struct job *job)
{
	const struct team *team;
	size_t i, k, at;

	job->team = xcalloc(job->nr + 1, sizeof(*job->team));
	for (i = 0; i < job->nr; i++) {
		at = settings_team(&job->set, job->wanted[i]);
		if (at == TEAM_NONE)
			tool_usage("--team: the settings have no team '%.*s'",
			    TEXT_ARG(job->wanted[i]));
		team = &job->set.team[at];
		for (k = 0; k < job->conf.team_nr; k++)
			if (text_equal(job->team[k].key, team->key))
				break;
		if (k < job->conf.team_nr)
			continue;
		job->team[job->conf.team_nr++] = (struct briefing_team){
			.key = team->key,
			.name = team->name,
			.shift_start = team->shift_start,
			.lead = team->lead_slack_id,
		};
	}
	job->conf.team = job->team;
	job->conf.management = job->set.slack.management;
	job->conf.operations = job->set.slack.operations;
	job->conf.link = job->set.page.link;
	job->conf.overdue_days = job->set.coaching.overdue_days;
}

/* One that has nobody to go to does not keep the others back. */
static int
write_messages(struct briefing *b)
{
	struct out *out = out_new(STDOUT_FILENO, "standard output");
	struct fault f = { 0 };
	int more, status = EXIT_DONE;
	struct buf line;

	buf_init(&line, LINE_MOST);
	while ((more = briefing_next(b, &line, &f)) != 0)
		if (more == -1) {
			tool_warn("%s", f.text);
			status = EXIT_INCOMPLETE;
		} else if (buf_check(&line, "a message", &f) == -1 ||
			   out_line(out, buf_view(&line), &f) == -1)
			tool_die(&f);
	if (out_flush(out, &f) == -1)
		tool_die(&f);
	buf_free(&line);
	out_free(out);
	return status;
}

int
main(int argc, char *argv[])
{
	struct job job = { 0 };
	struct fault f = { 0 };
	struct json_shape *shape;
	struct briefing *b;
	struct ndjson *in;
	char **operand;
	int status;

	chatters_settings_init(&job.set);
	tool_begin(&tool, argc, argv);
	read_options(&job);
	operand = tool_operands();
	find_model(&job, operand[0]);
	find_teams(&job);
	shape = json_shape_new();
	b = briefing_new(&job.conf, shape);
	in = ndjson_open(operand + 1, shape);
	stream_read(in, briefing_add, b);
	if (briefing_check(b, &f) == -1)
		tool_die(&f);
	status = write_messages(b);

	ndjson_free(in);
	briefing_free(b);
	json_shape_free(shape);
	chatters_settings_free(&job.set);
	free(job.wanted);
	free(job.team);
	return tool_end(status);
}
