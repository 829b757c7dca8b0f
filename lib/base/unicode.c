#include "base/unicode.h"

#include <stdlib.h>
#include <utf8proc.h>

#include "base/xalloc.h"

/* from here on a text may not be in form C already */
#define COMPOSE_FROM 0x300
#define FORM_MAX     ((size_t)1 << 30)

/* 0x80 to 0x9f; what Windows leaves out is a control character */
static const uint16_t windows_1252[32] = {
	0x20ac, 0x0081, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, /* 80 */
	0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0x008d, 0x017d, 0x008f, /* 88 */
	0x0090, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014, /* 90 */
	0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0x009d, 0x017e, 0x0178, /* 98 */
};

void
code_points_free(struct code_points *points)
{
	free(points->p);
	*points = (struct code_points){ 0 };
}

void
code_points_add(struct code_points *points, uint32_t c)
{
	points->p =
	    xgrow(points->p, points->nr, &points->cap, sizeof(*points->p));
	points->p[points->nr++] = c;
}

static void
decode_utf8(struct code_points *points, const char *p, size_t len)
{
	utf8proc_int32_t c;
	size_t i = 0;

	while (i < len) {
		i += (size_t)utf8proc_iterate((const utf8proc_uint8_t *)p + i,
		    (utf8proc_ssize_t)(len - i), &c);
		code_points_add(points, (uint32_t)c);
	}
}

/* All of t is UTF-8, whatever stands behind it. */
static bool
is_utf8(struct text t)
{
	utf8proc_int32_t c;
	utf8proc_ssize_t len;
	size_t i;

	for (i = 0; i < t.len; i += (size_t)len) {
		len = utf8proc_iterate((const utf8proc_uint8_t *)t.p + i,
		    (utf8proc_ssize_t)(t.len - i), &c);
		if (len <= 0)
			return false;
	}
	return true;
}

void
unicode_decode(struct code_points *points, struct text t)
{
	unsigned char c;
	size_t i;

	points->nr = 0;
	if (is_utf8(t)) {
		decode_utf8(points, t.p, t.len);
		return;
	}
	for (i = 0; i < t.len; i++) {
		c = (unsigned char)t.p[i];
		code_points_add(
		    points, c >= 0x80 && c < 0xa0 ? windows_1252[c - 0x80] : c);
	}
}

void
unicode_encode(const struct code_points *points, struct buf *b)
{
	utf8proc_uint8_t byte[4];
	size_t i;

	for (i = 0; i < points->nr; i++)
		buf_add(b, byte,
		    (size_t)utf8proc_encode_char(
			(utf8proc_int32_t)points->p[i], byte));
}

void
unicode_compose(struct code_points *points)
{
	utf8proc_uint8_t *composed = NULL;
	utf8proc_ssize_t len;
	struct buf b;
	size_t i;

	for (i = 0; i < points->nr && points->p[i] < COMPOSE_FROM; i++)
		;
	if (i == points->nr)
		return;
	buf_init(&b, SIZE_MAX / 2);
	unicode_encode(points, &b);
	len =
	    utf8proc_map((const utf8proc_uint8_t *)b.p, (utf8proc_ssize_t)b.len,
		&composed, UTF8PROC_STABLE | UTF8PROC_COMPOSE);
	/* what was decoded can only fail for want of memory */
	if (len < 0)
		xalloc_fail();
	points->nr = 0;
	decode_utf8(points, (const char *)composed, (size_t)len);
	free(composed);
	buf_free(&b);
}

size_t
unicode_decompose(uint32_t c, uint32_t out[UNICODE_DECOMPOSED])
{
	utf8proc_int32_t part[UNICODE_DECOMPOSED];
	utf8proc_ssize_t i, nr;
	int boundary = 0;

	nr = utf8proc_decompose_char((utf8proc_int32_t)c, part,
	    UNICODE_DECOMPOSED, UTF8PROC_DECOMPOSE | UTF8PROC_STABLE,
	    &boundary);
	if (nr < 1 || nr > UNICODE_DECOMPOSED) {
		out[0] = c;
		return 1;
	}
	for (i = 0; i < nr; i++)
		out[i] = (uint32_t)part[i];
	return (size_t)nr;
}

uint32_t
unicode_fold(uint32_t c)
{
	utf8proc_int32_t part[UNICODE_DECOMPOSED];
	utf8proc_ssize_t nr;
	int boundary = 0;

	if (c < 0x80)
		return c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c;
	/* dotted I folds to one letter for Turkish only */
	if (c == 0x130)
		return c;
	nr = utf8proc_decompose_char((utf8proc_int32_t)c, part,
	    UNICODE_DECOMPOSED, UTF8PROC_CASEFOLD, &boundary);
	if (nr == 1)
		return (uint32_t)part[0];
	/* the full folding is longer: the simple one is the lower case */
	return (uint32_t)utf8proc_tolower((utf8proc_int32_t)c);
}

bool
unicode_is_space(uint32_t c)
{
	if (c < 0x80)
		return c == ' ' || (c >= '\t' && c <= '\r');
	switch (utf8proc_category((utf8proc_int32_t)c)) {
	case UTF8PROC_CATEGORY_ZS:
	case UTF8PROC_CATEGORY_ZL:
	case UTF8PROC_CATEGORY_ZP:
		return true;
	default:
		return c == 0x85;
	}
}

bool
unicode_is_letter(uint32_t c)
{
	switch (utf8proc_category((utf8proc_int32_t)c)) {
	case UTF8PROC_CATEGORY_LU:
	case UTF8PROC_CATEGORY_LL:
	case UTF8PROC_CATEGORY_LT:
	case UTF8PROC_CATEGORY_LM:
	case UTF8PROC_CATEGORY_LO:
		return true;
	default:
		return false;
	}
}

void
unicode_collapse(struct code_points *points)
{
	size_t i, nr = 0;

	for (i = 0; i < points->nr; i++)
		if (!unicode_is_space(points->p[i]))
			points->p[nr++] = points->p[i];
		else if (nr > 0 && points->p[nr - 1] != ' ')
			points->p[nr++] = ' ';
	if (nr > 0 && points->p[nr - 1] == ' ')
		nr--;
	points->nr = nr;
}

void
unicode_plain_points(struct code_points *points, struct text raw)
{
	size_t i;

	unicode_decode(points, raw);
	/* first, so that a letter folds the same in one piece or in two */
	unicode_compose(points);
	for (i = 0; i < points->nr; i++)
		points->p[i] = unicode_fold(points->p[i]);
	unicode_compose(points);
	unicode_collapse(points);
}

struct text
unicode_keep(const struct code_points *points, struct arena *keep)
{
	struct text t;
	struct buf b;

	buf_init(&b, FORM_MAX);
	unicode_encode(points, &b);
	t = arena_copy(keep, buf_view(&b));
	buf_free(&b);
	return t;
}

struct text
unicode_plain(struct text raw, struct arena *keep)
{
	struct code_points points = { 0 };
	struct text t;

	unicode_plain_points(&points, raw);
	t = unicode_keep(&points, keep);
	code_points_free(&points);
	return t;
}
