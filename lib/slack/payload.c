#include "slack/payload.h"

#define ALL_MOST ((size_t)1 << 20)

void
payload_put(
    const struct message *m, struct text channel, bool plain, struct buf *b)
{
	struct buf text;

	buf_init(&text, ALL_MOST);
	message_escape(text_of(m->text), &text);
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
	json_put_str(b, PAYLOAD_EVENT);
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
