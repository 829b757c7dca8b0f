#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "sandbox/hubspot_impl.h"

#define INLINE_LINKS 100 /* associations shown with a record */

void
hubspot_wanted_init(
    struct hubspot_wanted *w, const struct crm *crm, enum crm_kind kind)
{
	*w = (struct hubspot_wanted){ .kind = kind };
	w->prop = crm_props(crm, kind, &w->nr);
	w->value = xcalloc(w->nr, sizeof(*w->value));
	w->history = xcalloc(w->nr, sizeof(*w->history));
}

void
hubspot_wanted_free(struct hubspot_wanted *w)
{
	free(w->value);
	free(w->history);
}

void
hubspot_want(struct hubspot_wanted *w, const struct crm *crm, struct text name)
{
	const struct crm_prop *p = crm_prop(crm, w->kind, name);

	if (p != NULL)
		w->value[p - w->prop] = true;
}

void
hubspot_want_history(
    struct hubspot_wanted *w, const struct crm *crm, struct text name)
{
	const struct crm_prop *p = crm_prop(crm, w->kind, name);

	w->any_history = true;
	if (p != NULL)
		w->history[p - w->prop] = true;
}

void
hubspot_wanted_done(struct hubspot_wanted *w, const struct crm *crm, bool asked)
{
	const struct crm_object *o = crm_object(w->kind);
	const char *const *name;

	for (name = o->by_default; *name != NULL; name++)
		if (!asked || strcmp(*name, o->modified) == 0 ||
		    strcmp(*name, "hs_object_id") == 0 ||
		    strcmp(*name, "createdate") == 0 ||
		    strcmp(*name, "hs_createdate") == 0)
			hubspot_want(w, crm, text_of(*name));
}

typedef void want_fn(
    struct hubspot_wanted *, const struct crm *, struct text name);

/* Call fn for each name in a comma-separated list. */
static void
want_list(struct hubspot_wanted *w, const struct crm *crm, struct text list,
    want_fn *fn)
{
	const char *p = list.p, *end = p + list.len, *comma;

	for (; p < end; p = comma + 1) {
		comma = memchr(p, ',', (size_t)(end - p));
		if (comma == NULL)
			comma = end;
		fn(w, crm, text_trim((struct text){ p, (size_t)(comma - p) }));
	}
}

static void
want_link(struct hubspot_wanted *w, const struct crm *crm, struct text name)
{
	enum crm_kind kind;

	(void)crm;
	if (crm_kind_of(name, &kind))
		w->link[kind] = true;
}

void
hubspot_wanted_query(struct hubspot_wanted *w, struct hubspot_call *h)
{
	const struct httpd_request *request = h->call->request;
	const struct crm *crm = h->hubspot->crm;
	const struct httpd_param *p;
	bool asked = false;
	size_t i;

	for (i = 0; i < request->param_nr; i++) {
		p = &request->param[i];
		if (text_is(p->name, "properties")) {
			want_list(w, crm, p->value, hubspot_want);
			asked = asked || p->value.len > 0;
		} else if (text_is(p->name, "propertiesWithHistory")) {
			want_list(w, crm, p->value, hubspot_want_history);
		} else if (text_is(p->name, "associations")) {
			want_list(w, crm, p->value, want_link);
		}
	}
	hubspot_wanted_done(w, crm, asked);
}

bool
hubspot_wanted_body(
    struct hubspot_wanted *w, struct hubspot_call *h, json_t *body)
{
	json_t *properties = NULL, *history = NULL, *name;
	size_t i;

	if (!hubspot_member_array(h, body, "properties", &properties) ||
	    !hubspot_member_array(h, body, "propertiesWithHistory", &history) ||
	    !hubspot_all_text(h, properties, "properties") ||
	    !hubspot_all_text(h, history, "propertiesWithHistory"))
		return false;
	json_array_foreach (properties, i, name)
		hubspot_want(
		    w, h->hubspot->crm, text_of(json_string_value(name)));
	json_array_foreach (history, i, name)
		hubspot_want_history(
		    w, h->hubspot->crm, text_of(json_string_value(name)));
	hubspot_wanted_done(
	    w, h->hubspot->crm, json_array_size(properties) > 0);
	return true;
}

static void
put_value(struct buf *out, const struct crm_view *view,
    const struct crm_prop *prop, struct buf *scratch)
{
	scratch->len = 0;
	if (crm_value(view, prop, scratch))
		json_put_text(out, buf_view(scratch));
	else
		json_put_null(out);
}

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

/* What a property was is not kept: it has been what it is. */
static void
put_history(struct buf *out, const struct hubspot_wanted *w,
    const struct crm_view *view, struct buf *scratch)
{
	size_t i;

	json_key(out, "propertiesWithHistory");
	json_open(out);
	for (i = 0; i < w->nr; i++) {
		if (!w->history[i])
			continue;
		json_key(out, w->prop[i].name);
		json_open_array(out);
		json_open(out);
		json_key(out, "value");
		put_value(out, view, &w->prop[i], scratch);
		put_instant(out, "timestamp", view->facts.created);
		json_key(out, "sourceType");
		json_put_str(out, "CRM_UI");
		json_close(out);
		json_close_array(out);
	}
	json_close(out);
}

void
hubspot_put_id(struct buf *out, uint64_t id)
{
	char text[24];

	snprintf(text, sizeof(text), "%llu", (unsigned long long)id);
	json_put_str(out, text);
}

/* The first page of what a record is linked to. */
static void
put_links(struct hubspot_call *h, enum crm_kind to, struct crm_record record)
{
	const struct crm_object *from_object = crm_object(record.kind);
	const struct crm_object *to_object = crm_object(to);
	const struct crm_link *link;
	struct crm_record target = { to, false, 0 };
	char type[80], after[24];
	size_t i, nr;

	link = crm_links(h->hubspot->crm, record, to, &nr);
	if (nr == 0)
		return;
	snprintf(type, sizeof(type), "%s_to_%s", from_object->singular,
	    to_object->singular);
	json_key(h->out, to_object->plural);
	json_open(h->out);
	json_key(h->out, "results");
	json_open_array(h->out);
	for (i = 0; i < nr && i < INLINE_LINKS; i++) {
		target.index = link[i].to;
		target.archived = (link[i].flags & CRM_LINK_GONE) != 0;
		json_open(h->out);
		json_key(h->out, "id");
		hubspot_put_id(h->out, crm_id(h->hubspot->crm, target));
		json_key(h->out, "type");
		json_put_str(h->out, type);
		json_close(h->out);
	}
	json_close_array(h->out);
	if (i < nr) {
		target.index = link[i].to;
		snprintf(after, sizeof(after), "%llu",
		    (unsigned long long)crm_id(h->hubspot->crm, target));
		hubspot_put_next(h, after, false);
	}
	json_close(h->out);
}

void
hubspot_put_record(struct hubspot_call *h, const struct hubspot_wanted *w,
    struct crm_record record)
{
	struct buf *out = h->out, scratch;
	struct crm_view view;
	bool links = false;
	int kind;
	size_t i;

	buf_init(&scratch, 64 << 10);
	crm_view(h->hubspot->crm, record, &view);
	json_open(out);
	json_key(out, "id");
	hubspot_put_id(out, view.id);
	json_key(out, "properties");
	json_open(out);
	for (i = 0; i < w->nr; i++) {
		if (!w->value[i])
			continue;
		json_key(out, w->prop[i].name);
		put_value(out, &view, &w->prop[i], &scratch);
	}
	json_close(out);
	if (w->any_history)
		put_history(out, w, &view, &scratch);
	put_instant(out, "createdAt", view.facts.created);
	put_instant(out, "updatedAt", view.facts.modified);
	json_key(out, "archived");
	json_put_bool(out, record.archived);
	if (record.archived)
		put_instant(out, "archivedAt", view.facts.modified);
	for (kind = 0; kind < CRM_KINDS; kind++)
		links = links || w->link[kind];
	if (links) {
		json_key(out, "associations");
		json_open(out);
		for (kind = 0; kind < CRM_KINDS; kind++)
			if (w->link[kind])
				put_links(h, (enum crm_kind)kind, record);
		json_close(out);
	}
	json_close(out);
	buf_free(&scratch);
	h->call->note->results++;
}

/* The request's own address with another cursor. */
static void
put_link(struct hubspot_call *h, const char *after)
{
	const struct httpd_request *request = h->call->request;
	const char *p = request->query.p, *end = p + request->query.len, *amp;
	struct text host = httpd_request_header(request, "Host");
	struct buf url;

	buf_init(&url, 64 << 10);
	buf_str(&url, "http://");
	buf_text(&url, host.p == NULL ? text_of("127.0.0.1") : host);
	buf_text(&url, request->path);
	buf_char(&url, '?');
	for (; p < end; p = amp + 1) {
		amp = memchr(p, '&', (size_t)(end - p));
		if (amp == NULL)
			amp = end;
		if (strncmp(p, "after=", 6) == 0)
			continue;
		buf_add(&url, p, (size_t)(amp - p));
		buf_char(&url, '&');
	}
	buf_str(&url, "after=");
	buf_str(&url, after);
	json_key(h->out, "link");
	json_put_text(h->out, buf_view(&url));
	buf_free(&url);
}

void
hubspot_trouble_cursor(struct hubspot_call *h, struct text asked, char out[48])
{
	/* a leading zero makes it another text and not another place */
	snprintf(out, 48, "%s%.*s", h->call->page == PAGE_EMPTY ? "0" : "",
	    TEXT_ARG(asked));
}

void
hubspot_put_next(struct hubspot_call *h, const char *after, bool link)
{
	json_key(h->out, "paging");
	json_open(h->out);
	json_key(h->out, "next");
	json_open(h->out);
	json_key(h->out, "after");
	json_put_str(h->out, after);
	if (link)
		put_link(h, after);
	json_close(h->out);
	json_close(h->out);
}

void
hubspot_put_times(struct hubspot_call *h)
{
	instant_us now = crm_as_of(h->hubspot->crm);

	put_instant(h->out, "startedAt", now);
	put_instant(h->out, "completedAt", now + 40000);
}
