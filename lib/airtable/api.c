#include "airtable/api.h"

#include <stdlib.h>
#include <string.h>

#include "base/http_error.h"
#include "base/xalloc.h"

#define CALLS_NR   4
#define CALLS_MS   1000
#define PENALTY_MS 30000
#define SAID_MAX   400 /* of what a server says, in a message of ours */
#define TYPE_MAX   60

struct api {
	struct api_conf conf;
	struct http *http;
};

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

static void
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

void
api_settings(struct api_conf *c, const char *(*env)(const char *name))
{
	c->token = env("AIRTABLE_TOKEN");
	c->base = env("AIRTABLE_BASE");
	c->base_url = env("AIRTABLE_BASE_URL");
}

static bool
is_base_id(const char *s)
{
	return strncmp(s, "app", 3) == 0 && strlen(s) < 40 &&
	       strspn(s, "0123456789abcdefghijklmnopqrstuvwxyz"
			 "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == strlen(s);
}

struct api *
api_new(const struct api_conf *conf, struct fault *f)
{
	struct http_conf http = { .judge = api_judge,
		.base_url = conf->base_url == NULL ? API_URL : conf->base_url,
		.base_given = conf->base_url != NULL,
		.secret = conf->token,
		.max_wait_s = conf->max_wait_s,
		.connections = 1 };
	struct api *api;

	if (conf->token == NULL)
		fault_set(f, FAULT_USAGE,
		    "no token: set AIRTABLE_TOKEN to a personal access token "
		    "of Airtable");
	else if (conf->base == NULL)
		fault_set(f, FAULT_USAGE,
		    "no base: give --base, or set AIRTABLE_BASE, to its id, "
		    "which starts with app");
	else if (!is_base_id(conf->base))
		fault_set(f, FAULT_USAGE,
		    "'%s' is no id of a base: it starts with app and stands in "
		    "the address of the base",
		    conf->base);
	else {
		api = xcalloc(1, sizeof(*api));
		api->conf = *conf;
		http.window[0] = (struct http_window){ CALLS_NR, CALLS_MS, 0 };
		api->http = http_new(&http, f);
		if (api->http != NULL)
			return api;
		free(api);
	}
	return NULL;
}

void
api_free(struct api *api)
{
	if (api == NULL)
		return;
	http_free(api->http);
	free(api);
}

void
api_path(const struct api *api, const char *table, struct buf *b)
{
	buf_str(b, "/v0/");
	buf_str(b, api->conf.base);
	buf_char(b, '/');
	http_escape(b, text_of(table));
}

int
api_call(struct api *api, const struct http_request *request,
    struct http_answer *a, struct fault *f)
{
	struct http_request r = *request;
	int got;

	r.windows = 1;
	*a = (struct http_answer){ 0 };
	if (http_send(api->http, &r, f) == -1)
		return -1;
	got = http_poll(api->http, a, -1, -1, f);
	if (got == 0)
		return fault_set(f, FAULT_IO, "no answer came");
	if (got == 1 && a->why.kind == FAULT_NONE)
		return 0;
	if (got == 1)
		*f = a->why;
	return -1;
}

const struct http_counts *
api_counts(const struct api *api)
{
	return http_counts(api->http);
}
