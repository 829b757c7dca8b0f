#define _DEFAULT_SOURCE
#include "base/xalloc.h"

#include <err.h>
#include <stdlib.h>
#include <string.h>

#define EXIT_UNUSABLE 2

_Noreturn void
xalloc_fail(void)
{
	errx(EXIT_UNUSABLE, "out of memory");
}

void *
xcalloc(size_t nr, size_t size)
{
	void *p = calloc(nr ? nr : 1, size ? size : 1);

	if (p == NULL)
		xalloc_fail();
	return p;
}

void *
xreallocarray(void *p, size_t nr, size_t size)
{
	p = reallocarray(p, nr ? nr : 1, size ? size : 1);
	if (p == NULL)
		xalloc_fail();
	return p;
}

void *
xgrow(void *p, size_t nr, size_t *cap, size_t size)
{
	if (nr < *cap)
		return p;
	*cap = *cap == 0 ? 64 : *cap * 2;
	return xreallocarray(p, *cap, size);
}

char *
xstrdup(const char *s)
{
	return xstrndup(s, strlen(s));
}

char *
xstrndup(const char *s, size_t len)
{
	char *copy = xcalloc(len + 1, 1);

	memcpy(copy, s, len);
	return copy;
}
