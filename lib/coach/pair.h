/*
 * pair.h - one key made of several texts
 */
#ifndef KPIPE_PAIR_H
#define KPIPE_PAIR_H

#include <stdint.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"

#define PAIR_ROOM 128

/*
 * A key that differs whenever one of the three texts or the number does, for a
 * map. It lies in room, or where it does not fit in the arena.
 */
static inline struct text
pair_key(char room[PAIR_ROOM], struct arena *scratch, struct text a,
    struct text b, struct text c, uint32_t number)
{
	uint32_t head[3] = { (uint32_t)a.len, (uint32_t)b.len, number };
	size_t len = sizeof(head) + a.len + b.len + c.len;
	char *p = len <= PAIR_ROOM ? room : arena_alloc(scratch, len);
	char *o = p + sizeof(head);

	memcpy(p, head, sizeof(head));
	if (a.len > 0)
		memcpy(o, a.p, a.len);
	if (b.len > 0)
		memcpy(o + a.len, b.p, b.len);
	if (c.len > 0)
		memcpy(o + a.len + b.len, c.p, c.len);
	return (struct text){ p, len };
}

#endif
