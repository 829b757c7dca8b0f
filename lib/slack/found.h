/*
 * found.h - the newest file that is wanted, on the pages of a conversation
 *
 * Pure: the pages are given.
 *
 * Source: Slack's conversations.history, files.info and the file object.
 */
#ifndef KPIPE_SLACK_FOUND_H
#define KPIPE_SLACK_FOUND_H

#include <stdint.h>

#include "base/buf.h"
#include "base/fault.h"
#include "base/map.h"

struct slack_file {
	char *id, *name, *url;
	int64_t created_s;
	int64_t size; /* -1: not told */
};

/* Takes what was zeroed. */
void slack_file_free(struct slack_file *);

struct found;

/*
 * Shared by user, "no text" for anybody; whose name matches that pattern of
 * fnmatch(3), NULL for CSV; whose id is not in done, which may be NULL. All are
 * borrowed.
 */
struct found *found_new(
    struct text user, const char *match, const struct map *done);
/* Takes NULL. */
void found_free(struct found *);

/*
 * A page of history. The ids of files of which it tells too little are added to
 * ids, a NUL behind each: ask for them and give found_info the answers.
 *
 * Errors: FAULT_DATA for a page that is none, and for a cursor that comes again.
 */
int found_page(
    struct found *, struct text body, struct buf *ids, struct fault *);
int found_info(struct found *, struct text body, struct fault *);

/* Of the page behind the last one; NULL: there is none. */
const char *found_cursor(const struct found *);

/* Of equal ones that with the larger id. NULL: none is. Good while it lives. */
const struct slack_file *found_best(const struct found *);

#endif
