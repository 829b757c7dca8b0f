/*
 * person_day.h - the rows of one person and day to one record
 *
 * Rows come in the order of their keys. Several of a person and day, as exports
 * for each creator have them, are added up. A bad one among them leaves out the
 * person's day: a part of a sum is a wrong figure.
 */
#ifndef KPIPE_INFLOW_PERSON_DAY_H
#define KPIPE_INFLOW_PERSON_DAY_H

#include "inflow/figure.h"
#include "inflow/row.h"
#include "inflow/tell.h"
#include "inflow/wording.h"

struct person_day;

/* form, header and what tells are borrowed. */
struct person_day *person_day_new(const struct figure_form *,
    const struct inflow_header *, const struct tell *, bool keep_going);
/* Takes NULL. */
void person_day_free(struct person_day *);

/*
 * A row, which is copied: true when it is of the person and day of those before
 * it. Else it is not taken: finish first, then add it again.
 */
bool person_day_add(struct person_day *, struct text key, struct text value);

/*
 * The record of what was added, good until the next row: 1; 0 when there is
 * nothing to write.
 */
int person_day_finish(struct person_day *, struct inflow_row *);

struct person_day_counts {
	uint64_t written;
	uint64_t left_out; /* days of persons */
	uint64_t nulls;	   /* bad cells, with keep_going */
	uint64_t idle;
	uint64_t twice; /* rows that were there before */
};
const struct person_day_counts *person_day_counts(const struct person_day *);

#endif
