/*
 * briefing.h - messages to people about chatters: whom to coach, how the week
 * went, who was coached, what an ingest needs, alerts
 *
 * Records go in in any order, then message records come out. Pure: the time is
 * what it is given.
 */
#ifndef KPIPE_BRIEFING_BRIEFING_H
#define KPIPE_BRIEFING_BRIEFING_H

#include "base/date.h"
#include "base/ndjson.h"

enum briefing_model {
	BRIEFING_LEADS,	     /* to each team's lead: whom to coach */
	BRIEFING_MANAGEMENT, /* the week before that of the run */
	BRIEFING_COMPLIANCE, /* to each team's lead: who was coached */
	BRIEFING_OPERATIONS, /* what an ingest took in, and what to fix */
	BRIEFING_ALERTS,
	BRIEFING_MODELS
};

struct briefing_team {
	struct text key;
	struct text name;	 /* "no text" where not said, as the next two */
	struct text shift_start; /* 08:00 */
	struct text lead;	 /* who leads it, by Slack's id */
};

/* Texts that are not said are "no text". */
struct briefing_conf {
	enum briefing_model model;
	const struct briefing_team *team; /* those asked for */
	size_t team_nr;
	struct text to; /* in place of all others */
	struct text management, operations;
	struct text link;  /* of the dashboard */
	int overdue_days;  /* since the last session, for another to be due */
	instant_us at;	   /* when the messages are due */
	bool is_scheduled; /* that time is theirs; else the day is */
};

struct briefing;

/* The conf is borrowed. */
struct briefing *briefing_new(
    const struct briefing_conf *, struct json_shape *);
/* Takes NULL. */
void briefing_free(struct briefing *);

/* Records of other types are passed over. Errors: FAULT_DATA. */
int briefing_add(void *briefing, const struct record *, struct fault *);

/* All records are there. Errors: FAULT_DATA for those of no run. */
int briefing_check(const struct briefing *, struct fault *);

/*
 * The next message, in place of what is in line: 1, 0 behind the last, -1 for
 * one that nobody would get; the next call goes on.
 */
int briefing_next(struct briefing *, struct buf *line, struct fault *);

#endif
