/*
 * chatter_day.h - what a chatter did on one day; see chatters(5)
 */
#ifndef KPIPE_CHATTER_DAY_H
#define KPIPE_CHATTER_DAY_H

#include "base/date.h"
#include "base/ndjson.h"

enum chatter_status {
	CHATTER_WORKED,
	CHATTER_DAY_OFF, /* too little time tracked: nothing else is looked at */
	CHATTER_NO_DATA,
	CHATTER_STATUSES,
};

/* "worked", "day_off", "no_data". */
extern const char *const chatter_status_word[CHATTER_STATUSES];

/* A figure that is null is NAN. */
enum figure {
	FIGURE_SALES,
	FIGURE_MESSAGES,
	FIGURE_PPVS,
	FIGURE_UNLOCKED,
	FIGURE_FANS,
	FIGURE_SPENT,
	FIGURE_GOLDEN, /* percent, to FIGURE_CVR */
	FIGURE_UNLOCK,
	FIGURE_CVR,
	FIGURE_REPLY, /* seconds */
	FIGURE_SALES_HR,
	FIGURE_MSG_HR,
	FIGURE_FANS_HR,
	FIGURES,
	FIGURES_OF_ROW = FIGURE_SALES_HR, /* those that an inflow_row has too */
};

/* Their keys. */
extern const char *const figure_key[FIGURES];

struct chatter_day {
	struct text id;
	struct text name; /* "no text": none */
	struct text team; /* its key; "no text": none */
	day_nr date;
	enum chatter_status status; /* CHATTER_STATUSES: not said */
	int64_t tracked_s;	    /* -1: unknown */
	double figure[FIGURES];
};

struct chatter_day_fields {
	size_t type, id, name, team, date, status, tracked;
	size_t figure[FIGURES];
};

void chatter_day_want(struct chatter_day_fields *, struct json_shape *);
bool chatter_day_here(const struct chatter_day_fields *, const struct record *);
/*
 * Its texts are those of the record.
 *
 * Errors: FAULT_DATA naming the field that is not of its kind.
 */
int chatter_day_decode(struct chatter_day *, const struct chatter_day_fields *,
    const struct record *, struct fault *);

/* Added to b, without a newline. */
void chatter_day_put(const struct chatter_day *, struct buf *b);

/* Figures from to before end as members of an object; NAN is null. */
void figures_put(
    const double figure[FIGURES], int from, int end, struct buf *b);

/* What all readers of a day's records need. Errors: FAULT_DATA. */
int chatter_date_read(
    day_nr *, const struct record *, size_t slot, struct fault *);
/* Whole seconds, 0 or more; -1 for null. Errors: FAULT_DATA. */
int chatter_seconds_read(
    int64_t *, const struct record *, size_t slot, struct fault *);
/* NAN for null. Errors: FAULT_DATA. */
int chatter_figure_read(double *, const struct record *, size_t slot,
    const char *key, struct fault *);

#endif
