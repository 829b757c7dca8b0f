/*
 * cache.h - an answer to the same question, kept as a file
 *
 * The file is the question in one line, then the records as they were written,
 * then the report. It is only ever there whole, and of a complete fetch.
 */
#ifndef KPIPE_HUBSPOT_CACHE_H
#define KPIPE_HUBSPOT_CACHE_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/text.h"

/* The name of the file for a question (JSON), without a folder. */
void cache_name(struct buf *, struct text question);
/* Its first line, newline included. */
void cache_head(struct buf *, struct text question);
/* A line behind the head is of the report; without its newline. */
bool cache_is_report(struct text line);
/* Add it with "cached":true, and a newline. */
void cache_put_report(struct buf *, struct text line);

/*
 * Four digits that tell one account's answers from another's, and nothing of
 * its token: 65536 of them share the same.
 */
void cache_account(struct buf *, struct text token);

#endif
