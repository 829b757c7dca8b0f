/*
 * field.h - how the families read the fields of a record
 *
 * A source may write an id as a number, a flag as true: a field that is text
 * by its page is read from any of these. What is neither text nor null nor one
 * of these is a fault that names the field by its path.
 */
#ifndef KPIPE_FIELD_H
#define KPIPE_FIELD_H

#include "base/ndjson.h"

/*
 * The text of a field, "no text" for null or absent. A number gives its plain
 * decimal (id_plain), true and false give those words.
 *
 * Errors: FAULT_DATA for an object or an array.
 */
int field_any_text(struct text *t, const struct record *, size_t slot,
    const char *path, struct fault *);

/* The same; what nearly every field is, is seen to in place. */
static inline int
field_text(struct text *t, const struct record *rec, size_t slot,
    const char *path, struct fault *f)
{
	const struct json_value *v = &rec->field[slot];

	if (v->kind != VALUE_STRING || v->escaped)
		return field_any_text(t, rec, slot, path, f);
	*t = (struct text){ v->p, v->len };
	return 0;
}

/* The same, where text must be and not be empty. */
int field_needed(struct text *t, const struct record *, size_t slot,
    const char *path, struct fault *);

/* Errors: FAULT_DATA when it is no number that a double holds. */
int field_number(double *x, const struct record *, size_t slot,
    const char *path, struct fault *);

/* It is null or absent. */
static inline bool
field_is_null(const struct record *rec, size_t slot)
{
	return rec->field[slot].kind <= VALUE_NULL;
}

/*
 * A number in JSON's form, such as 1.5413220e7 or 15413220.0, in plain decimal:
 * 15413220. See decimal.h.
 */
struct text id_plain(struct text number, struct arena *);

#endif
