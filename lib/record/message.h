/*
 * message.h - a message to somebody in Slack; see slack(5)
 *
 * Source: Slack's chat.postMessage and its limits of texts and blocks.
 */
#ifndef KPIPE_MESSAGE_H
#define KPIPE_MESSAGE_H

#include <stdbool.h>

#include "base/ndjson.h"

/* As Slack counts: UTF-16 units, with & < and > escaped. */
#define MESSAGE_TEXT_MOST    40000
#define MESSAGE_BLOCKS_MOST  50
#define MESSAGE_HEADER_MOST  150
#define MESSAGE_SECTION_MOST 3000
#define MESSAGE_ALL_MOST     13000 /* texts of all blocks */

struct message {
	char *to;     /* a user or a conversation */
	char *key;    /* what it is known by, together with to */
	char *text;   /* as a person reads it */
	char *blocks; /* JSON, as Slack has it; NULL: none */
};

struct message_fields {
	size_t type, to, key, text, blocks;
};

/* The id of a user, of a conversation. */
bool slack_id_is_user(struct text id);
bool slack_id_is_conversation(struct text id);

void message_want(struct message_fields *, struct json_shape *);
/* The record is a message. */
bool message_here(const struct message_fields *, const struct record *);

/*
 * One without a key is known by all that it says. Errors: FAULT_DATA for what
 * Slack would not take.
 */
int message_decode(struct message *, const struct message_fields *,
    const struct record *, struct fault *);
void message_free(struct message *);

/*
 * The record, added to b. blocks is what stands in the array, "no text" for a
 * message without.
 */
void message_encode(struct text to, struct text key, struct text text,
    struct text blocks, struct buf *b);

/* Text with & < and > as Slack wants them in what is no markup. */
void message_escape(struct text, struct buf *b);

#endif
