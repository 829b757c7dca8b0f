/*
 * compare.h - two runs beside each other, coach by coach
 *
 * A snapshot is what a page shows of a run's workbook in one period: its
 * coaches less those pages leave out, with the status they have there. Files
 * of other ages lack columns or have older labels; columns are found by their
 * names.
 */
#ifndef KPIPE_COACH_COMPARE_H
#define KPIPE_COACH_COMPARE_H

#include "base/fault.h"
#include "base/xlsx_in.h"
#include "record/run_difference.h"

struct coach_snapshot;

/* period is 1m, 3m or 6m and is borrowed. */
struct coach_snapshot *coach_snapshot_new(const char *period);
void coach_snapshot_free(struct coach_snapshot *);

/*
 * Take a row of the sheet of coaches; the first one is its header. Rows without
 * a coach_id are passed over.
 *
 * Errors: FAULT_DATA when the header lacks coach_id or a figure of the period,
 * for a coach that stood in an earlier row, for a figure that is no number.
 */
int coach_snapshot_row(struct coach_snapshot *, const struct xlsx_cell *cell,
    size_t nr, struct fault *);

/*
 * After the last row: give each coach its status, where good_deals deals and
 * the median of the smoothed percentages of all make Goed.
 */
void coach_snapshot_settle(struct coach_snapshot *, long good_deals);

/*
 * The coaches in either of two settled snapshots, in text order of coach_id;
 * run_a and run_b are left to the caller. The texts are those of the
 * snapshots, the array is the caller's.
 */
struct run_difference *coach_compare(
    const struct coach_snapshot *a, const struct coach_snapshot *b, size_t *nr);

#endif
