/*
 * metrics - the figures of one model
 */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/config.h"
#include "base/stream.h"
#include "base/tool.h"
#include "base/xalloc.h"
#include "chatters/model.h"
#include "coach/board.h"
#include "coach/enums.h"
#include "coach/metrics.h"
#include "coach/roster.h"
#include "record/deal.h"

enum {
	OPT_AS_OF = 256,
	OPT_NABELLER,
	OPT_STOPPED,
	OPT_WARM,
	OPT_INFO,
	OPT_PERIODS,
	OPT_ALPHA,
	OPT_BETA,
	OPT_NO_FUTURE,
	OPT_PERIOD,
	OPT_EXCLUDE,
	OPT_MIN_RATE,
	OPT_TOP,
	OPT_MIN_DEALS,
	OPT_GOOD,
	OPT_LABELS,
	OPT_STATUS,
	OPT_CONFIG,
	OPT_DATE,
	OPT_WEEKS,
	OPT_TEAM_AVG,
	OPT_URGENCY,
};

#define OF_COACH    (BIT(OPT_PERIOD) - 1)
#define OF_BOARD    (BIT(OPT_STATUS + 1) - BIT(OPT_PERIOD))
#define OF_CHATTERS (BIT(OPT_AS_OF) | (BIT(OPT_URGENCY + 1) - BIT(OPT_CONFIG)))
#define DEALS_MAX   1000000

#define CHATTER_WEEKS 12

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
	{ OPT_NO_FUTURE, "no-future", NULL,
	    "coach: deals created behind the instant do not count" },
	{ OPT_PERIOD, "period", "NAME", "board: 1m, 3m or 6m; 1m" },
	{ OPT_EXCLUDE, "exclude", "NAME",
	    "board: leave that coach out; may be repeated" },
	{ OPT_MIN_RATE, "min-rate", "PERCENT",
	    "board: coaches with at least that smoothed rate; 0" },
	{ OPT_TOP, "top", "PERCENT",
	    "board: of those the best, by smoothed; 100" },
	{ OPT_MIN_DEALS, "min-deals", "N",
	    "board: deals that count in the means; 0" },
	{ OPT_GOOD, "good", "N", "board: deals for Goed, half for Matig; 14" },
	{ OPT_LABELS, "labels", NULL,
	    "board: the status is the label of the file" },
	{ OPT_STATUS, "status", "WORD,...",
	    "board: good, fair, nabeller, excluded, none, other; all" },
	{ OPT_CONFIG, "config", "FILE", "chatters: the settings" },
	{ OPT_DATE, "date", "DATE", "chatters: the day; the newest there is" },
	{ OPT_WEEKS, "weeks", "N", "chatters: so many weeks; 12" },
	{ OPT_TEAM_AVG, "team-avg", "WAY",
	    "chatters: sales per hour of teams: mean or pooled; mean" },
	{ OPT_URGENCY, "urgency", "WAY",
	    "chatters: weighted or points; as the settings say" },
	{ 0 },
};

static const struct tool tool = {
	.name = "metrics",
	.summary = "compute the figures of one model",
	.synopsis = "coach [--as-of=TIME] [OPTION...] [FILE...]\n"
		    "board [OPTION...] [FILE...]\n"
		    "chatters [--as-of=TIME] [OPTION...] [FILE...]\n"
		    "enums [FILE...]",
	.option = options,
};

struct settings {
	instant_us as_of;
	struct coach_settings coach;
	struct exclusions hidden;
	struct board_settings board;
	struct chatters_settings chatters;
	struct chatters_options chatters_days;
	int urgency; /* by points, or not; -1: as the settings say */
	struct text *excluded;
	size_t excluded_cap;
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
	if (nr.future > 0)
		tool_say("deals left out, created later: %llu",
		    (unsigned long long)nr.future);
	if (nr.deals == 0)
		return fault_set(f, FAULT_DATA,
		    "no deal with a readable createdate in the input");
	if (nr.unseen != NULL)
		return fault_set(f, FAULT_DATA,
		    "no deal has the property %s; fetch them with "
		    "--properties=" DEAL_PROPERTIES,
		    nr.unseen);
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

struct board_model {
	const struct board_settings *set;
	struct roster roster;
	struct board board;
	bool is_made;
	size_t at;
};

static void *
board_new(const struct settings *set, struct json_shape *shape)
{
	struct board_model *m = xcalloc(1, sizeof(*m));

	m->set = &set->board;
	roster_init(&m->roster, set->board.period, shape);
	return m;
}

static int
board_add(void *model, const struct record *rec, struct fault *f)
{
	struct board_model *m = model;

	return roster_add(&m->roster, rec, f) == -1 ? -1 : 0;
}

static int
board_check(const void *model, struct fault *f)
{
	const struct board_model *m = model;

	(void)f;
	if (m->roster.nr == 0)
		tool_warn("no coach in the input");
	return 0;
}

static bool
board_line(void *model, struct buf *line)
{
	struct board_model *m = model;

	if (!m->is_made)
		board_make(&m->board, m->set, m->roster.row, m->roster.nr);
	m->is_made = true;
	return board_next(&m->board, m->set, &m->at, line);
}

static void
board_end(void *model)
{
	struct board_model *m = model;

	board_free(&m->board);
	roster_free(&m->roster);
	free(m);
}

static void *
chatter_new(const struct settings *set, struct json_shape *shape)
{
	struct chatters_options days = set->chatters_days;

	days.run = instant_day(set->as_of);
	return chatters_new(&set->chatters, &days, shape);
}

static int
chatter_add(void *model, const struct record *rec, struct fault *f)
{
	return chatters_add(model, rec, f);
}

static int
chatter_check(const void *model, struct fault *f)
{
	struct chatters_counts nr;

	chatters_counts(model, &nr);
	if (!nr.has_date)
		return fault_set(f, FAULT_DATA,
		    "no chatter_day up to the instant in the input: it wants "
		    "those of chatter-day, or a --date");
	if (nr.twice > 0)
		tool_warn("days of a chatter that came again, the last one "
			  "counts: %zu",
		    nr.twice);
	if (nr.undated > 0)
		tool_warn("coaching sessions left out, without a date: %zu",
		    nr.undated);
	if (nr.logs_twice > 0)
		tool_warn("coaching sessions left out, they came again: %zu",
		    nr.logs_twice);
	tool_say("%zu days, %zu chatters on the roster", nr.days, nr.people);
	return 0;
}

static bool
chatter_line(void *model, struct buf *line)
{
	return chatters_next(model, line);
}

static void
chatter_end(void *model)
{
	chatters_free(model);
}

static const struct model models[] = {
	{ "board", OF_BOARD, board_new, board_add, board_check, board_line,
	    board_end },
	{ "chatters", OF_CHATTERS, chatter_new, chatter_add, chatter_check,
	    chatter_line, chatter_end },
	{ "coach", OF_COACH, coach_new, coach_add, coach_check, coach_next,
	    coach_free },
	{ "enums", 0, observed_new, observed_add, observed_check, observed_next,
	    observed_free },
};

#define MODELS (sizeof(models) / sizeof(models[0]))

static void
show_state(struct board_settings *board, struct text word)
{
	int i;

	for (i = 0; i < STATES; i++)
		if (text_is(word, coach_state_word((enum coach_state)i))) {
			board->hides[i] = false;
			return;
		}
	tool_usage("--status: no status '%.*s': good, fair, nabeller, "
		   "excluded, none or other",
	    TEXT_ARG(word));
}

static void
set_states(struct board_settings *board, const char *value)
{
	struct text rest = text_of(value), word;
	const char *comma;
	int i;

	for (i = 0; i < STATES; i++)
		board->hides[i] = true;
	do {
		comma = memchr(rest.p, ',', rest.len);
		word = rest;
		if (comma != NULL)
			word.len = (size_t)(comma - rest.p);
		show_state(board, word);
		rest.p += word.len + 1;
		rest.len -= word.len + (comma != NULL);
	} while (comma != NULL);
}

static void
set_board_option(struct settings *set, int c, const char *value)
{
	struct board_settings *board = &set->board;

	switch (c) {
	case OPT_PERIOD:
		board->period = coach_period_of(text_of(value));
		if (board->period == PERIODS)
			tool_usage("--period is 1m, 3m or 6m, not '%s'", value);
		break;
	case OPT_EXCLUDE:
		set->excluded = xgrow(set->excluded, board->excluded_nr,
		    &set->excluded_cap, sizeof(*set->excluded));
		set->excluded[board->excluded_nr++] = text_of(value);
		board->excluded = set->excluded;
		break;
	case OPT_MIN_RATE:
		board->min_smoothed_pct =
		    tool_decimal("min-rate", value, 0, 100);
		break;
	case OPT_TOP:
		board->top_pct = tool_decimal("top", value, 0, 100);
		break;
	case OPT_MIN_DEALS:
		board->min_deals =
		    (double)tool_number("min-deals", value, 0, DEALS_MAX);
		break;
	case OPT_GOOD:
		board->good_deals = tool_number("good", value, 1, DEALS_MAX);
		break;
	case OPT_LABELS:
		board->by_label = true;
		break;
	case OPT_STATUS:
		set_states(board, value);
		break;
	}
}

static int
parse_config(void *settings, struct text file, struct fault *f)
{
	return chatters_settings_parse(settings, file, f);
}

static bool
is_second(const char *option, const char *value, const char *first,
    const char *second)
{
	struct text given = text_of(value);

	if (!text_is(given, first) && !text_is(given, second))
		tool_usage(
		    "--%s is %s or %s, not '%s'", option, first, second, value);
	return text_is(given, second);
}

static void
set_chatters_option(struct settings *set, int c, const char *value)
{
	struct chatters_options *days = &set->chatters_days;

	switch (c) {
	case OPT_CONFIG:
		config_read(value, parse_config, &set->chatters);
		break;
	case OPT_DATE:
		if (!day_parse(text_of(value), &days->date))
			tool_usage(
			    "--date is a day as 2026-02-10, not '%s'", value);
		days->has_date = true;
		break;
	case OPT_WEEKS:
		days->weeks = (int)tool_number("weeks", value, 1, WEEKS_MAX);
		break;
	case OPT_TEAM_AVG:
		days->pooled = is_second("team-avg", value, "mean", "pooled");
		break;
	case OPT_URGENCY:
		set->urgency =
		    is_second("urgency", value, "weighted", "points");
		break;
	}
}

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
	case OPT_NO_FUTURE:
		coach->no_future = true;
		break;
	default:
		set_board_option(set, c, value);
		set_chatters_option(set, c, value);
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
		tool_usage("no model given: board, chatters, coach or enums");
	for (i = 0; i < MODELS && !text_is(wanted, models[i].name); i++)
		;
	if (i == MODELS)
		tool_usage(
		    "no model '%s': board, chatters, coach or enums", name);
	for (o = options; o->name != NULL; o++)
		if ((given & ~models[i].takes & BIT(o->id)) != 0)
			tool_usage("--%s is not for the model %s", o->name,
			    models[i].name);
	return &models[i];
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
	exclusions_init(&set.hidden);
	board_settings_init(&set.board, &set.hidden);
	chatters_settings_init(&set.chatters);
	set.chatters_days.weeks = CHATTER_WEEKS;
	set.urgency = -1;
	tool_begin(&tool, argc, argv);
	if ((value = tool_env("PIPELINE_NABELLER")) != NULL)
		set.coach.nabeller = text_of(value);
	while ((c = tool_option(&value)) != -1)
		set_option(&set, c, value);
	if (set.urgency >= 0)
		set.chatters.coaching.by_points = set.urgency == 1;
	operand = tool_operands();
	model = find_model(operand[0], set.given);
	if ((set.given & BIT(OPT_AS_OF)) == 0)
		set.as_of = tool_now();

	shape = json_shape_new();
	state = model->new (&set, shape);
	in = ndjson_open(operand + 1, shape);
	stream_read(in, model->add, state);
	if (model->check(state, &f) == -1)
		tool_die(&f);
	stream_write(model->next, state);

	ndjson_free(in);
	model->free(state);
	json_shape_free(shape);
	chatters_settings_free(&set.chatters);
	free(set.excluded);
	return tool_end(EXIT_DONE);
}
