#include "table/columns.h"

#include <stdbool.h>
#include <stdlib.h>

#include "base/map.h"
#include "base/xalloc.h"

/* Up to the first of stops that no \ stands before, which *t then starts with. */
static struct text
take_until(struct text *t, const char *stops)
{
	struct text taken = { t->p, 0 };

	while (taken.len < t->len && strchr(stops, t->p[taken.len]) == NULL) {
		if (t->p[taken.len] == '\\' && taken.len + 1 < t->len)
			taken.len++;
		taken.len++;
	}
	t->p += taken.len;
	t->len -= taken.len;
	return taken;
}

/* Blanks off both ends, but for one that \ keeps at the end. */
static struct text
trim(struct text t)
{
	struct text bare = text_trim(t);
	size_t slashes = 0;

	while (slashes < bare.len && bare.p[bare.len - 1 - slashes] == '\\')
		slashes++;
	if (slashes % 2 == 1 && bare.p + bare.len < t.p + t.len)
		bare.len++;
	return bare;
}

static char *
unescape(struct text t)
{
	char *copy = xstrndup(t.p, t.len), *o = copy, *p = copy;

	for (; *p != '\0'; p++) {
		if (*p == '\\' && p[1] != '\0')
			p++;
		*o++ = *p;
	}
	*o = '\0';
	return copy;
}

static int
add_column(struct columns *c, struct text item, struct fault *f)
{
	struct text rest = item, header, path;

	header = trim(take_until(&rest, "="));
	path = header;
	if (rest.len > 0)
		path = trim((struct text){ rest.p + 1, rest.len - 1 });
	if (header.len == 0 || path.len == 0)
		return fault_set(f, FAULT_USAGE, "column '%.*s' lacks its %s",
		    TEXT_ARG(item), header.len == 0 ? "header" : "path");
	c->column = xreallocarray(c->column, c->nr + 1, sizeof(*c->column));
	c->column[c->nr++] = (struct column){ unescape(header),
		xstrndup(path.p, path.len), unescape(path) };
	return 0;
}

static int
check_headers(const struct columns *c, struct fault *f)
{
	struct map *seen = map_new();
	size_t i;
	bool added = true;

	for (i = 0; i < c->nr && added; i++)
		map_intern(seen, text_of(c->column[i].header), &added);
	map_free(seen);
	if (added)
		return 0;
	return fault_set(f, FAULT_USAGE,
	    "column '%s' is there twice; give one another header: HEADER=PATH",
	    c->column[i - 1].header);
}

int
columns_parse(struct columns *c, struct text t, struct fault *f)
{
	struct text item;
	bool line_starts = true;

	*c = (struct columns){ 0 };
	while (t.len > 0) {
		if (line_starts && text_trim(t).len > 0 &&
		    *text_trim(t).p == '#')
			take_until(&t, "\n");
		item = trim(take_until(&t, ",\n"));
		if (item.len > 0 && add_column(c, item, f) == -1)
			goto bad;
		if (t.len > 0) {
			line_starts = *t.p == '\n';
			t.p++;
			t.len--;
		}
	}
	if (c->nr == 0) {
		fault_set(f, FAULT_USAGE, "no columns are named");
		goto bad;
	}
	if (check_headers(c, f) == 0)
		return 0;
bad:
	columns_free(c);
	return -1;
}

void
columns_free(struct columns *c)
{
	size_t i;

	for (i = 0; i < c->nr; i++) {
		free(c->column[i].header);
		free(c->column[i].path);
		free(c->column[i].name);
	}
	free(c->column);
	*c = (struct columns){ 0 };
}

int
columns_replace(void *into, struct text t, struct fault *f)
{
	columns_free(into);
	return columns_parse(into, t, f);
}
