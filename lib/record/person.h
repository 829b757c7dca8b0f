/*
 * person.h - a person of a roster, to whom names are matched; see match(5)
 */
#ifndef KPIPE_PERSON_H
#define KPIPE_PERSON_H

#include "base/ndjson.h"

struct person_fields {
	size_t type, id, name, team, status, role, hubstaff_user_id;
};

/* What is not there, null or empty is "no text". Borrows from the record. */
struct person {
	struct text id;
	struct text name;
	struct text team;
	struct text status;
	struct text role;
	struct text hubstaff_user_id;
};

void person_want(struct person_fields *, struct json_shape *);
/* Its type says roster, or it has no type. */
bool person_here(const struct person_fields *, const struct record *);
/* Errors: FAULT_DATA naming the field that is missing or of another kind. */
int person_decode(struct person *, const struct person_fields *,
    const struct record *, struct fault *);

#endif
