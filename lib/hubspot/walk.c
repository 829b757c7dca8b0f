#include "hubspot/walk.h"

#include <stdlib.h>

#include "base/arena.h"
#include "base/http.h"
#include "base/num.h"
#include "base/xalloc.h"
#include "hubspot/answer.h"
#include "hubspot/idset.h"

#define TOTAL_MAX   INT64_C(1000000000000) /* nobody has so many */
#define PAGES_MAX   100000
#define LIST_PAGE   100
#define OWNERS_PAGE 500
#define CURSOR_ROOM 200 /* what a cursor may add to a URL */
#define URL_CEILING (1u << 20)

enum {
	RESULTS,
	AFTER,
	TOTAL,
	PAGE_SLOTS
};
enum {
	ITEM_ID,
	ITEM_UPDATED,
	ITEM_SLOTS
};

struct walk {
	struct walk_conf conf;
	bool ids_only;
	bool done;
	bool is_short;
	struct buf cursor; /* empty on a first page */
	struct idset *cursors;
	struct idset *seen;
	struct walk_counts counts;

	/* of a search */
	struct buf above; /* ids up to this one are done; empty at first */
	struct buf last_id;
	bool unordered; /* ids did not come in their order */
	bool window_begun;
	int64_t window_total;
	uint64_t window_nr;   /* new ids in this window */
	uint64_t window_base; /* received before it */

	struct json_shape *page_shape;
	struct json_shape *item_shape;
	struct json_value field[PAGE_SLOTS];
	struct arena *scratch;
	struct walk_item *item;
	size_t nr, cap;
};

/* The path of a list but for its cursor. */
static void
put_list(const struct walk *w, struct buf *path)
{
	const struct walk_conf *c = &w->conf;

	if (c->kind == WALK_OWNERS) {
		path_add(path, c->version, PATH_OWNERS, c->object, c->object);
		buf_printf(path, "?limit=%d", OWNERS_PAGE);
	} else {
		path_add(path, c->version, PATH_LIST, c->object, c->object);
		buf_printf(path, "?limit=%d", LIST_PAGE);
		if (w->ids_only) {
			buf_str(path, "&properties=hs_object_id");
		} else if (properties_nr(c->properties) > 0) {
			buf_str(path, "&properties=");
			properties_put_query(c->properties, path);
		}
	}
	if (c->archived)
		buf_str(path, "&archived=true");
}

static void
put_sorts(struct buf *b)
{
	json_key(b, "sorts");
	json_open_array(b);
	json_open(b);
	json_key(b, "propertyName");
	json_put_str(b, "hs_object_id");
	json_key(b, "direction");
	json_put_str(b, "ASCENDING");
	json_close(b);
	json_close_array(b);
}

static int
put_search(const struct walk *w, struct buf *body, struct fault *f)
{
	const struct walk_conf *c = &w->conf;
	struct search_bound bound[2];
	struct properties *id_only;
	size_t nr = 0;

	if (c->since != NULL)
		bound[nr++] = *c->since;
	if (w->above.len > 0)
		bound[nr++] = (struct search_bound){ "hs_object_id", "GT",
			buf_view(&w->above) };
	json_open(body);
	if (search_put(c->search, body, bound, nr, f) == -1)
		return -1;
	put_sorts(body);
	if (w->ids_only) {
		id_only = properties_new();
		properties_add(id_only, text_of("hs_object_id"));
		properties_put(id_only, body);
		properties_free(id_only);
	} else {
		properties_put(c->properties, body);
	}
	json_key(body, "limit");
	json_put_int(body, SEARCH_PAGE);
	if (w->cursor.len > 0) {
		json_key(body, "after");
		json_put_text(body, buf_view(&w->cursor));
	}
	json_close(body);
	return 0;
}

/* Whether the first request would be longer than HubSpot surely takes. */
static bool
is_long(const struct walk *w)
{
	struct fault ignored = { 0 };
	struct buf b;
	bool is;

	if (properties_nr(w->conf.properties) == 0)
		return false;
	buf_init(&b, URL_CEILING);
	if (w->conf.kind == WALK_SEARCH) {
		(void)put_search(w, &b, &ignored);
		is = b.over || b.len + CURSOR_ROOM > SEARCH_BODY_MAX;
	} else {
		put_list(w, &b);
		is = b.over ||
		     w->conf.base_len + b.len + CURSOR_ROOM > PATH_URL_MAX;
	}
	buf_free(&b);
	return is;
}

struct walk *
walk_new(const struct walk_conf *conf)
{
	struct walk *w = xcalloc(1, sizeof(*w));

	w->conf = *conf;
	w->counts.total = -1;
	w->counts.changed_at = INT64_MIN;
	w->seen = idset_new();
	w->cursors = idset_new();
	w->scratch = arena_new();
	buf_init(&w->cursor, 64 << 10);
	buf_init(&w->above, 1024);
	buf_init(&w->last_id, 1024);
	w->page_shape = json_shape_new();
	json_want(w->page_shape, "results");
	json_want(w->page_shape, "paging.next.after");
	json_want(w->page_shape, "total");
	w->item_shape = json_shape_new();
	json_want(w->item_shape, "id");
	json_want(w->item_shape, "updatedAt");
	w->ids_only = is_long(w);
	return w;
}

void
walk_free(struct walk *w)
{
	if (w == NULL)
		return;
	idset_free(w->seen);
	idset_free(w->cursors);
	arena_free(w->scratch);
	buf_free(&w->cursor);
	buf_free(&w->above);
	buf_free(&w->last_id);
	json_shape_free(w->page_shape);
	json_shape_free(w->item_shape);
	free(w->item);
	free(w);
}

bool
walk_ids_only(const struct walk *w)
{
	return w->ids_only;
}

void
walk_set_ids_only(struct walk *w)
{
	w->ids_only = true;
}

int
walk_ask(struct walk *w, struct buf *path, struct buf *body, struct fault *f)
{
	if (w->conf.kind == WALK_SEARCH) {
		path_add(path, w->conf.version, PATH_SEARCH, w->conf.object,
		    w->conf.object);
		return put_search(w, body, f);
	}
	put_list(w, path);
	if (w->cursor.len > 0) {
		buf_str(path, "&after=");
		http_escape(path, buf_view(&w->cursor));
	}
	return 0;
}

static bool
is_number(struct text id)
{
	size_t i;

	for (i = 0; i < id.len; i++)
		if (id.p[i] < '0' || id.p[i] > '9')
			return false;
	return id.len > 0 && id.p[0] != '0';
}

/* Ids as numbers: whether a comes before b. */
static bool
comes_before(struct text a, struct text b)
{
	return a.len != b.len ? a.len < b.len : text_compare(a, b) < 0;
}

static void
note_id(struct walk *w, struct text id)
{
	if (!is_number(id) ||
	    (w->last_id.len > 0 && !comes_before(buf_view(&w->last_id), id)))
		w->unordered = true;
	buf_clear(&w->last_id);
	buf_text(&w->last_id, id);
}

static void
note_change(struct walk *w, struct json_value updated)
{
	instant_us at;

	if (instant_parse_loose(json_text(updated, w->scratch), &at) &&
	    at > w->counts.changed_at)
		w->counts.changed_at = at;
}

static int
take_item(struct walk *w, struct json_value object, struct fault *f)
{
	struct json_value field[ITEM_SLOTS];
	struct text id = { NULL, 0 };

	if (object.kind == VALUE_OBJECT) {
		json_scan_value(w->item_shape, object, field);
		id = answer_id(field[ITEM_ID], w->scratch);
	}
	if (id.p == NULL || id.len == 0)
		return fault_set(
		    f, FAULT_DATA, "the answer has a result without an id");
	if (field[ITEM_UPDATED].kind == VALUE_STRING)
		note_change(w, field[ITEM_UPDATED]);
	if (!idset_add(w->seen, id)) {
		w->counts.duplicates++;
		return 0;
	}
	w->counts.received++;
	w->window_nr++;
	if (w->conf.kind == WALK_SEARCH)
		note_id(w, id);
	if (w->nr == w->cap) {
		w->cap = w->cap == 0 ? 256 : w->cap * 2;
		w->item = xreallocarray(w->item, w->cap, sizeof(*w->item));
	}
	w->item[w->nr++] = (struct walk_item){ id, object };
	return 0;
}

static int
take_items(struct walk *w, struct fault *f)
{
	struct json_value object;
	const char *at = NULL;

	while (json_next(w->field[RESULTS], &at, NULL, &object))
		if (take_item(w, object, f) == -1)
			return -1;
	return 0;
}

/* Go on at a cursor, which must be new. */
static int
set_cursor(struct walk *w, struct text after, struct fault *f)
{
	struct buf key;
	bool is_new;

	/* the same cursor in another window is another place */
	buf_init(&key, 128 << 10);
	buf_text(&key, buf_view(&w->above));
	buf_char(&key, ' ');
	buf_text(&key, after);
	is_new = idset_add(w->cursors, buf_view(&key));
	buf_free(&key);
	if (!is_new)
		return fault_set(f, FAULT_DATA,
		    "paging does not move on: the cursor '%.*s' came twice",
		    TEXT_ARG(after));
	buf_clear(&w->cursor);
	buf_text(&w->cursor, after);
	return buf_check(&w->cursor, "the cursor", f);
}

/* Ask for what comes behind the last id, from an offset of 0. */
static int
open_window(struct walk *w, struct fault *f)
{
	if (w->unordered)
		return fault_set(f, FAULT_DATA,
		    "the search does not come in the order of its ids, as was "
		    "asked: what is behind the last one cannot be told");
	buf_clear(&w->cursor);
	buf_clear(&w->above);
	buf_text(&w->above, buf_view(&w->last_id));
	w->window_begun = false;
	w->window_nr = 0;
	w->window_base = w->counts.received;
	return 0;
}

static int
end_window(struct walk *w, struct fault *f)
{
	if (w->window_nr >= (uint64_t)w->window_total) {
		w->done = true;
		return 0;
	}
	if (w->window_nr > 0)
		return open_window(w, f);
	w->done = true;
	w->is_short = true;
	return 0;
}

static int
take_search(struct walk *w, struct text after, struct fault *f)
{
	int64_t total, offset;

	if (!json_int64(w->field[TOTAL], &total) || total < 0 ||
	    total > TOTAL_MAX)
		return fault_set(f, FAULT_DATA, "the search says no total");
	if (w->window_begun && total != w->window_total && w->last_id.len > 0)
		return open_window(w, f);
	w->window_begun = true;
	w->window_total = total;
	w->counts.total = (int64_t)w->window_base + total;
	if (take_items(w, f) == -1)
		return -1;
	if (after.p == NULL)
		return end_window(w, f);
	if (num_parse_int(after, &offset) && offset + SEARCH_PAGE > SEARCH_MAX)
		return end_window(w, f);
	return set_cursor(w, after, f);
}

int
walk_take(struct walk *w, struct text body, struct fault *f)
{
	struct text after;

	w->nr = 0;
	arena_clear(w->scratch);
	if (answer_scan(w->page_shape, body, w->field, f) == -1)
		return -1;
	if (w->field[RESULTS].kind != VALUE_ARRAY)
		return fault_set(
		    f, FAULT_DATA, "the answer holds no array 'results'");
	if (++w->counts.pages > PAGES_MAX)
		return fault_set(f, FAULT_DATA,
		    "paging does not end: %d pages were read", PAGES_MAX);
	after = answer_id(w->field[AFTER], w->scratch);
	if (after.len == 0)
		after.p = NULL;
	if (w->conf.kind == WALK_SEARCH)
		return take_search(w, after, f);
	if (take_items(w, f) == -1)
		return -1;
	if (after.p != NULL)
		return set_cursor(w, after, f);
	w->done = true;
	return 0;
}

size_t
walk_nr(const struct walk *w)
{
	return w->nr;
}

const struct walk_item *
walk_item(const struct walk *w, size_t i)
{
	return &w->item[i];
}

bool
walk_done(const struct walk *w)
{
	return w->done;
}

bool
walk_short(const struct walk *w)
{
	return w->is_short;
}

const struct walk_counts *
walk_counts(const struct walk *w)
{
	return &w->counts;
}
