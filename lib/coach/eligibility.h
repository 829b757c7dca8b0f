/*
 * eligibility.h - the label of each coach, and the order of the table
 *
 * Uses the figures of the last month as they were rounded. Keeps the records of
 * the coaches.
 */
#ifndef KPIPE_ELIGIBILITY_H
#define KPIPE_ELIGIBILITY_H

#include "record/coach.h"

/* In the order of the table. */
enum eligibility_label {
	ELIGIBILITY_GOOD,
	ELIGIBILITY_FAIR,
	ELIGIBILITY_NABELLER, /* excluded: too many deals of the nabellers */
	ELIGIBILITY_EXCLUDED,
	ELIGIBILITY_NO_DATA,
};

/* As the tables write it: "✅ Goed". */
struct text eligibility_text(enum eligibility_label);

/* By the first rule that holds; p50_pct is not rounded further. */
enum eligibility_label eligibility_of(
    const struct coach_standing *, double p50_pct);

struct eligibility;

struct eligibility *eligibility_new(struct json_shape *);
void eligibility_free(struct eligibility *);

/*
 * Take a coach: 1; 0 when the record is none and should go on; or -1.
 *
 * Errors: FAULT_DATA for a coach without the figures, or with a label.
 */
int eligibility_add(
    struct eligibility *, const struct record *, struct fault *);

size_t eligibility_nr(const struct eligibility *);

/*
 * The next coach with its label, into an emptied buffer. False behind the last.
 */
bool eligibility_next(struct eligibility *, struct buf *line);

#endif
