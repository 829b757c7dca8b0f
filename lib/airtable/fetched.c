#include "airtable/fetched.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/map.h"
#include "base/xalloc.h"

enum {
	SLOT_ID,
	SLOT_CREATED,
	SLOT_FIELDS,
	SLOTS
};

enum {
	SLOT_NAME,
	SLOT_EMAIL,
	SLOT_URL,
	CHOICE_SLOTS
};

struct fetched {
	const char *type;
	const struct fetched_key *key;
	size_t nr_key;
	struct json_shape *shape, *choice;
	struct map *id;
	struct arena *scratch;
	struct buf lines;
	uint64_t written, duplicates;
};

struct fetched *
fetched_new(
    const char *type, const struct fetched_key *key, size_t nr, size_t max)
{
	struct fetched *r = xcalloc(1, sizeof(*r));

	r->type = type;
	r->key = key;
	r->nr_key = nr;
	r->shape = json_shape_new();
	json_want(r->shape, "id");
	json_want(r->shape, "createdTime");
	json_want(r->shape, "fields");
	r->choice = json_shape_new();
	json_want(r->choice, "name");
	json_want(r->choice, "email");
	json_want(r->choice, "url");
	r->id = map_new();
	r->scratch = arena_new();
	buf_init(&r->lines, max);
	return r;
}

void
fetched_free(struct fetched *r)
{
	if (r == NULL)
		return;
	json_shape_free(r->shape);
	json_shape_free(r->choice);
	map_free(r->id);
	arena_free(r->scratch);
	buf_free(&r->lines);
	free(r);
}

void
fetched_begin(void *arg)
{
	struct fetched *r = arg;

	map_free(r->id);
	r->id = map_new();
	buf_clear(&r->lines);
	r->written = r->duplicates = 0;
}

/* The name of a choice; a person and an attachment have more to tell. */
static bool
is_choice(struct fetched *r, struct json_value v, struct json_value *name)
{
	struct json_value field[CHOICE_SLOTS];

	if (v.kind != VALUE_OBJECT)
		return false;
	json_scan_value(r->choice, v, field);
	*name = field[SLOT_NAME];
	return name->kind == VALUE_STRING &&
	       field[SLOT_EMAIL].kind == VALUE_ABSENT &&
	       field[SLOT_URL].kind == VALUE_ABSENT;
}

static void
put_value(struct fetched *r, struct json_value v)
{
	struct json_value part, name;
	const char *at = NULL;

	if (is_choice(r, v, &name)) {
		json_put_text(&r->lines, json_text(name, r->scratch));
	} else if (v.kind == VALUE_ARRAY) {
		json_open_array(&r->lines);
		while (json_next(v, &at, NULL, &part))
			put_value(r, part);
		json_close_array(&r->lines);
	} else if (v.kind == VALUE_STRING) {
		json_put_text(&r->lines, json_text(v, r->scratch));
	} else {
		json_put_raw(&r->lines, json_raw(v));
	}
}

static bool
is_reserved(struct text name)
{
	return text_is(name, "type") || text_is(name, "id") ||
	       text_is(name, "created_at");
}

bool
fetched_reserves(const char *key)
{
	return is_reserved(text_of(key));
}

static int
put_all(struct fetched *r, struct json_value fields, struct fault *f)
{
	struct json_value key, value;
	const char *at = NULL;
	struct text name;

	while (json_next(fields, &at, &key, &value)) {
		name = json_text(key, r->scratch);
		if (is_reserved(name))
			return fault_set(f, FAULT_DATA,
			    "field '%.*s' has the name of what every record "
			    "has: give it another with --fields",
			    TEXT_ARG(name));
		json_key_text(&r->lines, name);
		put_value(r, value);
	}
	return 0;
}

static void
put_keys(struct fetched *r, struct json_value fields)
{
	struct json_value key, value;
	const char *at;
	bool found;
	size_t i;

	for (i = 0; i < r->nr_key; i++) {
		json_key(&r->lines, r->key[i].key);
		found = false;
		at = NULL;
		while (!found && json_next(fields, &at, &key, &value))
			found = text_is(
			    json_text(key, r->scratch), r->key[i].field);
		if (found)
			put_value(r, value);
		else
			json_put_null(&r->lines);
	}
}

int
fetched_add(void *arg, struct json_value record, struct fault *f)
{
	struct fetched *r = arg;
	struct json_value field[SLOTS] = { 0 };
	struct text id;
	bool added;
	int status = 0;

	arena_clear(r->scratch);
	if (record.kind == VALUE_OBJECT)
		json_scan_value(r->shape, record, field);
	if (field[SLOT_ID].kind != VALUE_STRING ||
	    field[SLOT_FIELDS].kind != VALUE_OBJECT)
		return fault_set(f, FAULT_DATA,
		    "the answer has a record without id or fields");
	id = json_text(field[SLOT_ID], r->scratch);
	(void)map_intern(r->id, id, &added);
	if (!added) {
		r->duplicates++;
		return 0;
	}
	json_open(&r->lines);
	json_key(&r->lines, "type");
	json_put_str(&r->lines, r->type);
	json_key(&r->lines, "id");
	json_put_text(&r->lines, id);
	json_key(&r->lines, "created_at");
	json_put_text(&r->lines, json_text(field[SLOT_CREATED], r->scratch));
	if (r->nr_key == 0)
		status = put_all(r, field[SLOT_FIELDS], f);
	else
		put_keys(r, field[SLOT_FIELDS]);
	json_close(&r->lines);
	buf_char(&r->lines, '\n');
	r->written++;
	return status;
}

int
fetched_check(const struct fetched *r, struct fault *f)
{
	return buf_check(&r->lines, "the records", f);
}

struct text
fetched_lines(const struct fetched *r)
{
	return buf_view(&r->lines);
}

static void
put_count(struct buf *b, const char *name, uint64_t x)
{
	json_key(b, name);
	json_put_int(b, (int64_t)x);
}

void
fetched_report(
    const struct fetched *r, const struct fetched_report *report, struct buf *b)
{
	bool complete = report->reason == NULL;

	json_open(b);
	json_key(b, "type");
	json_put_str(b, "fetch_report");
	json_key(b, "what");
	json_put_str(b, "records");
	json_key(b, "object");
	json_put_str(b, report->table);
	json_key(b, "source_total");
	json_put_null(b);
	put_count(b, "received", report->listing->received);
	put_count(b, "written", complete ? r->written : 0);
	put_count(b, "duplicates", r->duplicates);
	put_count(b, "missing", 0);
	json_key(b, "complete");
	json_put_bool(b, complete);
	json_key(b, "reason");
	json_put_str(b, report->reason);
	put_count(b, "pages", report->listing->pages);
	put_count(b, "restarts", report->listing->restarts);
	put_count(b, "requests", report->http->requests);
	put_count(b, "retries", report->http->retries);
	put_count(b, "limited", report->http->limited);
	json_key(b, "seconds");
	json_put_number(b, report->seconds);
	json_close(b);
	buf_char(b, '\n');
}
