#include "inflow/row.h"

#include <string.h>

#include "inflow/person.h"

/* What stands before the values and texts of a packed row. */
struct packed {
	uint64_t line;
	uint32_t known;
	uint32_t percent;
	uint32_t len[ROW_TEXTS]; /* UINT32_MAX for "no text" */
	uint8_t other[INFLOW_FIGURES];
	bool bad;
};

static const enum inflow_figure active[] = { INFLOW_CLOCKED_H, INFLOW_SALES,
	INFLOW_MESSAGES_SENT };

bool
row_is_idle(const struct row *row)
{
	size_t i;

	for (i = 0; i < sizeof(active) / sizeof(*active); i++)
		if (row->figure[active[i]].known &&
		    row->figure[active[i]].value != 0.0)
			return false;
	return true;
}

void
row_pack(const struct row *row, struct buf *b)
{
	struct packed head = { .line = row->line, .bad = row->bad };
	double value[INFLOW_FIGURES];
	size_t i, nr = 0, len = 0;
	char *to, *start;

	for (i = 0; i < INFLOW_FIGURES; i++) {
		head.other[i] = row->figure[i].other;
		if (!row->figure[i].known)
			continue;
		head.known |= UINT32_C(1) << i;
		head.percent |= (uint32_t)row->figure[i].percent << i;
		value[nr++] = row->figure[i].value;
	}
	for (i = 0; i < ROW_TEXTS; i++)
		head.len[i] = row->text[i].p == NULL
				  ? UINT32_MAX
				  : (uint32_t)row->text[i].len;
	for (i = 0; i < ROW_TEXTS; i++)
		len += row->text[i].len;
	to = buf_room(b, sizeof(head) + nr * sizeof(*value) + len);
	if (to == NULL)
		return;
	start = to;
	to = mempcpy(to, &head, sizeof(head));
	to = mempcpy(to, value, nr * sizeof(*value));
	for (i = 0; i < ROW_TEXTS; i++)
		if (row->text[i].len > 0)
			to = mempcpy(to, row->text[i].p, row->text[i].len);
	b->len += (size_t)(to - start);
}

void
row_unpack(struct row *row, struct text packed)
{
	struct packed head;
	const char *p = packed.p + sizeof(head);
	size_t i;

	memset(row, 0, sizeof(*row));
	memcpy(&head, packed.p, sizeof(head));
	row->line = head.line;
	row->bad = head.bad;
	for (i = 0; i < INFLOW_FIGURES; i++) {
		row->figure[i].other = head.other[i];
		row->figure[i].known = head.known >> i & 1;
		row->figure[i].percent = head.percent >> i & 1;
		if (!row->figure[i].known)
			continue;
		memcpy(&row->figure[i].value, p, sizeof(double));
		p += sizeof(double);
	}
	for (i = 0; i < ROW_TEXTS; i++) {
		if (head.len[i] == UINT32_MAX)
			continue;
		row->text[i] = (struct text){ p, head.len[i] };
		p += head.len[i];
	}
}

static void
mix(uint64_t hash[2], uint64_t word)
{
	hash[0] = (hash[0] ^ word) * UINT64_C(0x9e3779b97f4a7c15);
	hash[0] ^= hash[0] >> 29;
	hash[1] = (hash[1] + word) * UINT64_C(0xd6e8feb86659fd93);
	hash[1] ^= hash[1] >> 32;
}

/* One to seven bytes, with their number. */
static uint64_t
short_word(const char *p, size_t len)
{
	uint64_t word = (uint64_t)len << 56;
	uint32_t first, last;

	if (len >= 4) {
		memcpy(&first, p, 4);
		memcpy(&last, p + len - 4, 4);
		/* the first four and the last three are all of them */
		return word | first | (uint64_t)(last >> 8) << 32;
	}
	return word | (uint64_t)(unsigned char)p[0] |
	       (uint64_t)(unsigned char)p[len / 2] << 8 |
	       (uint64_t)(unsigned char)p[len - 1] << 16;
}

static void
hash_cells(const struct text *cell, size_t nr, uint64_t hash[2])
{
	uint64_t word;
	size_t i, at, left;

	hash[0] = nr;
	hash[1] = ~(uint64_t)nr;
	for (i = 0; i < nr; i++) {
		for (at = 0; cell[i].len - at >= 8; at += 8) {
			memcpy(&word, cell[i].p + at, 8);
			mix(hash, word);
		}
		/* the last word says how many bytes it has */
		left = cell[i].len - at;
		mix(hash, left == 0 ? 0 : short_word(cell[i].p + at, left));
	}
}

void
row_key(struct buf *b, struct text name, const char *day,
    const struct text *cell, size_t nr)
{
	uint64_t hash[2];

	person_key(name, b);
	buf_char(b, '\0');
	buf_str(b, day);
	hash_cells(cell, nr, hash);
	buf_add(b, hash, sizeof(hash));
}

struct text
row_key_name(struct text key)
{
	const char *end = memchr(key.p, '\0', key.len);

	return (struct text){ key.p, (size_t)(end - key.p) + 1 };
}

struct text
row_key_day(struct text key)
{
	size_t len = row_key_name(key).len;

	return (struct text){ key.p + len, key.len - len - ROW_HASH };
}
