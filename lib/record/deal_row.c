#include "record/deal_row.h"

#include "record/field.h"

void
deal_row_want(struct deal_row_fields *at, struct json_shape *shape)
{
	at->type = json_want(shape, "type");
	at->class = json_want(shape, "class");
	at->coach_id = json_want(shape, "coach_id");
	at->coach_name = json_want(shape, "coach_name");
	at->created_at = json_want(shape, "created_at");
	at->pipeline = json_want(shape, "pipeline");
	at->properties_pipeline = json_want(shape, "properties.pipeline");
}

bool
deal_row_here(const struct deal_row_fields *at, const struct record *rec)
{
	struct text type = record_text(rec, at->type);

	return text_is(type, "deal") || text_is(type, "deal_row");
}

int
deal_row_decode(struct deal_row *deal, const struct deal_row_fields *at,
    const struct record *rec, struct fault *f)
{
	bool is_row = text_is(record_text(rec, at->type), "deal_row");

	if (field_is_null(rec, at->class))
		return fault_set(f, FAULT_DATA,
		    "the deal has no class; run deal-class on it first");
	if (field_text(&deal->class, rec, at->class, "class", f) == -1 ||
	    field_text(&deal->coach_id, rec, at->coach_id, "coach_id", f) ==
		-1 ||
	    field_text(&deal->coach_name, rec, at->coach_name, "coach_name",
		f) == -1 ||
	    field_text(&deal->pipeline_id, rec,
		is_row ? at->pipeline : at->properties_pipeline, "pipeline",
		f) == -1)
		return -1;
	deal->dated = instant_parse_loose(
	    record_text(rec, at->created_at), &deal->created_at);
	return 0;
}
