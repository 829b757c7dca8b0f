/*
 * report.h - the names that were not matched, and the people without a row;
 * see match(5)
 */
#ifndef KPIPE_MATCH_REPORT_H
#define KPIPE_MATCH_REPORT_H

#include "base/sum.h"
#include "match/claims.h"

/* A name that was not matched, with all its rows. */
struct miss {
	const struct match_outcome *outcome;
	enum match_reason reason;
	uint64_t rows;
	bool has_sales;
	struct sum sales;
	bool has_messages;
	struct sum messages;
	struct text first, last; /* dates; "no text": none */
	size_t number;		 /* in the order in which they came */
};

struct match_report;

/* Borrows all. */
struct match_report *match_report_new(
    const struct people *, const struct matcher *, struct claims *);
/* Takes NULL. */
void match_report_free(struct match_report *);

/* sales and messages are NAN where a row has none. No name is asked for after. */
void match_report_add(struct match_report *, size_t outcome, enum match_reason,
    size_t day, double sales, double messages);

/* Most sales first, then most messages, then by source and name. */
const struct miss *match_report_misses(struct match_report *, size_t *nr);

/* What it says of one, for people: "no such name; like 'A B' (0.953)". */
void match_report_tell(
    const struct match_report *, const struct miss *, struct buf *);

/* The records, a line each. */
void match_report_put(struct match_report *, struct buf *);
/* The misses as a file of aliases to be filled in. */
void match_report_template(struct match_report *, struct buf *);

/* The value of a row's member match, added to b. */
void match_put(const struct people *, const struct match_outcome *,
    enum match_reason, struct buf *b);

#endif
