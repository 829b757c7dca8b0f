/*
 * text.h - a run of bytes that somebody else owns
 *
 * Text may hold NUL bytes; p is NULL only for "no text". Order is that of the
 * bytes, which for UTF-8 is that of the code points.
 */
#ifndef KPIPE_TEXT_H
#define KPIPE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

struct text {
	const char *p;
	size_t len;
};

/* For "%.*s". */
#define TEXT_ARG(t) (int)(t).len, (t).p

static inline struct text
text_of(const char *s)
{
	return (struct text){ s, s == NULL ? 0 : strlen(s) };
}

static inline bool
text_equal(struct text a, struct text b)
{
	return a.len == b.len && (a.len == 0 || memcmp(a.p, b.p, a.len) == 0);
}

static inline bool
text_is(struct text a, const char *s)
{
	return text_equal(a, text_of(s));
}

/* Less than, equal to or greater than 0, as memcmp; a prefix comes first. */
static inline int
text_compare(struct text a, struct text b)
{
	size_t len = a.len < b.len ? a.len : b.len;
	int order = len == 0 ? 0 : memcmp(a.p, b.p, len);

	return order != 0 ? order : (a.len > b.len) - (a.len < b.len);
}

/* Without spaces, tabs, CR and LF at both ends. */
struct text text_trim(struct text);

/* ASCII letters compare without case. */
bool text_is_nocase(struct text a, const char *s);
bool text_starts_nocase(struct text a, const char *prefix);

#endif
