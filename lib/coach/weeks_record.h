/*
 * weeks_record.h - the weeks of coaches and their alerts as records; see
 * coach_week(5)
 */
#ifndef KPIPE_COACH_WEEKS_RECORD_H
#define KPIPE_COACH_WEEKS_RECORD_H

#include "base/buf.h"
#include "coach/weeks.h"

/* Added to b, without a newline. */
void week_put(const struct week_row *, struct buf *b);
/* Of a row that has an alert (weeks_alert). */
void week_alert_put(
    const struct weeks_settings *, const struct week_row *, struct buf *b);

#endif
