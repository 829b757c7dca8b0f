/*
 * owner.h - an owner, who is a coach to the coach system; see coach(5)
 */
#ifndef KPIPE_OWNER_H
#define KPIPE_OWNER_H

#include "base/ndjson.h"

struct owner_fields {
	size_t type;
	size_t id[2]; /* by this name, or where that is empty by that */
	size_t first[2];
	size_t last[2];
	size_t archived;
};

struct owner {
	struct text id;
	struct text name; /* first and last name; the id when there is none */
	bool archived;	  /* deactivated */
};

void owner_want(struct owner_fields *, struct json_shape *);
bool owner_here(const struct owner_fields *, const struct record *);

/*
 * The owner borrows from the record.
 *
 * Errors: FAULT_DATA without an id.
 */
int owner_decode(struct owner *, const struct owner_fields *,
    const struct record *, struct fault *);

#endif
