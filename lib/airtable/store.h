/*
 * store.h - put records into a table, ten a request
 *
 * A request is done by Airtable whole or not at all, so one that is refused is
 * sent again in halves, until the record that is refused stands alone. When the
 * answer to one is lost, the table is looked at before anything is made again.
 *
 * Source: Airtable's Web API, "Create records", "Update multiple records".
 */
#ifndef KPIPE_AIRTABLE_STORE_H
#define KPIPE_AIRTABLE_STORE_H

#include <stdint.h>

#include "airtable/api.h"
#include "base/arena.h"

#define STORE_KEYS 3 /* fields that tell records apart, at most */

enum store_mode {
	STORE_SKIP,   /* what is there is left alone */
	STORE_UPSERT, /* it is overwritten */
	STORE_CREATE, /* nobody looks */
	STORE_MODES
};

extern const char *const store_mode_name[STORE_MODES];

struct store_conf {
	const char *table;
	enum store_mode mode;
	const char *const *field; /* names of all columns */
	size_t nr;
	size_t key[STORE_KEYS]; /* indices of those that tell records apart */
	size_t nr_key;
	bool typecast;
	bool drop_unknown; /* leave out fields that are not in the table */
	/* The form of a key's text by which it is compared. */
	struct text (*same)(struct text, struct arena *keep);
	void *arg;
	/* A record was left out: where it stood, its keys, and why. */
	void (*failed)(
	    void *arg, const char *where, const char *name, const char *why);
	/* A field is not in the table, and left out of all records. */
	void (*dropped)(void *arg, const char *field);
	/* For a dry run: the bodies, and nothing is sent. NULL: no dry run. */
	struct buf *bodies;
};

struct store_counts {
	uint64_t records; /* added */
	uint64_t created, updated, skipped, failed;
	uint64_t doubled; /* in the input: the last one counts */
	uint64_t dropped; /* fields */
};

struct store;

/* Borrows conf. */
struct store *store_new(const struct store_conf *);
/* Takes NULL. */
void store_free(struct store *);

/* value[nr] as JSON, "no text" for what is not to be touched; copied. */
void store_add(struct store *, const char *where, const struct text *value);

/* How many were added. */
size_t store_rows(const struct store *);

/*
 * Send them; api is NULL for a dry run and where there are none. *counts is right also when it fails.
 *
 * Errors: those of api_call, but for records that are refused: these are told.
 * In mode create never FAULT_AGAIN once something may be there: it would be
 * there twice.
 */
int store_run(
    struct store *, struct api *, struct store_counts *, struct fault *);

/* Add a record of the counts. */
void store_put(
    const struct store_conf *, const struct store_counts *, struct buf *);

struct store_report {
	const struct store_conf *conf;
	const struct store_counts *n;
	const struct http_counts *http; /* NULL: nothing was asked */
	const char *reason;		/* NULL: it ran to the end */
	double seconds;
};

/* Add one with all there is to tell. */
void store_report(const struct store_report *, struct buf *);
/* Add a record of one that was left out. */
void store_put_failed(const struct store_conf *, const char *where,
    const char *name, const char *why, struct buf *);

#endif
