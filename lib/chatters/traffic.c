#include "chatters/traffic.h"

#include <math.h>

#include "base/num.h"

#define SLACK	1e-9
#define PERCENT 100.0

const char *const traffic_band_word[] = { "low", "normal", "high" };
const char *const traffic_level_word[] = { NULL, "warning", "critical" };

void
traffic_add(struct traffic *t, double fans_hr)
{
	if (isnan(fans_hr))
		return;
	if (t->nr == 0 || fans_hr < t->min)
		t->min = fans_hr;
	if (t->nr == 0 || fans_hr > t->max)
		t->max = fans_hr;
	t->sum += fans_hr;
	t->nr++;
}

double
traffic_mean(const struct traffic *t)
{
	return t->nr == 0 ? NAN : t->sum / (double)t->nr;
}

double
traffic_ratio(const struct traffic *t)
{
	return t->nr < 2 || !(t->min > 0) ? NAN : t->max / t->min;
}

enum traffic_band
traffic_band(const struct chatters_settings *set, const struct traffic *t,
    double fans_hr)
{
	double mean = traffic_mean(t);
	double width = set->traffic.band_pct / PERCENT;

	if (fans_hr > (1 + width) * mean * (1 + SLACK))
		return TRAFFIC_HIGH;
	if (fans_hr < (1 - width) * mean * (1 - SLACK))
		return TRAFFIC_LOW;
	return TRAFFIC_NORMAL;
}

enum traffic_level
traffic_level(const struct chatters_settings *set, const struct traffic *t)
{
	double ratio = traffic_ratio(t) * (1 + SLACK);

	if (t->nr >= 2 && t->min <= 0 && t->max > 0)
		return TRAFFIC_CRITICAL;
	return ratio >= set->traffic.critical_ratio ? TRAFFIC_CRITICAL
	       : ratio >= set->traffic.warn_ratio   ? TRAFFIC_WARNING
						    : TRAFFIC_EVEN;
}

void
traffic_put_text(
    const struct chatters_settings *set, const struct traffic *t, struct buf *b)
{
	char ratio[NUM_FIXED];

	if (traffic_level(set, t) == TRAFFIC_EVEN)
		return;
	if (isnan(traffic_ratio(t))) {
		buf_str(b, "One chatter had no traffic");
		return;
	}
	buf_printf(b,
	    "Traffic imbalance: busiest chatter has %s\u00d7 the fans/hr of "
	    "the quietest",
	    num_fixed(traffic_ratio(t), 1, ratio));
}
