/*
 * utf8.h - UTF-8 as RFC 3629 has it: no overlong forms, no surrogates
 */
#ifndef KPIPE_UTF8_H
#define KPIPE_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/text.h"

/*
 * The length of the UTF-8 sequence at p, 0 when it is none. Reads no byte past
 * one that is no continuation.
 */
static inline size_t
utf8_length(const unsigned char *p)
{
	const unsigned char c = p[0];

	if (c < 0x80)
		return 1;
	if (c < 0xc2 || (p[1] & 0xc0) != 0x80)
		return 0;
	if (c < 0xe0)
		return 2;
	if (c < 0xf0) {
		/* overlong, or a surrogate */
		if ((c == 0xe0 && p[1] < 0xa0) || (c == 0xed && p[1] > 0x9f))
			return 0;
		return (p[2] & 0xc0) == 0x80 ? 3 : 0;
	}
	/* overlong, or past U+10FFFF */
	if (c > 0xf4 || (c == 0xf0 && p[1] < 0x90) ||
	    (c == 0xf4 && p[1] > 0x8f))
		return 0;
	return (p[2] & 0xc0) == 0x80 && (p[3] & 0xc0) == 0x80 ? 4 : 0;
}

/* How many bytes at p are ASCII, as far as words of them are. */
static inline size_t
utf8_ascii(const char *p, size_t len)
{
	uint64_t word[4];
	size_t i = 0;

	for (; len - i >= sizeof(word); i += sizeof(word)) {
		memcpy(word, p + i, sizeof(word));
		if ((word[0] | word[1] | word[2] | word[3]) &
		    UINT64_C(0x8080808080808080))
			break;
	}
	for (; len - i >= sizeof(*word); i += sizeof(*word)) {
		memcpy(word, p + i, sizeof(*word));
		if (*word & UINT64_C(0x8080808080808080))
			break;
	}
	return i;
}

/* All of t is UTF-8. A byte that is no continuation must follow it, as NUL. */
static inline bool
utf8_valid(struct text t)
{
	size_t i, len;

	for (i = 0; i < t.len; i += len) {
		/* mostly there is nothing but ASCII */
		if (((unsigned char)t.p[i] & 0x80) == 0)
			i += utf8_ascii(t.p + i, t.len - i);
		if (i == t.len)
			break;
		if ((len = utf8_length((const unsigned char *)t.p + i)) == 0)
			return false;
	}
	return i == t.len;
}

/* How many units of UTF-16 it has, as JavaScript counts characters. */
static inline size_t
utf8_units(struct text t)
{
	size_t i, nr = 0;

	for (i = 0; i < t.len; i++)
		nr +=
		    ((t.p[i] & 0xc0) != 0x80) + ((unsigned char)t.p[i] >= 0xf0);
	return nr;
}

#endif
