/*
 * inflow_row.h - what one chatter did on one day, by Inflow; see inflow(5)
 */
#ifndef KPIPE_INFLOW_ROW_H
#define KPIPE_INFLOW_ROW_H

#include "base/ndjson.h"

/* The figures of a row; inflow(5) says what each is. */
enum inflow_figure {
	INFLOW_SALES,
	INFLOW_PPV_SALES,
	INFLOW_TIPS,
	INFLOW_DM_SALES,
	INFLOW_MESSAGES_SENT,
	INFLOW_PPVS_SENT,
	INFLOW_PPVS_UNLOCKED,
	INFLOW_GOLDEN_PCT,
	INFLOW_UNLOCK_PCT,
	INFLOW_FANS,
	INFLOW_FANS_SPENT,
	INFLOW_CVR_PCT,
	INFLOW_REPLY_S,
	INFLOW_CLOCKED_H,
	INFLOW_SCHEDULED_H,
	INFLOW_SALES_HR,
	INFLOW_MSG_HR,
	INFLOW_FANS_HR,
	INFLOW_CHARS,
	INFLOW_FIGURES,
};

/* Their keys in a record. */
extern const char *const inflow_key[INFLOW_FIGURES];

struct inflow_row {
	struct text date; /* YYYY-MM-DD */
	struct text tz;	  /* these texts may be "no text" */
	struct text name; /* this one never */
	struct text email;
	struct text group;
	struct text creators;
	double figure[INFLOW_FIGURES]; /* NAN: null */
	uint64_t rows;		       /* of the export that are in it */
};

struct inflow_row_fields {
	size_t type, date, tz, name, email, group, creators, rows;
	size_t figure[INFLOW_FIGURES];
};

void inflow_row_want(struct inflow_row_fields *, struct json_shape *);
bool inflow_row_here(const struct inflow_row_fields *, const struct record *);
/*
 * Borrows from the record.
 *
 * Errors: FAULT_DATA naming the field that is missing or of another kind.
 */
int inflow_row_decode(struct inflow_row *, const struct inflow_row_fields *,
    const struct record *, struct fault *);

/* Added to b, without a newline. */
void inflow_row_put(const struct inflow_row *, struct buf *b);

#endif
