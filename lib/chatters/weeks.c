/*
 * Weeks, Monday to Sunday: of each chatter by the sums of the days worked, and
 * of each team.
 */
#include <math.h>
#include <stdlib.h>

#include "base/xalloc.h"
#include "chatters/model_impl.h"
#include "chatters/sums.h"

#define HOUR_S 3600.0

static bool
week_of(const struct chatters *m, const struct chatter *c, day_nr monday,
    struct week_row *row)
{
	struct sums sums = { 0 };
	const struct kept_day *day;
	int i;

	*row = (struct week_row){ .chatter = c, .monday = monday };
	for (i = 0; i < DAYS_OF_WEEK; i++) {
		day = chatters_day(m, c, monday + i);
		if (day == NULL || day->status != CHATTER_WORKED ||
		    day->date > m->date)
			continue;
		sums_add(&sums, day->figure,
		    day->tracked_s > 0 ? day->tracked_s : 0);
		row->team = day->team;
	}
	row->days = sums.rows;
	row->tracked_s = sums.tracked_s;
	sums_make(&sums, row->figure);
	return row->days > 0;
}

static bool
is_scored(const struct chatters *m, const struct week_row *row)
{
	return (double)row->tracked_s >= m->set->weekly_min_h * HOUR_S;
}

/*
 * The rows of a week are compared with each other, in the mode of the day: what
 * stands on one page is not mixed. Too few have no ranks, so no score.
 */
static void
score_week(const struct chatters *m, struct week_row *row, size_t nr)
{
	struct score_pool *pool = score_pool_new(m->set, m->mode);
	bool has_ranks;
	double value[KPIS];
	size_t i;

	for (i = 0; i < nr; i++)
		if (is_scored(m, &row[i])) {
			kpi_values(value, row[i].figure);
			score_pool_add(pool, value);
		}
	has_ranks = score_pool_close(pool) == m->mode;
	for (i = 0; i < nr; i++) {
		kpi_values(value, row[i].figure);
		score_make(pool, value, &row[i].score);
		if (!is_scored(m, &row[i]) || !has_ranks)
			row[i].score.total = NAN;
	}
	score_pool_free(pool);
}

/* before holds the sales per hour of the week before, by chatter. */
static void
add_changes(
    const struct chatters *m, struct week_row *row, size_t nr, double *before)
{
	double *now = xcalloc(m->nr + 1, sizeof(*now));
	size_t i, who;

	for (i = 0; i < m->nr; i++)
		now[i] = NAN;
	for (i = 0; i < nr; i++) {
		who = (size_t)(row[i].chatter - m->chatter);
		now[who] = row[i].figure[FIGURE_SALES_HR];
		row[i].change = now[who] - before[who];
		row[i].has_change = !isnan(row[i].change);
	}
	memcpy(before, now, m->nr * sizeof(*now));
	free(now);
}

static void
add_day_to_team(struct team_week *week, const struct kept_day *day)
{
	double sales = day->figure[FIGURE_SALES];

	week->days++;
	if (!isnan(sales)) {
		week->sales += sales;
		week->sales_s += day->tracked_s > 0 ? day->tracked_s : 0;
	}
	if (!isnan(day->figure[FIGURE_SALES_HR])) {
		week->sales_hr += day->figure[FIGURE_SALES_HR];
		week->sales_hr_nr++;
	}
	if (!isnan(day->figure[FIGURE_CVR])) {
		week->cvr += day->figure[FIGURE_CVR];
		week->cvr_nr++;
	}
}

/* The first day that somebody worked in that team in the week. */
static bool
is_first(const struct chatters *m, const struct chatter *c, day_nr monday,
    const struct kept_day *of)
{
	const struct kept_day *day;

	for (; monday < of->date; monday++) {
		day = chatters_day(m, c, monday);
		if (day != NULL && day->status == CHATTER_WORKED &&
		    day->team == of->team)
			return false;
	}
	return true;
}

/* week has a slot for each team. */
static void
sum_teams(const struct chatters *m, day_nr monday, struct team_week *week)
{
	struct traffic *by_slot = xcalloc(m->team_slots, sizeof(*by_slot));
	const struct kept_day *day;
	size_t i, slot;
	day_nr date;

	for (date = monday; date < monday + DAYS_OF_WEEK; date++) {
		for (i = 0; i < m->nr; i++) {
			day = chatters_day(m, m->by_id[i], date);
			if (day == NULL || day->status != CHATTER_WORKED)
				continue;
			slot = chatters_slot(m, day->team);
			add_day_to_team(&week[slot], day);
			week[slot].chatters +=
			    is_first(m, m->by_id[i], monday, day);
		}
		chatters_traffic(m, date, by_slot);
		for (slot = 0; slot < m->team_slots; slot++)
			week[slot].uneven_days +=
			    traffic_level(m->set, &by_slot[slot]) !=
			    TRAFFIC_EVEN;
	}
	for (i = 0; i < m->session_nr; i++) {
		const struct session *s = &m->session[i];

		if (s->date >= monday && s->date < monday + DAYS_OF_WEEK)
			week[chatters_slot(m, m->chatter[s->chatter].team)]
			    .sessions++;
	}
	free(by_slot);
}

static int
by_rank(const void *a, const void *b, void *arg)
{
	const struct chatters *m = arg;
	size_t x =
	    m->team_rank[chatters_slot(m, ((const struct team_week *)a)->team)];
	size_t y =
	    m->team_rank[chatters_slot(m, ((const struct team_week *)b)->team)];

	return (x > y) - (x < y);
}

static void
add_team_week(struct chatters *m, day_nr monday)
{
	struct team_week *week = xcalloc(m->team_slots, sizeof(*week));
	size_t i, first = m->team_weeks;

	sum_teams(m, monday, week);
	for (i = 0; i < m->team_slots; i++) {
		week[i].monday = monday;
		week[i].team = m->sums[i].team;
		if (week[i].days > 0 || week[i].sessions > 0)
			m->team_week[m->team_weeks++] = week[i];
	}
	qsort_r(&m->team_week[first], m->team_weeks - first,
	    sizeof(*m->team_week), by_rank, m);
	free(week);
}

void
weeks_make(struct chatters *m)
{
	day_nr last = m->date - day_weekday(m->date), monday;
	double *before = xcalloc(m->nr + 1, sizeof(*before));
	size_t i, first;

	for (i = 0; i < m->nr; i++)
		before[i] = NAN;
	m->team_week = xcalloc(
	    (size_t)m->opt.weeks * m->team_slots, sizeof(*m->team_week));
	/* that before the first one is only compared with */
	monday = last - m->opt.weeks * DAYS_OF_WEEK;
	for (; monday <= last; monday += DAYS_OF_WEEK) {
		first = m->weeks;
		for (i = 0; i < m->nr; i++) {
			m->week = xgrow(
			    m->week, m->weeks, &m->weeks_cap, sizeof(*m->week));
			m->weeks +=
			    week_of(m, m->by_id[i], monday, &m->week[m->weeks]);
		}
		add_changes(m, &m->week[first], m->weeks - first, before);
		if (monday == last - m->opt.weeks * DAYS_OF_WEEK) {
			m->weeks = 0;
			continue;
		}
		score_week(m, &m->week[first], m->weeks - first);
		add_team_week(m, monday);
	}
	free(before);
}
