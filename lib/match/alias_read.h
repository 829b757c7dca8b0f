/*
 * alias_read.h - aliases from a table or from records of source, raw and
 * canonical; see match(5)
 */
#ifndef KPIPE_MATCH_ALIAS_READ_H
#define KPIPE_MATCH_ALIAS_READ_H

#include "base/csv_in.h"
#include "base/ndjson.h"
#include "match/alias.h"

/* Told of an alias that means nobody of the roster. */
typedef void alias_unknown(void *arg, uint64_t line, struct text canonical);

/*
 * All there are, with or without the header; what begins with # is a comment.
 *
 * Errors: those of the stream and of aliases_add, with the place.
 */
int aliases_read_csv(struct aliases *, struct csv_in *, const char *path,
    alias_unknown *, void *arg, struct fault *);
int aliases_read_records(struct aliases *, char *const *operand,
    alias_unknown *, void *arg, struct fault *);

#endif
