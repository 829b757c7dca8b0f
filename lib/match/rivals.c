#include "match/rivals.h"

#include <stdbool.h>
#include <stdlib.h>

#include "base/unicode.h"
#include "base/xalloc.h"
#include "match/letters.h"

#define COUNT_MAX 255
#define TOO_MANY  (RIVALS_MOST + 1)
#define TRIES_MAX 2000 /* of words on words: far more than names need */

struct word {
	const uint32_t *p;
	size_t len;
};

/* What shows at once that two names are far apart. */
struct outline {
	uint64_t mask; /* a bit for each word of more than a letter */
	uint8_t letter[LETTER_CLASSES];
	uint32_t points;
	bool has_initial;
};

/* A name as it is written, without blanks, and its words. */
struct words {
	uint32_t *point;
	size_t points;
	struct word *word; /* without jr and the like */
	size_t nr;
	struct outline outline;
	uint8_t letter[LETTER_CLASSES]; /* of the words */
	unsigned letters;		/* all of those */
};

struct rivals {
	struct arena *keep, *scratch;
	struct words *name;
	struct outline *outline; /* the same as theirs, side by side */
	size_t nr;
	struct words asked;
};

static void
count_letters(uint8_t letter[LETTER_CLASSES], const struct word *word)
{
	uint8_t *nr;
	size_t i;

	for (i = 0; i < word->len; i++) {
		nr = &letter[word->p[i] % LETTER_CLASSES];
		if (*nr < COUNT_MAX)
			(*nr)++;
	}
}

static uint64_t
word_bit(const struct word *word)
{
	uint32_t hash = 0;
	size_t i;

	for (i = 0; i < word->len; i++)
		hash = hash * 31 + word->p[i];
	return word->len > 1 ? UINT64_C(1) << hash % 64 : 0;
}

static void
add_word(struct words *w, struct text t, struct code_points *points)
{
	struct word word = { w->point + w->points, 0 };
	size_t i;

	unicode_decode(points, t);
	for (i = 0; i < points->nr; i++)
		w->point[w->points++] = points->p[i];
	word.len = points->nr;
	count_letters(w->outline.letter, &word);
	if (name_is_suffix(t))
		return;
	count_letters(w->letter, &word);
	w->outline.has_initial |= word.len == 1;
	w->outline.mask |= word_bit(&word);
	w->word[w->nr++] = word;
}

static void
words_make(struct words *w, const struct name *name, struct arena *keep)
{
	const char *p = name->loose.p, *end = p + name->loose.len, *blank;
	struct code_points points = { 0 };
	size_t i;

	*w = (struct words){ .nr = 0 };
	w->point = arena_alloc(keep, (name->loose.len + 1) * sizeof(*w->point));
	w->word =
	    arena_alloc(keep, (name->loose.len / 2 + 1) * sizeof(*w->word));
	for (; p < end; p = blank + 1) {
		blank = memchr(p, ' ', (size_t)(end - p));
		if (blank == NULL)
			blank = end;
		add_word(w, (struct text){ p, (size_t)(blank - p) }, &points);
	}
	code_points_free(&points);
	w->outline.points = (uint32_t)w->points;
	for (i = 0; i < LETTER_CLASSES; i++)
		w->letters += w->letter[i];
}

struct rivals *
rivals_new(const struct name *const *name, size_t nr)
{
	struct rivals *r = xcalloc(1, sizeof(*r));
	size_t i;

	r->keep = arena_new();
	r->scratch = arena_new();
	r->name = xcalloc(nr + 1, sizeof(*r->name));
	r->nr = nr;
	r->outline = xcalloc(nr + 1, sizeof(*r->outline));
	for (i = 0; i < nr; i++) {
		words_make(&r->name[i], name[i], r->keep);
		r->outline[i] = r->name[i].outline;
	}
	return r;
}

void
rivals_free(struct rivals *r)
{
	if (r == NULL)
		return;
	arena_free(r->keep);
	arena_free(r->scratch);
	free(r->name);
	free(r->outline);
	free(r);
}

void
rivals_ask(struct rivals *r, const struct name *name)
{
	arena_clear(r->scratch);
	words_make(&r->asked, name, r->scratch);
}

static unsigned
least(unsigned a, unsigned b)
{
	return a < b ? a : b;
}

/* Letters wrong, missing, too many or swapped; more than most: most + 1. */
static unsigned
count_edits(struct word a, struct word b, unsigned most)
{
	unsigned found = most + 1;

	while (a.len > 0 && b.len > 0 && a.p[0] == b.p[0]) {
		a = (struct word){ a.p + 1, a.len - 1 };
		b = (struct word){ b.p + 1, b.len - 1 };
	}
	while (a.len > 0 && b.len > 0 && a.p[a.len - 1] == b.p[b.len - 1]) {
		a.len--;
		b.len--;
	}
	if (a.len == 0 || b.len == 0)
		return a.len + b.len <= most ? (unsigned)(a.len + b.len)
					     : found;
	if (most == 0)
		return found;
	found = least(
	    found, 1 + count_edits((struct word){ a.p + 1, a.len - 1 },
			   (struct word){ b.p + 1, b.len - 1 }, most - 1));
	found = least(found,
	    1 + count_edits((struct word){ a.p + 1, a.len - 1 }, b, most - 1));
	found = least(found,
	    1 + count_edits(a, (struct word){ b.p + 1, b.len - 1 }, most - 1));
	if (a.len > 1 && b.len > 1 && a.p[0] == b.p[1] && a.p[1] == b.p[0])
		found = least(found,
		    1 + count_edits((struct word){ a.p + 2, a.len - 2 },
			    (struct word){ b.p + 2, b.len - 2 }, most - 1));
	return found;
}

static bool
is_same(const struct word *a, const struct word *b)
{
	return a->len == b->len &&
	       memcmp(a->p, b->p, a->len * sizeof(*a->p)) == 0;
}

/* What it costs that a word of more than a letter stands for one of a name. */
static unsigned
cost_of(const struct word *word, const struct word *of, unsigned most)
{
	if (of->len == 1)
		return word->p[0] == of->p[0] ? 0 : TOO_MANY;
	if (word->len < of->len &&
	    memcmp(word->p, of->p, word->len * sizeof(*word->p)) == 0)
		return 1;
	return count_edits(*word, *of, most);
}

/* Words of a spelling on those of a name that are not yet taken. */
struct fit {
	const struct words *asked, *name;
	bool done[RIVALS_WORDS], taken[RIVALS_WORDS];
	bool is_long; /* a word may be one that no name has */
	unsigned tries;
};

/* The initials of the spelling: each needs a word of its own. */
static unsigned
fit_initials(const struct fit *fit, unsigned most)
{
	bool taken[RIVALS_WORDS];
	unsigned cost = 0;
	size_t i, j;

	memcpy(taken, fit->taken, sizeof(taken));
	for (i = 0; i < fit->asked->nr && cost <= most; i++) {
		if (fit->done[i])
			continue;
		for (j = 0; j < fit->name->nr; j++)
			if (!taken[j] &&
			    fit->name->word[j].p[0] == fit->asked->word[i].p[0])
				break;
		if (j < fit->name->nr)
			taken[j] = true;
		else
			cost++;
	}
	return cost;
}

/* The words of more than a letter from the i-th, in every way; then those. */
static unsigned
fit_words(struct fit *fit, size_t i, unsigned most)
{
	unsigned found = most + 1, cost;
	const struct word *word;
	size_t j;

	while (i < fit->asked->nr &&
	       (fit->done[i] || fit->asked->word[i].len == 1))
		i++;
	if (i == fit->asked->nr)
		return fit_initials(fit, most);
	word = &fit->asked->word[i];
	fit->done[i] = true;
	for (j = 0; j < fit->name->nr && found > 0; j++) {
		if (fit->taken[j] || ++fit->tries > TRIES_MAX)
			continue;
		cost = cost_of(word, &fit->name->word[j], least(most, found));
		if (cost > most || cost >= found)
			continue;
		fit->taken[j] = true;
		found = least(found, cost + fit_words(fit, i + 1, most - cost));
		fit->taken[j] = false;
	}
	if (fit->is_long && most >= 2 && found > 2)
		found = least(found, 2 + fit_words(fit, i + 1, most - 2));
	fit->done[i] = false;
	return found;
}

/* Word by word, in any order. */
static unsigned
count_by_words(const struct words *asked, const struct words *name)
{
	struct fit fit = { .asked = asked, .name = name };
	size_t i, j;

	unsigned found;

	if (name->nr > RIVALS_WORDS)
		return TOO_MANY;
	if (asked->nr > RIVALS_WORDS)
		return 0;
	for (i = 0; i < asked->nr; i++)
		for (j = 0; j < name->nr && !fit.done[i]; j++)
			if (!fit.taken[j] &&
			    is_same(&asked->word[i], &name->word[j])) {
				fit.done[i] = fit.taken[j] = true;
				fit.is_long |= asked->word[i].len > 1;
			}
	fit.is_long = fit.is_long && asked->nr > 2;
	found = fit_words(&fit, 0, RIVALS_MOST);
	return fit.tries > TRIES_MAX ? 0 : least(found, TOO_MANY);
}

/* They may be that near, as far as can be seen at once. */
static inline bool
may_be_near(
    const struct words *asked, const struct outline *name, unsigned bound)
{
	uint64_t missing = asked->outline.mask & ~name->mask;
	uint32_t points = asked->outline.points;
	unsigned words = 0;

	/* an initial stands for a word, and for its letters */
	if (name->has_initial)
		return true;
	for (; missing != 0 && words <= bound; words++)
		missing &= missing - 1;
	/* each costs one at least, but for blanks in the wrong place */
	if (words > bound &&
	    (points > name->points + bound || name->points > points + bound))
		return false;
	/* a word that no name has costs less than its letters */
	return (bound >= 2 && words < 2) ||
	       asked->letters <=
		   bound + letters_shared(asked->letter, name->letter);
}

static unsigned
count_mistakes(const struct words *asked, const struct words *name)
{
	struct word a = { asked->point, asked->points };
	struct word b = { name->point, name->points };
	unsigned found = count_by_words(asked, name), edits;

	if (found < 2)
		return found;
	/* in its own order, with or without blanks */
	edits = count_edits(a, b, RIVALS_MOST);
	return least(found, edits == 0 ? 1 : edits);
}

unsigned
rivals_mistakes(const struct rivals *r, size_t index)
{
	return count_mistakes(&r->asked, &r->name[index]);
}

unsigned
rivals_bound(const struct rivals *r, unsigned mistakes)
{
	if (mistakes == 0)
		return 0;
	if (r->asked.nr > 2 || mistakes > RIVALS_MOST)
		return RIVALS_MOST;
	return mistakes;
}

bool
rivals_next(const struct rivals *r, unsigned bound, size_t *index)
{
	for (; *index < r->nr; (*index)++)
		if (may_be_near(&r->asked, &r->outline[*index], bound) &&
		    count_mistakes(&r->asked, &r->name[*index]) <= bound)
			return true;
	return false;
}
