/*
 * spread.h - the columns of records for which nobody named any
 *
 * They are the fields of the first record, in its order, those of an object
 * inside it by their path (properties.email; \. for a point in a key). Fields
 * that come up later have no column; their paths are remembered, so that their
 * loss can be told. Pure.
 */
#ifndef KPIPE_SPREAD_H
#define KPIPE_SPREAD_H

#include <stddef.h>

#include "base/arena.h"
#include "base/json.h"
#include "base/text.h"

struct spread;

struct spread *spread_new(void);
/* Takes NULL. */
void spread_free(struct spread *);

/*
 * The values of a record, one for each column: VALUE_ABSENT where it has none.
 * line is the record's bytes. Good until the next call; scratch as long as the
 * texts are used.
 */
const struct json_value *spread_record(
    struct spread *, struct text line, struct arena *scratch);

/* How many columns there are, and their headers; none before a record. */
size_t spread_columns(const struct spread *);
struct text spread_header(const struct spread *, size_t column);

/* Paths without a column, in the order in which they came up. */
size_t spread_lost(const struct spread *);
struct text spread_lost_path(const struct spread *, size_t i);

#endif
