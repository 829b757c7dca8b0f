/*
 * a1.h - ranges of cells as people write them: 'My tab'!A1:B2
 *
 *	range = tab | ref | tab "!" ref
 *	ref   = cell | side ":" side
 *	side  = cell | column | row
 *
 * Without a tab in front, what can be a ref is one: a tab called A1 must be
 * quoted. In quotes an apostrophe is doubled. Letters come in either case, and
 * $ before a column or a row says nothing here. Pure.
 */
#ifndef KPIPE_A1_H
#define KPIPE_A1_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/text.h"

#define A1_COLUMNS 18278    /* up to ZZZ */
#define A1_ROWS	   10000000 /* no tab can have more */
#define A1_OPEN	   UINT32_MAX

/* From first to before end, both from 0; A1_OPEN: as far as the tab goes. */
struct a1_span {
	uint32_t first, end;
};

struct a1 {
	struct text tab; /* p NULL: none was named; in quotes as it stands */
	bool quoted;	 /* the tab has its apostrophes doubled */
	struct a1_span row, column;
};

/* False when t is no range. Its end beyond any tab is one, its start is not. */
bool a1_parse(struct text t, struct a1 *);

/* Whether the tab named in a range has this title, in either case. */
bool a1_names(const struct a1 *, struct text title);

/* Add the letters of a column, counted from 0. */
void a1_put_column(struct buf *, uint32_t column);
/* Add tab!A1:B2, or tab!A1 for a cell; the title in quotes where it must be. */
void a1_put_tab(struct buf *, struct text title);
void a1_put(
    struct buf *, struct text title, struct a1_span row, struct a1_span column);

#endif
