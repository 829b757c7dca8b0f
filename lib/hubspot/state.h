/*
 * state.h - until when changes were fetched, object by object
 *
 * Kept as fetch_state records, one a line; hs-fetch(1), FILES.
 */
#ifndef KPIPE_HUBSPOT_STATE_H
#define KPIPE_HUBSPOT_STATE_H

#include "base/buf.h"
#include "base/date.h"
#include "base/fault.h"
#include "base/text.h"

#define STATE_NONE INT64_MIN

struct state;

struct state *state_new(void);
void state_free(struct state *);

/* Errors: FAULT_DATA "line N: what" for a line that is no such record. */
int state_read(struct state *, const struct buf *file, struct fault *);
/* In the order of their names. */
void state_write(const struct state *, struct buf *file);

/*
 * The cursor of an object under a filter (JSON, empty for none), STATE_NONE
 * when there is none: another filter has another one.
 */
instant_us state_get(
    const struct state *, struct text object, struct text filter);
void state_put(
    struct state *, struct text object, struct text filter, instant_us at);

/*
 * The next cursor: the latest change that was seen, but not later than when the
 * fetch began, as what changes behind its back is seen only next time, and not
 * before the cursor so far. STATE_NONE when nothing says one.
 */
instant_us state_next(instant_us before, instant_us began, instant_us seen);

#endif
