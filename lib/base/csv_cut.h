/*
 * csv_cut.h - a line of a CSV file to its cells, where they lie
 *
 * For csv_in.c alone, which has libcsv for what is not as simple: a quote that
 * is not around a whole cell, a line end or a quote inside quotes, a NUL. Pure.
 */
#ifndef KPIPE_CSV_CUT_H
#define KPIPE_CSV_CUT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"

#define CSV_CUT_SLACK 64 /* bytes behind the end that may be looked at */

struct csv_line {
	struct text *cell; /* the caller's to free */
	size_t nr, cap;
	size_t len; /* of the line, with its end of one byte */
	bool ascii; /* all of it */
};

enum csv_cut {
	CSV_CUT_DONE,
	CSV_CUT_OPEN, /* the line does not end before end; no cells */
	CSV_CUT_HARD, /* not as simple, perhaps no CSV; no cells */
};

/* A cell that is empty and without quotes is "no text". */
enum csv_cut csv_cut(
    struct csv_line *, const char *p, const char *end, char delimiter);

/* Room for more cells. */
void csv_line_grow(struct csv_line *);

#endif
