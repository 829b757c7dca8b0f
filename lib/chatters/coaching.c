#include "chatters/coaching.h"

#include <math.h>
#include <stdlib.h>

#include "base/json.h"
#include "base/num.h"

#define DAYS_OF_WEEK  7
#define FLAGS_OF_ALL  3
#define WITHOUT_SCORE 50.0
#define OF_SCORE      0.4
#define OF_DAYS	      0.3
#define OF_FLAGS      0.3
#define HIGH	      70
#define MEDIUM	      40
#define POINTS_HIGH   4
#define POINTS_MEDIUM 2
#define REASON_MAX    200

static int
count_flags(unsigned flags)
{
	return __builtin_popcount(flags);
}

static bool
has_flag(const struct coaching *c, int k)
{
	return (c->flags & 1u << k) != 0;
}

bool
coaching_is_due(const struct chatters_settings *set, int days)
{
	return days == NEVER_COACHED || days >= set->coaching.overdue_days;
}

static bool
is_low(const struct chatters_settings *set, const struct coaching *c)
{
	return !isnan(c->score) &&
	       score_int(c->score) < set->coaching.low_score;
}

bool
coaching_is_candidate(
    const struct chatters_settings *set, const struct coaching *c)
{
	if (c->days == 0)
		return false;
	if (set->coaching.by_points)
		return coaching_urgency(set, c) > 0;
	return c->flags != 0 || coaching_is_due(set, c->days) || is_low(set, c);
}

double
coaching_urgency(const struct chatters_settings *set, const struct coaching *c)
{
	int flags = count_flags(c->flags), days = c->days;
	double perf, due;

	if (set->coaching.by_points)
		return (coaching_is_due(set, days) ? 2 : 0) +
		       (flags > 2 ? 2 : flags);
	perf = isnan(c->score) ? WITHOUT_SCORE : 100 - c->score;
	if (days == NEVER_COACHED || days > DAYS_OF_WEEK)
		days = DAYS_OF_WEEK;
	if (flags > FLAGS_OF_ALL)
		flags = FLAGS_OF_ALL;
	due = 100.0 * days / DAYS_OF_WEEK;
	return OF_SCORE * perf + OF_DAYS * due +
	       OF_FLAGS * (100.0 * flags / FLAGS_OF_ALL);
}

const char *
coaching_level(const struct chatters_settings *set, double urgency)
{
	bool points = set->coaching.by_points;

	/* as people read it: 69.95 is 70.0 */
	urgency = num_round_away(urgency, 1);
	return urgency >= (points ? POINTS_HIGH : HIGH)	      ? "high"
	       : urgency >= (points ? POINTS_MEDIUM : MEDIUM) ? "medium"
							      : "low";
}

static void
put_flag(const struct chatters_settings *set, const struct coaching *c,
    enum kpi k, struct buf *b)
{
	const struct kpi_settings *kpi = &set->kpi[k];

	buf_printf(b, "%s ", kpi_label[k]);
	kpi_put(k, c->value[k], b);
	buf_str(b, kpi->invert ? ", above " : ", below ");
	kpi_put_bound(k, kpi->flag, b);
}

static void
put_streak(const struct chatters_settings *set, const struct coaching *c,
    struct buf *b)
{
	enum kpi k = set->streak.metric;

	buf_printf(b, "%s %s for %d days", kpi_label[k],
	    set->kpi[k].invert ? "rising" : "falling", abs(c->streak));
}

/* The reason of that rank, nothing where it does not hold. */
static void
put_reason(const struct chatters_settings *set, const struct coaching *c,
    int rank, struct buf *b)
{
	if (rank < KPIS) {
		if (has_flag(c, rank))
			put_flag(set, c, (enum kpi)rank, b);
		return;
	}
	switch (rank - KPIS) {
	case 0:
		if (c->days == NEVER_COACHED)
			buf_str(b, "Never coached");
		else if (coaching_is_due(set, c->days))
			buf_printf(b, "Not coached for %d day%s", c->days,
			    c->days == 1 ? "" : "s");
		break;
	case 1:
		if (c->streak < 0)
			put_streak(set, c, b);
		break;
	case 2:
		if (c->weak != STEPS)
			buf_str(b, funnel_text[c->weak]);
		break;
	default:
		if (is_low(set, c))
			buf_printf(b, "Score %d of 100", score_int(c->score));
		break;
	}
}

void
coaching_put_why(const struct chatters_settings *set, const struct coaching *c,
    struct buf *b)
{
	struct buf text;
	int rank, nr = 0;

	buf_init(&text, REASON_MAX);
	json_open_array(b);
	for (rank = 0; rank < KPIS + 4 && nr < WHY_MAX; rank++) {
		buf_clear(&text);
		put_reason(set, c, rank, &text);
		if (text.len == 0)
			continue;
		json_put_text(b, buf_view(&text));
		nr++;
	}
	json_close_array(b);
	buf_free(&text);
}

/* The one with the fewest points of those not yet taken; KPIS: none. */
static int
worst(const struct coaching *c, unsigned of)
{
	int k, found = KPIS;

	for (k = 0; k < KPIS; k++)
		if ((of & 1u << k) != 0 && !isnan(c->points[k]) &&
		    (found == KPIS || c->points[k] < c->points[found]))
			found = k;
	return found;
}

static void
put_topic(const struct kpi_settings *kpi, int k, struct buf *b)
{
	struct buf aim;
	size_t i;

	buf_init(&aim, REASON_MAX);
	kpi_put_aim((enum kpi)k, kpi, &aim);
	json_open(b);
	json_key(b, "kpi");
	json_put_str(b, kpi_key[k]);
	json_key(b, "aim");
	json_put_text(b, buf_view(&aim));
	json_key(b, "points");
	json_open_array(b);
	for (i = 0; i < kpi->point_nr; i++)
		json_put_text(b, kpi->point[i]);
	json_close_array(b);
	json_close(b);
	buf_free(&aim);
}

void
coaching_put_talk(const struct chatters_settings *set, const struct coaching *c,
    struct buf *b)
{
	unsigned of = c->flags != 0 ? c->flags : (1u << KPIS) - 1;
	int k, nr = c->flags != 0 ? TALK_MAX : 1;

	json_open_array(b);
	for (; nr > 0 && (k = worst(c, of)) != KPIS; nr--) {
		put_topic(&set->kpi[k], k, b);
		of &= ~(1u << k);
	}
	json_close_array(b);
}
