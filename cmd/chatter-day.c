/*
 * chatter-day - one record a chatter and day, of tracked hours and an export
 */
#include "base/config.h"
#include "base/stream.h"
#include "base/tool.h"
#include "chatters/join.h"

enum {
	OPT_CONFIG = 256,
	OPT_DATE,
	OPT_KEEP_NODATA,
};

static const struct tool_option options[] = {
	{ OPT_CONFIG, "config", "FILE", "the settings: teams and hours" },
	{ OPT_DATE, "date", "DATE", "only that day" },
	{ OPT_KEEP_NODATA, "keep-nodata", NULL,
	    "also the days of people whose hours are unknown" },
	{ 0 },
};

static const struct tool tool = {
	.name = "chatter-day",
	.summary = "join hours and sales to one record a chatter and day",
	.synopsis = "[--config=FILE] [--date=DATE] [--keep-nodata] [FILE...]",
	.option = options,
};

static int
parse_config(void *settings, struct text file, struct fault *f)
{
	return chatters_settings_parse(settings, file, f);
}

static void
read_options(struct chatters_settings *set, struct join_options *opt)
{
	const char *value;
	int c;

	while ((c = tool_option(&value)) != -1)
		switch (c) {
		case OPT_CONFIG:
			config_read(value, parse_config, set);
			break;
		case OPT_DATE:
			if (!day_parse(text_of(value), &opt->date))
				tool_usage(
				    "--date is a day as 2026-02-10, not '%s'",
				    value);
			opt->has_date = true;
			break;
		case OPT_KEEP_NODATA:
			opt->keep_nodata = true;
			break;
		}
}

static int
add(void *join, const struct record *rec, struct fault *f)
{
	return join_add(join, rec, f);
}

static bool
next(void *join, struct buf *line)
{
	return join_next(join, line);
}

static void
check_records(const struct join *join)
{
	struct fault f = { 0 };
	struct join_counts nr;

	join_counts(join, &nr);
	if (nr.people == 0) {
		fault_set(&f, FAULT_DATA,
		    "no chatter who is active in the input: it wants the "
		    "roster beside hours and rows");
		tool_die(&f);
	}
	tool_say("%zu chatters, %zu records of hours, %zu rows, %zu days",
	    nr.people, nr.hours, nr.rows, nr.dates);
	if (nr.unknown > 0)
		tool_say("%zu others have hours or rows", nr.unknown);
}

int
main(int argc, char *argv[])
{
	struct join_options opt = { 0 };
	struct chatters_settings set;
	struct json_shape *shape;
	struct ndjson *in;
	struct join *join;

	chatters_settings_init(&set);
	tool_begin(&tool, argc, argv);
	read_options(&set, &opt);
	shape = json_shape_new();
	join = join_new(&set, &opt, shape);
	in = ndjson_open(tool_operands(), shape);
	stream_read(in, add, join);
	check_records(join);
	stream_write(next, join);

	ndjson_free(in);
	join_free(join);
	json_shape_free(shape);
	chatters_settings_free(&set);
	return tool_end(EXIT_DONE);
}
