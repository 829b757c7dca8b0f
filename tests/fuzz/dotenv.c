/*
 * Any bytes: keys and values lie inside them, are trimmed, and hold nothing
 * that an environment cannot.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "env/dotenv.h"

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

static void
inside(struct text part, struct text whole)
{
	if (part.p < whole.p || part.p + part.len > whole.p + whole.len)
		abort();
	if (memchr(part.p, '\0', part.len) != NULL ||
	    memchr(part.p, '\n', part.len) != NULL)
		abort();
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	struct text whole = { (const char *)data, len }, key, value;
	struct fault f;
	struct dotenv d;
	size_t line = 0;
	int more;

	if (len == 0)
		whole.p = "";
	dotenv_init(&d, whole);
	while ((more = dotenv_next(&d, &key, &value, &f)) != 0) {
		if (d.line <= line)
			abort();
		line = d.line;
		if (more == -1)
			continue;
		inside(key, whole);
		inside(value, whole);
		if (key.len == 0 || key.p[0] == '#' ||
		    memchr(key.p, '=', key.len) != NULL)
			abort();
	}
	return 0;
}
