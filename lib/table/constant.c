#include "table/constant.h"

#include "base/buf.h"
#include "base/json.h"

#define TEXT_MAX (1u << 20)

int
constant_of(const struct column *column, struct arena *arena, struct cell *cell,
    struct fault *f)
{
	struct json_shape *shape;
	struct json_value value;
	struct fault ignored = { 0 };
	struct buf b;
	int status;

	if (strchr("\"-0123456789", column->path[0]) == NULL)
		return 0;
	buf_init(&b, TEXT_MAX);
	buf_str(&b, "{\"x\":");
	buf_str(&b, column->name);
	buf_char(&b, '}');
	shape = json_shape_new();
	json_want(shape, "x");
	status = json_scan_document(shape, b.p, b.len, &value, &ignored);
	if (status == 0) {
		*cell = cell_of(value, arena);
		/* it may stand in b */
		if (cell->kind != CELL_EMPTY)
			cell->text = arena_copy(arena, cell->text);
	}
	json_shape_free(shape);
	buf_free(&b);
	if (status == -1)
		return fault_set(f, FAULT_USAGE,
		    "column '%s': %s is neither a text in JSON's form nor a "
		    "number; if it is a key, put \\ in front",
		    column->header, column->name);
	return 1;
}
