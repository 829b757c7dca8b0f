/*
 * date.h - instants and days, without a time zone of the machine
 *
 * An instant is a count of microseconds since 1970-01-01T00:00:00Z (leap
 * seconds do not exist: a second of 60 is refused). A day is a count of days
 * since 1970-01-01. Both follow the Gregorian calendar from year 1 to 9999, in
 * UTC, and what is not in it is refused. Nothing here reads the clock, TZ or
 * the locale.
 */
#ifndef KPIPE_DATE_H
#define KPIPE_DATE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/text.h"

#define INSTANT_DAY_US (INT64_C(86400) * 1000000)
#define INSTANT_MIN    (INT64_C(-719162) * INSTANT_DAY_US) /* 0001-01-01 */
#define INSTANT_MAX    (INT64_C(2932897) * INSTANT_DAY_US - 1)
#define INSTANT_TEXT   40 /* bytes that instant_format writes at most */
#define DAY_TEXT       11

typedef int64_t instant_us; /* microseconds, UTC */
typedef int32_t day_nr;	    /* days */

/*
 * The form of RFC 3339: date, T, time with seconds, an optional fraction, Z or
 * an offset; t and z in either case. Digits past the microsecond are cut off.
 */
bool instant_parse(struct text t, instant_us *at);

/*
 * What the sources write: as above, and with a space for the T, with no zone
 * (UTC), without seconds, a comma before the fraction, offsets as +0100 or +01,
 * and a bare date (midnight UTC). Epoch counts are refused.
 */
bool instant_parse_loose(struct text t, instant_us *at);

/*
 * YYYY-MM-DDTHH:MM:SSZ, with .mmm or .uuuuuu where it has a fraction. An
 * instant past INSTANT_MIN or INSTANT_MAX is written as that.
 */
void instant_format(instant_us at, char out[INSTANT_TEXT]);

/*
 * YYYY-MM-DDTHH:MM:SS[.uuuuuu]+00:00: six digits or none, as the exports of the
 * coach system have it.
 */
void instant_format_iso(instant_us at, char out[INSTANT_TEXT]);

/* The UTC day an instant falls on, also before 1970. */
day_nr instant_day(instant_us at);
instant_us instant_of_day(day_nr day);

bool day_parse(struct text t, day_nr *day); /* YYYY-MM-DD */
void day_format(day_nr day, char out[DAY_TEXT]);
/* False for a day that is not in the calendar. */
bool day_from_civil(int year, int month, int mday, day_nr *day);
void day_to_civil(day_nr day, int *year, int *month, int *mday);
/* 0 is Monday. */
int day_weekday(day_nr day);

#endif
