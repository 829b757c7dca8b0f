/*
 * memo.h - the answer to a question, kept as a file
 *
 * The file is the question (JSON) in one line, then the lines of the answer. It
 * is only ever there whole, and readable by its owner alone.
 */
#ifndef KPIPE_MEMO_H
#define KPIPE_MEMO_H

#include <stdint.h>

#include "base/fault.h"
#include "base/text.h"

struct memo;

/*
 * Look in folder for an answer that is younger than max_age_s at now_s (seconds
 * since 1970): 1 when it is there and can be read, 0 when it is not and can be
 * written. The folder is made where it is missing; name is the beginning of the
 * file's.
 *
 * Errors: FAULT_IO.
 */
int memo_open(struct memo **, const char *folder, const char *name,
    struct text question, int64_t max_age_s, int64_t now_s, struct fault *);
/* Takes NULL. What was written and not kept is gone. */
void memo_free(struct memo *);

const char *memo_path(const struct memo *);

/* The next line, without its newline, until the next call: 1, 0, -1. */
int memo_read(struct memo *, struct text *line, struct fault *);

/* Lines with their newlines. */
int memo_write(struct memo *, struct text lines, struct fault *);
/* The answer is whole. */
int memo_keep(struct memo *, struct fault *);

#endif
