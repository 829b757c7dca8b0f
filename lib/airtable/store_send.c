/* Batches: what is sent, and what becomes of it. */
#include <stdlib.h>

#include "airtable/judge.h"
#include "airtable/store_impl.h"
#include "base/http_error.h"
#include "base/xalloc.h"

#define PATH_MOST ((size_t)1 << 16)
#define SAID_MOST 500
#define LOST_MOST 4   /* answers in a row */
#define HOLD_MS	  500 /* after the first of them, doubled for each */

enum outcome {
	DONE,
	REFUSED, /* as a whole; something in it is not to be had */
	LOST,	 /* nobody knows whether it was done */
	BROKEN,
};

/*
 * The body
 */
static void
put_fields(struct store *s, const struct store_row *r)
{
	size_t i;

	json_open(&s->body);
	json_key(&s->body, "fields");
	json_open(&s->body);
	for (i = 0; i < s->conf->nr; i++) {
		/* null empties a cell, of which a new record has none */
		if (s->dropped[i] || r->value[i].p == NULL ||
		    (s->conf->mode != STORE_UPSERT &&
			text_is(r->value[i], "null")))
			continue;
		json_key(&s->body, s->conf->field[i]);
		json_put_raw(&s->body, r->value[i]);
	}
	json_close(&s->body);
	json_close(&s->body);
}

static int
make_body(struct store *s, struct store_row **batch, size_t nr, struct fault *f)
{
	struct buf *b = &s->body;
	size_t i;

	buf_clear(b);
	json_open(b);
	if (s->conf->mode == STORE_UPSERT) {
		json_key(b, "performUpsert");
		json_open(b);
		json_key(b, "fieldsToMergeOn");
		json_open_array(b);
		for (i = 0; i < s->conf->nr_key; i++)
			json_put_str(b, s->conf->field[s->conf->key[i]]);
		json_close_array(b);
		json_close(b);
	}
	if (s->conf->typecast) {
		json_key(b, "typecast");
		json_put_bool(b, true);
	}
	json_key(b, "records");
	json_open_array(b);
	for (i = 0; i < nr; i++)
		put_fields(s, batch[i]);
	json_close_array(b);
	json_close(b);
	return buf_check(b, "a request", f);
}

/*
 * The answer
 */
static uint64_t
length(struct json_value array)
{
	struct json_value part;
	const char *at = NULL;
	uint64_t nr = 0;

	while (array.kind == VALUE_ARRAY && json_next(array, &at, NULL, &part))
		nr++;
	return nr;
}

static int
count_done(
    struct store *s, const struct http_answer *a, size_t nr, struct fault *f)
{
	struct json_value field[3];
	uint64_t created, updated;

	if (json_scan_document(s->done, a->body.p, a->body.len, field, f) == -1)
		return -1;
	created = length(field[s->conf->mode == STORE_UPSERT ? 1 : 0]);
	updated = s->conf->mode == STORE_UPSERT ? length(field[2]) : 0;
	if (created + updated != nr)
		return fault_set(f, FAULT_DATA,
		    "Airtable tells of %llu records of the %zu that were sent",
		    (unsigned long long)(created + updated), nr);
	s->n.created += created;
	s->n.updated += updated;
	return 0;
}

static enum outcome
post(struct store *s, size_t nr, struct http_answer *a, struct fault *f)
{
	bool upsert = s->conf->mode == STORE_UPSERT;
	struct http_request request = { .method = upsert ? "PATCH" : "POST",
		.repeatable = upsert };
	struct buf path;
	int status;

	buf_init(&path, PATH_MOST);
	api_path(s->api, s->conf->table, &path);
	request.path = path.p;
	request.body = buf_view(&s->body);
	status = api_call(s->api, &request, a, f);
	buf_free(&path);
	if (status == 0 && count_done(s, a, nr, f) == 0)
		return DONE;
	if (status == 0)
		return upsert ? BROKEN : LOST;
	if (a->status == 422 || a->status == 413)
		return REFUSED;
	return !upsert && f->kind == FAULT_AGAIN && a->status != 429 ? LOST
								     : BROKEN;
}

/*
 * Refusals
 */
static bool
is_key(const struct store *s, size_t i)
{
	size_t k;

	for (k = 0; k < s->conf->nr_key; k++)
		if (s->conf->key[k] == i)
			return true;
	return false;
}

/* The table does not have a field: leave it out, if that is allowed. */
static bool
drop_field(struct store *s, const struct http_answer *a)
{
	static const char *const path[] = { "error.message" };
	struct http_error e;
	struct text message;
	struct buf quoted;
	bool found = false;
	size_t i;

	http_error_read(&e, a->body, path, 1);
	message = http_error_text(&e, 0, SAID_MOST);
	buf_init(&quoted, PATH_MOST);
	for (i = 0; i < s->conf->nr && !found; i++) {
		buf_clear(&quoted);
		buf_char(&quoted, '"');
		buf_str(&quoted, s->conf->field[i]);
		buf_char(&quoted, '"');
		found = !s->dropped[i] && !is_key(s, i) && message.len > 0 &&
			memmem(message.p, message.len, quoted.p, quoted.len) !=
			    NULL;
		if (found) {
			s->dropped[i] = true;
			s->n.dropped++;
			s->conf->dropped(s->conf->arg, s->conf->field[i]);
		}
	}
	buf_free(&quoted);
	http_error_free(&e);
	return found;
}

static int
refused(struct store *s, struct store_row **batch, size_t nr,
    const struct http_answer *a, struct fault *f)
{
	struct fault why = *f;

	if (api_error_is(a, "UNKNOWN_FIELD_NAME")) {
		if (s->conf->drop_unknown && drop_field(s, a))
			return store_send(s, batch, nr, f);
		return fault_set(f, why.kind,
		    "%s; --fields says which there are, and --drop-unknown "
		    "leaves out what is not there",
		    why.text);
	}
	if (nr == 1) {
		store_fail(s, batch[0], f->text);
		return 0;
	}
	if (store_send(s, batch, nr / 2, f) == -1)
		return -1;
	return store_send(s, batch + nr / 2, nr - nr / 2, f);
}

/*
 * Lost answers
 */

/* What of the batch is not in the table, moved to its front; in *nr how many. */
static int
look_again(
    struct store *s, struct store_row **batch, size_t *nr, struct fault *f)
{
	size_t i, k, left = 0;

	for (i = 0; i < *nr; i++) {
		for (k = 0; k < i; k++)
			if (text_equal(batch[k]->day, batch[i]->day))
				break;
		if (k == i && store_look(s, batch[i]->day, f) == -1)
			return -1;
	}
	for (i = 0; i < *nr; i++) {
		if (!store_has(s, batch[i])) {
			batch[left++] = batch[i];
			continue;
		}
		batch[i]->out = true;
		s->n.created++;
	}
	*nr = left;
	return 0;
}

int
store_send(
    struct store *s, struct store_row **batch, size_t nr, struct fault *f)
{
	struct http_answer a;
	unsigned lost = 0;

	while (nr > 0) {
		if (make_body(s, batch, nr, f) == -1)
			return -1;
		if (s->conf->bodies != NULL) {
			buf_text(s->conf->bodies, buf_view(&s->body));
			buf_char(s->conf->bodies, '\n');
			return 0;
		}
		switch (post(s, nr, &a, f)) {
		case DONE:
			return 0;
		case REFUSED:
			return refused(s, batch, nr, &a, f);
		case BROKEN:
			return -1;
		case LOST:
			if (s->conf->mode == STORE_CREATE ||
			    ++lost > LOST_MOST) {
				s->lost = true;
				return -1;
			}
			api_hold(s->api, HOLD_MS << (lost - 1));
			*f = (struct fault){ 0 };
			if (look_again(s, batch, &nr, f) == -1)
				return -1;
		}
	}
	return 0;
}
