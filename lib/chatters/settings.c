#include "chatters/settings.h"

#include <stdlib.h>

#include "base/map.h"
#include "base/unicode.h"
#include "base/xalloc.h"

#define FORM_ROOM 64

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
	struct fault none;
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
	settings_name_teams(set, &none); /* which differ */
}

void
chatters_settings_free(struct chatters_settings *set)
{
	free(set->team);
	free(set->excluded);
	map_free(set->team_of);
	arena_free(set->text);
}

/* A team's name as names are compared. */
struct form {
	struct text text;
	char room[FORM_ROOM];
	struct arena *keep; /* of what has no room; NULL: nothing */
};

/* Nearly all names are ASCII and short. */
static bool
make_short(struct form *form, struct text name)
{
	bool gap = false;
	size_t i, nr = 0;
	char c;

	if (name.len > FORM_ROOM)
		return false;
	for (i = 0; i < name.len; i++) {
		c = name.p[i];
		if ((unsigned char)c >= 0x80)
			return false;
		if (c == ' ' || (c >= '\t' && c <= '\r')) {
			gap = nr > 0;
			continue;
		}
		if (gap)
			form->room[nr++] = ' ';
		gap = false;
		form->room[nr++] = (char)(c >= 'A' && c <= 'Z' ? c | 0x20 : c);
	}
	form->text = (struct text){ form->room, nr };
	return true;
}

static void
form_make(struct form *form, struct text name)
{
	static const char word[] = "team ";
	size_t len = sizeof(word) - 1;

	form->keep = NULL;
	if (!make_short(form, name)) {
		form->keep = arena_new();
		form->text = unicode_plain(name, form->keep);
	}
	if (form->text.len > len && memcmp(form->text.p, word, len) == 0) {
		form->text.p += len;
		form->text.len -= len;
	}
}

static void
form_free(struct form *form)
{
	if (form->keep != NULL)
		arena_free(form->keep);
}

struct text
settings_team_form(struct text name, struct arena *keep)
{
	struct form form;
	struct text t;

	form_make(&form, name);
	t = arena_copy(keep, form.text);
	form_free(&form);
	return t;
}

size_t
settings_team(const struct chatters_settings *set, struct text name)
{
	struct form form;
	size_t team;

	form_make(&form, name);
	team = form.text.len == 0 ? MAP_NONE : map_get(set->team_of, form.text);
	form_free(&form);
	return team == MAP_NONE ? TEAM_NONE : team;
}

static int
add_team_name(struct chatters_settings *set, struct text name, size_t team,
    struct fault *f)
{
	struct text form = settings_team_form(name, set->text);
	size_t known = map_get(set->team_of, form);

	if (known != MAP_NONE && known != team)
		return fault_set(f, FAULT_USAGE,
		    "teams: '%.*s' means the team %.*s already", TEXT_ARG(name),
		    TEXT_ARG(set->team[known].key));
	map_put(set->team_of, form, team);
	return 0;
}

int
settings_name_teams(struct chatters_settings *set, struct fault *f)
{
	const struct team *team;
	size_t i, a;

	map_free(set->team_of);
	set->team_of = map_new();
	for (i = 0; i < set->team_nr; i++) {
		team = &set->team[i];
		if (i > 0 && settings_team(set, team->key) != TEAM_NONE)
			return fault_set(f, FAULT_USAGE,
			    "teams: the key '%.*s' means another team already",
			    TEXT_ARG(team->key));
		if (add_team_name(set, team->key, i, f) == -1 ||
		    add_team_name(set, team->name, i, f) == -1)
			return -1;
		for (a = 0; a < team->alias_nr; a++)
			if (add_team_name(set, team->alias[a], i, f) == -1)
				return -1;
	}
	return 0;
}

bool
settings_excludes(const struct chatters_settings *set, struct text team)
{
	struct form form, other;
	bool is = false;
	size_t i;

	form_make(&form, team);
	for (i = 0; i < set->excluded_nr && !is; i++) {
		form_make(&other, set->excluded[i]);
		is = text_equal(form.text, other.text);
		form_free(&other);
	}
	form_free(&form);
	return is;
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
