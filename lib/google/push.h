/*
 * push.h - what to change in a tab so that it has some rows
 *
 * The first row of the tab has the headers and is left alone. Columns without a
 * header, and what stands to the right of the last one, are nobody's business.
 *
 * Without a key the rows take the place of those that are there: columns that
 * are not given are emptied, but those to be kept, whose cells go along with
 * the key of their row. With a key, rows that are there get the given columns
 * and stay where they are, new ones come below, and nothing is taken away.
 *
 * The changes are bodies for values:batchUpdate, and then one for
 * values:batchClear of what lies below the last row. Broken off anywhere and
 * done again from the start the end is the same, and the tab is never empty.
 * Pure.
 */
#ifndef KPIPE_GOOGLE_PUSH_H
#define KPIPE_GOOGLE_PUSH_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/fault.h"
#include "base/text.h"
#include "google/cells.h"

/* All is borrowed. */
struct push_conf {
	const char *tab;	   /* its title */
	const struct cells *there; /* all values of it */
	const char *const *header; /* of the columns given, nr of them */
	size_t nr;
	const char *key; /* the header that tells rows apart; NULL: none */
	const char *const *keep; /* headers, keep_nr of them */
	size_t keep_nr;
	const char *keep_key; /* the header whose value they go along with */
};

struct push;

/*
 * Errors: FAULT_USAGE for a header that the tab has not, or twice, with those
 * it has.
 */
struct push *push_new(const struct push_conf *, struct fault *);
/* Takes NULL. */
void push_free(struct push *);

/*
 * The next row: nr values, in the order of the headers, borrowed. Errors:
 * FAULT_DATA for a key that is empty or came before.
 */
int push_row(struct push *, const struct cells_value *, struct fault *);

/* What came of the rows of the tab, when all came. */
struct push_counts {
	size_t changed, added, removed, same;
	size_t doubled; /* rows there whose key another one has, left alone */
};
void push_count(const struct push *, struct push_counts *);

/* How many rows the tab must have room for; 0 when nothing is to be written. */
size_t push_room(const struct push *);
/* The next body of a batchUpdate; false when there is none. */
bool push_write(struct push *, struct buf *body);
/* The body of the batchClear; false when there is nothing below. */
bool push_clear(const struct push *, struct buf *body);

/* The change as diff -u has it, of rows that are JSON arrays. */
void push_diff(struct push *, struct buf *);

#endif
