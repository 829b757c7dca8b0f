/*
 * The view of coaching: what was done this week, whom to coach first, who has
 * had a session when, and what team leads wrote.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/xalloc.h"
#include "page/chatters_views.h"

#define ROWS_MAX  100 /* sessions, or reports, the newest */
#define LEADS_MAX 16  /* of a team */
#define NONE	  "Nothing in these days."

static void
write_sums(const struct chatters_page *p, struct html *h)
{
	const struct chatter_sums *s = &p->summary;

	html_put(h, "h3", "vh", "This week");
	page_cards_open(h);
	chatters_write_figure(h, "Sessions this week",
	    p->has_summary ? chat_whole(p, s->sessions_week) : CHAT_DASH,
	    false);
	chatters_write_figure(h, "Coached this week",
	    p->has_summary ? arena_printf(p->text, "%s of %s",
				 chat_whole(p, s->coached_week),
				 chat_whole(p, s->chatters))
			   : CHAT_DASH,
	    false);
	chatters_write_figure(h, "Due for coaching",
	    p->has_summary ? chat_whole(p, s->due) : CHAT_DASH,
	    p->has_summary && s->due > 0);
	html_close(h);
}

struct lead {
	struct text name;
	size_t nr;
};

/* Who held sessions with a team's chatters this week, and how many. */
static size_t
find_leads(const struct chatters_page *p, const struct page_group *g,
    struct lead lead[LEADS_MAX])
{
	day_nr run = DAY_NONE, monday;
	const struct page_session *s;
	const struct page_card *c;
	size_t i, k, nr = 0;

	if (!day_parse(p->summary.run_date, &run))
		run = p->today;
	monday = run - day_weekday(run);
	for (i = 0; i < p->session_nr; i++) {
		s = &p->session[i];
		c = chatters_page_card(p, s->chatter_id);
		if (s->date < monday || s->date > run || c == NULL ||
		    chatters_page_group(p, c->row.team) != g)
			continue;
		for (k = 0; k < nr && !text_equal(lead[k].name, s->team_leader);
		     k++)
			;
		if (k == LEADS_MAX)
			continue;
		if (k == nr)
			lead[nr++] = (struct lead){ s->team_leader, 0 };
		lead[k].nr++;
	}
	return nr;
}

static void
write_team(
    const struct chatters_page *p, struct html *h, const struct page_group *g)
{
	const struct chatter_sums *s = g->sums;
	struct lead lead[LEADS_MAX];
	size_t i, nr = find_leads(p, g, lead);
	double of = s == NULL ? NAN : s->chatters;
	double did = s == NULL ? NAN : s->coached_week;

	html_open(h, "article");
	html_class(h, "tile");
	html_open(h, "h4");
	if (g->color != NULL)
		page_dot(h, g->color);
	html_str(h, g->name);
	html_close(h);
	html_put(h, "p", "big",
	    arena_printf(
		p->text, "%s of %s", chat_whole(p, did), chat_whole(p, of)));
	html_put(h, "p", "fine", "coached this week");
	html_open(h, "p");
	html_class(h, "progress");
	chart_bar(h, did > 0 && of > 0 ? did < of ? did : of : 0,
	    of > 0 ? of : 1, TONE_FINE);
	html_close(h);
	html_open(h, "dl");
	for (i = 0; i < nr; i++) {
		html_open(h, "div");
		html_open(h, "dt");
		html_bdi(h, lead[i].name.len == 0 ? text_of("Lead not named")
						  : lead[i].name);
		html_close(h);
		html_put(h, "dd", NULL,
		    chat_of(p, (double)lead[i].nr, "session", "sessions"));
		html_close(h);
	}
	html_close(h);
	if (nr == 0)
		html_put(h, "p", "fine", "No session yet this week.");
	html_close(h);
}

static void
write_first(const struct chatters_page *p, struct html *h)
{
	size_t i;

	chatters_write_heading(h, NULL, "Coach first",
	    "the most urgent of each team, and what to talk about");
	html_open(h, "div");
	html_class(h, "charts three");
	for (i = 0; i < p->group_nr; i++) {
		html_open(h, "figure");
		html_open(h, "h4");
		if (p->group[i].color != NULL)
			page_dot(h, p->group[i].color);
		html_str(h, p->group[i].name);
		html_close(h);
		chatters_write_candidates(p, h, &p->group[i], true);
		html_close(h);
	}
	html_close(h);
}

static struct table_cell
badge_cell(const struct page_coaching *co)
{
	struct table_cell cell = { .text = co->badge_text,
		.tone = TONE_PLAIN,
		.x = isnan(co->days) ? 1e6 : co->days };

	if (text_is(co->badge, "red"))
		cell.tone = TONE_BAD;
	else if (text_is(co->badge, "amber"))
		cell.tone = TONE_WARN;
	else
		cell.text = text_of("Up to date");
	return cell;
}

static void
write_chatters(const struct chatters_page *p, struct html *h)
{
	static const struct table_column column[] = {
		{ "Chatter", TABLE_HEAD },
		{ "Team", TABLE_TEXT },
		{ "Coaching", TABLE_BADGE },
		{ "Last session", TABLE_VALUE },
		{ "Score", TABLE_VALUE },
		{ "Last note", TABLE_TEXT },
	};
	const struct table table =
	    chatters_table("t-coached", "Last session of each chatter",
		CHAT_NO_DATA, column, 6, p->card_nr);
	const struct page_group *g;
	const struct page_card *c;
	size_t i;

	chatters_write_heading(h, NULL, "Last session of each chatter", NULL);
	table_open(h, &table);
	for (i = 0; i < p->card_nr; i++) {
		c = &p->card[i];
		g = chatters_page_group(p, c->row.team);
		table_row(h, &table,
		    (struct table_cell[]){ { .text = c->row.name },
			{ .text = text_of(g == NULL ? "" : g->name) },
			badge_cell(&c->coaching),
			chatters_cell(
			    chat_day(p, c->coaching.last_day, DAY_PLAIN),
			    c->coaching.last_day == DAY_NONE
				? NAN
				: c->coaching.last_day),
			chatters_cell(
			    chat_whole(p, c->row.score_int), c->row.score_int),
			{ .text = c->coaching.note } });
	}
	table_close(h);
}

/* The roster's spelling where the chatter is known. */
static struct text
name_of(const struct chatters_page *p, struct text id, struct text name)
{
	const struct page_card *c = chatters_page_card(p, id);

	return c == NULL ? name : c->row.name;
}

static struct text
focus_of(struct text focus)
{
	enum kpi k = kpi_of(focus);

	return k == KPIS ? focus : text_of(kpi_label[k]);
}

static void
write_note(const struct chatters_page *p, struct html *h, size_t nr)
{
	if (nr > ROWS_MAX)
		html_put(h, "p", "note",
		    arena_printf(
			p->text, "The newest %d of %zu.", ROWS_MAX, nr));
}

static void
write_sessions(const struct chatters_page *p, struct html *h)
{
	static const struct table_column column[] = {
		{ "Chatter", TABLE_HEAD },
		{ "Date", TABLE_VALUE },
		{ "Team lead", TABLE_TEXT },
		{ "Focus", TABLE_TEXT },
		{ "Notes", TABLE_TEXT },
	};
	size_t i, nr = p->session_nr < ROWS_MAX ? p->session_nr : ROWS_MAX;
	const struct table table = chatters_table(
	    "t-sessions", "Recent sessions", NONE, column, 5, nr);
	const struct page_session *s;

	chatters_write_heading(h, NULL, "Recent sessions", NULL);
	write_note(p, h, p->session_nr);
	table_open(h, &table);
	for (i = 0; i < nr; i++) {
		s = &p->session[i];
		table_row(h, &table,
		    (struct table_cell[]){
			{ .text = name_of(p, s->chatter_id, s->name) },
			chatters_cell(chat_day(p, s->date, DAY_PLAIN),
			    s->date == DAY_NONE ? NAN : s->date),
			{ .text = s->team_leader },
			{ .text = focus_of(s->focus_kpi) },
			{ .text = s->notes } });
	}
	table_close(h);
}

static void
write_reports(const struct chatters_page *p, struct html *h)
{
	static const struct table_column column[] = {
		{ "Chatter", TABLE_HEAD },
		{ "Date", TABLE_VALUE },
		{ "Team lead", TABLE_TEXT },
		{ "Help given", TABLE_TEXT },
		{ "Outcome", TABLE_TEXT },
		{ "Evidence", TABLE_TEXT },
	};
	size_t i, nr = p->report_nr < ROWS_MAX ? p->report_nr : ROWS_MAX;
	const struct table table =
	    chatters_table("t-reports", "Recent reports", NONE, column, 6, nr);
	const struct chatter_report *r;
	day_nr day;

	chatters_write_heading(h, NULL, "Recent reports", NULL);
	write_note(p, h, p->report_nr);
	table_open(h, &table);
	for (i = 0; i < nr; i++) {
		r = &p->report[i];
		if (!day_parse(r->date, &day))
			day = DAY_NONE;
		table_row(h, &table,
		    (struct table_cell[]){
			{ .text = name_of(p, r->chatter_id, r->name) },
			chatters_cell(chat_day(p, day, DAY_PLAIN),
			    day == DAY_NONE ? NAN : day),
			{ .text = r->team_leader }, { .text = r->method },
			{ .text = r->resolution }, { .text = r->evidence } });
	}
	table_close(h);
}

void
chatters_write_coaching(
    const struct chatters_page *p, struct html *h, const struct page_view *view)
{
	size_t i;

	page_view_open(h, view, "Coaching");
	write_sums(p, h);
	html_open(h, "div");
	html_class(h, "tiles");
	for (i = 0; i < p->group_nr; i++)
		write_team(p, h, &p->group[i]);
	html_close(h);
	write_first(p, h);
	write_chatters(p, h);
	write_sessions(p, h);
	write_reports(p, h);
	html_close(h);
}
