/*
 * json.h - JSON text read in place and written into a buffer
 *
 * Reading: a shape is a set of key paths; one pass over a text checks all of it
 * (RFC 8259 in valid UTF-8, depth at most JSON_DEPTH) and finds the values at
 * those paths. Nothing is copied or built. What recurs from text to text (keys
 * in the same places) is recognised without being looked up, so a shape is for
 * one kind of record; it is not for two threads.
 *
 *   duplicate keys    the last one counts
 *   "\u0000"	  fine; decoded text may hold NUL
 *   lone surrogates   fine in the text; decoded as U+FFFD
 *   any size of number is fine in the text; json_double says what a double holds
 *
 * Writing: json_key and the value functions put the commas themselves.
 *
 * Names keep clear of jansson's, so that a file may use both.
 */
#ifndef KPIPE_JSON_H
#define KPIPE_JSON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/fault.h"
#include "base/text.h"

#define JSON_DEPTH 2048 /* nesting of objects and arrays, the outermost is 1 */

enum json_kind {
	VALUE_ABSENT = 0,
	VALUE_NULL,
	VALUE_FALSE,
	VALUE_TRUE,
	VALUE_NUMBER,
	VALUE_STRING,
	VALUE_OBJECT,
	VALUE_ARRAY,
};

/* A value as it stands in the text: for a string what is between the quotes. */
struct json_value {
	const char *p;
	uint32_t len;
	uint8_t kind; /* enum json_kind */
	bool escaped; /* a string with a backslash in it */
};

struct json_shape;

struct json_shape *json_shape_new(void);
void json_shape_free(struct json_shape *);

/*
 * Look for the value at path: keys separated by points, \. for a point in a
 * key. Returns its slot, the same one for the same path; slots count from 0.
 * Only before the first scan.
 */
size_t json_want(struct json_shape *, const char *path);
size_t json_wants(const struct json_shape *); /* how many slots there are */

/*
 * Check one object at p and fill field[0 .. json_wants]. One line: the object,
 * blanks (no newline), then '\n'; *end is left at that '\n'. BUF_SLACK bytes
 * behind it must be readable.
 *
 * Errors: FAULT_DATA "byte N: what"; *end is then where it went wrong.
 */
int json_scan_line(struct json_shape *, const char *p, struct json_value *field,
    const char **end, struct fault *);

/*
 * The same for a whole document of len bytes, which may stand on many lines.
 * p[len] must be NUL, and BUF_SLACK bytes from there readable (as a struct buf
 * has them). A top-level array or scalar is refused: it is no object.
 */
int json_scan_document(struct json_shape *, const char *p, size_t len,
    struct json_value *field, struct fault *);

/*
 * The same for an object inside a text that was scanned before, such as an
 * element of an array; cannot fail.
 */
void json_scan_value(
    struct json_shape *, struct json_value object, struct json_value *field);

/*
 * Step through an array or object found by a scan. *at is NULL at first. For an
 * object key (may be NULL) is set too. Returns false at the end.
 */
bool json_next(struct json_value of, const char **at, struct json_value *key,
    struct json_value *value);

/*
 * The text of a string: in place, or decoded into scratch where it has escapes;
 * "no text" (p NULL) for anything that is not a string.
 */
struct text json_text(struct json_value, struct arena *scratch);

/* As it stands: what a number says to the digit, true, an object's bytes. */
static inline struct text
json_raw(struct json_value v)
{
	return (struct text){ v.p, v.len };
}

/* False when v is no number or no finite double is near it. */
bool json_double(struct json_value v, double *x);
/* False when v is no integer of 64 bits (1.0 is none). */
bool json_int64(struct json_value v, int64_t *x);

/*
 * Writing. A value function adds a comma where one is due: at the start of
 * nothing, after '{', '[' and a key it adds none.
 */
void json_open(struct buf *);  /* { */
void json_close(struct buf *); /* } */
void json_open_array(struct buf *);
void json_close_array(struct buf *);
void json_key(struct buf *, const char *key);
void json_key_text(struct buf *, struct text key);
/* Text that is not UTF-8 has its bad bytes replaced by U+FFFD. */
void json_put_text(struct buf *, struct text); /* null for "no text" */
void json_put_str(struct buf *, const char *); /* null for NULL */
void json_put_number(struct buf *, double); /* shortest; null if not finite */
void json_put_int(struct buf *, int64_t);
void json_put_bool(struct buf *, bool);
void json_put_null(struct buf *);
/* Bytes that are JSON already; newlines between tokens become blanks. */
void json_put_raw(struct buf *, struct text);

#endif
