#include "hubspot/convert.h"

#include <stdio.h>

#include "hubspot/answer.h"

/* The bytes of a value, with the quotes of a string. */
static struct text
whole(struct json_value v)
{
	if (v.kind == VALUE_STRING)
		return (struct text){ v.p - 1, (size_t)v.len + 2 };
	return json_raw(v);
}

/* "key":value as it stands. */
static void
put_member(struct buf *b, struct json_value key, struct json_value value)
{
	const char *p = key.p - 1;
	struct text t = whole(value);

	json_put_raw(b, (struct text){ p, (size_t)(t.p + t.len - p) });
}

/* All members but the one named without; type is what "type" is taken for. */
static void
put_members(struct buf *b, struct json_value object, struct text type,
    const char *without, struct arena *scratch)
{
	struct json_value key, value;
	const char *at = NULL;
	struct text name;
	char other[128];

	while (json_next(object, &at, &key, &value)) {
		name = json_text(key, scratch);
		if (text_is(name, "type")) {
			snprintf(
			    other, sizeof(other), "%.*s_type", TEXT_ARG(type));
			json_key(b, other);
			json_put_raw(b, whole(value));
		} else if (text_is(name, "id") && value.kind == VALUE_NUMBER) {
			json_key(b, "id");
			json_put_text(b, json_raw(value));
		} else if (without == NULL || !text_is(name, without)) {
			put_member(b, key, value);
		}
	}
}

static void
open_record(struct buf *b, struct text type)
{
	json_open(b);
	json_key(b, "type");
	json_put_text(b, type);
}

static void
close_record(struct buf *b)
{
	json_close(b);
	buf_char(b, '\n');
}

void
convert_object(struct buf *b, struct text type, struct json_value object,
    struct arena *scratch)
{
	open_record(b, type);
	put_members(b, object, type, NULL, scratch);
	close_record(b);
}

void
convert_property(struct buf *b, struct text object, struct json_value property,
    struct arena *scratch)
{
	open_record(b, text_of("property"));
	json_key(b, "object");
	json_put_text(b, object);
	put_members(b, property, text_of("property"), NULL, scratch);
	close_record(b);
}

/* The member of that name, the last one when there are several. */
static struct json_value
member(struct json_value object, const char *name, struct arena *scratch)
{
	struct json_value key, value, found = { 0 };
	const char *at = NULL;

	while (json_next(object, &at, &key, &value))
		if (text_is(json_text(key, scratch), name))
			found = value;
	return found;
}

static void
put_stage(struct buf *b, struct text object, struct text pipeline_id,
    struct json_value stage, struct arena *scratch)
{
	struct json_value metadata = member(stage, "metadata", scratch);

	open_record(b, text_of("stage"));
	json_key(b, "object");
	json_put_text(b, object);
	json_key(b, "pipeline_id");
	json_put_text(b, pipeline_id);
	if (metadata.kind == VALUE_OBJECT) {
		put_members(b, stage, text_of("stage"), NULL, scratch);
	} else {
		put_members(b, stage, text_of("stage"), "metadata", scratch);
		json_key(b, "metadata");
		json_open(b);
		json_close(b);
	}
	close_record(b);
}

size_t
convert_pipeline(struct buf *b, struct text object, struct json_value pipeline,
    struct arena *scratch)
{
	struct json_value id = member(pipeline, "id", scratch);
	struct json_value stages = member(pipeline, "stages", scratch), stage;
	struct text pipeline_id;
	const char *at = NULL;
	size_t nr = 1;

	open_record(b, text_of("pipeline"));
	json_key(b, "object");
	json_put_text(b, object);
	put_members(b, pipeline, text_of("pipeline"), "stages", scratch);
	close_record(b);
	pipeline_id = answer_id(id, scratch);
	while (json_next(stages, &at, NULL, &stage))
		if (stage.kind == VALUE_OBJECT) {
			put_stage(b, object, pipeline_id, stage, scratch);
			nr++;
		}
	return nr;
}
