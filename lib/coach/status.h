/*
 * status.h - the status a coach has on a page, beside the label in the file
 *
 * Unlike the label of eligibility(1) it depends on the period and on who else
 * is shown: the bound is the median of all coaches that are.
 */
#ifndef KPIPE_COACH_STATUS_H
#define KPIPE_COACH_STATUS_H

#include "base/text.h"

#define COACH_GOOD_DEALS 14 /* deals for Goed, unless the user says otherwise */

/*
 * The status of a coach with so many deals and that smoothed win percentage,
 * where median is that of all coaches shown. A smoothed of NAN is none.
 */
const char *coach_status(
    double deals, double smoothed_pct, double median_pct, long good_deals);

/* A label of eligibility; the names it had in older files give today's. */
struct text coach_label(struct text in_file);

#endif
