/*
 * Airtable: its paths, who may come in, what its limit does, and its state
 */
#include "sandbox/airtable.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "sandbox/airtable_impl.h"

#define SECOND_US INT64_C(1000000)
#define DUMP	  JSON_REAL_PRECISION(15)

enum action {
	LIST,
	LIST_BY_BODY,
	GET,
	CREATE,
	UPDATE,
	ACTIONS
};

struct route {
	const char *method;
	const char *last; /* behind the table; "": nothing, "#": an id */
	const char *what;
	enum action action;
};

static const struct route routes[] = {
	{ "GET", "", "list", LIST },
	{ "POST", "listRecords", "list", LIST_BY_BODY },
	{ "GET", "#", "get", GET },
	{ "POST", "", "create", CREATE },
	{ "PATCH", "", "update", UPDATE },
};

#define ROUTES (sizeof(routes) / sizeof(routes[0]))

/*
 * Answers
 */
static void
put_value(struct call *call, json_t *value)
{
	char *text = json_dumps(value, DUMP | JSON_COMPACT);

	json_decref(value);
	buf_clear(&call->reply->body);
	buf_str(&call->reply->body, text);
	buf_char(&call->reply->body, '\n');
	free(text);
	httpd_reply_header(
	    call->reply, "Content-Type", "application/json; charset=utf-8");
}

void
airtable_reply(struct call *call, json_t *value)
{
	put_value(call, value);
}

bool
airtable_error(
    struct call *call, unsigned status, const char *type, const char *fmt, ...)
{
	char message[400];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(message, sizeof(message), fmt, ap);
	va_end(ap);
	call->reply->status = status;
	put_value(call, json_pack("{s:{s:s, s:s}}", "error", "type", type,
			    "message", message));
	return false;
}

static bool
not_found(struct call *call)
{
	call->reply->status = 404;
	put_value(call, json_pack("{s:s}", "error", "NOT_FOUND"));
	return false;
}

static bool
too_many(struct call *call)
{
	call->reply->status = 429;
	put_value(call, json_pack("{s:[{s:s, s:s}]}", "errors", "error",
			    "RATE_LIMIT_REACHED", "message",
			    "Rate limit exceeded. Please try again later"));
	return false;
}

static bool
not_permitted(struct call *call)
{
	return airtable_error(call, 403,
	    "INVALID_PERMISSIONS_OR_MODEL_NOT_FOUND",
	    "Invalid permissions, or the requested model was not found. Check "
	    "that both your user and your token have the required permissions, "
	    "and that the model names and/or ids are correct.");
}

json_t *
airtable_body(struct call *call)
{
	json_error_t error;
	json_t *body = json_loadb(
	    call->request->body.p, call->request->body.len, 0, &error);

	if (json_is_object(body))
		return body;
	json_decref(body);
	airtable_error(
	    call, 422, "INVALID_REQUEST_BODY", "Could not parse request body");
	return NULL;
}

/*
 * The base
 */
const char *
airtable_member(json_t *object, const char *name)
{
	const char *s = json_string_value(json_object_get(object, name));

	return s == NULL ? "" : s;
}

/* The element of an array that has that id or, where by is given, name. */
static json_t *
find(json_t *array, const char *id, const char *by, size_t *index)
{
	json_t *x;
	size_t i;

	json_array_foreach (array, i, x)
		if (strcmp(airtable_member(x, "id"), id) == 0 ||
		    (by != NULL && strcmp(airtable_member(x, by), id) == 0)) {
			if (index != NULL)
				*index = i;
			return x;
		}
	return NULL;
}

json_t *
airtable_field(json_t *table, const char *name)
{
	return find(json_object_get(table, "fields"), name, "name", NULL);
}

json_t *
airtable_record(json_t *table, const char *id, size_t *index)
{
	return find(json_object_get(table, "records"), id, NULL, index);
}

static bool
is_record(json_t *record)
{
	return *airtable_member(record, "id") != '\0' &&
	       json_is_object(json_object_get(record, "fields"));
}

static bool
is_table(json_t *table)
{
	json_t *fields = json_object_get(table, "fields"), *x;
	json_t *records = json_object_get(table, "records");
	size_t i;

	if (*airtable_member(table, "id") == '\0' || !json_is_array(fields) ||
	    !json_is_array(records))
		return false;
	json_array_foreach (fields, i, x)
		if (*airtable_member(x, "name") == '\0')
			return false;
	json_array_foreach (records, i, x)
		if (!is_record(x))
			return false;
	return true;
}

static bool
is_base(json_t *base)
{
	json_t *tables = json_object_get(base, "tables"), *table;
	size_t i;

	if (!json_is_array(tables) ||
	    !json_is_integer(json_object_get(base, "next")))
		return false;
	json_array_foreach (tables, i, table)
		if (!is_table(table))
			return false;
	return true;
}

void
airtable_put_state(struct airtable *a, struct buf *b)
{
	char *text;

	pthread_mutex_lock(&a->lock);
	text = json_dumps(a->base, DUMP | JSON_COMPACT);
	pthread_mutex_unlock(&a->lock);
	buf_str(b, text);
	buf_char(b, '\n');
	free(text);
}

int
airtable_take_state(struct airtable *a, struct text text, struct fault *f)
{
	json_error_t error;
	json_t *base = json_loadb(text.p, text.len, 0, &error);

	if (!is_base(base)) {
		json_decref(base);
		return fault_set(f, FAULT_DATA,
		    "the base of Airtable has no tables with fields and "
		    "records, or no next");
	}
	pthread_mutex_lock(&a->lock);
	json_decref(a->base);
	a->base = base;
	pthread_mutex_unlock(&a->lock);
	return 0;
}

static void
airtable_close(void *state)
{
	struct airtable *a = state;

	json_decref(a->base);
	pthread_mutex_destroy(&a->lock);
	free(a);
}

static void *
airtable_open(const struct sandbox_conf *conf, struct crm *crm, struct fault *f)
{
	struct airtable *a = xcalloc(1, sizeof(*a));

	(void)crm;
	a->conf = conf;
	pthread_mutex_init(&a->lock, NULL);
	if (conf->airtable.state.p == NULL) {
		a->base = airtable_seed(conf);
	} else if (airtable_take_state(a, conf->airtable.state, f) == -1) {
		airtable_close(a);
		return NULL;
	}
	return a;
}

/*
 * A call
 */
static size_t
airtable_limits(void *state, struct limit *limit)
{
	const struct airtable *a = state;

	limit_init(
	    &limit[0], "airtable second", a->conf->airtable.limit, SECOND_US);
	return 1;
}

static bool
is_known(const struct airtable *a, const struct call *call)
{
	static const char scheme[] = "Bearer ";
	struct text t = httpd_request_header(call->request, "Authorization");
	size_t len = sizeof(scheme) - 1;

	return t.p != NULL && t.len > len && memcmp(t.p, scheme, len) == 0 &&
	       text_is((struct text){ t.p + len, t.len - len }, a->conf->token);
}

/* After one request too many nothing is answered for a while. */
static bool
is_shut(struct airtable *a, const struct call *call)
{
	bool shut;

	pthread_mutex_lock(&a->lock);
	shut = call->request->at_us < a->refuse_until_us;
	pthread_mutex_unlock(&a->lock);
	return shut;
}

static const struct route *
find_route(const struct httpd_request *r)
{
	const struct route *route;
	const char *last;

	for (route = routes; route < routes + ROUTES; route++) {
		last = route->last;
		if (strcmp(route->method, r->method) != 0 ||
		    r->segment_nr != (*last == '\0' ? 3u : 4u))
			continue;
		if (*last == '\0' || *last == '#' ||
		    text_is(r->segment[3], last))
			return route;
	}
	return NULL;
}

static bool
airtable_admit(void *state, struct call *call)
{
	struct airtable *a = state;
	const struct route *route = find_route(call->request);

	call->route = route;
	if (route != NULL) {
		call->note->what = route->what;
		call->note->object = "records";
	}
	if (!is_known(a, call))
		return airtable_error(call, 401, "AUTHENTICATION_REQUIRED",
		    "Authentication required");
	if (is_shut(a, call)) {
		call->note->limit = "airtable penalty";
		return too_many(call);
	}
	return route == NULL ? not_found(call) : true;
}

static unsigned
airtable_counts(void *state, const struct call *call)
{
	(void)state;
	(void)call;
	return 1;
}

static bool
find_table(struct airtable_call *c)
{
	const struct text *segment = c->call->request->segment;
	json_t *base = c->airtable->base;
	char *name;

	if (!text_is(segment[1], airtable_member(base, "base")))
		return not_permitted(c->call);
	name = xstrndup(segment[2].p, segment[2].len);
	c->table = find(json_object_get(base, "tables"), name, "name", NULL);
	free(name);
	return c->table == NULL ? not_permitted(c->call) : true;
}

static void
get_record(struct airtable_call *c)
{
	struct text segment = c->call->request->segment[3];
	char *id = xstrndup(segment.p, segment.len);
	json_t *record = airtable_record(c->table, id, NULL);

	free(id);
	if (record == NULL)
		not_found(c->call);
	else
		airtable_reply(c->call, json_incref(record));
}

static void
airtable_answer(void *state, struct call *call)
{
	const struct route *route = call->route;
	struct airtable *a = state;
	struct airtable_call c = { .airtable = a, .call = call };
	json_t *body;

	pthread_mutex_lock(&a->lock);
	if (find_table(&c)) {
		switch (route->action) {
		case LIST:
			airtable_list(&c, NULL);
			break;
		case LIST_BY_BODY:
			body = airtable_body(call);
			if (body != NULL)
				airtable_list(&c, body);
			json_decref(body);
			break;
		case GET:
			get_record(&c);
			break;
		default:
			airtable_write(&c, route->action == CREATE);
			break;
		}
	}
	pthread_mutex_unlock(&a->lock);
}

static void
airtable_over_limit(void *state, struct call *call, const struct limit *l)
{
	struct airtable *a = state;

	(void)l;
	pthread_mutex_lock(&a->lock);
	a->refuse_until_us =
	    call->request->at_us + (int64_t)a->conf->airtable.penalty_ms * 1000;
	pthread_mutex_unlock(&a->lock);
	too_many(call);
}

/* A refusal that nobody earned. */
static void
airtable_refuse(void *state, struct call *call, unsigned status)
{
	(void)state;
	switch (status) {
	case 401:
		airtable_error(call, 401, "AUTHENTICATION_REQUIRED",
		    "Authentication required");
		break;
	case 403:
		not_permitted(call);
		break;
	case 404:
		not_found(call);
		break;
	case 429:
		too_many(call);
		break;
	case 422: /* what a client meets who was away too long */
		if (httpd_request_param(call->request, "offset") != NULL) {
			airtable_error(call, 422,
			    "LIST_RECORDS_ITERATOR_NOT_AVAILABLE",
			    "The iterator is not available: start over");
			break;
		}
		/* fall through */
	default:
		airtable_error(call, status, "INVALID_REQUEST_UNKNOWN",
		    "Invalid request: parameter validation failed. Check your "
		    "request data.");
		break;
	}
}

static void
airtable_tell_limits(void *state, struct call *call, const struct limit *limit)
{
	(void)state;
	(void)call;
	(void)limit;
}

const struct vendor vendor_airtable = {
	.name = "airtable",
	.prefix = (const char *const[]){ "/v0/", NULL },
	.open = airtable_open,
	.close = airtable_close,
	.limits = airtable_limits,
	.admit = airtable_admit,
	.counts = airtable_counts,
	.answer = airtable_answer,
	.limited = airtable_over_limit,
	.refuse = airtable_refuse,
	.tell_limits = airtable_tell_limits,
};
