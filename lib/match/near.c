#include "match/near.h"

#include <stdbool.h>
#include <stdlib.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include "base/xalloc.h"
#include "match/jaro_winkler.h"
#include "match/letters.h"

#define BAG_MAX	 255	 /* code points that a bag can count */
#define ROUNDING 1e-9	 /* more than sums of a few doubles can be off */
#define NEVER	 BAG_MAX /* no two names share so many */

/* No code points, and not the same. */
#define PAST_ASKED UINT32_MAX
#define PAST_OTHER (UINT32_MAX - 1)

/* How many code points of each class a name has, and those it begins with. */
struct bag {
	uint8_t nr[LETTER_CLASSES];
	uint32_t start[WINKLER_PREFIX];
};

/* From how many shared code points on a pair counts, by what they begin with */
struct enough {
	uint8_t shared[BAG_MAX + 1][WINKLER_PREFIX + 1]; /* by the length */
};

struct near {
	const struct name *const *name;
	size_t nr;
	double least;
	size_t *order;	 /* names by length; those of equal length by index */
	struct bag *bag; /* in that order */
	size_t first[BAG_MAX + 3];	/* in order, by length */
	struct enough *enough[BAG_MAX]; /* by the length asked for */
	struct near_hit *hit;
	size_t hits, cap;
	unsigned char *scratch;
	size_t scratch_cap;
	size_t longest;
};

/* past is what stands behind a name that is shorter than a prefix. */
static void
bag_fill(struct bag *bag, const struct name *name, uint32_t past)
{
	uint32_t c;
	size_t i;

	*bag = (struct bag){ { 0 }, { 0 } };
	for (i = 0; i < name->points; i++) {
		c = name->point[i];
		if (c >= 'a' && c <= 'z')
			c -= 'a';
		else
			c = c == ' ' ? 26 : 27 + c % 5;
		bag->nr[c]++;
	}
	for (i = 0; i < WINKLER_PREFIX; i++)
		bag->start[i] = i < name->points ? name->point[i] : past;
}

/* How many code points both begin with, up to WINKLER_PREFIX. */
#ifdef __SSE2__
static inline unsigned
bag_prefix(const struct bag *a, const struct bag *b)
{
	__m128i equal =
	    _mm_cmpeq_epi32(_mm_loadu_si128((const __m128i *)a->start),
		_mm_loadu_si128((const __m128i *)b->start));
	int differ = ~_mm_movemask_ps(_mm_castsi128_ps(equal));

	/* the bits behind the four are all set */
	return (unsigned)__builtin_ctz((unsigned)differ);
}
#else
static inline unsigned
bag_prefix(const struct bag *a, const struct bag *b)
{
	unsigned i;

	for (i = 0; i < WINKLER_PREFIX; i++)
		if (a->start[i] != b->start[i])
			break;
	return i;
}
#endif

/* Names that no bag can count are of one length, the last. */
static size_t
length_of(const struct name *name)
{
	return name->points < BAG_MAX ? name->points : BAG_MAX;
}

static void
sort_by_length(struct near *near)
{
	size_t at[BAG_MAX + 2] = { 0 }, i, length;

	for (i = 0; i < near->nr; i++)
		near->first[length_of(near->name[i]) + 1]++;
	for (length = 0; length <= BAG_MAX; length++)
		near->first[length + 1] += near->first[length];
	memcpy(at, near->first, sizeof(at));
	for (i = 0; i < near->nr; i++) {
		length = length_of(near->name[i]);
		near->order[at[length]++] = i;
	}
}

struct near *
near_new(const struct name *const *name, size_t nr, double least)
{
	struct near *near = xcalloc(1, sizeof(*near));
	size_t i;

	near->name = name;
	near->nr = nr;
	near->least = least;
	near->order = xcalloc(nr, sizeof(*near->order));
	near->bag = xcalloc(nr, sizeof(*near->bag));
	sort_by_length(near);
	for (i = 0; i < nr; i++) {
		if (name[i]->points > near->longest)
			near->longest = name[i]->points;
		bag_fill(&near->bag[i], name[near->order[i]], PAST_OTHER);
	}
	return near;
}

void
near_free(struct near *near)
{
	size_t i;

	if (near == NULL)
		return;
	for (i = 0; i < BAG_MAX; i++)
		free(near->enough[i]);
	free(near->order);
	free(near->bag);
	free(near->hit);
	free(near->scratch);
	free(near);
}

/* For names of a length: with how many shared code points least is reached. */
static struct enough *
make_enough(double least, size_t length)
{
	struct enough *e = xcalloc(1, sizeof(*e));
	size_t other, prefix, shared, most;

	for (other = 0; other < BAG_MAX; other++) {
		most = length < other ? length : other;
		for (prefix = 0; prefix <= WINKLER_PREFIX; prefix++) {
			for (shared = 0; shared <= most; shared++)
				if (jaro_winkler_of(length, other, shared, 0,
					prefix) >= least - ROUNDING)
					break;
			e->shared[other][prefix] =
			    (uint8_t)(shared <= most ? shared : NEVER);
		}
	}
	return e;
}

static void
compare(struct near *near, const struct name *name, size_t index)
{
	const struct name *other = near->name[index];
	double similarity = jaro_winkler(name->point, name->points,
	    other->point, other->points, near->scratch);

	if (similarity < near->least)
		return;
	near->hit =
	    xgrow(near->hit, near->hits, &near->cap, sizeof(*near->hit));
	near->hit[near->hits++] = (struct near_hit){ index, similarity };
}

static void
compare_group(struct near *near, const struct name *name, const struct bag *bag,
    const uint8_t *enough, size_t length)
{
	size_t i;

	for (i = near->first[length]; i < near->first[length + 1]; i++)
		if (letters_shared(bag->nr, near->bag[i].nr) >=
		    enough[bag_prefix(bag, &near->bag[i])])
			compare(near, name, near->order[i]);
}

static int
most_alike_first(const void *a, const void *b)
{
	const struct near_hit *x = a, *y = b;

	if (x->similarity != y->similarity)
		return x->similarity > y->similarity ? -1 : 1;
	return (x->index > y->index) - (x->index < y->index);
}

static void
make_scratch(struct near *near, const struct name *name)
{
	size_t needed = name->points + near->longest + 1;

	if (needed <= near->scratch_cap)
		return;
	near->scratch_cap = needed;
	near->scratch = xreallocarray(near->scratch, needed, 1);
}

size_t
near_find(
    struct near *near, const struct name *name, const struct near_hit **hit)
{
	size_t length = length_of(name), other, i;
	struct enough *enough;
	struct bag bag;

	near->hits = 0;
	make_scratch(near, name);
	if (length == BAG_MAX) {
		for (i = 0; i < near->nr; i++)
			compare(near, name, i);
	} else {
		if (near->enough[length] == NULL)
			near->enough[length] = make_enough(near->least, length);
		enough = near->enough[length];
		bag_fill(&bag, name, PAST_ASKED);
		for (other = 0; other < BAG_MAX; other++)
			if (enough->shared[other][WINKLER_PREFIX] != NEVER)
				compare_group(near, name, &bag,
				    enough->shared[other], other);
		for (i = near->first[BAG_MAX]; i < near->nr; i++)
			compare(near, name, near->order[i]);
	}
	if (near->hits > 1)
		qsort(near->hit, near->hits, sizeof(*near->hit),
		    most_alike_first);
	*hit = near->hit;
	return near->hits;
}
