/*
 * ingest.h - what the tools of an ingest told: what was stored, what was not
 * complete, and what somebody has to put right at its source
 */
#ifndef KPIPE_BRIEFING_INGEST_H
#define KPIPE_BRIEFING_INGEST_H

#include "base/map.h"
#include "record/chatter_day.h"

/* Each borrows from the ingest; "no text" and NAN where it is not said. */
struct ingest_file {
	struct text name;
	double bytes;
};

struct ingest_store {
	struct text table; /* of Airtable; "no text": the history */
	double created, updated, unchanged, skipped, failed;
	struct text reason;
};

struct ingest_failed {
	struct text record;
	struct text reason;
};

struct ingest_fetch { /* that is not complete */
	struct text what;
	struct text object;
	struct text org;
	double received;
	double source_total;
	struct text reason;
};

struct ingest_unmatched {
	struct text source;
	struct text raw;
	struct text reason;
	struct json_value candidates;
	double sales;
	double messages;
};

struct ingest_missing {
	struct text type; /* missing_inflow, missing_hubstaff */
	struct text date;
	struct text id;
	struct text name;
	struct text team;
};

struct ingest_note {
	struct text date;
	struct text note;
	struct text name;
	struct text text;
};

struct ingest_gap { /* a date of which nothing is kept */
	struct text date;
};

enum ingest_kind {
	INGEST_FILE,
	INGEST_STORE,
	INGEST_FAILED,
	INGEST_FETCH,
	INGEST_UNMATCHED,
	INGEST_MISSING,
	INGEST_NOTE,
	INGEST_GAP,
	INGEST_KINDS
};

/* Structs of one kind, in the order in which they came. */
struct ingest_rows {
	void *p;
	size_t nr, cap;
};

struct ingest {
	struct ingest_rows of[INGEST_KINDS];
	size_t days[CHATTER_STATUSES]; /* of chatters, by status */
	bool has_days;
	day_nr first, last;
	struct map *status; /* "date id" to an enum chatter_status */
	struct ingest_reader *reader;
};

struct ingest *ingest_new(struct json_shape *);
/* Takes NULL. */
void ingest_free(struct ingest *);
/* Records of other types are passed over. Errors: FAULT_DATA. */
int ingest_add(struct ingest *, const struct record *, struct fault *);

/*
 * A missing row is one that should be there: not that of somebody who had the
 * day off, as far as that is known.
 */
bool ingest_is_missed(const struct ingest *, const struct ingest_missing *);

#endif
