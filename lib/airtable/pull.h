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

/* Add a text in quotes, as it stands in a formula. */
void pull_quote(struct buf *, struct text);

#endif
