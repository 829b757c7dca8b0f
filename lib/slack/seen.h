/*
 * seen.h - which files were dealt with: slack_file_done records in a ledger
 */
#ifndef KPIPE_SLACK_SEEN_H
#define KPIPE_SLACK_SEEN_H

#include "slack/files.h"
#include "base/ledger.h"

/* 1 when it was noted, 0 when not. */
int seen_has(const struct ledger *, const char *id, struct fault *);
/* Note it; once is enough. */
int seen_add(struct ledger *, const char *id, instant_us now, struct fault *);

/* The record of a file that was put at path, added to b, without a newline. */
void seen_put_file(const struct slack_file *, const char *path, struct buf *b);

#endif
