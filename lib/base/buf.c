#include "base/buf.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"

void
buf_init(struct buf *b, size_t max)
{
	*b = (struct buf){ .max = max };
}

void
buf_free(struct buf *b)
{
	free(b->p);
	buf_init(b, b->max);
}

void
buf_clear(struct buf *b)
{
	b->len = 0;
	b->over = false;
	if (b->p != NULL)
		memset(b->p, 0, BUF_SLACK);
}

char *
buf_room(struct buf *b, size_t len)
{
	size_t cap;

	if (len > b->max || b->len > b->max - len) {
		b->over = true;
		return NULL;
	}
	if (b->p == NULL || b->len + len > b->cap) {
		cap = b->cap < 256 ? 256 : b->cap * 2;
		if (cap < b->len + len)
			cap = b->len + len;
		if (cap > b->max)
			cap = b->max;
		b->p = xreallocarray(b->p, cap + BUF_SLACK, 1);
		b->cap = cap;
		memset(b->p + b->len, 0, cap - b->len + BUF_SLACK);
	}
	return b->p + b->len;
}

void
buf_add(struct buf *b, const void *p, size_t len)
{
	char *room = buf_room(b, len);

	if (room == NULL || len == 0)
		return;
	memcpy(room, p, len);
	b->len += len;
	b->p[b->len] = '\0';
}

void
buf_text(struct buf *b, struct text t)
{
	buf_add(b, t.p, t.len);
}

void
buf_str(struct buf *b, const char *s)
{
	buf_add(b, s, strlen(s));
}

void
buf_printf(struct buf *b, const char *fmt, ...)
{
	va_list ap;
	char *room;
	int len;

	va_start(ap, fmt);
	len = vsnprintf(NULL, 0, fmt, ap);
	va_end(ap);
	if (len < 0 || (room = buf_room(b, (size_t)len)) == NULL)
		return;
	va_start(ap, fmt);
	vsnprintf(room, (size_t)len + 1, fmt, ap);
	va_end(ap);
	b->len += (size_t)len;
}

int
buf_check(const struct buf *b, const char *what, struct fault *f)
{
	if (!b->over)
		return 0;
	return fault_set(
	    f, FAULT_DATA, "%s is larger than %zu bytes", what, b->max);
}
