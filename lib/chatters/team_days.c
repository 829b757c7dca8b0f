/*
 * What teams did on the last days, and the day against those before it.
 */
#include <math.h>
#include <stdlib.h>

#include "base/xalloc.h"
#include "chatters/model_impl.h"

#define HOUR_S 3600.0

static void
add_value(double *sum, size_t *nr, double x)
{
	if (isnan(x))
		return;
	*sum += x;
	(*nr)++;
}

static void
add_day(struct team_day *to, const struct kept_day *day)
{
	to->worked++;
	if (!isnan(day->figure[FIGURE_SALES]) && day->tracked_s > 0)
		to->sales_s += day->tracked_s;
	add_value(&to->sales, &to->sales_nr, day->figure[FIGURE_SALES]);
	add_value(
	    &to->sales_hr, &to->sales_hr_nr, day->figure[FIGURE_SALES_HR]);
	add_value(&to->cvr, &to->cvr_nr, day->figure[FIGURE_CVR]);
}

/* A day of each slot, and behind these that of everybody. */
static void
sum_day(const struct chatters *m, day_nr date, struct team_day *of)
{
	const struct kept_day *day;
	size_t i;

	for (i = 0; i < m->nr; i++) {
		day = chatters_day(m, m->by_id[i], date);
		if (day == NULL || day->status != CHATTER_WORKED)
			continue;
		/* on the day itself the cards say the same */
		if (date == m->date && !chatters_has_card(m, m->by_id[i]))
			continue;
		add_day(&of[chatters_slot(m, day->team)], day);
		add_day(&of[m->team_slots], day);
	}
}

double
team_day_value(
    const struct chatters *m, const struct team_day *day, enum team_trend which)
{
	switch (which) {
	case TEAM_SALES:
		return day->sales_nr > 0 ? day->sales : NAN;
	case TEAM_SALES_HR:
		if (m->opt.pooled)
			return day->sales_s > 0
				   ? day->sales / (day->sales_s / HOUR_S)
				   : NAN;
		return day->sales_hr_nr > 0
			   ? day->sales_hr / (double)day->sales_hr_nr
			   : NAN;
	default:
		return day->cvr_nr > 0 ? day->cvr / (double)day->cvr_nr : NAN;
	}
}

/* of has a day of the slot at each width; the last is the day itself. */
static void
make_trends(const struct chatters *m, struct team_sums *sums,
    const struct team_day *of, size_t width, double *scratch)
{
	static const enum kpi like[TEAM_TRENDS] = { KPI_SALES_HR, KPI_SALES_HR,
		KPI_CVR };
	size_t days = (size_t)m->set->trend.window_days, i, nr;
	double x;
	int k;

	for (k = 0; k < TEAM_TRENDS; k++) {
		for (i = nr = 0; i < days; i++) {
			x = team_day_value(
			    m, &of[i * width], (enum team_trend)k);
			if (!isnan(x))
				scratch[nr++] = x;
		}
		trend_make(&sums->trend[k], m->set, like[k],
		    team_day_value(m, &of[days * width], (enum team_trend)k),
		    scratch, nr);
	}
}

void
team_days_make(struct chatters *m)
{
	size_t window = (size_t)m->set->trend.window_days;
	size_t days = window + 1 > DAYS_OF_WEEK ? window + 1 : DAYS_OF_WEEK;
	size_t width = m->team_slots + 1, i, slot;
	struct team_day *of = xcalloc(days * width, sizeof(*of));
	double *scratch = xcalloc(days, sizeof(*scratch));
	struct team_sums *sums;

	for (i = 0; i < days; i++)
		sum_day(m, m->date - (day_nr)(days - 1 - i), &of[i * width]);
	for (slot = 0; slot < width; slot++) {
		sums = slot < m->team_slots ? &m->sums[slot] : &m->all;
		for (i = 0; i < DAYS_OF_WEEK; i++)
			sums->day[i] =
			    of[(days - DAYS_OF_WEEK + i) * width + slot];
		make_trends(m, sums, &of[(days - 1 - window) * width + slot],
		    width, scratch);
	}
	free(of);
	free(scratch);
}
