/*
 * csv_out.h - fields of RFC 4180 into a buffer
 */
#ifndef KPIPE_CSV_OUT_H
#define KPIPE_CSV_OUT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

struct csv_out {
	struct buf *to;
	char delimiter; /* one byte of ASCII, none that quoting needs */
	bool crlf;	/* rows end as the RFC has it, not in LF alone */
	/*
	 * Text that a spreadsheet would compute gets a ' in front: what starts
	 * with = + - @ TAB CR or LF and is no number.
	 */
	bool guard;
	size_t nr;    /* fields in the row so far; 0 at first */
	size_t start; /* of the row in to */
};

/*
 * The next field; NULL text is an empty one. Quoted only where a delimiter, a
 * quote, CR or LF asks for it. A number or a boolean is no text: no guard.
 */
void csv_field(struct csv_out *, struct text, bool is_text);

/* End the row. One that holds a single empty field is "", not a blank line. */
void csv_row(struct csv_out *);

#endif
