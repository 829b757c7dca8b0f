/*
 * facts.h - what metrics says of chatters on a day and in a week, and who was
 * coached when
 */
#ifndef KPIPE_BRIEFING_FACTS_H
#define KPIPE_BRIEFING_FACTS_H

#include "record/chatter_row.h"
#include "record/coaching_log.h"

/* Somebody was coached. */
struct facts_session {
	struct text chatter_id;
	day_nr date;
};

struct facts {
	bool has_summary;
	bool has_other; /* records that stand beside a summary */
	struct chatter_sums summary;
	struct chatter_sums *team;
	struct candidate_row *candidate;
	struct chatter_row *chatter;
	struct chatter_week_row *week; /* of the week before the run, */
	struct chatter_team_week_row *team_week; /* as these */
	size_t teams, candidates, chatters, weeks, team_weeks, sessions;
	struct facts_session *session;
	day_nr run;
	day_nr monday; /* of the week before */
};

struct facts_reader;

struct facts_reader *facts_reader_new(
    struct facts *, day_nr run, struct json_shape *);
/* Takes NULL; the facts end with it. */
void facts_reader_free(struct facts_reader *);
/* Errors: FAULT_DATA for one that is not as its page says. */
int facts_add(struct facts_reader *, const struct record *, struct fault *);

/* The newest session with somebody up to a day; false: there is none. */
bool facts_coached(const struct facts *, const struct chatter_row *,
    day_nr last, day_nr *date);

/* The sums of the team of that key; NULL when there are none. */
const struct chatter_sums *facts_team(const struct facts *, struct text key);

#endif
