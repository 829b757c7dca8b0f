#include "record/message.h"

#include <stdlib.h>

#include "base/sha256.h"
#include "base/utf8.h"
#include "base/xalloc.h"

#define ID_LEAST      3
#define ID_MOST	      64
#define KEY_MOST      400
#define ELEMENTS_MOST 10 /* of a context */

static bool
is_id(struct text id, const char *first)
{
	size_t i;

	if (id.len < ID_LEAST || id.len > ID_MOST ||
	    memchr(first, id.p[0], strlen(first)) == NULL)
		return false;
	for (i = 1; i < id.len; i++)
		if (!(id.p[i] >= 'A' && id.p[i] <= 'Z') &&
		    !(id.p[i] >= '0' && id.p[i] <= '9'))
			return false;
	return true;
}

bool
slack_id_is_user(struct text id)
{
	return is_id(id, "UW");
}

bool
slack_id_is_conversation(struct text id)
{
	return is_id(id, "DCG");
}

void
message_want(struct message_fields *m, struct json_shape *shape)
{
	m->type = json_want(shape, "type");
	m->to = json_want(shape, "to");
	m->key = json_want(shape, "key");
	m->text = json_want(shape, "text");
	m->blocks = json_want(shape, "blocks");
}

bool
message_here(const struct message_fields *m, const struct record *rec)
{
	return text_is(record_text(rec, m->type), "message");
}

void
message_escape(struct text t, struct buf *b)
{
	size_t i;

	for (i = 0; i < t.len; i++)
		switch (t.p[i]) {
		case '&':
			buf_str(b, "&amp;");
			break;
		case '<':
			buf_str(b, "&lt;");
			break;
		case '>':
			buf_str(b, "&gt;");
			break;
		default:
			buf_char(b, t.p[i]);
		}
}

/*
 * The limits of blocks
 */
struct block_fields {
	size_t type, text, elements;
};

struct block_check {
	struct json_shape *shape, *inner;
	struct block_fields at;
	size_t inner_text;
	struct json_value field[3];
	struct arena *scratch;
	size_t sum; /* of all texts */
};

static int
check_size(struct text t, size_t most, const char *what, struct fault *f)
{
	size_t units = utf8_units(t);

	if (units <= most)
		return 0;
	return fault_set(f, FAULT_DATA,
	    "%s has %zu characters, and Slack takes %zu", what, units, most);
}

/* The text object of a block, or an element of a context. */
static int
check_object(struct block_check *c, struct json_value object, size_t most,
    const char *what, struct fault *f)
{
	struct json_value field[1];
	struct text t;

	if (object.kind != VALUE_OBJECT)
		return 0;
	json_scan_value(c->inner, object, field);
	t = json_text(field[c->inner_text], c->scratch);
	c->sum += utf8_units(t);
	return check_size(t, most, what, f);
}

static int
check_block(struct block_check *c, struct json_value block, struct fault *f)
{
	struct json_value element;
	const char *at = NULL;
	struct text type;
	size_t nr = 0;
	bool header;

	if (block.kind != VALUE_OBJECT)
		return fault_set(f, FAULT_DATA, "it is no object");
	json_scan_value(c->shape, block, c->field);
	type = json_text(c->field[c->at.type], c->scratch);
	if (type.len == 0)
		return fault_set(f, FAULT_DATA, "it has no type");
	header = text_is(type, "header");
	if (check_object(c, c->field[c->at.text],
		header ? MESSAGE_HEADER_MOST : MESSAGE_SECTION_MOST,
		header ? "the header" : "the text", f) == -1)
		return -1;
	if (!text_is(type, "context"))
		return 0;
	while (json_next(c->field[c->at.elements], &at, NULL, &element)) {
		nr++;
		if (check_object(c, element, MESSAGE_SECTION_MOST, "an element",
			f) == -1)
			return -1;
	}
	if (nr > ELEMENTS_MOST)
		return fault_set(f, FAULT_DATA,
		    "it has %zu elements, and Slack takes %d", nr,
		    ELEMENTS_MOST);
	return 0;
}

static int
check_each(struct block_check *c, struct json_value blocks, struct fault *f)
{
	struct json_value block;
	const char *at = NULL;
	size_t nr = 0;

	while (json_next(blocks, &at, NULL, &block)) {
		nr++;
		if (check_block(c, block, f) == -1)
			return fault_prefix(f, "block %zu: ", nr);
	}
	if (nr > MESSAGE_BLOCKS_MOST)
		return fault_set(f, FAULT_DATA,
		    "it has %zu blocks, and Slack takes %d", nr,
		    MESSAGE_BLOCKS_MOST);
	if (c->sum > MESSAGE_ALL_MOST)
		return fault_set(f, FAULT_DATA,
		    "its blocks have %zu characters, and Slack takes %d",
		    c->sum, MESSAGE_ALL_MOST);
	return 0;
}

static int
check_blocks(struct json_value blocks, struct fault *f)
{
	struct block_check c = { 0 };
	int status;

	if (blocks.kind <= VALUE_NULL)
		return 0;
	if (blocks.kind != VALUE_ARRAY)
		return fault_set(f, FAULT_DATA, "field 'blocks' is no array");
	c.shape = json_shape_new();
	c.inner = json_shape_new();
	c.scratch = arena_new();
	c.at.type = json_want(c.shape, "type");
	c.at.text = json_want(c.shape, "text");
	c.at.elements = json_want(c.shape, "elements");
	c.inner_text = json_want(c.inner, "text");
	status = check_each(&c, blocks, f);
	json_shape_free(c.shape);
	json_shape_free(c.inner);
	arena_free(c.scratch);
	return status;
}

/*
 * A record
 */
static int
check_text(const char *field, struct text t, struct fault *f)
{
	if (t.p == NULL || t.len == 0)
		return fault_set(
		    f, FAULT_DATA, "field '%s' is missing or no text", field);
	if (memchr(t.p, '\0', t.len) != NULL)
		return fault_set(f, FAULT_DATA, "field '%s' has a NUL", field);
	return 0;
}

static int
check_id(const char *field, struct text t, size_t most, struct fault *f)
{
	if (check_text(field, t, f) == -1)
		return -1;
	if (t.len > most)
		return fault_set(f, FAULT_DATA,
		    "field '%s' has %zu bytes, and %zu is the most", field,
		    t.len, most);
	return 0;
}

static int
check_length(struct text t, struct fault *f)
{
	struct buf escaped;
	int status;

	buf_init(&escaped, t.len * sizeof("&amp;"));
	message_escape(t, &escaped);
	status = check_size(
	    buf_view(&escaped), MESSAGE_TEXT_MOST, "field 'text'", f);
	buf_free(&escaped);
	return status;
}

static char *
make_key(struct text text, struct text blocks)
{
	char key[SHA256_BASE64];
	struct buf b;

	buf_init(&b, text.len + blocks.len + 1);
	buf_text(&b, text);
	buf_char(&b, '\0');
	buf_text(&b, blocks);
	sha256_base64(buf_view(&b), key);
	buf_free(&b);
	return xstrdup(key);
}

int
message_decode(struct message *m, const struct message_fields *field,
    const struct record *rec, struct fault *f)
{
	struct json_value blocks = rec->field[field->blocks];
	struct text to = record_text(rec, field->to);
	struct text key = record_text(rec, field->key);
	struct text text = record_text(rec, field->text), raw = { "", 0 };

	*m = (struct message){ 0 };
	if (check_id("to", to, KEY_MOST, f) == -1 ||
	    check_text("text", text, f) == -1 || check_length(text, f) == -1 ||
	    check_blocks(blocks, f) == -1)
		return -1;
	if (!slack_id_is_user(to) && !slack_id_is_conversation(to))
		return fault_set(f, FAULT_DATA,
		    "field 'to' is '%.*s', which is the id of no user and of "
		    "no conversation",
		    to.len > 60 ? 60 : (int)to.len, to.p);
	if (rec->field[field->key].kind > VALUE_NULL &&
	    check_id("key", key, KEY_MOST, f) == -1)
		return -1;
	if (blocks.kind == VALUE_ARRAY) {
		raw = json_raw(blocks);
		m->blocks = xstrndup(raw.p, raw.len);
	}
	m->to = xstrndup(to.p, to.len);
	m->text = xstrndup(text.p, text.len);
	m->key = key.p != NULL ? xstrndup(key.p, key.len) : make_key(text, raw);
	return 0;
}

void
message_free(struct message *m)
{
	free(m->to);
	free(m->key);
	free(m->text);
	free(m->blocks);
}

void
message_encode(struct text to, struct text key, struct text text,
    struct text blocks, struct buf *b)
{
	json_open(b);
	json_key(b, "type");
	json_put_str(b, "message");
	json_key(b, "to");
	json_put_text(b, to);
	json_key(b, "key");
	json_put_text(b, key);
	json_key(b, "text");
	json_put_text(b, text);
	if (blocks.p != NULL) {
		json_key(b, "blocks");
		json_open_array(b);
		json_put_raw(b, blocks);
		json_close_array(b);
	}
	json_close(b);
}
