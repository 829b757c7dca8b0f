#include "base/base64.h"

#include <stdint.h>

static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
			    "abcdefghijklmnopqrstuvwxyz0123456789+/";
static const char url[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
			  "abcdefghijklmnopqrstuvwxyz0123456789-_";

static void
encode(struct buf *b, struct text t, const char *letter, bool pad)
{
	const unsigned char *p = (const unsigned char *)t.p;
	size_t i, j, nr;
	uint32_t three;

	for (i = 0; i < t.len; i += 3) {
		nr = t.len - i < 3 ? t.len - i : 3;
		three = (uint32_t)p[i] << 16;
		if (nr > 1)
			three |= (uint32_t)p[i + 1] << 8;
		if (nr > 2)
			three |= p[i + 2];
		for (j = 0; j <= nr; j++)
			buf_char(b, letter[three >> (18 - 6 * j) & 63]);
		for (; pad && j < 4; j++)
			buf_char(b, '=');
	}
}

static int
value_of(char c, const char *letter)
{
	if (c >= 'A' && c <= 'Z')
		return c - 'A';
	if (c >= 'a' && c <= 'z')
		return c - 'a' + 26;
	if (c >= '0' && c <= '9')
		return c - '0' + 52;
	return c == letter[62] ? 62 : c == letter[63] ? 63 : -1;
}

/* Bits that would be left over must be 0: a token has one spelling. */
static bool
decode(struct buf *b, struct text t, const char *letter)
{
	size_t start = b->len, i;
	uint32_t bits = 0;
	int value, held = 0;

	if (t.len % 4 == 1)
		return false;
	for (i = 0; i < t.len; i++) {
		value = value_of(t.p[i], letter);
		if (value < 0)
			break;
		bits = (bits << 6 | (uint32_t)value) & 0xffffff;
		held += 6;
		if (held < 8)
			continue;
		held -= 8;
		buf_char(b, (char)(bits >> held & 0xff));
	}
	if (i == t.len && (bits & ((1u << held) - 1)) == 0)
		return true;
	b->len = start;
	return false;
}

void
base64_encode(struct buf *b, struct text t)
{
	encode(b, t, plain, true);
}

void
base64url_encode(struct buf *b, struct text t)
{
	encode(b, t, url, false);
}

bool
base64_decode(struct buf *b, struct text t)
{
	if (t.len % 4 != 0)
		return false;
	if (t.len > 0 && t.p[t.len - 1] == '=')
		t.len -= t.p[t.len - 2] == '=' ? 2 : 1;
	return decode(b, t, plain);
}

bool
base64url_decode(struct buf *b, struct text t)
{
	return decode(b, t, url);
}
