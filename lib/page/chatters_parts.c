/*
 * What more than one view of the page of chatters has.
 */
#include <math.h>
#include <stdio.h>

#include "base/num.h"
#include "page/chatters_views.h"

#define LIST_MAX 8

void
chatters_write_heading(
    struct html *h, const char *id, const char *title, const char *note)
{
	html_open(h, "h3");
	if (id != NULL)
		html_attr(h, "id", id);
	html_str(h, title);
	if (note != NULL) {
		html_str(h, " ");
		html_put(h, "small", NULL, note);
	}
	html_close(h);
}

void
chatters_write_score(
    const struct chatters_page *p, struct html *h, double score_int, int band)
{
	if (band < 0 || isnan(score_int))
		page_badge(h, CHAT_NO_DATA, TONE_OFF);
	else
		page_badge(h,
		    arena_printf(p->text, "%s %s", chat_whole(p, score_int),
			band_label[band]),
		    TONE_BAND + band);
}

void
chatters_write_name(
    const struct chatters_page *p, struct html *h, const struct page_card *c)
{
	html_open(h, "a");
	html_attr(
	    h, "href", arena_printf(p->text, "#c%zu", (size_t)(c - p->card)));
	html_bdi(h, c->row.name);
	html_close(h);
}

/* A value as people read it, without needless digits: 45, 53.23. */
static void
put_value(struct buf *b, double x)
{
	char text[NUM_MAX];

	if (isnan(x))
		buf_str(b, CHAT_DASH);
	else
		buf_str(b, num_format(num_round_away(x, 2), text));
}

static void
write_line(const struct chatters_page *p, struct html *h, const char *what,
    const double *value, size_t nr)
{
	struct buf b;
	size_t i;

	buf_init(&b, 1 << 12);
	buf_printf(&b, "%s, last %zu days: ", what, nr);
	for (i = 0; i < nr; i++) {
		if (i > 0)
			buf_str(&b, ", ");
		put_value(&b, value[i]);
	}
	chart_trend(h, value, nr, arena_copy(p->text, buf_view(&b)).p);
	buf_free(&b);
}

void
chatters_write_trend(
    const struct chatters_page *p, struct html *h, const struct page_card *c)
{
	write_line(p, h, "Sales per hour", c->spark, c->spark_nr);
}

/* The sales of one of the days of a team. */
static double
sales_of(const struct chatters_page *p, struct json_value day)
{
	struct json_value key, value;
	const char *at = NULL;
	double x;

	while (day.kind == VALUE_OBJECT && json_next(day, &at, &key, &value))
		if (text_is(json_text(key, p->text), "sales") &&
		    json_double(value, &x))
			return x;
	return NAN;
}

void
chatters_write_team_trend(
    const struct chatters_page *p, struct html *h, const struct chatter_sums *s)
{
	double sales[CHAT_DAYS];
	struct json_value day;
	const char *at = NULL;
	size_t nr = 0;

	while (s->days.kind == VALUE_ARRAY && nr < CHAT_DAYS &&
	       json_next(s->days, &at, NULL, &day))
		sales[nr++] = sales_of(p, day);
	write_line(p, h, "Sales", sales, nr);
}

void
chatters_write_traffic(struct html *h, const struct page_group *g)
{
	const struct chatter_sums *s = g->sums;

	if (s == NULL || s->traffic.text.len == 0)
		return;
	html_open(h, "p");
	html_class(
	    h, text_is(s->traffic.level, "critical") ? "say bad" : "say warn");
	html_text(h, s->traffic.text);
	html_close(h);
}

const char *
chatters_flag_text(
    const struct chatters_page *p, const struct page_card *c, enum kpi k)
{
	return arena_printf(p->text, "%s %s, %s", kpi_label[k],
	    chat_kpi(p, k, c->kpi[k].value), chat_limit(p, k, c->kpi[k].limit));
}

static void
write_list(const struct chatters_page *p, struct html *h, const char *names,
    struct json_value of)
{
	const char *text[LIST_MAX];
	size_t i, nr = chatters_texts(p, of, text, LIST_MAX);

	if (nr == 0)
		return;
	html_open(h, "ul");
	html_class(h, names);
	for (i = 0; i < nr; i++)
		html_put(h, "li", NULL, text[i]);
	html_close(h);
}

/* The figure, what to aim for, and the points. */
static void
write_talk(const struct chatters_page *p, struct html *h, struct json_value of)
{
	struct json_value talk, key, value;
	const char *at = NULL, *in;
	enum kpi k;

	if (of.kind != VALUE_ARRAY)
		return;
	while (json_next(of, &at, NULL, &talk)) {
		if (talk.kind != VALUE_OBJECT)
			continue;
		html_open(h, "div");
		html_class(h, "talk");
		for (in = NULL; json_next(talk, &in, &key, &value);) {
			struct text name = json_text(key, p->text);
			struct text text = json_text(value, p->text);

			if (text_is(name, "kpi")) {
				k = kpi_of(text);
				html_put(h, "b", NULL,
				    k == KPIS ? "" : kpi_label[k]);
			} else if (text_is(name, "aim") && text.p != NULL) {
				html_str(h, ": ");
				html_text(h, text);
			} else if (text_is(name, "points")) {
				write_list(p, h, NULL, value);
			}
		}
		html_close(h);
	}
}

static int
level_tone(struct text level)
{
	return text_is(level, "high")	  ? TONE_BAD
	       : text_is(level, "medium") ? TONE_WARN
					  : TONE_PLAIN;
}

void
chatters_write_candidates(const struct chatters_page *p, struct html *h,
    const struct page_group *g, bool with_talk)
{
	const struct candidate_row *c;
	const struct page_card *card;
	size_t i;

	if (g->candidate_nr == 0) {
		html_put(h, "p", "empty", "Everyone is on track today.");
		return;
	}
	html_open(h, "ol");
	html_class(h, "people");
	for (i = g->candidate; i < g->candidate + g->candidate_nr; i++) {
		c = &p->candidate[i];
		card = chatters_page_card(p, c->id);
		html_open(h, "li");
		html_open(h, "p");
		html_class(h, "one");
		if (card != NULL)
			chatters_write_name(p, h, card);
		else
			html_bdi(h, c->name);
		html_str(h, " ");
		page_badge(h,
		    arena_printf(
			p->text, "Urgency %s", chat_one(p, c->urgency)),
		    level_tone(c->level));
		html_close(h);
		write_list(p, h, "why", c->why);
		if (with_talk)
			write_talk(p, h, c->talk);
		html_close(h);
	}
	html_close(h);
}

void
chatters_write_figure(
    struct html *h, const char *name, const char *value, bool is_bad)
{
	html_open(h, "div");
	html_class(h, is_bad ? "bad" : NULL);
	html_put(h, "dt", NULL, name);
	html_put(h, "dd", NULL, value);
	html_close(h);
}

/* A day's figure against what is usual: "▲ +12 %"; more for who asks. */
static void
write_usual(const struct chatters_page *p, struct html *h, const char *name,
    const char *value, const struct chatter_trend *trend,
    const char *(*show)(const struct chatters_page *, double))
{
	bool is_up = text_is(trend->arrow, "up");
	const char *names = trend->arrow.len == 0 ? "vs"
			    : is_up		  ? "vs up"
						  : "vs down";

	html_open(h, "div");
	html_put(h, "dt", NULL, name);
	html_put(h, "dd", NULL, value);
	if (!isnan(trend->dev_pct)) {
		html_open(h, "dd");
		html_class(h, names);
		html_attr(h, "data-t",
		    arena_printf(p->text,
			"%s: today %s, average of the 7 days before %s (%s)",
			name, value, show(p, trend->mean),
			chat_change(p, trend->dev_pct)));
		html_printf(h, "%s%s",
		    trend->arrow.len == 0 ? ""
		    : is_up		  ? "▲ "
					  : "▼ ",
		    chat_change(p, trend->dev_pct));
		html_put(h, "span", NULL, " vs 7-day average");
		html_close(h);
	}
	html_close(h);
}

void
chatters_write_sums(const struct chatters_page *p, struct html *h,
    const struct chatter_sums *s, const char *title)
{
	static const struct chatter_sums none = { .worked = NAN,
		.chatters = NAN,
		.sales = NAN,
		.sales_hr = NAN,
		.cvr_pct = NAN,
		.fans = NAN,
		.flagged = NAN,
		.trend.sales.dev_pct = NAN,
		.trend.sales_hr.dev_pct = NAN,
		.trend.cvr_pct.dev_pct = NAN };

	if (s == NULL)
		s = &none;
	html_put(h, "h3", "vh", title);
	page_cards_open(h);
	write_usual(p, h, "Total sales", chat_money(p, s->sales),
	    &s->trend.sales, chat_money);
	write_usual(p, h, "Avg $/hr", chat_money(p, s->sales_hr),
	    &s->trend.sales_hr, chat_money);
	write_usual(p, h, "Avg CVR", chat_pct(p, s->cvr_pct), &s->trend.cvr_pct,
	    chat_pct);
	chatters_write_figure(h, "Total fans", chat_whole(p, s->fans), false);
	chatters_write_figure(h, "Active",
	    arena_printf(p->text, "%s of %s", chat_whole(p, s->worked),
		chat_whole(p, s->chatters)),
	    false);
	chatters_write_figure(
	    h, "Need attention", chat_whole(p, s->flagged), s->flagged > 0);
	html_close(h);
}

struct table
chatters_table(const char *id, const char *title, const char *empty,
    const struct table_column *column, size_t column_nr, size_t row_nr)
{
	return (struct table){ .id = id,
		.title = title,
		.search = "Find in this table",
		.row = "row",
		.rows = "rows",
		.save = "Download table",
		.empty = empty,
		.column = column,
		.column_nr = column_nr,
		.row_nr = row_nr,
		.sorted_by = column_nr };
}

struct table_cell
chatters_cell(const char *text, double x)
{
	return (struct table_cell){ .text = text_of(text), .x = x };
}
