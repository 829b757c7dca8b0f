#include "inflow/person.h"

#include "base/loose.h"
#include "base/unicode.h"

/* ASCII, which most names are: true when it was all of it. */
static bool
plain_key(struct text name, struct buf *b)
{
	char *start = buf_room(b, name.len), *to = start;
	size_t i;
	char c;

	for (i = 0; start != NULL && i < name.len; i++) {
		c = name.p[i];
		if (c & 0x80)
			return false;
		if (c >= 'A' && c <= 'Z')
			c = (char)(c - 'A' + 'a');
		if (loose_blank((struct text){ &c, 1 }) > 0)
			c = ' ';
		if (c != ' ' || to[-1] != ' ')
			*to++ = c;
	}
	b->len += (size_t)(to - start);
	return true;
}

void
person_key(struct text name, struct buf *b)
{
	struct code_points points = { 0 };
	size_t i, nr = 0;
	uint32_t c;

	name = loose_trim(name);
	if (plain_key(name, b))
		return;
	unicode_decode(&points, name);
	unicode_compose(&points);
	for (i = 0; i < points.nr; i++) {
		c = unicode_fold(points.p[i]);
		if (unicode_is_space(c))
			c = ' ';
		if (c != ' ' || (nr > 0 && points.p[nr - 1] != ' '))
			points.p[nr++] = c;
	}
	points.nr = nr;
	unicode_encode(&points, b);
	code_points_free(&points);
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
