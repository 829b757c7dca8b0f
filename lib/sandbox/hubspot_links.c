/*
 * Associations (v4)
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sandbox/hubspot_impl.h"

#define BATCH_MAX 1000
#define PAGE	  500 /* of one record's links */

/* A cursor is the offset in base64, which is what a cursor looks like. */
static void
put_cursor(char out[16], uint32_t offset)
{
	static const char digit[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				    "abcdefghijklmnopqrstuvwxyz0123456789+/";
	char text[16] = { 0 };
	unsigned x;
	size_t i, at = 0;

	/* nine digits make twelve, without padding */
	snprintf(text, sizeof(text), "%09u", offset % 1000000000);
	for (i = 0; i < 9; i += 3) {
		x = (unsigned)text[i] << 16 | (unsigned)text[i + 1] << 8 |
		    (unsigned)text[i + 2];
		out[at++] = digit[x >> 18 & 63];
		out[at++] = digit[x >> 12 & 63];
		out[at++] = digit[x >> 6 & 63];
		out[at++] = digit[x & 63];
	}
	out[at] = '\0';
}

/* Offsets come in steps of a page: find the one that is written so. */
static bool
read_cursor(const char *cursor, size_t nr, size_t *offset)
{
	char text[16];

	for (*offset = 0; *offset < nr; *offset += PAGE) {
		put_cursor(text, (uint32_t)*offset);
		if (strcmp(text, cursor) == 0)
			return true;
	}
	return false;
}

static void
put_type(struct buf *out, const char *category, unsigned id, const char *label)
{
	json_open(out);
	json_key(out, "category");
	json_put_str(out, category);
	json_key(out, "typeId");
	json_put_int(out, id);
	json_key(out, "label");
	json_put_str(out, label);
	json_close(out);
}

static void
put_link(struct hubspot_call *h, struct crm_record from, enum crm_kind to,
    struct crm_link link)
{
	struct crm_record target = { to, (link.flags & CRM_LINK_GONE) != 0,
		link.to };
	struct crm_link_type type = crm_link_type(from.kind, to);
	uint64_t id = crm_id(h->hubspot->crm, target);

	json_open(h->out);
	json_key(h->out, "toObjectId");
	/* both forms have been seen */
	if (from.index % 7 == 3)
		hubspot_put_id(h->out, id);
	else
		json_put_int(h->out, (int64_t)id);
	json_key(h->out, "associationTypes");
	json_open_array(h->out);
	put_type(h->out, "HUBSPOT_DEFINED", type.plain, NULL);
	if ((link.flags & CRM_LINK_PRIMARY) && type.primary > 0)
		put_type(h->out, "HUBSPOT_DEFINED", type.primary, "Primary");
	if (link.flags & CRM_LINK_LABELLED)
		put_type(h->out, "USER_DEFINED", 37, "Decision maker");
	json_close_array(h->out);
	json_close(h->out);
}

/* One page of a record's links, from offset on, and the way to the next. */
static void
put_page(struct hubspot_call *h, struct crm_record from, enum crm_kind to,
    const struct crm_link *link, size_t nr, size_t offset)
{
	size_t i, end = nr - offset > PAGE ? offset + PAGE : nr;
	char cursor[16];

	for (i = offset; i < end && h->call->page != PAGE_EMPTY; i++)
		put_link(h, from, to, link[i]);
	h->call->note->results += i - offset;
	json_close_array(h->out);
	if (i == nr)
		return;
	put_cursor(cursor,
	    (uint32_t)(h->call->page == PAGE_LOOP && offset > 0 ? offset : i));
	hubspot_put_next(h, cursor, false);
}

static void
put_none(struct hubspot_call *h, enum crm_kind from, enum crm_kind to,
    const char *id)
{
	const char *from_name = crm_object(from)->singular;
	const char *to_name = crm_object(to)->singular;
	char message[120];

	snprintf(message, sizeof(message), "No %s is associated with %s %s.",
	    to_name, from_name, id);
	json_open(h->out);
	json_key(h->out, "status");
	json_put_str(h->out, "error");
	json_key(h->out, "category");
	json_put_str(h->out, "OBJECT_NOT_FOUND");
	json_key(h->out, "subCategory");
	json_put_str(h->out, "crm.associations.NO_ASSOCIATIONS_FOUND");
	json_key(h->out, "message");
	json_put_str(h->out, message);
	json_key(h->out, "context");
	json_open(h->out);
	json_key(h->out, "fromObjectId");
	json_open_array(h->out);
	json_put_str(h->out, id);
	json_close_array(h->out);
	json_key(h->out, "fromObjectType");
	json_open_array(h->out);
	json_put_str(h->out, from_name);
	json_close_array(h->out);
	json_key(h->out, "toObjectType");
	json_open_array(h->out);
	json_put_str(h->out, to_name);
	json_close_array(h->out);
	json_close(h->out);
	json_close(h->out);
}

static const char *
input_text(json_t *input, const char *name)
{
	return json_string_value(json_object_get(input, name));
}

/* What an input is linked to; NULL and 0 for a record that is not there. */
static const struct crm_link *
links_of(struct hubspot_call *h, const char *id_text, enum crm_kind from,
    enum crm_kind to, struct crm_record *r, size_t *nr)
{
	uint64_t id = 0;

	*nr = 0;
	hubspot_id(text_of(id_text), &id);
	if (!crm_find(h->hubspot->crm, from, false, id, r))
		return NULL;
	return crm_links(h->hubspot->crm, *r, to, nr);
}

static bool
check_cursors(struct hubspot_call *h, json_t *inputs, enum crm_kind from,
    enum crm_kind to)
{
	const char *after;
	struct crm_record r;
	json_t *input;
	size_t i, nr, offset;

	json_array_foreach (inputs, i, input) {
		after = NULL;
		if (!hubspot_member_text(h, input, "after", &after))
			return false;
		if (after == NULL)
			continue;
		links_of(h, input_text(input, "id"), from, to, &r, &nr);
		if (!read_cursor(after, nr, &offset))
			return hubspot_invalid(h->call,
			    "The 'after' value of inputs[%zu] is not a cursor "
			    "of it",
			    i);
	}
	return true;
}

static void
put_batch(struct hubspot_call *h, json_t *inputs, enum crm_kind from,
    enum crm_kind to)
{
	const struct crm_link *link;
	struct crm_record r;
	const char *after;
	json_t *input;
	size_t i, nr, offset, none = 0;

	json_open(h->out);
	json_key(h->out, "status");
	json_put_str(h->out, "COMPLETE");
	json_key(h->out, "results");
	json_open_array(h->out);
	json_array_foreach (inputs, i, input) {
		link = links_of(h, input_text(input, "id"), from, to, &r, &nr);
		if (nr == 0) {
			none++;
			continue;
		}
		offset = 0;
		after = input_text(input, "after");
		if (after != NULL)
			read_cursor(after, nr, &offset);
		json_open(h->out);
		json_key(h->out, "from");
		json_open(h->out);
		json_key(h->out, "id");
		json_put_str(h->out, input_text(input, "id"));
		json_close(h->out);
		json_key(h->out, "to");
		json_open_array(h->out);
		put_page(h, r, to, link, nr, offset);
		json_close(h->out);
	}
	json_close_array(h->out);
	if (none > 0) {
		h->call->reply->status = 207;
		json_key(h->out, "numErrors");
		json_put_int(h->out, (int64_t)none);
		json_key(h->out, "errors");
		json_open_array(h->out);
		json_array_foreach (inputs, i, input) {
			links_of(h, input_text(input, "id"), from, to, &r, &nr);
			if (nr == 0)
				put_none(h, from, to, input_text(input, "id"));
		}
		json_close_array(h->out);
	}
	hubspot_put_times(h);
	json_close(h->out);
}

static bool
check_pair(struct hubspot_call *h, struct text from_name, struct text to_name,
    enum crm_kind *from, enum crm_kind *to)
{
	if (!hubspot_kind(h, to_name, to) || !hubspot_kind(h, from_name, from))
		return false;
	if (crm_link_type(*from, *to).plain > 0)
		return true;
	return hubspot_invalid(h->call,
	    "No association types exist between %s and %s",
	    crm_object(*from)->singular, crm_object(*to)->singular);
}

void
hubspot_associations(struct hubspot_call *h)
{
	static const char *const known[] = { NULL };
	static const char *const in_body[] = { "inputs", NULL };
	static const char *const in_input[] = { "id", "after", NULL };
	enum crm_kind from, to;
	json_t *body, *inputs;

	if (!check_pair(h, h->arg[0], h->arg[1], &from, &to) ||
	    !hubspot_params(h, known))
		return;
	body = hubspot_body(h, in_body);
	if (body == NULL)
		return;
	if (hubspot_check_inputs(h, body, true, in_input, BATCH_MAX, &inputs) &&
	    check_cursors(h, inputs, from, to))
		put_batch(h, inputs, from, to);
	json_decref(body);
}
