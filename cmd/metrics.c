/*
 * metrics - the figures of one model
 */
#include <unistd.h>

#include "base/ndjson.h"
#include "base/tool.h"
#include "coach/enums.h"
#include "coach/metrics.h"

#define LINE_MAX_LEN ((size_t)2 * NDJSON_LINE_MAX)

enum {
	OPT_AS_OF = 256,
	OPT_NABELLER,
	OPT_STOPPED,
	OPT_WARM,
	OPT_INFO,
	OPT_PERIODS,
	OPT_ALPHA,
	OPT_BETA,
};

#define BIT(option) (1u << ((option)-OPT_AS_OF))

static const struct tool_option options[] = {
	{ OPT_AS_OF, "as-of", "TIME", "the instant of the figures; now" },
	{ OPT_NABELLER, "pipeline-nabeller", "ID",
	    "coach: the pipeline of the people who call after" },
	{ OPT_STOPPED, "stopped-stages", "ID,...",
	    "coach: stages that are lost whatever they say" },
	{ OPT_WARM, "warm-stages", "ID,...", "coach: stages Warme aanvraag" },
	{ OPT_INFO, "info-stages", "ID,...",
	    "coach: stages Informatie aangevraagd" },
	{ OPT_PERIODS, "periods", "NAME=DAYS,...",
	    "coach: the periods; 1m=30,3m=90,6m=180" },
	{ OPT_ALPHA, "alpha", "NUMBER", "coach: wins that smoothing adds; 3" },
	{ OPT_BETA, "beta", "NUMBER", "coach: deals that smoothing adds; 5" },
	{ 0 },
};

static const struct tool tool = {
	.name = "metrics",
	.summary = "compute the figures of one model",
	.synopsis = "coach [--as-of=TIME] [OPTION...] [FILE...]\n"
		    "enums [FILE...]",
	.option = options,
};

struct settings {
	instant_us as_of;
	struct coach_settings coach;
	unsigned given; /* options, a bit each */
};

/*
 * What a model is to this tool: records go in one by one, then lines come out.
 * check tells what was left out and why, before the first line.
 */
struct model {
	const char *name;
	unsigned takes; /* options, a bit each */
	void *(*new)(const struct settings *, struct json_shape *);
	int (*add)(void *, const struct record *, struct fault *);
	int (*check)(const void *, struct fault *);
	bool (*next)(void *, struct buf *);
	void (*free)(void *);
};

static void *
coach_new(const struct settings *set, struct json_shape *shape)
{
	return coach_metrics_new(&set->coach, set->as_of, shape);
}

static int
coach_add(void *model, const struct record *rec, struct fault *f)
{
	return coach_metrics_add(model, rec, f);
}

static int
coach_check(const void *model, struct fault *f)
{
	struct coach_counts nr;

	coach_metrics_counts(model, &nr);
	if (nr.undated > 0)
		tool_warn("deals left out, without a readable createdate: %llu",
		    (unsigned long long)nr.undated);
	if (nr.deals == 0)
		return fault_set(f, FAULT_DATA,
		    "no deal with a readable createdate in the input");
	if (nr.owners == 0 && !nr.named)
		tool_warn("no owner in the input; every coach_name is UNKNOWN");
	tool_say("%llu deals of %zu coaches, %zu owners",
	    (unsigned long long)nr.deals, nr.coaches, nr.owners);
	return 0;
}

static bool
coach_next(void *model, struct buf *line)
{
	return coach_metrics_next(model, line);
}

static void
coach_free(void *model)
{
	coach_metrics_free(model);
}

static void *
observed_new(const struct settings *set, struct json_shape *shape)
{
	(void)set;
	return enums_new(shape);
}

static int
observed_add(void *model, const struct record *rec, struct fault *f)
{
	return enums_add(model, rec, f);
}

static int
observed_check(const void *model, struct fault *f)
{
	(void)f;
	tool_say("%llu deals", (unsigned long long)enums_nr(model));
	return 0;
}

static bool
observed_next(void *model, struct buf *line)
{
	return enums_next(model, line);
}

static void
observed_free(void *model)
{
	enums_free(model);
}

static const struct model models[] = {
	{ "coach", ~0u, coach_new, coach_add, coach_check, coach_next,
	    coach_free },
	{ "enums", 0, observed_new, observed_add, observed_check, observed_next,
	    observed_free },
};

#define MODELS (sizeof(models) / sizeof(models[0]))

static void
set_option(struct settings *set, int c, const char *value)
{
	struct coach_settings *coach = &set->coach;
	struct fault f = { 0 };
	const char *name = NULL;
	int bad = 0;

	switch (c) {
	case OPT_AS_OF:
		set->as_of = tool_instant("as-of", value);
		break;
	case OPT_NABELLER:
		coach->nabeller = text_of(value);
		break;
	case OPT_STOPPED:
		name = "stopped-stages";
		bad = id_list_parse(&coach->stopped, text_of(value), &f);
		break;
	case OPT_WARM:
		name = "warm-stages";
		bad = id_list_parse(&coach->warm, text_of(value), &f);
		break;
	case OPT_INFO:
		name = "info-stages";
		bad = id_list_parse(&coach->info, text_of(value), &f);
		break;
	case OPT_PERIODS:
		name = "periods";
		bad = periods_parse(coach, text_of(value), &f);
		break;
	case OPT_ALPHA:
		coach->alpha = tool_decimal("alpha", value, 0, 1e6);
		break;
	case OPT_BETA:
		coach->beta = tool_decimal("beta", value, 0, 1e6);
		break;
	default:
		break;
	}
	if (bad == -1)
		tool_usage("--%s %s", name, f.text);
	set->given |= BIT(c);
}

/* The model that the first operand names. */
static const struct model *
find_model(const char *name, unsigned given)
{
	const struct tool_option *o;
	struct text wanted = text_of(name);
	size_t i;

	if (wanted.len == 0)
		tool_usage("no model given: coach or enums");
	for (i = 0; i < MODELS && !text_is(wanted, models[i].name); i++)
		;
	if (i == MODELS)
		tool_usage("no model '%s': coach or enums", name);
	for (o = options; o->name != NULL; o++)
		if ((given & ~models[i].takes & BIT(o->id)) != 0)
			tool_usage("--%s is not for the model %s", o->name,
			    models[i].name);
	return &models[i];
}

static void
read_records(const struct model *model, void *state, struct ndjson *in)
{
	struct fault f = { 0 };
	const struct record *rec;
	int more;

	while ((more = ndjson_read(in, &rec, &f)) == 1)
		if (model->add(state, rec, &f) == -1) {
			ndjson_blame(in, &f);
			tool_die(&f);
		}
	if (more == -1)
		tool_die(&f);
	tool_say("%llu records", (unsigned long long)ndjson_count(in));
}

static void
write_figures(const struct model *model, void *state)
{
	struct fault f = { 0 };
	struct out *out = out_new(STDOUT_FILENO, "standard output");
	struct buf line;

	buf_init(&line, LINE_MAX_LEN);
	while (model->next(state, &line))
		if (buf_check(&line, "a line of the result", &f) == -1 ||
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
	struct settings set = { 0 };
	struct fault f = { 0 };
	const struct model *model;
	struct json_shape *shape;
	struct ndjson *in;
	const char *value;
	char **operand;
	void *state;
	int c;

	coach_settings_init(&set.coach);
	tool_begin(&tool, argc, argv);
	if ((value = tool_env("PIPELINE_NABELLER")) != NULL)
		set.coach.nabeller = text_of(value);
	while ((c = tool_option(&value)) != -1)
		set_option(&set, c, value);
	operand = tool_operands();
	model = find_model(operand[0], set.given);
	if ((set.given & BIT(OPT_AS_OF)) == 0)
		set.as_of = tool_now();

	shape = json_shape_new();
	state = model->new (&set, shape);
	in = ndjson_open(operand + 1, shape);
	read_records(model, state, in);
	if (model->check(state, &f) == -1)
		tool_die(&f);
	write_figures(model, state);

	ndjson_free(in);
	model->free(state);
	json_shape_free(shape);
	return tool_end(EXIT_DONE);
}
