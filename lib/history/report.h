/*
 * report.h - what kpipe-history(1) writes beside the lines it keeps
 *
 * Pure. Records are put into b, which is emptied first, without a newline.
 */
#ifndef KPIPE_HISTORY_REPORT_H
#define KPIPE_HISTORY_REPORT_H

#include "base/buf.h"
#include "base/kept.h"

struct put_report {
	const char *store;
	struct kept_counts nr;
	uint64_t duplicates; /* left to a later one of their key */
	uint64_t failed;
};

void report_put(const struct put_report *, struct buf *b);
void report_delete(const char *store, uint64_t deleted, struct buf *b);
void report_day(const struct kept_day *, struct buf *b);
void report_missing(const char *type, day_nr date, struct buf *b);

/*
 * The days that are missing among some. With has_since all from next to until;
 * without it those behind the last one there is, or until alone when there is
 * none.
 */
struct missing {
	day_nr next; /* from here on nothing is known yet */
	day_nr until;
	bool has_since;
};

/* A day that is there; they ascend, and lie from since to until. */
void missing_pass(struct missing *, day_nr there);
/*
 * The next one missing before that day; false when there is none. At the end,
 * before is the day behind until.
 */
bool missing_next(struct missing *, day_nr before, day_nr *day);

#endif
