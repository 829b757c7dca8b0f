/*
 * The card of a chatter.
 */
#include <math.h>
#include <stdio.h>

#include "base/num.h"
#include "chatters/traffic.h"
#include "page/chatters_views.h"

#define NAMES_MAX 64

/* The order of a card: that of the flags. */
static void
write_tip(const struct chatters_page *p, struct html *h,
    const struct page_kpi *kpi, enum kpi k)
{
	struct buf b;

	if (isnan(kpi->mean) && isnan(kpi->limit))
		return;
	buf_init(&b, 1 << 12);
	if (!isnan(kpi->mean))
		buf_printf(&b, "%s: today %s, 7-day average %s (%s)",
		    kpi_label[k], chat_kpi(p, k, kpi->value),
		    chat_kpi(p, k, kpi->mean), chat_change(p, kpi->dev_pct));
	if (!isnan(kpi->limit))
		buf_printf(&b, "%s%s, %s", b.len > 0 ? " · " : "", kpi_label[k],
		    chat_limit(p, k, kpi->limit));
	html_attr_text(h, "data-t", buf_view(&b));
	buf_free(&b);
}

static void
write_kpi(const struct chatters_page *p, struct html *h,
    const struct page_kpi *kpi, enum kpi k)
{
	bool is_up = text_is(kpi->arrow, "up");

	html_open(h, "div");
	html_class(h, isnan(kpi->limit) ? NULL : "bad");
	write_tip(p, h, kpi, k);
	html_put(h, "dt", NULL, chat_kpi_name[k]);
	html_open(h, "dd");
	html_str(h, chat_kpi(p, k, kpi->value));
	if (kpi->arrow.len > 0) {
		html_open(h, "i");
		html_class(h, is_up ? "up" : "down");
		html_attr(h, "role", "img");
		html_attr(h, "aria-label",
		    is_up ? "better than the 7-day average"
			  : "worse than the 7-day average");
		html_str(h, is_up ? "▲" : "▼");
		html_close(h);
	}
	if (!isnan(kpi->limit)) {
		html_str(h, " ");
		html_put(h, "small", NULL, chat_limit(p, k, kpi->limit));
	}
	html_close(h);
	html_close(h);
}

static void
write_badges(struct html *h, const struct page_card *c)
{
	const struct page_coaching *co = &c->coaching;

	if (co->badge_text.len > 0) {
		html_str(h, " ");
		page_badge(h, co->badge_text.p,
		    text_is(co->badge, "red") ? TONE_BAD : TONE_WARN);
	}
	if (c->row.streak_text.len > 0) {
		html_str(h, " ");
		page_badge(h, c->row.streak_text.p,
		    c->row.streak < 0 ? TONE_BAD : TONE_FINE);
	}
}

static void
write_top(
    const struct chatters_page *p, struct html *h, const struct page_card *c)
{
	char names[NAMES_MAX];
	bool scored = c->band >= 0 && !isnan(c->row.score_int);

	html_open(h, "div");
	snprintf(names, sizeof(names), "score t%d",
	    scored ? TONE_BAND + c->band : TONE_OFF);
	html_class(h, names);
	html_put(h, "b", NULL, chat_whole(p, scored ? c->row.score_int : NAN));
	html_close(h);
	html_open(h, "div");
	html_class(h, "about");
	html_open(h, "h4");
	html_bdi(h, c->row.name);
	html_close(h);
	html_open(h, "p");
	html_put(h, "span", "band",
	    c->status == CHATTER_DAY_OFF ? CHAT_DAY_OFF
	    : scored			 ? band_label[c->band]
					 : CHAT_NO_DATA);
	write_badges(h, c);
	html_close(h);
	html_close(h);
	html_open(h, "div");
	html_class(h, "week");
	chatters_write_trend(p, h, c);
	html_put(h, "small", NULL, chat_hours(p, c->row.tracked_s));
	html_close(h);
}

static void
write_step(struct html *h, const char *value, const char *what,
    const char *step, bool is_weak)
{
	html_open(h, "li");
	html_class(h, is_weak ? "bad" : NULL);
	html_put(h, "b", NULL, value);
	html_str(h, " ");
	html_str(h, what);
	if (step != NULL) {
		html_str(h, " ");
		html_put(h, "small", NULL, step);
	}
	html_close(h);
}

/* "0.75 PPVs per fan", "–" */
static const char *
step_text(const struct chatters_page *p, double x, int form)
{
	const char *end[STEPS] = { " PPVs per fan", " unlocked",
		" per unlock" };
	const char *text;

	if (isnan(x))
		return CHAT_DASH;
	text = form == STEP_SENT       ? chat_money(p, x)
	       : form == STEP_UNLOCKED ? chat_pct(p, x)
				       : chat_money(p, x);
	/* two decimals as money has, without its sign */
	if (form == STEP_SENT)
		text += *text == '-' ? 2 : 1;
	return arena_printf(p->text, "%s%s", text, end[form]);
}

static void
write_funnel(
    const struct chatters_page *p, struct html *h, const struct page_card *c)
{
	const struct page_funnel *f = &c->funnel;
	const double *x = c->row.figure;

	html_open(h, "div");
	html_put(h, "h5", NULL, "From fans to sales");
	html_open(h, "ol");
	html_class(h, "flow");
	write_step(h, chat_whole(p, x[FIGURE_FANS]), "fans", NULL, false);
	write_step(h, chat_whole(p, x[FIGURE_PPVS]), "PPVs sent",
	    step_text(p, f->step[STEP_SENT], STEP_SENT),
	    text_is(f->bottleneck, funnel_key[STEP_SENT]));
	write_step(h, chat_whole(p, x[FIGURE_UNLOCKED]), "unlocked",
	    step_text(p, f->step[STEP_UNLOCKED], STEP_UNLOCKED),
	    text_is(f->bottleneck, funnel_key[STEP_UNLOCKED]));
	write_step(h, chat_money(p, x[FIGURE_SALES]), "sales",
	    step_text(p, f->step[STEP_SALES], STEP_SALES),
	    text_is(f->bottleneck, funnel_key[STEP_SALES]));
	html_close(h);
	if (f->text.len > 0) {
		html_open(h, "p");
		html_class(h, f->bottleneck.len > 0 ? "down" : "fine");
		html_text(h, f->text);
		html_close(h);
	}
	html_close(h);
}

static void
write_fact(struct html *h, const char *name, const char *value)
{
	html_open(h, "div");
	html_put(h, "dt", NULL, name);
	html_open(h, "dd");
	html_bdi(h, text_of(value));
	html_close(h);
	html_close(h);
}

static const char *
coached_text(const struct chatters_page *p, const struct page_coaching *co)
{
	const char *text;

	if (co->last_day == DAY_NONE)
		return "Never coached";
	text = !(co->days > 0) ? "today"
			       : arena_printf(p->text, "%s ago",
				     chat_of(p, co->days, "day", "days"));
	text = arena_printf(
	    p->text, "%s, on %s", text, chat_day(p, co->last_day, DAY_SHORT));
	return co->lead.len == 0 ? text
				 : arena_printf(p->text, "%s, by %.*s", text,
				       TEXT_ARG(co->lead));
}

static void
write_facts(
    const struct chatters_page *p, struct html *h, const struct page_card *c)
{
	static const char *const band[] = {
		[TRAFFIC_LOW] = "LOW",
		[TRAFFIC_NORMAL] = "NORMAL",
		[TRAFFIC_HIGH] = "HIGH",
	};
	const struct page_coaching *co = &c->coaching;
	int i;

	html_open(h, "div");
	html_put(h, "h5", NULL, "Traffic and coaching");
	html_open(h, "dl");
	html_class(h, "facts");
	for (i = TRAFFIC_LOW; i <= TRAFFIC_HIGH; i++)
		if (text_is(c->row.traffic, traffic_band_word[i]))
			write_fact(h, "Traffic",
			    arena_printf(p->text, "%s, %s fans/hr", band[i],
				chat_one(p, c->row.figure[FIGURE_FANS_HR])));
	write_fact(h, "Coached", coached_text(p, co));
	if (co->note.len > 0)
		write_fact(h, "Last note", co->note.p);
	if (co->goal.len > 0)
		write_fact(h, "Goal",
		    co->goal.len > 6 && text_starts_nocase(co->goal, "Goal: ")
			? co->goal.p + 6
			: co->goal.p);
	html_close(h);
	html_close(h);
}

static void
write_day(
    const struct chatters_page *p, struct html *h, const struct page_day *d)
{
	bool worked = text_is(d->status, chatter_status_word[CHATTER_WORKED]);
	double value[KPIS];
	int k;

	html_open(h, "tr");
	html_open(h, "th");
	html_attr(h, "scope", "row");
	html_str(h, chat_day(p, d->date, DAY_SHORT));
	html_close(h);
	html_put(h, "td", NULL, chat_hours(p, d->tracked_s));
	if (!worked) {
		html_open(h, "td");
		html_attr_int(h, "colspan", KPIS + 1);
		html_str(
		    h, text_is(d->status, chatter_status_word[CHATTER_DAY_OFF])
			   ? CHAT_DAY_OFF
			   : CHAT_NO_DATA);
		html_close(h);
		html_close(h);
		return;
	}
	html_put(h, "td", NULL, chat_money(p, d->figure[FIGURE_SALES]));
	kpi_values(value, d->figure);
	for (k = 0; k < KPIS; k++)
		html_put(h, "td", NULL, chat_kpi(p, (enum kpi)k, value[k]));
	html_close(h);
}

static void
write_head_cell(struct html *h, const char *text)
{
	html_open(h, "th");
	html_attr(h, "scope", "col");
	html_str(h, text);
	html_close(h);
}

static void
write_days(
    const struct chatters_page *p, struct html *h, const struct page_card *c)
{
	size_t i;
	int k;

	html_open(h, "div");
	html_class(h, "last");
	html_put(h, "h5", NULL, "Last 7 days");
	html_open(h, "div");
	html_class(h, "across");
	html_attr(h, "role", "region");
	html_attr(h, "tabindex", "0");
	html_attr(h, "aria-label",
	    arena_printf(
		p->text, "Last 7 days of %.*s", TEXT_ARG(c->row.name)));
	html_open(h, "table");
	html_class(h, "days");
	html_open(h, "thead");
	html_open(h, "tr");
	write_head_cell(h, "Day");
	write_head_cell(h, "Hours");
	write_head_cell(h, "Sales");
	for (k = 0; k < KPIS; k++)
		write_head_cell(h, chat_kpi_name[k]);
	html_close(h);
	html_close(h);
	html_open(h, "tbody");
	for (i = c->day_nr; i-- > 0;)
		write_day(p, h, &c->day[i]);
	html_close(h);
	html_close(h);
	html_close(h);
	html_close(h);
}

void
chatters_write_card(
    const struct chatters_page *p, struct html *h, const struct page_card *c)
{
	static const char *const names[CHATTER_STATUSES] = {
		[CHATTER_WORKED] = "card worked",
		[CHATTER_DAY_OFF] = "card off",
		[CHATTER_NO_DATA] = "card",
	};
	char score[NUM_MAX];
	int k;

	html_open(h, "article");
	html_class(
	    h, c->flag_nr > 0 ? "card worked flagged" : names[c->status]);
	html_attr(
	    h, "id", arena_printf(p->text, "c%zu", (size_t)(c - p->card)));
	html_attr(h, "tabindex", "-1");
	if (!isnan(c->row.score))
		html_attr(h, "data-s", num_format(c->row.score, score));
	write_top(p, h, c);
	if (c->status == CHATTER_WORKED) {
		html_open(h, "dl");
		html_class(h, "kpis");
		for (k = 0; k < KPIS; k++)
			write_kpi(p, h, &c->kpi[k], (enum kpi)k);
		html_close(h);
	}
	html_open(h, "details");
	html_put(h, "summary", NULL, "Details");
	html_open(h, "div");
	html_class(h, "inside");
	if (c->status == CHATTER_WORKED)
		write_funnel(p, h, c);
	write_facts(p, h, c);
	write_days(p, h, c);
	html_close(h);
	html_close(h);
	html_close(h);
}
