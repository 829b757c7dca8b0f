/*
 * Any body, as Airtable's answer: what is refused says why, and what is taken
 * makes records that are JSON, by whatever rules and forms; and each value of
 * it is a cell that can be written, or is refused.
 */
#include <stdint.h>
#include <stdlib.h>

#include <jansson.h>

#include "airtable/fetched.h"
#include "airtable/judge.h"

#include "judged.h"

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

static void
tell(const char *id, const char *field, struct text cell)
{
	must(id != NULL && field != NULL && cell.p != NULL);
}

/* What a cell says, and what would be written of it. */
static void
each_form(struct json_value cell, struct arena *scratch)
{
	struct fault f = { 0 };
	json_error_t error;
	struct buf b;
	json_t *x;
	int form;

	for (form = FORM_TEXT; form < 2 * FORMS; form++) {
		buf_init(&b, 1 << 20);
		if (form < FORMS)
			(void)form_read((enum form)form, cell, scratch, &b);
		else if (form_write((enum form)(form - FORMS), cell, scratch,
			     &b, &f) == -1)
			buf_str(&b, "null");
		/* jansson has no larger integers and reals */
		x = json_loadb(
		    b.p, b.len, JSON_DECODE_ANY | JSON_ALLOW_NUL, &error);
		must(x != NULL ||
		     json_error_code(&error) == json_error_numeric_overflow);
		json_decref(x);
		buf_free(&b);
	}
}

static void
cells(struct json_value record, struct arena *scratch)
{
	struct json_shape *shape = json_shape_new();
	struct json_value fields = { 0 }, key, cell;
	const char *at = NULL;

	json_want(shape, "fields");
	if (record.kind == VALUE_OBJECT)
		json_scan_value(shape, record, &fields);
	while (
	    fields.kind == VALUE_OBJECT && json_next(fields, &at, &key, &cell))
		each_form(cell, scratch);
	json_shape_free(shape);
}

/* Lines that are records, each of them. */
static void
check(struct text lines)
{
	struct json_shape *shape = json_shape_new();
	struct json_value type;
	struct fault f;
	const char *p = lines.p, *end;

	json_want(shape, "type");
	while (p < lines.p + lines.len) {
		must(json_scan_line(shape, p, &type, &end, &f) == 0);
		must(type.kind == VALUE_STRING);
		p = end + 1;
	}
	json_shape_free(shape);
}

/* All records into rows of that type, until one is refused. */
static void
fetch(struct json_value records, const char *type, bool keys)
{
	struct fault f = { 0 };
	struct family_key key[FAMILY_KEYS];
	struct resolve *rule[] = { resolve_new("team=T:Name<Chatters", &f),
		resolve_new("name=T:Name", &f) };
	struct fetched_conf conf = { .type = type,
		.key = key,
		.nr = keys ? family_usual(family_of(type), key) : 0,
		.resolve = rule,
		.nr_resolve = 2,
		.max = 64 << 20,
		.tell = tell };
	struct fetched *rows = fetched_new(&conf);
	struct arena *scratch = arena_new();
	struct json_value record;
	const char *at = NULL;
	int status = 0;

	while (status == 0 && json_next(records, &at, NULL, &record)) {
		(void)resolve_add(rule[0], record, &f);
		status = resolve_add(rule[1], record, &f);
		cells(record, scratch);
	}
	at = NULL;
	while (status == 0 && json_next(records, &at, NULL, &record))
		status = fetched_add(rows, record, &f);
	must(status == 0 || f.text[0] != '\0');
	if (status == 0)
		check(fetched_lines(rows));
	resolve_free(rule[0]);
	resolve_free(rule[1]);
	fetched_free(rows);
	arena_free(scratch);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct json_shape *shape = json_shape_new();
	struct json_value records;
	struct http_answer refused = { .status = 422 };
	struct fault f = { 0 };
	struct buf body;

	buf_init(&body, 1 << 20);
	buf_add(&body, data, size);
	buf_room(&body, 0);
	json_want(shape, "records");
	refused.body = buf_view(&body);
	judged(buf_view(&body), api_judge);
	(void)api_error_is(&refused, "UNKNOWN_FIELD_NAME");
	if (json_scan_document(shape, body.p, body.len, &records, &f) == 0 &&
	    records.kind == VALUE_ARRAY) {
		fetch(records, "chatter_day", true);
		fetch(records, "roster", true);
		fetch(records, "record", false);
	}
	json_shape_free(shape);
	buf_free(&body);
	return 0;
}
