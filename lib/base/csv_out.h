/*
 * csv_out.h - fields of RFC 4180 into a buffer
 */
#ifndef KPIPE_CSV_OUT_H
#define KPIPE_CSV_OUT_H

#include <stdbool.h>

#include "base/buf.h"

struct csv_out {
	struct buf *to;
	char delimiter;
	bool guard; /* text that a spreadsheet would run gets a ' in front */
	bool first; /* set by csv_row */
};

/* Quotes only where a comma, a quote, CR or LF asks for it. */
void csv_field(struct csv_out *, struct text, bool is_text);
void csv_row(struct csv_out *); /* end the row with LF */

#endif
