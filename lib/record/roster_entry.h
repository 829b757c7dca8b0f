/*
 * roster_entry.h - somebody of the roster; see chatters(5)
 */
#ifndef KPIPE_ROSTER_ENTRY_H
#define KPIPE_ROSTER_ENTRY_H

#include "base/ndjson.h"

struct roster_entry {
	struct text id;
	struct text name; /* "no text": none */
	struct text team; /* as the roster has it; "no text": none */
	/* a chatter who works here now: status Active, role Chatter or empty */
	bool is_active;
};

struct roster_entry_fields {
	size_t type, id, name, team, status, role;
};

void roster_entry_want(struct roster_entry_fields *, struct json_shape *);
bool roster_entry_here(
    const struct roster_entry_fields *, const struct record *);
/*
 * Its texts are those of the record. A roster without the field status is of
 * people who are active; one where it is null is not.
 *
 * Errors: FAULT_DATA naming the field that is not of its kind.
 */
int roster_entry_decode(struct roster_entry *,
    const struct roster_entry_fields *, const struct record *, struct fault *);

#endif
