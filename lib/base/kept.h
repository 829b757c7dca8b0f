/*
 * kept.h - lines that are kept by type, day and key, in a file or a database
 *
 * A path is a file of SQLite; postgresql://... is a table of a PostgreSQL
 * server. Both keep a line to the byte and give lines in the same order: by
 * type, day and key, texts by their bytes.
 *
 * What is put or deleted is one transaction: all of it is there when the call
 * that ends it returns, or nothing. Others may read and write meanwhile: who
 * reads sees what was there when the reading began; who writes waits.
 */
#ifndef KPIPE_KEPT_H
#define KPIPE_KEPT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/date.h"
#include "base/fault.h"
#include "base/text.h"

#define KEPT_KEY_MAX 2000 /* bytes of type and key; an index takes no more */

struct kept;

enum kept_use {
	KEPT_READ,
	KEPT_CHANGE, /* what must be there */
	KEPT_MAKE,   /* made when it is missing */
};

struct kept_conf {
	const char *where; /* a path or a URL */
	const char *table; /* kept_is_table */
	enum kept_use use;
	unsigned max_wait_s; /* for others, and for the server */
	bool dry_run;	     /* count, and leave everything as it was */
};

enum kept_mode {
	KEPT_SKIP,   /* what is there is left alone */
	KEPT_UPDATE, /* it is replaced, if it is another line */
};

/* type and key are UTF-8 without NUL. */
struct kept_row {
	struct text type;
	day_nr date;
	struct text key;
	struct text line;
};

struct kept_counts {
	uint64_t created, updated, unchanged, skipped;
};

/* The lines of a type, or of all (NULL), of days from since to until. */
struct kept_range {
	const char *type;
	day_nr since, until;
	const char *const *key; /* of these keys alone; nr 0: of any */
	size_t nr;
};

struct kept_day {
	struct text type;
	day_nr date;
	uint64_t nr; /* lines */
};

/* It is a URL of a database, not a path. */
bool kept_is_url(const char *where);
/* A URL that shows a password, or hides in its form that it does. */
bool kept_has_password(const char *url);
/* Letters, digits and _, at most 63 and no digit first. */
bool kept_is_table(const char *name);

/*
 * Errors: FAULT_USAGE, FAULT_DATA when there is nothing or something else;
 * FAULT_DENIED by the server; FAULT_AGAIN when it does not answer; FAULT_IO.
 */
struct kept *kept_open(const struct kept_conf *, struct fault *);
/* Takes NULL. What was begun and not ended is undone. */
void kept_free(struct kept *);
/* The path, or the URL with nothing secret in it. */
const char *kept_name(const struct kept *);

/*
 * Put rows, each key once; ascending ones go in faster. Counts are added.
 *
 * Errors of these and of the following: FAULT_AGAIN when others are in the way
 * or the server went away; FAULT_IO; FAULT_DATA; FAULT_DENIED.
 */
int kept_put_begin(struct kept *, enum kept_mode, struct fault *);
int kept_put(struct kept *, const struct kept_row *, struct fault *);
int kept_put_end(struct kept *, struct kept_counts *, struct fault *);

/* *nr is how many lines went. What they held is overwritten in a file. */
int kept_delete(
    struct kept *, const struct kept_range *, uint64_t *nr, struct fault *);

/* The lines of a range: 1, 0 at the end, -1; a text is good until the next. */
int kept_select(struct kept *, const struct kept_range *, struct fault *);
int kept_next(struct kept *, struct text *line, struct fault *);

/* The days of a range that have lines, by type and day; keys do not count. */
int kept_days(struct kept *, const struct kept_range *, struct fault *);
int kept_next_day(struct kept *, struct kept_day *, struct fault *);

#endif
