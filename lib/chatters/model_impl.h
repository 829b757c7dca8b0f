/*
 * model_impl.h - what the parts of the model share
 */
#ifndef KPIPE_CHATTERS_MODEL_IMPL_H
#define KPIPE_CHATTERS_MODEL_IMPL_H

#include "base/map.h"
#include "chatters/coaching.h"
#include "chatters/funnel.h"
#include "chatters/goal.h"
#include "chatters/model.h"
#include "chatters/score.h"
#include "chatters/traffic.h"
#include "chatters/trend.h"
#include "record/coaching_log.h"

#define DAYS_OF_WEEK 7
#define TEAMS_MAX    UINT16_MAX
#define NO_TEAM	     TEAMS_MAX /* of the 16 bits of a day */

struct kept_day {
	double figure[FIGURES];
	day_nr date;
	int32_t tracked_s; /* -1: unknown */
	uint16_t team;
	uint8_t status;
	bool is_there;
};

struct chatter {
	struct text id;
	struct text name; /* of the roster, else of the newest day */
	uint16_t team;	  /* the same */
	bool on_roster;
	bool is_active; /* of those, who works here as a chatter */
	bool has_day;
	day_nr newest;
	bool was_coached;
	day_nr coached; /* the newest session up to the run */
	struct {
		struct text id, lead, note;
	} last;	       /* of that session */
	bool has_goal; /* some session named a figure and a target */
	struct {
		day_nr date; /* of the newest of those */
		struct text id;
		bool is_read; /* the words have a meaning */
		struct goal is;
	} goal;
	struct kept_day *day; /* by the day modulo the days kept */
};

struct session {
	size_t chatter;
	day_nr date;
};

/* What a card says. */
struct card {
	const struct chatter *chatter;
	const struct kept_day *today; /* NULL: nothing is known */
	enum chatter_status status;
	size_t team; /* index of the sums */
	double value[KPIS];
	struct score score;
	unsigned flags;
	struct trend trend[KPIS];
	int streak;
	double step[STEPS], rel[STEPS];
	enum funnel_step weak;
	struct coaching coaching;
	bool is_candidate;
	double urgency;
	int rank; /* among the candidates of the team, from 1; 0: none */
};

/* What a team did on one day, for a line of its days. Starts as all zero. */
struct team_day {
	size_t worked;
	double sales, sales_s; /* and the time in which they were made */
	double sales_hr, cvr;
	size_t sales_nr, sales_hr_nr, cvr_nr;
};

/* The figures of a team's day that are held against the days before. */
enum team_trend {
	TEAM_SALES,
	TEAM_SALES_HR,
	TEAM_CVR,
	TEAM_TRENDS,
};

/* What is said of a team, or of all together. */
struct team_sums {
	uint16_t team; /* NO_TEAM: without one */
	size_t chatters, in_status[CHATTER_STATUSES];
	size_t flagged, candidates, due, coached, sessions;
	double sales, sales_s; /* and the time in which they were made */
	double sales_hr, cvr, fans;
	size_t sales_nr, sales_hr_nr, cvr_nr, fans_nr;
	struct traffic traffic;
	struct funnel_pool funnel;
	size_t uneven_days;		   /* of the last seven */
	struct team_day day[DAYS_OF_WEEK]; /* those */
	struct trend trend[TEAM_TRENDS];
};

struct week_row {
	const struct chatter *chatter;
	day_nr monday;
	uint16_t team;
	size_t days;
	int64_t tracked_s;
	double figure[FIGURES];
	struct score score;
	bool has_change;
	double change;
};

struct team_week {
	uint16_t team;
	day_nr monday;
	size_t chatters, days, uneven_days, sessions;
	double sales, sales_s, sales_hr, cvr;
	size_t sales_hr_nr, cvr_nr;
};

struct chatters {
	const struct chatters_settings *set;
	struct chatters_options opt;
	struct chatter_day_fields day_at;
	struct person_fields roster_at;
	struct coaching_log_fields log_at;
	struct arena *text;
	struct map *index; /* ids */
	struct chatter *chatter;
	size_t nr, cap;
	struct map *teams; /* keys; those of the settings come first */
	struct map *logs;  /* the ids of sessions */
	struct session *session;
	size_t session_nr, session_cap;
	size_t kept; /* days of each chatter */
	bool has_roster;
	bool has_day;
	day_nr newest;
	size_t days, twice, undated, logs_twice;

	bool is_made;
	day_nr date;
	enum score_mode mode;
	const struct chatter **by_id;
	size_t team_slots; /* teams, and one for those without */
	size_t *team_rank; /* the order of teams; a slot each */
	struct card *card;
	size_t cards;
	struct team_sums *sums; /* a slot each */
	struct team_sums all;
	size_t *team_order; /* slots with chatters */
	size_t teams_shown;
	size_t *picked; /* cards: the candidates that are chosen */
	size_t picked_nr;
	struct week_row *week;
	size_t weeks, weeks_cap;
	struct team_week *team_week;
	size_t team_weeks;
	size_t at; /* of the lines */
};

/* The one of that id, added where it is new. */
struct chatter *chatters_find(struct chatters *, struct text id);
/* Take a coaching_log. */
int session_add(struct chatters *, const struct record *, struct fault *);

/* The slot of a team in arrays that hold a slot each. */
size_t chatters_slot(const struct chatters *, uint16_t team);
/* "no text" for NO_TEAM. */
struct text chatters_team_key(const struct chatters *, uint16_t team);
struct text chatters_team_name(const struct chatters *, uint16_t team);
/* NULL when nothing is known of that day. */
const struct kept_day *chatters_day(
    const struct chatters *, const struct chatter *, day_nr);
/* Somebody whom a card is of. */
bool chatters_has_card(const struct chatters *, const struct chatter *);
/* The traffic of each slot on a day, into by_slot, which is emptied first. */
void chatters_traffic(const struct chatters *, day_nr, struct traffic *by_slot);

/* The last days of all teams, into their sums. */
void team_days_make(struct chatters *);
/* NAN where there is none. */
double team_day_value(
    const struct chatters *, const struct team_day *, enum team_trend);

/* Fill what the lines are made of. */
void cards_make(struct chatters *);
void weeks_make(struct chatters *);

void summary_put(const struct chatters *, struct buf *b);
void team_put(const struct chatters *, const struct team_sums *, struct buf *b);
void card_put(const struct chatters *, const struct card *, struct buf *b);
void candidate_put(const struct chatters *, const struct card *, struct buf *b);
void week_row_put(
    const struct chatters *, const struct week_row *, struct buf *b);
void team_week_put(
    const struct chatters *, const struct team_week *, struct buf *b);

#endif
