#include "hubspot/names.h"

#include <stdlib.h>

#include "base/http.h"
#include "base/json.h"
#include "base/map.h"
#include "base/xalloc.h"

struct names {
	struct map *set; /* keeps the order they came in */
};

struct names *
names_new(void)
{
	struct names *n = xcalloc(1, sizeof(*n));

	n->set = map_new();
	return n;
}

void
names_free(struct names *n)
{
	if (n == NULL)
		return;
	map_free(n->set);
	free(n);
}

void
names_add(struct names *n, struct text name)
{
	map_intern(n->set, name, NULL);
}

int
names_add_list(struct names *n, struct text list, struct fault *f)
{
	const char *comma;
	struct text name;
	size_t i;

	for (;;) {
		comma = memchr(list.p, ',', list.len);
		name = list;
		if (comma != NULL)
			name.len = (size_t)(comma - list.p);
		name = text_trim(name);
		for (i = 0; i < name.len && name.p[i] > ' '; i++)
			;
		if (name.len == 0 || i < name.len)
			return fault_set(f, FAULT_USAGE,
			    "'%.*s' is no name of a property", TEXT_ARG(name));
		names_add(n, name);
		if (comma == NULL)
			return 0;
		list.len -= (size_t)(comma + 1 - list.p);
		list.p = comma + 1;
	}
}

size_t
names_nr(const struct names *n)
{
	return n == NULL ? 0 : map_size(n->set);
}

void
names_put_query(const struct names *n, struct buf *b)
{
	size_t i;

	for (i = 0; i < names_nr(n); i++) {
		if (i > 0)
			buf_char(b, ',');
		http_escape(b, map_key(n->set, i));
	}
}

void
names_put(const struct names *n, struct buf *b)
{
	size_t i;

	if (names_nr(n) == 0)
		return;
	json_key(b, "properties");
	json_open_array(b);
	for (i = 0; i < names_nr(n); i++)
		json_put_text(b, map_key(n->set, i));
	json_close_array(b);
}
