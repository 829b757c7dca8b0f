#include "table/heading.h"

#include <stdint.h>
#include <stdlib.h>

#include "base/buf.h"
#include "base/map.h"
#include "base/xalloc.h"
#include "base/xlsx.h"

#define NO_KEY	 ((size_t)-1)
#define RESERVED ((size_t)-2)

struct heading_column {
	size_t key; /* its number in used; NO_KEY: none was needed yet */
	bool named;
};

struct heading {
	struct map *used;   /* every key, and its column */
	struct map *times;  /* how often one came up that was taken */
	struct map *rename; /* a header to its place in key */
	struct text *key;   /* borrowed */
	struct heading_column *column;
	size_t nr;
};

struct heading *
heading_new(void)
{
	struct heading *h = xcalloc(1, sizeof(*h));

	h->used = map_new();
	h->times = map_new();
	h->rename = map_new();
	return h;
}

void
heading_free(struct heading *h)
{
	if (h == NULL)
		return;
	map_free(h->used);
	map_free(h->times);
	map_free(h->rename);
	free(h->key);
	free(h->column);
	free(h);
}

void
heading_reserve(struct heading *h, const char *key)
{
	map_put(h->used, text_of(key), RESERVED);
}

/* wanted, or with _N behind it where that is taken; returns its number. */
static size_t
add_key(struct heading *h, struct text wanted, size_t column)
{
	struct buf key;
	size_t n, number;

	buf_init(&key, SIZE_MAX / 2);
	buf_text(&key, wanted);
	if (map_get(h->used, wanted) != MAP_NONE) {
		n = map_get(h->times, wanted);
		if (n == MAP_NONE)
			n = 1;
		do {
			buf_clear(&key);
			buf_text(&key, wanted);
			buf_printf(&key, "_%zu", ++n);
		} while (map_get(h->used, buf_view(&key)) != MAP_NONE);
		map_put(h->times, wanted, n);
	}
	number = map_intern(h->used, buf_view(&key), NULL);
	map_put(h->used, buf_view(&key), column);
	buf_free(&key);
	return number;
}

void
heading_rename(struct heading *h, const struct columns *columns)
{
	size_t i;

	h->key = xcalloc(columns->nr, sizeof(*h->key));
	for (i = 0; i < columns->nr; i++) {
		h->key[i] = text_of(columns->column[i].header);
		map_put(h->rename, text_of(columns->column[i].name), i);
	}
}

void
heading_add(struct heading *h, struct text header)
{
	struct heading_column *c;
	size_t renamed = map_get(h->rename, header);
	bool named = text_trim(header).len > 0;

	if (renamed != MAP_NONE)
		header = h->key[renamed];

	h->column = xreallocarray(h->column, h->nr + 1, sizeof(*h->column));
	c = &h->column[h->nr];
	c->named = named;
	c->key = named ? add_key(h, header, h->nr) : NO_KEY;
	h->nr++;
}

size_t
heading_columns(const struct heading *h)
{
	return h->nr;
}

bool
heading_named(const struct heading *h, size_t column)
{
	return column < h->nr && h->column[column].named;
}

struct text
heading_key(struct heading *h, size_t column)
{
	char letter[XLSX_COLUMN_NAME];
	struct heading_column *c;

	while (column >= h->nr)
		heading_add(h, text_of(""));
	c = &h->column[column];
	/* not before it is needed: a header of that name comes first */
	if (c->key == NO_KEY)
		c->key = add_key(
		    h, text_of(xlsx_column_name(column, letter)), column);
	return map_key(h->used, c->key);
}

static void
list_keys(const struct heading *h, struct buf *b)
{
	const char *separator = "";
	size_t i;

	for (i = 0; i < h->nr; i++) {
		if (!h->column[i].named)
			continue;
		buf_str(b, separator);
		buf_char(b, '\'');
		buf_text(b, map_key(h->used, h->column[i].key));
		buf_char(b, '\'');
		separator = ", ";
	}
	if (b->len == 0)
		buf_str(b, "none");
}

int
heading_choose(const struct heading *h, const struct columns *columns,
    const char *file, size_t *from, struct fault *f)
{
	struct buf keys;
	size_t i;

	for (i = 0; i < columns->nr; i++) {
		from[i] = map_get(h->used, text_of(columns->column[i].name));
		if (from[i] != MAP_NONE && heading_named(h, from[i]))
			continue;
		buf_init(&keys, SIZE_MAX / 2);
		list_keys(h, &keys);
		fault_set(f, FAULT_DATA, "%s: has no column '%s'; it has %s",
		    file, columns->column[i].name, keys.p);
		buf_free(&keys);
		return -1;
	}
	return 0;
}
