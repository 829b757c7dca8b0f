#include "inflow/person.h"

#include "base/loose.h"

/*
 * The small letter of one of two bytes in UTF-8: Latin-1, Latin Extended-A,
 * Greek and Cyrillic, where it is at a fixed distance.
 */
static unsigned
small_letter(unsigned c)
{
	if ((c >= 0xc0 && c <= 0xde && c != 0xd7) ||
	    (c >= 0x391 && c <= 0x3a9) || (c >= 0x410 && c <= 0x42f))
		return c + 0x20;
	if (c >= 0x400 && c <= 0x40f)
		return c + 0x50;
	if ((c >= 0x100 && c <= 0x137 && c != 0x130 && c % 2 == 0) ||
	    (c >= 0x139 && c <= 0x148 && c % 2 == 1) ||
	    (c >= 0x14a && c <= 0x177 && c % 2 == 0))
		return c + 1;
	return c;
}

void
person_key(struct text name, struct buf *b)
{
	char *to, *start;
	size_t len;
	unsigned c;

	name = loose_trim(name);
	/* no character gets longer */
	start = to = buf_room(b, name.len);
	for (; to != NULL && name.len > 0; name.p += len, name.len -= len) {
		len = 1;
		c = (unsigned char)name.p[0];
		if (c > ' ' && c < 0x80) {
			*to++ = (char)(c >= 'A' && c <= 'Z' ? c + 0x20 : c);
		} else if ((len = loose_blank(name)) > 0) {
			if (to[-1] != ' ')
				*to++ = ' ';
		} else if (c >= 0xc3 && c < 0xe0 && name.len > 1) {
			len = 2;
			c = small_letter((c & 0x1f) << 6 | (name.p[1] & 0x3f));
			*to++ = (char)(0xc0 | c >> 6);
			*to++ = (char)(0x80 | (c & 0x3f));
		} else {
			len = 1;
			*to++ = (char)c;
		}
	}
	if (to != NULL)
		b->len += (size_t)(to - start);
}

bool
person_is_total(struct text name)
{
	static const char *const word[] = { "total", "totals", "average", "avg",
		"all employees" };
	size_t i;

	if (loose_is_null(name))
		return true;
	if (strchr("tTaA", name.p[0]) == NULL)
		return false;
	for (i = 0; i < sizeof(word) / sizeof(*word); i++)
		if (text_is_nocase(name, word[i]))
			return true;
	return false;
}
