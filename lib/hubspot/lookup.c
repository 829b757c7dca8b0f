#include "hubspot/lookup.h"

#include <stdlib.h>

#include "base/xalloc.h"
#include "hubspot/answer.h"
#include "hubspot/lookup_impl.h"

#define IN_FLIGHT_MAX 16 /* batches asked for and not answered */
#define LIVE_MAX      32 /* those, and the ones that wait for one before */
#define LOST_MAX      4	 /* single ids refused while none was taken */
#define LINES_MAX     (256u << 20)

enum {
	CATEGORY,
	SUBCATEGORY,
	MESSAGE,
	IDS,
	FROM_IDS,
	ERROR_SLOTS
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
	static const char *const type[] = { "label", NULL };
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
	l->type_shape = shape_of(type);
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
	json_shape_free(l->type_shape);
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
		properties_put(c->properties, body);
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

size_t
lookup_find(const struct lookup_batch *b, struct text id, size_t *near)
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

void
lookup_note_missing(struct lookup *l, struct text id)
{
	l->counts.missing++;
	if (l->missing.len > 0)
		buf_char(&l->missing, ',');
	buf_text(&l->missing, id);
}

void
lookup_note_lost(struct lookup *l, struct text id, struct text why)
{
	l->counts.lost++;
	buf_str(&l->gaps, "id ");
	buf_text(&l->gaps, id);
	buf_str(&l->gaps, ": ");
	buf_text(&l->gaps, why);
	buf_char(&l->gaps, '\n');
}

static void
name_ids(struct lookup *l, struct lookup_batch *b, struct json_value list,
    enum lookup_named as, struct text why, enum lookup_named *named)
{
	struct json_value v;
	const char *at = NULL;
	size_t i, near = 0;

	while (json_next(list, &at, NULL, &v)) {
		i = lookup_find(b, answer_id(v, l->scratch), &near);
		if (i == b->nr || named[i] != NOT_NAMED)
			continue;
		named[i] = as;
		if (as == NAMED_MISSING)
			lookup_note_missing(l, b->id[i]);
		else if (as == NAMED_LOST)
			lookup_note_lost(l, b->id[i], why);
	}
}

void
lookup_read_errors(struct lookup *l, struct lookup_batch *b,
    struct json_value errors, enum lookup_named *named)
{
	struct json_value error, field[ERROR_SLOTS];
	const char *at = NULL;
	struct text category, why;
	enum lookup_named as;
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

int
lookup_take(
    struct lookup *l, struct lookup_batch *b, struct text body, struct fault *f)
{
	struct json_value field[LOOKUP_ANSWER_SLOTS];
	struct text status;
	int result;

	l->in_flight--;
	arena_clear(l->scratch);
	if (answer_scan(l->answer_shape, body, field, f) == -1)
		return -1;
	if (field[LOOKUP_RESULTS].kind != VALUE_ARRAY)
		return fault_set(
		    f, FAULT_DATA, "the answer holds no array 'results'");
	status = json_text(field[LOOKUP_STATUS], l->scratch);
	if (status.p != NULL && !text_is(status, "COMPLETE"))
		return fault_set(f, FAULT_DATA,
		    "the answer is not complete: its status is '%.*s'",
		    TEXT_ARG(status));
	l->counts.batches++;
	result = l->conf.to_object.p == NULL
		     ? lookup_take_read(l, b, field, f)
		     : lookup_take_links(l, b, field, f);
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
	lookup_note_lost(l, b->id[0], text_of(why->text));
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

void
lookup_salvage(struct lookup *l, struct buf *out)
{
	struct lookup_batch *b;

	for (b = l->first; b != NULL; b = b->next)
		if (b->state == ANSWERED) {
			buf_text(out, buf_view(&b->lines));
			l->counts.written += b->records;
			buf_clear(&b->lines);
			b->records = 0;
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
