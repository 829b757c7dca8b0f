/*
 * figure.h - a cell of an export to a figure
 *
 * What a number is may depend on cells further down: which of . and , is the
 * decimal mark, whether a percentage is a fraction. So a figure is read first,
 * and settled when all of the file was seen.
 */
#ifndef KPIPE_INFLOW_FIGURE_H
#define KPIPE_INFLOW_FIGURE_H

#include "base/fault.h"
#include "base/loose.h"
#include "record/inflow_row.h"

struct figure {
	struct decimal x;
	uint8_t other; /* enum loose_other */
	bool known;    /* false: null */
	bool percent;  /* it has a percent sign */
	bool seconds;  /* it was a duration with its units */
	bool settled;  /* it is the same in a file of any form */
};

/* How the figures of a file are written. */
struct figure_form {
	enum loose_mark mark;
	bool fractions; /* percentages without a sign are 0 to 1 */
	double reply_unit_s;
};

/* It is a percentage. */
bool figure_is_percent(enum inflow_figure);
/* The values of several rows add up: amounts, counts, hours. */
bool figure_adds(enum inflow_figure);

/*
 * Read a cell, trimmed. form->mark is what the user said, which a cell may then
 * not contradict; *proves is what the cell proves.
 *
 * Errors: FAULT_DATA "is no count".
 */
int figure_read(struct figure *, enum inflow_figure, struct text cell,
    const struct figure_form *form, enum loose_mark *proves, struct fault *);

enum figure_doubt {
	FIGURE_FINE,
	FIGURE_ROUNDED,	 /* a count that was not whole */
	FIGURE_NEGATIVE, /* a count below zero, which is null now */
};

/*
 * Now that the file's form is known; without effect on what was settled before. *doubt says what is to be told.
 *
 * Errors: FAULT_DATA when the cell may be one of two counts.
 */
int figure_settle(struct figure *, enum inflow_figure,
    const struct figure_form *, enum figure_doubt *doubt, struct fault *);

/* The value of a settled figure, NAN for null. */
double figure_value(
    const struct figure *, enum inflow_figure, const struct figure_form *);

/* A sum of settled figures, to the digit; it starts as all zero. */
struct figure_sum {
	struct decimal x; /* of hours: seconds */
	bool known;	  /* one of them was */
};
void figure_add(struct figure_sum *, const struct figure *, enum inflow_figure);
/* NAN when all were null. */
double figure_total(const struct figure_sum *, enum inflow_figure);

#endif
