/*
 * json_scan.h - the pass over a text, between json.c and its scanners
 *
 * Not for anybody else. A scanner is compiled for each kind of processor that
 * has one of its own; json.c picks the best when it starts.
 */
#ifndef KPIPE_JSON_SCAN_H
#define KPIPE_JSON_SCAN_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "base/json.h"
#include "base/utf8.h"

#define JSON_PLACES   256 /* members of an object recognised by place */
#define JSON_KEY_PART 64  /* bytes of "key": that a place holds */

/* Slots are counted from 1 in here; values nobody wants go to slot 0. */
#define JSON_NOWHERE 0

struct json_level;

/* A key that is looked for, and what is looked for below it. */
struct json_wanted {
	char *name;
	size_t len;
	size_t slot; /* JSON_NOWHERE when only something below is wanted */
	struct json_level *below; /* NULL when nothing is */
};

/* What stood at one place of the object before: "key": and which key it is. */
struct json_place {
	_Alignas(64) char part[JSON_KEY_PART];
	uint64_t mask; /* a bit for each byte of part that counts; 0: unknown */
	size_t len;
	size_t slot;
	const struct json_level *below; /* is wanted itself, or NULL */
};

/* The keys wanted of one object. */
struct json_level {
	struct json_place *place;
	struct json_wanted *key;
	size_t nr;
	uint64_t lengths; /* bit n: a key of n bytes is wanted; 63: or more */
	size_t *under;	  /* slots of this level and all below */
	size_t under_nr;
};

/* One scan: where the values go, and why it failed. */
struct json_scan {
	struct json_value *value; /* by slot */
	struct arena *decoded;	  /* a key with escapes */
	const char *bad;
	const char *why;
};

/*
 * Each returns what is behind the object, or NULL and says bad and why. The
 * caller has cleared the slots of the level.
 */
struct json_scanner {
	const char *(*line)(
	    struct json_scan *, const struct json_level *, const char *p);
	const char *(*document)(
	    struct json_scan *, const struct json_level *, const char *p);
	/* any value in a text that was scanned before */
	const char *(*skip)(const char *p, struct json_value *);
};

extern const struct json_scanner json_scanner_base;
extern const struct json_scanner json_scanner_avx2;

#endif
