/*
 * constant.h - columns that have the same in every row
 *
 * In place of a path stands a text as JSON has it, "JA", or a number, 14. A key
 * that looks like one is written with \ in front. Pure.
 */
#ifndef KPIPE_CONSTANT_H
#define KPIPE_CONSTANT_H

#include "base/arena.h"
#include "base/fault.h"
#include "table/cell.h"
#include "table/columns.h"

/*
 * 1 when the column is one, which goes to *cell with its text in the arena, 0
 * when it has a path. Errors: FAULT_USAGE for a text or number that is none.
 */
int constant_of(
    const struct column *, struct arena *, struct cell *cell, struct fault *);

#endif
