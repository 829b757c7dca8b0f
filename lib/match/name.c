#include "match/name.h"

#include <stdlib.h>

#include "base/buf.h"
#include "base/unicode.h"

#define FORM_MAX ((size_t)1 << 30)

/* letters that are no letter with a mark, and those that have no case pair */
static const struct {
	uint32_t from;
	const char *to;
} letter[] = {
	{ 0xdf, "ss" }, /* sharp s */
	{ 0xe6, "ae" },
	{ 0xf0, "d" },	/* eth */
	{ 0xf8, "o" },	/* o with stroke */
	{ 0xfe, "th" }, /* thorn */
	{ 0x111, "d" }, /* d with stroke */
	{ 0x131, "i" }, /* i without a dot */
	{ 0x142, "l" }, /* l with stroke */
	{ 0x153, "oe" },
};

static const char *const suffix[] = { "jr", "sr", "ii", "iii", "iv" };

static bool
is_mark(uint32_t c)
{
	return c >= 0x300 && c <= 0x36f;
}

/* Of the Latin blocks that hold letters with marks in one code point. */
static bool
is_precomposed_latin(uint32_t c)
{
	return (c >= 0xc0 && c <= 0x24f) || (c >= 0x1e00 && c <= 0x1eff);
}

static bool
is_dropped(uint32_t c)
{
	return c == '\'' || c == '`' || c == '.' || c == 0x2019 || c == 0x2bc;
}

static bool
is_divider(uint32_t c)
{
	return c == '-' || c == '_' || c == '/' || c == ',';
}

static void
add_letter(struct code_points *loose, uint32_t c)
{
	const char *to;
	size_t i;

	for (i = 0; i < sizeof(letter) / sizeof(letter[0]); i++)
		if (letter[i].from == c) {
			for (to = letter[i].to; *to != '\0'; to++)
				code_points_add(loose, (unsigned char)*to);
			return;
		}
	code_points_add(loose, c);
}

static void
make_loose(struct code_points *loose, const struct code_points *plain)
{
	uint32_t part[UNICODE_DECOMPOSED];
	size_t i, j, nr;

	loose->nr = 0;
	for (i = 0; i < plain->nr; i++) {
		part[0] = plain->p[i];
		nr = 1;
		if (is_precomposed_latin(part[0]))
			nr = unicode_decompose(plain->p[i], part);
		for (j = 0; j < nr; j++)
			if (is_divider(part[j]))
				code_points_add(loose, ' ');
			else if (!is_mark(part[j]) && !is_dropped(part[j]))
				/* a letter may show its case without marks */
				add_letter(loose, unicode_fold(part[j]));
	}
	unicode_collapse(loose);
}

bool
name_is_suffix(struct text word)
{
	size_t i;

	for (i = 0; i < sizeof(suffix) / sizeof(suffix[0]); i++)
		if (text_is(word, suffix[i]))
			return true;
	return false;
}

static bool
says_little(struct text token)
{
	struct code_points points = { 0 };
	bool little;

	if (name_is_suffix(token))
		return true;
	if (token.len > 4)
		return false;
	unicode_decode(&points, token);
	little = points.nr == 1;
	code_points_free(&points);
	return little;
}

static void
make_tokens(struct name *name, struct arena *keep)
{
	const char *p = name->loose.p, *end = p + name->loose.len, *blank;
	size_t i, nr = 0, words = 0;

	/* a word and a blank take two bytes */
	name->token =
	    arena_alloc(keep, (name->loose.len / 2 + 1) * sizeof(*name->token));
	for (; p < end; p = blank + 1) {
		blank = memchr(p, ' ', (size_t)(end - p));
		if (blank == NULL)
			blank = end;
		name->token[words++] = (struct text){ p, (size_t)(blank - p) };
	}
	for (i = 0; i < words; i++)
		nr += !says_little(name->token[i]);
	name->nr = words;
	if (nr < 2)
		return;
	for (i = 0, name->nr = 0; i < words; i++)
		if (!says_little(name->token[i]))
			name->token[name->nr++] = name->token[i];
}

static int
by_bytes(const void *a, const void *b)
{
	return text_compare(*(const struct text *)a, *(const struct text *)b);
}

static void
make_sorted(struct name *name, struct arena *keep)
{
	struct code_points points = { 0 };
	struct text *order;
	struct buf b;
	size_t i;

	order = arena_alloc(keep, (name->nr + 1) * sizeof(*order));
	for (i = 0; i < name->nr; i++)
		order[i] = name->token[i];
	qsort(order, name->nr, sizeof(*order), by_bytes);
	buf_init(&b, FORM_MAX);
	for (i = 0; i < name->nr; i++) {
		if (i > 0)
			buf_char(&b, ' ');
		buf_text(&b, order[i]);
	}
	name->sorted = arena_copy(keep, buf_view(&b));
	unicode_decode(&points, name->sorted);
	name->points = points.nr;
	name->point = arena_alloc(keep, (points.nr + 1) * sizeof(*name->point));
	if (points.nr > 0)
		memcpy(name->point, points.p, points.nr * sizeof(*points.p));
	code_points_free(&points);
	buf_free(&b);
}

void
name_make(struct name *name, struct text raw, struct arena *keep)
{
	struct code_points plain = { 0 }, loose = { 0 };

	unicode_plain_points(&plain, raw);
	make_loose(&loose, &plain);
	name->plain = unicode_keep(&plain, keep);
	name->loose = unicode_keep(&loose, keep);
	make_tokens(name, keep);
	make_sorted(name, keep);
	code_points_free(&plain);
	code_points_free(&loose);
}

struct text
name_plain(struct text raw, struct arena *keep)
{
	return unicode_plain(raw, keep);
}
