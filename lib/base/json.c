#include "base/json.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/json_scan.h"
#include "base/num.h"
#include "base/xalloc.h"

struct json_shape {
	const struct json_scanner *scanner;
	struct json_level *top;
	struct json_value *value; /* by slot, counted from 1 */
	size_t slots;
	char **path; /* by slot, counted from 0 */
	struct arena *decoded;
};

/* The scanner that suits this processor. */
static const struct json_scanner *
scanner(void)
{
#if defined(__x86_64__) && !defined(JSON_PLAIN)
	if (__builtin_cpu_supports("avx2") && json_scanner_avx2.line != NULL)
		return &json_scanner_avx2;
#endif
	return &json_scanner_base;
}

static struct json_level *
level_new(void)
{
	struct json_level *level = xcalloc(1, sizeof(*level));

	level->place = aligned_alloc(64, JSON_PLACES * sizeof(*level->place));
	if (level->place == NULL)
		level->place = xcalloc(JSON_PLACES, sizeof(*level->place));
	memset(level->place, 0, JSON_PLACES * sizeof(*level->place));
	return level;
}

static void
level_free(struct json_level *level)
{
	size_t i;

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

	shape->scanner = scanner();
	shape->top = level_new();
	shape->value = xcalloc(1, sizeof(*shape->value));
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
	free(shape->value);
	level_free(shape->top);
	arena_free(shape->decoded);
	free(shape);
}

static struct json_wanted *
level_key(struct json_level *level, struct text name)
{
	struct json_wanted *key;
	size_t i;

	for (i = 0; i < level->nr; i++)
		if (text_equal(name,
			(struct text){ level->key[i].name, level->key[i].len }))
			return &level->key[i];
	level->key =
	    xreallocarray(level->key, level->nr + 1, sizeof(*level->key));
	key = &level->key[level->nr++];
	*key = (struct json_wanted){ xstrndup(name.p, name.len), name.len,
		JSON_NOWHERE, NULL };
	level->lengths |= UINT64_C(1) << (name.len < 63 ? name.len : 63);
	return key;
}

static void
level_reaches(struct json_level *level, size_t slot)
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
	struct json_level *level = shape->top;
	struct json_wanted *key = NULL;
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
	shape->value =
	    xreallocarray(shape->value, slot + 2, sizeof(*shape->value));

	buf_init(&name, SIZE_MAX / 2);
	for (;;) {
		rest = path_step(rest, &name);
		level_reaches(level, slot + 1);
		key = level_key(level, buf_view(&name));
		if (*rest == '\0')
			break;
		rest++;
		if (key->below == NULL)
			key->below = level_new();
		level = key->below;
	}
	key->slot = slot + 1;
	buf_free(&name);
	return slot;
}

size_t
json_wants(const struct json_shape *shape)
{
	return shape->slots;
}
/* Empty fields: what is not in the text is absent. */
static struct json_scan
scan_start(struct json_shape *shape)
{
	memset(shape->value, 0, (shape->slots + 1) * sizeof(*shape->value));
	return (struct json_scan){ .value = shape->value,
		.decoded = shape->decoded };
}

static void
scan_fields(const struct json_shape *shape, struct json_value *field)
{
	if (shape->slots > 0)
		memcpy(field, shape->value + 1, shape->slots * sizeof(*field));
}

static __attribute__((cold)) int
scan_failed(
    const char *start, const char *bad, const char *why, struct fault *f)
{
	return fault_set(
	    f, FAULT_DATA, "byte %zu: %s", (size_t)(bad - start) + 1, why);
}

int
json_scan_line(struct json_shape *shape, const char *p,
    struct json_value *field, const char **end, struct fault *f)
{
	struct json_scan s = scan_start(shape);

	*end = shape->scanner->line(&s, shape->top, p);
	if (*end == NULL) {
		*end = s.bad;
		return scan_failed(p, s.bad, s.why, f);
	}
	if (**end != '\n')
		return scan_failed(p, *end, "text behind the object", f);
	scan_fields(shape, field);
	return 0;
}

int
json_scan_document(struct json_shape *shape, const char *p, size_t len,
    struct json_value *field, struct fault *f)
{
	struct json_scan s = scan_start(shape);
	const char *end;

	if (len > UINT32_MAX)
		return fault_set(f, FAULT_DATA, "larger than 4 GiB");
	end = shape->scanner->document(&s, shape->top, p);
	if (end == NULL)
		return scan_failed(p, s.bad, s.why, f);
	if (end != p + len)
		return scan_failed(p, end, "text behind the object", f);
	scan_fields(shape, field);
	return 0;
}

void
json_scan_value(struct json_shape *shape, struct json_value object,
    struct json_value *field)
{
	struct json_scan s = scan_start(shape);

	if (object.kind == VALUE_OBJECT)
		(void)shape->scanner->document(&s, shape->top, object.p);
	scan_fields(shape, field);
}

static const char *
skip_space(const char *p)
{
	while (*p == ' ' || *p == '\t' || *p == '\r' || *p == '\n')
		p++;
	return p;
}

bool
json_next(struct json_value of, const char **at, struct json_value *key,
    struct json_value *value)
{
	struct json_value name;
	const char *p;

	if (of.kind != VALUE_OBJECT && of.kind != VALUE_ARRAY)
		return false;
	p = skip_space(*at == NULL ? of.p + 1 : *at);
	if (*p == ',')
		p = skip_space(p + 1);
	if (*p == '}' || *p == ']')
		return false;
	if (of.kind == VALUE_OBJECT) {
		p = skip_space(json_scanner_base.skip(p, &name));
		if (key != NULL)
			*key = name;
		p = skip_space(p + 1);
	}
	*at = json_scanner_base.skip(p, value);
	return true;
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
	const char *p = v.p, *end;
	char *start, *o;

	if (v.kind != VALUE_STRING)
		return (struct text){ NULL, 0 };
	end = p + v.len;
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
