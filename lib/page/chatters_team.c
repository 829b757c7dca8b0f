/*
 * The view of a team: its sums, its traffic, and the cards of its chatters.
 */
#include <math.h>
#include <stdlib.h>

#include "base/xalloc.h"
#include "chatters/traffic.h"
#include "page/chatters_views.h"

static const char *const traffic_name[] = {
	[TRAFFIC_LOW] = "LOW",
	[TRAFFIC_NORMAL] = "NORMAL",
	[TRAFFIC_HIGH] = "HIGH",
};

/* As the colours of the bands are asked for. */
static const int traffic_tone[] = {
	[TRAFFIC_LOW] = TONE_WARN,
	[TRAFFIC_NORMAL] = TONE_PLAIN,
	[TRAFFIC_HIGH] = TONE_FINE,
};

/* What can be done about it. */
static void
write_advice(struct html *h, const struct page_group *g)
{
	if (g->sums == NULL || g->sums->traffic.level.len == 0)
		return;
	html_open(h, "ul");
	html_class(h, "advice");
	html_put(h, "li", NULL, "Move chatters between accounts.");
	if (g->sums->traffic.lasts)
		html_put(h, "li", NULL,
		    "It has been so on three or more of the last 7 days: "
		    "adjust the shifts.");
	html_close(h);
}

static int
by_traffic(const void *a, const void *b)
{
	const struct page_card *x = *(const struct page_card *const *)a;
	const struct page_card *y = *(const struct page_card *const *)b;
	double p = x->row.figure[FIGURE_FANS_HR];
	double q = y->row.figure[FIGURE_FANS_HR];

	if (p < q || p > q)
		return p < q ? 1 : -1;
	return text_compare(x->row.name, y->row.name);
}

static int
traffic_of(const struct page_card *c)
{
	int i;

	for (i = TRAFFIC_LOW; i <= TRAFFIC_HIGH; i++)
		if (text_is(c->row.traffic, traffic_band_word[i]))
			return i;
	return TRAFFIC_NORMAL;
}

static void
write_bar(const struct chatters_page *p, struct html *h,
    const struct page_card *c, double max, double mean)
{
	double v = c->row.figure[FIGURE_FANS_HR];
	int band = traffic_of(c);

	html_open(h, "li");
	chart_bar_marked(
	    h, v > 0 ? v : 0, max, mean > 0 ? mean : NAN, traffic_tone[band]);
	html_bdi(h, c->row.name);
	html_str(h, " ");
	html_put(h, "small", NULL, traffic_name[band]);
	html_str(h, " ");
	html_put(h, "b", NULL, chat_one(p, v));
	html_close(h);
}

static void
write_bars(const struct chatters_page *p, struct html *h,
    const struct page_group *g, const struct page_card **list, size_t nr)
{
	double mean = g->sums == NULL ? NAN : g->sums->traffic.fans_hr;
	size_t i;

	if (nr == 0) {
		html_put(h, "p", "empty", CHAT_NO_DATA);
		return;
	}
	html_open(h, "ol");
	html_class(h, nr > 12 ? "bars many" : "bars");
	for (i = 0; i < nr; i++)
		write_bar(
		    p, h, list[i], list[0]->row.figure[FIGURE_FANS_HR], mean);
	html_close(h);
	if (!isnan(mean))
		html_put(h, "p", "fine",
		    arena_printf(p->text,
			"The line is the team's average, %s fans an hour.",
			chat_one(p, mean)));
}

static void
write_traffic(
    const struct chatters_page *p, struct html *h, const struct page_group *g)
{
	const struct page_card **list = xcalloc(g->card_nr + 1, sizeof(*list));
	const struct page_card *c;
	size_t i, nr = 0;

	for (i = g->card; i < g->card + g->card_nr; i++) {
		c = &p->card[i];
		if (c->status == CHATTER_WORKED &&
		    isfinite(c->row.figure[FIGURE_FANS_HR]))
			list[nr++] = c;
	}
	if (nr > 1)
		qsort(list, nr, sizeof(*list), by_traffic);
	html_open(h, "figure");
	html_put(h, "h3", NULL, "Traffic: fans an hour");
	chatters_write_traffic(h, g);
	write_advice(h, g);
	write_bars(p, h, g, list, nr);
	html_close(h);
	free(list);
}

void
chatters_write_team(
    const struct chatters_page *p, struct html *h, const struct page_group *g)
{
	size_t i;

	page_view_open(h, &g->view, g->name);
	chatters_write_sums(p, h, g->sums, "The day");
	html_open(h, "div");
	html_class(h, "charts halves");
	write_traffic(p, h, g);
	html_open(h, "figure");
	html_put(h, "h3", NULL, "Coach first");
	chatters_write_candidates(p, h, g, false);
	html_close(h);
	html_close(h);
	html_open(h, "div");
	html_class(h, "list");
	html_open(h, "h3");
	html_str(h, "Chatters ");
	html_open(h, "small");
	html_class(h, "shown");
	html_attr(h, "role", "status");
	html_printf(h, "%zu", g->card_nr);
	html_close(h);
	html_close(h);
	if (g->card_nr == 0)
		html_put(h, "p", "empty", CHAT_NO_DATA);
	for (i = g->card; i < g->card + g->card_nr; i++)
		chatters_write_card(p, h, &p->card[i]);
	html_close(h);
	html_close(h);
}
