/*
 * Airtable: the records of a table, in pages
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/num.h"
#include "base/xalloc.h"
#include "sandbox/airtable_impl.h"

#define PAGE_MAX    100
#define FIELDS_MAX  200
#define OFFSET_TEXT 80

/* What is asked for, by the query or by a body. */
struct ask {
	char *field[FIELDS_MAX];
	size_t nr_field;
	char *formula; /* NULL: all records */
	char *offset;  /* NULL: the first page */
	int64_t page;
};

static void
ask_free(struct ask *ask)
{
	size_t i;

	for (i = 0; i < ask->nr_field; i++)
		free(ask->field[i]);
	free(ask->formula);
	free(ask->offset);
}

static void
keep(char **to, const char *value)
{
	free(*to);
	*to = xstrdup(value);
}

/* One parameter, under the name it has in a body. */
static bool
take(struct call *call, struct ask *ask, const char *name, const char *value)
{
	if (strcmp(name, "fields") == 0 && ask->nr_field < FIELDS_MAX)
		ask->field[ask->nr_field++] = xstrdup(value);
	else if (strcmp(name, "filterByFormula") == 0)
		keep(&ask->formula, value);
	else if (strcmp(name, "offset") == 0)
		keep(&ask->offset, value);
	else if (strcmp(name, "view") == 0 && strcmp(value, "Grid view") != 0)
		return airtable_error(call, 422, "VIEW_NAME_NOT_FOUND",
		    "View %s not found", value);
	else if (strcmp(name, "pageSize") == 0) {
		if (!num_parse_int(text_of(value), &ask->page) ||
		    ask->page < 1 || ask->page > PAGE_MAX)
			return airtable_error(call, 422,
			    "INVALID_PAGE_SIZE_REQUEST",
			    "pageSize must be from 1 to %d", PAGE_MAX);
	} else if (strcmp(name, "view") != 0)
		return airtable_error(call, 422, "INVALID_REQUEST_UNKNOWN",
		    "Invalid request: parameter validation failed. %s", name);
	return true;
}

static bool
read_query(struct call *call, struct ask *ask)
{
	const struct httpd_param *p = call->request->param;
	char *name, *value;
	size_t i;
	bool good = true;

	for (i = 0; good && i < call->request->param_nr; i++) {
		name = xstrndup(p[i].name.p, p[i].name.len);
		value = xstrndup(p[i].value.p, p[i].value.len);
		if (strcmp(name, "fields[]") == 0)
			name[strlen("fields")] = '\0';
		good = take(call, ask, name, value);
		free(name);
		free(value);
	}
	return good;
}

static bool
read_body(struct call *call, json_t *body, struct ask *ask)
{
	const char *name;
	json_t *value, *part;
	char number[32];
	size_t i;
	bool good = true;

	json_object_foreach (body, name, value) {
		if (json_is_array(value)) {
			json_array_foreach (value, i, part)
				good = good && json_is_string(part) &&
				       take(call, ask, name,
					   json_string_value(part));
		} else if (json_is_integer(value)) {
			snprintf(number, sizeof(number), "%lld",
			    (long long)json_integer_value(value));
			good = good && take(call, ask, name, number);
		} else {
			good = good && json_is_string(value) &&
			       take(call, ask, name, json_string_value(value));
		}
	}
	if (!good && call->reply->status == 200)
		airtable_error(call, 422, "INVALID_REQUEST_UNKNOWN",
		    "Invalid request: parameter validation failed.");
	return good;
}

static bool
check(struct airtable_call *c, const struct ask *ask)
{
	struct fault f = { 0 };
	size_t i;

	for (i = 0; i < ask->nr_field; i++)
		if (airtable_field(c->table, ask->field[i]) == NULL)
			return airtable_error(c->call, 422,
			    "UNKNOWN_FIELD_NAME", "Unknown field name: \"%s\"",
			    ask->field[i]);
	if (ask->formula != NULL &&
	    airtable_is_true(c->table, NULL, ask->formula, &f) == -1)
		return airtable_error(c->call, 422, "INVALID_FILTER_BY_FORMULA",
		    "The formula for filtering records is invalid: %s", f.text);
	return true;
}

static uint64_t
begin_iterator(struct airtable_call *c)
{
	struct airtable *a = c->airtable;
	uint64_t nr = a->iterators++;

	a->used_us[nr % AIRTABLE_ITERATORS] = c->call->request->at_us;
	return nr;
}

/*
 * The iterator of an offset and where it stands, or a new one at the start. It
 * is gone when nobody asked for a while, or was never there.
 */
static bool
find_start(
    struct airtable_call *c, const struct ask *ask, uint64_t *nr, size_t *start)
{
	struct airtable *a = c->airtable;
	int64_t now_us = c->call->request->at_us;
	long long n = -1;
	char rec[AIRTABLE_ID] = "";
	bool good;

	*start = 0;
	if (ask->offset == NULL) {
		*nr = begin_iterator(c);
		return true;
	}
	/* NOLINTNEXTLINE: bounded by the width */
	good = sscanf(ask->offset, "itr%14lld/%31s", &n, rec) == 2 && n >= 0 &&
	       (uint64_t)n < a->iterators &&
	       (uint64_t)n + AIRTABLE_ITERATORS >= a->iterators &&
	       now_us - a->used_us[n % AIRTABLE_ITERATORS] <
		   (int64_t)a->conf->airtable.iterator_s * 1000000 &&
	       airtable_record(c->table, rec, start) != NULL;
	if (!good)
		return airtable_error(c->call, 422,
		    "LIST_RECORDS_ITERATOR_NOT_AVAILABLE",
		    "The iterator is not available: start over");
	*nr = (uint64_t)n;
	a->used_us[n % AIRTABLE_ITERATORS] = now_us;
	return true;
}

/* The record with these fields alone. */
static json_t *
shown(struct airtable_call *c, const struct ask *ask, json_t *record)
{
	json_t *copy, *fields, *cell;
	const char *name;
	size_t i;

	if (ask->nr_field == 0)
		return json_incref(record);
	copy = json_copy(record);
	fields = json_object();
	for (i = 0; i < ask->nr_field; i++) {
		name = airtable_member(
		    airtable_field(c->table, ask->field[i]), "name");
		cell = json_object_get(json_object_get(record, "fields"), name);
		if (cell != NULL)
			json_object_set(fields, name, cell);
	}
	json_object_set_new(copy, "fields", fields);
	return copy;
}

static void
put_page(
    struct airtable_call *c, const struct ask *ask, uint64_t nr, size_t start)
{
	json_t *records = json_object_get(c->table, "records"), *record;
	json_t *reply = json_object(), *page = json_array();
	struct fault ignored = { 0 };
	char offset[OFFSET_TEXT];
	size_t i = start;

	for (; i < json_array_size(records); i++) {
		record = json_array_get(records, i);
		if (ask->formula != NULL && airtable_is_true(c->table, record,
						ask->formula, &ignored) != 1)
			continue;
		if (c->call->page == PAGE_EMPTY ||
		    json_array_size(page) == (size_t)ask->page)
			break;
		json_array_append_new(page, shown(c, ask, record));
	}
	c->call->note->results = json_array_size(page);
	json_object_set_new(reply, "records", page);
	if (c->call->page == PAGE_LOOP && ask->offset != NULL)
		json_object_set_new(reply, "offset", json_string(ask->offset));
	else if (i < json_array_size(records)) {
		/* another offset, or it would seem to lead in circles */
		if (c->call->page == PAGE_EMPTY)
			nr = begin_iterator(c);
		snprintf(offset, sizeof(offset), "itr%014llu/%s",
		    (unsigned long long)nr,
		    airtable_member(json_array_get(records, i), "id"));
		json_object_set_new(reply, "offset", json_string(offset));
	}
	airtable_reply(c->call, reply);
}

void
airtable_list(struct airtable_call *c, json_t *body)
{
	struct ask ask = { .page = PAGE_MAX };
	uint64_t nr = 0;
	size_t start;

	if ((body == NULL ? read_query(c->call, &ask)
			  : read_body(c->call, body, &ask)) &&
	    check(c, &ask) && find_start(c, &ask, &nr, &start))
		put_page(c, &ask, nr, start);
	ask_free(&ask);
}
