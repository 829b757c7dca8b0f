#include "chatters/settings.h"

#include <stdlib.h>

#include "base/xalloc.h"

const char *const score_mode_word[MODES] = { "target", "percentile",
	"mean_bands" };

static const struct team teams[] = {
	{ .key = { "night", 5 },
	    .name = { "Team N", 6 },
	    .color = { "#f97316", 7 },
	    .shift_start = { "00:00", 5 },
	    .shift_end = { "08:00", 5 } },
	{ .key = { "day", 3 },
	    .name = { "Team D", 6 },
	    .color = { "#3b82f6", 7 },
	    .shift_start = { "08:00", 5 },
	    .shift_end = { "16:00", 5 } },
	{ .key = { "evening", 7 },
	    .name = { "Team E", 6 },
	    .color = { "#a855f7", 7 },
	    .shift_start = { "16:00", 5 },
	    .shift_end = { "00:00", 5 } },
};

#define TEAMS (sizeof(teams) / sizeof(teams[0]))

static const struct kpi_settings kpis[KPIS] = {
	[KPI_SALES_HR] = { .weight = 35, .flag = 20, .target = 80 },
	[KPI_CVR] = { .weight = 15, .flag = 7, .target = 12 },
	[KPI_UNLOCK] = { .weight = 10, .flag = 30, .target = 45 },
	[KPI_GOLDEN] = { .weight = 10, .flag = 1.5, .target = 4 },
	[KPI_MSG_HR] = { .weight = 15, .flag = 70, .target = 100 },
	[KPI_REPLY] = { .weight = 15,
	    .flag = 150,
	    .target = 60,
	    .invert = true },
};

#define POINTS 3
static const char *const points[KPIS][POINTS] = {
	[KPI_SALES_HR] = { "which fans got the time, and did they buy",
	    "two price points to try today",
	    "when the first offer of a chat goes out" },
	[KPI_CVR] = { "read one chat that did not buy and find the moment to "
		      "offer",
	    "opening lines", "follow-up with fans who went quiet" },
	[KPI_UNLOCK] = { "teaser text before the PPV",
	    "price against what the fan bought before",
	    "match content to what was asked" },
	[KPI_GOLDEN] = { "number of PPVs per shift",
	    "plan fixed moments to send",
	    "use the script steps that end in an offer" },
	[KPI_MSG_HR] = { "tabs open and idle gaps", "saved replies",
	    "handing over when traffic is uneven" },
	[KPI_REPLY] = { "order of the inbox", "alerts",
	    "number of accounts at the same time" },
};

void
chatters_settings_init(struct chatters_settings *set)
{
	int k, i;

	*set = (struct chatters_settings){
		.status = { { "Active", 6 } },
		.status_nr = 1,
		.role = { { "Chatter", 7 } },
		.role_nr = 1,
		.worked_min_s = 3600,
		.weekly_min_h = 8,
		.mode = MODE_TARGET,
		.min_weight = 50,
		.trend = { 7, 2, 10, 2 },
		.streak = { 3, 14, KPI_SALES_HR },
		.traffic = { 25, 2, 3 },
		.coaching = { 2, 4, 3, 60, false },
		.text = arena_new(),
	};
	set->team = xcalloc(TEAMS, sizeof(*set->team));
	memcpy(set->team, teams, sizeof(teams));
	set->team_nr = TEAMS;
	set->excluded = xcalloc(1, sizeof(*set->excluded));
	set->excluded[0] = text_of("0");
	set->excluded_nr = 1;
	for (k = 0; k < KPIS; k++) {
		set->kpi[k] = kpis[k];
		for (i = 0; i < POINTS; i++)
			set->kpi[k].point[i] = text_of(points[k][i]);
		set->kpi[k].point_nr = POINTS;
	}
}

void
chatters_settings_free(struct chatters_settings *set)
{
	free(set->team);
	free(set->excluded);
	arena_free(set->text);
}

/* Blanks at the ends and a leading "team " say nothing. */
static struct text
bare(struct text t)
{
	t = text_trim(t);
	if (t.len > 5 && text_starts_nocase(t, "team")) {
		struct text rest = { t.p + 4, t.len - 4 };

		if (text_trim(rest).p != rest.p)
			return text_trim(rest);
	}
	return t;
}

static bool
is_same(struct text a, struct text b)
{
	size_t i;

	a = bare(a);
	b = bare(b);
	if (a.len != b.len)
		return false;
	for (i = 0; i < a.len; i++)
		if ((a.p[i] | ((a.p[i] >= 'A' && a.p[i] <= 'Z') << 5)) !=
		    (b.p[i] | ((b.p[i] >= 'A' && b.p[i] <= 'Z') << 5)))
			return false;
	return true;
}

size_t
settings_team(const struct chatters_settings *set, struct text name)
{
	const struct team *team;
	size_t i, a;

	if (bare(name).len == 0)
		return TEAM_NONE;
	for (i = 0; i < set->team_nr; i++) {
		team = &set->team[i];
		if (is_same(name, team->key) || is_same(name, team->name))
			return i;
		for (a = 0; a < team->alias_nr; a++)
			if (is_same(name, team->alias[a]))
				return i;
	}
	return TEAM_NONE;
}

struct text
settings_team_form(struct text name, struct arena *keep)
{
	struct text t = bare(name);
	char *p = arena_alloc(keep, t.len + 1);
	size_t i;

	for (i = 0; i < t.len; i++)
		p[i] = (char)(t.p[i] | ((t.p[i] >= 'A' && t.p[i] <= 'Z') << 5));
	return (struct text){ p, t.len };
}

bool
settings_excludes(const struct chatters_settings *set, struct text team)
{
	size_t i;

	for (i = 0; i < set->excluded_nr; i++)
		if (is_same(team, set->excluded[i]))
			return true;
	return false;
}

static bool
is_said(struct text t, const struct text *word, size_t nr)
{
	size_t i;

	t = text_trim(t);
	for (i = 0; i < nr; i++)
		if (text_is_nocase(t, word[i].p))
			return true;
	return t.len == 0;
}

bool
settings_shows(const struct chatters_settings *set, const struct person *person)
{
	return is_said(person->status, set->status, set->status_nr) &&
	       is_said(person->role, set->role, set->role_nr) &&
	       !settings_excludes(set, person->team);
}

enum chatter_status
settings_status(
    const struct chatters_settings *set, int64_t tracked_s, bool has_figures)
{
	if (tracked_s < 0)
		return CHATTER_NO_DATA;
	if ((double)tracked_s < set->worked_min_s)
		return CHATTER_DAY_OFF;
	return has_figures ? CHATTER_WORKED : CHATTER_NO_DATA;
}
