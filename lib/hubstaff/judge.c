#include "hubstaff/judge.h"

#include "base/http_error.h"

#define SAID_MAX 300 /* of what a server says, in a message of ours */
#define TRIES	 6

static const char *const path[] = { "code", "error", "error_description" };

#define PATHS (sizeof(path) / sizeof(path[0]))

/* What was said, with colons between, behind "Hubstaff ... 429 ". */
static void
quote(const struct http_answer *a, const char *what, struct fault *why)
{
	struct http_error e;
	struct text said;
	struct buf b;
	size_t i;

	buf_init(&b, PATHS * SAID_MAX);
	http_error_read(&e, a->body, path, PATHS);
	for (i = 0; i < PATHS; i++) {
		said = http_error_text(&e, i, SAID_MAX);
		if (said.len == 0)
			continue;
		buf_str(&b, b.len == 0 ? "" : ": ");
		buf_text(&b, said);
	}
	http_error_free(&e);
	if (b.len > 0)
		fault_set(why, a->status == 429 ? FAULT_AGAIN : FAULT_DENIED,
		    "Hubstaff %s: %ld %.*s", what, a->status,
		    TEXT_ARG(buf_view(&b)));
	buf_free(&b);
}

void
hubstaff_judge(const struct http_answer *a, struct http_ruling *r)
{
	http_judge(a, r);
	if (r->verdict == HTTP_RETRY && a->status != 429 && a->tries >= TRIES)
		r->verdict = HTTP_FAIL;
	if (r->verdict != HTTP_TAKE && a->status >= 400 && a->status < 500)
		quote(a, "refuses", &r->why);
}

void
hubstaff_token_judge(const struct http_answer *a, struct http_ruling *r)
{
	http_judge(a, r);
	if (r->verdict != HTTP_TAKE && a->status >= 400 && a->status < 500)
		quote(a, "gives no token", &r->why);
}
