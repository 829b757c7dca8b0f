#include "record/layout.h"

#include <math.h>

#include "record/field.h"

void
layout_want(struct layout_fields *at, const struct layout *layout,
    struct json_shape *shape)
{
	size_t i;

	at->type = json_want(shape, "type");
	for (i = 0; i < layout->nr; i++)
		at->slot[i] = json_want(shape, layout->field[i].path);
}

bool
layout_here(const struct layout_fields *at, const struct layout *layout,
    const struct record *rec)
{
	return text_is(record_text(rec, at->type), layout->type);
}

static int
read_text(struct text *t, const struct record *rec, size_t slot,
    const struct layout_field *field, struct arena *keep, struct fault *f)
{
	int status = field->kind == LAYOUT_NEEDED
			 ? field_needed(t, rec, slot, field->path, f)
			 : field_text(t, rec, slot, field->path, f);

	if (status == 0 && t->p != NULL)
		*t = arena_copy(keep, *t);
	return status;
}

static int
read_number(double *x, const struct record *rec, size_t slot,
    const struct layout_field *field, struct fault *f)
{
	*x = NAN;
	return field_is_null(rec, slot)
		   ? 0
		   : field_number(x, rec, slot, field->path, f);
}

static int
read_day(day_nr *day, const struct record *rec, size_t slot,
    const struct layout_field *field, struct fault *f)
{
	struct text t;

	if (field_needed(&t, rec, slot, field->path, f) == -1)
		return -1;
	if (day_parse(t, day))
		return 0;
	return fault_set(f, FAULT_DATA,
	    "field '%s' is no day as 2026-02-10: '%.*s'", field->path,
	    TEXT_ARG(t));
}

static int
read_bool(bool *is, struct json_value v, const struct layout_field *field,
    struct fault *f)
{
	*is = v.kind == VALUE_TRUE;
	if (v.kind <= VALUE_TRUE)
		return 0;
	return fault_set(
	    f, FAULT_DATA, "field '%s' is neither true nor false", field->path);
}

/* Behind a value there must be as much as behind the text it was found in. */
static struct json_value
copy_value(struct json_value v, struct arena *keep)
{
	char *p = arena_alloc(keep, v.len + BUF_SLACK);

	if (v.len > 0)
		memcpy(p, v.p, v.len);
	memset(p + v.len, 0, BUF_SLACK);
	v.p = p;
	return v;
}

int
layout_decode(void *out, const struct layout_fields *at,
    const struct layout *layout, const struct record *rec, struct arena *keep,
    struct fault *f)
{
	const struct layout_field *field;
	size_t i, slot;
	int status = 0;
	void *to;

	for (i = 0; i < layout->nr && status == 0; i++) {
		field = &layout->field[i];
		slot = at->slot[i];
		to = (char *)out + field->offset;
		switch (field->kind) {
		case LAYOUT_TEXT:
		case LAYOUT_NEEDED:
			status = read_text(to, rec, slot, field, keep, f);
			break;
		case LAYOUT_NUMBER:
			status = read_number(to, rec, slot, field, f);
			break;
		case LAYOUT_DAY:
			status = read_day(to, rec, slot, field, f);
			break;
		case LAYOUT_BOOL:
			status = read_bool(to, rec->field[slot], field, f);
			break;
		case LAYOUT_VALUE:
			*(struct json_value *)to =
			    copy_value(rec->field[slot], keep);
			break;
		}
	}
	return status;
}
