#include "chatters/funnel.h"

#include <math.h>

#define PEOPLE_MIN 3
#define WEAK	   (0.9 * (1 - 1e-9)) /* the last digits are no weakness */

const char *const funnel_key[STEPS] = { "ppvs_per_fan", "unlocked_pct",
	"sales_per_unlock" };

const char *const funnel_text[STEPS] = {
	"Few PPVs sent for the fans chatted",
	"PPVs are sent but not opened",
	"Unlocks bring little money",
};

static const struct {
	enum figure above, below;
	double scale;
} part[STEPS] = {
	[STEP_SENT] = { FIGURE_PPVS, FIGURE_FANS, 1 },
	[STEP_UNLOCKED] = { FIGURE_UNLOCKED, FIGURE_PPVS, 100 },
	[STEP_SALES] = { FIGURE_SALES, FIGURE_UNLOCKED, 1 },
};

void
funnel_steps(double step[STEPS], const double figure[FIGURES])
{
	double below;
	int i;

	for (i = 0; i < STEPS; i++) {
		below = figure[part[i].below];
		step[i] = below > 0
			      ? part[i].scale * figure[part[i].above] / below
			      : NAN;
	}
}

void
funnel_pool_add(struct funnel_pool *pool, const double figure[FIGURES])
{
	double step[STEPS];
	int i;

	funnel_steps(step, figure);
	for (i = 0; i < STEPS; i++) {
		if (isnan(step[i]))
			continue;
		pool->above[i] += part[i].scale * figure[part[i].above];
		pool->below[i] += figure[part[i].below];
		pool->nr[i]++;
	}
}

enum funnel_step
funnel_compare(double rel[STEPS], const double step[STEPS],
    const struct funnel_pool *team, const struct funnel_pool *all)
{
	const struct funnel_pool *pool;
	enum funnel_step weakest = STEPS;
	double mark;
	int i;

	for (i = 0; i < STEPS; i++) {
		rel[i] = NAN;
		pool = team->nr[i] >= PEOPLE_MIN ? team : all;
		if (pool->nr[i] < PEOPLE_MIN || isnan(step[i]))
			continue;
		mark = pool->above[i] / pool->below[i];
		if (!(mark > 0))
			continue;
		rel[i] = step[i] / mark;
		if (rel[i] < WEAK &&
		    (weakest == STEPS || rel[i] < rel[weakest]))
			weakest = (enum funnel_step)i;
	}
	return weakest;
}
