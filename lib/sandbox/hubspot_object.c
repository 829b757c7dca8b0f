/*
 * Records by page, by id, by batch
 */
#include <stdio.h>
#include <string.h>

#include "sandbox/hubspot_impl.h"

#define LIST_MAX    100
#define HISTORY_MAX 50 /* with propertiesWithHistory */
#define BATCH_MAX   100

/* The next cursor: the id after the last one, or what the trouble makes it. */
static void
put_page_end(struct hubspot_call *h, const char *after)
{
	const struct httpd_param *p =
	    httpd_request_param(h->call->request, "after");
	char other[48];

	if (h->call->page == PAGE_EMPTY ||
	    (h->call->page == PAGE_LOOP && p != NULL)) {
		hubspot_trouble_cursor(
		    h, p == NULL ? text_of("") : p->value, other);
		after = other;
	}
	if (after != NULL)
		hubspot_put_next(h, after, true);
}

static void
put_list(struct hubspot_call *h, const struct hubspot_wanted *w, bool archived,
    uint64_t from, unsigned limit)
{
	const struct crm *crm = h->hubspot->crm;
	struct crm_record r = { w->kind, archived,
		crm_seek(crm, w->kind, archived, from) };
	uint32_t end = crm_count(crm, w->kind, archived);
	char after[32];

	if (end - r.index > limit)
		end = r.index + limit;
	json_open(h->out);
	json_key(h->out, "results");
	json_open_array(h->out);
	snprintf(after, sizeof(after), "%llu", (unsigned long long)from);
	for (; r.index < end && h->call->page != PAGE_EMPTY; r.index++) {
		hubspot_put_record(h, w, r);
		snprintf(after, sizeof(after), "%llu",
		    (unsigned long long)crm_id(crm, r) + 1);
	}
	json_close_array(h->out);
	put_page_end(
	    h, r.index < crm_count(crm, w->kind, archived) ? after : NULL);
	json_close(h->out);
}

void
hubspot_list(struct hubspot_call *h)
{
	static const char *const known[] = { "limit", "after", "properties",
		"propertiesWithHistory", "associations", "archived", NULL };
	struct hubspot_wanted w;
	enum crm_kind kind;
	unsigned limit = 10, max = LIST_MAX;
	bool archived = false;
	uint64_t after;

	if (!hubspot_kind(h, h->arg[0], &kind) || !hubspot_params(h, known))
		return;
	if (httpd_request_param(h->call->request, "propertiesWithHistory"))
		max = HISTORY_MAX;
	if (!hubspot_param_limit(h, max, &limit) ||
	    !hubspot_param_after(h, &after) ||
	    !hubspot_param_bool(h, "archived", &archived))
		return;
	hubspot_wanted_init(&w, h->hubspot->crm, kind);
	hubspot_wanted_query(&w, h);
	put_list(h, &w, archived, after, limit);
	hubspot_wanted_free(&w);
}

/* The id in an invented address: the digits before the "@". */
static bool
id_of_email(struct text email, uint64_t *id)
{
	const char *at = memchr(email.p, '@', email.len), *p = at;

	if (at == NULL)
		return false;
	while (p > email.p && p[-1] >= '0' && p[-1] <= '9')
		p--;
	return hubspot_id((struct text){ p, (size_t)(at - p) }, id);
}

/* The record with that value of a unique property. */
static bool
find_record(const struct crm *crm, enum crm_kind kind, bool archived,
    const struct crm_prop *by, struct text value, struct crm_record *r)
{
	struct crm_view view;
	struct buf text;
	uint64_t id;
	bool same;

	if (strcmp(by->name, "hs_object_id") == 0)
		return hubspot_id(value, &id) &&
		       crm_find(crm, kind, archived, id, r);
	if (!id_of_email(value, &id) || !crm_find(crm, kind, archived, id, r))
		return false;
	buf_init(&text, 1024);
	crm_view(crm, *r, &view);
	same =
	    crm_value(&view, by, &text) && text_equal(buf_view(&text), value);
	buf_free(&text);
	return same;
}

/* The property to look records up by; it must be unique. */
static const struct crm_prop *
lookup_property(struct hubspot_call *h, enum crm_kind kind, struct text name)
{
	const struct crm_prop *p;

	if (name.p == NULL)
		name = text_of("hs_object_id");
	p = crm_prop(h->hubspot->crm, kind, name);
	if (p != NULL && p->unique)
		return p;
	hubspot_invalid(h->call,
	    "Property '%.*s' is not a unique identifier property",
	    TEXT_ARG(name));
	return NULL;
}

void
hubspot_get(struct hubspot_call *h)
{
	static const char *const known[] = { "properties",
		"propertiesWithHistory", "associations", "archived",
		"idProperty", NULL };
	const struct httpd_param *by_name =
	    httpd_request_param(h->call->request, "idProperty");
	const struct crm_prop *by;
	struct hubspot_wanted w;
	struct crm_record r;
	enum crm_kind kind;
	bool archived = false;

	if (!hubspot_kind(h, h->arg[0], &kind) || !hubspot_params(h, known) ||
	    !hubspot_param_bool(h, "archived", &archived))
		return;
	by = lookup_property(h, kind,
	    by_name == NULL ? (struct text){ NULL, 0 } : by_name->value);
	if (by == NULL)
		return;
	if (!find_record(h->hubspot->crm, kind, archived, by, h->arg[1], &r)) {
		hubspot_error(h->call, 404, "OBJECT_NOT_FOUND",
		    "Object not found.  objectId are usually numeric.");
		return;
	}
	hubspot_wanted_init(&w, h->hubspot->crm, kind);
	hubspot_wanted_query(&w, h);
	hubspot_put_record(h, &w, r);
	hubspot_wanted_free(&w);
}

/*
 * Batches
 */
static bool
check_inputs(struct hubspot_call *h, json_t *inputs, bool need_id,
    const char *const *known, size_t max)
{
	const char *id;
	json_t *input;
	uint64_t nr;
	size_t i;

	if (json_array_size(inputs) == 0)
		return hubspot_invalid(
		    h->call, "The 'inputs' of the request are empty");
	if (json_array_size(inputs) > max)
		return hubspot_invalid(h->call,
		    "The maximum number of inputs supported in a batch "
		    "request is %zu. Received %zu",
		    max, json_array_size(inputs));
	json_array_foreach (inputs, i, input) {
		if (!json_is_object(input))
			return hubspot_invalid(h->call,
			    "Invalid input JSON: inputs[%zu] must be an object",
			    i);
		id = NULL;
		if (!hubspot_only(h, input, known) ||
		    !hubspot_member_text(h, input, "id", &id))
			return false;
		if (id == NULL)
			return hubspot_invalid(h->call,
			    "Invalid input JSON: inputs[%zu] has no id", i);
		if (!need_id || hubspot_id(text_of(id), &nr))
			continue;
		hubspot_error_detail(h->call, 400, "VALIDATION_ERROR",
		    (struct hubspot_detail){
			"INVALID_OBJECT_ID", "inputs", "id", text_of(id) },
		    "The id '%s' of inputs[%zu] is not a valid object id", id,
		    i);
		return false;
	}
	h->call->note->inputs = json_array_size(inputs);
	return true;
}

bool
hubspot_check_inputs(struct hubspot_call *h, json_t *body, bool need_id,
    const char *const *known, size_t max, json_t **inputs)
{
	*inputs = NULL;
	return hubspot_member_array(h, body, "inputs", inputs) &&
	       check_inputs(h, *inputs, need_id, known, max);
}

static bool
came_before(json_t *inputs, size_t i)
{
	const char *id =
	    json_string_value(json_object_get(json_array_get(inputs, i), "id"));
	size_t k;

	for (k = 0; k < i; k++)
		if (strcmp(id, json_string_value(json_object_get(
				   json_array_get(inputs, k), "id"))) == 0)
			return true;
	return false;
}

static void
put_missing(struct hubspot_call *h, enum crm_kind kind, json_t *missing)
{
	const char *p = crm_object(kind)->singular;
	char message[160], upper[32];
	json_t *id;
	size_t i;

	for (i = 0; p[i] != '\0' && i + 1 < sizeof(upper); i++)
		upper[i] =
		    (char)(p[i] >= 'a' && p[i] <= 'z' ? p[i] - 32 : p[i]);
	upper[i] = '\0';
	snprintf(message, sizeof(message),
	    "Could not get some %s objects, they may be deleted or not "
	    "exist. Check that ids are valid.",
	    upper);
	json_key(h->out, "numErrors");
	json_put_int(h->out, 1);
	json_key(h->out, "errors");
	json_open_array(h->out);
	json_open(h->out);
	json_key(h->out, "status");
	json_put_str(h->out, "error");
	json_key(h->out, "category");
	json_put_str(h->out, "OBJECT_NOT_FOUND");
	json_key(h->out, "message");
	json_put_str(h->out, message);
	json_key(h->out, "context");
	json_open(h->out);
	json_key(h->out, "ids");
	json_open_array(h->out);
	json_array_foreach (missing, i, id)
		json_put_str(h->out, json_string_value(id));
	json_close_array(h->out);
	json_close(h->out);
	json_close(h->out);
	json_close_array(h->out);
}

static void
put_batch(struct hubspot_call *h, const struct hubspot_wanted *w,
    json_t *inputs, const struct crm_prop *by, bool archived)
{
	json_t *missing = json_array(), *input, *id;
	struct crm_record r;
	size_t i;

	json_open(h->out);
	json_key(h->out, "status");
	json_put_str(h->out, "COMPLETE");
	json_key(h->out, "results");
	json_open_array(h->out);
	json_array_foreach (inputs, i, input) {
		if (came_before(inputs, i))
			continue;
		id = json_object_get(input, "id");
		if (find_record(h->hubspot->crm, w->kind, archived, by,
			text_of(json_string_value(id)), &r))
			hubspot_put_record(h, w, r);
		else
			json_array_append(missing, id);
	}
	json_close_array(h->out);
	if (json_array_size(missing) > 0) {
		h->call->reply->status = 207;
		put_missing(h, w->kind, missing);
	}
	hubspot_put_times(h);
	json_close(h->out);
	json_decref(missing);
}

static void
batch_read(struct hubspot_call *h, enum crm_kind kind, json_t *body,
    struct hubspot_wanted *w, bool archived)
{
	static const char *const in_input[] = { "id", NULL };
	const char *by_name = NULL;
	const struct crm_prop *by;
	json_t *inputs;

	if (!hubspot_wanted_body(w, h, body) ||
	    !hubspot_member_text(h, body, "idProperty", &by_name))
		return;
	by = lookup_property(h, kind, text_of(by_name));
	if (by == NULL ||
	    !hubspot_check_inputs(h, body,
		strcmp(by->name, "hs_object_id") == 0, in_input,
		w->any_history ? HISTORY_MAX : BATCH_MAX, &inputs))
		return;
	put_batch(h, w, inputs, by, archived);
}

void
hubspot_batch_read(struct hubspot_call *h)
{
	static const char *const known[] = { "archived", NULL };
	static const char *const in_body[] = { "properties",
		"propertiesWithHistory", "idProperty", "inputs", NULL };
	struct hubspot_wanted w;
	enum crm_kind kind;
	bool archived = false;
	json_t *body;

	if (!hubspot_kind(h, h->arg[0], &kind) || !hubspot_params(h, known) ||
	    !hubspot_param_bool(h, "archived", &archived))
		return;
	body = hubspot_body(h, in_body);
	if (body == NULL)
		return;
	hubspot_wanted_init(&w, h->hubspot->crm, kind);
	batch_read(h, kind, body, &w, archived);
	hubspot_wanted_free(&w);
	json_decref(body);
}
