/*
 * HubSpot: its paths, who may come in, and what its gates count
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "sandbox/hubspot_impl.h"

#define BURST_US   INT64_C(10000000)
#define SECOND_US  INT64_C(1000000)
#define TARGET_MAX 8192 /* of the request line; the edge refuses more */

enum {
	BURST,
	SEARCH,
	DAILY,
	LIMITS
};

struct route {
	const char *method;
	const char *path; /* "*" is a variable segment */
	const char *what; /* for the log */
	hubspot_handler *handler;
};

/* The numbered paths and the dated ones that are to replace them. */
static const struct route routes[] = {
	{ "GET", "crm/v3/objects/*", "list", hubspot_list },
	{ "GET", "crm/v3/objects/*/*", "get", hubspot_get },
	{ "POST", "crm/v3/objects/*/search", "search", hubspot_search },
	{ "POST", "crm/v3/objects/*/batch/read", "read", hubspot_batch_read },
	{ "POST", "crm/v4/associations/*/*/batch/read", "associations",
	    hubspot_associations },
	{ "GET", "crm/v3/owners", "owners", hubspot_owners },
	{ "GET", "crm/v3/owners/*", "owner", hubspot_owner },
	{ "GET", "crm/v3/pipelines/*", "pipelines", hubspot_pipelines },
	{ "GET", "crm/v3/properties/*", "properties", hubspot_properties },
	{ "GET", "crm/v3/properties/*/*", "property", hubspot_property },
	{ "GET", "crm/v3/schemas", "schemas", hubspot_schemas },
	{ "GET", "crm/objects/2026-03/*", "list", hubspot_list },
	{ "GET", "crm/objects/2026-03/*/*", "get", hubspot_get },
	{ "POST", "crm/objects/2026-03/*/search", "search", hubspot_search },
	{ "POST", "crm/objects/2026-03/*/batch/read", "read",
	    hubspot_batch_read },
	{ "POST", "crm/associations/2026-03/*/*/batch/read", "associations",
	    hubspot_associations },
	{ "GET", "crm/owners/2026-03", "owners", hubspot_owners },
	{ "GET", "crm/pipelines/2026-03/*", "pipelines", hubspot_pipelines },
	{ "GET", "crm/properties/2026-03/*", "properties", hubspot_properties },
	{ "GET", "account-info/v3/details", "account", hubspot_account },
	{ "GET", "account-info/v3/api-usage/daily/private-apps", "usage",
	    hubspot_usage },
};

#define ROUTES (sizeof(routes) / sizeof(routes[0]))

/* Whether the segments are those of path; takes the variable ones. */
static bool
match(const char *path, const struct httpd_request *request,
    struct hubspot_call *h)
{
	struct text want;
	size_t i;

	h->arg_nr = 0;
	for (i = 0; i < request->segment_nr && *path != '\0'; i++) {
		want = (struct text){ path, strcspn(path, "/") };
		if (text_is(want, "*"))
			h->arg[h->arg_nr++] = request->segment[i];
		else if (!text_equal(want, request->segment[i]))
			return false;
		path += want.len;
		path += *path == '/';
	}
	return i == request->segment_nr && *path == '\0';
}

static const struct route *
find_route(const struct httpd_request *request, struct hubspot_call *h,
    bool *other_method)
{
	size_t i;

	*other_method = false;
	for (i = 0; i < ROUTES; i++) {
		if (!match(routes[i].path, request, h))
			continue;
		if (strcmp(routes[i].method, request->method) == 0)
			return &routes[i];
		*other_method = true;
	}
	return NULL;
}

/*
 * Opening
 */
static int
deny(struct hubspot *hubspot, struct text name, struct fault *f)
{
	enum crm_kind kind;

	if (text_is(name, "owners"))
		hubspot->denied_owners = true;
	else if (text_is(name, "properties"))
		hubspot->denied_schemas = true;
	else if (crm_kind_of(name, &kind))
		hubspot->denied[kind] = true;
	else
		return fault_set(f, FAULT_USAGE,
		    "there are no '%.*s' to deny; objects, owners and "
		    "properties can be denied",
		    TEXT_ARG(name));
	return 0;
}

static void
hubspot_close(void *state)
{
	free(state);
}

static void *
hubspot_open(const struct sandbox_conf *conf, struct crm *crm, struct fault *f)
{
	struct hubspot *hubspot = xcalloc(1, sizeof(*hubspot));
	const char *p = conf->deny == NULL ? "" : conf->deny;
	size_t len;

	hubspot->conf = conf;
	hubspot->crm = crm;
	for (; *p != '\0'; p += len + (p[len] == ',')) {
		len = strcspn(p, ",");
		if (deny(hubspot, (struct text){ p, len }, f) == -1) {
			hubspot_close(hubspot);
			return NULL;
		}
	}
	return hubspot;
}

static size_t
hubspot_limits(void *state, struct limit *limit)
{
	const struct sandbox_conf *conf = ((struct hubspot *)state)->conf;

	limit_init(
	    &limit[BURST], "TEN_SECONDLY_ROLLING", conf->limit, BURST_US);
	limit_init(&limit[SEARCH], "SECONDLY", conf->search_limit, SECOND_US);
	limit_init(&limit[DAILY], "DAILY", conf->daily, 0);
	return LIMITS;
}

/*
 * A call
 */
static bool
has_token(const struct hubspot *hubspot, struct call *call)
{
	struct text given =
	    httpd_request_header(call->request, "Authorization");

	if (given.p == NULL || !text_starts_nocase(given, "Bearer ")) {
		hubspot_error(call, 401, "INVALID_AUTHENTICATION",
		    "Authentication credentials not found. This API supports "
		    "OAuth 2.0 authentication and you can find more details at "
		    "https://developers.hubspot.com/docs/methods/auth/"
		    "oauth-overview");
		return false;
	}
	given.p += 7;
	given.len -= 7;
	if (text_is(text_trim(given), hubspot->conf->token))
		return true;
	hubspot_error(call, 401, "INVALID_AUTHENTICATION",
	    "The access token is not valid: it is unknown, or was revoked");
	return false;
}

static bool
hubspot_admit(void *state, struct call *call)
{
	const struct httpd_request *request = call->request;
	struct hubspot_call h;
	const struct route *route;
	bool other_method;

	if (strlen(request->target) > TARGET_MAX) {
		call->reply->status = 414;
		buf_str(&call->reply->body,
		    "<html>\r\n<head><title>414 Request-URI Too Large</title>"
		    "</head>\r\n<body>\r\n<center><h1>414 Request-URI Too "
		    "Large</h1></center>\r\n</body>\r\n</html>\r\n");
		httpd_reply_header(call->reply, "Content-Type", "text/html");
		return false;
	}
	route = find_route(request, &h, &other_method);
	call->route = route;
	if (route != NULL)
		call->note->what = route->what;
	if (!has_token(state, call))
		return false;
	if (route != NULL)
		return true;
	if (other_method)
		hubspot_error(call, 405, NULL, "HTTP 405 Method Not Allowed");
	else
		hubspot_error(
		    call, 404, "OBJECT_NOT_FOUND", "resource not found");
	return false;
}

static bool
is_search(const struct call *call)
{
	const struct route *route = call->route;

	return route->handler == hubspot_search;
}

static unsigned
hubspot_counts(void *state, const struct call *call)
{
	(void)state;
	return is_search(call) ? 1u << BURST | 1u << SEARCH | 1u << DAILY
			       : 1u << BURST | 1u << DAILY;
}

static void
hubspot_answer(void *state, struct call *call)
{
	const struct route *route = call->route;
	struct hubspot_call h = { state, call, &call->reply->body,
		{ { NULL, 0 } }, 0 };

	httpd_reply_header(
	    call->reply, "Content-Type", "application/json;charset=utf-8");
	match(route->path, call->request, &h);
	route->handler(&h);
}

static void
hubspot_over_limit(void *state, struct call *call, const struct limit *l)
{
	(void)state;
	hubspot_limited(call, l->name);
}

/* A refusal that nobody earned. */
static void
hubspot_refuse(void *state, struct call *call, unsigned status)
{
	(void)state;
	switch (status) {
	case 401:
		hubspot_error(call, 401, "EXPIRED_AUTHENTICATION",
		    "The OAuth token used to make this call expired");
		break;
	case 403:
		hubspot_missing_scope(call, "crm.objects.contacts.read");
		break;
	case 404:
		hubspot_error(
		    call, 404, "OBJECT_NOT_FOUND", "resource not found");
		break;
	case 423:
		hubspot_error(call, 423, NULL,
		    "The resource is locked by another operation");
		break;
	case 429:
		hubspot_limited(call, "TEN_SECONDLY_ROLLING");
		break;
	case 477:
		hubspot_error(call, 477, "MIGRATION_IN_PROGRESS",
		    "This account is being moved to another data center");
		break;
	default:
		hubspot_error(call, status, "VALIDATION_ERROR",
		    "There was a problem with the request.");
		break;
	}
}

static void
tell(struct call *call, const char *name, unsigned x)
{
	char text[16];

	snprintf(text, sizeof(text), "%u", x);
	httpd_reply_header(call->reply, name, text);
}

/* Searches are not told: the vendor leaves these headers out there. */
static void
hubspot_tell_limits(void *state, struct call *call, const struct limit *limit)
{
	(void)state;
	if (is_search(call))
		return;
	if (limit[BURST].nr > 0) {
		tell(call, "X-HubSpot-RateLimit-Max", limit[BURST].nr);
		tell(call, "X-HubSpot-RateLimit-Remaining",
		    limit_left(&limit[BURST]));
		tell(call, "X-HubSpot-RateLimit-Interval-Milliseconds", 10000);
	}
	if (limit[DAILY].nr > 0) {
		tell(call, "X-HubSpot-RateLimit-Daily", limit[DAILY].nr);
		tell(call, "X-HubSpot-RateLimit-Daily-Remaining",
		    limit_left(&limit[DAILY]));
	}
}

const struct vendor vendor_hubspot = {
	.name = "hubspot",
	.prefix = (const char *const[]){ "/crm/", "/account-info/", NULL },
	.open = hubspot_open,
	.close = hubspot_close,
	.limits = hubspot_limits,
	.admit = hubspot_admit,
	.counts = hubspot_counts,
	.answer = hubspot_answer,
	.limited = hubspot_over_limit,
	.refuse = hubspot_refuse,
	.tell_limits = hubspot_tell_limits,
};
