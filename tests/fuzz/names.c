/*
 * names: any bytes have forms that stay when taken again, whatever the
 * normalization form of the input; similarity is symmetric, in its range, and
 * the nearest are found as by comparing with all
 */
#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/unicode.h"
#include "base/xalloc.h"
#include "match/jaro_winkler.h"
#include "match/near.h"
#include "match/rivals.h"

#define NAMES_MAX 64
#define LEAST	  0.8

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

static void
check_forms(const struct name *name, struct text raw, struct arena *keep)
{
	struct code_points points = { 0 };
	struct name again;
	struct buf b;
	size_t i;

	name_make(&again, name->plain, keep);
	assert(text_equal(again.plain, name->plain));
	assert(text_equal(again.loose, name->loose));
	name_make(&again, name->loose, keep);
	assert(text_equal(again.loose, name->loose));
	assert(text_equal(again.sorted, name->sorted));
	assert(name->nr <= name->loose.len / 2 + 1);
	assert((name->nr == 0) == (name->sorted.len == 0));

	/* as UTF-8, and composed */
	buf_init(&b, SIZE_MAX / 2);
	unicode_decode(&points, raw);
	unicode_compose(&points);
	unicode_encode(&points, &b);
	name_make(&again, buf_view(&b), keep);
	assert(text_equal(again.plain, name->plain));
	for (i = 0; i < points.nr; i++)
		assert(unicode_fold(unicode_fold(points.p[i])) ==
		       unicode_fold(points.p[i]));
	buf_free(&b);
	code_points_free(&points);
}

static double
alike(const struct name *a, const struct name *b)
{
	unsigned char *scratch = xcalloc(a->points + b->points + 1, 1);
	double x =
	    jaro_winkler(a->point, a->points, b->point, b->points, scratch);

	free(scratch);
	return x;
}

static void
check_near(struct near *near, const struct name *const *all, size_t nr,
    const struct name *name)
{
	const struct near_hit *hit;
	size_t hits = near_find(near, name, &hit), i, found = 0;
	double x;

	for (i = 0; i < nr; i++) {
		x = alike(name, all[i]);
		assert(x >= 0 && x <= 1 && x == alike(all[i], name));
		assert(!text_equal(name->sorted, all[i]->sorted) ||
		       name->points == 0 || x == 1);
		found += x >= LEAST;
	}
	assert(found == hits);
	for (i = 0; i < hits; i++) {
		assert(hit[i].similarity == alike(name, all[hit[i].index]));
		assert(i == 0 || hit[i].similarity <= hit[i - 1].similarity);
	}
}

static size_t
count_words(const struct name *name)
{
	size_t i, nr = 1;

	for (i = 0; i < name->loose.len; i++)
		nr += name->loose.p[i] == ' ';
	return nr;
}

/* Whoever is found is found for a reason, and a name means itself. */
static void
check_rivals(struct rivals *rivals, size_t nr, const struct name *name)
{
	unsigned bound;
	size_t at;

	rivals_ask(rivals, name);
	for (bound = 0; bound <= RIVALS_MOST; bound++)
		for (at = 0; rivals_next(rivals, bound, &at); at++)
			assert(at < nr && rivals_mistakes(rivals, at) <= bound);
}

/* The input is names, a line each. */
int
LLVMFuzzerTestOneInput(const uint8_t *p, size_t len)
{
	struct name name[NAMES_MAX];
	const struct name *all[NAMES_MAX];
	const char *at = (const char *)p, *end = at + len, *newline;
	struct arena *keep = arena_new();
	struct rivals *rivals;
	struct near *near;
	struct text raw;
	size_t nr, i;

	for (nr = 0; at < end && nr < NAMES_MAX; nr++, at = newline + 1) {
		newline = memchr(at, '\n', (size_t)(end - at));
		if (newline == NULL)
			newline = end;
		raw = (struct text){ at, (size_t)(newline - at) };
		if (raw.len > NAME_MAX_LEN)
			raw.len = NAME_MAX_LEN;
		name_make(&name[nr], raw, keep);
		check_forms(&name[nr], raw, keep);
		all[nr] = &name[nr];
	}
	near = near_new(all, nr, LEAST);
	for (i = 0; i < nr; i++)
		check_near(near, all, nr, all[i]);
	rivals = rivals_new(all, nr);
	for (i = 0; i < nr; i++) {
		check_rivals(rivals, nr, all[i]);
		assert(rivals_mistakes(rivals, i) == 0 ||
		       count_words(all[i]) > RIVALS_WORDS);
	}
	rivals_free(rivals);
	near_free(near);
	arena_free(keep);
	return 0;
}
