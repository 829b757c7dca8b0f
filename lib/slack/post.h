/*
 * post.h - messages sent to Slack, each once
 *
 * The ledger has a line before a message goes out (sending) and one when it is
 * known what came of it (sent, refused). Where there is only the first, because
 * the process was killed or no answer came, the conversation is looked through
 * for the message, which has its key with it: what is there is not sent again.
 *
 * Source: Slack's chat.postMessage and message metadata.
 */
#ifndef KPIPE_SLACK_POST_H
#define KPIPE_SLACK_POST_H

#include "base/date.h"
#include "base/ledger.h"
#include "slack/client.h"
#include "slack/payload.h"

struct post_conf {
	bool plain; /* no blocks */
	bool force; /* also what was sent before */
	instant_us (*now)(void);
};

enum post_state {
	POST_NEW,
	POST_SENDING, /* what came of it is not known */
	POST_SENT,
};

struct posts;

/* All are borrowed; no client: nothing can be sent. Errors: FAULT_DATA. */
struct posts *posts_new(
    const struct post_conf *, struct client *, struct ledger *, struct fault *);
void posts_free(struct posts *);

enum post_state post_state(const struct posts *, const struct message *);

/*
 * Send it unless it was sent. *how is "sent", "found" (it was sent, which was
 * not known) or "already".
 *
 * Errors: FAULT_DENIED: it was not sent; FAULT_AGAIN: not, or it is not known;
 * FAULT_IO of the ledger.
 */
int post_send(
    struct posts *, const struct message *, const char **how, struct fault *);

#endif
