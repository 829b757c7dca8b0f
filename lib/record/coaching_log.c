#include "record/coaching_log.h"

#include "record/chatter_day.h"
#include "record/field.h"

void
coaching_log_want(struct coaching_log_fields *at, struct json_shape *shape)
{
	at->type = json_want(shape, "type");
	at->id = json_want(shape, "id");
	at->date = json_want(shape, "date");
	at->chatter_id = json_want(shape, "chatter_id");
	at->name = json_want(shape, "name");
	at->team_leader = json_want(shape, "team_leader");
	at->notes = json_want(shape, "notes");
	at->focus_kpi = json_want(shape, "focus_kpi");
	at->target_value = json_want(shape, "target_value");
	at->baseline_value = json_want(shape, "baseline_value");
}

bool
coaching_log_here(
    const struct coaching_log_fields *at, const struct record *rec)
{
	return text_is(record_text(rec, at->type), "coaching_log");
}

static int
read_text(struct text *t, const struct record *rec, size_t slot,
    const char *key, struct fault *f)
{
	if (field_text(t, rec, slot, key, f) == -1)
		return -1;
	if (t->len == 0)
		t->p = NULL;
	return 0;
}

int
coaching_log_decode(struct coaching_log *log,
    const struct coaching_log_fields *at, const struct record *rec,
    struct fault *f)
{
	*log =
	    (struct coaching_log){ .has_date = !field_is_null(rec, at->date) };
	if (rec->field[at->chatter_id].kind == VALUE_ABSENT)
		return fault_set(f, FAULT_DATA,
		    "field 'chatter_id' is missing: name-match "
		    "--id=chatter_id adds it");
	if ((log->has_date &&
		chatter_date_read(&log->date, rec, at->date, f) == -1) ||
	    read_text(&log->id, rec, at->id, "id", f) == -1 ||
	    read_text(&log->chatter_id, rec, at->chatter_id, "chatter_id", f) ==
		-1 ||
	    read_text(&log->name, rec, at->name, "name", f) == -1 ||
	    read_text(&log->team_leader, rec, at->team_leader, "team_leader",
		f) == -1 ||
	    read_text(&log->notes, rec, at->notes, "notes", f) == -1 ||
	    read_text(&log->focus_kpi, rec, at->focus_kpi, "focus_kpi", f) ==
		-1 ||
	    read_text(&log->target_value, rec, at->target_value, "target_value",
		f) == -1 ||
	    read_text(&log->baseline_value, rec, at->baseline_value,
		"baseline_value", f) == -1)
		return -1;
	return 0;
}
