/*
 * ledger.h - what was done before, in a file that only grows
 *
 * One record a line. A line counts when it is there whole: what a process that
 * was killed left of one is cut off by the next. Who has the ledger open has a
 * lock beside it.
 */
#ifndef KPIPE_LEDGER_H
#define KPIPE_LEDGER_H

#include "base/buf.h"
#include "base/fault.h"
#include "base/json.h"

struct ledger;

/* Wait for another who has it for up to wait_s. Errors: FAULT_AGAIN. */
struct ledger *ledger_open(const char *path, unsigned wait_s, struct fault *);
/* Takes NULL. */
void ledger_close(struct ledger *);

/*
 * Step through its lines: each is scanned by shape. *at starts as 0. 1, 0 at
 * the end, -1 for a line that is no record.
 */
int ledger_next(const struct ledger *, size_t *at, struct json_shape *,
    struct json_value *field, struct fault *);

/* Add a line, with its newline; it is on the disk when this returns. */
int ledger_add(struct ledger *, struct text line, struct fault *);

/*
 * The file of that name in the user's folder of state, which is made; the text
 * is the caller's.
 */
char *ledger_path(
    const char *state_home, const char *home, const char *name, struct fault *);

#endif
