/*
 * stage-mapping - the mapping of deal stages to classes that people start from
 */
#include <unistd.h>

#include "base/stream.h"
#include "base/tool.h"
#include "coach/default_mapping.h"

enum {
	OPT_NABELLER = 256,
	OPT_STOPPED,
};

static const struct tool_option options[] = {
	{ OPT_NABELLER, "pipeline-nabeller", "ID",
	    "the pipeline of the people who call after" },
	{ OPT_STOPPED, "stopped-stages", "ID,...",
	    "stages that are lost whatever they say" },
	{ 0 },
};

static const struct tool tool = {
	.name = "stage-mapping",
	.summary = "deal stages to the classes that their deals have",
	.synopsis = "[--pipeline-nabeller=ID] [--stopped-stages=ID,...] "
		    "[FILE...]",
	.option = options,
};

static void
set_option(struct coach_settings *set, int c, const char *value)
{
	struct fault f = { 0 };

	if (c == OPT_NABELLER) {
		set->nabeller = text_of(value);
	} else if (id_list_parse(&set->stopped, text_of(value), &f) == -1) {
		tool_usage("--stopped-stages %s", f.text);
	}
}

static int
add_stage(void *mapping, const struct record *rec, struct fault *f)
{
	return default_mapping_add(mapping, rec, f);
}

static bool
next_row(void *mapping, struct buf *line)
{
	return default_mapping_next(mapping, line);
}

static void
check_stages(const struct default_mapping *mapping)
{
	struct fault f = { 0 };

	tool_say("%zu stages of deals", default_mapping_nr(mapping));
	if (default_mapping_nr(mapping) > 0)
		return;
	/* an empty mapping would be kept and never filled */
	fault_set(&f, FAULT_DATA,
	    "no stage of deals in the input; fetch them with "
	    "'hs-fetch pipelines/deals'");
	tool_die(&f);
}

int
main(int argc, char *argv[])
{
	struct coach_settings set;
	struct default_mapping *mapping;
	struct json_shape *shape;
	struct ndjson *in;
	const char *value;
	int c;

	coach_settings_init(&set);
	tool_begin(&tool, argc, argv);
	if ((value = tool_env("PIPELINE_NABELLER")) != NULL)
		set.nabeller = text_of(value);
	while ((c = tool_option(&value)) != -1)
		set_option(&set, c, value);

	shape = json_shape_new();
	mapping = default_mapping_new(&set, shape);
	in = ndjson_open(tool_operands(), shape);
	stream_read(in, add_stage, mapping);
	check_stages(mapping);
	stream_write(next_row, mapping);

	ndjson_free(in);
	default_mapping_free(mapping);
	json_shape_free(shape);
	return tool_end(EXIT_DONE);
}
