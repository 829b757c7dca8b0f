#include "chatters/sums.h"

#include <math.h>

#define HOUR_S 3600.0

static const struct {
	enum figure rate, amount;
} per_hour[] = {
	{ FIGURE_SALES_HR, FIGURE_SALES },
	{ FIGURE_MSG_HR, FIGURE_MESSAGES },
	{ FIGURE_FANS_HR, FIGURE_FANS },
};

#define RATES (sizeof(per_hour) / sizeof(per_hour[0]))

static const struct {
	enum figure percent, above, below;
} share[] = {
	[MEAN_GOLDEN] = { FIGURE_GOLDEN, FIGURE_PPVS, FIGURE_MESSAGES },
	[MEAN_UNLOCK] = { FIGURE_UNLOCK, FIGURE_UNLOCKED, FIGURE_PPVS },
	[MEAN_CVR] = { FIGURE_CVR, FIGURE_SPENT, FIGURE_FANS },
};

static void
add_weighted(struct sums *s, enum mean m, double value, double weight)
{
	if (weight > 0) {
		sum_add(&s->weighted[m], value * weight);
		sum_add(&s->weight[m], weight);
	}
	sum_add(&s->plain[m], value);
	s->plain_nr[m]++;
}

static void
add_share(struct sums *s, enum mean m, const double figure[FIGURES])
{
	double above = figure[share[m].above], below = figure[share[m].below];

	if (!isnan(above) && !isnan(below)) {
		sum_add(&s->weighted[m], 100 * above);
		sum_add(&s->weight[m], below);
	} else if (!isnan(figure[share[m].percent])) {
		add_weighted(s, m, figure[share[m].percent], below);
	}
}

void
sums_add(struct sums *s, const double figure[FIGURES], int64_t tracked_s)
{
	double amount, rate;
	size_t i;

	s->rows++;
	s->tracked_s += tracked_s;
	for (i = 0; i <= FIGURE_SPENT; i++)
		if (!isnan(figure[i])) {
			sum_add(&s->total[i], figure[i]);
			s->has_total[i] = true;
		}
	for (i = 0; i < RATES; i++) {
		amount = figure[per_hour[i].amount];
		rate = figure[per_hour[i].rate];
		if (isnan(amount))
			amount = rate * ((double)tracked_s / HOUR_S);
		if (isnan(amount))
			continue;
		sum_add(&s->made[i], amount);
		s->made_in_s[i] += (double)tracked_s;
	}
	for (i = 0; i < MEAN_REPLY; i++)
		add_share(s, (enum mean)i, figure);
	if (figure[FIGURE_REPLY] > 0)
		add_weighted(s, MEAN_REPLY, figure[FIGURE_REPLY],
		    figure[FIGURE_MESSAGES]);
}

static double
mean_of(const struct sums *s, enum mean m)
{
	double weight = sum_of(&s->weight[m]);

	if (weight > 0)
		return sum_of(&s->weighted[m]) / weight;
	return s->plain_nr[m] > 0
		   ? sum_of(&s->plain[m]) / (double)s->plain_nr[m]
		   : NAN;
}

void
sums_make(const struct sums *s, double figure[FIGURES])
{
	size_t i;

	for (i = 0; i <= FIGURE_SPENT; i++)
		figure[i] = s->has_total[i] ? sum_of(&s->total[i]) : NAN;
	for (i = 0; i < MEAN_REPLY; i++)
		figure[share[i].percent] = mean_of(s, (enum mean)i);
	figure[FIGURE_REPLY] = mean_of(s, MEAN_REPLY);
	for (i = 0; i < RATES; i++)
		figure[per_hour[i].rate] =
		    s->made_in_s[i] > 0
			? sum_of(&s->made[i]) / (s->made_in_s[i] / HOUR_S)
			: NAN;
}
