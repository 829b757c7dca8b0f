#include "env/dotenv.h"

#include <string.h>

static const char mark[] = "\xef\xbb\xbf";

void
dotenv_init(struct dotenv *d, struct text t)
{
	size_t len = sizeof(mark) - 1;

	if (t.len >= len && memcmp(t.p, mark, len) == 0)
		t = (struct text){ t.p + len, t.len - len };
	*d = (struct dotenv){ .rest = t };
}

static struct text
next_line(struct dotenv *d)
{
	struct text line = d->rest;
	const char *end = memchr(line.p, '\n', line.len);

	if (end == NULL) {
		d->rest = (struct text){ line.p + line.len, 0 };
	} else {
		line.len = (size_t)(end - line.p);
		d->rest.p = end + 1;
		d->rest.len -= line.len + 1;
	}
	d->line++;
	return line;
}

static struct text
strip(struct text t, char quote)
{
	while (t.len > 0 && t.p[0] == quote) {
		t.p++;
		t.len--;
	}
	while (t.len > 0 && t.p[t.len - 1] == quote)
		t.len--;
	return t;
}

int
dotenv_next(
    struct dotenv *d, struct text *key, struct text *value, struct fault *f)
{
	struct text line;
	const char *equals;

	while (d->rest.len > 0) {
		line = text_trim(next_line(d));
		if (line.len == 0 || line.p[0] == '#')
			continue;
		equals = memchr(line.p, '=', line.len);
		if (equals == NULL)
			continue;
		if (memchr(line.p, '\0', line.len) != NULL)
			return fault_set(
			    f, FAULT_DATA, "%zu: a NUL byte", d->line);
		*key = text_trim(
		    (struct text){ line.p, (size_t)(equals - line.p) });
		if (key->len == 0)
			return fault_set(f, FAULT_DATA,
			    "%zu: no name before the '='", d->line);
		*value = text_trim((struct text){
		    equals + 1, line.len - (size_t)(equals + 1 - line.p) });
		*value = strip(strip(*value, '"'), '\'');
		return 1;
	}
	return 0;
}
