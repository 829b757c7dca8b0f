/*
 * sent.h - whether a message is on the pages of a conversation
 *
 * Pure: the pages are given. A message has its key with it as metadata.
 *
 * Source: Slack's conversations.history and message metadata.
 */
#ifndef KPIPE_SLACK_SENT_H
#define KPIPE_SLACK_SENT_H

#include "slack/payload.h"

struct sent;

/* The message is borrowed. */
struct sent *sent_new(const struct message *);
/* Takes NULL. */
void sent_free(struct sent *);

/* A page of history: 1 when it is there, 0 when not. Errors: FAULT_DATA. */
int sent_page(struct sent *, struct text body, struct fault *);

/* Of the page behind the last one; empty: there is none. */
struct text sent_cursor(const struct sent *);

#endif
