/*
 * Airtable: records that are created, changed, or either by what they match
 *
 * A request is done whole or not at all: first all of it is checked.
 */
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/num.h"
#include "base/xalloc.h"
#include "sandbox/airtable_impl.h"

#define BATCH_MAX 10
#define MERGE_MAX 3

struct batch {
	json_t *records; /* as sent */
	json_t *cells[BATCH_MAX];
	json_t *target[BATCH_MAX]; /* the record it changes; NULL: a new one */
	json_t *merge;		   /* names of fields; NULL: none */
	size_t nr;
	bool typecast;
};

static bool
refuse_value(struct call *call, const char *field)
{
	return airtable_error(call, 422, "INVALID_VALUE_FOR_COLUMN",
	    "Field \"%s\" cannot accept the provided value", field);
}

static bool
is_date(json_t *value)
{
	const char *text = json_string_value(value);
	instant_us at;

	return text != NULL && instant_parse_loose(text_of(text), &at);
}

static bool
is_links(json_t *value)
{
	json_t *part;
	size_t i;

	if (!json_is_array(value))
		return false;
	json_array_foreach (value, i, part)
		if (!json_is_string(part) ||
		    strncmp(json_string_value(part), "rec", 3) != 0)
			return false;
	return true;
}

/* What a number or a text becomes where types are cast. */
static json_t *
cast(const char *type, json_t *value)
{
	double x;

	if (strcmp(type, "number") == 0 && json_is_string(value) &&
	    num_parse(text_of(json_string_value(value)), &x))
		return json_real(x);
	if (strcmp(type, "singleLineText") == 0 && json_is_number(value)) {
		char *text = json_dumps(
		    value, JSON_ENCODE_ANY | JSON_REAL_PRECISION(15));
		json_t *cell = json_string(text);

		free(text);
		return cell;
	}
	return json_incref(value);
}

static bool
check_choice(
    struct airtable_call *c, json_t *field, json_t *value, bool typecast)
{
	json_t *choices = json_object_get(field, "choices"), *choice;
	size_t i;

	if (!json_is_string(value))
		return refuse_value(c->call, airtable_member(field, "name"));
	json_array_foreach (choices, i, choice)
		if (json_equal(choice, value))
			return true;
	if (typecast)
		return true;
	return airtable_error(c->call, 422, "INVALID_MULTIPLE_CHOICE_OPTIONS",
	    "Insufficient permissions to create new select option \"%s\"",
	    json_string_value(value));
}

static bool
is_of_type(const char *type, json_t *value)
{
	if (strcmp(type, "number") == 0)
		return json_is_number(value);
	if (strcmp(type, "checkbox") == 0)
		return json_is_boolean(value);
	if (strcmp(type, "date") == 0)
		return is_date(value);
	if (strcmp(type, "multipleRecordLinks") == 0)
		return is_links(value);
	return json_is_string(value);
}

/* Put the cell as it is kept into cells; null there is to be emptied. */
static bool
take_cell(struct airtable_call *c, const char *name, json_t *value,
    bool typecast, json_t *cells)
{
	json_t *field = airtable_field(c->table, name), *cell;
	const char *type = airtable_member(field, "type");
	bool good = true;

	if (field == NULL)
		return airtable_error(c->call, 422, "UNKNOWN_FIELD_NAME",
		    "Unknown field name: \"%s\"", name);
	if (strcmp(type, "formula") == 0)
		return airtable_error(c->call, 422, "INVALID_VALUE_FOR_COLUMN",
		    "Field \"%s\" cannot accept a value because the field is "
		    "computed",
		    name);
	cell = typecast ? cast(type, value) : json_incref(value);
	if (json_is_null(cell))
		;
	else if (strcmp(type, "singleSelect") == 0)
		good = check_choice(c, field, cell, typecast);
	else if (!is_of_type(type, cell))
		good = refuse_value(c->call, name);
	if (json_is_false(cell) ||
	    (json_is_string(cell) && *json_string_value(cell) == '\0') ||
	    (json_is_array(cell) && json_array_size(cell) == 0)) {
		json_decref(cell);
		cell = json_null();
	}
	json_object_set_new(cells, airtable_member(field, "name"), cell);
	return good;
}

/* Every field of merge is the same; an empty cell is as "". */
static bool
is_match(json_t *merge, json_t *a, json_t *b)
{
	json_t *name, *x, *y;
	size_t i;

	json_array_foreach (merge, i, name) {
		x = json_object_get(a, json_string_value(name));
		y = json_object_get(b, json_string_value(name));
		if (json_is_null(x))
			x = NULL;
		if (json_is_null(y))
			y = NULL;
		if (json_is_number(x) && json_is_number(y)) {
			if (json_number_value(x) < json_number_value(y) ||
			    json_number_value(x) > json_number_value(y))
				return false;
		} else if ((x == NULL) != (y == NULL) ||
			   (x != NULL && !json_equal(x, y))) {
			return false;
		}
	}
	return true;
}

static bool
find_match(struct airtable_call *c, struct batch *b, size_t i)
{
	json_t *record, *records = json_object_get(c->table, "records");
	size_t k;

	json_array_foreach (records, k, record) {
		if (!is_match(b->merge, b->cells[i],
			json_object_get(record, "fields")))
			continue;
		if (b->target[i] != NULL)
			return airtable_error(c->call, 422, "INVALID_RECORDS",
			    "Cannot upsert record %zu: multiple records match "
			    "the fields to merge on",
			    i);
		b->target[i] = record;
	}
	for (k = 0; k < i; k++)
		if (is_match(b->merge, b->cells[i], b->cells[k]))
			return airtable_error(c->call, 422, "INVALID_RECORDS",
			    "Records %zu and %zu have the same values in the "
			    "fields to merge on",
			    k, i);
	return true;
}

static bool
find_target(struct airtable_call *c, struct batch *b, size_t i, bool create)
{
	json_t *sent = json_array_get(b->records, i);
	const char *id = json_string_value(json_object_get(sent, "id"));
	size_t index;

	if (create)
		return true;
	if (id == NULL && b->merge != NULL)
		return find_match(c, b, i);
	b->target[i] =
	    id == NULL ? NULL : airtable_record(c->table, id, &index);
	if (b->target[i] == NULL)
		return airtable_error(c->call, 422, "ROW_DOES_NOT_EXIST",
		    "Record %zu has no id of a record of this table", i);
	return true;
}

static bool
check_record(struct airtable_call *c, struct batch *b, size_t i, bool create)
{
	json_t *sent = json_array_get(b->records, i);
	json_t *fields = json_object_get(sent, "fields"), *value;
	const char *name;

	if (!json_is_object(fields))
		return airtable_error(c->call, 422,
		    "INVALID_REQUEST_MISSING_FIELDS",
		    "Could not find field \"fields\" in the request body");
	json_object_foreach (fields, name, value)
		if (!take_cell(c, name, value, b->typecast, b->cells[i]))
			return false;
	return find_target(c, b, i, create);
}

static bool
read_merge(struct airtable_call *c, json_t *body, struct batch *b)
{
	json_t *upsert = json_object_get(body, "performUpsert"), *name, *field;
	size_t i;

	if (upsert == NULL)
		return true;
	b->merge = json_object_get(upsert, "fieldsToMergeOn");
	if (json_array_size(b->merge) < 1 ||
	    json_array_size(b->merge) > MERGE_MAX)
		return airtable_error(c->call, 422, "INVALID_REQUEST_UNKNOWN",
		    "fieldsToMergeOn must name one to %d fields", MERGE_MAX);
	json_array_foreach (b->merge, i, name) {
		field = json_is_string(name)
			    ? airtable_field(c->table, json_string_value(name))
			    : NULL;
		if (field == NULL)
			return airtable_error(c->call, 422,
			    "UNKNOWN_FIELD_NAME", "Unknown field name: \"%s\"",
			    json_is_string(name) ? json_string_value(name)
						 : "");
		if (strcmp(airtable_member(field, "type"), "formula") == 0)
			return airtable_error(c->call, 422,
			    "INVALID_REQUEST_UNKNOWN",
			    "fieldsToMergeOn names a computed field");
	}
	return true;
}

static bool
read_batch(struct airtable_call *c, json_t *body, bool create, struct batch *b)
{
	size_t i;

	b->records = json_object_get(body, "records");
	b->typecast = json_is_true(json_object_get(body, "typecast"));
	if (!json_is_array(b->records) || json_array_size(b->records) == 0 ||
	    json_array_size(b->records) > BATCH_MAX)
		return airtable_error(c->call, 422, "INVALID_RECORDS",
		    "records must be an array of one to %d records", BATCH_MAX);
	b->nr = json_array_size(b->records);
	c->call->note->inputs = b->nr;
	for (i = 0; i < b->nr; i++)
		b->cells[i] = json_object();
	if (!create && !read_merge(c, body, b))
		return false;
	for (i = 0; i < b->nr; i++)
		if (!check_record(c, b, i, create))
			return false;
	return true;
}

static json_t *
new_record(struct airtable_call *c)
{
	json_t *base = c->airtable->base, *record;
	json_int_t nr = json_integer_value(json_object_get(base, "next"));
	char id[AIRTABLE_ID], at[INSTANT_TEXT];

	airtable_id("rec", (uint64_t)nr, id);
	/* milliseconds, which an instant shows only where it has some */
	instant_format(
	    c->airtable->conf->crm.as_of / 1000000 * 1000000 + 1000, at);
	record = json_pack(
	    "{s:s, s:s, s:{}}", "id", id, "createdTime", at, "fields");
	json_array_append_new(json_object_get(c->table, "records"), record);
	json_object_set_new(base, "next", json_integer(nr + 1));
	return record;
}

static void
set_cells(json_t *record, json_t *cells)
{
	json_t *fields = json_object_get(record, "fields"), *value;
	const char *name;

	json_object_foreach (cells, name, value) {
		if (json_is_null(value))
			json_object_del(fields, name);
		else
			json_object_set(fields, name, value);
	}
}

static void
apply(struct airtable_call *c, struct batch *b)
{
	json_t *reply = json_object(), *records = json_array();
	json_t *created = json_array(), *updated = json_array(), *done;
	size_t i;

	for (i = 0; i < b->nr; i++) {
		done = b->target[i] == NULL ? created : updated;
		if (b->target[i] == NULL)
			b->target[i] = new_record(c);
		json_array_append(done, json_object_get(b->target[i], "id"));
		set_cells(b->target[i], b->cells[i]);
		json_array_append(records, b->target[i]);
	}
	c->call->note->results = b->nr;
	json_object_set_new(reply, "records", records);
	if (b->merge != NULL) {
		json_object_set(reply, "createdRecords", created);
		json_object_set(reply, "updatedRecords", updated);
	}
	json_decref(created);
	json_decref(updated);
	airtable_reply(c->call, reply);
}

void
airtable_write(struct airtable_call *c, bool create)
{
	json_t *body = airtable_body(c->call);
	struct batch b = { 0 };
	size_t i;

	if (body != NULL && read_batch(c, body, create, &b))
		apply(c, &b);
	for (i = 0; i < b.nr; i++)
		json_decref(b.cells[i]);
	json_decref(body);
}
