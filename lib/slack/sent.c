#include "slack/sent.h"

#include <stdlib.h>

#include "base/xalloc.h"

#define CURSOR_MAX 4096

struct sent {
	const struct message *message;
	struct json_shape *page, *one;
	struct arena *scratch;
	struct buf cursor;
};

struct sent *
sent_new(const struct message *message)
{
	struct sent *s = xcalloc(1, sizeof(*s));

	s->message = message;
	s->page = json_shape_new();
	json_want(s->page, "messages");
	json_want(s->page, "response_metadata.next_cursor");
	s->one = json_shape_new();
	json_want(s->one, "metadata.event_type");
	json_want(s->one, "metadata.event_payload.to");
	json_want(s->one, "metadata.event_payload.key");
	s->scratch = arena_new();
	buf_init(&s->cursor, CURSOR_MAX);
	return s;
}

void
sent_free(struct sent *s)
{
	if (s == NULL)
		return;
	json_shape_free(s->page);
	json_shape_free(s->one);
	arena_free(s->scratch);
	buf_free(&s->cursor);
	free(s);
}

static bool
is_it(struct sent *s, struct json_value message)
{
	struct json_value field[3];

	if (message.kind != VALUE_OBJECT)
		return false;
	json_scan_value(s->one, message, field);
	return text_is(json_text(field[0], s->scratch), PAYLOAD_EVENT) &&
	       text_is(json_text(field[1], s->scratch), s->message->to) &&
	       text_is(json_text(field[2], s->scratch), s->message->key);
}

int
sent_page(struct sent *s, struct text body, struct fault *f)
{
	struct json_value field[2], message;
	const char *at = NULL;
	struct text cursor;

	arena_clear(s->scratch);
	if (json_scan_document(s->page, body.p, body.len, field, f) == -1)
		return -1;
	if (field[0].kind != VALUE_ARRAY)
		return fault_set(f, FAULT_DATA, "the answer has no messages");
	while (json_next(field[0], &at, NULL, &message))
		if (is_it(s, message))
			return 1;
	cursor = json_text(field[1], s->scratch);
	if (cursor.len > 0 && text_equal(cursor, buf_view(&s->cursor)))
		return fault_set(f, FAULT_DATA,
		    "the same cursor comes again: the pages have no end");
	buf_clear(&s->cursor);
	buf_text(&s->cursor, cursor);
	return buf_check(&s->cursor, "the cursor", f);
}

struct text
sent_cursor(const struct sent *s)
{
	return buf_view(&s->cursor);
}
