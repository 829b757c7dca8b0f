/*
 * fetched.h - the records of a table as lines
 *
 *	{"type":"record","id":"rec...","created_at":"...",...the fields}
 *
 * A choice is its name and a linked record its id, unless a rule says what it is
 * called; all else is as Airtable has it. The fields of a family (family.h) have
 * the form that its page says. A record that comes twice, because the table
 * changed between two pages, is there once.
 */
#ifndef KPIPE_AIRTABLE_FETCHED_H
#define KPIPE_AIRTABLE_FETCHED_H

#include "airtable/family.h"
#include "airtable/pull.h"
#include "airtable/resolve.h"

struct fetched;

struct fetched_conf {
	const char *type;
	/* Without keys (nr 0) all fields that are not empty, by their names. */
	const struct family_key *key;
	size_t nr;
	struct resolve *const *resolve; /* pulled before the first record */
	size_t nr_resolve;
	size_t max; /* bytes of all records */
	/* A cell is of another form: null stands there. */
	void (*tell)(const char *id, const char *field, struct text cell);
};

/* A key that every record of that type has. */
bool fetched_reserves(const char *type, const char *key);

/* Borrows the conf. */
struct fetched *fetched_new(const struct fetched_conf *);
/* Takes NULL. */
void fetched_free(struct fetched *);

/* For a listing, with the rows as its arg. */
void fetched_begin(void *rows);
/* Errors: FAULT_DATA for what is no record, or a field that has no key. */
int fetched_add(void *rows, struct json_value record, struct fault *);

/* Errors: FAULT_DATA when there are more than max bytes of them. */
int fetched_check(const struct fetched *, struct fault *);
struct text fetched_lines(const struct fetched *);

/* Links that lead to no record, and cells that are of another form. */
uint64_t fetched_unresolved(const struct fetched *);
uint64_t fetched_unreadable(const struct fetched *);

struct fetched_report {
	const char *table;
	const struct pull_counts *listing;
	const struct http_counts *http;
	const char *reason; /* NULL: all is there */
	double seconds;
};

/* Add a fetch_report. */
void fetched_report(
    const struct fetched *, const struct fetched_report *, struct buf *);

#endif
