/*
 * loose.h - what people and spreadsheets write into a cell: numbers and
 * durations
 *
 * A number may have a sign, a currency, separators of thousands, a percent
 * sign. Which of . and , is the decimal mark is often seen only in other cells
 * of the same file: 1.234 has two readings and says so; 56,7 has one, and proves
 * the mark. Pure; text is UTF-8.
 */
#ifndef KPIPE_LOOSE_H
#define KPIPE_LOOSE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/text.h"

/* Without blanks at both ends, those that do not break a line among them. */
struct text loose_trim(struct text);

/* The length of the blank that t starts with, 0 when it starts with none. */
size_t loose_blank(struct text t);

/* Trimmed text that stands for nothing: empty, -, n/a, null, #DIV/0! ... */
bool loose_is_null(struct text);

enum loose_mark {
	LOOSE_UNKNOWN,
	LOOSE_POINT,
	LOOSE_COMMA,
};

/* What a number is when the comma is the decimal mark. */
enum loose_other {
	LOOSE_SAME,
	LOOSE_THOUSANDS,  /* 1.234 is 1234 */
	LOOSE_THOUSANDTHS /* 1,234, which is 1234 else, is 1.234 */
};

struct loose_number {
	double value; /* by a decimal point, where it has such a reading */
	enum loose_mark proves;
	enum loose_other other;
	bool percent;  /* it has a percent sign */
	bool currency; /* it has one */
};

/* All of t, trimmed, is a number; false when it is none. */
bool loose_number_parse(struct text t, struct loose_number *);

/* A value with two readings, by the mark of its file. */
double loose_value(double value, enum loose_other, enum loose_mark mark);

/* What 7:57 is. */
enum loose_colon {
	LOOSE_M_SS,
	LOOSE_H_MM,
};

/*
 * All of t, trimmed, is a duration with its units: 1h 5m 30s and parts of it,
 * 2 min, 1:05:30, 7:57. A bare number is none: it has no unit.
 */
bool loose_duration_parse(struct text t, enum loose_colon, double *seconds);

#endif
