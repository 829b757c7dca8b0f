/*
 * Owners, pipelines, properties, schemas and the account itself
 */
#include <stdio.h>
#include <string.h>

#include "sandbox/hubspot_impl.h"

#define OWNERS_MAX 500
#define OPTIONS	   64

static void
put_instant(struct buf *out, const char *key, instant_us at)
{
	struct buf text;

	buf_init(&text, INSTANT_TEXT);
	crm_put_instant(&text, at);
	json_key(out, key);
	json_put_text(out, buf_view(&text));
	buf_free(&text);
}

/* A string member. */
static void
put(struct buf *out, const char *key, const char *value)
{
	json_key(out, key);
	json_put_str(out, value);
}

static void
put_int(struct buf *out, const char *key, int64_t value)
{
	json_key(out, key);
	json_put_int(out, value);
}

static void
put_bool(struct buf *out, const char *key, bool value)
{
	json_key(out, key);
	json_put_bool(out, value);
}

/*
 * Owners
 */
static void
put_owner(struct hubspot_call *h, const struct crm_owner *o)
{
	struct buf *out = h->out;

	json_open(out);
	json_key(out, "id");
	hubspot_put_id(out, o->id);
	put(out, "email", o->email);
	put(out, "type", o->queue ? "QUEUE" : "PERSON");
	put(out, "firstName", o->first);
	put(out, "lastName", o->last);
	if (!o->archived)
		put_int(out, "userId", (int64_t)o->user_id);
	put_int(out, "userIdIncludingInactive", (int64_t)o->user_id);
	put_instant(out, "createdAt", o->created);
	put_instant(out, "updatedAt", o->updated);
	put_bool(out, "archived", o->archived);
	if (o->team != NULL) {
		json_key(out, "teams");
		json_open_array(out);
		json_open(out);
		put(out, "id", o->team[0] == 'N' ? "11" : "12");
		put(out, "name", o->team);
		put_bool(out, "primary", true);
		json_close(out);
		json_close_array(out);
	}
	json_close(out);
	h->call->note->results++;
}

static bool
may_see_owners(struct hubspot_call *h)
{
	h->call->note->object = "owners";
	if (!h->hubspot->denied_owners)
		return true;
	hubspot_missing_scope(h->call, "crm.objects.owners.read");
	return false;
}

static void
put_owners(struct hubspot_call *h, uint64_t after, unsigned limit,
    bool archived, const struct httpd_param *email)
{
	const struct httpd_param *asked =
	    httpd_request_param(h->call->request, "after");
	const struct crm_owner *owner;
	char next[48] = "";
	size_t i, nr;

	owner = crm_owners(h->hubspot->crm, &nr);
	json_open(h->out);
	json_key(h->out, "results");
	json_open_array(h->out);
	for (i = 0; i < nr && h->call->page != PAGE_EMPTY; i++) {
		if (owner[i].id < after || owner[i].archived != archived ||
		    (email != NULL && !text_is(email->value, owner[i].email)))
			continue;
		if (limit-- == 0) {
			snprintf(next, sizeof(next), "%llu",
			    (unsigned long long)owner[i].id);
			break;
		}
		put_owner(h, &owner[i]);
	}
	json_close_array(h->out);
	if (h->call->page == PAGE_EMPTY ||
	    (h->call->page == PAGE_LOOP && asked != NULL))
		hubspot_trouble_cursor(
		    h, asked == NULL ? text_of("") : asked->value, next);
	if (next[0] != '\0')
		hubspot_put_next(h, next, true);
	json_close(h->out);
}

void
hubspot_owners(struct hubspot_call *h)
{
	static const char *const known[] = { "limit", "after", "email",
		"archived", NULL };
	unsigned limit = 100;
	bool archived = false;
	uint64_t after;

	if (!may_see_owners(h) || !hubspot_params(h, known) ||
	    !hubspot_param_limit(h, OWNERS_MAX, &limit) ||
	    !hubspot_param_after(h, &after) ||
	    !hubspot_param_bool(h, "archived", &archived))
		return;
	put_owners(h, after, limit, archived,
	    httpd_request_param(h->call->request, "email"));
}

void
hubspot_owner(struct hubspot_call *h)
{
	static const char *const known[] = { "idProperty", "archived", NULL };
	const struct crm_owner *owner;
	bool archived = false;
	uint64_t id;
	size_t i, nr;

	if (!may_see_owners(h) || !hubspot_params(h, known) ||
	    !hubspot_param_bool(h, "archived", &archived))
		return;
	owner = crm_owners(h->hubspot->crm, &nr);
	for (i = 0; i < nr && hubspot_id(h->arg[0], &id); i++)
		if (owner[i].id == id && owner[i].archived == archived) {
			put_owner(h, &owner[i]);
			return;
		}
	hubspot_error(h->call, 404, "OBJECT_NOT_FOUND", "resource not found");
}

/*
 * Pipelines
 */
static void
put_stage(struct hubspot_call *h, enum crm_kind kind, const struct crm_stage *s,
    int order)
{
	instant_us made = crm_as_of(h->hubspot->crm) - 900 * INSTANT_DAY_US;

	json_open(h->out);
	put(h->out, "label", s->label);
	put_int(h->out, "displayOrder", order);
	json_key(h->out, "metadata");
	json_open(h->out);
	if (s->closed != NULL && kind == CRM_TICKET) {
		put(h->out, "ticketState", s->closed);
		put(h->out, "isClosed",
		    strcmp(s->closed, "CLOSED") == 0 ? "true" : "false");
	} else if (s->closed != NULL) {
		put(h->out, "isClosed", s->closed);
		put(h->out, "probability", s->probability);
	}
	json_close(h->out);
	put(h->out, "id", s->id);
	put_instant(h->out, "createdAt", made);
	put_instant(h->out, "updatedAt", made + order * INSTANT_DAY_US);
	put_bool(h->out, "archived", false);
	json_close(h->out);
}

void
hubspot_pipelines(struct hubspot_call *h)
{
	static const char *const known[] = { NULL };
	const struct crm_pipeline *p;
	const struct crm_stage *s;
	enum crm_kind kind;
	instant_us made = crm_as_of(h->hubspot->crm) - 900 * INSTANT_DAY_US;
	int order = 0;

	if (!hubspot_kind(h, h->arg[0], &kind) || !hubspot_params(h, known))
		return;
	p = crm_pipelines(kind);
	if (p == NULL) {
		hubspot_invalid(h->call,
		    "Pipelines are not supported for object type %s",
		    crm_object(kind)->plural);
		return;
	}
	json_open(h->out);
	json_key(h->out, "results");
	json_open_array(h->out);
	for (; p->id != NULL; p++) {
		json_open(h->out);
		put(h->out, "label", p->label);
		put_int(h->out, "displayOrder", order++);
		json_key(h->out, "stages");
		json_open_array(h->out);
		for (s = p->stage; s->id != NULL; s++)
			put_stage(h, kind, s, (int)(s - p->stage));
		json_close_array(h->out);
		put(h->out, "id", p->id);
		put_instant(h->out, "createdAt", made);
		put_instant(h->out, "updatedAt", made + 7 * INSTANT_DAY_US);
		put_bool(h->out, "archived", false);
		json_close(h->out);
		h->call->note->results++;
	}
	json_close_array(h->out);
	json_close(h->out);
}

/*
 * Properties
 */
static void
put_options(struct hubspot_call *h, const struct crm_prop *p)
{
	struct crm_option option[OPTIONS];
	size_t i, nr = crm_prop_options(p, option, OPTIONS);

	json_key(h->out, "options");
	json_open_array(h->out);
	for (i = 0; i < nr; i++) {
		json_open(h->out);
		put(h->out, "label", option[i].label);
		put(h->out, "value", option[i].value);
		put_int(h->out, "displayOrder", (int64_t)i);
		put_bool(h->out, "hidden", false);
		json_close(h->out);
	}
	json_close_array(h->out);
}

static void
put_property(
    struct hubspot_call *h, enum crm_kind kind, const struct crm_prop *p)
{
	char group[64];

	snprintf(
	    group, sizeof(group), "%sinformation", crm_object(kind)->singular);
	json_open(h->out);
	put_instant(h->out, "updatedAt",
	    crm_as_of(h->hubspot->crm) - 400 * INSTANT_DAY_US);
	put_instant(h->out, "createdAt",
	    crm_as_of(h->hubspot->crm) - 900 * INSTANT_DAY_US);
	put(h->out, "name", p->name);
	put(h->out, "label", p->label);
	put(h->out, "type", p->type);
	put(h->out, "fieldType", p->field_type);
	put(h->out, "description", "");
	put(h->out, "groupName", p->group == NULL ? group : p->group);
	put_options(h, p);
	put_int(h->out, "displayOrder", -1);
	put_bool(h->out, "calculated", false);
	put_bool(h->out, "externalOptions",
	    strcmp(p->name, "hubspot_owner_id") == 0);
	put_bool(h->out, "hasUniqueValue", p->unique);
	put_bool(h->out, "hidden", false);
	put_bool(h->out, "hubspotDefined", !p->own);
	put_bool(h->out, "formField", p->own);
	json_close(h->out);
	h->call->note->results++;
}

static bool
may_see_schema(struct hubspot_call *h, enum crm_kind kind)
{
	char scope[80];

	if (!h->hubspot->denied_schemas)
		return true;
	snprintf(scope, sizeof(scope), "crm.schemas.%s.read",
	    crm_object(kind)->custom ? "custom" : crm_object(kind)->plural);
	hubspot_missing_scope(h->call, scope);
	return false;
}

void
hubspot_properties(struct hubspot_call *h)
{
	static const char *const known[] = { "archived", "dataSensitivity",
		NULL };
	const struct crm_prop *p;
	enum crm_kind kind;
	bool archived = false;
	size_t i, nr;

	if (!hubspot_kind(h, h->arg[0], &kind) || !may_see_schema(h, kind) ||
	    !hubspot_params(h, known) ||
	    !hubspot_param_bool(h, "archived", &archived))
		return;
	p = crm_props(h->hubspot->crm, kind, &nr);
	json_open(h->out);
	json_key(h->out, "results");
	json_open_array(h->out);
	for (i = 0; i < nr && !archived; i++)
		put_property(h, kind, &p[i]);
	json_close_array(h->out);
	json_close(h->out);
}

void
hubspot_property(struct hubspot_call *h)
{
	static const char *const known[] = { "archived", "dataSensitivity",
		NULL };
	const struct crm_prop *p;
	enum crm_kind kind;

	if (!hubspot_kind(h, h->arg[0], &kind) || !may_see_schema(h, kind) ||
	    !hubspot_params(h, known))
		return;
	p = crm_prop(h->hubspot->crm, kind, h->arg[1]);
	if (p != NULL)
		put_property(h, kind, p);
	else
		hubspot_error(h->call, 404, "OBJECT_NOT_FOUND",
		    "Property %.*s does not exist", TEXT_ARG(h->arg[1]));
}

/*
 * The account
 */
void
hubspot_schemas(struct hubspot_call *h)
{
	static const char *const known[] = { "archived", NULL };
	const struct crm_object *o;
	bool archived = false;
	int kind;

	if (!hubspot_params(h, known) ||
	    !hubspot_param_bool(h, "archived", &archived))
		return;
	json_open(h->out);
	json_key(h->out, "results");
	json_open_array(h->out);
	for (kind = 0; kind < CRM_KINDS && !archived; kind++) {
		o = crm_object((enum crm_kind)kind);
		if (!o->custom)
			continue;
		json_open(h->out);
		put(h->out, "name", o->singular);
		put(h->out, "objectTypeId", o->type_id);
		put(h->out, "fullyQualifiedName", "p8674001_cursus");
		json_key(h->out, "labels");
		json_open(h->out);
		put(h->out, "singular", o->label);
		put(h->out, "plural", o->label_plural);
		json_close(h->out);
		put(h->out, "primaryDisplayProperty", "naam");
		put_bool(h->out, "archived", false);
		json_close(h->out);
		h->call->note->results++;
	}
	json_close_array(h->out);
	json_close(h->out);
}

void
hubspot_account(struct hubspot_call *h)
{
	static const char *const known[] = { NULL };

	if (!hubspot_params(h, known))
		return;
	json_open(h->out);
	put_int(h->out, "portalId", 8674001);
	put(h->out, "accountType", "SANDBOX");
	put(h->out, "timeZone", "Europe/Amsterdam");
	put(h->out, "companyCurrency", "EUR");
	put(h->out, "utcOffset", "+01:00");
	put_int(h->out, "utcOffsetMilliseconds", 3600000);
	put(h->out, "uiDomain", "app-eu1.hubspot.com");
	put(h->out, "dataHostingLocation", "eu1");
	json_close(h->out);
}

void
hubspot_usage(struct hubspot_call *h)
{
	static const char *const known[] = { NULL };

	if (!hubspot_params(h, known))
		return;
	json_open(h->out);
	json_key(h->out, "results");
	json_open_array(h->out);
	json_open(h->out);
	put(h->out, "name", "private-apps-api-calls-daily");
	put_int(h->out, "usageLimit", h->hubspot->conf->daily);
	put_int(h->out, "currentUsage", (int64_t)h->call->note->nr);
	put(h->out, "fetchStatus", "SUCCESS");
	json_close(h->out);
	json_close_array(h->out);
	json_close(h->out);
}
