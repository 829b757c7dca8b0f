/*
 * xlsx_date.h - what a workbook's number format makes of a number
 *
 * A workbook holds a date as a count of days, and only the cell's number
 * format says that it is one (ECMA-376 part 1, 18.8.30 and 18.17.4). Pure.
 */
#ifndef KPIPE_XLSX_DATE_H
#define KPIPE_XLSX_DATE_H

#include <stdbool.h>

#include "base/text.h"

#define XLSX_DATE_TEXT 40 /* bytes that xlsx_date_format writes at most */

/* What a format shows: none of these for a plain number. */
enum xlsx_shows {
	XLSX_SHOWS_DATE = 1,
	XLSX_SHOWS_TIME = 2,
	XLSX_SHOWS_ELAPSED = 4, /* [h]:mm, which may pass 24 hours */
};

/* A set of enum xlsx_shows for a format's code: its first section counts. */
unsigned xlsx_format_shows(struct text code);

/* The same for the format numbers that need no code in the file. */
unsigned xlsx_builtin_shows(unsigned number);

/*
 * The text of a day count under such a format, to the millisecond:
 *
 *	YYYY-MM-DD                it shows a date, and the count is whole
 *	YYYY-MM-DDTHH:MM:SS[.mmm] it has a time of the day too, shown or not
 *	HH:MM:SS[.mmm]            it shows a time only, and is below one day
 *	[-]H:MM:SS[.mmm]          elapsed: hours as many as there are, two digits
 *	                          at least
 *
 * With date1904 day 0 is 1904-01-01. Else day 1 is 1900-01-01 and day 60 is
 * 1900-02-29, which never was: workbooks count it, so it is written as that.
 *
 * False when the format shows none of these, or no date is at that count: it is
 * a number then.
 */
bool xlsx_date_format(
    double days, unsigned shows, bool date1904, char out[XLSX_DATE_TEXT]);

#endif
