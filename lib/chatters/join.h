/*
 * join.h - tracked hours and the rows of an export, by chatter and day
 *
 * Records come in any order. Each chatter of the roster has a day for each date
 * that hours or rows are of.
 */
#ifndef KPIPE_CHATTERS_JOIN_H
#define KPIPE_CHATTERS_JOIN_H

#include "base/ndjson.h"
#include "chatters/settings.h"

struct join_options {
	bool has_date; /* only of that day */
	day_nr date;
	bool keep_nodata; /* days of people of whom no time is known too */
};

struct join;

/* The settings are borrowed. */
struct join *join_new(const struct chatters_settings *,
    const struct join_options *, struct json_shape *);
/* Takes NULL. */
void join_free(struct join *);

/*
 * A roster entry, a hubstaff_hours or an inflow_row; others are passed over.
 *
 * Errors: FAULT_DATA for one that is not as its page says.
 */
int join_add(struct join *, const struct record *, struct fault *);

struct join_counts {
	size_t people; /* of the roster who work here */
	size_t dates;
	size_t hours, rows;
	size_t unknown; /* hours and rows of nobody on the roster */
};

void join_counts(const struct join *, struct join_counts *);

/* The lines: chatter_day, then operations_note; false behind the last. */
bool join_next(struct join *, struct buf *line);

#endif
