#include "coach/names.h"

#include <stdlib.h>

#include "base/arena.h"
#include "base/map.h"
#include "base/xalloc.h"

struct name {
	struct text id;
	struct text name;
};

struct names {
	struct map *index; /* of ids */
	struct name *name; /* by that index, until they are sorted */
	size_t cap;
	struct name *sorted;
	struct arena *kept;
};

struct names *
names_new(void)
{
	struct names *n = xcalloc(1, sizeof(*n));

	n->index = map_new();
	n->kept = arena_new();
	return n;
}

void
names_free(struct names *n)
{
	if (n == NULL)
		return;
	map_free(n->index);
	arena_free(n->kept);
	free(n->name);
	free(n->sorted);
	free(n);
}

void
names_put(struct names *n, const struct owner *owner)
{
	size_t index;

	if (owner->archived)
		return;
	index = map_intern(n->index, owner->id, NULL);
	n->name = xgrow(n->name, index, &n->cap, sizeof(*n->name));
	n->name[index].id = map_key(n->index, index);
	n->name[index].name = arena_copy(n->kept, owner->name);
}

size_t
names_nr(const struct names *n)
{
	return map_size(n->index);
}

struct text
names_get(const struct names *n, struct text id)
{
	size_t index = map_get(n->index, id);

	return index == MAP_NONE ? (struct text){ NULL, 0 }
				 : n->name[index].name;
}

static int
by_id(const void *a, const void *b)
{
	return text_compare(
	    ((const struct name *)a)->id, ((const struct name *)b)->id);
}

void
names_sort(struct names *n)
{
	size_t nr = names_nr(n);

	if (nr == 0)
		return;
	n->sorted = xreallocarray(n->sorted, nr, sizeof(*n->sorted));
	memcpy(n->sorted, n->name, nr * sizeof(*n->sorted));
	qsort(n->sorted, nr, sizeof(*n->sorted), by_id);
}

void
names_at(const struct names *n, size_t i, struct text *id, struct text *name)
{
	*id = n->sorted[i].id;
	*name = n->sorted[i].name;
}
