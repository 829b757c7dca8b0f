/*
 * lock.h - one at a time, by an advisory lock on a file
 */
#ifndef KPIPE_LOCK_H
#define KPIPE_LOCK_H

#include "base/fault.h"

/*
 * Take the lock on the file at path, which is made when it is missing and is
 * never removed; wait for another holder up to wait_ms. Returns a descriptor:
 * closing it, or the end of the process however it ends, gives the lock back.
 *
 * Errors: FAULT_AGAIN when another still holds it; FAULT_IO.
 */
int lock_take(const char *path, unsigned wait_ms, struct fault *);

#endif
