#include "coach/pool.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/json.h"
#include "base/xalloc.h"
#include "coach/board.h"
#include "coach/names.h"
#include "coach/stats.h"
#include "coach/status.h"

void
pool_settings_init(struct pool_settings *set, const struct exclusions *hidden)
{
	*set = (struct pool_settings){
		.period = PERIOD_1M,
		.hidden = hidden,
		.nabeller_pct = 20,
		.min_deals = 5,
		.top_pct = 100,
		.good_deals = COACH_GOOD_DEALS,
	};
}

void
pool_label(char out[POOL_LABEL], enum pool_status status, double top_pct)
{
	static const char *const label[POOL_STATUSES] = {
		[POOL_NABELLER] = "🚫 Nabeller te hoog",
		[POOL_FEW] = "⚪ Te weinig deals",
		[POOL_BELOW_TOP] = "📉 Buiten top",
		[POOL_NO_DATA] = "⚪ Geen data",
		[POOL_GOOD] = "✅ Goed",
		[POOL_FAIR] = "⭐ Matig",
		[POOL_EXCLUDED] = "❌ Uitsluiten",
	};

	if (status == POOL_BELOW_TOP)
		snprintf(out, POOL_LABEL, "%s %.0f%%", label[status], top_pct);
	else
		snprintf(out, POOL_LABEL, "%s", label[status]);
}

/* The coach is one of those whose median counts, but for the top. */
static bool
is_in_pool(const struct pool_coach *c, const struct pool_settings *set)
{
	return c->nabeller_pct <= set->nabeller_pct &&
	       c->deals >= set->min_deals && !isnan(c->smoothed_pct);
}

static double *
sorted_from(const struct pool *p, const struct pool_settings *set,
    double from_pct, size_t *nr)
{
	double *x = xcalloc(p->nr, sizeof(*x));
	size_t i;

	for (*nr = i = 0; i < p->nr; i++)
		if (is_in_pool(&p->coach[i], set) &&
		    p->coach[i].smoothed_pct >= from_pct)
			x[(*nr)++] = p->coach[i].smoothed_pct;
	stats_sort(x, *nr);
	return x;
}

static void
find_bounds(struct pool *p, const struct pool_settings *set)
{
	double *x = sorted_from(p, set, -INFINITY, &p->pool_nr);

	p->cutoff_pct = NAN;
	if (set->top_pct < 100 && p->pool_nr > 0) {
		p->cutoff_pct = stats_quantile_top(x, p->pool_nr, set->top_pct);
		free(x);
		x = sorted_from(p, set, p->cutoff_pct, &p->pool_nr);
	}
	p->median_pct = stats_median(x, p->pool_nr);
	free(x);
}

static enum pool_status
status_of(const struct pool *p, const struct pool_settings *set,
    const struct pool_coach *c)
{
	struct text status;

	if (c->nabeller_pct > set->nabeller_pct)
		return POOL_NABELLER;
	if (c->deals < set->min_deals)
		return POOL_FEW;
	if (!isnan(p->cutoff_pct) && c->smoothed_pct < p->cutoff_pct)
		return POOL_BELOW_TOP;
	status = text_of(coach_status(
	    c->deals, c->smoothed_pct, p->median_pct, set->good_deals));
	switch (coach_state_of(status)) {
	case STATE_NO_DATA:
		return POOL_NO_DATA;
	case STATE_GOOD:
		return POOL_GOOD;
	case STATE_FAIR:
		return POOL_FAIR;
	default:
		return POOL_EXCLUDED;
	}
}

void
pool_make(struct pool *p, const struct pool_settings *set,
    const struct coach_row *row, size_t nr)
{
	const struct coach_row_figures *of;
	struct pool_coach *c;
	size_t i;

	*p = (struct pool){ .coach = xcalloc(nr, sizeof(*p->coach)) };
	for (i = 0; i < nr; i++) {
		if (!board_shows(
			set->hidden, &row[i], set->excluded, set->excluded_nr))
			continue;
		of = &row[i].of[set->period];
		p->coach[p->nr++] = (struct pool_coach){ .row = &row[i],
			.deals = of->deals,
			.smoothed_pct = of->smoothed_pct,
			.nabeller_pct = of->nabeller_pct,
			.has_owner = row[i].id.len > 0 &&
				     !text_is(row[i].id, COACH_UNKNOWN) };
	}
	find_bounds(p, set);
	for (i = 0; i < p->nr; i++) {
		c = &p->coach[i];
		c->status = status_of(p, set, c);
		c->is_exported =
		    c->status == POOL_GOOD || c->status == POOL_FAIR;
		p->status_nr[c->status]++;
		p->eligible_nr += c->is_exported;
		p->written_nr += c->is_exported && c->has_owner;
	}
}

void
pool_free(struct pool *p)
{
	free(p->coach);
}

const char *
pool_word(enum pool_status status)
{
	static const char *const word[POOL_STATUSES] = {
		[POOL_NABELLER] = "nabeller",
		[POOL_FEW] = "few",
		[POOL_BELOW_TOP] = "below_top",
		[POOL_NO_DATA] = "none",
		[POOL_GOOD] = "good",
		[POOL_FAIR] = "fair",
		[POOL_EXCLUDED] = "excluded",
	};

	return word[status];
}

static void
put_number(struct buf *line, const char *key, double x)
{
	json_key(line, key);
	json_put_number(line, x);
}

static void
put_coach(const struct pool_coach *c, double top_pct, struct buf *line)
{
	char label[POOL_LABEL];

	pool_label(label, c->status, top_pct);
	json_open(line);
	json_key(line, "type");
	json_put_str(line, "pool_coach");
	json_key(line, "coach_id");
	json_put_text(line, c->row->id);
	json_key(line, "coach_name");
	json_put_text(line, c->row->name);
	put_number(line, "deals", c->deals);
	put_number(line, "winst_pct", c->smoothed_pct);
	put_number(line, "nabeller_pct", c->nabeller_pct);
	json_key(line, "status");
	json_put_str(line, label);
	json_key(line, "exported");
	json_put_bool(line, c->is_exported);
	json_key(line, "written");
	json_put_bool(line, c->is_exported && c->has_owner);
	json_close(line);
}

static void
put_summary(
    const struct pool *p, const struct pool_settings *set, struct buf *line)
{
	size_t i;

	json_open(line);
	json_key(line, "type");
	json_put_str(line, "pool_summary");
	json_key(line, "period");
	json_put_str(line, coach_period_name[set->period]);
	put_number(line, "coaches", (double)p->nr);
	put_number(line, "in_pool", (double)p->pool_nr);
	put_number(line, "median_pct", p->median_pct);
	put_number(line, "cutoff_pct", p->cutoff_pct);
	put_number(line, "eligible", (double)p->eligible_nr);
	put_number(line, "written", (double)p->written_nr);
	json_key(line, "without_owner");
	json_open_array(line);
	for (i = 0; i < p->nr; i++)
		if (p->coach[i].is_exported && !p->coach[i].has_owner)
			json_put_text(line, p->coach[i].row->name);
	json_close_array(line);
	json_key(line, "status");
	json_open(line);
	for (i = 0; i < POOL_STATUSES; i++)
		put_number(line, pool_word((enum pool_status)i),
		    (double)p->status_nr[i]);
	json_close(line);
	json_close(line);
}

bool
pool_next(const struct pool *p, const struct pool_settings *set, size_t *at,
    struct buf *line)
{
	size_t i = (*at)++;

	buf_clear(line);
	if (i < p->nr)
		put_coach(&p->coach[i], set->top_pct, line);
	else if (i == p->nr)
		put_summary(p, set, line);
	return i <= p->nr;
}
