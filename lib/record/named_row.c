#include "record/named_row.h"

#include "record/field.h"

const char *const name_source_name[NAME_SOURCES] = { "inflow", "hubstaff",
	"log" };

enum name_source
name_source_of(struct text name)
{
	int i;

	for (i = 0; i < NAME_SOURCES; i++)
		if (text_is(name, name_source_name[i]))
			break;
	return (enum name_source)i;
}

void
named_want(struct named_fields *at, struct json_shape *shape)
{
	at->at_type = json_want(shape, "type");
	at->slot[MEMBER_ID] = json_want(shape, at->id_key);
	at->slot[MEMBER_NAME] = json_want(shape, at->name_path);
	at->slot[MEMBER_MATCH] = json_want(shape, "match");
	at->group = json_want(shape, "group");
	at->date = json_want(shape, "date");
	at->user_id = json_want(shape, "user_id");
	at->sales = json_want(shape, "sales");
	at->messages = json_want(shape, "messages_sent");
}

bool
named_here(const struct named_fields *at, const struct record *rec,
    enum name_source *source)
{
	struct text type = record_text(rec, at->at_type);

	if (at->type != NULL && text_is(type, at->type))
		*source = at->source;
	else if (text_is(type, "inflow_row"))
		*source = NAMES_INFLOW;
	else if (text_is(type, "hubstaff_hours"))
		*source = NAMES_HUBSTAFF;
	else
		return false;
	return true;
}

/* A string's quotes are part of it. */
static struct named_span
span_of(const struct record *rec, size_t slot)
{
	const struct json_value *v = &rec->field[slot];
	size_t quote = v->kind == VALUE_STRING;

	if (v->kind == VALUE_ABSENT)
		return (struct named_span){ 0, 0 };
	return (struct named_span){
		(uint32_t)((size_t)(v->p - rec->line.p) - quote),
		(uint32_t)(v->len + 2 * quote),
	};
}

static int
check_id(
    const struct named_fields *at, const struct record *rec, struct fault *f)
{
	if (field_is_null(rec, at->slot[MEMBER_ID]) ||
	    rec->field[at->slot[MEMBER_MATCH]].kind == VALUE_OBJECT)
		return 0;
	return fault_set(f, FAULT_DATA,
	    "the row has a field '%s' of its own; give another key for the "
	    "roster's, as --id=person_id",
	    at->id_key);
}

int
named_decode(struct named_row *row, const struct named_fields *at,
    const struct record *rec, struct fault *f)
{
	int i;

	if (check_id(at, rec, f) == -1 ||
	    field_text(&row->name, rec, at->slot[MEMBER_NAME], at->name_path,
		f) == -1 ||
	    field_text(&row->group, rec, at->group, "group", f) == -1 ||
	    field_text(&row->date, rec, at->date, "date", f) == -1 ||
	    field_text(&row->user_id, rec, at->user_id, "user_id", f) == -1)
		return -1;
	if (rec->field[at->slot[MEMBER_NAME]].kind == VALUE_ABSENT)
		return fault_set(f, FAULT_DATA,
		    "field '%s' is missing; --name says where the name is",
		    at->name_path);
	row->has_sales = json_double(rec->field[at->sales], &row->sales);
	row->has_messages =
	    json_double(rec->field[at->messages], &row->messages);
	for (i = 0; i < NAMED_MEMBERS; i++)
		row->span[i] = span_of(rec, at->slot[i]);
	return 0;
}

/* The one of the spans that comes next behind at, NAMED_MEMBERS for none. */
static int
next_span(const struct named_span span[NAMED_MEMBERS],
    const struct text value[NAMED_MEMBERS], size_t at)
{
	int i, next = NAMED_MEMBERS;

	for (i = 0; i < NAMED_MEMBERS; i++)
		if (value[i].p != NULL && span[i].len > 0 && span[i].at >= at &&
		    (next == NAMED_MEMBERS || span[i].at < span[next].at))
			next = i;
	return next;
}

void
named_put(struct buf *b, const struct named_fields *fields, struct text line,
    const struct named_span span[NAMED_MEMBERS],
    const struct text value[NAMED_MEMBERS])
{
	const char *const key[NAMED_MEMBERS] = { fields->id_key, NULL,
		"match" };
	size_t at = 0;
	int i;

	buf_clear(b);
	while ((i = next_span(span, value, at)) != NAMED_MEMBERS) {
		buf_add(b, line.p + at, span[i].at - at);
		buf_text(b, value[i]);
		at = span[i].at + span[i].len;
	}
	/* a row has a name, so what is added comes behind a comma */
	buf_add(b, line.p + at, line.len - 1 - at);
	for (i = 0; i < NAMED_MEMBERS; i++) {
		if (value[i].p == NULL || span[i].len > 0)
			continue;
		json_key(b, key[i]);
		buf_text(b, value[i]);
	}
	buf_char(b, '}');
}
