#include "airtable/judge.h"

#include "base/http_error.h"

#define PENALTY_MS 30000
#define SAID_MAX   400 /* of what a server says, in a message of ours */
#define TYPE_MAX   60

/*
 * Errors come in three forms:
 *
 *	{"error":{"type":"INVALID_RECORDS","message":"..."}}
 *	{"error":"NOT_FOUND"}
 *	{"errors":[{"error":"RATE_LIMIT_REACHED","message":"..."}]}
 */
enum {
	SLOT_TYPE,
	SLOT_MESSAGE,
	SLOT_ERROR,
	SLOT_ERRORS,
	SLOTS
};

struct said {
	struct http_error e;
	struct text type, message;
};

static void
read_first(struct said *s, struct json_value errors)
{
	struct json_shape *shape = json_shape_new();
	struct json_value first, field[2];
	const char *at = NULL;

	json_want(shape, "error");
	json_want(shape, "message");
	if (json_next(errors, &at, NULL, &first) &&
	    first.kind == VALUE_OBJECT) {
		json_scan_value(shape, first, field);
		s->type = json_text(field[0], s->e.scratch);
		s->message = json_text(field[1], s->e.scratch);
	}
	json_shape_free(shape);
}

static void
said_read(struct said *s, const struct http_answer *a)
{
	static const char *const path[SLOTS] = { "error.type", "error.message",
		"error", "errors" };

	http_error_read(&s->e, a->body, path, SLOTS);
	s->type = http_error_text(&s->e, SLOT_TYPE, TYPE_MAX);
	s->message = http_error_text(&s->e, SLOT_MESSAGE, SAID_MAX);
	if (s->e.field[SLOT_ERROR].kind == VALUE_STRING)
		s->type = http_error_text(&s->e, SLOT_ERROR, TYPE_MAX);
	if (s->e.field[SLOT_ERRORS].kind == VALUE_ARRAY)
		read_first(s, s->e.field[SLOT_ERRORS]);
}

static const char *
remedy(long status)
{
	switch (status) {
	case 401:
		return "; AIRTABLE_TOKEN must be a personal access token that "
		       "is still valid";
	case 403:
	case 404:
		return "; the base and the table must be right, and the base "
		       "must be in the access list of the token";
	default:
		return "";
	}
}

void
api_judge(const struct http_answer *a, struct http_ruling *r)
{
	struct said s;

	http_judge(a, r);
	if (r->verdict == HTTP_TAKE || a->status < 400)
		return;
	if (a->status == 429) {
		r->hold = true;
		if (r->wait_ms < 0)
			r->wait_ms = PENALTY_MS;
	}
	said_read(&s, a);
	if (s.type.len > 0)
		fault_set(&r->why,
		    a->status == 429 || a->status >= 500 ? FAULT_AGAIN
							 : FAULT_DENIED,
		    "Airtable answers %ld %.*s%s%.*s%s", a->status,
		    TEXT_ARG(s.type), s.message.len > 0 ? ": " : "",
		    TEXT_ARG(s.message), remedy(a->status));
	http_error_free(&s.e);
}

bool
api_error_is(const struct http_answer *a, const char *type)
{
	struct said s;
	bool is;

	if (a->status < 400)
		return false;
	said_read(&s, a);
	is = text_is(s.type, type);
	http_error_free(&s.e);
	return is;
}
