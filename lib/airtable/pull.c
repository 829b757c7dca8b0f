#include "airtable/pull.h"

#include <stdlib.h>

#include "base/arena.h"
#include "base/xalloc.h"

#define PATH_MAX_BYTES 16000 /* Airtable takes no longer addresses */
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

static int
make_path(const struct api *api, const struct pull *l, const struct buf *offset,
    struct buf *path, struct fault *f)
{
	const char *const *field;

	buf_clear(path);
	api_path(api, l->table, path);
	buf_str(path, "?pageSize=100");
	for (field = l->field; field != NULL && *field != NULL; field++)
		add_param(path, "fields%5B%5D", *field);
	if (l->formula != NULL)
		add_param(path, "filterByFormula", l->formula);
	if (l->view != NULL)
		add_param(path, "view", l->view);
	if (offset->len > 0)
		add_param(path, "offset", offset->p);
	return buf_check(path, "the address of a page", f);
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
	struct http_request request = { .method = "GET", .repeatable = true };
	struct json_shape *shape = json_shape_new();
	struct http_answer a;
	struct buf path, offset;
	int status;

	*n = (struct pull_counts){ 0 };
	json_want(shape, "records");
	json_want(shape, "offset");
	buf_init(&path, PATH_MAX_BYTES);
	buf_init(&offset, OFFSET_MAX);
	begin(l, n, &offset);
	do {
		status = make_path(api, l, &offset, &path, f);
		if (status == -1)
			break;
		request.path = path.p;
		status = api_call(api, &request, &a, f);
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
	buf_free(&offset);
	json_shape_free(shape);
	return status;
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
