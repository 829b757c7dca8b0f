/*
 * keys.h - which members of a list have a key: a map to several numbers
 */
#ifndef KPIPE_MATCH_KEYS_H
#define KPIPE_MATCH_KEYS_H

#include <stddef.h>

#include "base/text.h"

#define KEYS_END ((size_t)-1)

struct keys;

struct keys *keys_new(void);
/* Takes NULL. */
void keys_free(struct keys *);

void keys_add(struct keys *, struct text key, size_t number);
/* In the order in which they were added: a place, or KEYS_END. */
size_t keys_first(const struct keys *, struct text key);
size_t keys_next(const struct keys *, size_t place);
/* The number at a place. */
size_t keys_at(const struct keys *, size_t place);

#endif
