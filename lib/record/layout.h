/*
 * layout.h - a record that is read by a table of its fields
 *
 * For records of many fields that are each read the same way: null and absent
 * are one, and a field of another kind than the table says is a fault that
 * names it.
 */
#ifndef KPIPE_LAYOUT_H
#define KPIPE_LAYOUT_H

#include "base/date.h"
#include "base/ndjson.h"

#define LAYOUT_FIELDS 64 /* of a record, at most */

enum layout_kind {
	LAYOUT_TEXT,   /* struct text; "no text" for null */
	LAYOUT_NEEDED, /* struct text, never empty */
	LAYOUT_NUMBER, /* double; NAN for null */
	LAYOUT_DAY,    /* day_nr, never null */
	LAYOUT_BOOL,   /* bool; false for null */
	LAYOUT_VALUE,  /* struct json_value, of any kind, for json_next */
};

struct layout_field {
	const char *path;
	enum layout_kind kind;
	size_t offset; /* in the struct */
};

/* For a table: a field of a struct and its path. */
#define LAYOUT(of, member, kind, path)                  \
	{                                               \
		path, kind, offsetof(struct of, member) \
	}

struct layout {
	const char *type;
	const struct layout_field *field;
	size_t nr;
};

struct layout_fields {
	size_t type;
	size_t slot[LAYOUT_FIELDS];
};

void layout_want(
    struct layout_fields *, const struct layout *, struct json_shape *);
bool layout_here(
    const struct layout_fields *, const struct layout *, const struct record *);
/* Texts and values are copied into keep. Errors: FAULT_DATA naming the field. */
int layout_decode(void *out, const struct layout_fields *,
    const struct layout *, const struct record *, struct arena *keep,
    struct fault *);

#endif
