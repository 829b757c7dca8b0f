/*
 * stage-mapping - the mapping of deal stages to classes that people start from
 */
#include <unistd.h>

#include "base/ndjson.h"
#include "base/tool.h"
#include "coach/default_mapping.h"

#define LINE_MAX_LEN ((size_t)128 << 20)

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

static void
read_stages(struct default_mapping *mapping, struct ndjson *in)
{
	struct fault f = { 0 };
	const struct record *rec;
	int more;

	while ((more = ndjson_read(in, &rec, &f)) == 1)
		if (default_mapping_add(mapping, rec, &f) == -1) {
			ndjson_blame(in, &f);
			tool_die(&f);
		}
	if (more == -1)
		tool_die(&f);
	tool_say("%llu records, %zu stages of deals",
	    (unsigned long long)ndjson_count(in), default_mapping_nr(mapping));
	if (default_mapping_nr(mapping) > 0)
		return;
	/* an empty mapping would be kept and never filled */
	fault_set(&f, FAULT_DATA,
	    "no stage of deals in the input; fetch them with "
	    "'hs-fetch pipelines/deals'");
	tool_die(&f);
}

static void
write_rows(struct default_mapping *mapping)
{
	struct fault f = { 0 };
	struct out *out = out_new(STDOUT_FILENO, "standard output");
	struct buf line;

	buf_init(&line, LINE_MAX_LEN);
	while (default_mapping_next(mapping, &line))
		if (buf_check(&line, "a row", &f) == -1 ||
		    out_line(out, buf_view(&line), &f) == -1)
			tool_die(&f);
	if (out_flush(out, &f) == -1)
		tool_die(&f);
	buf_free(&line);
	out_free(out);
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
	read_stages(mapping, in);
	write_rows(mapping);

	ndjson_free(in);
	default_mapping_free(mapping);
	json_shape_free(shape);
	return tool_end(EXIT_DONE);
}
