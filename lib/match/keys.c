#include "match/keys.h"

#include <stdlib.h>

#include "base/map.h"
#include "base/xalloc.h"

struct link {
	size_t number;
	size_t next;
};

struct keys {
	struct map *map; /* to an index of ends */
	struct ends {
		size_t first, last;
	} * ends;
	size_t nr, cap;
	struct link *link;
	size_t links, link_cap;
};

struct keys *
keys_new(void)
{
	struct keys *k = xcalloc(1, sizeof(*k));

	k->map = map_new();
	return k;
}

void
keys_free(struct keys *k)
{
	if (k == NULL)
		return;
	map_free(k->map);
	free(k->ends);
	free(k->link);
	free(k);
}

void
keys_add(struct keys *k, struct text key, size_t number)
{
	bool added;
	size_t i = map_intern(k->map, key, &added);

	k->link = xgrow(k->link, k->links, &k->link_cap, sizeof(*k->link));
	k->link[k->links] = (struct link){ number, KEYS_END };
	if (added) {
		k->ends = xgrow(k->ends, k->nr++, &k->cap, sizeof(*k->ends));
		k->ends[i].first = k->links;
	} else {
		k->link[k->ends[i].last].next = k->links;
	}
	k->ends[i].last = k->links++;
}

size_t
keys_first(const struct keys *k, struct text key)
{
	size_t i = map_get(k->map, key);

	return i == MAP_NONE ? KEYS_END : k->ends[i].first;
}

size_t
keys_next(const struct keys *k, size_t place)
{
	return k->link[place].next;
}

size_t
keys_at(const struct keys *k, size_t place)
{
	return k->link[place].number;
}
