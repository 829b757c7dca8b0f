#include "table/spread.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/map.h"
#include "base/xalloc.h"

/* Paths are remembered up to here; a key may be an id, new in each record. */
#define LOST_MAX 1000

struct spread {
	struct map *column; /* path to its number */
	struct map *lost;
	struct json_value *value;
	size_t cap;
	size_t expected; /* the column that comes next if all is as before */
	struct buf path;
	bool learned;
};

struct spread *
spread_new(void)
{
	struct spread *s = xcalloc(1, sizeof(*s));

	s->column = map_new();
	s->lost = map_new();
	buf_init(&s->path, SIZE_MAX / 2);
	return s;
}

void
spread_free(struct spread *s)
{
	if (s == NULL)
		return;
	map_free(s->column);
	map_free(s->lost);
	buf_free(&s->path);
	free(s->value);
	free(s);
}

/* The number of the column at s->path, MAP_NONE when it has none. */
static size_t
column_of(struct spread *s)
{
	struct text path = buf_view(&s->path);
	size_t i = s->expected, nr = map_size(s->column);

	if (i < nr && text_equal(map_key(s->column, i), path)) {
		s->expected++;
		return i;
	}
	if (s->learned) {
		i = map_get(s->column, path);
		if (i == MAP_NONE) {
			if (map_size(s->lost) < LOST_MAX)
				map_intern(s->lost, path, NULL);
			return MAP_NONE;
		}
	} else {
		i = map_intern(s->column, path, NULL);
	}
	s->expected = i + 1;
	return i;
}

static void
put_value(struct spread *s, struct json_value v)
{
	size_t i = column_of(s), cap;

	if (i == MAP_NONE)
		return;
	if (i >= s->cap) {
		cap = s->cap == 0 ? 64 : s->cap * 2;
		s->value = xreallocarray(s->value, cap, sizeof(*s->value));
		memset(
		    s->value + s->cap, 0, (cap - s->cap) * sizeof(*s->value));
		s->cap = cap;
	}
	s->value[i] = v;
}

static void
add_key(struct buf *path, struct text key)
{
	size_t i;

	if (path->len > 0)
		buf_char(path, '.');
	if (memchr(key.p, '.', key.len) == NULL &&
	    memchr(key.p, '\\', key.len) == NULL) {
		buf_text(path, key);
		return;
	}
	for (i = 0; i < key.len; i++) {
		if (key.p[i] == '.' || key.p[i] == '\\')
			buf_char(path, '\\');
		buf_char(path, key.p[i]);
	}
}

static bool
is_empty(struct json_value object)
{
	struct json_value key, value;
	const char *at = NULL;

	return !json_next(object, &at, &key, &value);
}

static void
spread_object(struct spread *s, struct json_value object, struct arena *scratch)
{
	struct json_value key, value;
	const char *at = NULL;
	size_t len = s->path.len;

	while (json_next(object, &at, &key, &value)) {
		add_key(&s->path, json_text(key, scratch));
		if (value.kind == VALUE_OBJECT && !is_empty(value))
			spread_object(s, value, scratch);
		else
			put_value(s, value);
		s->path.len = len;
	}
}

const struct json_value *
spread_record(struct spread *s, struct text line, struct arena *scratch)
{
	struct json_value object = { line.p, (uint32_t)line.len, VALUE_OBJECT,
		false };

	if (s->cap > 0)
		memset(s->value, 0, s->cap * sizeof(*s->value));
	s->expected = 0;
	buf_clear(&s->path);
	spread_object(s, object, scratch);
	s->learned = true;
	return s->value;
}

size_t
spread_columns(const struct spread *s)
{
	return map_size(s->column);
}

struct text
spread_header(const struct spread *s, size_t column)
{
	return map_key(s->column, column);
}

size_t
spread_lost(const struct spread *s)
{
	return map_size(s->lost);
}

struct text
spread_lost_path(const struct spread *s, size_t i)
{
	return map_key(s->lost, i);
}
