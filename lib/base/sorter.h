/*
 * sorter.h - more pairs of key and value than memory holds, in order
 *
 * What does not fit into memory is sorted in runs on a file without a name,
 * which are merged as they are read.
 */
#ifndef KPIPE_SORTER_H
#define KPIPE_SORTER_H

#include <stddef.h>

#include "base/fault.h"
#include "base/text.h"

struct sorter;

/*
 * memory is how many bytes of pairs a run has, at least; folder, which is
 * borrowed, is where the file is made, when there is more than one run.
 */
struct sorter *sorter_new(const char *folder, size_t memory);
/* Takes NULL. */
void sorter_free(struct sorter *);

/* Not after sorter_next. Errors: FAULT_IO. */
int sorter_add(
    struct sorter *, struct text key, struct text value, struct fault *);

/*
 * The next pair: 1, 0 after the last, -1. By key, as bytes; of one key in the
 * order in which they were added. The texts are good until the next call.
 *
 * Errors: FAULT_IO.
 */
int sorter_next(
    struct sorter *, struct text *key, struct text *value, struct fault *);

#endif
