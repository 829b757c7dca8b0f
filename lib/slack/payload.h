/*
 * payload.h - a message as Slack's chat.postMessage takes it
 */
#ifndef KPIPE_SLACK_PAYLOAD_H
#define KPIPE_SLACK_PAYLOAD_H

#include "record/message.h"

#define PAYLOAD_EVENT "kpipe_post"

/*
 * Added to b: & < and > of the text are written so that Slack shows them; the
 * blocks go as they are, or not at all when plain. The key goes along as
 * metadata, so that the message can be found again.
 */
void payload_put(
    const struct message *, struct text channel, bool plain, struct buf *b);

#endif
