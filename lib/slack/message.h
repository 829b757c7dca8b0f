/*
 * message.h - a message to somebody, as a record has it; see slack-post(1)
 */
#ifndef KPIPE_SLACK_MESSAGE_H
#define KPIPE_SLACK_MESSAGE_H

#include <stdbool.h>

#include "base/ndjson.h"

struct message {
	char *to;     /* a user or a conversation */
	char *key;    /* what it is known by, together with to */
	char *text;   /* as a person reads it */
	char *blocks; /* JSON, as Slack has it; NULL: none */
};

struct message_fields {
	size_t type, to, key, text, blocks;
};

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
 * The body of chat.postMessage: & < and > of the text are written so that Slack
 * shows them; the blocks go as they are, or not at all when plain. The key goes
 * along as metadata, so that the message can be found again.
 */
void message_put(
    const struct message *, struct text channel, bool plain, struct buf *b);

#define MESSAGE_EVENT "kpipe_post"

#endif
