/*
 * model.h - the figures of chatters on one day, of their teams and their weeks
 *
 * Records go in in any order, then lines come out. Memory grows with people and
 * the weeks asked for, not with the days that come in: a day that can no longer
 * count makes room for a newer one.
 */
#ifndef KPIPE_CHATTERS_MODEL_H
#define KPIPE_CHATTERS_MODEL_H

#include "base/ndjson.h"
#include "chatters/settings.h"

#define WEEKS_MAX 520

struct chatters_options {
	day_nr run;    /* the day on which somebody reads the figures */
	day_nr date;   /* the day they are of */
	bool has_date; /* else the newest day there is, not after run */
	int weeks;     /* as many, that of the day included */
	bool pooled;   /* sales_hr of teams is all sales by all hours */
};

struct chatters;

/* The settings are borrowed. */
struct chatters *chatters_new(const struct chatters_settings *,
    const struct chatters_options *, struct json_shape *);
/* Takes NULL. */
void chatters_free(struct chatters *);

/*
 * A chatter_day, a roster entry or a coaching_log; others are passed over.
 *
 * Errors: FAULT_DATA for one that is not as its page says.
 */
int chatters_add(struct chatters *, const struct record *, struct fault *);

struct chatters_counts {
	size_t people; /* on the roster who work here */
	size_t days;
	size_t twice; /* the same chatter and day again: the last one counts */
	size_t undated;	   /* sessions without a date, which are left out */
	size_t logs_twice; /* and those that came again */
	bool has_date;
};

void chatters_counts(const struct chatters *, struct chatters_counts *);

/*
 * The lines of the result: chatter_summary, chatter_team, chatter,
 * coaching_candidate, chatter_week, chatter_team_week; false behind the last.
 * There must be a date: given, or of a day.
 */
bool chatters_next(struct chatters *, struct buf *line);

#endif
