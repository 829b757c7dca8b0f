#include "base/map.h"

#include <stdint.h>
#include <stdlib.h>

#include "base/xalloc.h"

struct entry {
	char *key;
	size_t len;
	size_t value;
	uint64_t hash;
};

struct map {
	struct entry *entry; /* in order of insertion */
	size_t nr;
	size_t cap;
	uint32_t *slot; /* 0 is empty, else index + 1 */
	size_t mask;
};

static uint64_t
hash_of(struct text t)
{
	uint64_t h = 0x9e3779b97f4a7c15u ^ t.len, word;
	size_t i;

	for (i = 0; i + 8 <= t.len; i += 8) {
		memcpy(&word, t.p + i, 8);
		h = (h ^ word) * 0xff51afd7ed558ccdu;
		h ^= h >> 32;
	}
	if (i < t.len) {
		word = 0;
		memcpy(&word, t.p + i, t.len - i);
		h = (h ^ word) * 0xc4ceb9fe1a85ec53u;
		h ^= h >> 29;
	}
	return h;
}

struct map *
map_new(void)
{
	struct map *m = xcalloc(1, sizeof(*m));

	m->mask = 63;
	m->slot = xcalloc(m->mask + 1, sizeof(*m->slot));
	return m;
}

void
map_free(struct map *m)
{
	size_t i;

	if (m == NULL)
		return;
	for (i = 0; i < m->nr; i++)
		free(m->entry[i].key);
	free(m->entry);
	free(m->slot);
	free(m);
}

size_t
map_size(const struct map *m)
{
	return m->nr;
}

/* The slot that holds key, or the empty one where it belongs. */
static uint32_t *
find(const struct map *m, struct text key, uint64_t hash)
{
	const struct entry *e;
	size_t i;

	for (i = hash & m->mask;; i = (i + 1) & m->mask) {
		if (m->slot[i] == 0)
			return &m->slot[i];
		e = &m->entry[m->slot[i] - 1];
		if (e->hash == hash && e->len == key.len &&
		    memcmp(e->key, key.p, key.len) == 0)
			return &m->slot[i];
	}
}

static void
grow(struct map *m)
{
	size_t i, j;

	free(m->slot);
	m->mask = m->mask * 2 + 1;
	m->slot = xcalloc(m->mask + 1, sizeof(*m->slot));
	for (i = 0; i < m->nr; i++) {
		j = m->entry[i].hash & m->mask;
		while (m->slot[j] != 0)
			j = (j + 1) & m->mask;
		m->slot[j] = (uint32_t)(i + 1);
	}
}

size_t
map_get(const struct map *m, struct text key)
{
	const uint32_t *slot = find(m, key, hash_of(key));

	return *slot == 0 ? MAP_NONE : m->entry[*slot - 1].value;
}

size_t
map_intern(struct map *m, struct text key, bool *added)
{
	uint64_t hash = hash_of(key);
	uint32_t *slot = find(m, key, hash);
	struct entry *e;

	if (added != NULL)
		*added = *slot == 0;
	if (*slot != 0)
		return *slot - 1;
	if (m->nr == m->cap) {
		m->cap = m->cap == 0 ? 64 : m->cap * 2;
		m->entry = xreallocarray(m->entry, m->cap, sizeof(*m->entry));
	}
	e = &m->entry[m->nr];
	e->key = xstrndup(key.p, key.len);
	e->len = key.len;
	e->hash = hash;
	e->value = m->nr;
	*slot = (uint32_t)++m->nr;
	if (m->nr * 2 > m->mask)
		grow(m);
	return m->nr - 1;
}

void
map_put(struct map *m, struct text key, size_t value)
{
	/* interning may move the entries */
	size_t index = map_intern(m, key, NULL);

	m->entry[index].value = value;
}

struct text
map_key(const struct map *m, size_t index)
{
	return (struct text){ m->entry[index].key, m->entry[index].len };
}
