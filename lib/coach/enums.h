/*
 * enums.h - which values the deals have in the fields that a person chooses
 *
 * What is kept grows with the values, not with the deals.
 */
#ifndef KPIPE_ENUMS_H
#define KPIPE_ENUMS_H

#include "base/ndjson.h"

struct enums;

struct enums *enums_new(struct json_shape *);
void enums_free(struct enums *);

/*
 * Count the values of a deal, with a date or not; other records are passed
 * over.
 *
 * Errors: FAULT_DATA for a deal that is not as its page says.
 */
int enums_add(struct enums *, const struct record *, struct fault *);

/* Deals counted. */
uint64_t enums_nr(const struct enums *);

/*
 * The next line, into an emptied buffer: property by property, the value that
 * most deals have first. False behind the last.
 */
bool enums_next(struct enums *, struct buf *line);

#endif
