#include "base/arena.h"

#include <stdalign.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"

#define CHUNK ((size_t)4096)
#define ALIGN alignof(max_align_t)

struct chunk {
	struct chunk *next;
	size_t cap;
	size_t len;
	alignas(max_align_t) char p[];
};

struct arena {
	struct chunk *chunk; /* the one in use, older ones behind it */
};

struct arena *
arena_new(void)
{
	return xcalloc(1, sizeof(struct arena));
}

static void
free_chunks(struct chunk *chunk)
{
	struct chunk *next;

	for (; chunk != NULL; chunk = next) {
		next = chunk->next;
		free(chunk);
	}
}

void
arena_free(struct arena *a)
{
	if (a == NULL)
		return;
	free_chunks(a->chunk);
	free(a);
}

void *
arena_alloc(struct arena *a, size_t len)
{
	struct chunk *chunk = a->chunk;
	size_t cap;
	void *p;

	len = (len + ALIGN - 1) / ALIGN * ALIGN;
	if (chunk == NULL || chunk->cap - chunk->len < len) {
		cap = chunk == NULL ? CHUNK : chunk->cap * 2;
		if (cap < len)
			cap = len;
		chunk = xreallocarray(NULL, sizeof(*chunk) + cap, 1);
		*chunk = (struct chunk){ a->chunk, cap, 0 };
		a->chunk = chunk;
	}
	p = chunk->p + chunk->len;
	chunk->len += len;
	return p;
}

struct text
arena_copy(struct arena *a, struct text t)
{
	char *p = arena_alloc(a, t.len + 1);

	if (t.len > 0)
		memcpy(p, t.p, t.len);
	p[t.len] = '\0';
	return (struct text){ p, t.len };
}

const char *
arena_printf(struct arena *a, const char *fmt, ...)
{
	struct text t;
	char *text;
	va_list ap;

	va_start(ap, fmt);
	if (vasprintf(&text, fmt, ap) == -1)
		xalloc_fail();
	va_end(ap);
	t = arena_copy(a, text_of(text));
	free(text);
	return t.p;
}

void
arena_clear(struct arena *a)
{
	if (a->chunk == NULL)
		return;
	/* the newest is the largest */
	free_chunks(a->chunk->next);
	a->chunk->next = NULL;
	a->chunk->len = 0;
}
