/*
 * coaching_log.h - a session with a chatter, as its coach wrote it down; see
 * chatters(5)
 */
#ifndef KPIPE_COACHING_LOG_H
#define KPIPE_COACHING_LOG_H

#include "base/date.h"
#include "base/ndjson.h"

struct coaching_log_fields {
	size_t type, id, date, chatter_id, name, team_leader, notes, focus_kpi,
	    target_value, baseline_value;
};

/* What is not there, null or empty is "no text". Borrows from the record. */
struct coaching_log {
	struct text id; /* the log's own */
	bool has_date;
	day_nr date;
	struct text chatter_id; /* "no text": the name was not found */
	struct text name;
	struct text team_leader;
	struct text notes;
	struct text focus_kpi;
	struct text target_value; /* as written; of a number its digits */
	struct text baseline_value;
};

void coaching_log_want(struct coaching_log_fields *, struct json_shape *);
bool coaching_log_here(
    const struct coaching_log_fields *, const struct record *);
/*
 * Errors: FAULT_DATA naming the field that is not of its kind; for chatter_id
 * also when it is not there at all, for then nobody has looked for the name.
 */
int coaching_log_decode(struct coaching_log *,
    const struct coaching_log_fields *, const struct record *, struct fault *);

#endif
