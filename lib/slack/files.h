/*
 * files.h - the newest file of a conversation that is an export
 *
 * Source: Slack's conversations.history, files.info and the file object.
 */
#ifndef KPIPE_SLACK_FILES_H
#define KPIPE_SLACK_FILES_H

#include <stdbool.h>

#include "base/date.h"
#include "slack/client.h"
#include "slack/found.h"

struct files_conf {
	struct text conversation;
	struct text user;	 /* who shared it; "no text": anybody */
	instant_us since, until; /* of the messages */
	const char *match;	 /* a pattern of fnmatch(3); NULL: CSV */
	const struct map *done;	 /* ids that are passed over; NULL: none */
};

/*
 * The newest by created, of equal ones that with the larger id. 1, or 0 when
 * there is none.
 *
 * Errors: those of client_call; FAULT_DATA for an answer that is none, and for
 * pages that have no end.
 */
int files_newest(struct client *, const struct files_conf *,
    struct slack_file *, struct fault *);
#endif
