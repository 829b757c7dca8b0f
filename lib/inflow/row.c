#include "inflow/row.h"

#include <string.h>

#include "base/csv_in.h"
#include "base/word.h"

/*
 * A packed row: its line, which figures are known, how many bytes each of them
 * has, these bytes, the texts, each behind its length.
 */
#define NIBBLES	    ((INFLOW_FIGURES + 1) / 2)
#define BAD_BIT	    (UINT32_C(1) << INFLOW_FIGURES)
#define SETTLED_BIT (BAD_BIT << 1)
#define COUNT_MAX   10 /* bytes of a count */
#define FIGURE_MAX  9  /* and of a figure, which is then a wide one */
#define PACKED_MAX                                \
	(COUNT_MAX + sizeof(uint32_t) + NIBBLES + \
	    INFLOW_FIGURES * FIGURE_MAX + ROW_TEXTS * COUNT_MAX)

static const enum inflow_figure active[] = { INFLOW_CLOCKED_H, INFLOW_SALES,
	INFLOW_MESSAGES_SENT };

static bool
is_zero(struct decimal x)
{
	return x.places == DECIMAL_WIDE ? decimal_value(x) == 0.0
					: x.digits == 0;
}

bool
row_is_idle(const struct row *row)
{
	size_t i;

	for (i = 0; i < sizeof(active) / sizeof(*active); i++)
		if (row->figure[active[i]].known &&
		    !is_zero(row->figure[active[i]].x))
			return false;
	return true;
}

/* Seven bits a byte, the least first. */
static char *
put_count(char *to, uint64_t x)
{
	for (; x >= 0x80; x >>= 7)
		*to++ = (char)(x | 0x80);
	*to++ = (char)x;
	return to;
}

static const char *
take_count(const char *p, uint64_t *x)
{
	unsigned shift = 0;

	for (*x = 0; *p & 0x80; shift += 7)
		*x |= (uint64_t)(*p++ & 0x7f) << shift;
	*x |= (uint64_t)*p++ << shift;
	return p;
}

/* How a number is to be read, in a byte. */
static uint8_t
form_of(const struct figure *x)
{
	return (uint8_t)(x->x.places | x->other << 4 | x->percent << 6 |
			 x->seconds << 7);
}

/* Returns its bytes, which are as few as can be; room is for FIGURE_MAX. */
static size_t
put_figure(char *to, const struct figure *x)
{
	uint64_t word, digits = (uint64_t)x->x.digits;
	uint8_t form = form_of(x);

	if (x->x.places == DECIMAL_WIDE) {
		*to = (char)form;
		memcpy(to + 1, &digits, sizeof(digits));
		return FIGURE_MAX;
	}
	/* the sign last, so that small numbers are short; it has 51 bits */
	digits = digits << 1 ^ (x->x.digits < 0 ? UINT64_MAX : 0);
	word = digits << 8 | form;
	word_put(to, word);
	return word == 0 ? 0 : (71 - (size_t)__builtin_clzll(word)) / 8;
}

/* len bytes, with those up to end readable. */
static void
take_figure(struct figure *x, const char *p, size_t len, const char *end)
{
	uint64_t word, digits;
	uint8_t form;

	if (len == FIGURE_MAX) {
		form = (uint8_t)*p;
		memcpy(&digits, p + 1, sizeof(digits));
	} else {
		word = end - p >= (ptrdiff_t)sizeof(word) ? word_first(p, len)
		       : len == 0			  ? 0
							  : word_short(p, len);
		form = (uint8_t)word;
		digits = word >> 8;
		digits = digits >> 1 ^ -(digits & 1);
	}
	x->x = (struct decimal){ (int64_t)digits, form & 15 };
	x->other = form >> 4 & 3;
	x->percent = form >> 6 & 1;
	x->seconds = form >> 7;
	x->known = true;
}

void
row_to_bytes(const struct row *row, struct buf *b)
{
	uint8_t nibble[NIBBLES] = { 0 };
	uint32_t known = SETTLED_BIT | (row->bad ? BAD_BIT : 0);
	size_t i, len = PACKED_MAX;
	char *start, *to, *nibbles;

	for (i = 0; i < ROW_TEXTS; i++)
		len += row->text[i].len;
	start = buf_room(b, len);
	if (start == NULL)
		return;
	to = put_count(start, row->line);
	nibbles = to + sizeof(known);
	to = nibbles + NIBBLES;
	for (i = 0; i < INFLOW_FIGURES; i++) {
		if (!row->figure[i].known)
			continue;
		known |= UINT32_C(1) << i;
		if (!row->figure[i].settled)
			known &= ~SETTLED_BIT;
		len = put_figure(to, &row->figure[i]);
		nibble[i / 2] |= (uint8_t)(len << i % 2 * 4);
		to += len;
	}
	memcpy(nibbles - sizeof(known), &known, sizeof(known));
	memcpy(nibbles, nibble, NIBBLES);
	for (i = 0; i < ROW_TEXTS; i++) {
		/* 0 is "no text" */
		to = put_count(
		    to, row->text[i].p == NULL ? 0 : row->text[i].len + 1);
		if (row->text[i].len > 0)
			to = mempcpy(to, row->text[i].p, row->text[i].len);
	}
	b->len += (size_t)(to - start);
}

void
row_from_bytes(struct row *row, struct text packed)
{
	const char *p, *nibbles, *end = packed.p + packed.len;
	uint64_t len;
	uint32_t known;
	size_t i;

	p = take_count(packed.p, &row->line);
	memcpy(&known, p, sizeof(known));
	row->bad = (known & BAD_BIT) != 0;
	row->settled = (known & SETTLED_BIT) != 0;
	nibbles = p + sizeof(known);
	p = nibbles + NIBBLES;
	for (i = 0; i < INFLOW_FIGURES; i++) {
		if (!(known >> i & 1)) {
			row->figure[i] = (struct figure){ 0 };
			continue;
		}
		len = (uint8_t)nibbles[i / 2] >> i % 2 * 4 & 15;
		take_figure(&row->figure[i], p, len, end);
		row->figure[i].settled = row->settled;
		p += len;
	}
	for (i = 0; i < ROW_TEXTS; i++) {
		p = take_count(p, &len);
		row->text[i] = (struct text){ len == 0 ? NULL : p,
			len == 0 ? 0 : len - 1 };
		p += row->text[i].len;
	}
}

/* A hash of some cells on its way. */
struct hash {
	uint64_t word[2];
};

static inline void
mix(struct hash *h, uint64_t word)
{
	h->word[0] = (h->word[0] ^ word) * UINT64_C(0x9e3779b97f4a7c15);
	h->word[0] ^= h->word[0] >> 29;
	h->word[1] = (h->word[1] + word) * UINT64_C(0xd6e8feb86659fd93);
	h->word[1] ^= h->word[1] >> 32;
}

static inline void
mix_cell(struct hash *h, struct text cell)
{
	static const char none[CSV_SLACK];
	const char *p = cell.p == NULL ? none : cell.p;
	size_t at;

	mix(h, word_first(p, cell.len) ^ (uint64_t)cell.len << 56);
	for (at = sizeof(uint64_t); at < cell.len; at += sizeof(uint64_t))
		mix(h, word_first(p + at, cell.len - at));
}

/* Every other cell has a hash of its own, as a processor does two at once. */
static struct hash
hash_cells(const struct text *cell, size_t nr)
{
	struct hash even = { { nr, ~(uint64_t)nr } }, odd = { { 0, 0 } };
	size_t i;

	for (i = 0; i + 1 < nr; i += 2) {
		mix_cell(&even, cell[i]);
		mix_cell(&odd, cell[i + 1]);
	}
	if (i < nr)
		mix_cell(&even, cell[i]);
	mix(&even, odd.word[0]);
	mix(&even, odd.word[1]);
	return even;
}

void
row_key(struct buf *b, struct text person, const char *day,
    const struct text *cell, size_t nr)
{
	struct hash hash = hash_cells(cell, nr);

	buf_text(b, person);
	buf_char(b, '\0');
	/* with its end, so that "" comes first whatever the hash is */
	buf_add(b, day, strlen(day) + 1);
	buf_add(b, hash.word, ROW_HASH);
}

struct text
row_key_person(struct text key)
{
	const char *end = memchr(key.p, '\0', key.len);

	return (struct text){ key.p, (size_t)(end - key.p) + 1 };
}

struct text
row_key_day(struct text key)
{
	size_t len = row_key_person(key).len;

	return (struct text){ key.p + len, key.len - len - 1 - ROW_HASH };
}
