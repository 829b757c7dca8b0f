/*
 * rows.h - rows with the people that their names mean, in two passes
 *
 * Whether a name stands for somebody depends on the other names of the day, so
 * all rows are taken before the first is judged. What must be known of a row
 * until then is its note; the line itself is the caller's to keep. Pure.
 */
#ifndef KPIPE_MATCH_ROWS_H
#define KPIPE_MATCH_ROWS_H

#include "match/report.h"

struct rows_note {
	size_t outcome; /* MATCH_NOBODY: it is no row */
	size_t claim;
	size_t day;
	double sales, messages; /* NAN: none */
	struct named_span span[NAMED_MEMBERS];
};

struct rows {
	const struct people *people;
	struct named_fields fields;
	struct matcher *matcher;
	struct claims *claims;
	struct match_report *report;
	bool keep; /* those that are not matched, too */
	struct buf value[NAMED_MEMBERS];
	uint64_t nr, matched, ignored, left_out;
};

/* people and matcher are borrowed, fields copied. */
void rows_init(struct rows *, const struct people *, struct matcher *,
    const struct named_fields *, bool keep);
void rows_free(struct rows *);

/* Errors: FAULT_DATA for a row whose fields are of another kind. */
int rows_take(
    struct rows *, const struct record *, struct rows_note *, struct fault *);

/* What becomes of a line, when all were taken: false, it is left out. */
bool rows_judge(
    struct rows *, const struct rows_note *, struct text line, struct buf *out);

#endif
