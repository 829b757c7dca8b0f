/*
 * availability - which coaches take leads today, and changes to that
 */
#include <string.h>

#include "base/stream.h"
#include "base/tool.h"
#include "coach/presence.h"

#define DATE_LEN  10
#define TIME_TEXT 20 /* YYYY-MM-DD HH:MM:SS */

enum {
	OPT_COACH = 256,
	OPT_FROM,
	OPT_LEADS,
	OPT_NOTE,
	OPT_NOW,
	OPT_UNTIL,
};

static const struct tool_option options[] = {
	{ OPT_NOW, "now", "TIME",
	    "the local time, YYYY-MM-DD HH:MM:SS; the clock in UTC" },
	{ OPT_COACH, "coach", "ID", "change the row of that coach" },
	{ OPT_LEADS, "leads", "WORD", "change: on or off" },
	{ OPT_FROM, "from", "DATE", "change: the first day away; empty: none" },
	{ OPT_UNTIL, "until", "DATE",
	    "change: the last day away; empty: none" },
	{ OPT_NOTE, "note", "TEXT", "change: why; empty: nothing" },
	{ 0 },
};

static const struct tool tool = {
	.name = "availability",
	.summary = "which coaches take leads today, and changes to that",
	.synopsis = "[--now=TIME] [FILE...]\n"
		    "--coach=ID [--leads=WORD] [--from=DATE] [--until=DATE] "
		    "[--note=TEXT] [--now=TIME] [FILE...]",
	.option = options,
};

struct settings {
	char now[TIME_TEXT];
	day_nr today;
	struct presence_edit edit;
	const char *edit_only; /* an option given that is for a change */
};

static void
clock_now(char out[TIME_TEXT])
{
	char text[INSTANT_TEXT];

	instant_format(tool_now(), text);
	text[DATE_LEN] = ' ';
	memcpy(out, text, TIME_TEXT - 1);
	out[TIME_TEXT - 1] = '\0';
}

/* YYYY-MM-DD HH:MM:SS, of the calendar. */
static void
read_now(struct settings *set, const char *value)
{
	struct text t = text_of(value);
	instant_us at;

	if (t.len != sizeof(set->now) - 1 || t.p[DATE_LEN] != ' ' ||
	    !instant_parse_loose(t, &at))
		tool_usage("--now is a local time as 2026-03-01 09:30:00, not "
			   "'%s'",
		    value);
	memcpy(set->now, value, sizeof(set->now));
}

static struct text
read_day(const char *option, const char *value)
{
	struct text t = text_of(value);
	day_nr day;

	if (t.len > 0 && !day_parse(t, &day))
		tool_usage(
		    "--%s is a day as 2026-03-01, not '%s'", option, value);
	return t;
}

static void
set_edit(struct presence_edit *edit, int c, const char *value)
{
	switch (c) {
	case OPT_LEADS:
		if (strcmp(value, "on") == 0)
			edit->leads = LEADS_ON;
		else if (strcmp(value, "off") == 0)
			edit->leads = LEADS_OFF;
		else
			tool_usage("--leads is on or off, not '%s'", value);
		break;
	case OPT_FROM:
		edit->from = read_day("from", value);
		break;
	case OPT_UNTIL:
		edit->until = read_day("until", value);
		break;
	case OPT_NOTE:
		edit->note = text_of(value);
		break;
	}
}

static void
check_edit(const struct settings *set)
{
	const struct presence_edit *edit = &set->edit;

	if (set->edit_only != NULL && edit->coach_id.p == NULL)
		tool_usage("--%s needs --coach", set->edit_only);
	if (edit->coach_id.p != NULL && set->edit_only == NULL)
		tool_usage("--coach needs what to change: --leads, --from, "
			   "--until or --note");
	if (edit->from.len > 0 && edit->until.len > 0 &&
	    text_compare(edit->from, edit->until) > 0)
		tool_usage("--from is after --until");
}

static void
read_options(struct settings *set)
{
	const struct tool_option *o;
	const char *value;
	int c;

	clock_now(set->now);
	while ((c = tool_option(&value)) != -1)
		if (c == OPT_NOW) {
			read_now(set, value);
		} else if (c == OPT_COACH) {
			set->edit.coach_id = text_of(value);
		} else {
			for (o = options; o->name != NULL; o++)
				if (o->id == c)
					set->edit_only = o->name;
			set_edit(&set->edit, c, value);
		}
	check_edit(set);
	set->edit.stamp = text_of(set->now);
	day_parse((struct text){ set->now, DATE_LEN }, &set->today);
}

static int
add(void *presence, const struct record *rec, struct fault *f)
{
	return presence_add(presence, rec, f);
}

static bool
next(void *presence, struct buf *line)
{
	return presence_next(presence, line);
}

static void
check_records(const struct presence *presence)
{
	struct fault f = { 0 };

	if (presence_coaches(presence) > 0 || presence_rows(presence) > 0)
		return;
	fault_set(&f, FAULT_DATA,
	    "no coach and no row in the input: it wants the coaches of "
	    "eligibility, the rows of sheets-fetch, or both");
	tool_die(&f);
}

static void
tell_twice(void *arg, struct text id)
{
	bool *twice = arg;

	*twice = true;
	tool_warn("coach '%.*s' stands in the tab a second time; that row is "
		  "left out",
	    TEXT_ARG(id));
}

int
main(int argc, char *argv[])
{
	struct settings set = { 0 };
	struct json_shape *shape;
	struct presence *presence;
	struct fault f = { 0 };
	struct ndjson *in;
	bool twice = false;

	tool_begin(&tool, argc, argv);
	read_options(&set);
	shape = json_shape_new();
	presence = presence_new(shape);
	in = ndjson_open(tool_operands(), shape);
	stream_read(in, add, presence);
	check_records(presence);
	presence_join(presence, set.today, tell_twice, &twice);
	if (set.edit.coach_id.p != NULL &&
	    presence_edit(presence, &set.edit, &f) == -1)
		tool_die(&f);
	stream_write(next, presence);

	ndjson_free(in);
	presence_free(presence);
	json_shape_free(shape);
	return tool_end(twice ? EXIT_INCOMPLETE : EXIT_DONE);
}
