/*
 * Hubstaff: its paths, who may come in, what its limits count, and its state
 */
#include "sandbox/hubstaff.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include "base/num.h"
#include "base/xalloc.h"
#include "sandbox/hubstaff_impl.h"

#define MINUTE_US INT64_C(60000000)
#define EDITS_MAX 100000

enum {
	EXCHANGES,
	MINUTE,
	HOUR,
	LIMITS
};

struct route {
	const char *method;
	const char *path; /* # is an id, @ that of an organisation */
	const char *what, *object;
	hubstaff_handler *handler;
	bool open; /* without an access token */
};

static const struct route routes[] = {
	{ "POST", "access_tokens", "exchange", "token", hubstaff_token, true },
	{ "GET", "v2/organizations", "list", "organizations",
	    hubstaff_organizations, false },
	{ "GET", "v2/organizations/@", "get", "organization",
	    hubstaff_organization, false },
	{ "GET", "v2/organizations/@/members", "list", "members",
	    hubstaff_members, false },
	{ "GET", "v2/organizations/@/activities/daily", "list", "activities",
	    hubstaff_daily, false },
	{ "GET", "v2/users/me", "get", "me", hubstaff_me, false },
	{ "GET", "v2/users/#", "get", "user", hubstaff_user, false },
};

#define ROUTES (sizeof(routes) / sizeof(routes[0]))

static void
tell_json(struct call *call)
{
	httpd_reply_header(
	    call->reply, "Content-Type", "application/json; charset=utf-8");
}

/*
 * Errors
 */
static void
begin_error(struct call *call, unsigned status)
{
	buf_clear(&call->reply->body);
	call->reply->status = status;
	tell_json(call);
}

bool
hubstaff_error(struct call *call, unsigned status, const char *code,
    int error_code, const char *fmt, ...)
{
	struct buf *b = &call->reply->body;
	char message[300];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(message, sizeof(message), fmt, ap);
	va_end(ap);
	begin_error(call, status);
	json_open(b);
	json_key(b, "code");
	json_put_str(b, code);
	json_key(b, "error_code");
	json_put_int(b, error_code);
	json_key(b, "error");
	json_put_str(b, message);
	json_close(b);
	return false;
}

bool
hubstaff_invalid(struct call *call, const char *fmt, ...)
{
	char message[300];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(message, sizeof(message), fmt, ap);
	va_end(ap);
	return hubstaff_error(
	    call, 400, "invalid_params", 11000, "%s", message);
}

bool
hubstaff_denied(struct call *call, unsigned status, const char *error,
    const char *description)
{
	struct buf *b = &call->reply->body;

	begin_error(call, status);
	json_open(b);
	json_key(b, "error");
	json_put_str(b, error);
	json_key(b, "error_description");
	json_put_str(b, description);
	json_close(b);
	return false;
}

/* What the servers in front say to a client that does not say who it is. */
static bool
put_blocked(struct call *call)
{
	call->reply->status = 403;
	httpd_reply_header(
	    call->reply, "Content-Type", "text/html; charset=UTF-8");
	buf_str(&call->reply->body,
	    "<!DOCTYPE html><html><head><title>Access denied</title></head>"
	    "<body><h1>You have been blocked</h1></body></html>\n");
	return false;
}

/*
 * Edits
 */
unsigned
hubstaff_tracked(const struct hubstaff *h, size_t org, size_t project,
    size_t person, day_nr day)
{
	const struct hubstaff_edit *e;
	size_t i;

	for (i = h->nr_edit; i > 0; i--) {
		e = &h->edit[i - 1];
		if (e->org == org && e->project == project &&
		    e->person == person && e->day == day)
			return e->tracked;
	}
	return crew_tracked(h->crew, person, org, project, day);
}

static void
put_edit(const struct hubstaff *h, const struct hubstaff_edit *e, struct buf *b)
{
	const struct crew_person *p;
	char date[DAY_TEXT];
	size_t nr;

	p = crew_people(h->crew, &nr);
	day_format(e->day, date);
	json_open(b);
	json_key(b, "organization_id");
	json_put_int(b, (int64_t)crew_org[e->org].id);
	json_key(b, "project_id");
	json_put_int(b, (int64_t)crew_org[e->org].project[e->project]);
	json_key(b, "user_id");
	json_put_int(b, (int64_t)p[e->person].id);
	json_key(b, "date");
	json_put_str(b, date);
	json_key(b, "tracked");
	json_put_int(b, e->tracked);
	json_close(b);
}

static int64_t
member_int(json_t *object, const char *name)
{
	json_t *x = json_object_get(object, name);

	return json_is_integer(x) ? json_integer_value(x) : -1;
}

static bool
read_edit(const struct hubstaff *h, json_t *object, struct hubstaff_edit *e)
{
	const char *date = json_string_value(json_object_get(object, "date"));
	int64_t org = member_int(object, "organization_id");
	int64_t project = member_int(object, "project_id");
	int64_t user = member_int(object, "user_id");
	int64_t tracked = member_int(object, "tracked");
	size_t nr;

	(void)crew_people(h->crew, &nr);
	for (e->org = 0; e->org < CREW_ORGS; e->org++)
		if (org == (int64_t)crew_org[e->org].id)
			break;
	if (e->org == CREW_ORGS)
		return false;
	for (e->project = 0; e->project < CREW_PROJECTS; e->project++)
		if (project == (int64_t)crew_org[e->org].project[e->project])
			break;
	e->person = user < 0 ? nr : crew_find(h->crew, (uint64_t)user);
	e->tracked = (unsigned)tracked;
	return e->project < CREW_PROJECTS && e->person < nr && tracked >= 0 &&
	       tracked <= 86400 && date != NULL &&
	       day_parse(text_of(date), &e->day);
}

/*
 * State
 */
static void
put_state(const struct hubstaff *h, struct buf *b)
{
	char tag[17];
	uint64_t i;
	size_t k;

	hubstaff_tag(h, tag);
	json_open(b);
	json_key(b, "personal_token");
	json_put_str(b, tag);
	json_key(b, "exchanges");
	json_put_int(b, (int64_t)h->exchanges);
	json_key(b, "ends_s");
	json_open_array(b);
	for (i = 0; i < h->exchanges; i++)
		json_put_int(b, h->ends_s[i]);
	json_close_array(b);
	json_key(b, "edits");
	json_open_array(b);
	for (k = 0; k < h->nr_edit; k++)
		put_edit(h, &h->edit[k], b);
	json_close_array(b);
	json_close(b);
	buf_char(b, '\n');
}

void
hubstaff_put_state(struct hubstaff *h, struct buf *b)
{
	pthread_mutex_lock(&h->lock);
	put_state(h, b);
	pthread_mutex_unlock(&h->lock);
}

/* The exchanges count only when they began with the same personal token. */
static void
take_exchanges(struct hubstaff *h, json_t *state)
{
	const char *tag =
	    json_string_value(json_object_get(state, "personal_token"));
	json_t *ends = json_object_get(state, "ends_s");
	char ours[17];
	size_t i;

	hubstaff_tag(h, ours);
	if (tag == NULL || strcmp(tag, ours) != 0 || !json_is_array(ends))
		return;
	h->exchanges = 0;
	for (i = 0; i < json_array_size(ends); i++) {
		h->ends_s = xgrow(
		    h->ends_s, h->exchanges, &h->cap_ends, sizeof(*h->ends_s));
		h->ends_s[h->exchanges++] =
		    json_integer_value(json_array_get(ends, i));
	}
}

static int
take_edits(struct hubstaff *h, json_t *edits, struct fault *f)
{
	size_t i, nr = json_array_size(edits);
	struct hubstaff_edit *edit;

	if (edits == NULL)
		return 0;
	if (!json_is_array(edits) || nr > EDITS_MAX)
		return fault_set(f, FAULT_DATA, "edits must be an array");
	edit = xcalloc(nr + 1, sizeof(*edit));
	for (i = 0; i < nr; i++)
		if (!read_edit(h, json_array_get(edits, i), &edit[i])) {
			free(edit);
			return fault_set(f, FAULT_DATA,
			    "edit %zu has no organization_id, project_id, "
			    "user_id, date and tracked that are known",
			    i);
		}
	free(h->edit);
	h->edit = edit;
	h->nr_edit = nr;
	return 0;
}

int
hubstaff_take_state(struct hubstaff *h, struct text text, struct fault *f)
{
	json_error_t error;
	json_t *state = json_loadb(text.p, text.len, 0, &error);
	int status = -1;

	if (state == NULL || !json_is_object(state)) {
		fault_set(f, FAULT_DATA, "the state of Hubstaff is no object");
	} else {
		pthread_mutex_lock(&h->lock);
		status = take_edits(h, json_object_get(state, "edits"), f);
		if (status == 0)
			take_exchanges(h, state);
		pthread_mutex_unlock(&h->lock);
	}
	json_decref(state);
	return status;
}

static void
hubstaff_close(void *state)
{
	struct hubstaff *h = state;

	crew_free(h->crew);
	free(h->ends_s);
	free(h->edit);
	pthread_mutex_destroy(&h->lock);
	free(h);
}

static void *
hubstaff_open(const struct sandbox_conf *conf, struct crm *crm, struct fault *f)
{
	struct hubstaff *h = xcalloc(1, sizeof(*h));

	(void)crm;
	h->conf = conf;
	h->crew =
	    crew_new(conf->crm.seed, conf->crm.as_of, conf->hubstaff.people);
	pthread_mutex_init(&h->lock, NULL);
	if (conf->hubstaff.state.p != NULL &&
	    hubstaff_take_state(h, conf->hubstaff.state, f) == -1) {
		hubstaff_close(h);
		return NULL;
	}
	return h;
}

/*
 * A call
 */
static size_t
hubstaff_limits(void *state, struct limit *limit)
{
	const struct hubstaff_conf *conf =
	    &((struct hubstaff *)state)->conf->hubstaff;

	limit_init(&limit[EXCHANGES], "hubstaff exchanges", conf->exchanges,
	    60 * MINUTE_US);
	limit_init(
	    &limit[MINUTE], "hubstaff minute", conf->minute_limit, MINUTE_US);
	limit_init(
	    &limit[HOUR], "hubstaff hour", conf->hour_limit, 60 * MINUTE_US);
	return LIMITS;
}

/* Whether the segments are those of path; *org is the id where it has one. */
static bool
is_path(const struct httpd_request *request, const char *path, int64_t *org)
{
	size_t i, len;
	int64_t id;

	for (i = 0; i < request->segment_nr; i++) {
		len = strcspn(path, "/");
		if (*path == '@' || *path == '#') {
			if (!num_parse_int(request->segment[i], &id) || id < 0)
				return false;
			if (*path == '@')
				*org = id;
		} else if (!text_equal(
			       request->segment[i], (struct text){ path, len }))
			return false;
		path += len;
		if (*path == '\0')
			return i + 1 == request->segment_nr;
		path++;
	}
	return false;
}

static const struct route *
find_route(const struct httpd_request *request, int64_t *org)
{
	const struct route *route;

	for (route = routes; route < routes + ROUTES; route++)
		if (strcmp(route->method, request->method) == 0 &&
		    is_path(request, route->path, org))
			return route;
	return NULL;
}

static void
begin(struct hubstaff *h, struct call *call, struct hubstaff_call *c)
{
	*c = (struct hubstaff_call){ .hubstaff = h,
		.call = call,
		.out = &call->reply->body,
		.now_s = (call->request->at_us + h->conf->clock_us) / 1000000 };
}

static bool
hubstaff_admit(void *state, struct call *call)
{
	struct text agent = httpd_request_header(call->request, "User-Agent");
	struct hubstaff *h = state;
	struct hubstaff_call c;
	const struct route *route;
	bool good = true;
	int64_t org;

	begin(h, call, &c);
	route = find_route(call->request, &org);
	if (agent.p == NULL || agent.len == 0)
		return put_blocked(call);
	call->route = route;
	if (route != NULL) {
		call->note->what = route->what;
		call->note->object = route->object;
	}
	if (route == NULL || !route->open) {
		pthread_mutex_lock(&h->lock);
		good = hubstaff_bearer(&c);
		pthread_mutex_unlock(&h->lock);
	}
	if (good && route == NULL)
		return hubstaff_error(
		    call, 404, "not_found", 12000, "Could not find record");
	return good;
}

static unsigned
hubstaff_counts(void *state, const struct call *call)
{
	const struct route *route = call->route;

	(void)state;
	return route->open ? 1u << EXCHANGES : 1u << MINUTE | 1u << HOUR;
}

/* The organisation of the path is one the token sees, and it pays. */
static bool
find_org(struct hubstaff_call *c, int64_t org)
{
	if (org == HUBSTAFF_LAPSED && c->hubstaff->conf->hubstaff.lapsed)
		return hubstaff_error(c->call, 403, "not_authorized", 10003,
		    "API access is only for organizations on an active plan");
	for (c->org = 0; c->org < CREW_ORGS; c->org++)
		if (org == (int64_t)crew_org[c->org].id)
			return true;
	return hubstaff_error(
	    c->call, 404, "not_found", 12000, "Could not find record");
}

static void
hubstaff_answer(void *state, struct call *call)
{
	const struct route *route = call->route;
	struct hubstaff *h = state;
	struct hubstaff_call c;
	int64_t org = -1;

	begin(h, call, &c);
	(void)is_path(call->request, route->path, &org);
	if (org == -1 || find_org(&c, org)) {
		pthread_mutex_lock(&h->lock);
		route->handler(&c);
		pthread_mutex_unlock(&h->lock);
	}
	buf_char(&call->reply->body, '\n');
	if (call->reply->status == 200)
		tell_json(call);
}

static void
hubstaff_over_limit(void *state, struct call *call, const struct limit *l)
{
	const struct hubstaff *h = state;
	char seconds[24];

	hubstaff_error(call, 429, "rate_limited", 13000,
	    "Rate limit exceeded: %u requests in %lld seconds", l->nr,
	    (long long)(l->window_us / 1000000));
	if (h->conf->retry_after_s >= 0)
		return;
	snprintf(seconds, sizeof(seconds), "%lld",
	    (long long)((call->wait_us + 999999) / 1000000));
	httpd_reply_header(call->reply, "Retry-After", seconds);
}

/* A refusal that nobody earned. */
static void
hubstaff_refuse(void *state, struct call *call, unsigned status)
{
	const struct route *route = call->route;

	(void)state;
	if (route->open && status != 429) {
		hubstaff_denied(call, status,
		    status == 401 ? "invalid_client" : "invalid_grant",
		    "The refresh token is invalid or expired.");
		return;
	}
	switch (status) {
	case 401:
		hubstaff_denied(
		    call, 401, "invalid_token", "The access token expired");
		break;
	case 403:
		hubstaff_error(call, 403, "not_authorized", 10003,
		    "API access is only for organizations on an active plan");
		break;
	case 404:
		hubstaff_error(
		    call, 404, "not_found", 12000, "Could not find record");
		break;
	case 429:
		hubstaff_error(
		    call, 429, "rate_limited", 13000, "Rate limit exceeded");
		break;
	default:
		hubstaff_error(call, status, "invalid_params", 11000,
		    "Invalid parameters");
		break;
	}
}

static void
tell_number(struct call *call, const char *name, unsigned x)
{
	char text[16];

	snprintf(text, sizeof(text), "%u", x);
	httpd_reply_header(call->reply, name, text);
}

static void
hubstaff_tell_limits(void *state, struct call *call, const struct limit *limit)
{
	const struct route *route = call->route;
	const struct limit *l = &limit[MINUTE];

	(void)state;
	if (route->open || l->nr == 0)
		return;
	tell_number(call, "X-Rate-Limit-Limit", l->nr);
	tell_number(call, "X-Rate-Limit-Remaining", limit_left(l));
}

const struct vendor vendor_hubstaff = {
	.name = "hubstaff",
	.prefix = (const char *const[]){ "/access_tokens", "/v2/", NULL },
	.open = hubstaff_open,
	.close = hubstaff_close,
	.limits = hubstaff_limits,
	.admit = hubstaff_admit,
	.counts = hubstaff_counts,
	.answer = hubstaff_answer,
	.limited = hubstaff_over_limit,
	.refuse = hubstaff_refuse,
	.tell_limits = hubstaff_tell_limits,
};
