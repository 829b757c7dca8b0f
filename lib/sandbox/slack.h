/*
 * slack.h - Slack as the tools meet it: a direct message with an export in it,
 * people and channels to write to, and what was written
 *
 * There is one conversation with files, that of the operations user and the
 * owner of the user token; a bot does not see it. All else follows from posts.
 */
#ifndef KPIPE_SANDBOX_SLACK_H
#define KPIPE_SANDBOX_SLACK_H

#include "base/buf.h"
#include "base/fault.h"
#include "base/text.h"

struct slack_conf {
	unsigned page;	       /* messages a page at most; 0: as asked */
	unsigned minute_limit; /* calls of conversations; 0: any number */
};

struct slack;

/* The messages with files and the posts as JSON, and others instead. */
void slack_put_state(struct slack *, struct buf *);
/* Errors: FAULT_DATA; then all is as it was. */
int slack_take_state(struct slack *, struct text json, struct fault *);

#endif
