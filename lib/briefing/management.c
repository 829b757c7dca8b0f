/*
 * To the management, on Monday: how the week before went
 */
#include <math.h>
#include <stdlib.h>

#include "base/xalloc.h"
#include "briefing/briefing_impl.h"
#include "record/band.h"

#define SHOWN	  3    /* of the best, and of the weakest */
#define REST	  7500 /* for the chatters */
#define WEEK	  7
#define INDENT	  3
#define SEPARATOR " \xc2\xb7 "
#define EM_DASH	  " \xe2\x80\x94 "

static void
put_title(const struct facts *facts, struct letter *l)
{
	day_nr last = facts->monday + WEEK - 1;
	int y, m, d;

	day_to_civil(last, &y, &m, &d);
	letter_begin(l, LETTER_HEADER);
	letter_str(l, "Weekly report" EM_DASH);
	letter_day(l, facts->monday);
	letter_str(l, " to ");
	letter_day(l, last);
	letter_format(l, " %d", y);
	letter_end(l);
	if (!facts->has_summary)
		return;
	letter_begin(l, LETTER_CONTEXT);
	letter_str(l, "data up to ");
	letter_day(l, facts->summary.date < last ? facts->summary.date : last);
	letter_end(l);
}

static const struct chatter_team_week_row *
week_of(const struct facts *facts, const struct chatter_sums *team)
{
	size_t i;

	for (i = 0; i < facts->team_weeks; i++)
		if (text_equal(facts->team_week[i].team, team->key))
			return &facts->team_week[i];
	return NULL;
}

static double
or_none(double x)
{
	return isnan(x) ? 0 : x;
}

static void
put_team_week(const struct chatter_sums *team,
    const struct chatter_team_week_row *week, struct letter *l)
{
	letter_begin(l, LETTER_SECTION);
	put_team(l, team->key, team->name);
	letter_str(l, ": ");
	if (week == NULL || !(week->days > 0)) {
		letter_str(l, "No data available");
	} else {
		put_money(l, week->sales);
		letter_str(l, " sales" SEPARATOR);
		put_money(l, week->sales_hr);
		letter_str(l, "/hr" SEPARATOR "CVR ");
		put_percent(l, week->cvr_pct);
		letter_str(l, SEPARATOR);
		letter_count(
		    l, week->days, "chatter-day worked", "chatter-days worked");
	}
	letter_line(l, INDENT);
	letter_str(l, "Coaching: ");
	letter_count(l, week == NULL ? 0 : or_none(week->sessions),
	    "session held", "sessions held");
	letter_str(l, SEPARATOR);
	letter_count(l, or_none(team->due), "chatter", "chatters");
	letter_format(l, " of %.0f due", or_none(team->chatters));
	if (week != NULL && week->uneven_days > 0) {
		letter_line(l, INDENT);
		letter_str(l, "Traffic imbalance on ");
		letter_count(l, week->uneven_days, "day", "days");
	}
	letter_end(l);
}

static void
put_teams(const struct facts *facts, struct letter *l)
{
	const struct chatter_team_week_row *week;
	const struct chatter_sums *team;
	double sales = 0, days = 0, sessions = 0;
	size_t i, shown = 0;

	for (i = 0; i < facts->teams; i++) {
		team = &facts->team[i];
		week = week_of(facts, team);
		if (week == NULL && !(team->chatters > 0))
			continue;
		if (week != NULL) {
			sales += or_none(week->sales);
			days += or_none(week->days);
			sessions += or_none(week->sessions);
		}
		shown++;
		if (letter_has_room(l, REST))
			put_team_week(team, week, l);
	}
	if (shown < 2)
		return;
	letter_begin(l, LETTER_SECTION);
	letter_str(l, "All teams: ");
	put_money(l, days > 0 ? sales : NAN);
	letter_str(l, " sales" SEPARATOR);
	letter_count(l, days, "chatter-day worked", "chatter-days worked");
	letter_str(l, SEPARATOR);
	letter_count(l, sessions, "session held", "sessions held");
	letter_end(l);
}

static int
by_score(const void *a, const void *b)
{
	const struct chatter_week_row *x =
	    *(const struct chatter_week_row *const *)a;
	const struct chatter_week_row *y =
	    *(const struct chatter_week_row *const *)b;
	int order = (x->score < y->score) - (x->score > y->score);

	if (order == 0)
		order = text_compare(x->name, y->name);
	return order != 0 ? order : text_compare(x->id, y->id);
}

static void
put_chatter(const struct facts *facts, const struct chatter_week_row *w,
    size_t nr, struct letter *l)
{
	const struct chatter_sums *team = facts_team(facts, w->team);
	enum band band = band_of(w->band);

	letter_line(l, 0);
	letter_format(l, "%zu. ", nr);
	letter_name(l, w->name, false);
	if (team != NULL) {
		letter_str(l, ", ");
		put_team(l, team->key, team->name);
	}
	letter_format(l, EM_DASH "score %.0f", w->score_int);
	if (band != BANDS)
		letter_format(l, " (%s)", band_label[band]);
	letter_str(l, SEPARATOR);
	put_money(l, w->figure[FIGURE_SALES_HR]);
	letter_str(l, "/hr");
}

/* The best first; of few, none is both. */
static void
put_chatters(const struct facts *facts, struct letter *l)
{
	const struct chatter_week_row **of =
	    xcalloc(facts->weeks + 1, sizeof(*of));
	size_t i, nr = 0, best, weak;

	for (i = 0; i < facts->weeks; i++)
		if (!isnan(facts->week[i].score))
			of[nr++] = &facts->week[i];
	qsort(of, nr, sizeof(*of), by_score);
	best = nr < SHOWN ? nr : SHOWN;
	weak = nr - best < SHOWN ? nr - best : SHOWN;
	letter_begin(l, LETTER_SECTION);
	letter_strong(l, "Best of the week");
	for (i = 0; i < best; i++)
		put_chatter(facts, of[i], i + 1, l);
	if (nr == 0) {
		letter_line(l, 0);
		letter_str(l, "No data available");
	}
	letter_end(l);
	if (weak > 0) {
		letter_gap(l);
		letter_begin(l, LETTER_SECTION);
		letter_strong(l, "Weakest of the week");
		for (i = 0; i < weak; i++)
			put_chatter(facts, of[nr - 1 - i], i + 1, l);
		letter_end(l);
	}
	free(of);
}

void
management_write(const struct briefing *b, struct letter *l)
{
	const struct facts *facts = &b->facts;

	put_title(facts, l);
	letter_gap(l);
	if (facts->weeks == 0 && facts->team_weeks == 0) {
		letter_begin(l, LETTER_SECTION);
		letter_str(l, "No data available for this week.");
		letter_end(l);
	} else {
		put_teams(facts, l);
		letter_divider(l);
		put_chatters(facts, l);
	}
	letter_divider(l);
	put_link(b, l);
}
