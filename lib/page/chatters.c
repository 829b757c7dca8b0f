#include "page/chatters.h"

#include <math.h>
#include <stdlib.h>

#include "base/json.h"
#include "base/num.h"
#include "base/xalloc.h"
#include "html/asset.h"
#include "page/chatters_views.h"

ASSET(chatters_js, "lib/page/chatters.js")
ASSET(chatters_css, "lib/page/chatters.css")

#define DATA_MAX  ((size_t)64 << 20)
#define TITLE	  "Chatter coaching"
#define VIEWS_OWN 3 /* beside those of teams */

static const struct page_view overview = { .id = "overview",
	.name = "Overview" };
static const struct page_view coaching = { .id = "coaching",
	.name = "Coaching" };
static const struct page_view weekly = { .id = "weekly", .name = "Weekly" };

/* The day's figures are older than yesterday. */
static void
write_stale(const struct chatters_page *p, struct html *h)
{
	int year, then, month, mday;

	if (!p->has_summary || p->summary.date >= p->today - 1)
		return;
	day_to_civil(p->today, &year, &month, &mday);
	day_to_civil(p->summary.date, &then, &month, &mday);
	html_open(h, "p");
	html_class(h, "stale");
	html_printf(h, "Showing the latest available data, from %s.",
	    chat_day(p, p->summary.date,
		year == then ? DAY_LONG_NO_YEAR : DAY_LONG));
	html_close(h);
}

/* What the cards of all teams are looked through by. */
static void
write_filters(const struct chatters_page *p, struct html *h)
{
	static const struct choice show[] = {
		{ "all", "All" },
		{ "attention", "Needs attention" },
		{ "worked", "Worked" },
	};
	static const struct choice order[] = {
		{ "score", "Highest score first" },
		{ "low", "Lowest score first" },
		{ "name", "Name" },
	};
	struct buf views;
	size_t i;

	buf_init(&views, DATA_MAX);
	for (i = 0; i < p->group_nr; i++)
		buf_printf(
		    &views, "%s%s", i > 0 ? " " : "", p->group[i].view.id);
	html_open(h, "div");
	html_class(h, "global js");
	html_attr_text(h, "data-views", buf_view(&views));
	html_flag(h, "data-filters");
	buf_free(&views);
	control_search(h, "q", "Find a chatter");
	control_radio(h, "show", "Show", show, 3);
	control_select(h, "order", "Order", order, 3);
	html_open(h, "button");
	html_attr(h, "type", "button");
	html_attr(h, "id", "open-all");
	html_attr(h, "aria-pressed", "false");
	html_str(h, "Open all");
	html_close(h);
	html_open(h, "button");
	html_attr(h, "type", "button");
	html_class(h, "reset");
	html_flag(h, "hidden");
	html_str(h, "Reset");
	html_close(h);
	html_close(h);
}

static void
put_limit(const struct chatters_page *p, struct buf *b, enum kpi k)
{
	const struct kpi_settings *kpi = &p->set->chatters->kpi[k];

	buf_printf(b, "%s: %s ", kpi_label[k],
	    kpi->invert ? "red above" : "red below");
	kpi_put_bound(k, kpi->flag, b);
	buf_str(b, ", very good from ");
	kpi_put_bound(k, kpi->target, b);
	buf_char(b, '.');
}

static void
write_term(struct html *h, const char *name, const char *text)
{
	html_open(h, "div");
	html_put(h, "dt", NULL, name);
	html_put(h, "dd", NULL, text);
	html_close(h);
}

void
chatters_write_help(const struct chatters_page *p, struct html *h)
{
	struct buf b;
	int k;

	html_open(h, "details");
	html_class(h, "behind");
	html_put(h, "summary", NULL, "How to read this page");
	html_open(h, "dl");
	html_class(h, "help");
	write_term(h, "Score",
	    "From 0 to 100, made of the six figures below. 80 and more: Top "
	    "performer. 60 to 79: Good. 40 to 59: Fair. 20 to 39: Low. Less: "
	    "Critical.");
	for (k = 0; k < KPIS; k++) {
		buf_init(&b, 1 << 12);
		put_limit(p, &b, (enum kpi)k);
		write_term(h, chat_kpi_name[k], b.p);
		buf_free(&b);
	}
	write_term(h, "▲ ▼",
	    "Clearly better or worse than this chatter's own average of the 7 "
	    "days before.");
	write_term(h, "Traffic",
	    "Fans an hour. HIGH and LOW are far from the team's average.");
	write_term(h, CHAT_DAY_OFF,
	    "Too little time at work to be judged; counts in no average.");
	write_term(h, CHAT_NO_DATA,
	    "The figures of this day have not come in for this chatter.");
	html_close(h);
	html_close(h);
}

static void
put_data(const struct chatters_page *p, struct buf *b)
{
	char day[DAY_TEXT];

	json_open(b);
	json_key(b, "date");
	if (p->has_summary) {
		day_format(p->summary.date, day);
		json_put_str(b, day);
	} else {
		json_put_null(b);
	}
	chatters_put_weeks(p, b);
	json_close(b);
}

static void
write_views(
    const struct chatters_page *p, struct html *h, const struct page *page)
{
	struct buf data;
	size_t i;

	page_begin(h, page);
	write_stale(p, h);
	write_filters(p, h);
	chatters_write_overview(p, h, &overview);
	for (i = 0; i < p->group_nr; i++)
		chatters_write_team(p, h, &p->group[i]);
	chatters_write_coaching(p, h, &coaching);
	chatters_write_weeks(p, h, &weekly);
	buf_init(&data, DATA_MAX);
	put_data(p, &data);
	page_end(h, page, buf_view(&data));
	buf_free(&data);
}

static const char *
subtitle(const struct chatters_page *p)
{
	return arena_printf(p->text, "%s%s · Updated %s",
	    p->has_summary ? "Performance for " : CHAT_NO_DATA,
	    p->has_summary ? chat_day(p, p->summary.date, DAY_LONG) : "",
	    chat_instant(p, p->set->generated_at));
}

/* The day of the figures; NULL when there are none. */
static const char *
data_day(const struct chatters_page *p, char text[DAY_TEXT])
{
	if (!p->has_summary)
		return NULL;
	day_format(p->summary.date, text);
	return text;
}

void
chatters_page_write(struct chatters_page *p, struct buf *out)
{
	const struct page_part part[] = {
		page_part_tabs(),
		{ ASSET_TEXT(chatters_css), ASSET_TEXT(chatters_js) },
	};
	const struct page_view jump[] = {
		{ .id = overview.id, .name = "Daily" },
		{ .id = weekly.id, .name = "Weekly" },
	};
	struct page page = {
		.lang = "en",
		.title = TITLE,
		.skip = "Skip to the content",
		.views_name = "Views",
		.theme_name = "Dark",
		.jumps_name = "Daily or weekly",
		.jump = jump,
		.jump_nr = 2,
		.part = part,
		.part_nr = 2,
	};
	struct page_view *view;
	char day[DAY_TEXT];
	struct html h;
	day_nr run;
	size_t i;

	p->today = instant_day(p->set->generated_at);
	if (p->has_summary && day_parse(p->summary.run_date, &run) &&
	    run > p->today)
		p->today = run;
	chatters_page_arrange(p);
	view = xcalloc(p->group_nr + VIEWS_OWN, sizeof(*view));
	view[page.view_nr++] = overview;
	for (i = 0; i < p->group_nr; i++)
		view[page.view_nr++] = p->group[i].view;
	view[page.view_nr++] = coaching;
	view[page.view_nr++] = weekly;
	page.view = view;
	page.subtitle = subtitle(p);
	page.day = data_day(p, day);
	if (p->set->chatters->page.title.len > 0)
		page.title = p->set->chatters->page.title.p;
	if (p->week_nr > 0 && !(p->summary.worked > 0))
		page.first = weekly.id;
	html_init(&h, out);
	write_views(p, &h, &page);
	free(view);
}
