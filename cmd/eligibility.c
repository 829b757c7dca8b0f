/*
 * eligibility - label the coaches by their figures of the last month
 */
#include <unistd.h>

#include "base/ndjson.h"
#include "base/tool.h"
#include "coach/eligibility.h"

#define LINE_MAX_LEN ((size_t)2 * NDJSON_LINE_MAX)

static const struct tool_option options[] = {
	{ 0 },
};

static const struct tool tool = {
	.name = "eligibility",
	.summary = "label coaches by their figures of the last month",
	.synopsis = "[FILE...]",
	.option = options,
};

/* Keep the coaches, pass the others on. */
static void
read_coaches(
    struct eligibility *eligibility, struct ndjson *in, struct out *out)
{
	struct fault f = { 0 };
	const struct record *rec;
	int more, taken;

	while ((more = ndjson_read(in, &rec, &f)) == 1) {
		taken = eligibility_add(eligibility, rec, &f);
		if (taken == -1) {
			ndjson_blame(in, &f);
			tool_die(&f);
		}
		if (taken == 0 && out_line(out, rec->line, &f) == -1)
			tool_die(&f);
	}
	if (more == -1)
		tool_die(&f);
	tool_say("%llu records, %zu coaches",
	    (unsigned long long)ndjson_count(in), eligibility_nr(eligibility));
}

static void
write_coaches(struct eligibility *eligibility, struct out *out)
{
	struct fault f = { 0 };
	struct buf line;

	buf_init(&line, LINE_MAX_LEN);
	while (eligibility_next(eligibility, &line))
		if (out_line(out, buf_view(&line), &f) == -1)
			tool_die(&f);
	if (out_flush(out, &f) == -1)
		tool_die(&f);
	buf_free(&line);
}

int
main(int argc, char *argv[])
{
	struct json_shape *shape;
	struct eligibility *eligibility;
	struct ndjson *in;
	struct out *out;
	const char *value;

	tool_begin(&tool, argc, argv);
	while (tool_option(&value) != -1)
		;

	shape = json_shape_new();
	eligibility = eligibility_new(shape);
	in = ndjson_open(tool_operands(), shape);
	out = out_new(STDOUT_FILENO, "standard output");
	ndjson_tie(in, out);
	read_coaches(eligibility, in, out);
	write_coaches(eligibility, out);

	out_free(out);
	ndjson_free(in);
	eligibility_free(eligibility);
	json_shape_free(shape);
	return tool_end(EXIT_DONE);
}
