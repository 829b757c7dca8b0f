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

static void
put_text(struct buf *b, const char *key, struct text t)
{
	json_key(b, key);
	json_put_text(b, t);
}

void
availability_put(const struct availability *a, struct buf *b)
{
	json_open(b);
	json_key(b, "type");
	json_put_str(b, "availability");
	put_text(b, "coach_id", a->coach_id);
	put_text(b, "coach_name", a->coach_name);
	json_key(b, "na_leads_aan");
	json_put_bool(b, a->takes_leads);
	put_text(b, "afwezig_van", a->away_from);
	put_text(b, "afwezig_tot", a->away_until);
	put_text(b, "notitie", a->note);
	put_text(b, "laatst_gewijzigd", a->changed_at);
	put_text(b, "status", text_of(availability_label[a->status]));
	json_close(b);
}

void
availability_summary_put(const size_t nr[AVAILABLE_STATUSES], struct buf *b)
{
	static const char *const word[AVAILABLE_STATUSES] = {
		[AVAILABLE] = "available",
		[AVAILABLE_AWAY] = "away",
		[AVAILABLE_OFF] = "off",
	};
	size_t i, total = 0;

	json_open(b);
	json_key(b, "type");
	json_put_str(b, "availability_summary");
	for (i = 0; i < AVAILABLE_STATUSES; i++) {
		json_key(b, word[i]);
		json_put_number(b, (double)nr[i]);
		total += nr[i];
	}
	json_key(b, "coaches");
	json_put_number(b, (double)total);
	json_close(b);
}
