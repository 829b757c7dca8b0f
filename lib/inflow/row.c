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
	size_t i, nr = 0;

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
	buf_add(b, &head, sizeof(head));
	buf_add(b, value, nr * sizeof(*value));
	for (i = 0; i < ROW_TEXTS; i++)
		if (row->text[i].p != NULL)
			buf_text(b, row->text[i]);
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

static void
hash_cells(const struct text *cell, size_t nr, uint64_t hash[2])
{
	uint64_t word;
	size_t i, at, len;

	hash[0] = nr;
	hash[1] = ~(uint64_t)nr;
	for (i = 0; i < nr; i++) {
		mix(hash, cell[i].len);
		for (at = 0; at < cell[i].len; at += len) {
			len = cell[i].len - at < 8 ? cell[i].len - at : 8;
			word = 0;
			memcpy(&word, cell[i].p + at, len);
			mix(hash, word);
		}
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
