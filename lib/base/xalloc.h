/*
 * xalloc.h - memory, or the end of the tool
 *
 * Allocation is the one failure that is not reported upwards: the x functions
 * say so on standard error and exit 2.
 */
#ifndef KPIPE_XALLOC_H
#define KPIPE_XALLOC_H

#include <stddef.h>

/* nr objects of size bytes, zeroed; the product is checked. */
void *xcalloc(size_t nr, size_t size);
/* p grown or shrunk to nr objects of size bytes; new bytes are undefined. */
void *xreallocarray(void *p, size_t nr, size_t size);
/*
 * p with room for one element more behind nr: grown by doubling, and *cap with
 * it, when nr has reached *cap. Starts as NULL and 0.
 */
void *xgrow(void *p, size_t nr, size_t *cap, size_t size);
char *xstrdup(const char *s);
/* A NUL-terminated copy of len bytes. */
char *xstrndup(const char *s, size_t len);
/* For what a library could not allocate. */
_Noreturn void xalloc_fail(void);

#endif
