#include "record/availability.h"

#include "record/field.h"

const char *const availability_label[AVAILABLE_STATUSES] = {
	[AVAILABLE] = "🟢 Beschikbaar",
	[AVAILABLE_AWAY] = "🟡 Afwezig",
	[AVAILABLE_OFF] = "🔴 NA leads uit",
};

void
availability_want(struct availability_fields *at, struct json_shape *shape)
{
	at->type = json_want(shape, "type");
	at->id = json_want(shape, "coach_id");
	at->name = json_want(shape, "coach_name");
	at->on = json_want(shape, "na_leads_aan");
	at->from = json_want(shape, "afwezig_van");
	at->until = json_want(shape, "afwezig_tot");
	at->note = json_want(shape, "notitie");
	at->changed = json_want(shape, "laatst_gewijzigd");
	at->status = json_want(shape, "status");
}

bool
availability_here(
    const struct availability_fields *at, const struct record *rec)
{
	return text_is(record_text(rec, at->type), "availability");
}

static int
copy_text(struct text *t, const struct record *rec, size_t slot,
    const char *path, struct arena *keep, struct fault *f)
{
	if (field_text(t, rec, slot, path, f) == -1)
		return -1;
	if (t->p != NULL)
		*t = arena_copy(keep, *t);
	return 0;
}

int
availability_decode(struct availability *a,
    const struct availability_fields *at, const struct record *rec,
    struct arena *keep, struct fault *f)
{
	struct text status;
	int i;

	if (copy_text(&a->coach_id, rec, at->id, "coach_id", keep, f) == -1 ||
	    copy_text(&a->coach_name, rec, at->name, "coach_name", keep, f) ==
		-1 ||
	    copy_text(&a->away_from, rec, at->from, "afwezig_van", keep, f) ==
		-1 ||
	    copy_text(&a->away_until, rec, at->until, "afwezig_tot", keep, f) ==
		-1 ||
	    copy_text(&a->note, rec, at->note, "notitie", keep, f) == -1 ||
	    copy_text(&a->changed_at, rec, at->changed, "laatst_gewijzigd",
		keep, f) == -1 ||
	    field_text(&status, rec, at->status, "status", f) == -1)
		return -1;
	a->takes_leads = rec->field[at->on].kind != VALUE_FALSE;
	for (i = 0; i < AVAILABLE_STATUSES; i++)
		if (text_is(status, availability_label[i]))
			break;
	if (i == AVAILABLE_STATUSES)
		return fault_set(f, FAULT_DATA,
		    "field 'status' is none of the three there are");
	a->status = (enum availability_status)i;
	return 0;
}
