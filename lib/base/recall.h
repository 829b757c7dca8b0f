/*
 * recall.h - the answers to short texts that were asked for lately
 *
 * For what is slow to find out and is asked for again and again: each text has
 * one place, which the next text of that place takes over. What is longer than
 * RECALL_MAX is not kept. Memory is fixed.
 */
#ifndef KPIPE_RECALL_H
#define KPIPE_RECALL_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"

#define RECALL_MAX 63 /* bytes of a text, and of an answer */

struct recall;

/* places is a power of two. */
struct recall *recall_new(size_t places);
/* Takes NULL. */
void recall_free(struct recall *);

/* The answer to text, good until the next call; false when it is not known. */
bool recall_get(struct recall *, struct text text, struct text *answer);
/* From now on it is answer. */
void recall_put(struct recall *, struct text text, struct text answer);

#endif
