#include "airtable/resolve.h"

#include <stdlib.h>
#include <string.h>

#include "airtable/form.h"
#include "base/map.h"
#include "base/xalloc.h"

/* What an id is called; one that has more names has more of these. */
struct called {
	struct text name;
	size_t next; /* MAP_NONE: the last */
};

struct resolve {
	char *key, *table, *field, *list; /* list NULL: by the linked record */
	struct json_shape *shape;
	struct map *id; /* to the first of its names */
	struct called *called;
	size_t nr, cap;
	struct arena *keep, *scratch;
};

/*
 * The rule
 */

/* A copy up to stop, which *rest is then behind; NULL when it is not there. */
static char *
cut(const char **rest, char stop)
{
	char *copy = xstrdup(*rest), *o = copy;
	const char *p;

	for (p = *rest; *p != '\0' && *p != stop; p++) {
		if (*p == '\\' && p[1] != '\0')
			p++;
		*o++ = *p;
	}
	*o = '\0';
	if (*p != stop || o == copy) {
		free(copy);
		return NULL;
	}
	*rest = p + (stop != '\0');
	return copy;
}

struct resolve *
resolve_new(const char *rule, struct fault *f)
{
	struct resolve *r = xcalloc(1, sizeof(*r));
	const char *rest = rule;

	r->shape = pull_shape();
	r->keep = arena_new();
	r->scratch = arena_new();
	r->id = map_new();
	r->key = cut(&rest, '=');
	if (r->key != NULL)
		r->table = cut(&rest, ':');
	if (r->table != NULL) {
		r->field = cut(&rest, '<');
		if (r->field == NULL)
			r->field = cut(&rest, '\0');
		else
			r->list = cut(&rest, '\0');
	}
	/* a list that was begun and is not there */
	if (r->field != NULL && (r->list != NULL || rest[-1] != '<'))
		return r;
	fault_set(f, FAULT_USAGE,
	    "'%s' is neither KEY=TABLE:FIELD nor KEY=TABLE:FIELD<LIST", rule);
	resolve_free(r);
	return NULL;
}

void
resolve_free(struct resolve *r)
{
	if (r == NULL)
		return;
	free(r->key);
	free(r->table);
	free(r->field);
	free(r->list);
	json_shape_free(r->shape);
	map_free(r->id);
	free(r->called);
	arena_free(r->keep);
	arena_free(r->scratch);
	free(r);
}

const char *
resolve_key(const struct resolve *r)
{
	return r->key;
}

bool
resolve_by_list(const struct resolve *r)
{
	return r->list != NULL;
}

/*
 * The table
 */
void
resolve_begin(void *arg)
{
	struct resolve *r = arg;

	map_free(r->id);
	r->id = map_new();
	r->nr = 0;
	arena_clear(r->keep);
}

static void
add_name(struct resolve *r, struct text id, struct text name)
{
	size_t last = map_get(r->id, id), i;

	for (i = last; i != MAP_NONE; i = r->called[i].next) {
		if (text_equal(r->called[i].name, name))
			return;
		last = i;
	}
	r->called = xgrow(r->called, r->nr, &r->cap, sizeof(*r->called));
	r->called[r->nr] = (struct called){ name, MAP_NONE };
	if (last == MAP_NONE)
		map_put(r->id, id, r->nr);
	else
		r->called[last].next = r->nr;
	r->nr++;
}

int
resolve_add(void *arg, struct json_value record, struct fault *f)
{
	struct resolve *r = arg;
	struct json_value of[PULL_SLOTS], list, part;
	const char *at = NULL;
	struct text name;

	arena_clear(r->scratch);
	if (pull_record(r->shape, record, of, f) == -1)
		return -1;
	name = form_text(
	    pull_cell(of[PULL_FIELDS], r->field, r->scratch), r->scratch);
	if (name.len == 0)
		return 0;
	name = arena_copy(r->keep, name);
	if (r->list == NULL) {
		add_name(r, json_text(of[PULL_ID], r->scratch), name);
		return 0;
	}
	list = pull_cell(of[PULL_FIELDS], r->list, r->scratch);
	while (list.kind == VALUE_ARRAY && json_next(list, &at, NULL, &part))
		add_name(r, form_text(part, r->scratch), name);
	return 0;
}

int
resolve_pull(struct resolve *r, struct api *api, struct fault *f)
{
	const char *field[] = { r->field, r->list, NULL };
	struct pull pull = { .table = r->table,
		.field = field,
		.arg = r,
		.begin = resolve_begin,
		.record = resolve_add };
	struct pull_counts ignored;

	return pull_read(api, &pull, &ignored, f);
}

/*
 * Looking up
 */
static size_t
put_names(const struct resolve *r, struct text id, struct buf *b)
{
	size_t i = id.p == NULL ? MAP_NONE : map_get(r->id, id), nr = 0;

	for (; i != MAP_NONE; i = r->called[i].next, nr++)
		json_put_text(b, r->called[i].name);
	return nr;
}

/* Text where it is one, null where it is none, an array of what was put. */
static void
close_names(struct buf *names, size_t nr, struct buf *b)
{
	if (nr == 0) {
		json_put_null(b);
	} else if (nr == 1) {
		json_put_raw(b, buf_view(names));
	} else {
		json_open_array(b);
		json_put_raw(b, buf_view(names));
		json_close_array(b);
	}
	buf_free(names);
}

size_t
resolve_put(const struct resolve *r, struct text id, struct buf *b)
{
	struct buf names;
	size_t nr;

	buf_init(&names, b->max);
	nr = put_names(r, id, &names);
	close_names(&names, nr, b);
	return nr;
}

void
resolve_cell(const struct resolve *r, struct json_value cell,
    struct arena *scratch, uint64_t *missing, struct buf *b)
{
	struct json_value part;
	const char *at = NULL;
	struct buf names;
	size_t nr = 0, found;

	buf_init(&names, b->max);
	while (cell.kind == VALUE_ARRAY && json_next(cell, &at, NULL, &part)) {
		found = put_names(r, form_text(part, scratch), &names);
		*missing += found == 0;
		nr += found;
	}
	close_names(&names, nr, b);
}
