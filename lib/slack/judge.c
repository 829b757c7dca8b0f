#include "slack/judge.h"

#include <string.h>

#include "base/http_error.h"

#define SAID_MAX 200
#define TRIES	 6

enum {
	OK,
	ERROR,
	NEEDED,
	FIELDS
};

static const char *const path[FIELDS] = { "ok", "error", "needed" };

/* Errors that another try may get past. */
static bool
is_passing(struct text error)
{
	static const char *const passing[] = { "ratelimited", "internal_error",
		"fatal_error", "service_unavailable", "request_timeout" };
	size_t i;

	for (i = 0; i < sizeof(passing) / sizeof(passing[0]); i++)
		if (text_is(error, passing[i]))
			return true;
	return false;
}

static void
refuse(const struct http_error *e, const struct http_answer *a,
    struct http_ruling *r)
{
	struct text error = http_error_text(e, ERROR, SAID_MAX);
	struct text needed = http_error_text(e, NEEDED, SAID_MAX);
	bool limited = a->status == 429 || text_is(error, "ratelimited");
	bool passing = limited || is_passing(error);

	fault_set(&r->why, passing ? FAULT_AGAIN : FAULT_DENIED,
	    "Slack refuses: %.*s%s%.*s",
	    TEXT_ARG(error.len == 0 ? text_of("it does not say why") : error),
	    needed.len == 0 ? "" : ", the token needs ", TEXT_ARG(needed));
	if (a->status == 429)
		return;
	r->verdict = passing && (limited || a->repeatable) && a->tries < TRIES
			 ? HTTP_RETRY
			 : HTTP_FAIL;
}

void
client_judge(const struct http_answer *a, struct http_ruling *r)
{
	struct http_error e;

	http_judge(a, r);
	if (r->verdict != HTTP_TAKE && a->status != 429)
		return;
	http_error_read(&e, a->body, path, FIELDS);
	if (e.field[OK].kind == VALUE_FALSE) {
		refuse(&e, a, r);
	} else if (r->verdict == HTTP_TAKE && e.field[OK].kind != VALUE_TRUE) {
		r->verdict = HTTP_FAIL;
		fault_set(&r->why, a->repeatable ? FAULT_DATA : FAULT_AGAIN,
		    "the answer is none of Slack's");
	}
	http_error_free(&e);
}

void
client_file_judge(const struct http_answer *a, struct http_ruling *r)
{
	http_judge(a, r);
	if (a->status >= 300 && a->status < 400)
		r->verdict = HTTP_TAKE;
}
