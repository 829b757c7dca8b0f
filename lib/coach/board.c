#include "coach/board.h"

#include <math.h>
#include <stdlib.h>

#include "base/json.h"
#include "base/num.h"
#include "base/xalloc.h"
#include "coach/stats.h"
#include "coach/status.h"

#define BINS 20
#define NEAR 1e-9

void
board_settings_init(struct board_settings *set, const struct exclusions *hidden)
{
	*set = (struct board_settings){
		.period = PERIOD_1M,
		.hidden = hidden,
		.top_pct = 100,
		.good_deals = COACH_GOOD_DEALS,
	};
}

bool
board_shows(const struct exclusions *hidden, const struct coach_row *row,
    const struct text *excluded, size_t nr)
{
	size_t i;

	if (exclusions_have(hidden, row->name))
		return false;
	for (i = 0; i < nr; i++)
		if (row->name.p != NULL && text_equal(row->name, excluded[i]))
			return false;
	return true;
}

static void
take(struct board *b, const struct board_settings *set,
    const struct coach_row *row, size_t nr)
{
	const struct coach_row_figures *of;
	size_t i;

	b->coach = xcalloc(nr, sizeof(*b->coach));
	for (i = 0; i < nr; i++) {
		of = &row[i].of[set->period];
		if (!board_shows(
			set->hidden, &row[i], set->excluded, set->excluded_nr))
			continue;
		if (set->min_smoothed_pct > 0 &&
		    !(of->smoothed_pct >= set->min_smoothed_pct))
			continue;
		b->coach[b->nr++] = (struct board_coach){ .row = &row[i],
			.deals = of->deals,
			.smoothed_pct = of->smoothed_pct };
	}
}

/* The smoothed percentages there are, ascending; the caller's. */
static double *
sorted(const struct board *b, size_t *nr)
{
	double *x = xcalloc(b->nr, sizeof(*x));
	size_t i;

	for (*nr = i = 0; i < b->nr; i++)
		if (!isnan(b->coach[i].smoothed_pct))
			x[(*nr)++] = b->coach[i].smoothed_pct;
	stats_sort(x, *nr);
	return x;
}

static void
take_top(struct board *b, double top_pct)
{
	double *x;
	size_t i, nr, kept = 0;

	b->before_top_nr = b->nr;
	b->cutoff_pct = NAN;
	b->top_nr = b->nr;
	if (!(top_pct < 100) || b->nr == 0)
		return;
	x = sorted(b, &nr);
	b->cutoff_pct = stats_quantile_top(x, nr, top_pct);
	free(x);
	for (i = 0; i < b->nr; i++)
		if (b->coach[i].smoothed_pct >= b->cutoff_pct)
			b->coach[kept++] = b->coach[i];
	b->nr = b->top_nr = kept;
}

static void
set_states(struct board *b, const struct board_settings *set)
{
	struct board_coach *c;
	double *x;
	size_t i, nr;

	x = sorted(b, &nr);
	b->median_pct = stats_median(x, nr);
	free(x);
	for (i = 0; i < b->nr; i++) {
		c = &b->coach[i];
		c->label = set->by_label
			       ? coach_label(c->row->eligibility)
			       : text_of(coach_status(c->deals, c->smoothed_pct,
				     b->median_pct, set->good_deals));
		c->state = coach_state_of(c->label);
		if (c->label.len == 0)
			c->label = text_of(coach_state_label(STATE_OTHER));
		c->is_above = c->deals >= set->min_deals;
	}
}

static void
hide_states(struct board *b, const bool hides[STATES])
{
	size_t i, kept = 0;

	for (i = 0; i < b->nr; i++)
		if (!hides[b->coach[i].state])
			b->coach[kept++] = b->coach[i];
	b->nr = kept;
}

static void
add_figures(struct board *b)
{
	double *smoothed = xcalloc(b->nr, sizeof(*smoothed));
	double *deals = xcalloc(b->nr, sizeof(*deals));
	const struct board_coach *c;
	size_t i, nr = 0, over = 0;

	for (i = 0; i < b->nr; i++) {
		c = &b->coach[i];
		if (!isnan(c->deals))
			b->deals += c->deals;
		b->state_nr[c->state]++;
		if (!c->is_above)
			continue;
		b->above_nr++;
		b->above_state_nr[c->state]++;
		if (isnan(c->smoothed_pct))
			continue;
		smoothed[nr] = c->smoothed_pct;
		deals[nr++] = c->deals;
		over += c->smoothed_pct >= b->median_pct;
	}
	b->mean_smoothed_pct = nr == 0 ? NAN : stats_mean(smoothed, nr);
	b->mean_deals = nr == 0 ? NAN : stats_mean(deals, nr);
	b->above_median_pct =
	    nr == 0 ? NAN : num_percent((double)over, (double)nr);
	free(smoothed);
	free(deals);
}

/* Multiples of a width are i * mul / div: exact where a sum of them is not. */
struct width {
	double mul;
	double div;
};

static struct width
bin_width(double span)
{
	static const double of_ten[] = { 1, 2, 5 };
	double power;
	size_t i;

	if (!(span > 0))
		return (struct width){ 1, 1 };
	for (power = 1e6; power >= 1; power /= 10)
		for (i = 0; i < 3; i++)
			if (of_ten[i] / power * BINS >= span - NEAR)
				return (struct width){ of_ten[i], power };
	return (struct width){ 10, 1 };
}

/* Which multiple is at or below x, which may be one but for its last bits. */
static double
multiple_below(struct width w, double x)
{
	double i = x * w.div / w.mul, whole = floor(i + 0.5);

	return fabs(i - whole) < NEAR ? whole : floor(i);
}

static bool
is_counted(const struct board_coach *c)
{
	return c->is_above && !isnan(c->smoothed_pct);
}

static void
fill_bins(struct board *b)
{
	double low = INFINITY, high = -INFINITY, first;
	struct width w;
	size_t i;

	for (i = 0; i < b->nr; i++) {
		if (!is_counted(&b->coach[i]))
			continue;
		low = fmin(low, b->coach[i].smoothed_pct);
		high = fmax(high, b->coach[i].smoothed_pct);
	}
	if (low > high)
		return;
	w = bin_width(high - low);
	first = multiple_below(w, low);
	b->bin_nr = (size_t)(multiple_below(w, high) - first) + 1;
	b->bin = xcalloc(b->bin_nr, sizeof(*b->bin));
	for (i = 0; i < b->bin_nr; i++) {
		b->bin[i].low = (first + (double)i) * w.mul / w.div;
		b->bin[i].high = (first + (double)i + 1) * w.mul / w.div;
	}
	for (i = 0; i < b->nr; i++)
		if (is_counted(&b->coach[i]))
			b->bin[(size_t)(multiple_below(
					    w, b->coach[i].smoothed_pct) -
					first)]
			    .nr++;
}

static int
by_smoothed(const void *x, const void *y, void *arg)
{
	const struct board_coach *coach = arg;
	size_t i = *(const size_t *)x, j = *(const size_t *)y;
	double a = coach[i].smoothed_pct, b = coach[j].smoothed_pct;

	a = isnan(a) ? -1 : a;
	b = isnan(b) ? -1 : b;
	if (a > b || a < b)
		return a > b ? -1 : 1;
	return i < j ? -1 : 1;
}

static void
sort_coaches(struct board *b)
{
	size_t i;

	b->order = xcalloc(b->nr, sizeof(*b->order));
	for (i = 0; i < b->nr; i++)
		b->order[i] = i;
	if (b->nr > 1)
		qsort_r(
		    b->order, b->nr, sizeof(*b->order), by_smoothed, b->coach);
}

void
board_make(struct board *b, const struct board_settings *set,
    const struct coach_row *row, size_t nr)
{
	*b = (struct board){ 0 };
	take(b, set, row, nr);
	take_top(b, set->top_pct);
	set_states(b, set);
	hide_states(b, set->hides);
	add_figures(b);
	fill_bins(b);
	sort_coaches(b);
}

void
board_free(struct board *b)
{
	free(b->coach);
	free(b->order);
	free(b->bin);
}

static void
put_type(struct buf *line, const char *type)
{
	json_open(line);
	json_key(line, "type");
	json_put_str(line, type);
}

static void
put_number(struct buf *line, const char *key, double x)
{
	json_key(line, key);
	json_put_number(line, x);
}

static void
put_states(struct buf *line, const char *key, const size_t nr[STATES])
{
	int i;

	json_key(line, key);
	json_open(line);
	for (i = 0; i < STATES; i++)
		put_number(
		    line, coach_state_word((enum coach_state)i), (double)nr[i]);
	json_close(line);
}

static void
put_board(
    struct buf *line, const struct board *b, const struct board_settings *set)
{
	put_type(line, "board");
	json_key(line, "period");
	json_put_str(line, coach_period_name[set->period]);
	put_number(line, "coaches", (double)b->nr);
	put_number(line, "above_minimum", (double)b->above_nr);
	put_number(line, "before_top", (double)b->before_top_nr);
	put_number(line, "in_top", (double)b->top_nr);
	put_number(line, "cutoff_pct", b->cutoff_pct);
	put_number(line, "median_pct", b->median_pct);
	put_number(line, "deals", b->deals);
	put_number(line, "mean_winst_pct", b->mean_smoothed_pct);
	put_number(line, "mean_deals", b->mean_deals);
	put_number(line, "above_median_pct", b->above_median_pct);
	put_states(line, "status", b->state_nr);
	put_states(line, "status_above_minimum", b->above_state_nr);
	json_close(line);
}

static void
put_coach(struct buf *line, const struct board_coach *c)
{
	put_type(line, "board_coach");
	json_key(line, "coach_id");
	json_put_text(line, c->row->id);
	json_key(line, "coach_name");
	json_put_text(line, c->row->name);
	put_number(line, "deals", c->deals);
	put_number(line, "winst_pct", c->smoothed_pct);
	json_key(line, "status");
	json_put_text(line, c->label);
	json_key(line, "above_minimum");
	json_put_bool(line, c->is_above);
	json_close(line);
}

static void
put_bin(struct buf *line, const struct board_bin *bin)
{
	put_type(line, "board_bin");
	put_number(line, "low_pct", bin->low);
	put_number(line, "high_pct", bin->high);
	put_number(line, "coaches", (double)bin->nr);
	json_close(line);
}

bool
board_next(const struct board *b, const struct board_settings *set, size_t *at,
    struct buf *line)
{
	size_t i = (*at)++;

	buf_clear(line);
	if (i == 0) {
		put_board(line, b, set);
	} else if (i <= b->nr) {
		put_coach(line, &b->coach[b->order[i - 1]]);
	} else if (i <= b->nr + b->bin_nr) {
		put_bin(line, &b->bin[i - 1 - b->nr]);
	} else {
		return false;
	}
	return true;
}
