/*
 * gzip.h - pack and unpack gzip (RFC 1952), by zlib
 */
#ifndef KPIPE_GZIP_H
#define KPIPE_GZIP_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/fault.h"
#include "base/text.h"

struct gunzip;

struct gunzip *gunzip_new(void);
void gunzip_free(struct gunzip *);
/* Ready for another stream. */
void gunzip_clear(struct gunzip *);

/*
 * Unpack the bytes that came next, and add what is in them to b, whose ceiling
 * holds. Errors: FAULT_DATA, also when they would pass the ceiling, which b
 * then says.
 */
int gunzip_add(struct gunzip *, struct text, struct buf *b, struct fault *);

/* The stream has come to its end, its checksum included. */
bool gunzip_whole(const struct gunzip *);

/* Add t, packed as one member, to b. level is 1 (fast) to 9 (small). */
void gzip_pack(struct buf *b, struct text t, int level);

#endif
