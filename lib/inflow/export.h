/*
 * export.h - the rows of an export below its header, one at a time
 *
 * What a row says is read here and put aside; rows of one person and day come
 * together later, in a struct person_day. How the numbers of the file are
 * written is found out on the way.
 */
#ifndef KPIPE_INFLOW_EXPORT_H
#define KPIPE_INFLOW_EXPORT_H

#include "inflow/figure.h"
#include "inflow/period.h"
#include "inflow/tell.h"
#include "inflow/wording.h"

enum export_percent {
	PERCENT_SEEN, /* in the file */
	PERCENT_POINTS,
	PERCENT_FRACTIONS,
};

struct export_settings {
	enum loose_mark mark; /* LOOSE_UNKNOWN: see what the file has */
	enum export_percent percent;
	enum period_order order;
	double reply_unit_s;
	bool keep_going; /* a bad cell is null, and its row stays */
	bool allow_multiday;
	bool has_only; /* rows of another day are dropped */
	day_nr only;
	bool has_day; /* of rows where no column has it */
	day_nr day;
};

struct export_counts {
	uint64_t rows; /* that are neither blank nor a header nor a total */
	uint64_t idle;
	uint64_t other_days;
	uint64_t bad;
	uint64_t nulls; /* bad cells, with keep_going */
};

struct export;

/* The header, resolved, and what tells are borrowed. */
struct export *export_new(const struct export_settings *,
    const struct inflow_header *, const struct tell *);
/* Takes NULL. */
void export_free(struct export *);

/*
 * The next row: 1 when it is to be put aside, with its key and value, which are
 * emptied first; 0 when there is nothing to keep; -1.
 *
 * Errors: FAULT_DATA "line: what" when the export as a whole is not to be used.
 */
int export_row(struct export *, const struct text *cell, size_t nr,
    uint64_t line, struct buf *key, struct buf *value, struct fault *);

/*
 * After the last row: how the figures are written.
 *
 * Errors: FAULT_DATA when cells contradict each other.
 */
int export_form(struct export *, struct figure_form *, struct fault *);

const struct export_counts *export_counts(const struct export *);

#endif
