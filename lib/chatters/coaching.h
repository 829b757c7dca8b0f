/*
 * coaching.h - whom to coach first, and what to talk about
 *
 * Pure.
 */
#ifndef KPIPE_CHATTERS_COACHING_H
#define KPIPE_CHATTERS_COACHING_H

#include "chatters/funnel.h"
#include "chatters/score.h"

#define NEVER_COACHED -1
#define WHY_MAX	      3
#define TALK_MAX      2

/* What is known of somebody who worked. */
struct coaching {
	double score;	       /* NAN: none */
	int days;	       /* since the last session; NEVER_COACHED */
	unsigned flags;	       /* a bit for each KPI */
	int streak;	       /* as trend.h has it */
	enum funnel_step weak; /* STEPS: none */
	const double *value;   /* of each KPI */
	const double *points;  /* of each KPI */
};

bool coaching_is_due(const struct chatters_settings *, int days);
/* There is a reason to coach, and it was not done on the day of the run. */
bool coaching_is_candidate(
    const struct chatters_settings *, const struct coaching *);
double coaching_urgency(
    const struct chatters_settings *, const struct coaching *);
/* "high", "medium", "low"; of points there are three. */
const char *coaching_level(const struct chatters_settings *, double urgency);

/* The reasons, at most WHY_MAX texts of an array, added to b. */
void coaching_put_why(
    const struct chatters_settings *, const struct coaching *, struct buf *b);
/* What to talk about: an array of objects, a KPI each. */
void coaching_put_talk(
    const struct chatters_settings *, const struct coaching *, struct buf *b);

#endif
