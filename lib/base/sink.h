/*
 * sink.h - where the user wants a small text: a file, a device, a descriptor
 *
 * A number is a descriptor that the caller has open; what lies under /dev is
 * written to; any other path is a file that is replaced in one step.
 */
#ifndef KPIPE_SINK_H
#define KPIPE_SINK_H

#include "base/fault.h"
#include "base/text.h"

struct sink;

/* Before the work that the text will tell of. Errors: FAULT_IO. */
struct sink *sink_open(const char *where, struct fault *);
/* Put the text there and close. Frees in every case. */
int sink_put(struct sink *, struct text, struct fault *);
/* Takes NULL; a file is then as it was. */
void sink_free(struct sink *);

#endif
