/*
 * pull.h - all records of a table, or those that a formula chooses
 *
 * What is asked for stands in the address, or, where that would be too long, in
 * a body. A listing that Airtable cuts short, because too much time passed between two
 * pages, begins anew, at most three times.
 *
 * Source: Airtable's Web API, "List records".
 */
#ifndef KPIPE_AIRTABLE_PULL_H
#define KPIPE_AIRTABLE_PULL_H

#include <stdint.h>

#include "airtable/api.h"
#include "base/json.h"

struct pull {
	const char *table;
	const char *const *field; /* names, NULL-terminated; NULL: all */
	const char *formula;	  /* NULL: all records */
	const char *view;	  /* NULL: none */
	void *arg;
	/* Before the first record, and before it comes again; may be NULL. */
	void (*begin)(void *arg);
	/*
	 * A record: {"id":...,"createdTime":...,"fields":{...}}. -1 with a
	 * fault ends the listing.
	 */
	int (*record)(void *arg, struct json_value, struct fault *);
};

struct pull_counts {
	uint64_t received; /* records */
	uint64_t pages;
	unsigned restarts;
};

/* *counts is set whatever the outcome. */
int pull_read(struct api *, const struct pull *, struct pull_counts *counts,
    struct fault *);

/* What a record consists of. */
enum {
	PULL_ID,
	PULL_CREATED,
	PULL_FIELDS,
	PULL_SLOTS
};

/* For pull_record; the caller's. */
struct json_shape *pull_shape(void);
/* Errors: FAULT_DATA for what has no id or no fields. */
int pull_record(struct json_shape *, struct json_value record,
    struct json_value part[PULL_SLOTS], struct fault *);
/* The cell of that field; absent where it is empty. */
struct json_value pull_cell(
    struct json_value fields, const char *field, struct arena *scratch);

/* Add a text in quotes, as it stands in a formula. */
void pull_quote(struct buf *, struct text);

#endif
