/*
 * render-html - records to one page that works alone
 */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/config.h"
#include "base/file.h"
#include "base/stream.h"
#include "base/tool.h"
#include "coach/settings.h"
#include "page/chatters.h"
#include "page/coach.h"
#include "record/run.h"

#define PAGE_MAX  ((size_t)512 << 20)
#define PAGE_MODE 0644

enum {
	OPT_AS_OF = 256,
	OPT_RUN,
	OPT_NABELLER,
	OPT_CONFIG,
	OPT_GENERATED,
};

static const struct tool_option options[] = {
	{ OPT_AS_OF, "as-of", "TIME",
	    "coach: the instant that weeks count from; now" },
	{ OPT_CONFIG, "config", "FILE", "chatters: the settings" },
	{ OPT_GENERATED, "generated-at", "TIME",
	    "chatters: when the page is made; now" },
	{ 'o', "output", "FILE",
	    "write the page there, not to standard output" },
	{ OPT_RUN, "run", "ID", "coach: the run that the records are of" },
	{ OPT_NABELLER, "pipeline-nabeller", "ID",
	    "coach: the pipeline of the people who call after" },
	{ 0 },
};

static const struct tool tool = {
	.name = "render-html",
	.summary = "make one page that works alone",
	.synopsis =
	    "coach [--as-of=TIME] [--output=FILE] [--run=ID] "
	    "[--pipeline-nabeller=ID] [FILE...]\n"
	    "chatters [--config=FILE] [--generated-at=TIME] [--output=FILE] "
	    "[FILE...]",
	.option = options,
};

#define BIT(option) (1u << ((option)-OPT_AS_OF))
#define OF_COACH    (BIT(OPT_AS_OF) | BIT(OPT_RUN) | BIT(OPT_NABELLER))
#define OF_CHATTERS (BIT(OPT_CONFIG) | BIT(OPT_GENERATED))

struct settings {
	struct coach_page_settings coach;
	struct chatters_settings chatters;
	struct chatters_page_settings chatters_page;
};

/*
 * What a page is to this tool: records go in one by one; check tells what was
 * left out; then it is written.
 */
struct model {
	const char *name;
	unsigned takes; /* options, a bit each */
	void *(*new)(const struct settings *, struct json_shape *);
	int (*add)(void *, const struct record *, struct fault *);
	void (*check)(void *);
	void (*write)(void *, struct buf *);
	void (*free)(void *);
};

static void *
coach_new(const struct settings *set, struct json_shape *shape)
{
	return coach_page_new(&set->coach, shape);
}

static int
coach_add(void *page, const struct record *rec, struct fault *f)
{
	return coach_page_add(page, rec, f);
}

static void
coach_check(void *page)
{
	if (coach_page_coaches(page) == 0)
		tool_warn("no coach in the input; the page has no figures");
	if (coach_page_undated(page) > 0)
		tool_warn("deals left out, without a readable created_at: %zu",
		    coach_page_undated(page));
	tool_say("%zu coaches", coach_page_coaches(page));
}

static void
coach_write(void *page, struct buf *b)
{
	coach_page_write(page, b);
}

static void
coach_free(void *page)
{
	coach_page_free(page);
}

static void *
chatter_new(const struct settings *set, struct json_shape *shape)
{
	return chatters_page_new(&set->chatters_page, shape);
}

static int
chatter_add(void *page, const struct record *rec, struct fault *f)
{
	return chatters_page_add(page, rec, f);
}

static void
chatter_check(void *page)
{
	struct chatters_page_counts nr;
	struct fault f = { 0 };

	if (chatters_page_check(page, &nr, &f) == -1)
		tool_die(&f);
	if (!nr.has_summary)
		tool_warn("no chatter_summary in the input; the page has no "
			  "figures");
	tool_say("%zu chatters of %zu teams, %zu rows of weeks, %zu sessions, "
		 "%zu reports",
	    nr.chatters, nr.teams, nr.weeks, nr.sessions, nr.reports);
}

static void
chatter_write(void *page, struct buf *b)
{
	chatters_page_write(page, b);
}

static void
chatter_free(void *page)
{
	chatters_page_free(page);
}

static const struct model models[] = {
	{ "coach", OF_COACH, coach_new, coach_add, coach_check, coach_write,
	    coach_free },
	{ "chatters", OF_CHATTERS, chatter_new, chatter_add, chatter_check,
	    chatter_write, chatter_free },
};

#define MODELS (sizeof(models) / sizeof(models[0]))

static const struct model *
find_model(const char *name)
{
	size_t i;

	if (name == NULL)
		tool_usage("no model given: coach or chatters");
	for (i = 0; i < MODELS; i++)
		if (strcmp(name, models[i].name) == 0)
			return &models[i];
	tool_usage("no model '%s': coach or chatters", name);
}

static int
parse_chatters(void *settings, struct text file, struct fault *f)
{
	return chatters_settings_parse(settings, file, f);
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
write_page(const struct model *model, void *page, const char *path)
{
	struct fault f = { 0 };
	struct buf b;

	buf_init(&b, PAGE_MAX);
	model->write(page, &b);
	if (buf_check(&b, "the page", &f) == -1)
		tool_die(&f);
	if (path != NULL)
		write_file(path, &b);
	else if (file_write_all(
		     STDOUT_FILENO, "standard output", b.p, b.len, &f) == -1)
		tool_die(&f);
	buf_free(&b);
}

static void
settings_init(struct settings *set)
{
	struct coach_settings coach;

	coach_settings_init(&coach);
	set->coach = (struct coach_page_settings){ .nabeller = coach.nabeller };
	exclusions_init(&set->coach.hidden);
	chatters_settings_init(&set->chatters);
	set->chatters_page =
	    (struct chatters_page_settings){ .chatters = &set->chatters };
}

/* The bit of the option, that it was given. */
static unsigned
take_option(struct settings *set, int option, const char *value)
{
	switch (option) {
	case OPT_AS_OF:
		set->coach.as_of = tool_instant("as-of", value);
		break;
	case OPT_RUN:
		if (!run_id_is_valid(value))
			tool_usage("--run: '%s' is no run id", value);
		set->coach.run_id = value;
		break;
	case OPT_NABELLER:
		set->coach.nabeller = text_of(value);
		break;
	case OPT_CONFIG:
		config_read(value, parse_chatters, &set->chatters);
		break;
	case OPT_GENERATED:
		set->chatters_page.generated_at =
		    tool_instant("generated-at", value);
		break;
	default:
		break;
	}
	return BIT(option);
}

static void
check_options(const struct model *model, unsigned given)
{
	const struct tool_option *o;

	for (o = options; o->name != NULL; o++)
		if (o->id >= OPT_AS_OF && (given & ~model->takes & BIT(o->id)))
			tool_usage("--%s is not for %s", o->name, model->name);
}

int
main(int argc, char *argv[])
{
	struct settings set = { 0 };
	const struct model *model;
	struct json_shape *shape;
	struct ndjson *in;
	const char *value, *output = NULL;
	char **operand;
	unsigned given = 0;
	void *page;
	int c;

	tool_begin(&tool, argc, argv);
	settings_init(&set);
	if ((value = tool_env("PIPELINE_NABELLER")) != NULL)
		set.coach.nabeller = text_of(value);
	while ((c = tool_option(&value)) != -1)
		if (c == 'o')
			output = value;
		else
			given |= take_option(&set, c, value);
	operand = tool_operands();
	model = find_model(operand[0]);
	check_options(model, given);
	if ((given & BIT(OPT_AS_OF)) == 0)
		set.coach.as_of = tool_now();
	if ((given & BIT(OPT_GENERATED)) == 0)
		set.chatters_page.generated_at = tool_now();

	shape = json_shape_new();
	page = model->new (&set, shape);
	in = ndjson_open(operand + 1, shape);
	stream_read(in, model->add, page);
	model->check(page);
	write_page(model, page, output);
	ndjson_free(in);
	model->free(page);
	json_shape_free(shape);
	chatters_settings_free(&set.chatters);
	return tool_end(EXIT_DONE);
}
