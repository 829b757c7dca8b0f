/*
 * ids.h - the ids on a stream: of records, of links, or bare ones
 *
 * Pure: bytes are fed as they come, lines are taken as they are whole. A line
 * is a record, of which the type, the id and where a link leads are looked at,
 * or a bare id, quoted or not; blank lines are passed over.
 */
#ifndef KPIPE_HUBSPOT_IDS_H
#define KPIPE_HUBSPOT_IDS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/fault.h"
#include "base/text.h"

struct ids;

/* What a line says; "no text" for what it does not. Good until the next. */
struct ids_line {
	bool bare; /* only id is set */
	struct text type;
	struct text id;
	struct text to_type; /* of an association */
	struct text to_id;
};

struct ids *ids_new(void);
void ids_free(struct ids *);

/* Another file begins; its name is copied. What the one before left must be
 * read until there is no more. */
void ids_file(struct ids *, const char *name);
void ids_feed(struct ids *, const char *p, size_t len);
/* The file ends: its last line may lack the newline. */
void ids_end(struct ids *);

/*
 * The next line: 1, 0 when no whole line is there, -1 on a fault.
 *
 * Errors: FAULT_DATA "file:line: what" for what is neither a record nor an id.
 */
int ids_next(struct ids *, struct ids_line *, struct fault *);

/* Put "file:line: " of the line taken last in front of *f; returns -1. */
int ids_blame(const struct ids *, struct fault *f);

#endif
