#include "base/json.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#if defined(__SSE2__) && !defined(JSON_PLAIN)
#include <emmintrin.h>
#define JSON_SSE2 1
#endif

#include "base/num.h"
#include "base/xalloc.h"

#define PLACES	 256 /* members of an object that are recognised by place */
#define KEY_PART 64  /* bytes of "key": that a place holds */
#define NO_KEY	 (-1)
#define NO_SLOT	 ((size_t)-1)
#define AHEAD	 2 /* places tried behind the one due: members left out */

#define ALWAYS_INLINE inline __attribute__((always_inline))
#define UNLIKELY(x)   __builtin_expect(!!(x), 0)
#define LIKELY(x)     __builtin_expect(!!(x), 1)

/* What stood at one place of the object before: "key": and which key it is. */
struct place {
	_Alignas(64) char part[KEY_PART];
	uint64_t mask; /* a bit for each byte of part that counts; 0: unknown */
	uint16_t len;
	int16_t key; /* index into the level's keys, NO_KEY when not wanted */
};

/* A key that is looked for, and what is looked for below it. */
struct key {
	char *name;
	size_t len;
	size_t slot;	     /* NO_SLOT when only something below is wanted */
	struct level *below; /* NULL when nothing is */
};

/* The keys wanted of one object. */
struct level {
	struct place *place;
	struct key *key;
	int nr;
	uint64_t lengths; /* bit n: a key of n bytes is wanted; 63: or more */
	size_t *under;	  /* slots of this level and all below */
	size_t under_nr;
};

struct json_shape {
	struct level *top;
	size_t slots;
	char **path;	       /* by slot */
	struct arena *decoded; /* a key with escapes */
};

/* One scan: where the fields go, and why it failed. */
struct scan {
	struct json_shape *shape;
	struct json_value *field;
	const char *bad;
	const char *why;
};

static struct level *
level_new(void)
{
	struct level *level = xcalloc(1, sizeof(*level));

	level->place = aligned_alloc(64, PLACES * sizeof(*level->place));
	if (level->place == NULL)
		level->place = xcalloc(PLACES, sizeof(*level->place));
	memset(level->place, 0, PLACES * sizeof(*level->place));
	return level;
}

static void
level_free(struct level *level)
{
	int i;

	if (level == NULL)
		return;
	for (i = 0; i < level->nr; i++) {
		free(level->key[i].name);
		level_free(level->key[i].below);
	}
	free(level->key);
	free(level->place);
	free(level->under);
	free(level);
}

struct json_shape *
json_shape_new(void)
{
	struct json_shape *shape = xcalloc(1, sizeof(*shape));

	shape->top = level_new();
	shape->decoded = arena_new();
	return shape;
}

void
json_shape_free(struct json_shape *shape)
{
	size_t i;

	if (shape == NULL)
		return;
	for (i = 0; i < shape->slots; i++)
		free(shape->path[i]);
	free(shape->path);
	level_free(shape->top);
	arena_free(shape->decoded);
	free(shape);
}

static struct key *
level_key(struct level *level, struct text name)
{
	struct key *key;
	int i;

	for (i = 0; i < level->nr; i++)
		if (text_equal(name,
			(struct text){ level->key[i].name, level->key[i].len }))
			return &level->key[i];
	level->key = xreallocarray(
	    level->key, (size_t)level->nr + 1, sizeof(*level->key));
	key = &level->key[level->nr++];
	*key =
	    (struct key){ xstrndup(name.p, name.len), name.len, NO_SLOT, NULL };
	level->lengths |= UINT64_C(1) << (name.len < 63 ? name.len : 63);
	return key;
}

static void
level_reaches(struct level *level, size_t slot)
{
	level->under = xreallocarray(
	    level->under, level->under_nr + 1, sizeof(*level->under));
	level->under[level->under_nr++] = slot;
}

/* The next key of a path, unescaped into name; returns what follows it. */
static const char *
path_step(const char *path, struct buf *name)
{
	buf_clear(name);
	for (; *path != '\0' && *path != '.'; path++) {
		if (*path == '\\' && path[1] != '\0')
			path++;
		buf_char(name, *path);
	}
	return path;
}

size_t
json_want(struct json_shape *shape, const char *path)
{
	struct level *level = shape->top;
	struct key *key = NULL;
	struct buf name;
	size_t slot;
	const char *rest = path;

	for (slot = 0; slot < shape->slots; slot++)
		if (strcmp(shape->path[slot], path) == 0)
			return slot;
	shape->path =
	    xreallocarray(shape->path, slot + 1, sizeof(*shape->path));
	shape->path[slot] = xstrdup(path);
	shape->slots++;

	buf_init(&name, SIZE_MAX / 2);
	for (;;) {
		rest = path_step(rest, &name);
		level_reaches(level, slot);
		key = level_key(level, buf_view(&name));
		if (*rest == '\0')
			break;
		rest++;
		if (key->below == NULL)
			key->below = level_new();
		level = key->below;
	}
	key->slot = slot;
	buf_free(&name);
	return slot;
}

size_t
json_wants(const struct json_shape *shape)
{
	return shape->slots;
}

static __attribute__((cold)) const char *
fail(struct scan *s, const char *at, const char *why)
{
	s->bad = at;
	s->why = why;
	return NULL;
}

static bool
is_continuation(unsigned char c)
{
	return (c & 0xc0) == 0x80;
}

/*
 * The length of the UTF-8 sequence at p, 0 when it is none. Reads no byte past
 * one that is no continuation.
 */
static ALWAYS_INLINE size_t
utf8_length(const unsigned char *p)
{
	unsigned char c = p[0];

	if (c < 0x80)
		return 1;
	if (c < 0xc2)
		return 0;
	if (!is_continuation(p[1]))
		return 0;
	if (c < 0xe0)
		return 2;
	if (c < 0xf0) {
		/* overlong, or a surrogate */
		if ((c == 0xe0 && p[1] < 0xa0) || (c == 0xed && p[1] > 0x9f))
			return 0;
		return is_continuation(p[2]) ? 3 : 0;
	}
	/* overlong, or past U+10FFFF */
	if (c > 0xf4 || (c == 0xf0 && p[1] < 0x90) ||
	    (c == 0xf4 && p[1] > 0x8f))
		return 0;
	return is_continuation(p[2]) && is_continuation(p[3]) ? 4 : 0;
}

/* Where the UTF-8 from p to end goes wrong, NULL when it does not. */
static const char *
utf8_bad(const char *p, const char *end)
{
	uint64_t word;
	size_t len;

	for (;;) {
		/* eight bytes of ASCII at a time; what is behind end is
		 * readable, and a quote */
		memcpy(&word, p, sizeof(word));
		while ((word & UINT64_C(0x8080808080808080)) == 0) {
			p += sizeof(word);
			if (p >= end)
				return NULL;
			memcpy(&word, p, sizeof(word));
		}
		while ((unsigned char)*p < 0x80)
			p++;
		/* a byte of the next string, or a sequence of this one, which
		 * the quote keeps from running past the end */
		do {
			if (p >= end)
				return NULL;
			len = utf8_length((const unsigned char *)p);
			if (len == 0)
				return p;
			p += len;
		} while ((unsigned char)*p >= 0x80);
		if (p >= end)
			return NULL;
	}
}

/*
 * The first byte from p on that a string cannot just hold: a quote, a
 * backslash or a control character. high gets bits when a byte above 0x7f was
 * passed.
 */
#ifdef JSON_SSE2
static ALWAYS_INLINE const char *
plain_run(const char *p, uint32_t *high)
{
	const __m128i quote = _mm_set1_epi8('"');
	const __m128i slash = _mm_set1_epi8('\\');
	const __m128i last_control = _mm_set1_epi8(0x1f);
	__m128i v, stop;
	uint32_t stops, highs;

	for (;;) {
		v = _mm_loadu_si128((const __m128i *)(const void *)p);
		stop = _mm_or_si128(_mm_or_si128(_mm_cmpeq_epi8(v, quote),
					_mm_cmpeq_epi8(v, slash)),
		    _mm_cmpeq_epi8(_mm_min_epu8(v, last_control), v));
		stops = (uint32_t)_mm_movemask_epi8(stop);
		highs = (uint32_t)_mm_movemask_epi8(v);
		if (stops != 0) {
			/* the bits below the first stop */
			*high |= highs & (stops - 1) & ~stops;
			return p + __builtin_ctz(stops);
		}
		*high |= highs;
		p += 16;
	}
}

static ALWAYS_INLINE uint32_t
same_16(const char *a, const char *b)
{
	return (uint32_t)_mm_movemask_epi8(
	    _mm_cmpeq_epi8(_mm_loadu_si128((const __m128i *)(const void *)a),
		_mm_load_si128((const __m128i *)(const void *)b)));
}

/* The bytes at p are those of the place. */
static ALWAYS_INLINE bool
place_hit(const char *p, const struct place *place)
{
	uint32_t low, high;

	low = same_16(p, place->part) | same_16(p + 16, place->part + 16) << 16;
	if ((~low & (uint32_t)place->mask) != 0 || place->mask == 0)
		return false;
	if (LIKELY(place->mask >> 32 == 0))
		return true;
	high = same_16(p + 32, place->part + 32) |
	       same_16(p + 48, place->part + 48) << 16;
	return (~high & (uint32_t)(place->mask >> 32)) == 0;
}
#else
static ALWAYS_INLINE const char *
plain_run(const char *p, uint32_t *high)
{
	unsigned char c;

	for (;; p++) {
		c = (unsigned char)*p;
		if (c == '"' || c == '\\' || c < 0x20)
			return p;
		*high |= c & 0x80;
	}
}

static ALWAYS_INLINE bool
place_hit(const char *p, const struct place *place)
{
	/* a newline or NUL ends what may be read: memcmp could run past it,
	 * but not past the slack */
	return place->mask != 0 && memcmp(p, place->part, place->len) == 0;
}
#endif

static bool
is_hex(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') ||
	       (c >= 'A' && c <= 'F');
}

/* Behind the escape at p; p[0] is the backslash. */
static const char *
skip_escape(struct scan *s, const char *p)
{
	int i;

	switch (p[1]) {
	case '"':
	case '\\':
	case '/':
	case 'b':
	case 'f':
	case 'n':
	case 'r':
	case 't':
		return p + 2;
	case 'u':
		for (i = 2; i < 6; i++)
			if (!is_hex(p[i]))
				return fail(
				    s, p, "\\u without four hex digits");
		return p + 6;
	default:
		return fail(s, p, "unknown escape in a string");
	}
}

/*
 * p is behind the opening quote; returns the closing one. UTF-8 is checked, only
 * where a byte above 0x7f was met.
 */
static ALWAYS_INLINE const char *
string_end(struct scan *s, const char *p, bool *escaped)
{
	const char *start = p, *bad;
	uint32_t high = 0;

	for (;;) {
		p = plain_run(p, &high);
		if (LIKELY(*p == '"'))
			break;
		if (*p != '\\') {
			if (*p == '\n' || *p == '\0')
				return fail(s, p, "the text ends in a string");
			return fail(s, p, "control character in a string");
		}
		*escaped = true;
		if ((p = skip_escape(s, p)) == NULL)
			return NULL;
	}
	if (UNLIKELY(high != 0) && (bad = utf8_bad(start, p)) != NULL)
		return fail(s, bad, "not UTF-8");
	return p;
}

/* Blanks between tokens; a newline is one only in a document. */
static ALWAYS_INLINE const char *
skip_blank(const char *p, const bool lines)
{
	if (LIKELY((unsigned char)*p > ' '))
		return p;
	while (*p == ' ' || *p == '\t' || *p == '\r' || (lines && *p == '\n'))
		p++;
	return p;
}

static const char *
skip_digits(const char *p)
{
	while (*p >= '0' && *p <= '9')
		p++;
	return p;
}

static const char *
skip_number(struct scan *s, const char *p)
{
	const char *digits;

	if (*p == '-')
		p++;
	if (*p == '0') {
		p++;
	} else {
		digits = p;
		if ((p = skip_digits(digits)) == digits)
			return fail(s, p, "a value is missing or not JSON");
	}
	if (*p == '.') {
		digits = p + 1;
		if ((p = skip_digits(digits)) == digits)
			return fail(s, p, "a number without digits");
	}
	if (*p == 'e' || *p == 'E') {
		digits = p + (p[1] == '+' || p[1] == '-' ? 2 : 1);
		if ((p = skip_digits(digits)) == digits)
			return fail(s, p, "a number without digits");
	}
	return p;
}

/* A number or a literal. */
static ALWAYS_INLINE const char *
skip_word(struct scan *s, const char *p, uint8_t *kind)
{
	if (memcmp(p, "null", 4) == 0) {
		*kind = VALUE_NULL;
		return p + 4;
	}
	if (memcmp(p, "true", 4) == 0) {
		*kind = VALUE_TRUE;
		return p + 4;
	}
	if (memcmp(p, "false", 5) == 0) {
		*kind = VALUE_FALSE;
		return p + 5;
	}
	*kind = VALUE_NUMBER;
	return skip_number(s, p);
}

/*
 * An object or array nobody looks into: checked with a stack of one bit a
 * level. depth is that of the value itself.
 */
static ALWAYS_INLINE const char *
skip_nested(struct scan *s, const char *p, unsigned depth, const bool lines)
{
	uint64_t is_object[JSON_DEPTH / 64 + 1];
	unsigned base = depth;
	uint8_t kind;
	bool object, escaped;

open:
	if (depth > JSON_DEPTH)
		return fail(s, p, "nested too deep");
	object = *p == '{';
	if (object)
		is_object[depth / 64] |= UINT64_C(1) << depth % 64;
	else
		is_object[depth / 64] &= ~(UINT64_C(1) << depth % 64);
	p = skip_blank(p + 1, lines);
	if (*p == (object ? '}' : ']'))
		goto close;
member:
	if (object) {
		if (*p != '"')
			return fail(s, p, "a key is missing");
		if ((p = string_end(s, p + 1, &escaped)) == NULL)
			return NULL;
		p = skip_blank(p + 1, lines);
		if (*p != ':')
			return fail(s, p, "':' is missing");
		p = skip_blank(p + 1, lines);
	}
	if (*p == '"') {
		if ((p = string_end(s, p + 1, &escaped)) == NULL)
			return NULL;
		p++;
	} else if (*p == '{' || *p == '[') {
		depth++;
		goto open;
	} else if ((p = skip_word(s, p, &kind)) == NULL) {
		return NULL;
	}
next:
	p = skip_blank(p, lines);
	if (*p == ',') {
		p = skip_blank(p + 1, lines);
		goto member;
	}
	if (*p != (object ? '}' : ']'))
		return fail(s, p,
		    object ? "',' or '}' is missing" : "',' or ']' is missing");
close:
	p++;
	if (depth-- == base)
		return p;
	object = (is_object[depth / 64] >> depth % 64 & 1) != 0;
	goto next;
}

static __attribute__((noinline)) const char *
skip_nested_line(struct scan *s, const char *p, unsigned depth)
{
	return skip_nested(s, p, depth, false);
}

static __attribute__((noinline)) const char *
skip_nested_document(struct scan *s, const char *p, unsigned depth)
{
	return skip_nested(s, p, depth, true);
}

/* The value at p, whatever it is. */
static ALWAYS_INLINE const char *
skip_value(struct scan *s, const char *p, struct json_value *v, unsigned depth,
    const bool lines)
{
	bool escaped = false;

	v->escaped = false;
	if (LIKELY(*p == '"')) {
		v->p = p + 1;
		v->kind = VALUE_STRING;
		if ((p = string_end(s, p + 1, &escaped)) == NULL)
			return NULL;
		v->len = (uint32_t)(p - v->p);
		v->escaped = escaped;
		return p + 1;
	}
	v->p = p;
	if (*p == '{' || *p == '[') {
		v->kind = *p == '{' ? VALUE_OBJECT : VALUE_ARRAY;
		p = lines ? skip_nested_document(s, p, depth)
			  : skip_nested_line(s, p, depth);
	} else {
		p = skip_word(s, p, &v->kind);
	}
	if (p != NULL)
		v->len = (uint32_t)(p - v->p);
	return p;
}

static int
find_key(
    struct json_shape *shape, const struct level *level, struct json_value raw)
{
	struct text name = json_raw(raw);
	int i;

	if (UNLIKELY(raw.escaped)) {
		arena_clear(shape->decoded);
		name = json_text(raw, shape->decoded);
	}
	if ((level->lengths >> (name.len < 63 ? name.len : 63) & 1) == 0)
		return NO_KEY;
	for (i = 0; i < level->nr; i++)
		if (level->key[i].len == name.len &&
		    memcmp(level->key[i].name, name.p, name.len) == 0)
			return i;
	return NO_KEY;
}

/*
 * Read the key at p the long way, to behind the colon, and remember it for this
 * place.
 */
static __attribute__((noinline)) const char *
learn_key(struct scan *s, const struct level *level, struct place *place,
    const char *p, int *key, const bool lines)
{
	struct json_value name = { .kind = VALUE_STRING };
	const char *start = p;
	bool escaped = false;

	if (*p != '"')
		return fail(s, p, "a key is missing");
	name.p = p + 1;
	if ((p = string_end(s, p + 1, &escaped)) == NULL)
		return NULL;
	name.len = (uint32_t)(p - name.p);
	name.escaped = escaped;
	*key = find_key(s->shape, level, name);
	p = skip_blank(p + 1, lines);
	if (*p != ':')
		return fail(s, p, "':' is missing");
	p++;
	place->mask = 0;
	if (p - start <= KEY_PART) {
		place->len = (uint16_t)(p - start);
		place->key = (int16_t)*key;
		memcpy(place->part, start, place->len);
		place->mask = UINT64_MAX >> (KEY_PART - place->len);
	}
	return p;
}

static ALWAYS_INLINE const char *
read_key(struct scan *s, const struct level *level, unsigned *index,
    const char *p, int *key, const bool lines)
{
	struct place *place = &level->place[*index];
	unsigned i;

	if (LIKELY(place_hit(p, place))) {
		*key = place->key;
		return p + place->len;
	}
	for (i = *index + 1; i <= *index + AHEAD && i < PLACES; i++)
		if (place_hit(p, &level->place[i])) {
			*index = i;
			*key = level->place[i].key;
			return p + level->place[i].len;
		}
	return learn_key(s, level, place, p, key, lines);
}

/*
 * The object at p, whose wanted values go to the fields. The caller cleared the
 * fields of the level.
 */
static const char *scan_object_line(
    struct scan *, const struct level *, const char *p, unsigned depth);
static const char *scan_object_document(
    struct scan *, const struct level *, const char *p, unsigned depth);

static void
clear_fields(struct scan *s, const struct level *level)
{
	size_t i;

	for (i = 0; i < level->under_nr; i++)
		s->field[level->under[i]] = (struct json_value){ 0 };
}

/* The value of a key that is wanted, or has wanted ones below. */
static ALWAYS_INLINE const char *
scan_wanted(struct scan *s, const struct key *key, const char *p,
    unsigned depth, const bool lines)
{
	struct json_value v;

	if (key->below == NULL)
		return skip_value(s, p, &s->field[key->slot], depth, lines);
	/* a key that came before counts no more */
	clear_fields(s, key->below);
	if (*p == '{') {
		v = (struct json_value){ .p = p, .kind = VALUE_OBJECT };
		p = lines ? scan_object_document(s, key->below, p, depth)
			  : scan_object_line(s, key->below, p, depth);
		if (p != NULL)
			v.len = (uint32_t)(p - v.p);
	} else {
		p = skip_value(s, p, &v, depth, lines);
	}
	if (key->slot != NO_SLOT && p != NULL)
		s->field[key->slot] = v;
	return p;
}

static ALWAYS_INLINE const char *
scan_object(struct scan *s, const struct level *level, const char *p,
    unsigned depth, const bool lines)
{
	struct json_value unwanted;
	unsigned index = 0;
	int key;

	if (*p != '{')
		return fail(s, p, "not a JSON object");
	if (depth > JSON_DEPTH)
		return fail(s, p, "nested too deep");
	p = skip_blank(p + 1, lines);
	if (*p == '}')
		return p + 1;
	for (;;) {
		p = read_key(s, level, &index, p, &key, lines);
		if (UNLIKELY(p == NULL))
			return NULL;
		p = skip_blank(p, lines);
		if (key == NO_KEY)
			p = skip_value(s, p, &unwanted, depth + 1, lines);
		else
			p = scan_wanted(
			    s, &level->key[key], p, depth + 1, lines);
		if (UNLIKELY(p == NULL))
			return NULL;
		p = skip_blank(p, lines);
		if (*p != ',')
			break;
		p = skip_blank(p + 1, lines);
		if (index < PLACES - 1)
			index++;
	}
	if (*p != '}')
		return fail(s, p, "',' or '}' is missing");
	return p + 1;
}

static const char *
scan_object_line(
    struct scan *s, const struct level *level, const char *p, unsigned depth)
{
	return scan_object(s, level, p, depth, false);
}

static const char *
scan_object_document(
    struct scan *s, const struct level *level, const char *p, unsigned depth)
{
	return scan_object(s, level, p, depth, true);
}

static __attribute__((cold)) int
scan_failed(const struct scan *s, const char *start, struct fault *f)
{
	return fault_set(f, FAULT_DATA, "byte %zu: %s",
	    (size_t)(s->bad - start) + 1, s->why);
}

int
json_scan_line(struct json_shape *shape, const char *p,
    struct json_value *field, const char **end, struct fault *f)
{
	struct scan s = { .shape = shape, .field = field };
	const char *start = p;

	clear_fields(&s, shape->top);
	p = scan_object_line(&s, shape->top, skip_blank(p, false), 1);
	if (UNLIKELY(p == NULL)) {
		*end = s.bad;
		return scan_failed(&s, start, f);
	}
	p = skip_blank(p, false);
	*end = p;
	if (UNLIKELY(*p != '\n')) {
		s.bad = p;
		s.why = "text behind the object";
		return scan_failed(&s, start, f);
	}
	return 0;
}

int
json_scan_document(struct json_shape *shape, const char *p, size_t len,
    struct json_value *field, struct fault *f)
{
	struct scan s = { .shape = shape, .field = field };
	const char *start = p;

	clear_fields(&s, shape->top);
	if (len > UINT32_MAX)
		return fault_set(f, FAULT_DATA, "larger than 4 GiB");
	p = scan_object_document(&s, shape->top, skip_blank(p, true), 1);
	if (p == NULL)
		return scan_failed(&s, start, f);
	p = skip_blank(p, true);
	if (p != start + len) {
		s.bad = p;
		s.why = "text behind the object";
		return scan_failed(&s, start, f);
	}
	return 0;
}

void
json_scan_value(struct json_shape *shape, struct json_value object,
    struct json_value *field)
{
	struct scan s = { .shape = shape, .field = field };

	clear_fields(&s, shape->top);
	if (object.kind == VALUE_OBJECT)
		(void)scan_object_document(&s, shape->top, object.p, 1);
}

bool
json_next(struct json_value of, const char **at, struct json_value *key,
    struct json_value *value)
{
	struct scan s = { 0 };
	struct json_value name;
	const char *p;

	if (of.kind != VALUE_OBJECT && of.kind != VALUE_ARRAY)
		return false;
	p = *at == NULL ? of.p + 1 : *at;
	p = skip_blank(p, true);
	if (*p == ',')
		p = skip_blank(p + 1, true);
	if (*p == '}' || *p == ']')
		return false;
	if (of.kind == VALUE_OBJECT) {
		if ((p = skip_value(&s, p, &name, 1, true)) == NULL)
			return false;
		if (key != NULL)
			*key = name;
		p = skip_blank(p, true);
		p = skip_blank(p + 1, true);
	}
	p = skip_value(&s, p, value, 1, true);
	*at = p;
	return p != NULL;
}

static unsigned
hex4(const char *p)
{
	unsigned value = 0;
	int i;

	for (i = 0; i < 4; i++)
		value = value << 4 |
			(unsigned)(p[i] <= '9' ? p[i] - '0'
					       : (p[i] | 32) - 'a' + 10);
	return value;
}

static char *
put_utf8(char *o, unsigned c)
{
	if (c < 0x80) {
		*o++ = (char)c;
	} else if (c < 0x800) {
		*o++ = (char)(0xc0 | c >> 6);
		*o++ = (char)(0x80 | (c & 0x3f));
	} else if (c < 0x10000) {
		*o++ = (char)(0xe0 | c >> 12);
		*o++ = (char)(0x80 | (c >> 6 & 0x3f));
		*o++ = (char)(0x80 | (c & 0x3f));
	} else {
		*o++ = (char)(0xf0 | c >> 18);
		*o++ = (char)(0x80 | (c >> 12 & 0x3f));
		*o++ = (char)(0x80 | (c >> 6 & 0x3f));
		*o++ = (char)(0x80 | (c & 0x3f));
	}
	return o;
}

/* The code point of the \u escape at *p; moves *p behind it, or both of two. */
static unsigned
unicode_escape(const char **p, const char *end)
{
	const char *at = *p + 6;
	unsigned c = hex4(*p + 2), low;

	if (c >= 0xd800 && c < 0xdc00 && end - at >= 6 && at[0] == '\\' &&
	    at[1] == 'u') {
		low = hex4(at + 2);
		if (low >= 0xdc00 && low < 0xe000) {
			*p = at + 6;
			return 0x10000 + ((c - 0xd800) << 10) + (low - 0xdc00);
		}
	}
	*p = at;
	return c >= 0xd800 && c < 0xe000 ? 0xfffd : c;
}

static char *
put_escape(char *o, const char **p, const char *end)
{
	char c = (*p)[1];

	if (c == 'u')
		return put_utf8(o, unicode_escape(p, end));
	switch (c) {
	case 'b':
		c = '\b';
		break;
	case 'f':
		c = '\f';
		break;
	case 'n':
		c = '\n';
		break;
	case 'r':
		c = '\r';
		break;
	case 't':
		c = '\t';
		break;
	default:
		break;
	}
	*p += 2;
	*o++ = c;
	return o;
}

struct text
json_text(struct json_value v, struct arena *scratch)
{
	const char *p = v.p, *end = v.p + v.len;
	char *start, *o;

	if (v.kind != VALUE_STRING)
		return (struct text){ NULL, 0 };
	if (!v.escaped)
		return (struct text){ v.p, v.len };
	/* no escape is shorter than what it stands for */
	start = o = arena_alloc(scratch, v.len);
	while (p < end)
		if (*p == '\\')
			o = put_escape(o, &p, end);
		else
			*o++ = *p++;
	return (struct text){ start, (size_t)(o - start) };
}

bool
json_double(struct json_value v, double *x)
{
	return v.kind == VALUE_NUMBER && num_parse(json_raw(v), x);
}

bool
json_int64(struct json_value v, int64_t *x)
{
	return v.kind == VALUE_NUMBER && num_parse_int(json_raw(v), x);
}

/* A comma, unless this is the first thing where it stands. */
static void
put_comma(struct buf *b)
{
	char last = b->len == 0 ? '{' : b->p[b->len - 1];

	if (last != '{' && last != '[' && last != ':' && last != ',' &&
	    last != '\n')
		buf_char(b, ',');
}

void
json_open(struct buf *b)
{
	put_comma(b);
	buf_char(b, '{');
}

void
json_close(struct buf *b)
{
	buf_char(b, '}');
}

void
json_open_array(struct buf *b)
{
	put_comma(b);
	buf_char(b, '[');
}

void
json_close_array(struct buf *b)
{
	buf_char(b, ']');
}

static void
put_escaped_byte(struct buf *b, unsigned char c)
{
	static const char hex[] = "0123456789abcdef";
	char escape[6] = "\\u00";

	switch (c) {
	case '"':
		buf_str(b, "\\\"");
		return;
	case '\\':
		buf_str(b, "\\\\");
		return;
	case '\n':
		buf_str(b, "\\n");
		return;
	case '\r':
		buf_str(b, "\\r");
		return;
	case '\t':
		buf_str(b, "\\t");
		return;
	default:
		escape[4] = hex[c >> 4];
		escape[5] = hex[c & 15];
		buf_add(b, escape, sizeof(escape));
	}
}

/* Bytes from i on that stand in a string as they are. */
static size_t
plain_length(struct text t, size_t i)
{
	size_t start = i, len;
	unsigned char c;

	while (i < t.len) {
		c = (unsigned char)t.p[i];
		if (c == '"' || c == '\\' || c < 0x20)
			break;
		if (c < 0x80) {
			i++;
			continue;
		}
		/* a sequence cut by the end of the text must not be read */
		if (t.len - i < 4) {
			unsigned char tail[4] = { 0 };

			memcpy(tail, t.p + i, t.len - i);
			len = utf8_length(tail);
		} else {
			len = utf8_length((const unsigned char *)t.p + i);
		}
		if (len == 0)
			break;
		i += len;
	}
	return i - start;
}

static void
put_string(struct buf *b, struct text t)
{
	size_t i = 0, len;

	buf_char(b, '"');
	while (i < t.len) {
		len = plain_length(t, i);
		buf_add(b, t.p + i, len);
		i += len;
		if (i == t.len)
			break;
		if ((unsigned char)t.p[i] < 0x80)
			put_escaped_byte(b, (unsigned char)t.p[i]);
		else
			buf_str(b, "\xef\xbf\xbd");
		i++;
	}
	buf_char(b, '"');
}

void
json_key_text(struct buf *b, struct text key)
{
	put_comma(b);
	put_string(b, key);
	buf_char(b, ':');
}

void
json_key(struct buf *b, const char *key)
{
	json_key_text(b, text_of(key));
}

void
json_put_text(struct buf *b, struct text t)
{
	if (t.p == NULL) {
		json_put_null(b);
		return;
	}
	put_comma(b);
	put_string(b, t);
}

void
json_put_str(struct buf *b, const char *s)
{
	json_put_text(b, text_of(s));
}

void
json_put_number(struct buf *b, double x)
{
	char text[NUM_MAX];

	if (!isfinite(x)) {
		json_put_null(b);
		return;
	}
	put_comma(b);
	buf_str(b, num_format(x, text));
}

void
json_put_int(struct buf *b, int64_t x)
{
	put_comma(b);
	buf_printf(b, "%lld", (long long)x);
}

void
json_put_bool(struct buf *b, bool x)
{
	put_comma(b);
	buf_str(b, x ? "true" : "false");
}

void
json_put_null(struct buf *b)
{
	put_comma(b);
	buf_str(b, "null");
}

void
json_put_raw(struct buf *b, struct text t)
{
	size_t i, start;

	put_comma(b);
	start = b->len;
	buf_text(b, t);
	if (b->over || memchr(t.p, '\n', t.len) == NULL)
		return;
	for (i = start; i < b->len; i++)
		if (b->p[i] == '\n' || b->p[i] == '\r')
			b->p[i] = ' ';
}
