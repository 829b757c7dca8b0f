/*
 * table.h - tables that the page's script sorts, searches and saves
 *
 * The kind of a column says how its cells are written; the script writes the
 * same from the same kinds (page.js, kinds). Where what is shown is not the
 * value, data-v holds what is sorted by.
 */
#ifndef KPIPE_TABLE_H
#define KPIPE_TABLE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"
#include "html/html.h"

enum table_kind {
	TABLE_HEAD = 'h', /* names its row */
	TABLE_LINK = 'c', /* the same; pressing it sets the table's control */
	TABLE_TEXT = 't',
	TABLE_COUNT = 'n',  /* x, with points between thousands */
	TABLE_SIGNED = 'z', /* x, one decimal, with a sign unless 0 */
	TABLE_CHANGE = 'i', /* x, a whole number, the same */
	TABLE_PCT = 'p',    /* x, one decimal and a percent sign */
	TABLE_BAR = 'b',    /* the same, with a bar of 100 */
	TABLE_BADGE = 's',  /* text with its tone, sorted by x */
	TABLE_TICK = 'k',   /* x is 0 or not */
	TABLE_DATE = 'd',   /* text, YYYY-MM-DD or an instant */
	TABLE_SPARK = 'l',  /* series of percentages */
	TABLE_VALUE = 'v',  /* a figure: text as shown, sorted by x */
};

struct table_column {
	const char *name;
	enum table_kind kind;
};

/* No text, and NAN for a number, is shown as a dash. */
struct table_cell {
	struct text text;
	double x;
	int tone; /* of a TABLE_VALUE: 1 good, 2 bad */
	const double *series;
	size_t nr;
};

struct table {
	const char *id;
	const char *title;
	const char *search;  /* "Search" */
	const char *row;     /* "row", of one */
	const char *rows;    /* "rows", of other numbers */
	const char *save;    /* on the button that saves it; NULL: "CSV" */
	const char *empty;   /* what to do when there is none */
	const char *control; /* that a TABLE_LINK sets */
	const char *shows;   /* the part it goes to then, by its id */
	const struct table_column *column;
	size_t column_nr;
	size_t row_nr;
	size_t sorted_by;
	bool is_descending;
};

void table_open(struct html *, const struct table *);
void table_row(struct html *, const struct table *, const struct table_cell *);
void table_close(struct html *);

#endif
