/*
 * show.h - numbers and days as people read them, added to a buffer
 *
 * Rounded from the exact binary value, half away from zero. What is missing
 * (NAN) is a dash.
 */
#ifndef KPIPE_SHOW_H
#define KPIPE_SHOW_H

#include "base/buf.h"
#include "base/date.h"

#define SHOW_NOTHING "\xe2\x80\x93" /* an en dash */

/* 12.5, 1,234.0: with so many decimals, 0 to 9, in groups of three. */
void show_fixed(double x, int decimals, struct buf *b);
/* As few digits as say it: 20, 1.5. */
void show_short(double x, struct buf *b);
/* $1,234.50, -$3.20 */
void show_money(double x, struct buf *b);
/* The same without cents where there are none: $20. */
void show_money_short(double x, struct buf *b);
/* 9.8 % */
void show_percent(double x, struct buf *b);
/* Of seconds: 45s, 1m 42s, 2m, 1h 5m. */
void show_duration(double s, struct buf *b);

/* Tue 10 Feb */
void show_day(day_nr day, struct buf *b);
/* 10 Feb 2026 */
void show_date(day_nr day, struct buf *b);
/* Tuesday 10 February 2026 */
void show_day_long(day_nr day, struct buf *b);
/* 10 Feb 2026, 07:41 UTC */
void show_instant(instant_us at, struct buf *b);

#endif
