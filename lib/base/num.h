/*
 * num.h - numbers to text and back, exactly
 *
 * The decimal point is a point: no tool calls setlocale.
 */
#ifndef KPIPE_NUM_H
#define KPIPE_NUM_H

#include <stdbool.h>
#include <stdint.h>

#include "base/text.h"

#define NUM_MAX 32 /* bytes that any number here takes, NUL included */

/*
 * x to one decimal: correctly rounded from its exact binary value, ties to
 * even; the double nearest to that decimal.
 */
double num_round1(double x);

#define NUM_FIXED 352 /* bytes of a fixed number: DBL_MAX has 309 digits */
/*
 * x with so many decimals (0 to 9): rounded from its exact binary value, half
 * away from zero, as people round; no minus before zero. x must be finite.
 * Returns out.
 */
const char *num_fixed(double x, int decimals, char out[NUM_FIXED]);
/* The double nearest to that. */
double num_round_away(double x, int decimals);

/* a / b * 100, in that order. */
static inline double
num_percent(double a, double b)
{
	return a / b * 100.0;
}

/* The shortest decimal that reads back as x; x must be finite. Returns out. */
const char *num_format(double x, char out[NUM_MAX]);

/* All of t is a number in JSON's form and a finite double holds it. */
bool num_parse(struct text t, double *x);
/* All of t is a decimal integer of 64 bits, with an optional minus. */
bool num_parse_int(struct text t, int64_t *x);

#endif
