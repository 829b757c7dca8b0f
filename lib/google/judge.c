#include "google/judge.h"

#include "base/http_error.h"

#define SAID_MAX 400 /* of what a server says, in a message of ours */
/* the limits are of a minute, so more tries are worth it there than elsewhere */
#define TRIES 6

bool
google_reason_is(struct text body, const char *reason)
{
	static const char *const path[] = { "error.details" };
	struct json_shape *shape = json_shape_new();
	struct json_value detail, field;
	const char *at = NULL;
	struct http_error e;
	bool found = false;

	json_want(shape, "reason");
	http_error_read(&e, body, path, 1);
	while (e.field[0].kind == VALUE_ARRAY &&
	       json_next(e.field[0], &at, NULL, &detail)) {
		if (detail.kind != VALUE_OBJECT)
			continue;
		json_scan_value(shape, detail, &field);
		found |= text_is(json_text(field, e.scratch), reason);
	}
	http_error_free(&e);
	json_shape_free(shape);
	return found;
}

void
google_judge(const struct http_answer *a, struct http_ruling *r)
{
	static const char *const path[] = { "error.message", "error.status" };
	struct http_error e;
	struct text message, status;

	http_judge(a, r);
	if (r->verdict == HTTP_RETRY && a->status != 429 && a->tries >= TRIES)
		r->verdict = HTTP_FAIL;
	if (r->verdict == HTTP_TAKE || a->status < 400)
		return;
	r->hold |= a->status == 429;
	http_error_read(&e, a->body, path, 2);
	message = http_error_text(&e, 0, SAID_MAX);
	status = http_error_text(&e, 1, 40);
	if (message.len > 0)
		fault_set(&r->why,
		    a->status == 429 || a->status >= 500 ? FAULT_AGAIN
							 : FAULT_DENIED,
		    "Google answers %ld %.*s: %.*s", a->status,
		    TEXT_ARG(status), TEXT_ARG(message));
	http_error_free(&e);
}
