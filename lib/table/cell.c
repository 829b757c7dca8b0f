#include "table/cell.h"

#include <stdint.h>

#include "base/buf.h"

/*
 * The value as JSON with blanks behind commas and colons. string is scratch for
 * one string at a time.
 */
static void
put_spaced(struct buf *b, struct json_value v, struct buf *string,
    struct arena *scratch)
{
	struct json_value key, value;
	const char *at = NULL;
	bool first = true, object = v.kind == VALUE_OBJECT;

	switch (v.kind) {
	case VALUE_STRING:
		buf_clear(string);
		json_put_text(string, json_text(v, scratch));
		buf_text(b, buf_view(string));
		return;
	case VALUE_OBJECT:
	case VALUE_ARRAY:
		break;
	default:
		buf_text(b, json_raw(v));
		return;
	}
	buf_char(b, object ? '{' : '[');
	while (json_next(v, &at, &key, &value)) {
		if (!first)
			buf_str(b, ", ");
		first = false;
		if (object) {
			put_spaced(b, key, string, scratch);
			buf_str(b, ": ");
		}
		put_spaced(b, value, string, scratch);
	}
	buf_char(b, object ? '}' : ']');
}

static struct text
spaced_text(struct json_value v, struct arena *scratch)
{
	struct buf b, string;
	struct text t;

	buf_init(&b, SIZE_MAX / 2);
	buf_init(&string, SIZE_MAX / 2);
	put_spaced(&b, v, &string, scratch);
	t = arena_copy(scratch, buf_view(&b));
	buf_free(&b);
	buf_free(&string);
	return t;
}

struct cell
cell_of(struct json_value v, struct arena *scratch)
{
	switch (v.kind) {
	case VALUE_STRING:
		return (struct cell){ CELL_TEXT, json_text(v, scratch) };
	case VALUE_NUMBER:
		return (struct cell){ CELL_NUMBER, json_raw(v) };
	case VALUE_TRUE:
		return (struct cell){ CELL_TRUE, json_raw(v) };
	case VALUE_FALSE:
		return (struct cell){ CELL_FALSE, json_raw(v) };
	case VALUE_OBJECT:
	case VALUE_ARRAY:
		return (struct cell){ CELL_TEXT, spaced_text(v, scratch) };
	default:
		return (struct cell){ CELL_EMPTY, { NULL, 0 } };
	}
}
