/*
 * name.h - a person's name in the forms by which names are compared; see
 * match(5)
 *
 * Pure. Any bytes have all forms: what is not UTF-8 is read as Windows-1252.
 */
#ifndef KPIPE_MATCH_NAME_H
#define KPIPE_MATCH_NAME_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/text.h"

#define NAME_MAX_LEN 1024 /* bytes of a name that is taken */

struct name {
	/* composed, without case, blanks trimmed and collapsed */
	struct text plain;
	/*
	 * also without accents, apostrophes and dots, with blanks for hyphens,
	 * underscores, slashes and commas
	 */
	struct text loose;
	/*
	 * The words of loose in their order, without jr, sr, ii, iii, iv and
	 * single letters; all words where fewer than two would be left.
	 */
	struct text *token;
	size_t nr;
	/* the tokens in the order of their bytes, joined by blanks */
	struct text sorted;
	uint32_t *point; /* the code points of sorted */
	size_t points;
};

/* All of it is in keep. */
void name_make(struct name *, struct text raw, struct arena *keep);

/* A word, in the loose form, that is no name: jr, sr, ii, iii, iv. */
bool name_is_suffix(struct text word);

/* The plain form alone. */
struct text name_plain(struct text raw, struct arena *keep);

#endif
