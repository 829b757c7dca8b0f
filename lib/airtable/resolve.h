/*
 * resolve.h - linked records by what they are called
 *
 * A link is the id of a record of another table. Which text stands for it is
 * read from that table: either the linked record's own field, or, where that
 * table lists whom it links to, the field of the record whose list has us.
 */
#ifndef KPIPE_AIRTABLE_RESOLVE_H
#define KPIPE_AIRTABLE_RESOLVE_H

#include "airtable/api.h"
#include "airtable/pull.h"
#include "base/arena.h"

struct resolve;

/*
 * A rule: KEY=TABLE:FIELD, or KEY=TABLE:FIELD<LIST for a table that lists our
 * ids in its field LIST. A \ takes from the next character what it means here.
 *
 * Errors: FAULT_USAGE.
 */
struct resolve *resolve_new(const char *rule, struct fault *);
/* Takes NULL. */
void resolve_free(struct resolve *);

const char *resolve_key(const struct resolve *);
/* By lists: a record's own id is looked for, and not those in a field. */
bool resolve_by_list(const struct resolve *);

/* Read the table. */
int resolve_pull(struct resolve *, struct api *, struct fault *);

/* For resolve_pull: a record of the table. Errors: FAULT_DATA. */
void resolve_begin(void *resolve);
int resolve_add(void *resolve, struct json_value record, struct fault *);

/*
 * Add the text that an id stands for, an array of them when it has several, and
 * null when it has none; returns how many.
 */
size_t resolve_put(const struct resolve *, struct text id, struct buf *);
/* The same of the ids of a cell; *missing counts those that lead nowhere. */
void resolve_cell(const struct resolve *, struct json_value cell,
    struct arena *, uint64_t *missing, struct buf *);

#endif
