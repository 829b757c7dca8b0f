#include "airtable/fetched.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/map.h"
#include "base/xalloc.h"

enum {
	SLOT_NAME,
	SLOT_EMAIL,
	SLOT_URL,
	CHOICE_SLOTS
};

struct fetched {
	const struct fetched_conf *conf;
	const struct family *family;
	struct json_shape *shape, *choice;
	struct map *id;
	struct arena *scratch;
	struct buf lines, resolved;
	struct text at; /* the id of the record under way */
	uint64_t written, duplicates, unresolved, unreadable;
};

struct fetched *
fetched_new(const struct fetched_conf *conf)
{
	struct fetched *r = xcalloc(1, sizeof(*r));

	r->conf = conf;
	r->family = family_of(conf->type);
	r->shape = pull_shape();
	r->choice = json_shape_new();
	json_want(r->choice, "name");
	json_want(r->choice, "email");
	json_want(r->choice, "url");
	r->id = map_new();
	r->scratch = arena_new();
	buf_init(&r->lines, conf->max);
	buf_init(&r->resolved, conf->max);
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
	buf_free(&r->resolved);
	free(r);
}

void
fetched_begin(void *arg)
{
	struct fetched *r = arg;

	map_free(r->id);
	r->id = map_new();
	buf_clear(&r->lines);
	r->written = r->duplicates = r->unresolved = r->unreadable = 0;
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

bool
fetched_reserves(const char *type, const char *key)
{
	return strcmp(key, "type") == 0 || strcmp(key, "created_at") == 0 ||
	       strcmp(key, family_of(type)->id_key) == 0;
}

static const struct resolve *
rule_of(const struct fetched *r, const char *key)
{
	size_t i;

	for (i = 0; i < r->conf->nr_resolve; i++)
		if (strcmp(resolve_key(r->conf->resolve[i]), key) == 0)
			return r->conf->resolve[i];
	return NULL;
}

/* The names instead of the links; *cell is then good until the next one. */
static void
resolve_it(struct fetched *r, const char *key, struct json_value *cell)
{
	const struct resolve *rule = rule_of(r, key);
	struct json_value whole[1];
	struct json_shape *shape;
	struct fault f;

	if (rule == NULL ||
	    (!resolve_by_list(rule) && cell->kind != VALUE_ARRAY))
		return;
	buf_clear(&r->resolved);
	json_open(&r->resolved);
	json_key(&r->resolved, "v");
	if (resolve_by_list(rule))
		(void)resolve_put(rule, r->at, &r->resolved);
	else
		resolve_cell(
		    rule, *cell, r->scratch, &r->unresolved, &r->resolved);
	json_close(&r->resolved);
	shape = json_shape_new();
	json_want(shape, "v");
	if (!r->resolved.over && json_scan_document(shape, r->resolved.p,
				     r->resolved.len, whole, &f) == 0)
		*cell = whole[0];
	json_shape_free(shape);
}

static void
put_cell(struct fetched *r, const char *key, const char *field, enum form form,
    struct json_value cell)
{
	resolve_it(r, key, &cell);
	if (cell.kind == VALUE_ABSENT) {
		json_put_null(&r->lines);
	} else if (form == FORM_ANY) {
		put_value(r, cell);
	} else if (!form_read(form, cell, r->scratch, &r->lines)) {
		r->unreadable++;
		r->conf->tell(r->at.p, field, json_raw(cell));
	}
}

static int
put_all(struct fetched *r, struct json_value fields, struct fault *f)
{
	struct json_value key, value;
	const char *at = NULL;
	struct text name;

	while (json_next(fields, &at, &key, &value)) {
		name = arena_copy(r->scratch, json_text(key, r->scratch));
		if (fetched_reserves(r->conf->type, name.p))
			return fault_set(f, FAULT_DATA,
			    "field '%s' has the name of what every record "
			    "has: give it another with --fields",
			    name.p);
		if (rule_of(r, name.p) != NULL &&
		    resolve_by_list(rule_of(r, name.p)))
			continue;
		json_key_text(&r->lines, name);
		put_cell(r, name.p, name.p, FORM_ANY, value);
	}
	return 0;
}

static void
put_keys(struct fetched *r, struct json_value fields)
{
	const struct family_key *k = r->conf->key;
	size_t i;

	for (i = 0; i < r->conf->nr; i++, k++) {
		if (rule_of(r, k->key) != NULL &&
		    resolve_by_list(rule_of(r, k->key)))
			continue;
		json_key(&r->lines, k->key);
		put_cell(r, k->key, k->field, k->form,
		    pull_cell(fields, k->field, r->scratch));
	}
}

/* What the records of other tables say of this one. */
static void
put_lists(struct fetched *r)
{
	const char *key;
	size_t i;

	for (i = 0; i < r->conf->nr_resolve; i++) {
		if (!resolve_by_list(r->conf->resolve[i]))
			continue;
		key = resolve_key(r->conf->resolve[i]);
		json_key(&r->lines, key);
		put_cell(r, key, key, family_form(r->family, key),
		    (struct json_value){ 0 });
	}
}

int
fetched_add(void *arg, struct json_value record, struct fault *f)
{
	struct fetched *r = arg;
	struct json_value field[PULL_SLOTS];
	struct text id;
	bool added;
	int status = 0;

	arena_clear(r->scratch);
	if (pull_record(r->shape, record, field, f) == -1)
		return -1;
	id = arena_copy(r->scratch, json_text(field[PULL_ID], r->scratch));
	r->at = id;
	(void)map_intern(r->id, id, &added);
	if (!added) {
		r->duplicates++;
		return 0;
	}
	json_open(&r->lines);
	json_key(&r->lines, "type");
	json_put_str(&r->lines, r->conf->type);
	json_key(&r->lines, r->family->id_key);
	json_put_text(&r->lines, id);
	json_key(&r->lines, "created_at");
	json_put_text(&r->lines, json_text(field[PULL_CREATED], r->scratch));
	if (r->conf->nr == 0)
		status = put_all(r, field[PULL_FIELDS], f);
	else
		put_keys(r, field[PULL_FIELDS]);
	put_lists(r);
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

uint64_t
fetched_unresolved(const struct fetched *r)
{
	return r->unresolved;
}

uint64_t
fetched_unreadable(const struct fetched *r)
{
	return r->unreadable;
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
	put_count(b, "unresolved", r->unresolved);
	put_count(b, "unreadable", r->unreadable);
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
