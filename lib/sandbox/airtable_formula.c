/*
 * The formulas by which records are chosen: those that clients write, which
 * compare fields with texts, numbers and days
 */
#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "sandbox/airtable_impl.h"

#define DEPTH_MAX 20
#define VALUE_MAX 4096

struct formula {
	const char *p;
	json_t *table, *record;
	struct fault *f;
	unsigned depth;
	bool bad;
};

static void
refuse(struct formula *x, const char *what, const char *of)
{
	if (!x->bad)
		fault_set(x->f, FAULT_DATA, "%s%s", what, of);
	x->bad = true;
}

static bool
take(struct formula *x, const char *word)
{
	size_t len = strlen(word);

	x->p += strspn(x->p, " \t\r\n");
	if (strncmp(x->p, word, len) != 0)
		return false;
	x->p += len;
	return true;
}

static void
want(struct formula *x, const char *word)
{
	if (!take(x, word))
		refuse(x, "there is no ", word);
}

/* What a formula sees of a cell. */
static void
put_cell(struct buf *b, json_t *cell)
{
	json_t *part;
	size_t i;
	char *text;

	if (json_is_string(cell)) {
		buf_str(b, json_string_value(cell));
	} else if (json_is_array(cell)) {
		json_array_foreach (cell, i, part) {
			if (i > 0)
				buf_str(b, ", ");
			put_cell(b, part);
		}
	} else if (cell != NULL && !json_is_null(cell)) {
		text =
		    json_dumps(cell, JSON_ENCODE_ANY | JSON_REAL_PRECISION(15));
		buf_str(b, text);
		free(text);
	}
}

static void
read_field(struct formula *x, struct buf *b)
{
	size_t len = strcspn(x->p, "}");
	char *name = xstrndup(x->p, len);
	json_t *field = airtable_field(x->table, name);

	if (x->p[len] != '}' || field == NULL)
		refuse(x, "Unknown field names: ", name);
	else
		x->p += len + 1;
	if (field != NULL && x->record != NULL)
		put_cell(
		    b, json_object_get(json_object_get(x->record, "fields"),
			   airtable_member(field, "name")));
	free(name);
}

/* A field, a text in quotes, or a number. */
static void
read_value(struct formula *x, struct buf *b)
{
	size_t len;
	char quote;

	if (take(x, "{")) {
		read_field(x, b);
		return;
	}
	quote = *x->p;
	if (quote != '\'' && quote != '"') {
		len = strspn(x->p, "0123456789.-");
		buf_add(b, x->p, len);
		x->p += len;
		if (len == 0)
			refuse(x, "no value at ", x->p);
		return;
	}
	for (x->p++; *x->p != quote && *x->p != '\0'; x->p++) {
		if (*x->p == '\\' && x->p[1] != '\0')
			x->p++;
		buf_char(b, *x->p);
	}
	if (*x->p == quote)
		x->p++;
	else
		refuse(x, "a text has no end", "");
}

/* The values are the same, or where day is set the days that they are of. */
static bool
is_same(const struct buf *a, const struct buf *b, bool day)
{
	struct text s = buf_view(a), t = buf_view(b);

	if (day && s.len > 10)
		s.len = 10;
	if (day && t.len > 10)
		t.len = 10;
	return text_equal(s, t);
}

static bool
compare_days(struct formula *x, struct buf *a, struct buf *b)
{
	bool day = false;

	read_value(x, a);
	want(x, ",");
	read_value(x, b);
	if (take(x, ",")) {
		day = take(x, "'day'") || take(x, "\"day\"");
		if (!day)
			refuse(x, "a unit that is none: ", x->p);
	}
	want(x, ")");
	return a->len > 0 && is_same(a, b, day);
}

static bool
compare(struct formula *x)
{
	struct buf a, b;
	bool same;

	buf_init(&a, VALUE_MAX);
	buf_init(&b, VALUE_MAX);
	if (take(x, "IS_SAME(")) {
		same = compare_days(x, &a, &b);
	} else {
		read_value(x, &a);
		same = !take(x, "!=");
		if (same)
			want(x, "=");
		read_value(x, &b);
		same = is_same(&a, &b, false) == same;
	}
	buf_free(&a);
	buf_free(&b);
	return same;
}

static bool
evaluate(struct formula *x)
{
	bool all, any, is;

	if (++x->depth > DEPTH_MAX)
		refuse(x, "it is too deep", "");
	if (x->bad)
		return false;
	if (take(x, "NOT(")) {
		is = !evaluate(x);
		want(x, ")");
	} else if ((all = take(x, "AND(")) || take(x, "OR(")) {
		any = false;
		is = true;
		do {
			if (evaluate(x))
				any = true;
			else
				is = false;
		} while (!x->bad && take(x, ","));
		want(x, ")");
		is = all ? is : any;
	} else {
		is = compare(x);
	}
	x->depth--;
	return is;
}

int
airtable_is_true(
    json_t *table, json_t *record, const char *formula, struct fault *f)
{
	struct formula x = {
		.p = formula, .table = table, .record = record, .f = f
	};
	bool is = evaluate(&x);

	if (!x.bad && x.p[strspn(x.p, " \t\r\n")] != '\0')
		refuse(&x, "this is too much: ", x.p);
	return x.bad ? -1 : is;
}
