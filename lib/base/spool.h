/*
 * spool.h - lines put aside in a file without a name, to be read again in order
 *
 * For what can be judged only when all was seen: memory is that of one line.
 */
#ifndef KPIPE_SPOOL_H
#define KPIPE_SPOOL_H

#include <stddef.h>

#include "base/fault.h"
#include "base/text.h"

struct spool;

/*
 * note_len bytes of the caller's go with each line. The file is in folder.
 *
 * Errors: FAULT_IO.
 */
struct spool *spool_new(const char *folder, size_t note_len, struct fault *);
/* Takes NULL. */
void spool_free(struct spool *);

int spool_add(
    struct spool *, const void *note, struct text line, struct fault *);
/* Nothing more is added: go to the first line. */
int spool_rewind(struct spool *, struct fault *);
/* The next line, good until the one after: 1, 0 at the end, -1. */
int spool_next(struct spool *, void *note, struct text *line, struct fault *);

#endif
