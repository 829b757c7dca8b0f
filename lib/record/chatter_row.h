/*
 * chatter_row.h - what metrics says of chatters, as messages and pages read it;
 * see chatters(5)
 *
 * A number that is null is NAN, a text "no text". Arrays and objects are left
 * as they stand, for json_next.
 */
#ifndef KPIPE_CHATTER_ROW_H
#define KPIPE_CHATTER_ROW_H

#include "record/chatter_day.h"
#include "record/layout.h"

/* Of a chatter_summary, where key and name are "no text", or a chatter_team. */
/* A day's figure against the mean of the days before. */
struct chatter_trend {
	double mean;
	double dev_pct;
	struct text arrow;
};

struct chatter_sums {
	day_nr date;
	struct text run_date; /* of the summary, as the next */
	struct text score_mode;
	struct text key; /* of the team */
	struct text name;
	struct text color;
	struct text shift_start;
	struct text shift_end;
	double chatters;
	double worked;
	double day_off;
	double no_data;
	double sales;
	double sales_hr;
	double sales_hr_pooled;
	double cvr_pct;
	double fans;
	double flagged;
	double candidates;
	double due;
	double coached_week;
	double sessions_week;
	struct {
		double chatters;
		double fans_hr;
		double min;
		double max;
		double ratio;
		struct text level;
		struct text text;
		double uneven_days;
		bool lasts;
	} traffic;
	struct {
		struct chatter_trend sales;
		struct chatter_trend sales_hr;
		struct chatter_trend cvr_pct;
	} trend;
	struct json_value days;
};

struct chatter_row {
	day_nr date;
	struct text id;
	struct text name;
	struct text team;
	struct text status;
	double tracked_s;
	double figure[FIGURES];
	double score;
	double score_int;
	struct text band;
	struct json_value missing;
	struct json_value flags;
	struct json_value kpi;
	double streak;
	struct text streak_text;
	struct json_value funnel;
	struct text traffic;
	struct json_value coaching; /* all of it */
	struct text coached_last;   /* a day */
	double coached_days;	    /* NAN: never */
	bool is_due;
	double urgency; /* NAN: no candidate */
	double rank;
	struct json_value sparkline;
	struct json_value days;
};

struct candidate_row {
	day_nr date;
	struct text team;
	double rank;
	struct text id;
	struct text name;
	double urgency;
	struct text level;
	double score;
	double score_int;
	struct text band;
	double days; /* NAN: never */
	struct json_value why;
	struct json_value talk;
};

/* A chatter_week. */
struct chatter_week_row {
	struct text week;
	day_nr week_start;
	struct text id;
	struct text name;
	struct text team;
	double days;
	double tracked_s;
	double figure[FIGURES];
	double score;
	double score_int;
	struct text band;
	double change;
	struct text arrow;
};

/* A chatter_team_week. */
struct chatter_team_week_row {
	struct text week;
	day_nr week_start;
	struct text team;
	struct text name;
	double chatters;
	double days;
	double sales;
	double sales_hr;
	double sales_hr_pooled;
	double cvr_pct;
	double sessions;
	double uneven_days;
};

/* For layout_want, layout_here and layout_decode. */
extern const struct layout chatter_summary_layout; /* struct chatter_sums */
extern const struct layout chatter_team_layout;	   /* struct chatter_sums */
extern const struct layout chatter_layout;	   /* struct chatter_row */
extern const struct layout candidate_layout;	   /* struct candidate_row */
extern const struct layout chatter_week_layout;	   /* struct chatter_week_row */
extern const struct layout
    chatter_team_week_layout; /* struct chatter_team_week_row */

#endif
