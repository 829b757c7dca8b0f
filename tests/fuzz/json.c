/*
 * json - the reader of records against jansson: the same texts are accepted
 * and the same values found, in a line and in a document
 */
#include <jansson.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/json.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char *const path[] = { "a", "b", "a.b", "a.a.b", "type",
	"properties.x" };
#define PATHS (sizeof(path) / sizeof(path[0]))

static json_t *
look_up(json_t *at, const char *dotted)
{
	char key[32];
	size_t len;

	for (;;) {
		len = strcspn(dotted, ".");
		memcpy(key, dotted, len);
		key[len] = '\0';
		at = json_object_get(at, key);
		if (dotted[len] == '\0')
			return at;
		dotted += len + 1;
	}
}

static uint8_t
kind_of(const json_t *value)
{
	switch (json_typeof(value)) {
	case JSON_OBJECT:
		return VALUE_OBJECT;
	case JSON_ARRAY:
		return VALUE_ARRAY;
	case JSON_STRING:
		return VALUE_STRING;
	case JSON_INTEGER:
	case JSON_REAL:
		return VALUE_NUMBER;
	case JSON_TRUE:
		return VALUE_TRUE;
	case JSON_FALSE:
		return VALUE_FALSE;
	case JSON_NULL:
		return VALUE_NULL;
	}
	abort();
}

static void
same_value(json_t *want, struct json_value got, struct arena *scratch)
{
	struct text text;
	double x;

	if (got.kind != (want == NULL ? VALUE_ABSENT : kind_of(want)))
		abort();
	if (json_is_string(want)) {
		text = json_text(got, scratch);
		if (text.p == NULL || text.len != json_string_length(want) ||
		    memcmp(text.p, json_string_value(want), text.len) != 0)
			abort();
	} else if (json_is_number(want)) {
		if (!json_double(got, &x) || x != json_number_value(want))
			abort();
	}
}

/* The standard allows some things that jansson does not. */
static bool
stricter(const json_error_t *error)
{
	switch (json_error_code(error)) {
	case json_error_numeric_overflow:
	case json_error_null_byte_in_key:
		return true;
	default:
		/* a lone surrogate */
		return strstr(error->text, "Unicode") != NULL;
	}
}

static void
compare(char *p, size_t len, bool line)
{
	struct json_shape *shape = json_shape_new();
	struct arena *scratch = arena_new();
	struct json_value field[PATHS];
	struct fault f;
	json_error_t error;
	json_t *want;
	const char *end;
	size_t i;
	int twice, got = 0;

	for (i = 0; i < PATHS; i++)
		json_want(shape, path[i]);
	want = json_loadb(p, len,
	    JSON_ALLOW_NUL | JSON_DECODE_INT_AS_REAL | JSON_DECODE_ANY, &error);
	p[len] = line ? '\n' : '\0';
	/* the second time the keys are known by their places */
	for (twice = 0; twice < 2; twice++) {
		got = line ? json_scan_line(shape, p, field, &end, &f)
			   : json_scan_document(shape, p, len, field, &f);
		/* jansson lets a NUL byte behind a number pass */
		if (memchr(p, '\0', len) != NULL && got == 0)
			abort();
		if (!json_is_object(want) || memchr(p, '\0', len) != NULL)
			continue;
		if (got != 0)
			abort();
		for (i = 0; i < PATHS; i++)
			same_value(look_up(want, path[i]), field[i], scratch);
	}
	if (got == 0 && !json_is_object(want) &&
	    (want != NULL || !stricter(&error)))
		abort();
	json_decref(want);
	arena_free(scratch);
	json_shape_free(shape);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const uint8_t *newline = size == 0 ? NULL : memchr(data, '\n', size);
	size_t line = newline == NULL ? size : (size_t)(newline - data);
	char *p = calloc(size + BUF_SLACK, 1);

	if (line > 0)
		memcpy(p, data, line);
	compare(p, line, true);
	if (size > 0)
		memcpy(p, data, size);
	compare(p, size, false);
	free(p);
	return 0;
}
