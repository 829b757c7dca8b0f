/*
 * map.h - a hash table from text to a number, which keeps its keys
 *
 * The number is usually the index of an element in the caller's own array.
 * Iteration is in the order of first insertion.
 */
#ifndef KPIPE_MAP_H
#define KPIPE_MAP_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"

#define MAP_NONE ((size_t)-1)

struct map;

struct map *map_new(void);
void map_free(struct map *);
size_t map_size(const struct map *);

/* The number at key, MAP_NONE when there is none. */
size_t map_get(const struct map *, struct text key);
/* Set it. */
void map_put(struct map *, struct text key, size_t value);
/*
 * The index of key in order of first insertion, inserted when it is new (its
 * number is then that index); *added, which may be NULL, says so.
 */
size_t map_intern(struct map *, struct text key, bool *added);
/* The key inserted as index-th; good while the map lives. NUL-terminated. */
struct text map_key(const struct map *, size_t index);

#endif
