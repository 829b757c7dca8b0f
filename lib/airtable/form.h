/*
 * form.h - a value as a record has it, and as the cell of a table has it
 *
 * A record has seconds and every digit; a cell is read by people. Pure.
 */
#ifndef KPIPE_AIRTABLE_FORM_H
#define KPIPE_AIRTABLE_FORM_H

#include "base/json.h"

enum form {
	FORM_ANY, /* as it is */
	FORM_TEXT,
	FORM_DAY,
	FORM_FIGURE,  /* a number, or a text as people write one */
	FORM_COUNT,   /* from here on numbers */
	FORM_MONEY,   /* a cell has two decimals */
	FORM_PERCENT, /* one */
	FORM_HOURS,   /* hours with two there, seconds here */
	FORM_REPLY,   /* 1m 42s there, seconds here */
	FORMS
};

/*
 * Add what a record has for a cell. A choice is its name, several are separated
 * by ", "; a number may stand there as a text. False when the cell is of
 * another form: null is added then.
 */
bool form_read(enum form, struct json_value cell, struct arena *, struct buf *);

/*
 * Add what a cell has for a value: rounded half away from zero, null for null.
 *
 * Errors: FAULT_DATA for a value that is of another form.
 */
int form_write(
    enum form, struct json_value, struct arena *, struct buf *, struct fault *);

/* The words of a cell, in keep; "no text" when it has none. */
struct text form_text(struct json_value cell, struct arena *keep);

#endif
