#include "slack/message.h"

#include <stdlib.h>
#include <string.h>

#include "base/sha256.h"
#include "base/xalloc.h"
#include "slack/client.h"

#define TEXT_MOST   40000
#define KEY_MOST    400
#define BLOCKS_MOST 50
#define ALL_MOST    ((size_t)1 << 20)

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

/* & < and > as Slack wants them in what is no markup. */
static void
escape(struct buf *b, const char *text)
{
	for (; *text != '\0'; text++)
		switch (*text) {
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
			buf_char(b, *text);
		}
}

static int
check_blocks(struct json_value blocks, struct fault *f)
{
	struct json_value block;
	const char *at = NULL;
	size_t nr = 0;

	if (blocks.kind <= VALUE_NULL)
		return 0;
	if (blocks.kind != VALUE_ARRAY)
		return fault_set(f, FAULT_DATA, "field 'blocks' is no array");
	while (json_next(blocks, &at, NULL, &block)) {
		if (block.kind != VALUE_OBJECT)
			return fault_set(
			    f, FAULT_DATA, "block %zu is no object", nr + 1);
		nr++;
	}
	if (nr > BLOCKS_MOST)
		return fault_set(f, FAULT_DATA,
		    "it has %zu blocks, and Slack takes %d", nr, BLOCKS_MOST);
	return 0;
}

static int
check_text(const char *field, struct text t, size_t most, struct fault *f)
{
	if (t.p == NULL || t.len == 0)
		return fault_set(
		    f, FAULT_DATA, "field '%s' is missing or no text", field);
	if (memchr(t.p, '\0', t.len) != NULL)
		return fault_set(f, FAULT_DATA, "field '%s' has a NUL", field);
	if (t.len > most)
		return fault_set(f, FAULT_DATA,
		    "field '%s' has %zu bytes, and %zu is the most", field,
		    t.len, most);
	return 0;
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
	if (check_text("to", to, KEY_MOST, f) == -1 ||
	    check_text("text", text, TEXT_MOST, f) == -1 ||
	    check_blocks(blocks, f) == -1)
		return -1;
	if (!client_is_user(to) && !client_is_conversation(to))
		return fault_set(f, FAULT_DATA,
		    "field 'to' is '%.*s', which is the id of no user and of "
		    "no conversation",
		    to.len > 60 ? 60 : (int)to.len, to.p);
	if (rec->field[field->key].kind > VALUE_NULL &&
	    check_text("key", key, KEY_MOST, f) == -1)
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
message_put(
    const struct message *m, struct text channel, bool plain, struct buf *b)
{
	struct buf text;

	buf_init(&text, ALL_MOST);
	escape(&text, m->text);
	json_open(b);
	json_key(b, "channel");
	json_put_text(b, channel);
	json_key(b, "text");
	json_put_text(b, buf_view(&text));
	if (m->blocks != NULL && !plain) {
		json_key(b, "blocks");
		json_put_raw(b, text_of(m->blocks));
	}
	json_key(b, "unfurl_links");
	json_put_bool(b, false);
	json_key(b, "metadata");
	json_open(b);
	json_key(b, "event_type");
	json_put_str(b, MESSAGE_EVENT);
	json_key(b, "event_payload");
	json_open(b);
	json_key(b, "to");
	json_put_str(b, m->to);
	json_key(b, "key");
	json_put_str(b, m->key);
	json_close(b);
	json_close(b);
	json_close(b);
	buf_free(&text);
}
