/*
 * The view of the weeks: one at a time, a table for each team. What stands in
 * the page is the newest; the others are in its data, rounded as they are shown.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/num.h"
#include "base/xalloc.h"
#include "page/chatters_views.h"

#define ID_MAX 32
#define HOUR_S 3600.0

/* What a figure of a week is; chatters.js has the same. */
enum form {
	FORM_MONEY,
	FORM_COUNT,
	FORM_ONE, /* decimal */
	FORM_PCT,
	FORM_TIME,
};

enum {
	COLUMN_NAME,
	COLUMN_SCORE,
	COLUMN_CHANGE = 3,
	COLUMNS = 14,
};

static const struct table_column column[COLUMNS] = {
	{ "Chatter", TABLE_HEAD },
	{ "Score", TABLE_BADGE },
	{ "Sales/hr", TABLE_VALUE },
	{ "Change", TABLE_VALUE },
	{ "Sales", TABLE_VALUE },
	{ "Days", TABLE_VALUE },
	{ "Hours", TABLE_VALUE },
	{ "CVR", TABLE_VALUE },
	{ "Unlock", TABLE_VALUE },
	{ "Golden", TABLE_VALUE },
	{ "Msg/hr", TABLE_VALUE },
	{ "Reply", TABLE_VALUE },
	{ "Fan chats", TABLE_VALUE },
	{ "Fans/hr", TABLE_VALUE },
};

static const enum form form_of[COLUMNS] = { 0, 0, FORM_MONEY, FORM_MONEY,
	FORM_MONEY, FORM_COUNT, FORM_ONE, FORM_PCT, FORM_PCT, FORM_PCT,
	FORM_ONE, FORM_TIME, FORM_COUNT, FORM_ONE };

static double
value_of(const struct chatter_week_row *w, size_t i)
{
	static const int figure[COLUMNS] = { [2] = FIGURE_SALES_HR,
		[4] = FIGURE_SALES,
		[7] = FIGURE_CVR,
		[8] = FIGURE_UNLOCK,
		[9] = FIGURE_GOLDEN,
		[10] = FIGURE_MSG_HR,
		[11] = FIGURE_REPLY,
		[12] = FIGURE_FANS,
		[13] = FIGURE_FANS_HR };

	switch (i) {
	case COLUMN_CHANGE:
		return w->change;
	case 5:
		return w->days;
	case 6:
		return w->tracked_s / HOUR_S;
	default:
		return w->figure[figure[i]];
	}
}

/* As it is shown and sorted. */
static double
rounded(double x, enum form form)
{
	if (!isfinite(x) || (form == FORM_TIME && x < 0))
		return NAN;
	return num_round_away(x, form == FORM_MONEY			? 2
				 : form == FORM_ONE || form == FORM_PCT ? 1
									: 0);
}

static const char *
shown(const struct chatters_page *p, double x, enum form form)
{
	switch (form) {
	case FORM_MONEY:
		return chat_money(p, x);
	case FORM_COUNT:
		return chat_whole(p, x);
	case FORM_ONE:
		return chat_one(p, x);
	case FORM_PCT:
		return chat_pct(p, x);
	default:
		return chat_seconds(p, x);
	}
}

static int
arrow_of(const struct chatter_week_row *w)
{
	return text_is(w->arrow, "up") ? 1 : text_is(w->arrow, "down") ? 2 : 0;
}

/* -1 for who has no score. */
static int
band_index(const struct chatter_week_row *w)
{
	enum band band = band_of(w->band);

	return band == BANDS || isnan(w->score_int) ? -1 : (int)band;
}

static void
write_row(const struct chatters_page *p, struct html *h, const struct table *t,
    const struct chatter_week_row *w)
{
	static const char *const arrow[] = { "", "▲ ", "▼ " };
	struct table_cell cell[COLUMNS];
	int band = band_index(w);
	double x;
	size_t i;

	cell[COLUMN_NAME] = (struct table_cell){ .text = w->name };
	cell[COLUMN_SCORE] = (struct table_cell){
		.x = -1, .text = text_of(CHAT_NO_DATA), .tone = TONE_OFF
	};
	if (band >= 0)
		cell[COLUMN_SCORE] = (struct table_cell){ .x = w->score_int,
			.text = text_of(arena_printf(p->text, "%s %s",
			    chat_whole(p, w->score_int), band_label[band])),
			.tone = TONE_BAND + band };
	for (i = 2; i < COLUMNS; i++) {
		x = rounded(value_of(w, i), form_of[i]);
		cell[i] = chatters_cell(shown(p, x, form_of[i]), x);
		if (i != COLUMN_CHANGE || isnan(x))
			continue;
		cell[i].tone = arrow_of(w);
		cell[i].text = text_of(arena_printf(
		    p->text, "%s%s", arrow[cell[i].tone], chat_more(p, x)));
	}
	table_row(h, t, cell);
}

static bool
is_of(const struct chatters_page *p, const struct chatter_week_row *w,
    const struct page_group *g, day_nr monday)
{
	return w->week_start == monday && chatters_page_group(p, w->team) == g;
}

static const struct chatter_team_week_row *
team_week(
    const struct chatters_page *p, const struct page_group *g, day_nr monday)
{
	size_t i;

	for (i = 0; i < p->team_week_nr; i++)
		if (p->team_week[i].week_start == monday &&
		    chatters_page_group(p, p->team_week[i].team) == g)
			return &p->team_week[i];
	return NULL;
}

#define SUMS 6

static const char *const sum_name[SUMS] = { "Total sales", "Avg $/hr",
	"Avg CVR", "Chatters", "Days worked", "Sessions" };

static void
sums_of(const struct chatters_page *p, const struct page_group *g,
    day_nr monday, const char *text[SUMS])
{
	const struct chatter_team_week_row *w = team_week(p, g, monday);
	size_t i;

	for (i = 0; i < SUMS; i++)
		text[i] = CHAT_DASH;
	if (w == NULL)
		return;
	text[0] = chat_money(p, w->sales);
	text[1] = chat_money(p, w->sales_hr);
	text[2] = chat_pct(p, w->cvr_pct);
	text[3] = chat_whole(p, w->chatters);
	text[4] = chat_whole(p, w->days);
	text[5] = chat_whole(p, w->sessions);
}

static void
write_team(const struct chatters_page *p, struct html *h,
    const struct page_group *g, size_t nr, day_nr monday)
{
	char id[ID_MAX];
	const char *text[SUMS];
	struct table table;
	size_t i, rows = 0;

	for (i = 0; i < p->week_nr; i++)
		rows += is_of(p, &p->week[i], g, monday);
	html_open(h, "h3");
	if (g != NULL && g->color != NULL)
		page_dot(h, g->color);
	html_str(h, g == NULL ? "Other teams" : g->name);
	html_close(h);
	snprintf(id, sizeof(id), "w-%zu", nr);
	sums_of(p, g, monday, text);
	html_open(h, "dl");
	html_class(h, "cards slim");
	html_attr(h, "id", arena_printf(p->text, "%s-sums", id));
	for (i = 0; i < SUMS; i++)
		chatters_write_figure(h, sum_name[i], text[i], false);
	html_close(h);
	table = chatters_table(id,
	    arena_printf(p->text, "%s, week by chatter",
		g == NULL ? "Other teams" : g->name),
	    CHAT_NO_DATA, column, COLUMNS, rows);
	table_open(h, &table);
	for (i = 0; i < p->week_nr; i++)
		if (is_of(p, &p->week[i], g, monday))
			write_row(p, h, &table, &p->week[i]);
	table_close(h);
}

/* Some week is of a team that has no view of its own. */
static bool
has_others(const struct chatters_page *p)
{
	size_t i;

	for (i = 0; i < p->week_nr; i++)
		if (chatters_page_group(p, p->week[i].team) == NULL)
			return true;
	return false;
}

/* The Mondays there are, the newest first; at most max. */
static size_t
find_weeks(const struct chatters_page *p, day_nr *monday)
{
	size_t i, nr = 0;

	for (i = 0; i < p->week_nr; i++)
		if (nr == 0 || monday[nr - 1] != p->week[i].week_start)
			monday[nr++] = p->week[i].week_start;
	return nr;
}

/* "9 Feb 2026 to 15 Feb 2026" */
static const char *
week_name(const struct chatters_page *p, day_nr monday)
{
	return arena_printf(p->text, "%s to %s%s",
	    chat_day(p, monday, DAY_SHORT),
	    chat_day(p, monday + CHAT_DAYS - 1, DAY_PLAIN),
	    p->has_summary && p->summary.date >= monday &&
		    p->summary.date < monday + CHAT_DAYS - 1
		? ", so far"
		: "");
}

void
chatters_write_weeks(
    const struct chatters_page *p, struct html *h, const struct page_view *view)
{
	day_nr *monday = xcalloc(p->week_nr + 1, sizeof(*monday));
	size_t i, nr = find_weeks(p, monday);
	struct choice *choice = xcalloc(nr + 1, sizeof(*choice));

	for (i = 0; i < nr; i++)
		choice[i] = (struct choice){ arena_printf(p->text, "%zu", i),
			week_name(p, monday[i]) };
	if (nr > 0) {
		html_open(h, "div");
		html_class(h, "global js");
		html_attr(h, "data-views", view->id);
		control_select(h, "week", "Week", choice, nr);
		html_close(h);
	}
	page_view_open(h, view, "Weekly");
	if (nr == 0) {
		html_put(h, "p", "empty", CHAT_NO_DATA);
	} else {
		html_open(h, "p");
		html_class(h, "lead");
		html_str(h, "Week of ");
		html_open(h, "b");
		html_attr(h, "id", "w-name");
		html_str(h, choice[0].label);
		html_close(h);
		html_close(h);
		html_put(h, "p", "note",
		    "A fan who chats on two days counts as two fan chats. "
		    "Change is the sales per hour against the week before.");
		for (i = 0; i < p->group_nr; i++)
			write_team(p, h, &p->group[i], i, monday[0]);
		if (has_others(p))
			write_team(p, h, NULL, p->group_nr, monday[0]);
	}
	html_close(h);
	free(choice);
	free(monday);
}

static void
put_row(struct buf *b, const struct chatter_week_row *w)
{
	size_t i;

	json_open_array(b);
	json_put_text(b, w->name);
	json_put_number(b, band_index(w) < 0 ? NAN : w->score_int);
	json_put_int(b, band_index(w));
	json_put_int(b, arrow_of(w));
	for (i = 2; i < COLUMNS; i++)
		json_put_number(b, rounded(value_of(w, i), form_of[i]));
	json_close_array(b);
}

static void
put_team(const struct chatters_page *p, struct buf *b,
    const struct page_group *g, day_nr monday)
{
	const char *text[SUMS];
	size_t i;

	json_open_array(b);
	sums_of(p, g, monday, text);
	for (i = 0; i < SUMS; i++)
		json_put_str(b, text[i]);
	for (i = 0; i < p->week_nr; i++)
		if (is_of(p, &p->week[i], g, monday))
			put_row(b, &p->week[i]);
	json_close_array(b);
}

/* Of each week its teams: six sums, then its rows. */
void
chatters_put_weeks(const struct chatters_page *p, struct buf *b)
{
	day_nr *monday = xcalloc(p->week_nr + 1, sizeof(*monday));
	size_t i, k, nr = find_weeks(p, monday);

	json_key(b, "weeks");
	json_open_array(b);
	for (i = 0; i < nr; i++) {
		json_open_array(b);
		for (k = 0; k < p->group_nr; k++)
			put_team(p, b, &p->group[k], monday[i]);
		if (has_others(p))
			put_team(p, b, NULL, monday[i]);
		json_close_array(b);
	}
	json_close_array(b);
	free(monday);
}
