/*
 * row.h - the type, day and key by which a record is kept; see kpipe-history(1)
 *
 * Pure.
 */
#ifndef KPIPE_HISTORY_ROW_H
#define KPIPE_HISTORY_ROW_H

#include "base/ndjson.h"
#include "base/kept.h"

#define ROW_KEYS 8 /* fields of a key, at most */

/* Which fields; set the paths, then row_want. */
struct row_fields {
	const char *date_path;
	const char *key_path[ROW_KEYS];
	size_t nr;
	size_t type, date, key[ROW_KEYS]; /* slots */
};

void row_want(struct row_fields *, struct json_shape *);

/*
 * What the record is kept by; texts are its own, or in its scratch. A key of
 * one field is its text, one of several a JSON array of their texts.
 *
 * Errors: FAULT_DATA naming the field that is missing or cannot be kept.
 */
int row_of(struct kept_row *, const struct row_fields *, const struct record *,
    struct fault *);

/*
 * One text that sorts as rows do, into b, which is emptied first; and back,
 * but for the line.
 */
void row_pack(struct buf *b, const struct kept_row *);
void row_unpack(struct kept_row *, struct text packed);

#endif
