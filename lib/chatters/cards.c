/*
 * The cards of a day and the sums of its teams: first each for itself, then
 * against the others, then in the order in which they are read.
 */
#include <math.h>
#include <stdlib.h>

#include "base/num.h"
#include "base/xalloc.h"
#include "chatters/model_impl.h"

static void
begin_card(const struct chatters *m, const struct chatter *c, struct card *card)
{
	const struct kept_day *today = chatters_day(m, c, m->date);
	uint16_t team = today == NULL ? c->team : today->team;
	int k;

	*card = (struct card){
		.chatter = c,
		.today = today,
		.status = today == NULL ? CHATTER_NO_DATA
					: (enum chatter_status)today->status,
		.team = chatters_slot(m, team),
		.weak = STEPS,
	};
	for (k = 0; k < KPIS; k++)
		card->value[k] = NAN;
	for (k = 0; k < STEPS; k++)
		card->step[k] = card->rel[k] = NAN;
	if (card->status != CHATTER_WORKED)
		return;
	kpi_values(card->value, today->figure);
	funnel_steps(card->step, today->figure);
	for (k = 0; k < KPIS; k++)
		if (kpi_is_flagged(&m->set->kpi[k], card->value[k]))
			card->flags |= 1u << k;
}

/* The values of a KPI on the days worked from first to last, in order. */
static size_t
values_of(const struct chatters *m, const struct chatter *c, enum kpi k,
    day_nr first, day_nr last, double *value)
{
	const struct kept_day *day;
	double all[KPIS];
	size_t nr = 0;

	for (; first <= last; first++) {
		day = chatters_day(m, c, first);
		if (day == NULL || day->status != CHATTER_WORKED)
			continue;
		kpi_values(all, day->figure);
		if (!isnan(all[k]))
			value[nr++] = all[k];
	}
	return nr;
}

static void
add_trends(const struct chatters *m, struct card *card, double *scratch)
{
	const struct chatters_settings *set = m->set;
	enum kpi metric = set->streak.metric;
	size_t nr;
	int k;

	for (k = 0; k < KPIS; k++) {
		nr = values_of(m, card->chatter, (enum kpi)k,
		    m->date - set->trend.window_days, m->date - 1, scratch);
		trend_make(&card->trend[k], set, (enum kpi)k, card->value[k],
		    scratch, nr);
	}
	if (isnan(card->value[metric]))
		return;
	nr = values_of(m, card->chatter, metric,
	    m->date - set->streak.window_days + 1, m->date, scratch);
	card->streak = streak_make(set, scratch, nr);
}

static void
add_amount(double *sum, size_t *nr, double x)
{
	if (isnan(x))
		return;
	*sum += x;
	(*nr)++;
}

static void
add_to_sums(struct team_sums *sums, const struct card *card)
{
	const double *figure;

	sums->chatters++;
	sums->in_status[card->status]++;
	sums->flagged += card->flags != 0;
	if (card->status != CHATTER_WORKED)
		return;
	figure = card->today->figure;
	if (!isnan(figure[FIGURE_SALES]) && card->today->tracked_s > 0)
		sums->sales_s += card->today->tracked_s;
	add_amount(&sums->sales, &sums->sales_nr, figure[FIGURE_SALES]);
	add_amount(
	    &sums->sales_hr, &sums->sales_hr_nr, figure[FIGURE_SALES_HR]);
	add_amount(&sums->cvr, &sums->cvr_nr, figure[FIGURE_CVR]);
	add_amount(&sums->fans, &sums->fans_nr, figure[FIGURE_FANS]);
	traffic_add(&sums->traffic, figure[FIGURE_FANS_HR]);
	funnel_pool_add(&sums->funnel, figure);
}

static void
add_coaching(const struct chatters *m, struct card *card)
{
	const struct chatter *c = card->chatter;

	card->coaching = (struct coaching){
		.score = card->score.total,
		.days = c->was_coached ? (int)(m->opt.run - c->coached)
				       : NEVER_COACHED,
		.flags = card->flags,
		.streak = card->streak,
		.weak = card->weak,
		.value = card->value,
		.points = card->score.points,
	};
	card->urgency = coaching_urgency(m->set, &card->coaching);
	card->is_candidate = card->status == CHATTER_WORKED &&
			     coaching_is_candidate(m->set, &card->coaching);
}

/* What is said of somebody against the others of the day. */
static void
compare_cards(struct chatters *m)
{
	struct score_pool *pool = score_pool_new(m->set, m->set->mode);
	struct team_sums *sums;
	struct card *card;
	size_t i;

	for (i = 0; i < m->cards; i++)
		if (m->card[i].status == CHATTER_WORKED)
			score_pool_add(pool, m->card[i].value);
	m->mode = score_pool_close(pool);
	for (i = 0; i < m->cards; i++) {
		card = &m->card[i];
		sums = &m->sums[card->team];
		score_make(pool, card->value, &card->score);
		card->weak = funnel_compare(
		    card->rel, card->step, &sums->funnel, &m->all.funnel);
		add_coaching(m, card);
		sums->candidates += card->is_candidate;
		sums->due += coaching_is_due(m->set, card->coaching.days);
	}
	score_pool_free(pool);
}

static int
by_text(const struct chatter *x, const struct chatter *y)
{
	int order = text_compare(x->name, y->name);

	return order != 0 ? order : text_compare(x->id, y->id);
}

/* The greatest first, what is missing last. */
static int
descending(double x, double y)
{
	if (isnan(x) || isnan(y))
		return isnan(x) - isnan(y);
	return (x < y) - (x > y);
}

static int
by_card(const void *a, const void *b, void *arg)
{
	static const int place[CHATTER_STATUSES] = {
		[CHATTER_WORKED] = 0,
		[CHATTER_NO_DATA] = 1,
		[CHATTER_DAY_OFF] = 2,
	};
	const struct card *x = a, *y = b;
	const struct chatters *m = arg;
	size_t p = m->team_rank[x->team], q = m->team_rank[y->team];
	int order = (p > q) - (p < q);

	if (order == 0)
		order = place[x->status] - place[y->status];
	if (order == 0)
		order = descending(x->score.total, y->score.total);
	if (order == 0)
		order =
		    descending(x->value[KPI_SALES_HR], y->value[KPI_SALES_HR]);
	return order != 0 ? order : by_text(x->chatter, y->chatter);
}

/* The most urgent first, as people read it: in tenths. */
static int
by_urgency(const void *a, const void *b, void *arg)
{
	const struct chatters *m = arg;
	const struct card *x = &m->card[*(const size_t *)a];
	const struct card *y = &m->card[*(const size_t *)b];
	int order = descending(
	    num_round_away(x->urgency, 1), num_round_away(y->urgency, 1));
	int p = x->coaching.days, q = y->coaching.days;

	if (order == 0 && isnan(x->score.total) == isnan(y->score.total))
		order = -descending(x->score.total, y->score.total);
	else if (order == 0)
		order = isnan(x->score.total) ? 1 : -1;
	if (order == 0 && p != q)
		order = p == NEVER_COACHED   ? -1
			: q == NEVER_COACHED ? 1
					     : q - p;
	return order != 0 ? order : by_text(x->chatter, y->chatter);
}

/* The cards stand by team: choose the first of each. */
static void
pick_candidates(struct chatters *m)
{
	size_t i, first, end, nr, *of = xcalloc(m->cards + 1, sizeof(*of));

	m->picked = xcalloc(m->cards + 1, sizeof(*m->picked));
	for (first = 0; first < m->cards; first = end) {
		nr = 0;
		for (end = first;
		     end < m->cards && m->card[end].team == m->card[first].team;
		     end++)
			if (m->card[end].is_candidate)
				of[nr++] = end;
		qsort_r(of, nr, sizeof(*of), by_urgency, m);
		for (i = 0; i < nr; i++) {
			m->card[of[i]].rank = (int)i + 1;
			if (i < (size_t)m->set->coaching.top)
				m->picked[m->picked_nr++] = of[i];
		}
	}
	free(of);
}

static void
count_sessions(struct chatters *m)
{
	day_nr monday = m->opt.run - day_weekday(m->opt.run);
	const struct chatter *c;
	size_t i;

	for (i = 0; i < m->session_nr; i++) {
		c = &m->chatter[m->session[i].chatter];
		if (m->session[i].date >= monday && chatters_has_card(m, c))
			m->sums[chatters_slot(m, c->team)].sessions++;
	}
	for (i = 0; i < m->cards; i++) {
		c = m->card[i].chatter;
		m->sums[m->card[i].team].coached +=
		    c->was_coached && c->coached >= monday;
	}
}

static void
count_uneven_days(struct chatters *m)
{
	struct traffic *by_slot = xcalloc(m->team_slots, sizeof(*by_slot));
	day_nr day;
	size_t i;

	for (day = m->date - DAYS_OF_WEEK + 1; day <= m->date; day++) {
		chatters_traffic(m, day, by_slot);
		for (i = 0; i < m->team_slots; i++)
			m->sums[i].uneven_days +=
			    traffic_level(m->set, &by_slot[i]) != TRAFFIC_EVEN;
	}
	free(by_slot);
}

static int
by_rank(const void *a, const void *b, void *arg)
{
	const struct chatters *m = arg;
	size_t x = m->team_rank[*(const size_t *)a];
	size_t y = m->team_rank[*(const size_t *)b];

	return (x > y) - (x < y);
}

/* Teams of the settings are shown also when nobody is in them. */
static void
finish_teams(struct chatters *m)
{
	struct team_sums *sums;
	size_t i;

	m->team_order = xcalloc(m->team_slots, sizeof(*m->team_order));
	for (i = 0; i < m->team_slots; i++) {
		sums = &m->sums[i];
		m->all.candidates += sums->candidates;
		m->all.due += sums->due;
		m->all.coached += sums->coached;
		m->all.sessions += sums->sessions;
		if (sums->chatters > 0 || i < m->set->team_nr)
			m->team_order[m->teams_shown++] = i;
	}
	qsort_r(
	    m->team_order, m->teams_shown, sizeof(*m->team_order), by_rank, m);
}

void
cards_make(struct chatters *m)
{
	double *scratch = xcalloc(m->kept + 1, sizeof(*scratch));
	struct card *card;
	size_t i;

	m->card = xcalloc(m->nr + 1, sizeof(*m->card));
	m->sums = xcalloc(m->team_slots, sizeof(*m->sums));
	for (i = 0; i < m->team_slots; i++)
		m->sums[i].team =
		    i == m->team_slots - 1 ? NO_TEAM : (uint16_t)i;
	for (i = 0; i < m->nr; i++) {
		if (!chatters_has_card(m, m->by_id[i]))
			continue;
		card = &m->card[m->cards++];
		begin_card(m, m->by_id[i], card);
		add_trends(m, card, scratch);
		add_to_sums(&m->sums[card->team], card);
		add_to_sums(&m->all, card);
	}
	compare_cards(m);
	qsort_r(m->card, m->cards, sizeof(*m->card), by_card, m);
	for (i = 0; i < m->cards; i++) {
		m->card[i].coaching.value = m->card[i].value;
		m->card[i].coaching.points = m->card[i].score.points;
	}
	pick_candidates(m);
	count_sessions(m);
	count_uneven_days(m);
	team_days_make(m);
	finish_teams(m);
	free(scratch);
}
