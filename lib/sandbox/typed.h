/*
 * typed.h - what becomes of a text that a person types into a cell, and how a
 * value is shown there
 *
 * In the way of the locale en_US. Of formulas only arithmetic with numbers is
 * computed; any other is a #NAME? error. Pure.
 */
#ifndef KPIPE_TYPED_H
#define KPIPE_TYPED_H

#include "base/buf.h"
#include "base/text.h"
#include "sandbox/grid.h"

/* As when t is typed: a number, a date, TRUE, a formula, or else text. */
void cell_type(struct cell *, struct text t);

/* Add what the cell shows. */
void cell_show(const struct cell *, struct buf *);

#endif
