#include "hubspot/state.h"

#include <stdlib.h>

#include "base/arena.h"
#include "base/json.h"
#include "base/xalloc.h"

enum {
	TYPE,
	OBJECT,
	FILTER,
	CHANGED_AT,
	SLOTS
};

struct entry {
	struct text object;
	struct text filter;
	instant_us at;
};

struct state {
	struct arena *arena;
	struct entry *entry;
	size_t nr;
};

struct state *
state_new(void)
{
	struct state *s = xcalloc(1, sizeof(*s));

	s->arena = arena_new();
	return s;
}

void
state_free(struct state *s)
{
	if (s == NULL)
		return;
	arena_free(s->arena);
	free(s->entry);
	free(s);
}

static struct entry *
find(const struct state *s, struct text object, struct text filter)
{
	size_t i;

	for (i = 0; i < s->nr; i++)
		if (text_equal(s->entry[i].object, object) &&
		    text_equal(s->entry[i].filter, filter))
			return &s->entry[i];
	return NULL;
}

instant_us
state_get(const struct state *s, struct text object, struct text filter)
{
	const struct entry *e = find(s, object, filter);

	return e == NULL ? STATE_NONE : e->at;
}

void
state_put(
    struct state *s, struct text object, struct text filter, instant_us at)
{
	struct entry *e = find(s, object, filter);

	if (e == NULL) {
		s->entry =
		    xreallocarray(s->entry, s->nr + 1, sizeof(*s->entry));
		e = &s->entry[s->nr++];
		e->object = arena_copy(s->arena, object);
		e->filter = arena_copy(s->arena, filter);
	}
	e->at = at;
}

/* What a line says, into the state. */
static int
take(struct state *s, const struct json_value *field, struct arena *scratch,
    struct fault *f)
{
	struct text object = json_text(field[OBJECT], scratch);
	struct text filter = text_of("");
	instant_us at;

	if (!text_is(json_text(field[TYPE], scratch), "fetch_state") ||
	    object.len == 0)
		return fault_set(f, FAULT_DATA, "no fetch_state record");
	if (!instant_parse(json_text(field[CHANGED_AT], scratch), &at))
		return fault_set(
		    f, FAULT_DATA, "field 'changed_at' is no instant");
	if (field[FILTER].kind == VALUE_OBJECT)
		filter = json_raw(field[FILTER]);
	state_put(s, object, filter, at);
	return 0;
}

int
state_read(struct state *s, const struct buf *file, struct fault *f)
{
	struct json_shape *shape = json_shape_new();
	struct arena *scratch = arena_new();
	struct json_value field[SLOTS];
	const char *p = file->p, *end = file->p, *eol;
	size_t line = 0;
	int status = 0;

	json_want(shape, "type");
	json_want(shape, "object");
	json_want(shape, "filter");
	json_want(shape, "changed_at");
	while (status == 0 && p != NULL && p < file->p + file->len) {
		line++;
		eol = memchr(p, '\n', file->len - (size_t)(p - file->p));
		if (eol == NULL)
			status = fault_set(
			    f, FAULT_DATA, "the last line is not ended");
		else
			status = json_scan_line(shape, p, field, &end, f);
		if (status == 0)
			status = take(s, field, scratch, f);
		p = eol == NULL ? NULL : eol + 1;
	}
	if (status == -1)
		fault_prefix(f, "line %zu: ", line);
	json_shape_free(shape);
	arena_free(scratch);
	return status;
}

static int
by_name(const void *left, const void *right)
{
	const struct entry *a = left, *b = right;
	int order = text_compare(a->object, b->object);

	return order != 0 ? order : text_compare(a->filter, b->filter);
}

void
state_write(const struct state *s, struct buf *file)
{
	char at[INSTANT_TEXT];
	size_t i;

	if (s->nr > 0)
		qsort(s->entry, s->nr, sizeof(*s->entry), by_name);
	for (i = 0; i < s->nr; i++) {
		json_open(file);
		json_key(file, "type");
		json_put_str(file, "fetch_state");
		json_key(file, "object");
		json_put_text(file, s->entry[i].object);
		json_key(file, "filter");
		if (s->entry[i].filter.len > 0)
			json_put_raw(file, s->entry[i].filter);
		else
			json_put_null(file);
		instant_format(s->entry[i].at, at);
		json_key(file, "changed_at");
		json_put_str(file, at);
		json_close(file);
		buf_char(file, '\n');
	}
}

instant_us
state_next(instant_us before, instant_us began, instant_us seen)
{
	instant_us next = seen > before ? seen : before;

	return next > began ? began : next;
}
