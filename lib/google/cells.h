/*
 * cells.h - the values of a tab, and rows of values for it
 *
 * A table as wide as its widest row; what is not there is empty. Pure.
 */
#ifndef KPIPE_GOOGLE_CELLS_H
#define KPIPE_GOOGLE_CELLS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/fault.h"
#include "base/text.h"

/* Of a tab and of a cell, as Google's "Google Drive: file limits" has them. */
#define CELLS_TEXT_MAX 50000

enum cells_kind {
	CELLS_EMPTY,
	CELLS_TEXT,
	CELLS_NUMBER, /* text is in JSON's form */
	CELLS_TRUE,   /* text is "true" */
	CELLS_FALSE,  /* text is "false" */
	CELLS_LEAVE,  /* to be left as it is */
};

struct cells_value {
	enum cells_kind kind;
	struct text text;
};

struct cells;

struct cells *cells_new(void);
/* Takes NULL. */
void cells_free(struct cells *);

/* Add the rows of an answer to "values". Errors: FAULT_DATA. */
int cells_read(struct cells *, struct text body, struct fault *);
/* Add a row of nr values, copied. */
void cells_add(struct cells *, const struct cells_value *, size_t nr);

size_t cells_rows(const struct cells *);
/* The widest row's. */
size_t cells_columns(const struct cells *);
struct cells_value cells_at(const struct cells *, size_t row, size_t column);

/* No text is nothing, too. */
bool cells_is_empty(struct cells_value);
/* The same to who reads the sheet: 1 is 1.0, and neither is the text 1. */
bool cells_same(struct cells_value, struct cells_value);
/* More characters than a cell holds. */
bool cells_is_too_long(struct cells_value);
/* As text: numbers in plain decimal, so that an id is the same id. */
void cells_put_plain(struct buf *, struct cells_value);
/* As JSON; null for an empty one. */
void cells_put_json(struct buf *, struct cells_value);

#endif
