/*
 * sum.h - a sum of doubles with twice their digits, so that it is the same in
 * whatever order they come
 */
#ifndef KPIPE_SUM_H
#define KPIPE_SUM_H

/* Starts as all zero. */
struct sum {
	double high, low;
};

/* What is lost of the smaller one when two are added goes into low. */
static inline void
sum_add(struct sum *sum, double x)
{
	double high = sum->high + x, of_x = high - sum->high;

	sum->low += (sum->high - (high - of_x)) + (x - of_x);
	sum->high = high;
}

static inline double
sum_of(const struct sum *sum)
{
	return sum->high + sum->low;
}

#endif
