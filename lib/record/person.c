#include "record/person.h"

#include "record/field.h"

void
person_want(struct person_fields *at, struct json_shape *shape)
{
	at->type = json_want(shape, "type");
	at->id = json_want(shape, "id");
	at->name = json_want(shape, "name");
	at->team = json_want(shape, "team");
	at->status = json_want(shape, "status");
	at->role = json_want(shape, "role");
	at->hubstaff_user_id = json_want(shape, "hubstaff_user_id");
}

bool
person_here(const struct person_fields *at, const struct record *rec)
{
	return field_is_null(rec, at->type) ||
	       text_is(record_text(rec, at->type), "roster");
}

static int
read_text(struct text *t, const struct record *rec, size_t slot,
    const char *path, struct fault *f)
{
	if (field_text(t, rec, slot, path, f) == -1)
		return -1;
	if (t->len == 0)
		t->p = NULL;
	return 0;
}

int
person_decode(struct person *p, const struct person_fields *at,
    const struct record *rec, struct fault *f)
{
	if (field_needed(&p->id, rec, at->id, "id", f) == -1 ||
	    field_needed(&p->name, rec, at->name, "name", f) == -1 ||
	    read_text(&p->team, rec, at->team, "team", f) == -1 ||
	    read_text(&p->status, rec, at->status, "status", f) == -1 ||
	    read_text(&p->role, rec, at->role, "role", f) == -1 ||
	    read_text(&p->hubstaff_user_id, rec, at->hubstaff_user_id,
		"hubstaff_user_id", f) == -1)
		return -1;
	return 0;
}
