/*
 * reread.h - input that can be read twice
 */
#ifndef KPIPE_REREAD_H
#define KPIPE_REREAD_H

#include "base/fault.h"

/*
 * A descriptor of what fd has, which can be read from its start again and again:
 * fd itself where it is a file at its start, else a copy in a file of folder
 * that has no name and is gone when it is closed. *again is -1 on a fault.
 *
 * Errors: FAULT_IO naming name or folder.
 */
int reread_open(
    int fd, const char *name, const char *folder, int *again, struct fault *);

/* Back to the start. Errors: FAULT_IO. */
int reread_start(int again, const char *name, struct fault *);

#endif
