/*
 * settings.h - what is asked of chatters, and which teams there are
 *
 * The defaults are built in; a file of JSON may say otherwise. Sections that
 * are not for these figures are passed over: other tools read the same file.
 */
#ifndef KPIPE_CHATTERS_SETTINGS_H
#define KPIPE_CHATTERS_SETTINGS_H

#include "base/arena.h"
#include "base/fault.h"
#include "chatters/kpi.h"
#include "record/person.h"

#define TEAM_NONE    ((size_t)-1)
#define TEAM_ALIASES 16
#define ROSTER_WORDS 16

enum score_mode {
	MODE_TARGET,	 /* against fixed anchors */
	MODE_PERCENTILE, /* against the others, by rank */
	MODE_MEAN_BANDS, /* against the others, by their mean */
	MODES,
};

/* "target", "percentile", "mean_bands". */
extern const char *const score_mode_word[MODES];

struct team {
	struct text key;
	struct text name;
	struct text color; /* "no text" where not said, as the next three */
	struct text shift_start;
	struct text shift_end;
	struct text lead_slack_id; /* of who leads the team */
	struct text alias[TEAM_ALIASES];
	size_t alias_nr;
};

struct map;

struct chatters_settings {
	struct team *team;
	size_t team_nr;
	struct map *team_of;   /* from all their names, in the form below */
	struct text *excluded; /* teams that appear nowhere */
	size_t excluded_nr;
	/* who of a roster is shown: one of these, or nothing said */
	struct text status[ROSTER_WORDS], role[ROSTER_WORDS];
	size_t status_nr, role_nr;
	double worked_min_s;
	double weekly_min_h;
	enum score_mode mode;
	double min_weight; /* percent of the weights that must have a value */
	struct kpi_settings kpi[KPIS];
	struct {
		int window_days;
		int min_days;
		double threshold_pct;
		double weekly_change; /* of sales per hour */
	} trend;
	struct {
		int min;
		int window_days;
		enum kpi metric;
	} streak;
	struct {
		double band_pct;
		double warn_ratio;
		double critical_ratio;
	} traffic;
	struct {
		int overdue_days;
		int badge_red_days;
		int top; /* candidates of a team */
		double low_score;
		bool by_points;
	} coaching;
	/* "no text" where not said */
	struct {
		struct text title;
		struct text link; /* where people find it */
	} page;
	struct {
		struct text management; /* who or where, by Slack's id */
		struct text operations;
	} slack;
	struct arena *text;
};

void chatters_settings_init(struct chatters_settings *);
void chatters_settings_free(struct chatters_settings *);

/*
 * What the file says, over what is there.
 *
 * Errors: FAULT_USAGE naming the setting that is not what it must be.
 */
int chatters_settings_parse(
    struct chatters_settings *, struct text file, struct fault *);

/* Find teams by the names they have now. Errors: FAULT_USAGE for one of two. */
int settings_name_teams(struct chatters_settings *, struct fault *);
/*
 * The team somebody writes of: without "team " in front, needless blanks and
 * case, its key, its name or an alias. TEAM_NONE when it is none of those.
 */
size_t settings_team(const struct chatters_settings *, struct text);
/* The same form of any name, for teams that have no settings; into keep. */
struct text settings_team_form(struct text, struct arena *keep);
bool settings_excludes(const struct chatters_settings *, struct text team);
/* Somebody of the roster who works here now, in a team that is shown. */
bool settings_shows(const struct chatters_settings *, const struct person *);

/*
 * What somebody did by what is known: nobody worked who was tracked for less
 * than an hour; of whom no time is known, nothing is.
 */
enum chatter_status settings_status(
    const struct chatters_settings *, int64_t tracked_s, bool has_figures);

#endif
