#include "history/row.h"

#include "record/field.h"

#define KEY_LEN ((size_t)64 << 20)

void
row_want(struct row_fields *at, struct json_shape *shape)
{
	size_t i;

	at->type = json_want(shape, "type");
	at->date = json_want(shape, at->date_path);
	for (i = 0; i < at->nr; i++)
		at->key[i] = json_want(shape, at->key_path[i]);
}

/*
 * The text of a field, if it can be told from every other. No database keeps a
 * NUL in text, and halves of characters all read as U+FFFD.
 */
static int
field_plain(struct text *t, const struct record *rec, size_t slot,
    const char *path, struct fault *f)
{
	if (field_needed(t, rec, slot, path, f) == -1)
		return -1;
	if (!rec->field[slot].escaped)
		return 0;
	if (memchr(t->p, '\0', t->len) != NULL)
		return fault_set(f, FAULT_DATA, "field '%s' has a NUL", path);
	if (memmem(t->p, t->len, "\xef\xbf\xbd", 3) != NULL)
		return fault_set(
		    f, FAULT_DATA, "field '%s' has half a character", path);
	return 0;
}

static int
read_key(struct text *key, const struct row_fields *at,
    const struct record *rec, struct fault *f)
{
	struct text part;
	struct buf b;
	size_t i;
	int status = 0;

	if (at->nr == 1)
		return field_plain(key, rec, at->key[0], at->key_path[0], f);
	buf_init(&b, KEY_LEN);
	json_open_array(&b);
	for (i = 0; i < at->nr && status == 0; i++) {
		status =
		    field_plain(&part, rec, at->key[i], at->key_path[i], f);
		if (status == 0)
			json_put_text(&b, part);
	}
	json_close_array(&b);
	if (status == 0)
		status = buf_check(&b, "the key", f);
	if (status == 0)
		*key = arena_copy(rec->scratch, buf_view(&b));
	buf_free(&b);
	return status;
}

int
row_of(struct kept_row *row, const struct row_fields *at,
    const struct record *rec, struct fault *f)
{
	struct text date;

	if (field_plain(&row->type, rec, at->type, "type", f) == -1 ||
	    field_plain(&date, rec, at->date, at->date_path, f) == -1 ||
	    read_key(&row->key, at, rec, f) == -1)
		return -1;
	if (!day_parse(date, &row->date))
		return fault_set(f, FAULT_DATA,
		    "field '%s' is no day as 2026-02-10: '%.*s'", at->date_path,
		    date.len > 40 ? 40 : (int)date.len, date.p);
	if (row->type.len + row->key.len > KEPT_KEY_MAX)
		return fault_set(f, FAULT_DATA,
		    "type and key have more than %d bytes", KEPT_KEY_MAX);
	row->line = rec->line;
	return 0;
}

void
row_pack(struct buf *b, const struct kept_row *row)
{
	char date[DAY_TEXT];

	buf_clear(b);
	day_format(row->date, date);
	buf_text(b, row->type);
	buf_char(b, '\0');
	buf_str(b, date);
	buf_text(b, row->key);
}

void
row_unpack(struct kept_row *row, struct text packed)
{
	const size_t len = DAY_TEXT - 1;

	row->type = (struct text){ packed.p, strlen(packed.p) };
	packed.p += row->type.len + 1;
	packed.len -= row->type.len + 1;
	(void)day_parse((struct text){ packed.p, len }, &row->date);
	row->key = (struct text){ packed.p + len, packed.len - len };
}
