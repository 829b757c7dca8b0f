#include "coach/weeks.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/map.h"
#include "base/ndjson.h"
#include "base/num.h"
#include "base/xalloc.h"
#include "coach/stats.h"

#define DAYS_OF_WEEK 7
/* Two texts of a line, whatever they are. */
#define KEY_MAX ((size_t)2 * NDJSON_LINE_MAX)

struct weeks {
	const struct weeks_settings *set;
	instant_us start;
	struct arena *text;
	struct map *index; /* of id, name and week */
	struct buf key;
	struct week_row *row;
	size_t nr, cap;
};

void
weeks_settings_init(struct weeks_settings *set)
{
	*set = (struct weeks_settings){
		.weeks = 12,
		.nabeller_pct = 20,
		.drop_pct = 15,
		.min_deals = 5,
	};
}

struct weeks *
weeks_new(const struct weeks_settings *set)
{
	struct weeks *w = xcalloc(1, sizeof(*w));

	w->set = set;
	w->start =
	    set->now - set->weeks * (DAYS_OF_WEEK * (int64_t)INSTANT_DAY_US);
	w->text = arena_new();
	w->index = map_new();
	buf_init(&w->key, KEY_MAX);
	return w;
}

void
weeks_free(struct weeks *w)
{
	if (w == NULL)
		return;
	arena_free(w->text);
	map_free(w->index);
	buf_free(&w->key);
	free(w->row);
	free(w);
}

static struct week_row *
find_row(struct weeks *w, const struct week_deal *deal, day_nr week)
{
	size_t i, len[2] = { deal->coach_id.len, deal->coach_name.len };
	bool added;

	buf_clear(&w->key);
	buf_add(&w->key, &week, sizeof(week));
	buf_add(&w->key, len, sizeof(len));
	buf_text(&w->key, deal->coach_id);
	buf_text(&w->key, deal->coach_name);
	i = map_intern(w->index, buf_view(&w->key), &added);
	if (!added)
		return &w->row[i];
	w->row = xgrow(w->row, i, &w->cap, sizeof(*w->row));
	w->row[i] = (struct week_row){
		.coach_id = arena_copy(w->text, deal->coach_id),
		.coach_name = arena_copy(w->text, deal->coach_name),
		.week = week,
	};
	w->nr = i + 1;
	return &w->row[i];
}

void
weeks_add(struct weeks *w, const struct week_deal *deal)
{
	struct week_row *row;
	day_nr day;

	if (deal->created_at < w->start)
		return;
	day = instant_day(deal->created_at);
	row = find_row(w, deal, day - day_weekday(day));
	row->deals++;
	row->won += deal->is_won;
	row->lost += deal->is_lost;
	row->open += deal->is_open;
	row->nabeller += deal->is_nabeller;
}

static bool
is_numeric(struct text t)
{
	size_t i;

	for (i = 0; i < t.len; i++)
		if (t.p[i] < '0' || t.p[i] > '9')
			return false;
	return t.len > 0;
}

static struct text
without_zeros(struct text t)
{
	while (t.len > 1 && t.p[0] == '0') {
		t.p++;
		t.len--;
	}
	return t;
}

static int
by_number(struct text a, struct text b)
{
	struct text x = without_zeros(a), y = without_zeros(b);

	if (x.len != y.len)
		return x.len < y.len ? -1 : 1;
	return text_compare(x, y);
}

static int
by_coach_and_week(const void *a, const void *b, void *arg)
{
	const struct week_row *x = a, *y = b;
	const bool *as_numbers = arg;
	int order = 0;

	if (*as_numbers)
		order = by_number(x->coach_id, y->coach_id);
	if (order == 0)
		order = text_compare(x->coach_id, y->coach_id);
	if (order == 0)
		order = (x->week > y->week) - (x->week < y->week);
	return order != 0 ? order : text_compare(x->coach_name, y->coach_name);
}

static void
work_out(struct week_row *row, size_t nr)
{
	struct rolling rolling;
	size_t i;

	for (i = 0; i < nr; i++) {
		if (i == 0 || !text_equal(row[i].coach_id, row[i - 1].coach_id))
			rolling = (struct rolling){ 0 };
		row[i].won_pct =
		    num_round1(num_percent(row[i].won, row[i].deals));
		row[i].nabeller_pct =
		    num_round1(num_percent(row[i].nabeller, row[i].deals));
		row[i].won_rolling_pct = rolling_add(&rolling, row[i].won_pct);
	}
}

const struct week_row *
weeks_rows(struct weeks *w, bool (*is_wanted)(void *, struct text name),
    void *arg, size_t *nr)
{
	bool as_numbers = true;
	size_t i, kept = 0;

	for (i = 0; i < w->nr; i++) {
		if (is_wanted != NULL && !is_wanted(arg, w->row[i].coach_name))
			continue;
		as_numbers = as_numbers && is_numeric(w->row[i].coach_id);
		w->row[kept++] = w->row[i];
	}
	w->nr = kept;
	if (kept > 1)
		qsort_r(w->row, kept, sizeof(*w->row), by_coach_and_week,
		    &as_numbers);
	work_out(w->row, kept);
	*nr = kept;
	return w->row;
}

size_t *
weeks_latest(const struct week_row *row, size_t nr, size_t *latest_nr)
{
	size_t *latest = xcalloc(nr, sizeof(*latest));
	day_nr last = 0;
	size_t i;

	for (i = 0; i < nr; i++)
		if (i == 0 || row[i].week > last)
			last = row[i].week;
	for (*latest_nr = i = 0; i < nr; i++)
		if (row[i].week == last)
			latest[(*latest_nr)++] = i;
	return latest;
}

int
weeks_alert(const struct weeks_settings *set, const struct week_row *row)
{
	if (row->deals < set->min_deals)
		return 0;
	return (row->nabeller_pct > set->nabeller_pct ? ALERT_NABELLER : 0) |
	       (row->won_pct < row->won_rolling_pct - set->drop_pct ? ALERT_DROP
								    : 0);
}

void
weeks_alert_text(char out[ALERT_TEXT], const struct weeks_settings *set,
    const struct week_row *row)
{
	int alert = weeks_alert(set, row), nr = 0;

	out[0] = '\0';
	if ((alert & ALERT_NABELLER) != 0)
		nr = snprintf(out, ALERT_TEXT, "Nabeller %.1f%% > %.0f%%",
		    row->nabeller_pct, set->nabeller_pct);
	if ((alert & ALERT_DROP) != 0)
		snprintf(out + nr, ALERT_TEXT - (size_t)nr,
		    "%sWon rate %.1f%% < 4w avg (%.1f%%) - %.0f%%",
		    nr > 0 ? "; " : "", row->won_pct, row->won_rolling_pct,
		    set->drop_pct);
}
