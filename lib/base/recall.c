#include "base/recall.h"

#include <stdint.h>
#include <stdlib.h>

#include "base/xalloc.h"

struct place {
	unsigned char text_len;
	unsigned char answer_len;
	bool taken;
	char text[RECALL_MAX];
	char answer[RECALL_MAX];
};

struct recall {
	struct place *place;
	size_t mask;
};

struct recall *
recall_new(size_t places)
{
	struct recall *r = xcalloc(1, sizeof(*r));

	r->place = xcalloc(places, sizeof(*r->place));
	r->mask = places - 1;
	return r;
}

void
recall_free(struct recall *r)
{
	if (r == NULL)
		return;
	free(r->place);
	free(r);
}

static uint64_t
mix(uint64_t hash, const char *p, size_t len)
{
	uint64_t word = 0;

	memcpy(&word, p, len);
	hash = (hash ^ word) * UINT64_C(0x9e3779b97f4a7c15);
	return hash ^ hash >> 32;
}

static struct place *
place_of(const struct recall *r, struct text t)
{
	uint64_t hash = t.len;
	size_t at;

	for (at = 0; at + 8 < t.len; at += 8)
		hash = mix(hash, t.p + at, 8);
	/* the last eight, some of them once more */
	hash =
	    t.len >= 8 ? mix(hash, t.p + t.len - 8, 8) : mix(hash, t.p, t.len);
	return &r->place[hash & r->mask];
}

bool
recall_get(struct recall *r, struct text t, struct text *answer)
{
	const struct place *place;

	if (t.len > RECALL_MAX)
		return false;
	place = place_of(r, t);
	if (!place->taken ||
	    !text_equal(t, (struct text){ place->text, place->text_len }))
		return false;
	*answer = (struct text){ place->answer, place->answer_len };
	return true;
}

void
recall_put(struct recall *r, struct text t, struct text answer)
{
	struct place *place;

	if (t.len > RECALL_MAX || answer.len > RECALL_MAX)
		return;
	place = place_of(r, t);
	place->taken = true;
	place->text_len = (unsigned char)t.len;
	place->answer_len = (unsigned char)answer.len;
	if (t.len > 0)
		memcpy(place->text, t.p, t.len);
	if (answer.len > 0)
		memcpy(place->answer, answer.p, answer.len);
}
