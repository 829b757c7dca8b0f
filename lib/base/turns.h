/*
 * turns.h - a pace that all processes of a user keep together
 *
 * The turns that were given last stand in a small file. Who wants one takes the
 * first that is free, notes it, and waits for it, so that nobody holds the file
 * while waiting and turns are taken in the order in which they were asked for.
 */
#ifndef KPIPE_TURNS_H
#define KPIPE_TURNS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/fault.h"

#define TURNS_MOST 64

struct turns;

/* At most nr (up to TURNS_MOST) in any window_ms. */
struct turns *turns_new(const char *path, unsigned nr, unsigned window_ms);
/* Takes NULL. */
void turns_free(struct turns *);

/*
 * Wait for the next turn.
 *
 * Errors: FAULT_IO, FAULT_AGAIN: then there was no wait.
 */
int turns_take(struct turns *, struct fault *);

/*
 * When the next turn is, by the nr that were given last, and note it in their
 * place. Those of a clock that was set back count for nothing. Pure.
 */
int64_t turns_next(
    int64_t *given, unsigned nr, int64_t window_us, int64_t now_us);

#endif
