/*
 * row.h - a record as the row of a table
 *
 * What a chatter did on a day is rounded as people read it; of a day on which
 * nobody worked there are no figures, whatever the record says. Pure.
 */
#ifndef KPIPE_AIRTABLE_ROW_H
#define KPIPE_AIRTABLE_ROW_H

#include "airtable/family.h"
#include "base/ndjson.h"

struct row_conf {
	const char *type; /* of the records that are rows */
	const struct family_key *key;
	size_t nr;
	/* The name of a team by its key, which may be that; NULL: the key. */
	struct text (*team)(void *arg, struct text key);
	void *arg;
};

struct row;

/* Borrows the conf; wants of the shape what it needs. */
struct row *row_new(const struct row_conf *, struct json_shape *);
/* Takes NULL. */
void row_free(struct row *);

/* The record is of that type. */
bool row_here(const struct row *, const struct record *);

/*
 * value[nr] as JSON, "no text" for a key that the record does not have; good
 * until the next call.
 *
 * Errors: FAULT_DATA naming the field.
 */
int row_encode(
    struct row *, const struct record *, struct text *value, struct fault *);

#endif
