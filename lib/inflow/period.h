/*
 * period.h - the days that a cell of an export is about
 *
 * Accepted are 2026-02-10, 10/02/2026, 10-02-2026 and 10.02.2026, each with a
 * time of the day or without, and two of them with a dash between blanks.
 */
#ifndef KPIPE_INFLOW_PERIOD_H
#define KPIPE_INFLOW_PERIOD_H

#include "base/date.h"

/* Which comes first in 02/10/2026, where both could be a month. */
enum period_order {
	PERIOD_MDY,
	PERIOD_DMY,
};

struct period {
	day_nr first;
	day_nr last;
};

/* All of t, trimmed; false for what is none, or ends before it starts. */
bool period_parse(struct text t, enum period_order, struct period *);

/*
 * The day in a file name, as 2026-02-10 or 20260210: 1; 0 for none; -1 for more
 * than one.
 */
int period_of_name(struct text name, day_nr *day);

#endif
