/*
 * decimal.h - numbers as the digits they are written with
 *
 * For ids and counts that must not lose a digit on their way through a double,
 * and for amounts whose sum must be to the cent: 0.1 and 0.2 are 0.3. Text is a
 * number in JSON's form. Pure.
 */
#ifndef KPIPE_DECIMAL_H
#define KPIPE_DECIMAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

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

#define DECIMAL_DIGITS 15 /* that any double holds */
#define DECIMAL_PLACES 14 /* behind the point */
#define DECIMAL_WIDE   15 /* in their place: this is a double */

/* digits / 10^places; where that is too long, the bits of a double. */
struct decimal {
	int64_t digits;
	size_t places; /* as wide as digits, which is quicker to copy */
};

struct decimal decimal_of_double(double x);
/* The shortest one that reads back as x, which is finite. */
struct decimal decimal_near(double x);
/* The nearest double. */
double decimal_value(struct decimal);
/* The same of a part of it, for a small number of parts. */
double decimal_part(struct decimal, unsigned parts);

/* Exact as long as the digits fit; from then on as doubles are. */
struct decimal decimal_sum(struct decimal, struct decimal);
struct decimal decimal_times(struct decimal, unsigned);

#endif
