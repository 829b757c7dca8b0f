/*
 * Any list of columns: taken with headers and paths that are not empty and
 * headers that differ, or refused with a message.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "table/columns.h"

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	struct text t = { len == 0 ? "" : (const char *)data, len };
	struct json_shape *shape;
	struct fault f = { 0 };
	struct columns c;
	size_t i;

	if (columns_parse(&c, t, &f) == -1) {
		if (f.kind != FAULT_USAGE || f.text[0] == '\0' || c.nr != 0)
			abort();
		return 0;
	}
	if (c.nr == 0)
		abort();
	shape = json_shape_new();
	for (i = 0; i < c.nr; i++) {
		if (i > 0 &&
		    strcmp(c.column[i].header, c.column[i - 1].header) == 0)
			abort();
		json_want(shape, c.column[i].path);
	}
	json_shape_free(shape);
	columns_free(&c);
	return 0;
}
