/*
 * seen.h - which files were dealt with: slack_file_done records in a ledger
 */
#ifndef KPIPE_SLACK_SEEN_H
#define KPIPE_SLACK_SEEN_H

#include "base/ledger.h"
#include "slack/files.h"

/* The ids that were noted. The caller's; NULL for a line that is no record. */
struct map *seen_ids(const struct ledger *, struct fault *);
/* Note it; once is enough. */
int seen_add(struct ledger *, const char *id, instant_us now, struct fault *);

/* The record of a file that was put at path, added to b, without a newline. */
void seen_put_file(const struct slack_file *, const char *path, struct buf *b);

#endif
