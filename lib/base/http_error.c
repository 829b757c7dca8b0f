#include "base/http_error.h"

void
http_error_read(
    struct http_error *e, struct text body, const char *const *path, size_t nr)
{
	struct fault ignored = { 0 };
	size_t i;

	*e = (struct http_error){ .scratch = arena_new(),
		.shape = json_shape_new() };
	for (i = 0; i < nr; i++)
		json_want(e->shape, path[i]);
	if (body.len > 0 && json_scan_document(e->shape, body.p, body.len,
				e->field, &ignored) == 0)
		return;
	for (i = 0; i < nr; i++)
		e->field[i] = (struct json_value){ 0 };
}

void
http_error_free(struct http_error *e)
{
	json_shape_free(e->shape);
	arena_free(e->scratch);
}

struct text
http_error_text(const struct http_error *e, size_t slot, size_t max)
{
	struct text t = json_text(e->field[slot], e->scratch);

	if (t.p == NULL)
		return text_of("");
	t = text_trim(t);
	if (t.len > 0 && t.p[t.len - 1] == '.')
		t.len--;
	if (t.len > max)
		t.len = max;
	return t;
}
