#include "record/owner.h"

#include <string.h>

#include "record/field.h"

void
owner_want(struct owner_fields *at, struct json_shape *shape)
{
	at->type = json_want(shape, "type");
	at->id[0] = json_want(shape, "id");
	at->id[1] = json_want(shape, "ownerId");
	at->first[0] = json_want(shape, "firstName");
	at->first[1] = json_want(shape, "firstname");
	at->last[0] = json_want(shape, "lastName");
	at->last[1] = json_want(shape, "lastname");
	at->archived = json_want(shape, "archived");
}

bool
owner_here(const struct owner_fields *at, const struct record *rec)
{
	return text_is(record_text(rec, at->type), "owner");
}

/* The first of the two that is not empty. */
static int
either(struct text *t, const struct record *rec, const size_t slot[2],
    const char *path, struct fault *f)
{
	if (field_text(t, rec, slot[0], path, f) == -1)
		return -1;
	return t->len > 0 ? 0 : field_text(t, rec, slot[1], path, f);
}

static struct text
full_name(struct text first, struct text last, struct arena *scratch)
{
	size_t len = first.len + 1 + last.len;
	char *p = arena_alloc(scratch, len);

	if (first.len > 0)
		memcpy(p, first.p, first.len);
	p[first.len] = ' ';
	if (last.len > 0)
		memcpy(p + first.len + 1, last.p, last.len);
	return text_trim((struct text){ p, len });
}

int
owner_decode(struct owner *owner, const struct owner_fields *at,
    const struct record *rec, struct fault *f)
{
	struct text first, last;

	if (either(&owner->id, rec, at->id, "id", f) == -1 ||
	    either(&first, rec, at->first, "firstName", f) == -1 ||
	    either(&last, rec, at->last, "lastName", f) == -1)
		return -1;
	if (owner->id.len == 0)
		return fault_set(f, FAULT_DATA, "an owner without an id");
	owner->name = full_name(first, last, rec->scratch);
	if (owner->name.len == 0)
		owner->name = owner->id;
	owner->archived = rec->field[at->archived].kind == VALUE_TRUE;
	return 0;
}
