/*
 * buf.h - bytes that grow up to a ceiling
 *
 * Adding never fails on the spot: what would pass the ceiling is dropped and
 * remembered in over, which whoever hands the bytes on checks once (buf_check).
 * BUF_SLACK readable bytes follow the data, the first of them NUL, so p is a
 * C string and a vector load may run past the end.
 */
#ifndef KPIPE_BUF_H
#define KPIPE_BUF_H

#include <stdbool.h>
#include <stddef.h>

#include "base/fault.h"
#include "base/text.h"

#define BUF_SLACK 64

struct buf {
	char *p; /* NULL while empty and never added to */
	size_t len;
	size_t cap;
	size_t max; /* ceiling of len */
	bool over;
};

void buf_init(struct buf *, size_t max);
void buf_free(struct buf *);
/* Empty again; keeps its memory. */
void buf_clear(struct buf *);

void buf_add(struct buf *, const void *p, size_t len);
void buf_text(struct buf *, struct text);
void buf_str(struct buf *, const char *s);
void buf_printf(struct buf *, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

/* Room for len bytes more; returns where to write them, NULL past the ceiling.
 * The caller then adds what it wrote to len. */
char *buf_room(struct buf *, size_t len);

static inline void
buf_char(struct buf *b, char c)
{
	if (b->len == b->cap) {
		buf_add(b, &c, 1);
		return;
	}
	b->p[b->len++] = c;
	b->p[b->len] = '\0';
}

/* Errors: FAULT_DATA naming what when something was dropped. */
int buf_check(const struct buf *, const char *what, struct fault *);

static inline struct text
buf_view(const struct buf *b)
{
	return (struct text){ b->p == NULL ? "" : b->p, b->len };
}

#endif
