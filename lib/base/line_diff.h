/*
 * line_diff.h - what changes from some lines to others, as diff -u tells it
 *
 * A longest common part stays; of two ways the one that takes away first is
 * shown. With more than LINE_DIFF_MAX pairs of lines between the first and the
 * last change, all between them is told as changed. Pure.
 */
#ifndef KPIPE_LINE_DIFF_H
#define KPIPE_LINE_DIFF_H

#include <stddef.h>

#include "base/buf.h"
#include "base/text.h"

#define LINE_DIFF_MAX ((size_t)64 << 20)

/* Add the hunks, with three lines around a change; nothing for no change. */
void line_diff(struct buf *, const struct text *before, size_t before_nr,
    const struct text *after, size_t after_nr);

#endif
