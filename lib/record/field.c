#include "record/field.h"

#include "base/decimal.h"

#define ZEROS_MAX 1024 /* bytes that plain decimal may add, and more */

static bool
is_digits(struct text t)
{
	size_t i;

	for (i = 0; i < t.len; i++)
		if (t.p[i] < '0' || t.p[i] > '9')
			return false;
	return t.len > 0 && (t.p[0] != '0' || t.len == 1);
}

struct text
id_plain(struct text number, struct arena *scratch)
{
	struct text plain;
	struct buf b;

	if (is_digits(number))
		return number;
	buf_init(&b, number.len + ZEROS_MAX);
	decimal_plain(number, &b);
	plain = arena_copy(scratch, buf_view(&b));
	buf_free(&b);
	return plain;
}

int
field_any_text(struct text *t, const struct record *rec, size_t slot,
    const char *path, struct fault *f)
{
	struct json_value v = rec->field[slot];

	*t = (struct text){ NULL, 0 };
	switch (v.kind) {
	case VALUE_OBJECT:
	case VALUE_ARRAY:
		return fault_set(f, FAULT_DATA, "field '%s' is %s, not text",
		    path, v.kind == VALUE_OBJECT ? "an object" : "an array");
	case VALUE_STRING:
		*t = json_text(v, rec->scratch);
		return 0;
	case VALUE_NUMBER:
		*t = id_plain(json_raw(v), rec->scratch);
		return 0;
	case VALUE_TRUE:
	case VALUE_FALSE:
		*t = json_raw(v);
		return 0;
	default:
		return 0;
	}
}

int
field_needed(struct text *t, const struct record *rec, size_t slot,
    const char *path, struct fault *f)
{
	if (field_text(t, rec, slot, path, f) == -1)
		return -1;
	if (t->len > 0)
		return 0;
	return fault_set(f, FAULT_DATA, "field '%s' is %s", path,
	    t->p != NULL			  ? "empty"
	    : rec->field[slot].kind == VALUE_NULL ? "null"
						  : "missing");
}

int
field_number(double *x, const struct record *rec, size_t slot, const char *path,
    struct fault *f)
{
	if (json_double(rec->field[slot], x))
		return 0;
	return fault_set(f, FAULT_DATA, "field '%s' is %s", path,
	    rec->field[slot].kind == VALUE_ABSENT ? "missing" : "no number");
}
