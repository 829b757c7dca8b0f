/*
 * The parameter fields: which members of an answer are wanted
 *
 *	mask = item *("," item)
 *	item = name *(("." | "/") name) ["(" mask ")"]
 *
 * "*" is every name.
 */
#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "sandbox/google_impl.h"

#define MASK_DEEP 20
#define REPLY_MAX ((size_t)256 << 20)

struct mask {
	struct text name;
	bool all; /* of it, whatever of it was asked for besides */
	struct mask *in;
	size_t nr;
};

struct parser {
	const char *p, *end;
	unsigned depth;
};

static void
free_masks(struct mask *mask, size_t nr)
{
	size_t i;

	for (i = 0; i < nr; i++)
		free_masks(mask[i].in, mask[i].nr);
	free(mask);
}

static bool parse_list(struct parser *, struct mask *into);

static struct text
take_name(struct parser *parser)
{
	struct text name = { parser->p, 0 };

	while (parser->p < parser->end && strchr(",./()", *parser->p) == NULL)
		parser->p++;
	name.len = (size_t)(parser->p - name.p);
	return name;
}

/* The one of that name, new when it is not there yet. */
static struct mask *
mask_named(struct mask *into, struct text name)
{
	size_t i;

	for (i = 0; i < into->nr; i++)
		if (text_equal(into->in[i].name, name))
			return &into->in[i];
	into->in = xreallocarray(into->in, into->nr + 1, sizeof(*into->in));
	into->in[into->nr] = (struct mask){ .name = name };
	return &into->in[into->nr++];
}

static bool
parse_item(struct parser *parser, struct mask *into)
{
	struct text name = take_name(parser);
	struct mask *mask;
	bool good;
	char next;

	if (name.len == 0 || parser->depth == MASK_DEEP)
		return false;
	mask = mask_named(into, name);
	next = parser->p < parser->end ? *parser->p : ',';
	if (next == ',' || next == ')') {
		mask->all = true;
		return true;
	}
	parser->p++;
	parser->depth++;
	if (next == '(') {
		good = parse_list(parser, mask) && parser->p < parser->end &&
		       *parser->p == ')';
		parser->p++;
	} else {
		good = parse_item(parser, mask);
	}
	parser->depth--;
	return good;
}

static bool
parse_list(struct parser *parser, struct mask *into)
{
	for (;;) {
		if (!parse_item(parser, into))
			return false;
		if (parser->p >= parser->end || *parser->p != ',')
			return true;
		parser->p++;
	}
}

static bool
parse(struct text t, struct mask *mask)
{
	struct parser parser = { t.p, t.p + t.len, 0 };

	*mask = (struct mask){ 0 };
	if (t.len > 0 && memchr(t.p, '\0', t.len) == NULL &&
	    parse_list(&parser, mask) && parser.p == parser.end)
		return true;
	free_masks(mask->in, mask->nr);
	return false;
}

static const struct mask *
find(const struct mask *mask, struct text name)
{
	size_t i;

	for (i = 0; i < mask->nr; i++)
		if (text_equal(mask->in[i].name, name) ||
		    text_is(mask->in[i].name, "*"))
			return &mask->in[i];
	return NULL;
}

/* The first name asked for that there is not; "no text" when all are known. */
static struct text
unknown_name(const struct mask *asked, const struct mask *known)
{
	const struct mask *at;
	struct text name;
	size_t i;

	for (i = 0; i < asked->nr; i++) {
		if (text_is(asked->in[i].name, "*"))
			continue;
		at = find(known, asked->in[i].name);
		if (at == NULL)
			return asked->in[i].name;
		name = unknown_name(&asked->in[i], at);
		if (name.p != NULL)
			return name;
	}
	return (struct text){ NULL, 0 };
}

static void
put_masked(struct buf *b, json_t *value, const struct mask *mask)
{
	const struct mask *in;
	const char *key;
	json_t *element;
	size_t i;

	switch (json_typeof(value)) {
	case JSON_OBJECT:
		json_open(b);
		json_object_foreach (value, key, element) {
			in = mask->all ? mask : find(mask, text_of(key));
			if (in == NULL)
				continue;
			json_key(b, key);
			put_masked(b, element, in);
		}
		json_close(b);
		break;
	case JSON_ARRAY:
		json_open_array(b);
		json_array_foreach (value, i, element)
			put_masked(b, element, mask);
		json_close_array(b);
		break;
	case JSON_STRING:
		json_put_text(b, (struct text){ json_string_value(value),
				     json_string_length(value) });
		break;
	case JSON_INTEGER:
		json_put_int(b, json_integer_value(value));
		break;
	case JSON_REAL:
		json_put_number(b, json_real_value(value));
		break;
	case JSON_TRUE:
	case JSON_FALSE:
		json_put_bool(b, json_is_true(value));
		break;
	case JSON_NULL:
		json_put_null(b);
		break;
	}
}

static void
filter(struct google_call *g, const struct mask *mask)
{
	json_t *whole = json_loadb(g->out->p, g->out->len, 0, NULL);
	struct buf kept;

	if (whole == NULL)
		return;
	buf_init(&kept, REPLY_MAX);
	put_masked(&kept, whole, mask);
	buf_char(&kept, '\n');
	json_decref(whole);
	buf_free(g->out);
	*g->out = kept;
}

bool
google_mask(struct google_call *g, struct text text, const char *known_text)
{
	struct mask asked, known;
	struct text unknown;

	if (!parse(text, &asked))
		return google_violation(
		    g->call, "fields", "Request contains an invalid argument.");
	parse(text_of(known_text), &known);
	unknown = unknown_name(&asked, &known);
	free_masks(known.in, known.nr);
	if (unknown.p != NULL) {
		free_masks(asked.in, asked.nr);
		return google_violation(g->call, "fields",
		    "Error expanding 'fields' parameter. Cannot find matching "
		    "fields for path '%.*s'.",
		    TEXT_ARG(unknown));
	}
	filter(g, &asked);
	free_masks(asked.in, asked.nr);
	return true;
}
