/*
 * stream.h - the two loops of a tool that reads all records before it writes
 *
 * For cmd/: a fault ends the tool, with its message and exit status.
 */
#ifndef KPIPE_STREAM_H
#define KPIPE_STREAM_H

#include "base/ndjson.h"

/* What add refuses is told with its file and line. */
void stream_read(struct ndjson *,
    int (*add)(void *model, const struct record *, struct fault *),
    void *model);

/*
 * Lines until next has no more, to standard output, which is closed with them.
 * next leaves its line in a buffer that holds any record. How many there were.
 */
uint64_t stream_write(bool (*next)(void *model, struct buf *line), void *model);

#endif
