#include "hubspot/idset.h"

#include <stdlib.h>

#include "base/map.h"
#include "base/xalloc.h"

struct idset {
	uint64_t *slot; /* 0 is empty */
	size_t mask;
	size_t nr;
	struct map *text;
};

struct idset *
idset_new(void)
{
	struct idset *s = xcalloc(1, sizeof(*s));

	s->mask = 63;
	s->slot = xcalloc(s->mask + 1, sizeof(*s->slot));
	return s;
}

void
idset_free(struct idset *s)
{
	if (s == NULL)
		return;
	map_free(s->text);
	free(s->slot);
	free(s);
}

size_t
idset_size(const struct idset *s)
{
	return s->nr + (s->text == NULL ? 0 : map_size(s->text));
}

/* A number whose plain decimal form is id again; 0 for any other text. */
static uint64_t
number_of(struct text id)
{
	uint64_t x = 0;
	size_t i;

	/* 19 digits cannot pass 64 bits */
	if (id.len == 0 || id.len > 19 || id.p[0] == '0')
		return 0;
	for (i = 0; i < id.len; i++) {
		if (id.p[i] < '0' || id.p[i] > '9')
			return 0;
		x = x * 10 + (uint64_t)(id.p[i] - '0');
	}
	return x;
}

/* The slot that holds x, or the empty one where it belongs. */
static uint64_t *
find(const struct idset *s, uint64_t x)
{
	uint64_t h = x * 0x9e3779b97f4a7c15u;
	size_t i;

	for (i = (size_t)(h >> 20) & s->mask;; i = (i + 1) & s->mask)
		if (s->slot[i] == 0 || s->slot[i] == x)
			return &s->slot[i];
}

static void
grow(struct idset *s)
{
	uint64_t *old = s->slot;
	size_t i, nr = s->mask + 1;

	s->mask = nr * 2 - 1;
	s->slot = xcalloc(nr * 2, sizeof(*s->slot));
	for (i = 0; i < nr; i++)
		if (old[i] != 0)
			*find(s, old[i]) = old[i];
	free(old);
}

bool
idset_add(struct idset *s, struct text id)
{
	uint64_t x = number_of(id), *slot;
	bool added;

	if (x == 0) {
		if (s->text == NULL)
			s->text = map_new();
		map_intern(s->text, id, &added);
		return added;
	}
	slot = find(s, x);
	if (*slot == x)
		return false;
	*slot = x;
	/* at most two in three are taken */
	if (++s->nr * 3 > (s->mask + 1) * 2)
		grow(s);
	return true;
}

bool
idset_has(const struct idset *s, struct text id)
{
	uint64_t x = number_of(id);

	if (x == 0)
		return s->text != NULL && map_get(s->text, id) != MAP_NONE;
	return *find(s, x) == x;
}
