#include "record/deal.h"

#include "record/field.h"

void
deal_want(struct deal_fields *at, struct json_shape *shape)
{
	at->type = json_want(shape, "type");
	at->id = json_want(shape, "id");
	at->pipeline = json_want(shape, "properties.pipeline");
	at->stage = json_want(shape, "properties.dealstage");
	at->owner = json_want(shape, "properties.hubspot_owner_id");
	at->created = json_want(shape, "properties.createdate");
	at->won = json_want(shape, "properties.hs_is_closed_won");
	at->lost = json_want(shape, "properties.hs_is_closed_lost");
	at->class = json_want(shape, "class");
	at->coach_id = json_want(shape, "coach_id");
	at->coach_name = json_want(shape, "coach_name");
	at->created_at = json_want(shape, "created_at");
}

bool
deal_here(const struct deal_fields *at, const struct record *rec)
{
	if (rec->field[at->type].kind == VALUE_ABSENT)
		return rec->field[at->stage].kind != VALUE_ABSENT;
	return text_is(record_text(rec, at->type), "deal");
}

bool
deal_flag(struct text t)
{
	t = text_trim(t);
	return text_is_nocase(t, "true") || text_is(t, "1") ||
	       text_is_nocase(t, "yes") || text_is_nocase(t, "y");
}

/* Nearly every flag is one of two words. */
static bool
flag(struct text t)
{
	if (t.len == 5 && memcmp(t.p, "false", 5) == 0)
		return false;
	if (t.len == 4 && memcmp(t.p, "true", 4) == 0)
		return true;
	return t.len > 0 && deal_flag(t);
}

static int
decode_class(struct deal *deal, const struct deal_fields *at,
    const struct record *rec, struct fault *f)
{
	struct text t;

	if (field_text(&deal->coach_id, rec, at->coach_id, "coach_id", f) ==
		-1 ||
	    field_text(
		&deal->coach_name, rec, at->coach_name, "coach_name", f) == -1)
		return -1;
	if (rec->field[at->created_at].kind == VALUE_ABSENT)
		return 0;
	t = record_text(rec, at->created_at);
	deal->dated = instant_parse(t, &deal->created_at);
	if (deal->dated)
		return 0;
	return fault_set(f, FAULT_DATA, "field 'created_at' is no instant");
}

int
deal_decode(struct deal *deal, const struct deal_fields *at,
    const struct record *rec, struct fault *f)
{
	struct text created;

	if (field_text(&deal->id, rec, at->id, "id", f) == -1 ||
	    field_text(&deal->pipeline_id, rec, at->pipeline,
		"properties.pipeline", f) == -1 ||
	    field_text(&deal->stage_id, rec, at->stage, "properties.dealstage",
		f) == -1 ||
	    field_text(&deal->owner_id, rec, at->owner,
		"properties.hubspot_owner_id", f) == -1 ||
	    field_text(&deal->won, rec, at->won, "properties.hs_is_closed_won",
		f) == -1 ||
	    field_text(&deal->lost, rec, at->lost,
		"properties.hs_is_closed_lost", f) == -1 ||
	    field_text(&deal->class, rec, at->class, "class", f) == -1)
		return -1;
	created = record_text(rec, at->created);
	deal->is_won = flag(deal->won);
	deal->is_lost = flag(deal->lost);
	deal->dated = instant_parse_loose(created, &deal->created_at);
	deal->coach_id = deal->owner_id;
	deal->coach_name = (struct text){ NULL, 0 };
	if (deal->class.len == 0)
		return 0;
	return decode_class(deal, at, rec, f);
}

void
deal_see(struct deal_seen *seen, const struct deal_fields *at,
    const struct record *rec)
{
	const struct json_value *v = rec->field;

	seen->pipeline |= v[at->pipeline].kind != VALUE_ABSENT;
	seen->stage |= v[at->stage].kind != VALUE_ABSENT;
	seen->owner |= v[at->owner].kind != VALUE_ABSENT;
	seen->won |= v[at->won].kind != VALUE_ABSENT;
	seen->lost |= v[at->lost].kind != VALUE_ABSENT;
}

const char *
deal_unseen(const struct deal_seen *seen)
{
	if (!seen->owner)
		return "hubspot_owner_id";
	if (!seen->stage)
		return "dealstage";
	if (!seen->pipeline)
		return "pipeline";
	if (!seen->won)
		return "hs_is_closed_won";
	return seen->lost ? NULL : "hs_is_closed_lost";
}

void
deal_put_type(struct buf *b)
{
	json_key(b, "type");
	json_put_str(b, "deal");
}

void
deal_put_class(struct buf *b, struct text class)
{
	json_key(b, "class");
	json_put_text(b, class);
}

void
deal_put_coach(struct buf *b, struct text id, struct text name)
{
	json_key(b, "coach_id");
	json_put_text(b, id);
	json_key(b, "coach_name");
	json_put_text(b, name);
}

void
deal_put_created_key(struct buf *b)
{
	json_key(b, "created_at");
}

void
deal_put_created(struct buf *b, instant_us at)
{
	char text[INSTANT_TEXT + 2] = "\"";
	size_t len;

	/* nothing in it has to be escaped */
	instant_format_iso(at, text + 1);
	len = strlen(text);
	text[len++] = '"';
	json_put_raw(b, (struct text){ text, len });
}
