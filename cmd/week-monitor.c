/*
 * week-monitor - the weeks of the coaches, and which to look at
 */
#include <stdlib.h>

#include "base/stream.h"
#include "base/tool.h"
#include "base/xalloc.h"
#include "coach/monitor.h"

#define WEEKS_MAX 52
#define DEALS_MAX 1000000

enum {
	OPT_AS_OF = 256,
	OPT_COACH,
	OPT_DROP,
	OPT_ELIGIBILITY,
	OPT_EXCLUDE,
	OPT_MIN_DEALS,
	OPT_NABELLER,
	OPT_NO_FUTURE,
	OPT_PIPELINE,
	OPT_WEEKS,
};

static const struct tool_option options[] = {
	{ OPT_AS_OF, "as-of", "TIME",
	    "the instant weeks count back from; now" },
	{ OPT_NO_FUTURE, "no-future", NULL,
	    "deals created behind that instant do not count" },
	{ OPT_WEEKS, "weeks", "N", "so many weeks back; 12" },
	{ OPT_ELIGIBILITY, "eligibility", "LABEL",
	    "only coaches with that label; may be repeated" },
	{ OPT_EXCLUDE, "exclude", "NAME",
	    "leave that coach out; may be repeated" },
	{ OPT_COACH, "coach", "NAME", "write the rows of that coach alone" },
	{ OPT_NABELLER, "nabeller", "PERCENT",
	    "an alert is above that share of nabeller deals; 20" },
	{ OPT_DROP, "drop", "POINTS",
	    "an alert is that far below the mean of four weeks; 15" },
	{ OPT_MIN_DEALS, "min-deals", "N",
	    "deals in a week that can raise an alert; 5" },
	{ OPT_PIPELINE, "pipeline-nabeller", "ID",
	    "the pipeline of the people who call after" },
	{ 0 },
};

static const struct tool tool = {
	.name = "week-monitor",
	.summary = "the weeks of the coaches, and which to look at",
	.synopsis =
	    "[--as-of=TIME] [--no-future] [--weeks=N] [--eligibility=LABEL]... "
	    "[--exclude=NAME]... [--coach=NAME] [--nabeller=PERCENT] "
	    "[--drop=POINTS] [--min-deals=N] [--pipeline-nabeller=ID] "
	    "[FILE...]",
	.option = options,
};

struct names {
	struct text *name;
	size_t nr, cap;
};

static void
names_add(struct names *names, const char *value)
{
	names->name =
	    xgrow(names->name, names->nr, &names->cap, sizeof(*names->name));
	names->name[names->nr++] = text_of(value);
}

static void
read_options(
    struct monitor_settings *set, struct names *excluded, struct names *label)
{
	const char *value;
	int c;

	set->weeks.now = tool_now();
	if ((value = tool_env("PIPELINE_NABELLER")) != NULL)
		set->nabeller = text_of(value);
	while ((c = tool_option(&value)) != -1)
		switch (c) {
		case OPT_AS_OF:
			set->weeks.now = tool_instant("as-of", value);
			break;
		case OPT_COACH:
			set->coach = text_of(value);
			break;
		case OPT_DROP:
			set->weeks.drop_pct =
			    tool_decimal("drop", value, 0, 100);
			break;
		case OPT_ELIGIBILITY:
			names_add(label, value);
			break;
		case OPT_EXCLUDE:
			names_add(excluded, value);
			break;
		case OPT_MIN_DEALS:
			set->weeks.min_deals = (double)tool_number(
			    "min-deals", value, 0, DEALS_MAX);
			break;
		case OPT_NABELLER:
			set->weeks.nabeller_pct =
			    tool_decimal("nabeller", value, 0, 100);
			break;
		case OPT_NO_FUTURE:
			set->no_future = true;
			break;
		case OPT_PIPELINE:
			set->nabeller = text_of(value);
			break;
		case OPT_WEEKS:
			set->weeks.weeks =
			    (int)tool_number("weeks", value, 1, WEEKS_MAX);
			break;
		}
	set->excluded = excluded->name;
	set->excluded_nr = excluded->nr;
	set->label = label->name;
	set->label_nr = label->nr;
}

static int
add(void *monitor, const struct record *rec, struct fault *f)
{
	return monitor_add(monitor, rec, f);
}

static bool
next(void *monitor, struct buf *line)
{
	return monitor_next(monitor, line);
}

static void
check_records(const struct monitor *monitor)
{
	struct fault f = { 0 };

	if (monitor_check(monitor, &f) == -1)
		tool_die(&f);
	if (monitor_undated(monitor) > 0)
		tool_warn("deals left out, without a readable created_at: %zu",
		    monitor_undated(monitor));
}

int
main(int argc, char *argv[])
{
	struct names excluded = { 0 }, label = { 0 };
	struct monitor_settings set;
	struct json_shape *shape;
	struct monitor *monitor;
	struct ndjson *in;

	monitor_settings_init(&set);
	tool_begin(&tool, argc, argv);
	read_options(&set, &excluded, &label);
	shape = json_shape_new();
	monitor = monitor_new(&set, shape);
	in = ndjson_open(tool_operands(), shape);
	stream_read(in, add, monitor);
	check_records(monitor);
	if (stream_write(next, monitor) == 0)
		tool_warn("no deals of these coaches in these weeks: choose "
			  "more weeks, or an earlier --as-of for an old run");

	ndjson_free(in);
	monitor_free(monitor);
	json_shape_free(shape);
	free(excluded.name);
	free(label.name);
	return tool_end(EXIT_DONE);
}
