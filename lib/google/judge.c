#include "google/judge.h"

#include "base/arena.h"
#include "base/json.h"

#define SAID_MAX 400 /* of what a server says, in a message of ours */
/* the limits are of a minute, so more tries are worth it there than elsewhere */
#define TRIES 6

enum {
	MESSAGE,
	STATUS,
	DETAILS,
	SLOTS
};

struct body {
	struct json_shape *shape;
	struct json_value field[SLOTS];
	struct arena *scratch;
	bool known; /* it is JSON, of their form */
};

static void
body_read(struct body *b, struct text text)
{
	struct fault ignored = { 0 };

	b->scratch = arena_new();
	b->shape = json_shape_new();
	json_want(b->shape, "error.message");
	json_want(b->shape, "error.status");
	json_want(b->shape, "error.details");
	b->known = text.len > 0 && json_scan_document(b->shape, text.p,
				       text.len, b->field, &ignored) == 0;
}

static void
body_free(struct body *b)
{
	json_shape_free(b->shape);
	arena_free(b->scratch);
}

/* The text of a field, at most max bytes; what it lacks is empty. */
static struct text
said(const struct body *b, int slot, size_t max)
{
	struct text t = { NULL, 0 };

	if (b->known)
		t = text_trim(json_text(b->field[slot], b->scratch));
	if (t.p == NULL)
		return text_of("");
	if (t.len > 0 && t.p[t.len - 1] == '.')
		t.len--;
	if (t.len > max)
		t.len = max;
	return t;
}

bool
google_reason_is(struct text text, const char *reason)
{
	struct json_shape *shape = json_shape_new();
	struct json_value detail, field;
	const char *at = NULL;
	struct body b;
	bool found = false;

	json_want(shape, "reason");
	body_read(&b, text);
	while (b.known && b.field[DETAILS].kind == VALUE_ARRAY &&
	       json_next(b.field[DETAILS], &at, NULL, &detail)) {
		if (detail.kind != VALUE_OBJECT)
			continue;
		json_scan_value(shape, detail, &field);
		found |= text_is(json_text(field, b.scratch), reason);
	}
	body_free(&b);
	json_shape_free(shape);
	return found;
}

void
google_judge(const struct http_answer *a, struct http_ruling *r)
{
	struct body b;
	struct text message, status;

	http_judge(a, r);
	if (r->verdict == HTTP_RETRY && a->status != 429 && a->tries >= TRIES)
		r->verdict = HTTP_FAIL;
	if (r->verdict == HTTP_TAKE || a->status < 400)
		return;
	r->hold |= a->status == 429;
	body_read(&b, a->body);
	message = said(&b, MESSAGE, SAID_MAX);
	status = said(&b, STATUS, 40);
	if (message.len > 0)
		fault_set(&r->why,
		    a->status == 429 || a->status >= 500 ? FAULT_AGAIN
							 : FAULT_DENIED,
		    "Google answers %ld %.*s: %.*s", a->status,
		    TEXT_ARG(status), TEXT_ARG(message));
	body_free(&b);
}
