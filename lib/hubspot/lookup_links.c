#include <stdlib.h>

#include "base/xalloc.h"
#include "hubspot/answer.h"
#include "hubspot/lookup_impl.h"
#include "hubspot/object.h"

#define ROUNDS_MAX 100000

enum {
	TO_ID,
	TO_TYPES,
	TO_SLOTS
};

static struct lookup_row *
add_row(struct lookup_batch *b)
{
	if (b->row_nr == b->row_cap) {
		b->row_cap = b->row_cap == 0 ? 64 : b->row_cap * 2;
		b->row = xreallocarray(b->row, b->row_cap, sizeof(*b->row));
	}
	b->row[b->row_nr] = (struct lookup_row){ .nr = b->row_nr };
	return &b->row[b->row_nr++];
}

/* A row for the link, and one for each label it has. */
static int
take_link(struct lookup *l, struct lookup_batch *b, size_t from,
    struct json_value to, struct fault *f)
{
	struct json_value field[TO_SLOTS], type, label;
	const char *at = NULL;
	struct text id = { NULL, 0 };
	struct lookup_row *row;

	if (to.kind == VALUE_OBJECT) {
		json_scan_value(l->to_shape, to, field);
		id = answer_id(field[TO_ID], l->scratch);
	}
	if (id.len == 0)
		return fault_set(f, FAULT_DATA,
		    "the answer has a link without a toObjectId");
	id = arena_copy(b->arena, id);
	row = add_row(b);
	row->from = from;
	row->to_id = id;
	l->counts.received++;
	while (json_next(field[TO_TYPES], &at, NULL, &type)) {
		if (type.kind != VALUE_OBJECT)
			continue;
		json_scan_value(l->type_shape, type, &label);
		if (label.kind != VALUE_STRING)
			continue;
		row = add_row(b);
		row->from = from;
		row->to_id = id;
		row->label = arena_copy(b->arena, json_text(label, l->scratch));
	}
	return 0;
}

/* The links of an id go on behind a cursor, which must be new. */
static int
go_on(struct lookup *l, struct lookup_batch *b, size_t from, struct text after,
    struct fault *f)
{
	struct buf key;
	bool is_new;

	buf_init(&key, 128 << 10);
	buf_text(&key, b->id[from]);
	buf_char(&key, ' ');
	buf_text(&key, after);
	is_new = idset_add(l->cursors, buf_view(&key));
	buf_free(&key);
	if (!is_new || b->rounds == ROUNDS_MAX)
		return fault_set(f, FAULT_DATA,
		    "paging does not move on: the links of '%.*s' came twice "
		    "behind the cursor '%.*s'",
		    TEXT_ARG(b->id[from]), TEXT_ARG(after));
	b->more = xreallocarray(b->more, b->more_nr + 1, sizeof(*b->more));
	b->more[b->more_nr++] =
	    (struct lookup_more){ from, arena_copy(b->arena, after) };
	return 0;
}

static int
take_from(struct lookup *l, struct lookup_batch *b, struct json_value result,
    size_t *near, struct fault *f)
{
	struct json_value field[LOOKUP_ITEM_SLOTS], to;
	const char *at = NULL;
	struct text after, id = { NULL, 0 };
	size_t from;

	if (result.kind == VALUE_OBJECT) {
		json_scan_value(l->item_shape, result, field);
		id = answer_id(field[LOOKUP_FROM], l->scratch);
	}
	if (id.len == 0)
		return fault_set(
		    f, FAULT_DATA, "the answer has links of no id");
	from = lookup_find(b, id, near);
	/* a record merged into another may answer with the other's id */
	if (from == b->nr) {
		b->id = xreallocarray(b->id, b->nr + 1, sizeof(*b->id));
		b->id[b->nr++] = arena_copy(b->arena, id);
	}
	while (json_next(field[LOOKUP_TO], &at, NULL, &to))
		if (take_link(l, b, from, to, f) == -1)
			return -1;
	after = answer_id(field[LOOKUP_AFTER], l->scratch);
	return after.len == 0 ? 0 : go_on(l, b, from, after, f);
}

static int
by_link(const void *left, const void *right)
{
	const struct lookup_row *a = left, *b = right;
	int order = text_compare(a->to_id, b->to_id);

	if (a->from != b->from)
		return a->from < b->from ? -1 : 1;
	if (order != 0)
		return order;
	return a->nr < b->nr ? -1 : a->nr > b->nr;
}

/* The labels of row[0 .. nr], which are of one link, each once. */
static void
put_labels(struct buf *out, const struct lookup_row *row, size_t nr)
{
	size_t i, j;

	json_key(out, "labels");
	json_open_array(out);
	for (i = 0; i < nr; i++) {
		for (j = 0; j < i; j++)
			if (text_equal(row[j].label, row[i].label))
				break;
		if (row[i].label.p != NULL && j == i)
			json_put_text(out, row[i].label);
	}
	json_close_array(out);
}

static void
put_link(struct lookup *l, struct lookup_batch *b, const struct lookup_row *row,
    size_t nr)
{
	struct buf *out = &b->lines;

	json_open(out);
	json_key(out, "type");
	json_put_str(out, "association");
	json_key(out, "from_type");
	json_put_text(out, object_type(l->conf.object));
	json_key(out, "from_id");
	json_put_text(out, b->id[row->from]);
	json_key(out, "to_type");
	json_put_text(out, object_type(l->conf.to_object));
	json_key(out, "to_id");
	json_put_text(out, row->to_id);
	put_labels(out, row, nr);
	json_close(out);
	buf_char(out, '\n');
	b->records++;
}

static void
put_links(struct lookup *l, struct lookup_batch *b)
{
	size_t i, nr, unlabelled;
	size_t from = (size_t)-1, with = 0;

	if (b->row_nr > 0)
		qsort(b->row, b->row_nr, sizeof(*b->row), by_link);
	for (i = 0; i < b->row_nr; i += nr) {
		unlabelled = 0;
		for (nr = 0; i + nr < b->row_nr &&
			     b->row[i + nr].from == b->row[i].from &&
			     text_equal(b->row[i + nr].to_id, b->row[i].to_id);
		     nr++)
			unlabelled += b->row[i + nr].label.p == NULL;
		l->counts.duplicates += unlabelled - 1;
		with += b->row[i].from != from;
		from = b->row[i].from;
		put_link(l, b, b->row + i, nr);
	}
	if (b->nr > with + b->gone)
		l->counts.empty += b->nr - with - b->gone;
}

int
lookup_take_links(struct lookup *l, struct lookup_batch *b,
    const struct json_value *field, struct fault *f)
{
	uint64_t gone = l->counts.missing + l->counts.lost;
	enum lookup_named *named;
	struct json_value result;
	const char *at = NULL;
	size_t near = 0;

	b->rounds++;
	b->more_nr = 0;
	while (json_next(field[LOOKUP_RESULTS], &at, NULL, &result))
		if (take_from(l, b, result, &near, f) == -1)
			return -1;
	named = xcalloc(b->nr, sizeof(*named));
	lookup_read_errors(l, b, field[LOOKUP_ERRORS], named);
	free(named);
	b->gone += (size_t)(l->counts.missing + l->counts.lost - gone);
	if (b->more_nr > 0) {
		b->state = WAITS;
		return 0;
	}
	put_links(l, b);
	b->state = ANSWERED;
	return 0;
}
