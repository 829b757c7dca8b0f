#include "record/field.h"

#include <string.h>

#include "base/num.h"

/* A number taken apart. */
struct decimal {
	bool negative;
	bool digits_only;     /* it is in plain decimal already */
	const char *digit[2]; /* before the point, behind it */
	size_t len[2];
	int64_t exponent;
};

static size_t
digits_at(const char *p, const char *end)
{
	const char *start = p;

	while (p < end && *p >= '0' && *p <= '9')
		p++;
	return (size_t)(p - start);
}

static bool
take_apart(struct text t, struct decimal *d)
{
	const char *p = t.p, *end = t.p + t.len;

	*d = (struct decimal){ 0 };
	if (p < end && *p == '-') {
		d->negative = true;
		p++;
	}
	d->digit[0] = p;
	d->len[0] = digits_at(p, end);
	p += d->len[0];
	if (d->len[0] == 0)
		return false;
	d->digits_only = p == end && *d->digit[0] != '0';
	if (p < end && *p == '.') {
		d->digit[1] = ++p;
		d->len[1] = digits_at(p, end);
		p += d->len[1];
	}
	if (p < end && (*p == 'e' || *p == 'E')) {
		p++;
		if (p < end && *p == '+')
			p++;
		return num_parse_int(
		    (struct text){ p, (size_t)(end - p) }, &d->exponent);
	}
	return p == end;
}

/* The digits that count, without zeros around; *point is how many of them stand
 * before the point, which may be less than none or more than all. */
static size_t
significant(const struct decimal *d, char out[ID_DIGITS], int64_t *point)
{
	size_t part, i, nr = 0, zeros = 0;
	char c;

	*point = 0;
	for (part = 0; part < 2; part++)
		for (i = 0; i < d->len[part]; i++) {
			c = d->digit[part][i];
			if (nr > 0 || c != '0')
				*point += part == 0;
			else if (part == 1)
				--*point;
			if (c == '0') {
				zeros += nr > 0;
				continue;
			}
			if (nr + zeros >= ID_DIGITS)
				return ID_DIGITS + 1;
			memset(out + nr, '0', zeros);
			nr += zeros;
			zeros = 0;
			out[nr++] = c;
		}
	return nr;
}

struct text
id_plain(struct text number, struct arena *scratch)
{
	struct decimal d;
	char digits[ID_DIGITS], *out, *o;
	int64_t point, i;
	size_t nr;

	if (!take_apart(number, &d))
		return number;
	if (d.digits_only)
		return number;
	nr = significant(&d, digits, &point);
	if (nr == 0)
		return (struct text){ "0", 1 };
	if (nr > ID_DIGITS || d.exponent > 2 * ID_DIGITS ||
	    d.exponent < -2 * ID_DIGITS)
		return number;
	point += d.exponent;
	if (point > ID_DIGITS || point < -ID_DIGITS)
		return number;
	o = out = arena_alloc(scratch, 3 * ID_DIGITS);
	if (d.negative)
		*o++ = '-';
	if (point <= 0)
		*o++ = '0';
	for (i = 0; i < point; i++)
		*o++ = i < (int64_t)nr ? digits[i] : '0';
	if (point < (int64_t)nr)
		*o++ = '.';
	for (i = point; i < (int64_t)nr; i++)
		*o++ = i < 0 ? '0' : digits[i];
	return (struct text){ out, (size_t)(o - out) };
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
