/*
 * arena.h - memory that is given back all at once and never moves meanwhile
 */
#ifndef KPIPE_ARENA_H
#define KPIPE_ARENA_H

#include <stddef.h>

#include "base/text.h"

struct arena;

struct arena *arena_new(void);
void arena_free(struct arena *);

/* len bytes, not zeroed, aligned for any type; good until arena_clear. */
void *arena_alloc(struct arena *, size_t len);
/* A NUL-terminated copy. */
struct text arena_copy(struct arena *, struct text);
/* Text made as printf does, kept in the same way. */
const char *arena_printf(struct arena *, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));
/* Everything is given back; memory for the next round is kept. */
void arena_clear(struct arena *);

#endif
