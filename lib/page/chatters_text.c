/*
 * Figures and days of the page of chatters as people read them.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/num.h"
#include "base/show.h"
#include "page/chatters_views.h"

#define TEXT_MAX 800
#define HOUR_S	 3600.0

const char *const chat_kpi_name[KPIS] = {
	[KPI_SALES_HR] = "Sales/hr",
	[KPI_CVR] = "CVR",
	[KPI_UNLOCK] = "Unlock",
	[KPI_GOLDEN] = "Golden",
	[KPI_MSG_HR] = "Msg/hr",
	[KPI_REPLY] = "Reply",
};

static const char *
keep(const struct chatters_page *p, struct buf *b)
{
	const char *text = arena_copy(p->text, buf_view(b)).p;

	buf_free(b);
	return text;
}

const char *
chat_money(const struct chatters_page *p, double x)
{
	struct buf b;

	buf_init(&b, TEXT_MAX);
	show_money(x, &b);
	return keep(p, &b);
}

static const char *
fixed(const struct chatters_page *p, double x, int decimals, const char *end)
{
	struct buf b;

	buf_init(&b, TEXT_MAX);
	show_fixed(x, decimals, &b);
	if (isfinite(x))
		buf_str(&b, end);
	return keep(p, &b);
}

const char *
chat_whole(const struct chatters_page *p, double x)
{
	return fixed(p, x, 0, "");
}

const char *
chat_pct(const struct chatters_page *p, double x)
{
	return fixed(p, x, 1, " %");
}

const char *
chat_one(const struct chatters_page *p, double x)
{
	return fixed(p, x, 1, "");
}

const char *
chat_hours(const struct chatters_page *p, double tracked_s)
{
	return fixed(p, tracked_s / HOUR_S, 1, " h");
}

/* A time below 0 is none. */
const char *
chat_seconds(const struct chatters_page *p, double x)
{
	struct buf b;

	if (!(x >= 0))
		return CHAT_DASH;
	buf_init(&b, TEXT_MAX);
	show_duration(x, &b);
	return keep(p, &b);
}

const char *
chat_kpi(const struct chatters_page *p, enum kpi k, double x)
{
	switch (k) {
	case KPI_SALES_HR:
		return chat_money(p, x);
	case KPI_MSG_HR:
		return chat_one(p, x);
	case KPI_REPLY:
		return chat_seconds(p, x);
	default:
		return chat_pct(p, x);
	}
}

const char *
chat_limit(const struct chatters_page *p, enum kpi k, double limit)
{
	struct buf b;

	buf_init(&b, TEXT_MAX);
	buf_str(&b, p->set->chatters->kpi[k].invert ? "above " : "below ");
	if (k == KPI_REPLY && !(limit >= 0))
		buf_str(&b, CHAT_DASH);
	else
		kpi_put_bound(k, limit, &b);
	return keep(p, &b);
}

/* The sign of what is left after rounding, in front of what put adds. */
static const char *
with_sign(const struct chatters_page *p, double x, int decimals,
    void (*put)(double, struct buf *))
{
	struct buf b;

	if (isnan(x))
		return CHAT_DASH;
	buf_init(&b, TEXT_MAX);
	buf_str(&b, num_round_away(x, decimals) < 0 ? "−" : "+");
	put(fabs(x), &b);
	return keep(p, &b);
}

static void
put_whole_percent(double x, struct buf *b)
{
	show_fixed(x, 0, b);
	buf_str(b, " %");
}

const char *
chat_change(const struct chatters_page *p, double pct)
{
	return with_sign(p, pct, 0, put_whole_percent);
}

const char *
chat_more(const struct chatters_page *p, double money)
{
	return with_sign(p, money, 2, show_money);
}

const char *
chat_of(
    const struct chatters_page *p, double nr, const char *one, const char *more)
{
	const char *text = chat_whole(p, nr);

	return arena_printf(
	    p->text, "%s %s", text, strcmp(text, "1") == 0 ? one : more);
}

const char *
chat_day(const struct chatters_page *p, day_nr day, enum day_form form)
{
	struct buf b;

	if (day == DAY_NONE)
		return CHAT_DASH;
	buf_init(&b, TEXT_MAX);
	if (form == DAY_SHORT)
		show_day(day, &b);
	else if (form == DAY_PLAIN)
		show_date(day, &b);
	else
		show_day_long(day, &b);
	if (form == DAY_LONG_NO_YEAR)
		b.len = strrchr(b.p, ' ') - b.p;
	return keep(p, &b);
}

const char *
chat_instant(const struct chatters_page *p, instant_us at)
{
	struct buf b;

	buf_init(&b, TEXT_MAX);
	show_instant(at, &b);
	return keep(p, &b);
}
