/*
 * lines.h - what fuzzers of record models share: lines that are records go to a
 * model, and what it writes must be JSON
 */
#ifndef KPIPE_FUZZ_LINES_H
#define KPIPE_FUZZ_LINES_H

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/ndjson.h"

#define WRITTEN_MAX (64u << 20)

static inline void
check_line(const struct buf *line)
{
	struct json_shape *shape = json_shape_new();
	struct json_value none;
	struct fault f;

	if (line->over ||
	    json_scan_document(shape, line->p, line->len, &none, &f) == -1)
		abort();
	json_shape_free(shape);
}

/* One step of a model: read line, which may be no record. */
struct reader {
	struct json_shape *shape;
	struct json_value *field;
	struct arena *scratch;
	struct record rec;
};

static inline bool
read_line(struct reader *r, const struct buf *line)
{
	struct fault f;

	if (r->field == NULL)
		r->field = calloc(json_wants(r->shape) + 1, sizeof(*r->field));
	arena_clear(r->scratch);
	if (json_scan_document(r->shape, line->p, line->len, r->field, &f) ==
	    -1)
		return false;
	r->rec = (struct record){ buf_view(line), r->field, r->scratch };
	return true;
}

static inline void
reader_init(struct reader *r)
{
	*r = (struct reader){ .shape = json_shape_new(),
		.scratch = arena_new() };
}

static inline void
reader_free(struct reader *r)
{
	json_shape_free(r->shape);
	arena_free(r->scratch);
	free(r->field);
}

/* Give each line to step; the record's braces must be all there is. */
static inline void
each_line(const uint8_t *data, size_t size, struct reader *r,
    void (*step)(void *, const struct record *), void *model)
{
	const uint8_t *end = data + size, *eol;
	struct buf line;

	buf_init(&line, size + 1);
	for (; data < end; data = eol + 1) {
		eol = memchr(data, '\n', (size_t)(end - data));
		if (eol == NULL)
			eol = end;
		if (eol - data < 2 || data[0] != '{' || eol[-1] != '}')
			continue;
		buf_clear(&line);
		buf_add(&line, data, (size_t)(eol - data));
		if (read_line(r, &line))
			step(model, &r->rec);
	}
	buf_free(&line);
}

#endif
