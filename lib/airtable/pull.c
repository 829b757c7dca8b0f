#include "airtable/pull.h"

#include <stdlib.h>

#include "airtable/judge.h"
#include "base/arena.h"
#include "base/xalloc.h"

#define ADDRESS_MAX    16000 /* Airtable takes no longer ones */
#define PATH_MAX_BYTES ((size_t)1 << 24)
#define PAGE_RECORDS   100
#define OFFSET_MAX     1000
#define RESTARTS       3

enum {
	SLOT_RECORDS,
	SLOT_OFFSET,
	SLOTS
};

static void
add_param(struct buf *b, const char *name, const char *value)
{
	buf_char(b, '&');
	buf_str(b, name);
	buf_char(b, '=');
	http_escape(b, text_of(value));
}

static void
make_path(const struct api *api, const struct pull *l, const struct buf *offset,
    struct buf *path)
{
	const char *const *field;

	api_path(api, l->table, path);
	buf_printf(path, "?pageSize=%d", PAGE_RECORDS);
	for (field = l->field; field != NULL && *field != NULL; field++)
		add_param(path, "fields%5B%5D", *field);
	if (l->formula != NULL)
		add_param(path, "filterByFormula", l->formula);
	if (l->view != NULL)
		add_param(path, "view", l->view);
	if (offset->len > 0)
		add_param(path, "offset", offset->p);
}

static void
put_param(struct buf *b, const char *name, const char *value)
{
	if (value == NULL)
		return;
	json_key(b, name);
	json_put_str(b, value);
}

/* The same as a body. */
static void
make_body(const struct pull *l, const struct buf *offset, struct buf *b)
{
	const char *const *field;

	json_open(b);
	json_key(b, "pageSize");
	json_put_int(b, PAGE_RECORDS);
	if (l->field != NULL) {
		json_key(b, "fields");
		json_open_array(b);
		for (field = l->field; *field != NULL; field++)
			json_put_str(b, *field);
		json_close_array(b);
	}
	put_param(b, "filterByFormula", l->formula);
	put_param(b, "view", l->view);
	put_param(b, "offset", offset->len > 0 ? offset->p : NULL);
	json_close(b);
}

/* Ask for a page; path and body are room for that. */
static int
ask(struct api *api, const struct pull *l, const struct buf *offset,
    struct buf *path, struct buf *body, struct http_answer *a, struct fault *f)
{
	struct http_request request = { .method = "GET", .repeatable = true };

	buf_clear(path);
	buf_clear(body);
	make_path(api, l, offset, path);
	if (path->over || api_address_length(api, path) > ADDRESS_MAX) {
		buf_clear(path);
		api_path(api, l->table, path);
		buf_str(path, "/listRecords");
		make_body(l, offset, body);
		request.method = "POST";
		request.body = buf_view(body);
	}
	request.path = path->p;
	*a = (struct http_answer){ 0 };
	if (buf_check(path, "the address of a page", f) == -1 ||
	    buf_check(body, "what is asked for", f) == -1)
		return -1;
	return api_call(api, &request, a, f);
}

/* The records of a page, and in offset where the next one starts. */
static int
take_page(const struct pull *l, const struct http_answer *a,
    struct json_shape *shape, struct pull_counts *n, struct buf *offset,
    struct fault *f)
{
	struct arena *scratch = arena_new();
	struct json_value field[SLOTS], record;
	const char *at = NULL;
	struct text next;
	int status =
	    json_scan_document(shape, a->body.p, a->body.len, field, f);

	if (status == 0 && field[SLOT_RECORDS].kind != VALUE_ARRAY)
		status = fault_set(
		    f, FAULT_DATA, "the answer has no list of records");
	while (
	    status == 0 && json_next(field[SLOT_RECORDS], &at, NULL, &record)) {
		n->received++;
		status = l->record(l->arg, record, f);
	}
	n->pages++;
	next = json_text(field[SLOT_OFFSET], scratch);
	if (status == 0 && next.len > 0 && text_equal(next, buf_view(offset)))
		status = fault_set(f, FAULT_DATA,
		    "offset %.*s comes again: the pages have no end",
		    TEXT_ARG(next));
	buf_clear(offset);
	if (status == 0)
		buf_text(offset, next);
	if (status == 0)
		status = buf_check(offset, "the offset", f);
	arena_free(scratch);
	return status;
}

static void
begin(const struct pull *l, struct pull_counts *n, struct buf *offset)
{
	n->received = 0;
	buf_clear(offset);
	if (l->begin != NULL)
		l->begin(l->arg);
}

int
pull_read(struct api *api, const struct pull *l, struct pull_counts *n,
    struct fault *f)
{
	struct json_shape *shape = json_shape_new();
	struct buf path, body, offset;
	struct http_answer a;
	int status;

	*n = (struct pull_counts){ 0 };
	json_want(shape, "records");
	json_want(shape, "offset");
	buf_init(&path, PATH_MAX_BYTES);
	buf_init(&body, PATH_MAX_BYTES);
	buf_init(&offset, OFFSET_MAX);
	begin(l, n, &offset);
	do {
		status = ask(api, l, &offset, &path, &body, &a, f);
		if (status == 0) {
			status = take_page(l, &a, shape, n, &offset, f);
		} else if (api_error_is(
			       &a, "LIST_RECORDS_ITERATOR_NOT_AVAILABLE") &&
			   n->restarts < RESTARTS) {
			*f = (struct fault){ 0 };
			n->restarts++;
			begin(l, n, &offset);
			status = 1;
		}
	} while (status == 1 || (status == 0 && offset.len > 0));
	if (status == -1)
		fault_prefix(f, "table '%s': ", l->table);
	buf_free(&path);
	buf_free(&body);
	buf_free(&offset);
	json_shape_free(shape);
	return status;
}

struct json_shape *
pull_shape(void)
{
	struct json_shape *shape = json_shape_new();

	json_want(shape, "id");
	json_want(shape, "createdTime");
	json_want(shape, "fields");
	return shape;
}

int
pull_record(struct json_shape *shape, struct json_value record,
    struct json_value part[PULL_SLOTS], struct fault *f)
{
	part[PULL_ID] = part[PULL_FIELDS] = (struct json_value){ 0 };
	if (record.kind == VALUE_OBJECT)
		json_scan_value(shape, record, part);
	if (part[PULL_ID].kind == VALUE_STRING &&
	    part[PULL_FIELDS].kind == VALUE_OBJECT)
		return 0;
	return fault_set(
	    f, FAULT_DATA, "the answer has a record without id or fields");
}

struct json_value
pull_cell(struct json_value fields, const char *field, struct arena *scratch)
{
	struct json_value key, value;
	const char *at = NULL;

	while (json_next(fields, &at, &key, &value))
		if (text_is(json_text(key, scratch), field))
			return value;
	return (struct json_value){ 0 };
}

void
pull_quote(struct buf *b, struct text t)
{
	size_t i;

	buf_char(b, '\'');
	for (i = 0; i < t.len; i++) {
		if (t.p[i] == '\'' || t.p[i] == '\\')
			buf_char(b, '\\');
		buf_char(b, t.p[i]);
	}
	buf_char(b, '\'');
}
