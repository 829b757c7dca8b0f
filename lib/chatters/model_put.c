/*
 * The lines of the model; see chatters(5).
 */
#include <math.h>
#include <stdlib.h>

#include "chatters/model_impl.h"

#define HOUR_S	       3600.0
#define UNEVEN_LASTS   3 /* days of seven */
#define TEXT_MAX       200
#define WEEK_TEXT      12
#define DAYS_TO_MIDDLE 3 /* from Monday to the day that gives the year */

static void
put_number(struct buf *b, const char *key, double x)
{
	json_key(b, key);
	json_put_number(b, x);
}

static void
put_count(struct buf *b, const char *key, size_t nr)
{
	json_key(b, key);
	json_put_int(b, (int64_t)nr);
}

static void
put_str(struct buf *b, const char *key, const char *s)
{
	json_key(b, key);
	json_put_str(b, s);
}

static void
put_text(struct buf *b, const char *key, struct text t)
{
	json_key(b, key);
	json_put_text(b, t);
}

static void
put_bool(struct buf *b, const char *key, bool is)
{
	json_key(b, key);
	json_put_bool(b, is);
}

static void
put_day(struct buf *b, const char *key, day_nr day)
{
	char text[DAY_TEXT];

	day_format(day, text);
	put_str(b, key, text);
}

static void
put_null(struct buf *b, const char *key)
{
	json_key(b, key);
	json_put_null(b);
}

/* null for an empty one */
static void
put_buf(struct buf *b, const char *key, const struct buf *text)
{
	if (text->len > 0)
		put_text(b, key, buf_view(text));
	else
		put_null(b, key);
}

static void
put_tracked(struct buf *b, int64_t tracked_s)
{
	json_key(b, "tracked_s");
	if (tracked_s >= 0)
		json_put_int(b, tracked_s);
	else
		json_put_null(b);
}

/* 2026-W07: the year is that of its Thursday. */
static void
put_week(struct buf *b, day_nr monday)
{
	char text[WEEK_TEXT];
	int year, month, mday;
	day_nr thursday = monday + DAYS_TO_MIDDLE, first = 0;
	struct buf out;

	day_to_civil(thursday, &year, &month, &mday);
	day_from_civil(year, 1, 1, &first);
	buf_init(&out, sizeof(text));
	buf_printf(
	    &out, "%04d-W%02d", year, (thursday - first) / DAYS_OF_WEEK + 1);
	put_text(b, "week", buf_view(&out));
	buf_free(&out);
	put_day(b, "week_start", monday);
}

static double
mean_of(double sum, size_t nr)
{
	return nr == 0 ? NAN : sum / (double)nr;
}

static double
pooled(double sales, double seconds)
{
	return seconds > 0 ? sales / (seconds / HOUR_S) : NAN;
}

/* The plain mean and the pooled one, or what is asked for in place of both. */
static void
put_rates(const struct chatters *m, double mean, double all, struct buf *b)
{
	put_number(b, "sales_hr", m->opt.pooled ? all : mean);
	put_number(b, "sales_hr_pooled", all);
}

static void
put_sums(const struct chatters *m, const struct team_sums *sums, struct buf *b)
{
	put_count(b, "chatters", sums->chatters);
	put_count(b, "worked", sums->in_status[CHATTER_WORKED]);
	put_count(b, "day_off", sums->in_status[CHATTER_DAY_OFF]);
	put_count(b, "no_data", sums->in_status[CHATTER_NO_DATA]);
	put_number(b, "sales", sums->sales_nr > 0 ? sums->sales : NAN);
	put_rates(m, mean_of(sums->sales_hr, sums->sales_hr_nr),
	    pooled(sums->sales, sums->sales_s), b);
	put_number(b, "cvr_pct", mean_of(sums->cvr, sums->cvr_nr));
	put_number(b, "fans", sums->fans_nr > 0 ? sums->fans : NAN);
	put_count(b, "flagged", sums->flagged);
	put_count(b, "candidates", sums->candidates);
	put_count(b, "due", sums->due);
	put_count(b, "coached_week", sums->coached);
	put_count(b, "sessions_week", sums->sessions);
}

static void
put_trend(struct buf *b, const char *key, const struct trend *trend)
{
	json_key(b, key);
	json_open(b);
	put_number(b, "mean", trend->mean);
	put_number(b, "dev_pct", trend->dev_pct);
	put_str(b, "arrow", arrow_word(trend->arrow));
	json_close(b);
}

/* The last seven days, and the day against the days before. */
static void
put_team_days(
    const struct chatters *m, const struct team_sums *sums, struct buf *b)
{
	static const char *const key[TEAM_TRENDS] = { "sales", "sales_hr",
		"cvr_pct" };
	const struct team_day *day;
	int i, k;

	json_key(b, "trend");
	json_open(b);
	for (i = 0; i < TEAM_TRENDS; i++)
		put_trend(b, key[i], &sums->trend[i]);
	json_close(b);
	json_key(b, "days");
	json_open_array(b);
	for (i = 0; i < DAYS_OF_WEEK; i++) {
		day = &sums->day[i];
		json_open(b);
		put_day(b, "date", m->date - DAYS_OF_WEEK + 1 + i);
		put_count(b, "worked", day->worked);
		for (k = 0; k < TEAM_TRENDS; k++)
			put_number(b, key[k],
			    team_day_value(m, day, (enum team_trend)k));
		json_close(b);
	}
	json_close_array(b);
}

void
summary_put(const struct chatters *m, struct buf *b)
{
	json_open(b);
	put_str(b, "type", "chatter_summary");
	put_day(b, "date", m->date);
	put_day(b, "run_date", m->opt.run);
	put_str(b, "score_mode", score_mode_word[m->mode]);
	put_sums(m, &m->all, b);
	put_team_days(m, &m->all, b);
	json_close(b);
}

static void
put_traffic(
    const struct chatters *m, const struct team_sums *sums, struct buf *b)
{
	const struct traffic *t = &sums->traffic;
	struct buf text;

	buf_init(&text, TEXT_MAX);
	traffic_put_text(m->set, t, &text);
	json_key(b, "traffic");
	json_open(b);
	put_count(b, "chatters", t->nr);
	put_number(b, "fans_hr", traffic_mean(t));
	put_number(b, "min", t->nr > 0 ? t->min : NAN);
	put_number(b, "max", t->nr > 0 ? t->max : NAN);
	put_number(b, "ratio", traffic_ratio(t));
	put_str(b, "level", traffic_level_word[traffic_level(m->set, t)]);
	put_buf(b, "text", &text);
	put_count(b, "uneven_days", sums->uneven_days);
	put_bool(b, "lasts", sums->uneven_days >= UNEVEN_LASTS);
	json_close(b);
	buf_free(&text);
}

void
team_put(const struct chatters *m, const struct team_sums *sums, struct buf *b)
{
	const struct team *team =
	    sums->team < m->set->team_nr ? &m->set->team[sums->team] : NULL;
	struct text none = { NULL, 0 };

	json_open(b);
	put_str(b, "type", "chatter_team");
	put_day(b, "date", m->date);
	put_text(b, "team", chatters_team_key(m, sums->team));
	put_text(b, "name", chatters_team_name(m, sums->team));
	put_text(b, "color", team == NULL ? none : team->color);
	put_text(b, "shift_start", team == NULL ? none : team->shift_start);
	put_text(b, "shift_end", team == NULL ? none : team->shift_end);
	put_sums(m, sums, b);
	put_traffic(m, sums, b);
	put_team_days(m, sums, b);
	json_close(b);
}

static void
put_score(const struct score *score, enum score_mode mode,
    const char *band_without, struct buf *b)
{
	put_number(b, "score", score->total);
	if (isnan(score->total)) {
		put_null(b, "score_int");
		put_str(b, "band", band_without);
	} else {
		json_key(b, "score_int");
		json_put_int(b, score_int(score->total));
		put_str(b, "band", band_key[score_band(score->total)]);
	}
	put_str(b, "score_mode", score_mode_word[mode]);
}

/* Which of the six have no value, and which are flagged. */
static void
put_lists(const struct chatters *m, const struct card *card, struct buf *b)
{
	int k;

	json_key(b, "missing");
	json_open_array(b);
	for (k = 0; k < KPIS; k++)
		if (card->status == CHATTER_WORKED && isnan(card->value[k]))
			json_put_str(b, kpi_key[k]);
	json_close_array(b);
	json_key(b, "flags");
	json_open_array(b);
	for (k = 0; k < KPIS; k++) {
		if ((card->flags & 1u << k) == 0)
			continue;
		json_open(b);
		put_str(b, "kpi", kpi_key[k]);
		put_number(b, "value", card->value[k]);
		put_number(b, "limit", m->set->kpi[k].flag);
		json_close(b);
	}
	json_close_array(b);
}

static void
put_kpis(const struct card *card, struct buf *b)
{
	int k;

	json_key(b, "kpi");
	json_open(b);
	for (k = 0; k < KPIS; k++) {
		json_key(b, kpi_key[k]);
		json_open(b);
		put_number(b, "value", card->value[k]);
		put_number(b, "points", card->score.points[k]);
		put_bool(b, "flagged", (card->flags & 1u << k) != 0);
		put_number(b, "mean", card->trend[k].mean);
		put_number(b, "dev_pct", card->trend[k].dev_pct);
		put_str(b, "arrow", arrow_word(card->trend[k].arrow));
		json_close(b);
	}
	json_close(b);
}

static void
put_streak(const struct card *card, struct buf *b)
{
	struct buf text;

	buf_init(&text, TEXT_MAX);
	if (card->streak != 0)
		buf_printf(&text, "%dd %s", abs(card->streak),
		    card->streak > 0 ? "improving" : "declining");
	json_key(b, "streak");
	json_put_int(b, card->streak);
	put_buf(b, "streak_text", &text);
	buf_free(&text);
}

static void
put_funnel(const struct card *card, struct buf *b)
{
	bool known = false;
	int i;

	json_key(b, "funnel");
	json_open(b);
	for (i = 0; i < STEPS; i++)
		put_number(b, funnel_key[i], card->step[i]);
	json_key(b, "rel");
	json_open(b);
	for (i = 0; i < STEPS; i++) {
		put_number(b, funnel_key[i], card->rel[i]);
		known = known || !isnan(card->rel[i]);
	}
	json_close(b);
	put_str(b, "bottleneck",
	    card->weak == STEPS ? NULL : funnel_key[card->weak]);
	put_str(b, "text",
	    card->weak != STEPS ? funnel_text[card->weak]
	    : known		? "No clear bottleneck"
				: NULL);
	json_close(b);
}

static void
put_coaching(const struct chatters *m, const struct card *card, struct buf *b)
{
	const struct chatter *c = card->chatter;
	int days = card->coaching.days;
	bool due = coaching_is_due(m->set, days);
	bool red =
	    days == NEVER_COACHED || days >= m->set->coaching.badge_red_days;
	struct buf text;

	buf_init(&text, TEXT_MAX);
	if (days == NEVER_COACHED)
		buf_str(&text, "Never coached");
	else if (red || due)
		buf_printf(&text, "%dd %s", days, red ? "overdue" : "ago");
	json_key(b, "coaching");
	json_open(b);
	if (c->was_coached)
		put_day(b, "last", c->coached);
	else
		put_null(b, "last");
	json_key(b, "days");
	if (days == NEVER_COACHED)
		json_put_null(b);
	else
		json_put_int(b, days);
	put_text(b, "lead", c->last.lead);
	put_text(b, "note", c->last.note);
	put_bool(b, "due", due);
	put_str(b, "badge", red ? "red" : due ? "amber" : NULL);
	put_buf(b, "badge_text", &text);
	put_number(b, "urgency", card->is_candidate ? card->urgency : NAN);
	json_key(b, "rank");
	if (card->rank > 0)
		json_put_int(b, card->rank);
	else
		json_put_null(b);
	json_key(b, "goal");
	if (c->has_goal && c->goal.is_read)
		goal_put(m->set, &c->goal.is, card->value[c->goal.is.kpi],
		    card->status, b);
	else
		json_put_null(b);
	json_close(b);
	buf_free(&text);
}

static void
put_one_day(const struct kept_day *day, day_nr date, struct buf *b)
{
	static const double none[FIGURES] = { NAN, NAN, NAN, NAN, NAN, NAN, NAN,
		NAN, NAN, NAN, NAN, NAN, NAN };
	enum chatter_status status =
	    day == NULL ? CHATTER_NO_DATA : (enum chatter_status)day->status;

	json_open(b);
	put_day(b, "date", date);
	put_str(b, "status", chatter_status_word[status]);
	put_tracked(b, day == NULL ? -1 : day->tracked_s);
	figures_put(day == NULL ? none : day->figure, 0, FIGURES, b);
	json_close(b);
}

/* The last seven days, and the sales per hour of each. */
static void
put_days(const struct chatters *m, const struct card *card, struct buf *b)
{
	day_nr first = m->date - DAYS_OF_WEEK + 1, date;
	const struct kept_day *day;

	json_key(b, "sparkline");
	json_open_array(b);
	for (date = first; date <= m->date; date++) {
		day = chatters_day(m, card->chatter, date);
		json_put_number(
		    b, day == NULL ? NAN : day->figure[FIGURE_SALES_HR]);
	}
	json_close_array(b);
	json_key(b, "days");
	json_open_array(b);
	for (date = first; date <= m->date; date++)
		put_one_day(chatters_day(m, card->chatter, date), date, b);
	json_close_array(b);
}

static void
put_who(const struct chatters *m, const struct chatter *c, uint16_t team,
    struct buf *b)
{
	put_text(b, "id", c->id);
	put_text(b, "name", c->name);
	put_text(b, "team", chatters_team_key(m, team));
}

/* Members of a day without its figures, where nothing is known. */
static void
put_today(const struct chatters *m, const struct card *card, struct buf *b)
{
	static const double none[FIGURES] = { NAN, NAN, NAN, NAN, NAN, NAN, NAN,
		NAN, NAN, NAN, NAN, NAN, NAN };
	const struct kept_day *today = card->today;

	put_who(m, card->chatter, m->sums[card->team].team, b);
	put_str(b, "status", chatter_status_word[card->status]);
	put_tracked(b, today == NULL ? -1 : today->tracked_s);
	figures_put(today == NULL ? none : today->figure, 0, FIGURES, b);
}

void
card_put(const struct chatters *m, const struct card *card, struct buf *b)
{
	const struct traffic *traffic = &m->sums[card->team].traffic;
	double fans_hr =
	    card->today == NULL ? NAN : card->today->figure[FIGURE_FANS_HR];

	json_open(b);
	put_str(b, "type", "chatter");
	put_day(b, "date", m->date);
	put_today(m, card, b);
	put_score(&card->score, m->mode,
	    card->status == CHATTER_DAY_OFF ? "off" : NULL, b);
	put_lists(m, card, b);
	put_kpis(card, b);
	put_streak(card, b);
	put_funnel(card, b);
	put_str(b, "traffic",
	    isnan(fans_hr)
		? NULL
		: traffic_band_word[traffic_band(m->set, traffic, fans_hr)]);
	put_coaching(m, card, b);
	put_days(m, card, b);
	json_close(b);
}

void
candidate_put(const struct chatters *m, const struct card *card, struct buf *b)
{
	json_open(b);
	put_str(b, "type", "coaching_candidate");
	put_day(b, "date", m->date);
	put_text(b, "team", chatters_team_key(m, m->sums[card->team].team));
	json_key(b, "rank");
	json_put_int(b, card->rank);
	put_text(b, "id", card->chatter->id);
	put_text(b, "name", card->chatter->name);
	put_number(b, "urgency", card->urgency);
	put_str(b, "level", coaching_level(m->set, card->urgency));
	put_score(&card->score, m->mode, NULL, b);
	json_key(b, "days");
	if (card->coaching.days == NEVER_COACHED)
		json_put_null(b);
	else
		json_put_int(b, card->coaching.days);
	json_key(b, "why");
	coaching_put_why(m->set, &card->coaching, b);
	json_key(b, "talk");
	coaching_put_talk(m->set, &card->coaching, b);
	json_close(b);
}

void
week_row_put(
    const struct chatters *m, const struct week_row *row, struct buf *b)
{
	enum arrow arrow = week_arrow(m->set, 0, row->change);

	json_open(b);
	put_str(b, "type", "chatter_week");
	put_week(b, row->monday);
	put_who(m, row->chatter, row->team, b);
	put_count(b, "days", row->days);
	put_tracked(b, row->tracked_s);
	figures_put(row->figure, 0, FIGURES, b);
	put_score(&row->score, m->mode, NULL, b);
	put_number(b, "change", row->has_change ? row->change : NAN);
	put_str(b, "arrow",
	    !row->has_change	  ? NULL
	    : arrow == ARROW_NONE ? "flat"
				  : arrow_word(arrow));
	json_close(b);
}

void
team_week_put(
    const struct chatters *m, const struct team_week *week, struct buf *b)
{
	json_open(b);
	put_str(b, "type", "chatter_team_week");
	put_week(b, week->monday);
	put_text(b, "team", chatters_team_key(m, week->team));
	put_text(b, "name", chatters_team_name(m, week->team));
	put_count(b, "chatters", week->chatters);
	put_count(b, "days", week->days);
	put_number(b, "sales", week->days > 0 ? week->sales : NAN);
	put_rates(m, mean_of(week->sales_hr, week->sales_hr_nr),
	    pooled(week->sales, week->sales_s), b);
	put_number(b, "cvr_pct", mean_of(week->cvr, week->cvr_nr));
	put_count(b, "sessions", week->sessions);
	put_count(b, "uneven_days", week->uneven_days);
	json_close(b);
}
