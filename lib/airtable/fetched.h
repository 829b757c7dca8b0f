/*
 * fetched.h - the records of a table as lines
 *
 *	{"type":"record","id":"rec...","created_at":"...",...the fields}
 *
 * A choice is its name and a linked record its id; all else is as Airtable has
 * it. A record that comes twice, because the table changed between two pages,
 * is there once.
 */
#ifndef KPIPE_AIRTABLE_FETCHED_H
#define KPIPE_AIRTABLE_FETCHED_H

#include "airtable/pull.h"

struct fetched;

/* How a record has a field: name of Airtable's, and key. */
struct fetched_key {
	const char *key, *field;
};

/* A key that every record has. */
bool fetched_reserves(const char *key);

/* Without keys (nr 0) all fields that are not empty, by their own names. */
struct fetched *fetched_new(
    const char *type, const struct fetched_key *, size_t nr, size_t max);
/* Takes NULL. */
void fetched_free(struct fetched *);

/* For a listing, with the rows as its arg. */
void fetched_begin(void *rows);
/* Errors: FAULT_DATA for what is no record, or a field that has no key. */
int fetched_add(void *rows, struct json_value record, struct fault *);

/* Errors: FAULT_DATA when there are more than max bytes of them. */
int fetched_check(const struct fetched *, struct fault *);
struct text fetched_lines(const struct fetched *);

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
