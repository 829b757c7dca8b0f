#include "hubspot/lookup.h"

#include <stdlib.h>

#include "base/arena.h"
#include "base/json.h"
#include "base/xalloc.h"
#include "hubspot/answer.h"
#include "hubspot/convert.h"
#include "hubspot/idset.h"
#include "hubspot/object.h"

#define IN_FLIGHT_MAX 16 /* batches asked for and not answered */
#define LIVE_MAX      32 /* those, and the ones that wait for one before */
#define LOST_MAX      4	 /* single ids refused while none was taken */
#define ROUNDS_MAX    100000
#define LINES_MAX     (256u << 20)

enum {
	RESULTS,
	ERRORS,
	STATUS,
	ANSWER_SLOTS
};
enum {
	FROM,
	TO,
	AFTER,
	UPDATED,
	ITEM_SLOTS
};
enum {
	TO_ID,
	TO_TYPES,
	TO_SLOTS
};
enum {
	CATEGORY,
	SUBCATEGORY,
	MESSAGE,
	IDS,
	FROM_IDS,
	ERROR_SLOTS
};

enum state {
	WAITS,
	ASKED,
	ANSWERED,
};

/* A link, or one label of it. */
struct row {
	size_t from; /* index of the id */
	struct text to_id;
	struct text label; /* JSON, "no text" for none */
	size_t nr;	   /* in the order received */
};

/* The links of an id go on behind a cursor. */
struct more {
	size_t from;
	struct text after;
};

struct lookup_batch {
	struct lookup_batch *next;
	enum state state;
	struct arena *arena; /* holds all its texts */
	struct text *id;
	size_t nr;
	struct row *row;
	size_t row_nr, row_cap;
	struct more *more;
	size_t more_nr;
	unsigned rounds;
	struct buf lines; /* what comes out */
	uint64_t records; /* of them */
};

struct lookup {
	struct lookup_conf conf;
	struct lookup_counts counts;
	struct idset *asked;
	struct idset *cursors;	    /* of links that go on */
	struct lookup_batch *first; /* in order; the last may be begun */
	struct lookup_batch *last;
	struct lookup_batch *begun;
	size_t live;	  /* batches asked for or answered */
	size_t in_flight; /* batches asked for */
	uint64_t waiting; /* ids in batches that wait, or in sorted */
	bool ended;
	bool refused; /* some batch was */

	struct arena *arena; /* of sorted */
	struct text *sorted;
	size_t sorted_nr, sorted_cap, sorted_at;

	struct buf missing;
	struct buf gaps;
	struct json_shape *answer_shape, *item_shape, *to_shape, *error_shape;
	struct arena *scratch;
};

static struct json_shape *
shape_of(const char *const *path)
{
	struct json_shape *s = json_shape_new();

	for (; *path != NULL; path++)
		json_want(s, *path);
	return s;
}

struct lookup *
lookup_new(const struct lookup_conf *conf)
{
	static const char *const answer[] = { "results", "errors", "status",
		NULL };
	static const char *const read[] = { "id", "to", "paging.next.after",
		NULL };
	static const char *const links[] = { "from.id", "to",
		"paging.next.after", NULL };
	static const char *const to[] = { "toObjectId", "associationTypes",
		NULL };
	static const char *const error[] = { "category", "subCategory",
		"message", "context.ids", "context.fromObjectId", NULL };
	struct lookup *l = xcalloc(1, sizeof(*l));

	l->conf = *conf;
	if (l->conf.batch == 0)
		l->conf.batch = LOOKUP_READ_MAX;
	l->asked = idset_new();
	l->cursors = idset_new();
	l->arena = arena_new();
	l->scratch = arena_new();
	buf_init(&l->missing, LINES_MAX);
	buf_init(&l->gaps, LINES_MAX);
	l->answer_shape = shape_of(answer);
	l->item_shape = shape_of(conf->to_object.p == NULL ? read : links);
	l->to_shape = shape_of(to);
	l->error_shape = shape_of(error);
	return l;
}

static struct lookup_batch *
batch_new(size_t ids)
{
	struct lookup_batch *b = xcalloc(1, sizeof(*b));

	b->arena = arena_new();
	b->id = xcalloc(ids, sizeof(*b->id));
	buf_init(&b->lines, LINES_MAX);
	return b;
}

static void
batch_free(struct lookup_batch *b)
{
	arena_free(b->arena);
	buf_free(&b->lines);
	free(b->id);
	free(b->row);
	free(b->more);
	free(b);
}

void
lookup_free(struct lookup *l)
{
	struct lookup_batch *b, *next;

	if (l == NULL)
		return;
	for (b = l->first; b != NULL; b = next) {
		next = b->next;
		batch_free(b);
	}
	idset_free(l->asked);
	idset_free(l->cursors);
	arena_free(l->arena);
	arena_free(l->scratch);
	free(l->sorted);
	buf_free(&l->missing);
	buf_free(&l->gaps);
	json_shape_free(l->answer_shape);
	json_shape_free(l->item_shape);
	json_shape_free(l->to_shape);
	json_shape_free(l->error_shape);
	free(l);
}

static void
append(struct lookup *l, struct lookup_batch *b)
{
	if (l->first == NULL)
		l->first = b;
	else
		l->last->next = b;
	l->last = b;
}

static void
put_id(struct lookup *l, struct text id)
{
	struct lookup_batch *b = l->begun;

	if (b == NULL) {
		b = l->begun = batch_new(l->conf.batch);
		append(l, b);
	}
	b->id[b->nr++] = arena_copy(b->arena, id);
	if (b->nr == l->conf.batch)
		l->begun = NULL;
}

void
lookup_add(struct lookup *l, struct text id)
{
	if (!idset_add(l->asked, id)) {
		l->counts.duplicates++;
		return;
	}
	l->counts.asked++;
	l->waiting++;
	if (!l->conf.sort) {
		put_id(l, id);
		return;
	}
	if (l->sorted_nr == l->sorted_cap) {
		l->sorted_cap = l->sorted_cap == 0 ? 1024 : l->sorted_cap * 2;
		l->sorted =
		    xreallocarray(l->sorted, l->sorted_cap, sizeof(*l->sorted));
	}
	l->sorted[l->sorted_nr++] = arena_copy(l->arena, id);
}

void
lookup_flush(struct lookup *l)
{
	l->begun = NULL;
}

static int
by_text(const void *a, const void *b)
{
	return text_compare(*(const struct text *)a, *(const struct text *)b);
}

void
lookup_end(struct lookup *l)
{
	l->begun = NULL;
	l->ended = true;
	if (l->sorted_nr > 0)
		qsort(l->sorted, l->sorted_nr, sizeof(*l->sorted), by_text);
}

bool
lookup_room(const struct lookup *l)
{
	return l->conf.sort ||
	       l->waiting < (uint64_t)l->conf.batch * IN_FLIGHT_MAX;
}

bool
lookup_begun(const struct lookup *l)
{
	return l->begun != NULL && l->first == l->begun;
}

uint64_t
lookup_waiting(const struct lookup *l)
{
	return l->waiting;
}

struct lookup_batch *
lookup_next(struct lookup *l)
{
	/* while nothing but refusals came, one at a time */
	size_t most = l->refused && l->counts.batches == 0 ? 1 : IN_FLIGHT_MAX;
	struct lookup_batch *b;

	if (l->in_flight >= most)
		return NULL;
	for (b = l->first; b != NULL && b != l->begun; b = b->next)
		if (b->state == WAITS)
			break;
	if (b == NULL && l->ended && l->live < LIVE_MAX &&
	    l->sorted_at < l->sorted_nr) {
		while (l->sorted_at < l->sorted_nr) {
			put_id(l, l->sorted[l->sorted_at++]);
			if (l->begun == NULL)
				break;
		}
		l->begun = NULL;
		for (b = l->first; b->state != WAITS; b = b->next)
			;
	}
	if (b == NULL || b == l->begun)
		return NULL;
	/* what is first in order must never wait for room */
	if (l->live >= LIVE_MAX && b != l->first && b->more_nr == 0)
		return NULL;
	if (b->more_nr == 0 && b->rounds == 0) {
		l->waiting -= b->nr;
		l->live++;
	}
	b->state = ASKED;
	l->in_flight++;
	return b;
}

static void
put_input(struct buf *body, struct text id, struct text after)
{
	json_open(body);
	json_key(body, "id");
	json_put_text(body, id);
	if (after.p != NULL) {
		json_key(body, "after");
		json_put_text(body, after);
	}
	json_close(body);
}

void
lookup_ask(const struct lookup *l, const struct lookup_batch *b,
    struct buf *path, struct buf *body)
{
	const struct lookup_conf *c = &l->conf;
	const struct text none = { NULL, 0 };
	size_t i;

	path_add(path, c->version,
	    c->to_object.p == NULL ? PATH_READ : PATH_LINKS, c->object,
	    c->to_object);
	if (c->to_object.p == NULL && c->archived)
		buf_str(path, "?archived=true");
	json_open(body);
	if (c->to_object.p == NULL)
		names_put(c->properties, body);
	json_key(body, "inputs");
	json_open_array(body);
	if (b->more_nr > 0)
		for (i = 0; i < b->more_nr; i++)
			put_input(
			    body, b->id[b->more[i].from], b->more[i].after);
	else
		for (i = 0; i < b->nr; i++)
			put_input(body, b->id[i], none);
	json_close_array(body);
	json_close(body);
}

/* The index of an id in the batch, looked for from *near on; nr for none. */
static size_t
index_of(const struct lookup_batch *b, struct text id, size_t *near)
{
	size_t i, at;

	for (i = 0; i < b->nr; i++) {
		at = (*near + i) % b->nr;
		if (text_equal(b->id[at], id)) {
			*near = at + 1;
			return at;
		}
	}
	return b->nr;
}

static void
note_missing(struct lookup *l, struct text id)
{
	l->counts.missing++;
	if (l->missing.len > 0)
		buf_char(&l->missing, ',');
	buf_text(&l->missing, id);
}

static void
note_lost(struct lookup *l, struct text id, struct text why)
{
	l->counts.lost++;
	buf_str(&l->gaps, "id ");
	buf_text(&l->gaps, id);
	buf_str(&l->gaps, ": ");
	buf_text(&l->gaps, why);
	buf_char(&l->gaps, '\n');
}

/* Why an id was named among the errors of an answer. */
enum named {
	NOT_NAMED,
	NAMED_MISSING,
	NAMED_LOST,
	NAMED_EMPTY,
	NAMED_FOUND, /* not among the errors, but the results */
};

static void
name_ids(struct lookup *l, struct lookup_batch *b, struct json_value list,
    enum named as, struct text why, enum named *named)
{
	struct json_value v;
	const char *at = NULL;
	size_t i, near = 0;

	while (json_next(list, &at, NULL, &v)) {
		i = index_of(b, answer_id(v, l->scratch), &near);
		if (i == b->nr || named[i] != NOT_NAMED)
			continue;
		named[i] = as;
		if (as == NAMED_MISSING)
			note_missing(l, b->id[i]);
		else if (as == NAMED_LOST)
			note_lost(l, b->id[i], why);
	}
}

/* What a 207 says went wrong with single ids. */
static void
take_errors(struct lookup *l, struct lookup_batch *b, struct json_value errors,
    enum named *named)
{
	struct json_value error, field[ERROR_SLOTS];
	const char *at = NULL;
	struct text category, why;
	enum named as;
	int slot;

	while (json_next(errors, &at, NULL, &error)) {
		if (error.kind != VALUE_OBJECT)
			continue;
		json_scan_value(l->error_shape, error, field);
		category = json_text(field[CATEGORY], l->scratch);
		why = json_text(field[MESSAGE], l->scratch);
		if (why.p == NULL)
			why =
			    category.p == NULL ? text_of("refused") : category;
		as = NAMED_LOST;
		if (text_is(json_text(field[SUBCATEGORY], l->scratch),
			"crm.associations.NO_ASSOCIATIONS_FOUND"))
			as = NAMED_EMPTY;
		else if (text_is(category, "OBJECT_NOT_FOUND"))
			as = NAMED_MISSING;
		for (slot = IDS; slot <= FROM_IDS; slot++)
			name_ids(l, b, field[slot], as, why, named);
	}
}

/* An object of the results. */
struct found {
	struct text id;
	struct json_value object;
	bool known; /* by another batch */
};

static void
put_found(struct lookup *l, struct lookup_batch *b, const struct found *found)
{
	convert_object(
	    &b->lines, object_type(l->conf.object), found->object, l->scratch);
	b->records++;
}

static int
collect_found(struct lookup *l, struct lookup_batch *b,
    struct json_value results, struct found *found, struct found **other,
    size_t *other_nr, struct fault *f)
{
	struct json_value object, field[ITEM_SLOTS];
	const char *at = NULL;
	struct found one;
	size_t i, near = 0, cap = 0;

	while (json_next(results, &at, NULL, &object)) {
		one = (struct found){ .object = object };
		if (object.kind == VALUE_OBJECT) {
			json_scan_value(l->item_shape, object, field);
			one.id = answer_id(field[FROM], l->scratch);
		}
		if (one.id.len == 0)
			return fault_set(f, FAULT_DATA,
			    "the answer has a result without an id");
		l->counts.received++;
		i = index_of(b, one.id, &near);
		if (i < b->nr) {
			l->counts.duplicates += found[i].id.p != NULL;
			found[i] = one;
			continue;
		}
		/* it may have been asked for in a place of its own */
		one.known = !idset_add(l->asked, one.id);
		l->counts.duplicates += one.known;
		if (*other_nr == cap) {
			cap = cap == 0 ? 16 : cap * 2;
			*other = xreallocarray(*other, cap, sizeof(**other));
		}
		(*other)[(*other_nr)++] = one;
	}
	return 0;
}

/*
 * Results in the order asked; then those with an id that was not asked for,
 * which is how HubSpot answers for a record merged into another.
 */
static int
take_read(struct lookup *l, struct lookup_batch *b,
    const struct json_value *field, struct fault *f)
{
	struct found *found = xcalloc(b->nr, sizeof(*found)), *other = NULL;
	enum named *named = xcalloc(b->nr, sizeof(*named));
	size_t i, other_nr = 0, open = 0;
	int status;

	status =
	    collect_found(l, b, field[RESULTS], found, &other, &other_nr, f);
	if (status == -1)
		goto out;
	for (i = 0; i < b->nr; i++)
		if (found[i].id.p != NULL) {
			named[i] = NAMED_FOUND;
			put_found(l, b, &found[i]);
		}
	take_errors(l, b, field[ERRORS], named);
	for (i = 0; i < other_nr; i++)
		if (!other[i].known)
			put_found(l, b, &other[i]);
	for (i = 0; i < b->nr; i++)
		open += named[i] == NOT_NAMED;
	/* which of them the others stand for is not told: none then is known */
	for (i = 0; open > other_nr && i < b->nr; i++)
		if (named[i] == NOT_NAMED)
			note_missing(l, b->id[i]);
	b->state = ANSWERED;
out:
	free(found);
	free(other);
	free(named);
	return status;
}

static struct row *
add_row(struct lookup_batch *b)
{
	if (b->row_nr == b->row_cap) {
		b->row_cap = b->row_cap == 0 ? 64 : b->row_cap * 2;
		b->row = xreallocarray(b->row, b->row_cap, sizeof(*b->row));
	}
	b->row[b->row_nr] = (struct row){ .nr = b->row_nr };
	return &b->row[b->row_nr++];
}

/* A row for the link, and one for each label it has. */
static int
take_link(struct lookup *l, struct lookup_batch *b, size_t from,
    struct json_value to, struct fault *f)
{
	struct json_value field[TO_SLOTS], type, key, label;
	const char *at = NULL, *at_member;
	struct text id = { NULL, 0 };
	struct row *row;

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
		at_member = NULL;
		while (json_next(type, &at_member, &key, &label)) {
			if (label.kind != VALUE_STRING ||
			    !text_is(json_text(key, l->scratch), "label"))
				continue;
			row = add_row(b);
			row->from = from;
			row->to_id = id;
			row->label =
			    arena_copy(b->arena, json_text(label, l->scratch));
		}
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
	    (struct more){ from, arena_copy(b->arena, after) };
	return 0;
}

static int
take_from(struct lookup *l, struct lookup_batch *b, struct json_value result,
    size_t *near, struct fault *f)
{
	struct json_value field[ITEM_SLOTS], to;
	const char *at = NULL;
	struct text after, id = { NULL, 0 };
	size_t from;

	if (result.kind == VALUE_OBJECT) {
		json_scan_value(l->item_shape, result, field);
		id = answer_id(field[FROM], l->scratch);
	}
	from = index_of(b, id, near);
	if (from == b->nr)
		return fault_set(f, FAULT_DATA,
		    "the answer has links of an id that was not asked for: "
		    "'%.*s'",
		    TEXT_ARG(id));
	while (json_next(field[TO], &at, NULL, &to))
		if (take_link(l, b, from, to, f) == -1)
			return -1;
	after = answer_id(field[AFTER], l->scratch);
	return after.len == 0 ? 0 : go_on(l, b, from, after, f);
}

static int
by_link(const void *left, const void *right)
{
	const struct row *a = left, *b = right;
	int order = text_compare(a->to_id, b->to_id);

	if (a->from != b->from)
		return a->from < b->from ? -1 : 1;
	if (order != 0)
		return order;
	return a->nr < b->nr ? -1 : a->nr > b->nr;
}

/* The labels of row[0 .. nr], which are of one link, each once. */
static void
put_labels(struct buf *out, const struct row *row, size_t nr)
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
put_link(
    struct lookup *l, struct lookup_batch *b, const struct row *row, size_t nr)
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
	l->counts.empty += b->nr - with;
}

static int
take_links(struct lookup *l, struct lookup_batch *b,
    const struct json_value *field, struct fault *f)
{
	enum named *named = xcalloc(b->nr, sizeof(*named));
	struct json_value result;
	const char *at = NULL;
	size_t near = 0;
	int status = 0;

	b->rounds++;
	b->more_nr = 0;
	while (status == 0 && json_next(field[RESULTS], &at, NULL, &result))
		status = take_from(l, b, result, &near, f);
	take_errors(l, b, field[ERRORS], named);
	free(named);
	if (status == -1)
		return -1;
	if (b->more_nr > 0) {
		b->state = WAITS;
		return 0;
	}
	put_links(l, b);
	b->state = ANSWERED;
	return 0;
}

int
lookup_take(
    struct lookup *l, struct lookup_batch *b, struct text body, struct fault *f)
{
	struct json_value field[ANSWER_SLOTS];
	struct text status;
	int result;

	l->in_flight--;
	arena_clear(l->scratch);
	if (answer_scan(l->answer_shape, body, field, f) == -1)
		return -1;
	if (field[RESULTS].kind != VALUE_ARRAY)
		return fault_set(
		    f, FAULT_DATA, "the answer holds no array 'results'");
	status = json_text(field[STATUS], l->scratch);
	if (status.p != NULL && !text_is(status, "COMPLETE"))
		return fault_set(f, FAULT_DATA,
		    "the answer is not complete: its status is '%.*s'",
		    TEXT_ARG(status));
	l->counts.batches++;
	result = l->conf.to_object.p == NULL ? take_read(l, b, field, f)
					     : take_links(l, b, field, f);
	return result == -1 ? -1 : buf_check(&b->lines, "the batch", f);
}

/* Two batches in place of b. */
static void
split(struct lookup *l, struct lookup_batch *b)
{
	struct lookup_batch *half = batch_new(b->nr);
	size_t i, keep = b->nr / 2;

	for (i = keep; i < b->nr; i++)
		half->id[half->nr++] = arena_copy(half->arena, b->id[i]);
	l->waiting += b->nr;
	b->nr = keep;
	b->state = WAITS;
	half->next = b->next;
	b->next = half;
	if (l->last == b)
		l->last = half;
	l->live--;
}

int
lookup_refused(struct lookup *l, struct lookup_batch *b,
    const struct fault *why, struct fault *f)
{
	l->in_flight--;
	l->refused = true;
	if (b->rounds > 0) {
		*f = *why;
		return -1;
	}
	if (b->nr > 1) {
		split(l, b);
		return 0;
	}
	note_lost(l, b->id[0], text_of(why->text));
	b->state = ANSWERED;
	if (l->counts.batches > 0 || l->counts.lost <= LOST_MAX)
		return 0;
	*f = *why;
	return fault_prefix(f, "one id after the other is refused, as '%.*s': ",
	    TEXT_ARG(b->id[0]));
}

void
lookup_collect(struct lookup *l, struct buf *out)
{
	struct lookup_batch *b;

	while ((b = l->first) != NULL && b->state == ANSWERED) {
		buf_text(out, buf_view(&b->lines));
		l->counts.written += b->records;
		l->first = b->next;
		l->live--;
		batch_free(b);
	}
}

bool
lookup_done(const struct lookup *l)
{
	return l->ended && l->first == NULL && l->sorted_at == l->sorted_nr;
}

const struct lookup_counts *
lookup_counts(const struct lookup *l)
{
	return &l->counts;
}

struct text
lookup_missing(const struct lookup *l)
{
	return buf_view(&l->missing);
}

struct text
lookup_gaps(const struct lookup *l)
{
	return buf_view(&l->gaps);
}
