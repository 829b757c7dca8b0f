/*
 * unicode.h - characters and what the Unicode standard says of them, by utf8proc
 *
 * Pure; the locale makes no difference.
 */
#ifndef KPIPE_UNICODE_H
#define KPIPE_UNICODE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/text.h"

#define UNICODE_DECOMPOSED 8 /* code points of one, decomposed, at most */

/* Text as code points; starts as all zero. */
struct code_points {
	uint32_t *p;
	size_t nr;
	size_t cap;
};

void code_points_free(struct code_points *);
void code_points_add(struct code_points *, uint32_t);

/*
 * The code points of t, in place of what was there: of UTF-8, or, where t is not
 * all UTF-8, of Windows-1252.
 */
void unicode_decode(struct code_points *, struct text t);
/* Add them to b as UTF-8. */
void unicode_encode(const struct code_points *, struct buf *b);

/* Normalization form C, in place. */
void unicode_compose(struct code_points *);
/* The full canonical decomposition of one: how many there are in out. */
size_t unicode_decompose(uint32_t, uint32_t out[UNICODE_DECOMPOSED]);

/* Simple case folding: one code point for one. */
uint32_t unicode_fold(uint32_t);

/* Blanks become one space between words, none at the ends. */
void unicode_collapse(struct code_points *);

/*
 * What makes no difference to who is meant is gone: raw decoded, in form C,
 * folded, its blanks collapsed. In place of what was there.
 */
void unicode_plain_points(struct code_points *, struct text raw);
/* The same as UTF-8. */
struct text unicode_plain(struct text raw, struct arena *keep);
/* The points as UTF-8. */
struct text unicode_keep(const struct code_points *, struct arena *keep);

bool unicode_is_space(uint32_t);  /* White_Space */
bool unicode_is_letter(uint32_t); /* general category L */

#endif
