/*
 * out.h - a stream of bytes going out, in large writes
 *
 * Standard output of the tools. Asks for a pipe of 1 MiB, as the default one is
 * slower than the reader of records. Not for stdio: a tool writes through this
 * or through stdout, never both.
 */
#ifndef KPIPE_OUT_H
#define KPIPE_OUT_H

#include <stddef.h>

#include "base/fault.h"
#include "base/text.h"

struct out;

/* fd is borrowed; name is for messages ("standard output"). */
struct out *out_new(int fd, const char *name);
/* Does not flush: what was not flushed is lost. */
void out_free(struct out *);

/* Errors: FAULT_IO when the system refuses (full disk). */
int out_write(struct out *, const void *p, size_t len, struct fault *);
int out_line(struct out *, struct text line, struct fault *); /* adds \n */
int out_flush(struct out *, struct fault *);

#endif
