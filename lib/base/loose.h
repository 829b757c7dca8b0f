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

#include "base/decimal.h"
#include "base/text.h"

/* Without blanks at both ends, those that do not break a line among them. */
struct text loose_trim_slowly(struct text);

/* No blank, nor a part of one. */
static inline bool
loose_is_plain(char c)
{
	return c > ' ' && c < 0x7f;
}

static inline struct text
loose_trim(struct text t)
{
	/* as most are */
	if (t.len > 0 && loose_is_plain(t.p[0]) &&
	    loose_is_plain(t.p[t.len - 1]))
		return t;
	return loose_trim_slowly(t);
}

/* The length of the blank that t starts with, 0 when it starts with none. */
size_t loose_blank(struct text t);

bool loose_is_null_word(struct text);

/* Trimmed text that stands for nothing: empty, -, n/a, null, #DIV/0! ... */
static inline bool
loose_is_null(struct text t)
{
	return t.len == 0 || (!(t.p[0] >= '0' && t.p[0] <= '9') &&
				 t.p[0] != '$' && loose_is_null_word(t));
}

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
	struct decimal x; /* by a decimal point, where it has such a reading */
	enum loose_mark proves;
	enum loose_other other;
	bool percent;  /* it has a percent sign */
	bool currency; /* it has one */
};

/* All of t, trimmed, is a number; false when it is none. */
bool loose_number_parse(struct text t, struct loose_number *);

/* A number with two readings, by the mark of its file. */
struct decimal loose_by_mark(
    struct decimal, enum loose_other, enum loose_mark mark);

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
