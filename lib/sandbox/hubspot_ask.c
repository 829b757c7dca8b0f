#include <stdio.h>
#include <string.h>

#include "base/num.h"
#include "sandbox/hubspot_impl.h"

static bool
is_one_of(struct text name, const char *const *list)
{
	for (; *list != NULL; list++)
		if (text_is(name, *list))
			return true;
	return false;
}

bool
hubspot_kind(struct hubspot_call *h, struct text name, enum crm_kind *kind)
{
	char scope[80];

	if (!crm_kind_of(name, kind))
		return hubspot_invalid(h->call,
		    "Unable to infer object type from: %.*s", TEXT_ARG(name));
	h->call->note->object = crm_object(*kind)->plural;
	if (!h->hubspot->denied[*kind])
		return true;
	if (crm_object(*kind)->custom)
		snprintf(scope, sizeof(scope), "crm.objects.custom.read");
	else if (*kind == CRM_EMAIL)
		snprintf(scope, sizeof(scope), "sales-email-read");
	else
		snprintf(scope, sizeof(scope), "crm.objects.%s.read",
		    crm_object(*kind)->plural);
	hubspot_missing_scope(h->call, scope);
	return false;
}

bool
hubspot_params(struct hubspot_call *h, const char *const *name)
{
	const struct httpd_request *request = h->call->request;
	struct text given;
	size_t i;

	for (i = 0; i < request->param_nr; i++) {
		given = request->param[i].name;
		if (is_one_of(given, name))
			continue;
		hubspot_error_detail(h->call, 400, "VALIDATION_ERROR",
		    (struct hubspot_detail){
			"UNKNOWN_PARAMETER", "query", "parameter", given },
		    "Unknown query parameter '%.*s'", TEXT_ARG(given));
		return false;
	}
	return true;
}

bool
hubspot_param_limit(struct hubspot_call *h, unsigned max, unsigned *x)
{
	const struct httpd_param *p =
	    httpd_request_param(h->call->request, "limit");
	int64_t limit;

	if (p == NULL)
		return true;
	if (!num_parse_int(p->value, &limit))
		return hubspot_invalid(h->call,
		    "Invalid integer value '%.*s' for parameter 'limit'",
		    TEXT_ARG(p->value));
	if (limit < 1 || limit > max) {
		hubspot_error_detail(h->call, 400, "VALIDATION_ERROR",
		    (struct hubspot_detail){
			"OUT_OF_RANGE", "limit", "limit", p->value },
		    "limit must be between 1 and %u, but was %lld", max,
		    (long long)limit);
		return false;
	}
	*x = (unsigned)limit;
	return true;
}

bool
hubspot_param_bool(struct hubspot_call *h, const char *name, bool *x)
{
	const struct httpd_param *p =
	    httpd_request_param(h->call->request, name);

	if (p == NULL)
		return true;
	*x = text_is(p->value, "true");
	if (*x || text_is(p->value, "false"))
		return true;
	return hubspot_invalid(h->call,
	    "Invalid boolean value '%.*s' for parameter '%s'",
	    TEXT_ARG(p->value), name);
}

bool
hubspot_id(struct text t, uint64_t *id)
{
	uint64_t x = 0;
	size_t i;

	if (t.len == 0 || t.len > 19)
		return false;
	for (i = 0; i < t.len; i++) {
		if (t.p[i] < '0' || t.p[i] > '9')
			return false;
		x = x * 10 + (uint64_t)(t.p[i] - '0');
	}
	*id = x;
	return true;
}

bool
hubspot_param_after(struct hubspot_call *h, uint64_t *after)
{
	const struct httpd_param *p =
	    httpd_request_param(h->call->request, "after");

	*after = 0;
	if (p == NULL || hubspot_id(p->value, after))
		return true;
	hubspot_error_detail(h->call, 400, "VALIDATION_ERROR",
	    (struct hubspot_detail){
		"INVALID_CURSOR", "after", "after", p->value },
	    "The 'after' value '%.*s' is not a cursor of this list",
	    TEXT_ARG(p->value));
	return false;
}

json_t *
hubspot_body(struct hubspot_call *h, const char *const *name)
{
	const struct httpd_request *request = h->call->request;
	struct text type = httpd_request_header(request, "Content-Type");
	json_error_t error;
	json_t *body;

	if (type.p == NULL || !text_starts_nocase(type, "application/json")) {
		hubspot_error(h->call, 415, NULL,
		    "Content-Type must be application/json");
		return NULL;
	}
	if (request->body_over) {
		hubspot_error(
		    h->call, 413, NULL, "The request body is too large");
		return NULL;
	}
	body = json_loadb(request->body.p, request->body.len,
	    JSON_DECODE_ANY | JSON_ALLOW_NUL, &error);
	if (body == NULL) {
		hubspot_invalid(h->call,
		    "Invalid input JSON on line %d, column %d: %s",
		    error.line < 1 ? 1 : error.line,
		    error.column < 1 ? 1 : error.column, error.text);
		return NULL;
	}
	if (!json_is_object(body)) {
		hubspot_invalid(h->call,
		    "Invalid input JSON on line 1, column 1: an object is "
		    "expected");
		json_decref(body);
		return NULL;
	}
	if (!hubspot_only(h, body, name)) {
		json_decref(body);
		return NULL;
	}
	return body;
}

bool
hubspot_only(struct hubspot_call *h, json_t *object, const char *const *name)
{
	const char *key;
	json_t *value;

	json_object_foreach (object, key, value) {
		if (is_one_of(text_of(key), name))
			continue;
		hubspot_error_detail(h->call, 400, "VALIDATION_ERROR",
		    (struct hubspot_detail){
			"UNKNOWN_FIELD", "body", "field", text_of(key) },
		    "Invalid input JSON: unrecognized field \"%s\"", key);
		return false;
	}
	return true;
}

bool
hubspot_member_text(
    struct hubspot_call *h, json_t *object, const char *name, const char **x)
{
	json_t *value = json_object_get(object, name);

	if (value == NULL)
		return true;
	if (!json_is_string(value) ||
	    strlen(json_string_value(value)) != json_string_length(value))
		return hubspot_invalid(h->call,
		    "Invalid input JSON: field \"%s\" must be a string", name);
	*x = json_string_value(value);
	return true;
}

bool
hubspot_member_array(
    struct hubspot_call *h, json_t *object, const char *name, json_t **x)
{
	json_t *value = json_object_get(object, name);

	if (value == NULL)
		return true;
	if (!json_is_array(value))
		return hubspot_invalid(h->call,
		    "Invalid input JSON: field \"%s\" must be an array", name);
	*x = value;
	return true;
}

bool
hubspot_all_text(struct hubspot_call *h, json_t *array, const char *name)
{
	json_t *value;
	size_t i;

	json_array_foreach (array, i, value)
		if (!json_is_string(value))
			return hubspot_invalid(h->call,
			    "Invalid input JSON: \"%s\" must hold strings",
			    name);
	return true;
}
