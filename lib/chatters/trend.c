#include "chatters/trend.h"

#include <math.h>

#include "base/num.h"

#define SLACK 1e-9 /* 49.5 is not more than 10 percent above 45 */

const char *
arrow_word(enum arrow arrow)
{
	return arrow == ARROW_UP ? "up" : arrow == ARROW_DOWN ? "down" : NULL;
}

void
trend_make(struct trend *trend, const struct chatters_settings *set, enum kpi k,
    double today, const double *before, size_t nr)
{
	double sum = 0;
	size_t i;

	*trend = (struct trend){ NAN, NAN, ARROW_NONE };
	if (nr < (size_t)set->trend.min_days)
		return;
	for (i = 0; i < nr; i++)
		sum += before[i];
	trend->mean = sum / (double)nr;
	if (!(trend->mean > 0) || isnan(today))
		return;
	trend->dev_pct = (today - trend->mean) / trend->mean * 100;
	if (!isfinite(trend->dev_pct) ||
	    fabs(trend->dev_pct) <= set->trend.threshold_pct + SLACK)
		return;
	trend->arrow =
	    (trend->dev_pct > 0) != set->kpi[k].invert ? ARROW_UP : ARROW_DOWN;
}

static int
sign_of_change(double from, double to)
{
	double a = num_round_away(from, 2), b = num_round_away(to, 2);

	return (b > a) - (b < a);
}

int
streak_make(const struct chatters_settings *set, const double *value, size_t nr)
{
	int sign = 0, changes = 0;

	for (; nr > 1; nr--, changes++) {
		int change = sign_of_change(value[nr - 2], value[nr - 1]);

		if (change == 0 || (changes > 0 && change != sign))
			break;
		sign = change;
	}
	if (changes < set->streak.min)
		return 0;
	return set->kpi[set->streak.metric].invert ? -sign * changes
						   : sign * changes;
}

enum arrow
week_arrow(const struct chatters_settings *set, double before, double now)
{
	double change = now - before, flat = set->trend.weekly_change + SLACK;

	return change > flat	? ARROW_UP
	       : change < -flat ? ARROW_DOWN
				: ARROW_NONE;
}
