#include "sandbox/limit.h"

#include <stdlib.h>

#include "base/xalloc.h"

void
limit_init(struct limit *l, const char *name, unsigned nr, int64_t window_us)
{
	*l = (struct limit){ .name = name, .nr = nr, .window_us = window_us };
}

void
limit_free(struct limit *l)
{
	free(l->at_us);
	l->at_us = NULL;
}

void
limit_move(struct limit *l, int64_t now_us)
{
	while (l->used > 0 && now_us - l->at_us[l->head] >= l->window_us) {
		l->head = (l->head + 1) % l->room;
		l->used--;
	}
}

static uint64_t
counted(const struct limit *l)
{
	return l->window_us == 0 ? l->total : l->used;
}

bool
limit_full(const struct limit *l)
{
	return l->nr > 0 && counted(l) >= l->nr;
}

static void
grow(struct limit *l)
{
	size_t room = l->room == 0 ? 64 : l->room * 2, i;
	int64_t *at_us = xcalloc(room, sizeof(*at_us));

	for (i = 0; i < l->used; i++)
		at_us[i] = l->at_us[(l->head + i) % l->room];
	free(l->at_us);
	l->at_us = at_us;
	l->room = room;
	l->head = 0;
}

void
limit_add(struct limit *l, int64_t now_us)
{
	l->total++;
	if (l->window_us == 0)
		return;
	if (l->used == l->room)
		grow(l);
	l->at_us[(l->head + l->used++) % l->room] = now_us;
	if (l->used > l->peak)
		l->peak = l->used;
}

unsigned
limit_left(const struct limit *l)
{
	uint64_t used = counted(l);

	return used >= l->nr ? 0 : l->nr - (unsigned)used;
}

int64_t
limit_wait_us(const struct limit *l, int64_t now_us)
{
	return l->used == 0 ? 0 : l->at_us[l->head] + l->window_us - now_us;
}
