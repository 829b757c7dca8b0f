#include "hubspot/properties.h"

#include <stdlib.h>

#include "base/http.h"
#include "base/json.h"
#include "base/map.h"
#include "base/xalloc.h"

struct properties {
	struct map *set; /* keeps the order they came in */
};

struct properties *
properties_new(void)
{
	struct properties *n = xcalloc(1, sizeof(*n));

	n->set = map_new();
	return n;
}

void
properties_free(struct properties *n)
{
	if (n == NULL)
		return;
	map_free(n->set);
	free(n);
}

void
properties_add(struct properties *n, struct text name)
{
	map_intern(n->set, name, NULL);
}

int
properties_add_list(struct properties *n, struct text list, struct fault *f)
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
		properties_add(n, name);
		if (comma == NULL)
			return 0;
		list.len -= (size_t)(comma + 1 - list.p);
		list.p = comma + 1;
	}
}

size_t
properties_nr(const struct properties *n)
{
	return n == NULL ? 0 : map_size(n->set);
}

void
properties_put_query(const struct properties *n, struct buf *b)
{
	size_t i;

	for (i = 0; i < properties_nr(n); i++) {
		if (i > 0)
			buf_char(b, ',');
		http_escape(b, map_key(n->set, i));
	}
}

void
properties_put(const struct properties *n, struct buf *b)
{
	size_t i;

	if (properties_nr(n) == 0)
		return;
	json_key(b, "properties");
	json_open_array(b);
	for (i = 0; i < properties_nr(n); i++)
		json_put_text(b, map_key(n->set, i));
	json_close_array(b);
}
