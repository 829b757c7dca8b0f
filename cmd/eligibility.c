/*
 * eligibility - label the coaches by their figures of the last month
 */
#include <stdlib.h>
#include <unistd.h>

#include "base/stream.h"
#include "base/tool.h"
#include "base/xalloc.h"
#include "coach/eligibility.h"
#include "coach/pool.h"
#include "coach/roster.h"

#define LINE_MAX_LEN ((size_t)2 * NDJSON_LINE_MAX)
#define DEALS_MAX    1000000

enum {
	OPT_EXCLUDE = 256,
	OPT_GOOD,
	OPT_MIN_DEALS,
	OPT_NABELLER,
	OPT_PERIOD,
	OPT_POOL,
	OPT_TOP,
};

static const struct tool_option options[] = {
	{ OPT_POOL, "pool", NULL, "choose the coaches who get new leads" },
	{ OPT_PERIOD, "period", "NAME", "pool: 1m, 3m or 6m; 1m" },
	{ OPT_EXCLUDE, "exclude", "NAME",
	    "pool: leave that coach out; may be repeated" },
	{ OPT_NABELLER, "nabeller", "PERCENT",
	    "pool: at most that share of nabeller deals; 20" },
	{ OPT_MIN_DEALS, "min-deals", "N", "pool: at least so many deals; 5" },
	{ OPT_TOP, "top", "PERCENT",
	    "pool: of those the best, by smoothed; 100" },
	{ OPT_GOOD, "good", "N", "pool: deals for Goed, half for Matig; 14" },
	{ 0 },
};

static const struct tool tool = {
	.name = "eligibility",
	.summary = "label coaches by their figures of the last month",
	.synopsis = "[FILE...]\n"
		    "--pool [--period=NAME] [--exclude=NAME]... "
		    "[--nabeller=PERCENT] "
		    "[--min-deals=N] [--top=PERCENT] [--good=N] [FILE...]",
	.option = options,
};

struct settings {
	bool is_pool;
	struct exclusions hidden;
	struct pool_settings pool;
	struct text *excluded;
	size_t excluded_cap;
	const char *pool_only; /* an option given that is for the pool */
};

static void
set_option(struct settings *set, int c, const char *value)
{
	struct pool_settings *pool = &set->pool;

	switch (c) {
	case OPT_EXCLUDE:
		set->excluded = xgrow(set->excluded, pool->excluded_nr,
		    &set->excluded_cap, sizeof(*set->excluded));
		set->excluded[pool->excluded_nr++] = text_of(value);
		pool->excluded = set->excluded;
		break;
	case OPT_GOOD:
		pool->good_deals = tool_number("good", value, 1, DEALS_MAX);
		break;
	case OPT_MIN_DEALS:
		pool->min_deals =
		    (double)tool_number("min-deals", value, 0, DEALS_MAX);
		break;
	case OPT_NABELLER:
		pool->nabeller_pct = tool_decimal("nabeller", value, 0, 100);
		break;
	case OPT_PERIOD:
		pool->period = coach_period_of(text_of(value));
		if (pool->period == PERIODS)
			tool_usage("--period is 1m, 3m or 6m, not '%s'", value);
		break;
	case OPT_TOP:
		pool->top_pct = tool_decimal("top", value, 0, 100);
		break;
	}
}

static void
read_options(struct settings *set)
{
	const struct tool_option *o;
	const char *value;
	int c;

	exclusions_init(&set->hidden);
	pool_settings_init(&set->pool, &set->hidden);
	while ((c = tool_option(&value)) != -1) {
		if (c == OPT_POOL)
			set->is_pool = true;
		else
			for (o = options; o->name != NULL; o++)
				if (o->id == c)
					set->pool_only = o->name;
		set_option(set, c, value);
	}
	if (set->pool_only != NULL && !set->is_pool)
		tool_usage("--%s is for --pool", set->pool_only);
}

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

static void
label_coaches(struct json_shape *shape)
{
	struct eligibility *eligibility = eligibility_new(shape);
	struct ndjson *in = ndjson_open(tool_operands(), shape);
	struct out *out = out_new(STDOUT_FILENO, "standard output");

	ndjson_tie(in, out);
	read_coaches(eligibility, in, out);
	write_coaches(eligibility, out);
	out_free(out);
	ndjson_free(in);
	eligibility_free(eligibility);
}

struct choice {
	const struct pool_settings *set;
	struct roster roster;
	struct pool pool;
	size_t at;
};

static int
add_coach(void *arg, const struct record *rec, struct fault *f)
{
	struct choice *choice = arg;

	return roster_add(&choice->roster, rec, f) == -1 ? -1 : 0;
}

static bool
next_choice(void *arg, struct buf *line)
{
	struct choice *choice = arg;

	return pool_next(&choice->pool, choice->set, &choice->at, line);
}

static void
choose_coaches(const struct pool_settings *set, struct json_shape *shape)
{
	struct choice choice = { .set = set };
	struct fault f = { 0 };
	struct ndjson *in;

	roster_init(&choice.roster, set->period, shape);
	in = ndjson_open(tool_operands(), shape);
	stream_read(in, add_coach, &choice);
	if (choice.roster.nr == 0) {
		fault_set(&f, FAULT_DATA, "no coach in the input");
		tool_die(&f);
	}
	pool_make(&choice.pool, set, choice.roster.row, choice.roster.nr);
	tool_say("%zu coaches, %zu eligible", choice.pool.nr,
	    choice.pool.eligible_nr);
	stream_write(next_choice, &choice);
	pool_free(&choice.pool);
	ndjson_free(in);
	roster_free(&choice.roster);
}

int
main(int argc, char *argv[])
{
	struct settings set = { 0 };
	struct json_shape *shape;

	tool_begin(&tool, argc, argv);
	read_options(&set);
	shape = json_shape_new();
	if (set.is_pool)
		choose_coaches(&set.pool, shape);
	else
		label_coaches(shape);
	json_shape_free(shape);
	free(set.excluded);
	return tool_end(EXIT_DONE);
}
