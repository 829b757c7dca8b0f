/*
 * The view that answers how the day was, who needs attention, and what is wrong.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "page/chatters_views.h"

#define WORST_MAX 5
#define BEST_MAX  8

/* How that compares with the days before, in words. */
static void
write_usual(const struct chatters_page *p, struct html *h)
{
	const struct chatter_trend *trend = &p->summary.trend.sales;
	const char *change;

	if (isnan(trend->dev_pct))
		return;
	change = chat_change(p, trend->dev_pct);
	html_str(h, ": sales are ");
	html_open(h, "b");
	html_class(h, text_is(trend->arrow, "up")     ? "up"
		      : text_is(trend->arrow, "down") ? "down"
						      : NULL);
	if (trend->arrow.len == 0)
		html_str(h, "about as usual");
	else
		html_printf(h, "%s %s", change + strcspn(change, "0123456789"),
		    trend->dev_pct < 0 ? "below" : "above");
	html_close(h);
	html_str(h, trend->arrow.len == 0 ? "" : " the 7-day average");
}

static void
write_lead(const struct chatters_page *p, struct html *h)
{
	const struct chatter_sums *s = &p->summary;

	html_open(h, "p");
	html_class(h, "lead");
	if (!(s->worked > 0)) {
		html_str(h, CHAT_NO_DATA);
		html_printf(
		    h, " for %s.", chat_day(p, s->date, DAY_LONG_NO_YEAR));
	} else {
		html_put(h, "b", NULL,
		    arena_printf(p->text, "%s of %s", chat_whole(p, s->worked),
			chat_of(p, s->chatters, "chatter", "chatters")));
		html_str(h, " worked and sold for ");
		html_put(h, "b", NULL, chat_money(p, s->sales));
		html_str(h, ", on average ");
		html_put(h, "b", NULL, chat_money(p, s->sales_hr));
		html_str(h, " an hour");
		write_usual(p, h);
		html_str(h, ".");
	}
	html_close(h);
}

/* Something that is so, and where to read more of it. */
static void
write_sign(struct html *h, const char *names, const char *to, const char *text)
{
	html_open(h, "li");
	html_open(h, "a");
	html_class(h, names);
	html_attr(h, "href", to);
	html_str(h, text);
	html_close(h);
	html_close(h);
}

/* What is wrong, the worst first, in a line. */
static void
write_signs(const struct chatters_page *p, struct html *h)
{
	const struct chatter_sums *s = &p->summary;
	const struct page_group *g;
	size_t i;

	html_open(h, "ul");
	html_class(h, "signs");
	if (s->flagged > 0)
		write_sign(h, "bad", "#attention",
		    chat_of(p, s->flagged, "chatter needs attention",
			"chatters need attention"));
	else if (s->worked > 0)
		write_sign(h, "ok", "#attention", "Nobody needs attention");
	for (i = 0; i < p->group_nr; i++) {
		g = &p->group[i];
		if (g->sums != NULL && g->sums->traffic.level.len > 0)
			write_sign(h,
			    text_is(g->sums->traffic.level, "critical")
				? "bad"
				: "warn",
			    arena_printf(p->text, "#%s", g->view.id),
			    arena_printf(
				p->text, "%s: traffic imbalance", g->name));
	}
	if (s->due > 0)
		write_sign(h, "warn", "#coaching",
		    arena_printf(
			p->text, "%s due for coaching", chat_whole(p, s->due)));
	if (s->no_data > 0)
		write_sign(h, NULL, "#teams",
		    arena_printf(p->text, CHAT_NO_DATA ": %s",
			chat_whole(p, s->no_data)));
	if (s->day_off > 0)
		write_sign(h, NULL, "#teams",
		    arena_printf(p->text, CHAT_DAY_OFF ": %s",
			chat_whole(p, s->day_off)));
	html_close(h);
}

/* The week before that of the day, of a team. */
static const struct chatter_team_week_row *
week_before(const struct chatters_page *p, struct text team)
{
	day_nr monday =
	    p->summary.date - day_weekday(p->summary.date) - CHAT_DAYS;
	size_t i;

	for (i = 0; i < p->team_week_nr; i++)
		if (p->team_week[i].week_start == monday &&
		    text_equal(p->team_week[i].team, team))
			return &p->team_week[i];
	return NULL;
}

static void
write_tile_line(
    struct html *h, const char *name, const char *value, const char *more)
{
	html_open(h, "div");
	html_put(h, "dt", NULL, name);
	html_open(h, "dd");
	html_str(h, value);
	if (more != NULL) {
		html_str(h, " ");
		html_put(h, "small", NULL, more);
	}
	html_close(h);
	html_close(h);
}

static void
write_tile(
    const struct chatters_page *p, struct html *h, const struct page_group *g)
{
	const struct chatter_sums *s = g->sums;
	const struct chatter_team_week_row *before =
	    s == NULL ? NULL : week_before(p, s->key);

	html_open(h, "article");
	html_class(h, "tile");
	html_open(h, "h4");
	if (g->color != NULL)
		page_dot(h, g->color);
	html_open(h, "a");
	html_attr(h, "href", arena_printf(p->text, "#%s", g->view.id));
	html_str(h, g->name);
	html_close(h);
	if (g->shift != NULL) {
		html_str(h, " ");
		html_put(h, "small", NULL, g->shift);
	}
	html_close(h);
	html_open(h, "div");
	html_class(h, "sold");
	html_put(h, "p", "big", chat_money(p, s == NULL ? NAN : s->sales));
	if (s != NULL)
		chatters_write_team_trend(p, h, s);
	html_close(h);
	html_open(h, "dl");
	write_tile_line(h, "Avg $/hr",
	    chat_money(p, s == NULL ? NAN : s->sales_hr),
	    before == NULL || isnan(before->sales_hr)
		? NULL
		: arena_printf(p->text, "last week %s",
		      chat_money(p, before->sales_hr)));
	write_tile_line(h, "Active",
	    arena_printf(p->text, "%s of %s",
		chat_whole(p, s == NULL ? NAN : s->worked),
		chat_whole(p, s == NULL ? NAN : s->chatters)),
	    NULL);
	write_tile_line(
	    h, "Alarms", chat_whole(p, s == NULL ? NAN : s->flagged), NULL);
	html_close(h);
	chatters_write_traffic(h, g);
	html_close(h);
}

static void
write_person(
    const struct chatters_page *p, struct html *h, const struct page_card *c)
{
	const struct page_group *g = chatters_page_group(p, c->row.team);
	int k;

	html_open(h, "li");
	html_open(h, "p");
	html_class(h, "one");
	chatters_write_name(p, h, c);
	html_str(h, " ");
	if (g != NULL)
		html_put(h, "small", NULL, g->name);
	html_str(h, " ");
	chatters_write_score(p, h, c->row.score_int, c->band);
	html_close(h);
	chatters_write_trend(p, h, c);
	if (c->flag_nr > 0) {
		html_open(h, "ul");
		html_class(h, "why");
		for (k = 0; k < KPIS; k++)
			if (!isnan(c->kpi[k].limit))
				html_put(h, "li", NULL,
				    chatters_flag_text(p, c, (enum kpi)k));
		html_close(h);
	} else {
		html_put(h, "p", "fine",
		    arena_printf(p->text, "%s an hour, %s in %s",
			chat_money(p, c->kpi[KPI_SALES_HR].value),
			chat_money(p, c->row.figure[FIGURE_SALES]),
			chat_hours(p, c->row.tracked_s)));
	}
	html_close(h);
}

/* Who is without a score is behind those who have one. */
static int
worst_first(const void *a, const void *b)
{
	const struct page_card *x = *(const struct page_card *const *)a;
	const struct page_card *y = *(const struct page_card *const *)b;
	double p = x->row.score, q = y->row.score;

	if (isnan(p) != isnan(q))
		return isnan(p) ? 1 : -1;
	if (!isnan(p) && (p < q || p > q))
		return p < q ? -1 : 1;
	return text_compare(x->row.name, y->row.name);
}

static int
best_first(const void *a, const void *b)
{
	return worst_first(b, a);
}

static void
write_people(const struct chatters_page *p, struct html *h,
    const struct page_card **list, size_t nr, size_t max, const char *none)
{
	size_t i;

	if (nr == 0) {
		html_put(h, "p", "empty", none);
		return;
	}
	html_open(h, "ol");
	html_class(h, "people");
	for (i = 0; i < nr && i < max; i++)
		write_person(p, h, list[i]);
	html_close(h);
	if (nr > max)
		html_put(h, "p", "fine",
		    arena_printf(p->text,
			"And %zu more, on the pages of the teams.", nr - max));
}

/* Cards that are flagged, or of the best band, in that order. */
static size_t
pick(const struct chatters_page *p, const struct page_card **list, bool best)
{
	const struct page_card *c;
	size_t i, nr = 0;

	for (i = 0; i < p->card_nr; i++) {
		c = &p->card[i];
		if (c->status == CHATTER_WORKED &&
		    (best ? c->band == BAND_TOP : c->flag_nr > 0))
			list[nr++] = c;
	}
	if (nr > 1)
		qsort(list, nr, sizeof(*list), best ? best_first : worst_first);
	return nr;
}

static void
write_lists(const struct chatters_page *p, struct html *h)
{
	const struct page_card **list = xcalloc(p->card_nr + 1, sizeof(*list));
	bool any = p->summary.worked > 0;
	size_t nr;

	html_open(h, "div");
	nr = pick(p, list, false);
	chatters_write_heading(h, "attention", "Needs attention",
	    nr > WORST_MAX ? "lowest scores first" : NULL);
	write_people(p, h, list, nr, WORST_MAX,
	    any ? "Nobody: all figures are within their limits."
		: CHAT_NO_DATA);
	html_close(h);
	html_open(h, "div");
	chatters_write_heading(h, "top", "Top performers", "score 80 or more");
	nr = pick(p, list, true);
	write_people(
	    p, h, list, nr, BEST_MAX, any ? "Nobody this time." : CHAT_NO_DATA);
	html_close(h);
	free(list);
}

void
chatters_write_overview(
    const struct chatters_page *p, struct html *h, const struct page_view *view)
{
	size_t i;

	page_view_open(h, view, "Overview");
	if (!p->has_summary) {
		html_put(h, "p", "empty", CHAT_NO_DATA);
		html_close(h);
		return;
	}
	write_lead(p, h);
	write_signs(p, h);
	chatters_write_sums(p, h, &p->summary, "All teams");
	html_open(h, "div");
	html_class(h, "columns");
	write_lists(p, h);
	html_open(h, "div");
	html_class(h, "wide");
	chatters_write_heading(h, "teams", "Teams", NULL);
	html_open(h, "div");
	html_class(h, "tiles");
	for (i = 0; i < p->group_nr; i++)
		write_tile(p, h, &p->group[i]);
	html_close(h);
	html_close(h);
	html_close(h);
	chatters_write_help(p, h);
	html_close(h);
}
