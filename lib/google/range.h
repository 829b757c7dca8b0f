/*
 * range.h - ranges of a tab, as Google's guide to A1 notation has them
 *
 * The title always stands in quotes, as one such as A1 or R1C1 must, and one
 * with a blank. Rows and columns count from 0. Pure.
 */
#ifndef KPIPE_GOOGLE_RANGE_H
#define KPIPE_GOOGLE_RANGE_H

#include <stddef.h>

#include "base/buf.h"
#include "base/text.h"

/* 'it''s' */
void range_put_tab(struct buf *, struct text title);
/* 'it''s'!B3 */
void range_put_cell(struct buf *, struct text title, size_t row, size_t column);
/* 'it''s'!B3:D5, the last row and column included. */
void range_put(struct buf *, struct text title, size_t row, size_t column,
    size_t last_row, size_t last_column);

#endif
