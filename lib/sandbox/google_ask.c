#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "sandbox/google_impl.h"

#define PAYLOAD "Invalid JSON payload received. "
#define NAMES	"type.googleapis.com/google.apps.sheets.v4."

static bool
is_one_of(struct text name, const char *const *list)
{
	for (; *list != NULL; list++)
		if (text_is(name, *list))
			return true;
	return false;
}

const char *
google_at(char room[GOOGLE_AT], const char *at, const char *name)
{
	snprintf(room, GOOGLE_AT, "%s%s%s", at, *at == '\0' ? "" : ".", name);
	return room;
}

/* valueInputOption as value_input_option, which is how complaints say it */
static const char *
snake(char room[GOOGLE_AT], const char *name)
{
	size_t nr = 0;

	for (; *name != '\0' && nr + 2 < GOOGLE_AT; name++) {
		if (isupper((unsigned char)*name))
			room[nr++] = '_';
		room[nr++] = (char)tolower((unsigned char)*name);
	}
	room[nr] = '\0';
	return room;
}

/*
 * The query
 */
bool
google_params(struct google_call *g, const char *const *name)
{
	/* a token or a key in an address is not taken: addresses are logged */
	static const char *const every[] = { "fields", "prettyPrint",
		"quotaUser", "alt", "$.xgafv", NULL };
	const struct httpd_request *request = g->call->request;
	struct text given;
	size_t i;

	for (i = 0; i < request->param_nr; i++) {
		given = request->param[i].name;
		if (text_is(given, "alt") &&
		    !text_is(request->param[i].value, "json"))
			return google_invalid(
			    g->call, "The sandbox answers in JSON only");
		if (is_one_of(given, name) || is_one_of(given, every))
			continue;
		return google_violation(g->call, "",
		    PAYLOAD "Unknown name \"%.*s\": Cannot bind query "
			    "parameter. Field '%.*s' could not be found in "
			    "request message.",
		    TEXT_ARG(given), TEXT_ARG(given));
	}
	return true;
}

static bool
invalid_enum(struct google_call *g, const char *field, const char *type,
    struct text value)
{
	return google_violation(g->call, field,
	    "Invalid value at '%s' (" NAMES "%s), \"%.*s\"", field, type,
	    TEXT_ARG(value));
}

static bool
find_name(const char *const *names, struct text value, unsigned *x)
{
	unsigned i;

	for (i = 0; names[i] != NULL; i++)
		if (text_is(value, names[i])) {
			*x = i;
			return true;
		}
	return false;
}

bool
google_param_enum(struct google_call *g, const char *name, const char *type,
    const char *const *names, unsigned *x)
{
	const struct httpd_param *p =
	    httpd_request_param(g->call->request, name);
	char room[GOOGLE_AT];

	if (p == NULL || find_name(names, p->value, x))
		return true;
	return invalid_enum(g, snake(room, name), type, p->value);
}

bool
google_param_bool(struct google_call *g, const char *name, bool *x)
{
	const struct httpd_param *p =
	    httpd_request_param(g->call->request, name);
	char room[GOOGLE_AT];

	if (p == NULL)
		return true;
	*x = text_is(p->value, "true");
	if (*x || text_is(p->value, "false"))
		return true;
	return google_violation(g->call, name,
	    "Invalid value at '%s' (TYPE_BOOL), \"%.*s\"", snake(room, name),
	    TEXT_ARG(p->value));
}

/*
 * The body
 */
json_t *
google_body(struct google_call *g, const char *at, const char *const *name)
{
	const struct httpd_request *request = g->call->request;
	struct text type = httpd_request_header(request, "Content-Type");
	json_error_t error;
	json_t *body;

	if (request->body_over) {
		google_page(g->call, 413, "Request Entity Too Large");
		return NULL;
	}
	if (request->body.len == 0)
		return json_object();
	if (type.p == NULL || !text_starts_nocase(type, "application/json")) {
		google_violation(g->call, "",
		    PAYLOAD "Unknown name \"%.*s\": Cannot bind query "
			    "parameter.",
		    request->body.len > 40 ? 40 : (int)request->body.len,
		    request->body.p);
		return NULL;
	}
	body = json_loadb(request->body.p, request->body.len,
	    JSON_DECODE_INT_AS_REAL, &error);
	if (body == NULL) {
		google_invalid(g->call,
		    PAYLOAD "Unexpected token. Line %d, column %d: %s",
		    error.line < 1 ? 1 : error.line,
		    error.column < 1 ? 1 : error.column, error.text);
		return NULL;
	}
	if (!json_is_object(body)) {
		google_violation(
		    g->call, "", PAYLOAD "Root element must be a message.");
		json_decref(body);
		return NULL;
	}
	if (!google_only(g, body, at, name)) {
		json_decref(body);
		return NULL;
	}
	return body;
}

bool
google_only(struct google_call *g, json_t *object, const char *at,
    const char *const *name)
{
	const char *key;
	json_t *value;

	json_object_foreach (object, key, value) {
		if (is_one_of(text_of(key), name))
			continue;
		return google_violation(g->call, at,
		    PAYLOAD "Unknown name \"%.200s\"%s%s%s: Cannot find field.",
		    key, *at == '\0' ? "" : " at '", at,
		    *at == '\0' ? "" : "'");
	}
	return true;
}

/* The member, NULL also for null; those of a oneof count as absent. */
static json_t *
member(json_t *object, const char *name)
{
	json_t *value = json_object_get(object, name);

	return json_is_null(value) ? NULL : value;
}

static bool
invalid_member(
    struct google_call *g, const char *at, const char *name, const char *type)
{
	char room[GOOGLE_AT], field[GOOGLE_AT];

	google_at(field, at, snake(room, name));
	return google_violation(g->call, field,
	    "Invalid value at '%s' (%s): it is of another type", field, type);
}

bool
google_member_text(struct google_call *g, json_t *object, const char *at,
    const char *name, const char **x)
{
	json_t *value = member(object, name);

	if (value == NULL)
		return true;
	if (!json_is_string(value))
		return invalid_member(g, at, name, "TYPE_STRING");
	*x = json_string_value(value);
	return true;
}

bool
google_member_int(struct google_call *g, json_t *object, const char *at,
    const char *name, int32_t *x)
{
	json_t *value = member(object, name);
	double number;

	if (value == NULL)
		return true;
	number = json_real_value(value);
	if (!json_is_real(value) || !(fabs(number) <= INT32_MAX) ||
	    fpclassify(number - trunc(number)) != FP_ZERO)
		return invalid_member(g, at, name, "TYPE_INT32");
	*x = (int32_t)number;
	return true;
}

bool
google_member_bool(struct google_call *g, json_t *object, const char *at,
    const char *name, bool *x)
{
	json_t *value = member(object, name);

	if (value == NULL)
		return true;
	if (!json_is_boolean(value))
		return invalid_member(g, at, name, "TYPE_BOOL");
	*x = json_is_true(value);
	return true;
}

bool
google_member_enum(struct google_call *g, json_t *object, const char *at,
    const char *name, const char *type, const char *const *names, unsigned *x)
{
	char room[GOOGLE_AT], field[GOOGLE_AT];
	const char *value = NULL;

	if (!google_member_text(g, object, at, name, &value))
		return false;
	if (value == NULL || find_name(names, text_of(value), x))
		return true;
	google_at(field, at, snake(room, name));
	return invalid_enum(g, field, type, text_of(value));
}

bool
google_member_array(struct google_call *g, json_t *object, const char *at,
    const char *name, json_t **x)
{
	*x = member(object, name);
	if (*x == NULL || json_is_array(*x))
		return true;
	return invalid_member(g, at, name, "TYPE_MESSAGE list");
}

bool
google_member_object(struct google_call *g, json_t *object, const char *at,
    const char *name, json_t **x)
{
	*x = member(object, name);
	if (*x == NULL || json_is_object(*x))
		return true;
	return invalid_member(g, at, name, "TYPE_MESSAGE");
}
