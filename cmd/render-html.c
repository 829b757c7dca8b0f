/*
 * render-html - records to one page that works alone
 */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/stream.h"
#include "base/tool.h"
#include "coach/settings.h"
#include "page/coach.h"
#include "record/run.h"

#define PAGE_MAX  ((size_t)512 << 20)
#define PAGE_MODE 0644

enum {
	OPT_AS_OF = 256,
	OPT_RUN,
	OPT_NABELLER,
};

static const struct tool_option options[] = {
	{ OPT_AS_OF, "as-of", "TIME",
	    "the instant that weeks count from; now" },
	{ 'o', "output", "FILE",
	    "write the page there, not to standard output" },
	{ OPT_RUN, "run", "ID", "the run that the records are of" },
	{ OPT_NABELLER, "pipeline-nabeller", "ID",
	    "the pipeline of the people who call after" },
	{ 0 },
};

static const struct tool tool = {
	.name = "render-html",
	.summary = "make one page that works alone",
	.synopsis = "coach [--as-of=TIME] [--output=FILE] [--run=ID] "
		    "[--pipeline-nabeller=ID] [FILE...]",
	.option = options,
};

static int
add(void *page, const struct record *rec, struct fault *f)
{
	return coach_page_add(page, rec, f);
}

static void
check_records(const struct coach_page *page)
{
	if (coach_page_coaches(page) == 0)
		tool_warn("no coach in the input; the page has no figures");
	if (coach_page_undated(page) > 0)
		tool_warn("deals left out, without a readable created_at: %zu",
		    coach_page_undated(page));
	tool_say("%zu coaches", coach_page_coaches(page));
}

static void
write_file(const char *path, const struct buf *b)
{
	struct fault f = { 0 };
	struct file_replace *to;

	if ((to = file_replace_open(path, PAGE_MODE, &f)) == NULL)
		tool_die(&f);
	if (file_write_all(file_replace_fd(to), file_replace_path(to), b->p,
		b->len, &f) == -1) {
		file_replace_abort(to);
		tool_die(&f);
	}
	if (file_replace_commit(to, &f) == -1)
		tool_die(&f);
}

static void
write_page(struct coach_page *page, const char *path)
{
	struct fault f = { 0 };
	struct buf b;

	buf_init(&b, PAGE_MAX);
	coach_page_write(page, &b);
	if (buf_check(&b, "the page", &f) == -1)
		tool_die(&f);
	if (path != NULL)
		write_file(path, &b);
	else if (file_write_all(
		     STDOUT_FILENO, "standard output", b.p, b.len, &f) == -1)
		tool_die(&f);
	buf_free(&b);
}

int
main(int argc, char *argv[])
{
	struct coach_page_settings set = { 0 };
	struct coach_settings coach;
	struct json_shape *shape;
	struct coach_page *page;
	struct ndjson *in;
	const char *value, *output = NULL;
	char **operand;
	bool given = false;
	int c;

	coach_settings_init(&coach);
	set.nabeller = coach.nabeller;
	exclusions_init(&set.hidden);
	tool_begin(&tool, argc, argv);
	if ((value = tool_env("PIPELINE_NABELLER")) != NULL)
		set.nabeller = text_of(value);
	while ((c = tool_option(&value)) != -1)
		switch (c) {
		case OPT_AS_OF:
			set.as_of = tool_instant("as-of", value);
			given = true;
			break;
		case 'o':
			output = value;
			break;
		case OPT_RUN:
			if (!run_id_is_valid(value))
				tool_usage("--run: '%s' is no run id", value);
			set.run_id = value;
			break;
		case OPT_NABELLER:
			set.nabeller = text_of(value);
			break;
		default:
			break;
		}
	operand = tool_operands();
	if (operand[0] == NULL)
		tool_usage("no model given: coach");
	if (strcmp(operand[0], "coach") != 0)
		tool_usage("no model '%s': coach", operand[0]);
	if (!given)
		set.as_of = tool_now();

	shape = json_shape_new();
	page = coach_page_new(&set, shape);
	in = ndjson_open(operand + 1, shape);
	stream_read(in, add, page);
	check_records(page);
	write_page(page, output);
	ndjson_free(in);
	coach_page_free(page);
	json_shape_free(shape);
	return tool_end(EXIT_DONE);
}
