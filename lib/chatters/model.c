#include "chatters/model.h"

#include <math.h>
#include <stdlib.h>

#include "base/xalloc.h"
#include "chatters/model_impl.h"

#define HOUR_S 3600.0

static int
max_of(int a, int b)
{
	return a > b ? a : b;
}

struct chatters *
chatters_new(const struct chatters_settings *set,
    const struct chatters_options *opt, struct json_shape *shape)
{
	struct chatters *m = xcalloc(1, sizeof(*m));
	size_t i;

	m->set = set;
	m->opt = *opt;
	m->text = arena_new();
	m->index = map_new();
	m->teams = map_new();
	m->logs = map_new();
	for (i = 0; i < set->team_nr; i++)
		map_intern(m->teams, set->team[i].key, NULL);
	/* the weeks, the one before them, and what cards look back on */
	m->kept = (size_t)max_of((opt->weeks + 2) * DAYS_OF_WEEK,
	    max_of(set->streak.window_days, set->trend.window_days + 1));
	chatter_day_want(&m->day_at, shape);
	person_want(&m->roster_at, shape);
	coaching_log_want(&m->log_at, shape);
	return m;
}

void
chatters_free(struct chatters *m)
{
	size_t i;

	if (m == NULL)
		return;
	for (i = 0; i < m->nr; i++)
		free(m->chatter[i].day);
	free(m->chatter);
	free(m->session);
	free(m->by_id);
	free(m->team_rank);
	free(m->card);
	free(m->sums);
	free(m->team_order);
	free(m->picked);
	free(m->week);
	free(m->team_week);
	map_free(m->index);
	map_free(m->teams);
	map_free(m->logs);
	arena_free(m->text);
	free(m);
}

struct chatter *
chatters_find(struct chatters *m, struct text id)
{
	bool added;
	size_t i = map_intern(m->index, id, &added);

	if (added) {
		m->chatter = xgrow(m->chatter, i, &m->cap, sizeof(*m->chatter));
		m->chatter[i] = (struct chatter){ .team = NO_TEAM };
		m->nr = i + 1;
	}
	m->chatter[i].id = map_key(m->index, i);
	return &m->chatter[i];
}

static uint16_t
find_team(struct chatters *m, struct text name, struct arena *scratch)
{
	size_t i = settings_team(m->set, name);

	if (i == TEAM_NONE) {
		name = settings_team_form(name, scratch);
		if (name.len == 0)
			return NO_TEAM;
		i = map_intern(m->teams, name, NULL);
	}
	return i < NO_TEAM ? (uint16_t)i : NO_TEAM;
}

static void
set_name(struct chatters *m, struct chatter *c, struct text name)
{
	if (name.len > 0 && !text_equal(name, c->name))
		c->name = arena_copy(m->text, name);
}

static struct kept_day *
slot_of(const struct chatters *m, const struct chatter *c, day_nr date)
{
	day_nr kept = (day_nr)m->kept;

	return &c->day[((date % kept) + kept) % kept];
}

/* What is not written, but follows from what is. */
static void
complete(struct chatter_day *day)
{
	static const enum figure of[][2] = {
		{ FIGURE_SALES_HR, FIGURE_SALES },
		{ FIGURE_MSG_HR, FIGURE_MESSAGES },
		{ FIGURE_FANS_HR, FIGURE_FANS },
	};
	size_t i;

	for (i = 0; i < FIGURES && day->status != CHATTER_WORKED; i++)
		day->figure[i] = NAN;
	for (i = 0; i < sizeof(of) / sizeof(of[0]); i++)
		if (isnan(day->figure[of[i][0]]) && day->tracked_s > 0)
			day->figure[of[i][0]] =
			    day->figure[of[i][1]] /
			    ((double)day->tracked_s / HOUR_S);
}

static bool
has_figures(const struct chatter_day *day)
{
	int i;

	for (i = 0; i < FIGURES; i++)
		if (!isnan(day->figure[i]))
			return true;
	return false;
}

static void
keep_day(struct chatters *m, struct chatter *c, const struct chatter_day *day,
    uint16_t team)
{
	struct kept_day *slot;

	if (c->day == NULL)
		c->day = xcalloc(m->kept, sizeof(*c->day));
	slot = slot_of(m, c, day->date);
	if (slot->is_there && slot->date > day->date)
		return;
	m->twice += slot->is_there && slot->date == day->date;
	*slot = (struct kept_day){
		.date = day->date,
		.tracked_s = (int32_t)day->tracked_s,
		.team = team,
		.status = (uint8_t)day->status,
		.is_there = true,
	};
	memcpy(slot->figure, day->figure, sizeof(slot->figure));
}

static int
add_day(struct chatters *m, const struct record *rec, struct fault *f)
{
	day_nr last = m->opt.has_date ? m->opt.date : m->opt.run;
	struct chatter_day day;
	struct chatter *c;
	uint16_t team;

	if (chatter_day_decode(&day, &m->day_at, rec, f) == -1)
		return -1;
	if (day.date > last || settings_excludes(m->set, day.team))
		return 0;
	if (day.status == CHATTER_STATUSES)
		day.status =
		    settings_status(m->set, day.tracked_s, has_figures(&day));
	complete(&day);
	m->days++;
	if (!m->has_day || day.date > m->newest)
		m->newest = day.date;
	m->has_day = true;
	c = chatters_find(m, day.id);
	team = find_team(m, day.team, rec->scratch);
	if (!c->on_roster && (!c->has_day || day.date >= c->newest)) {
		set_name(m, c, day.name);
		c->team = team;
	}
	if (!c->has_day || day.date > c->newest)
		c->newest = day.date;
	c->has_day = true;
	keep_day(m, c, &day, team);
	return 0;
}

static int
add_roster(struct chatters *m, const struct record *rec, struct fault *f)
{
	struct person person;
	struct chatter *c;
	bool is_active;

	if (person_decode(&person, &m->roster_at, rec, f) == -1)
		return -1;
	m->has_roster = true;
	if (settings_excludes(m->set, person.team))
		return 0;
	c = chatters_find(m, person.id);
	is_active = settings_shows(m->set, &person);
	if (c->is_active && !is_active)
		return 0;
	set_name(m, c, person.name);
	c->team = find_team(m, person.team, rec->scratch);
	c->on_roster = true;
	c->is_active = is_active;
	return 0;
}

int
chatters_add(struct chatters *m, const struct record *rec, struct fault *f)
{
	struct text type = record_text(rec, m->day_at.type);

	if (text_is(type, "chatter_day"))
		return add_day(m, rec, f);
	if (text_is(type, "roster"))
		return add_roster(m, rec, f);
	if (text_is(type, "coaching_log"))
		return session_add(m, rec, f);
	return 0;
}

void
chatters_counts(const struct chatters *m, struct chatters_counts *nr)
{
	size_t i;

	*nr = (struct chatters_counts){
		.days = m->days,
		.twice = m->twice,
		.undated = m->undated,
		.logs_twice = m->logs_twice,
		.has_date = m->opt.has_date || m->has_day,
	};
	for (i = 0; i < m->nr; i++)
		nr->people += m->chatter[i].is_active;
}

size_t
chatters_slot(const struct chatters *m, uint16_t team)
{
	return team == NO_TEAM ? m->team_slots - 1 : team;
}

struct text
chatters_team_key(const struct chatters *m, uint16_t team)
{
	return team == NO_TEAM ? (struct text){ NULL, 0 }
			       : map_key(m->teams, team);
}

struct text
chatters_team_name(const struct chatters *m, uint16_t team)
{
	return team < m->set->team_nr ? m->set->team[team].name
				      : chatters_team_key(m, team);
}

const struct kept_day *
chatters_day(const struct chatters *m, const struct chatter *c, day_nr date)
{
	const struct kept_day *slot;

	if (c->day == NULL)
		return NULL;
	slot = slot_of(m, c, date);
	return slot->is_there && slot->date == date ? slot : NULL;
}

bool
chatters_has_card(const struct chatters *m, const struct chatter *c)
{
	return m->has_roster ? c->is_active
			     : chatters_day(m, c, m->date) != NULL;
}

void
chatters_traffic(const struct chatters *m, day_nr date, struct traffic *by_slot)
{
	const struct kept_day *day;
	size_t i;

	for (i = 0; i < m->team_slots; i++)
		by_slot[i] = (struct traffic){ 0 };
	for (i = 0; i < m->nr; i++) {
		day = chatters_day(m, m->by_id[i], date);
		/* on the day itself the cards say the same */
		if (date == m->date && !chatters_has_card(m, m->by_id[i]))
			continue;
		if (day != NULL && day->status == CHATTER_WORKED)
			traffic_add(&by_slot[chatters_slot(m, day->team)],
			    day->figure[FIGURE_FANS_HR]);
	}
}

static int
by_id(const void *a, const void *b)
{
	const struct chatter *x = *(const struct chatter *const *)a;
	const struct chatter *y = *(const struct chatter *const *)b;

	return text_compare(x->id, y->id);
}

/* Teams in the order of the settings, then by key, then those without. */
static int
by_team(const void *a, const void *b, void *arg)
{
	const struct chatters *m = arg;
	size_t x = *(const size_t *)a, y = *(const size_t *)b;
	size_t known = m->set->team_nr, last = m->team_slots - 1;

	if (x < known || y < known || x == last || y == last)
		return (x > y) - (x < y);
	return text_compare(map_key(m->teams, x), map_key(m->teams, y));
}

static void
order_all(struct chatters *m)
{
	size_t *slot, i;

	m->by_id = xcalloc(m->nr + 1, sizeof(*m->by_id));
	for (i = 0; i < m->nr; i++)
		m->by_id[i] = &m->chatter[i];
	qsort(m->by_id, m->nr, sizeof(*m->by_id), by_id);
	m->team_slots = map_size(m->teams) + 1;
	slot = xcalloc(m->team_slots, sizeof(*slot));
	m->team_rank = xcalloc(m->team_slots, sizeof(*m->team_rank));
	for (i = 0; i < m->team_slots; i++)
		slot[i] = i;
	qsort_r(slot, m->team_slots, sizeof(*slot), by_team, m);
	for (i = 0; i < m->team_slots; i++)
		m->team_rank[slot[i]] = i;
	free(slot);
}

/* Who is on the roster is there under the roster's team. */
static void
move_today(struct chatters *m)
{
	struct kept_day *today;
	size_t i;

	for (i = 0; i < m->nr; i++) {
		if (!m->chatter[i].on_roster || m->chatter[i].day == NULL)
			continue;
		today = slot_of(m, &m->chatter[i], m->date);
		if (today->is_there && today->date == m->date)
			today->team = m->chatter[i].team;
	}
}

static void
make(struct chatters *m)
{
	size_t i;

	m->date = m->opt.has_date ? m->opt.date : m->newest;
	for (i = 0; i < m->nr; i++)
		if (m->chatter[i].name.len == 0)
			m->chatter[i].name = m->chatter[i].id;
	order_all(m);
	move_today(m);
	cards_make(m);
	weeks_make(m);
	m->is_made = true;
}

bool
chatters_next(struct chatters *m, struct buf *line)
{
	size_t at;

	if (!m->is_made)
		make(m);
	buf_clear(line);
	at = m->at++;
	if (at-- == 0)
		summary_put(m, line);
	else if (at < m->teams_shown)
		team_put(m, &m->sums[m->team_order[at]], line);
	else if ((at -= m->teams_shown) < m->cards)
		card_put(m, &m->card[at], line);
	else if ((at -= m->cards) < m->picked_nr)
		candidate_put(m, &m->card[m->picked[at]], line);
	else if ((at -= m->picked_nr) < m->weeks)
		week_row_put(m, &m->week[at], line);
	else if ((at -= m->weeks) < m->team_weeks)
		team_week_put(m, &m->team_week[at], line);
	return line->len > 0;
}
