#include "chatters/kpi.h"

#include <math.h>

#include "base/show.h"

#define AT_FLAG	    40.0
#define FLAG_TO_AIM 40.0
#define MINUTE	    60
#define SLACK	    1e-9

const char *const kpi_key[KPIS] = { "sales_hr", "cvr", "unlock", "golden",
	"msg_hr", "reply_s" };

const char *const kpi_label[KPIS] = { "Sales per hour", "CVR", "Unlock rate",
	"Golden ratio", "Messages per hour", "Reply time" };

static const enum figure kpi_figure[KPIS] = { FIGURE_SALES_HR, FIGURE_CVR,
	FIGURE_UNLOCK, FIGURE_GOLDEN, FIGURE_MSG_HR, FIGURE_REPLY };

enum kpi
kpi_of(struct text key)
{
	int k;

	for (k = 0; k < KPIS; k++)
		if (text_is(key, kpi_key[k]))
			break;
	return (enum kpi)k;
}

void
kpi_values(double value[KPIS], const double figure[FIGURES])
{
	int k;

	for (k = 0; k < KPIS; k++)
		value[k] = figure[kpi_figure[k]];
	if (!(value[KPI_REPLY] > 0))
		value[KPI_REPLY] = NAN;
}

bool
kpi_is_flagged(const struct kpi_settings *set, double value)
{
	return set->invert ? value > set->flag * (1 + SLACK)
			   : value < set->flag * (1 - SLACK);
}

double
kpi_target_points(const struct kpi_settings *set, double value)
{
	double flag = set->flag, aim = set->target, points;

	if (set->invert)
		points =
		    value <= flag
			? AT_FLAG + FLAG_TO_AIM * (flag - value) / (flag - aim)
			: AT_FLAG * (2 * flag - value) / flag;
	else
		points = value < flag ? AT_FLAG * value / flag
				      : AT_FLAG + FLAG_TO_AIM * (value - flag) /
						      (aim - flag);
	return points < 0 ? 0 : points > 100 ? 100 : points;
}

void
kpi_put(enum kpi k, double value, struct buf *b)
{
	switch (k) {
	case KPI_SALES_HR:
		show_money(value, b);
		break;
	case KPI_MSG_HR:
		show_fixed(value, 1, b);
		break;
	case KPI_REPLY:
		show_duration(value, b);
		break;
	default:
		show_percent(value, b);
		break;
	}
}

void
kpi_put_bound(enum kpi k, double value, struct buf *b)
{
	switch (k) {
	case KPI_SALES_HR:
		show_money_short(value, b);
		break;
	case KPI_MSG_HR:
		show_short(value, b);
		break;
	case KPI_REPLY:
		show_duration(value, b);
		break;
	default:
		show_short(value, b);
		buf_str(b, " %");
		break;
	}
}

void
kpi_put_aim(enum kpi k, const struct kpi_settings *set, struct buf *b)
{
	buf_str(b, "aim for ");
	if (k == KPI_REPLY) {
		show_short(set->target / MINUTE, b);
		buf_str(b, " min (at ");
		buf_str(b, set->invert ? "most " : "least ");
		show_short(set->flag / MINUTE, b);
		buf_str(b, " min)");
		return;
	}
	kpi_put_bound(k, set->target, b);
	buf_str(b, k == KPI_SALES_HR ? "/hr (at " : " (at ");
	buf_str(b, set->invert ? "most " : "least ");
	kpi_put_bound(k, set->flag, b);
	buf_char(b, ')');
}
