#include "google/cells.h"

#include <stdlib.h>

#include "base/arena.h"
#include "base/decimal.h"
#include "base/json.h"
#include "base/num.h"
#include "base/xalloc.h"

struct row {
	size_t first; /* in value */
	size_t nr;
};

struct cells {
	struct arena *text;
	struct cells_value *value;
	size_t nr, cap;
	struct row *row;
	size_t rows, row_cap;
	size_t columns;
};

struct cells *
cells_new(void)
{
	struct cells *c = xcalloc(1, sizeof(*c));

	c->text = arena_new();
	return c;
}

void
cells_free(struct cells *c)
{
	if (c == NULL)
		return;
	arena_free(c->text);
	free(c->value);
	free(c->row);
	free(c);
}

static void
begin_row(struct cells *c)
{
	c->row = xgrow(c->row, c->rows, &c->row_cap, sizeof(*c->row));
	c->row[c->rows++] = (struct row){ c->nr, 0 };
}

static void
add_value(struct cells *c, struct cells_value v)
{
	struct row *row = &c->row[c->rows - 1];

	c->value = xgrow(c->value, c->nr, &c->cap, sizeof(*c->value));
	c->value[c->nr++] = v;
	if (++row->nr > c->columns)
		c->columns = row->nr;
}

void
cells_add(struct cells *c, const struct cells_value *v, size_t nr)
{
	size_t i;

	begin_row(c);
	for (i = 0; i < nr; i++)
		add_value(c,
		    (struct cells_value){ v[i].kind,
			v[i].text.len == 0 ? text_of("")
					   : arena_copy(c->text, v[i].text) });
}

static struct cells_value
value_of(struct cells *c, struct json_value v)
{
	switch (v.kind) {
	case VALUE_STRING:
		if (v.len == 0)
			break;
		return (struct cells_value){ CELLS_TEXT,
			arena_copy(c->text, json_text(v, c->text)) };
	case VALUE_NUMBER:
		return (struct cells_value){ CELLS_NUMBER,
			arena_copy(c->text, json_raw(v)) };
	case VALUE_TRUE:
		return (struct cells_value){ CELLS_TRUE, text_of("true") };
	case VALUE_FALSE:
		return (struct cells_value){ CELLS_FALSE, text_of("false") };
	default:
		break;
	}
	return (struct cells_value){ CELLS_EMPTY, text_of("") };
}

int
cells_read(struct cells *c, struct text body, struct fault *f)
{
	struct json_shape *shape = json_shape_new();
	struct json_value values, row, value;
	const char *at = NULL, *at_value;
	int status;

	json_want(shape, "values");
	status = json_scan_document(shape, body.p, body.len, &values, f);
	if (status == -1)
		fault_prefix(f, "the values of the tab: ");
	while (status == 0 && values.kind == VALUE_ARRAY &&
	       json_next(values, &at, NULL, &row)) {
		if (row.kind != VALUE_ARRAY) {
			status = fault_set(f, FAULT_DATA,
			    "the values of the tab: a row is no array");
			break;
		}
		begin_row(c);
		at_value = NULL;
		while (json_next(row, &at_value, NULL, &value))
			add_value(c, value_of(c, value));
	}
	json_shape_free(shape);
	return status;
}

size_t
cells_rows(const struct cells *c)
{
	return c->rows;
}

size_t
cells_columns(const struct cells *c)
{
	return c->columns;
}

struct cells_value
cells_at(const struct cells *c, size_t row, size_t column)
{
	if (row >= c->rows || column >= c->row[row].nr)
		return (struct cells_value){ CELLS_EMPTY, text_of("") };
	return c->value[c->row[row].first + column];
}

bool
cells_is_empty(struct cells_value v)
{
	return v.kind == CELLS_EMPTY ||
	       (v.kind == CELLS_TEXT && v.text.len == 0);
}

bool
cells_same(struct cells_value a, struct cells_value b)
{
	double x, y;

	if (cells_is_empty(a) || cells_is_empty(b))
		return cells_is_empty(a) && cells_is_empty(b);
	if (a.kind != b.kind)
		return false;
	if (a.kind == CELLS_NUMBER && num_parse(a.text, &x) &&
	    num_parse(b.text, &y))
		return x == y;
	return text_equal(a.text, b.text);
}

bool
cells_is_too_long(struct cells_value v)
{
	size_t i, nr = 0;

	if (v.text.len <= CELLS_TEXT_MAX)
		return false;
	/* all but the bytes that go on with a character */
	for (i = 0; i < v.text.len; i++)
		nr += ((unsigned char)v.text.p[i] & 0xc0) != 0x80;
	return nr > CELLS_TEXT_MAX;
}

void
cells_put_plain(struct buf *b, struct cells_value v)
{
	if (v.kind == CELLS_NUMBER)
		decimal_plain(v.text, b);
	else
		buf_text(b, v.text);
}

void
cells_put_json(struct buf *b, struct cells_value v)
{
	switch (v.kind) {
	case CELLS_TEXT:
		json_put_text(b, v.text);
		break;
	case CELLS_NUMBER:
	case CELLS_TRUE:
	case CELLS_FALSE:
		json_put_raw(b, v.text);
		break;
	default:
		json_put_null(b);
		break;
	}
}
