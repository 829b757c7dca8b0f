/*
 * cell.h - what a field of a record is in a table
 *
 * Text stays text and a number stays a number, to the digit; null and a missing
 * field are empty. An object or an array is its JSON on one line with ", " and
 * ": " between the parts. Pure.
 */
#ifndef KPIPE_CELL_H
#define KPIPE_CELL_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/json.h"
#include "base/text.h"

enum cell_kind {
	CELL_EMPTY,
	CELL_TEXT,
	CELL_NUMBER, /* text is in JSON's form */
	CELL_TRUE,   /* text is "true" */
	CELL_FALSE,  /* text is "false" */
};

struct cell {
	enum cell_kind kind;
	struct text text; /* "no text" when empty */
};

/* The text is in the record or in scratch. */
struct cell cell_of(struct json_value, struct arena *scratch);

#endif
