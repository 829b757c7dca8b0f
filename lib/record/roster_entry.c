#include "record/roster_entry.h"

#include "record/field.h"

void
roster_entry_want(struct roster_entry_fields *at, struct json_shape *shape)
{
	at->type = json_want(shape, "type");
	at->id = json_want(shape, "id");
	at->name = json_want(shape, "name");
	at->team = json_want(shape, "team");
	at->status = json_want(shape, "status");
	at->role = json_want(shape, "role");
}

bool
roster_entry_here(
    const struct roster_entry_fields *at, const struct record *rec)
{
	return text_is(record_text(rec, at->type), "roster");
}

int
roster_entry_decode(struct roster_entry *entry,
    const struct roster_entry_fields *at, const struct record *rec,
    struct fault *f)
{
	struct text status, role;

	if (field_needed(&entry->id, rec, at->id, "id", f) == -1 ||
	    field_text(&entry->name, rec, at->name, "name", f) == -1 ||
	    field_text(&entry->team, rec, at->team, "team", f) == -1 ||
	    field_text(&status, rec, at->status, "status", f) == -1 ||
	    field_text(&role, rec, at->role, "role", f) == -1)
		return -1;
	entry->is_active =
	    (rec->field[at->status].kind == VALUE_ABSENT ||
		text_is_nocase(text_trim(status), "active")) &&
	    (role.len == 0 || text_is_nocase(text_trim(role), "chatter"));
	return 0;
}
