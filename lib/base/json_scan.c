/*
 * The pass over a text. Compiled once for any processor, and again by
 * json_scan_avx2.c.
 */
#include "base/json_scan.h"

#ifndef JSON_SCANNER
#define JSON_SCANNER json_scanner_base
#endif

#define AHEAD 2 /* places tried behind the one due: members left out */

#define ALWAYS_INLINE inline __attribute__((always_inline))
#define UNLIKELY(x)   __builtin_expect(!!(x), 0)
#define LIKELY(x)     __builtin_expect(!!(x), 1)

static __attribute__((cold)) const char *
fail(struct json_scan *s, const char *at, const char *why)
{
	s->bad = at;
	s->why = why;
	return NULL;
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
 * The vector step: a block of bytes, which of them end a run in a string (a
 * quote, a backslash, a control character), which are above 0x7f, and whether
 * 64 bytes are those of a place. Everything else is the same for all processors.
 */
#if defined(__AVX2__)
#include <immintrin.h>

#define BLOCK 32

static ALWAYS_INLINE uint32_t
block_stops(const char *p, uint32_t *high)
{
	const __m256i v = _mm256_loadu_si256((const void *)p);
	const __m256i quote = _mm256_cmpeq_epi8(v, _mm256_set1_epi8('"'));
	const __m256i slash = _mm256_cmpeq_epi8(v, _mm256_set1_epi8('\\'));
	const __m256i control =
	    _mm256_cmpeq_epi8(_mm256_min_epu8(v, _mm256_set1_epi8(0x1f)), v);

	*high = (uint32_t)_mm256_movemask_epi8(v);
	return (uint32_t)_mm256_movemask_epi8(
	    _mm256_or_si256(_mm256_or_si256(quote, slash), control));
}

static ALWAYS_INLINE uint32_t
same_32(const char *a, const char *b)
{
	return (uint32_t)_mm256_movemask_epi8(
	    _mm256_cmpeq_epi8(_mm256_loadu_si256((const void *)a),
		_mm256_load_si256((const void *)b)));
}
#elif defined(__SSE2__) && !defined(JSON_PLAIN)
#include <emmintrin.h>

#define BLOCK 16

static ALWAYS_INLINE uint32_t
block_stops(const char *p, uint32_t *high)
{
	const __m128i v = _mm_loadu_si128((const void *)p);
	const __m128i quote = _mm_cmpeq_epi8(v, _mm_set1_epi8('"'));
	const __m128i slash = _mm_cmpeq_epi8(v, _mm_set1_epi8('\\'));
	const __m128i control =
	    _mm_cmpeq_epi8(_mm_min_epu8(v, _mm_set1_epi8(0x1f)), v);

	*high = (uint32_t)_mm_movemask_epi8(v);
	return (uint32_t)_mm_movemask_epi8(
	    _mm_or_si128(_mm_or_si128(quote, slash), control));
}

static ALWAYS_INLINE uint32_t
same_16(const char *a, const char *b)
{
	return (uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(
	    _mm_loadu_si128((const void *)a), _mm_load_si128((const void *)b)));
}

static ALWAYS_INLINE uint32_t
same_32(const char *a, const char *b)
{
	return same_16(a, b) | same_16(a + 16, b + 16) << 16;
}
#else
#define BLOCK 8

/* One byte at a time: for processors without a step of their own. */
static ALWAYS_INLINE uint32_t
block_stops(const char *p, uint32_t *high)
{
	uint32_t stops = 0;
	int i;

	*high = 0;
	for (i = 0; i < BLOCK; i++) {
		stops |= (uint32_t)(p[i] == '"' || p[i] == '\\' ||
				    (unsigned char)p[i] < 0x20)
			 << i;
		*high |= (uint32_t)((unsigned char)p[i] >> 7) << i;
	}
	return stops;
}

static ALWAYS_INLINE uint32_t
same_32(const char *a, const char *b)
{
	uint32_t same = 0;
	int i;

	for (i = 0; i < 32; i++)
		same |= (uint32_t)(a[i] == b[i]) << i;
	return same;
}
#endif

/* The first stop from p on; high gets bits when a byte above 0x7f is passed. */
static ALWAYS_INLINE const char *
plain_run(const char *p, uint32_t *high)
{
	uint32_t stops, highs;

	for (;;) {
		stops = block_stops(p, &highs);
		if (LIKELY(stops != 0)) {
			/* the bits below the first stop */
			*high |= highs & (stops - 1) & ~stops;
			return p + __builtin_ctz(stops);
		}
		*high |= highs;
		p += BLOCK;
	}
}

/* The bytes at p are those of the place. */
static ALWAYS_INLINE bool
place_hit(const char *p, const struct json_place *place)
{
	uint32_t same = same_32(p, place->part);

	if ((~same & (uint32_t)place->mask) != 0 || place->mask == 0)
		return false;
	if (LIKELY(place->mask >> 32 == 0))
		return true;
	same = same_32(p + 32, place->part + 32);
	return (~same & (uint32_t)(place->mask >> 32)) == 0;
}

static bool
is_hex(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') ||
	       (c >= 'A' && c <= 'F');
}

/* Behind the escape at p; p[0] is the backslash. */
static const char *
skip_escape(struct json_scan *s, const char *p)
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
 * The closing quote of a string, from a stop in it that is none on: escapes are
 * checked and passed.
 */
static __attribute__((noinline)) const char *
string_rest(struct json_scan *s, const char *p, uint32_t *high)
{
	for (;;) {
		if (*p == '"')
			return p;
		if (*p != '\\') {
			if (*p == '\n' || *p == '\0')
				return fail(s, p, "the text ends in a string");
			return fail(s, p, "control character in a string");
		}
		if ((p = skip_escape(s, p)) == NULL)
			return NULL;
		p = plain_run(p, high);
	}
}

/*
 * p is behind the opening quote; returns the closing one. UTF-8 is checked, only
 * where a byte above 0x7f was met.
 */
static ALWAYS_INLINE const char *
string_end(struct json_scan *s, const char *p, bool *escaped)
{
	const char *start = p, *bad;
	uint32_t high = 0;

	p = plain_run(p, &high);
	*escaped = *p != '"';
	if (UNLIKELY(*escaped) && (p = string_rest(s, p, &high)) == NULL)
		return NULL;
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
skip_number(struct json_scan *s, const char *p)
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
skip_word(struct json_scan *s, const char *p, uint8_t *kind)
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
skip_nested(
    struct json_scan *s, const char *p, unsigned depth, const bool lines)
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
skip_nested_line(struct json_scan *s, const char *p, unsigned depth)
{
	return skip_nested(s, p, depth, false);
}

static __attribute__((noinline)) const char *
skip_nested_document(struct json_scan *s, const char *p, unsigned depth)
{
	return skip_nested(s, p, depth, true);
}

static ALWAYS_INLINE const char *
skip_string(struct json_scan *s, const char *p, struct json_value *v)
{
	const char *end;

	v->p = p + 1;
	v->kind = VALUE_STRING;
	if ((end = string_end(s, p + 1, &v->escaped)) == NULL)
		return NULL;
	v->len = (uint32_t)(end - p - 1);
	return end + 1;
}

/* A value that is no string, or has blanks in front. */
static ALWAYS_INLINE const char *
skip_other(struct json_scan *s, const char *p, struct json_value *v,
    unsigned depth, const bool lines)
{
	p = skip_blank(p, lines);
	if (*p == '"')
		return skip_string(s, p, v);
	v->p = p;
	v->escaped = false;
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

/* The value at p, whatever it is. */
static ALWAYS_INLINE const char *
skip_value(struct json_scan *s, const char *p, struct json_value *v,
    unsigned depth, const bool lines)
{
	if (*p == '"')
		return skip_string(s, p, v);
	return skip_other(s, p, v, depth, lines);
}

/* Which key of the level it is; NULL when it is none. */
static const struct json_wanted *
find_key(
    struct json_scan *s, const struct json_level *level, struct json_value raw)
{
	struct text name = json_raw(raw);
	size_t i;

	if (raw.escaped) {
		arena_clear(s->decoded);
		name = json_text(raw, s->decoded);
	}
	if ((level->lengths >> (name.len < 63 ? name.len : 63) & 1) == 0)
		return NULL;
	for (i = 0; i < level->nr; i++)
		if (level->key[i].len == name.len &&
		    memcmp(level->key[i].name, name.p, name.len) == 0)
			return &level->key[i];
	return NULL;
}

/*
 * Read the key at p the long way, to behind the colon, and remember it for this
 * place together with the '{' or ',' in front, if nothing stands between. A key
 * that cannot be remembered is still in the place, with a mask that hits nothing.
 */
static const char *
learn_key(struct json_scan *s, const struct json_level *level,
    struct json_place *place, const char *start, const char *p,
    const bool lines)
{
	const struct json_wanted *key;
	struct json_value name = { .kind = VALUE_STRING };
	bool tight = p == start + 1;

	if (*p != '"')
		return fail(s, p, "a key is missing");
	name.p = p + 1;
	if ((p = string_end(s, p + 1, &name.escaped)) == NULL)
		return NULL;
	name.len = (uint32_t)(p - name.p);
	key = find_key(s, level, name);
	tight = tight && p[1] == ':';
	p = skip_blank(p + 1, lines);
	if (*p != ':')
		return fail(s, p, "':' is missing");
	p++;
	place->slot = key == NULL ? JSON_NOWHERE : key->slot;
	place->below = key == NULL ? NULL : key->below;
	place->mask = 0;
	place->len = (size_t)(p - start);
	if (tight && place->len <= JSON_KEY_PART) {
		memcpy(place->part, start, place->len);
		place->mask = UINT64_MAX >> (JSON_KEY_PART - place->len);
	}
	return p;
}

/*
 * What stands at p, where the place due does not: a later place, a key not seen
 * here before, or the end of the object, for which *place is set to NULL.
 */
static __attribute__((noinline)) const char *
next_key(struct json_scan *s, const struct json_level *level,
    struct json_place **place, const char *p, const bool lines)
{
	struct json_place *last = &level->place[JSON_PLACES - 1], *ahead;
	const bool first = *place == level->place;
	const char *start;

	start = p = skip_blank(p, lines);
	if (*p == (first ? '{' : ',')) {
		for (ahead = *place + 1;
		     ahead <= *place + AHEAD && ahead <= last; ahead++)
			if (place_hit(p, ahead)) {
				*place = ahead;
				return p + ahead->len;
			}
		p = skip_blank(p + 1, lines);
		if (!first || *p != '}')
			return learn_key(s, level, *place, start, p, lines);
	} else if (first || *p != '}') {
		return fail(s, p,
		    first ? "not a JSON object" : "',' or '}' is missing");
	}
	*place = NULL;
	return p + 1;
}

static const char *scan_object_line(struct json_scan *,
    const struct json_level *, const char *p, unsigned depth);
static const char *scan_object_document(struct json_scan *,
    const struct json_level *, const char *p, unsigned depth);

/* The value of a key below which something is wanted. */
static ALWAYS_INLINE const char *
scan_below(struct json_scan *s, const struct json_place *place, const char *p,
    unsigned depth, const bool lines)
{
	const struct json_level *below = place->below;
	struct json_value v = { .kind = VALUE_OBJECT };
	size_t i;

	/* a key that came before counts no more */
	for (i = 0; i < below->under_nr; i++)
		s->value[below->under[i]] = (struct json_value){ 0 };
	p = skip_blank(p, lines);
	v.p = p;
	if (*p != '{')
		p = skip_value(s, p, &v, depth, lines);
	else if (lines)
		p = scan_object_document(s, below, p, depth);
	else
		p = scan_object_line(s, below, p, depth);
	if (p == NULL)
		return NULL;
	if (v.kind == VALUE_OBJECT)
		v.len = (uint32_t)(p - v.p);
	s->value[place->slot] = v;
	return p;
}

static ALWAYS_INLINE const char *
scan_object(struct json_scan *s, const struct json_level *level, const char *p,
    unsigned depth, const bool lines)
{
	struct json_place *place = level->place;
	const struct json_place *last = &level->place[JSON_PLACES - 1];

	if (depth > JSON_DEPTH)
		return fail(s, p, "nested too deep");
	for (;;) {
		if (LIKELY(place_hit(p, place))) {
			p += place->len;
		} else {
			p = next_key(s, level, &place, p, lines);
			if (p == NULL || place == NULL)
				return p;
		}
		if (UNLIKELY(place->below != NULL))
			p = scan_below(s, place, p, depth + 1, lines);
		else
			p = skip_value(
			    s, p, &s->value[place->slot], depth + 1, lines);
		if (UNLIKELY(p == NULL))
			return NULL;
		if (LIKELY(place < last))
			place++;
	}
}

static const char *
scan_object_line(struct json_scan *s, const struct json_level *level,
    const char *p, unsigned depth)
{
	return scan_object(s, level, p, depth, false);
}

static const char *
scan_object_document(struct json_scan *s, const struct json_level *level,
    const char *p, unsigned depth)
{
	return scan_object(s, level, p, depth, true);
}

static const char *
whole_line(struct json_scan *s, const struct json_level *level, const char *p)
{
	p = scan_object_line(s, level, skip_blank(p, false), 1);
	return p == NULL ? NULL : skip_blank(p, false);
}

static const char *
whole_document(
    struct json_scan *s, const struct json_level *level, const char *p)
{
	p = scan_object_document(s, level, skip_blank(p, true), 1);
	return p == NULL ? NULL : skip_blank(p, true);
}

static const char *
skip_any(const char *p, struct json_value *v)
{
	struct json_scan s = { 0 };

	return skip_value(&s, p, v, 1, true);
}

const struct json_scanner JSON_SCANNER = { whole_line, whole_document,
	skip_any };
