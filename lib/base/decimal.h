/*
 * decimal.h - numbers as the digits they are written with
 *
 * For ids and counts that must not lose a digit on their way through a double.
 * Text is a number in JSON's form. Pure.
 */
#ifndef KPIPE_DECIMAL_H
#define KPIPE_DECIMAL_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/text.h"

/*
 * The number in plain decimal, added to b: 15413220 for 1.541322E7 and for
 * 15413220.0, 0 for -0. A fraction spelled out beyond 15 digits, as
 * spreadsheets do, gets the shortest form of the double it is: 0.1 for
 * 0.10000000000000001. With an exponent past 400 it stays as it is.
 */
void decimal_plain(struct text number, struct buf *b);

/*
 * The nearest double, written with as many digits, is the same number; one that
 * is written as an integer is also at most 2^53, up to where all are held.
 */
bool decimal_in_double(struct text number);

#endif
