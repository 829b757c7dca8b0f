#include "record/stage.h"

#include "base/num.h"
#include "record/field.h"

void
stage_want(struct stage_fields *at, struct json_shape *shape)
{
	at->type = json_want(shape, "type");
	at->object = json_want(shape, "object");
	at->id = json_want(shape, "id");
	at->label = json_want(shape, "label");
	at->pipeline_id = json_want(shape, "pipeline_id");
	at->metadata = json_want(shape, "metadata");
	at->is_closed = json_want(shape, "metadata.isClosed");
	at->probability = json_want(shape, "metadata.probability");
}

static bool
is_of_deals(const struct stage_fields *at, const struct record *rec)
{
	return rec->field[at->object].kind == VALUE_ABSENT ||
	       text_is(record_text(rec, at->object), "deals");
}

bool
pipeline_here(const struct stage_fields *at, const struct record *rec)
{
	return text_is(record_text(rec, at->type), "pipeline") &&
	       is_of_deals(at, rec);
}

bool
stage_here(const struct stage_fields *at, const struct record *rec)
{
	return text_is(record_text(rec, at->type), "stage") &&
	       is_of_deals(at, rec);
}

int
pipeline_decode(struct pipeline *pipeline, const struct stage_fields *at,
    const struct record *rec, struct fault *f)
{
	pipeline->object = record_text(rec, at->object);
	if (field_needed(&pipeline->id, rec, at->id, "id", f) == -1)
		return -1;
	return field_text(&pipeline->label, rec, at->label, "label", f);
}

static void
decode_metadata(struct stage *stage, const struct stage_fields *at,
    const struct record *rec)
{
	struct fault ignored;
	struct text t;

	if (field_text(&t, rec, at->is_closed, "isClosed", &ignored) == 0)
		stage->is_closed = text_is_nocase(text_trim(t), "true");
	if (field_text(&t, rec, at->probability, "probability", &ignored) == 0)
		stage->has_probability =
		    num_parse(text_trim(t), &stage->probability);
}

int
stage_decode(struct stage *stage, const struct stage_fields *at,
    const struct record *rec, struct fault *f)
{
	struct json_value metadata = rec->field[at->metadata], member;
	const char *step = NULL;

	*stage = (struct stage){ 0 };
	stage->object = record_text(rec, at->object);
	if (field_needed(&stage->pipeline_id, rec, at->pipeline_id,
		"pipeline_id", f) == -1 ||
	    field_needed(&stage->id, rec, at->id, "id", f) == -1 ||
	    field_text(&stage->label, rec, at->label, "label", f) == -1)
		return -1;
	stage->has_metadata = metadata.kind == VALUE_OBJECT &&
			      json_next(metadata, &step, NULL, &member);
	if (stage->has_metadata)
		decode_metadata(stage, at, rec);
	return 0;
}
