/*
 * columns.h - which columns a table has, and where in a record they come from
 *
 * As written by people, in an option or in a file:
 *
 *	deal_id=id,coach_id,Coachnaam=coach_name,pipeline=properties.pipeline
 *
 * Columns are separated by commas or line ends; blanks around them do not
 * count, nor do empty ones. The header is what stands before the first =; where
 * there is none it is the path. A line that starts with # is a comment. \ takes
 * from the next character what it means here and, in a path, from a point that
 * it separates keys. Pure.
 */
#ifndef KPIPE_COLUMNS_H
#define KPIPE_COLUMNS_H

#include <stddef.h>

#include "base/fault.h"
#include "base/text.h"

struct column {
	char *header;
	char *path; /* as json_want takes it */
	char *name; /* the path without its \ */
};

struct columns {
	struct column *column;
	size_t nr;
};

/*
 * Errors: FAULT_USAGE: no column, an empty header or path, a header that is
 * there twice.
 */
int columns_parse(struct columns *, struct text, struct fault *);
void columns_free(struct columns *);
/* The same in place of those that were there; into is a struct columns. */
int columns_replace(void *into, struct text, struct fault *);

#endif
