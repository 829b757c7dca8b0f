/*
 * cron.h - when the expressions of cron fire, in UTC
 *
 * Five fields: minute, hour, day of the month, month and day of the week, each
 * a list of numbers, ranges and steps. Months and days of the week have names
 * as well, in any case, and 7 is Sunday as 0 is. One of @hourly, @daily,
 * @midnight, @weekly, @monthly, @yearly and @annually stands for all five.
 *
 * Days are those of crontab(5): where both the day of the month and the day of
 * the week say which, either will do; a field that begins with a star does not
 * say which, and then both must hold, as with a step behind that star. A number
 * with a step, 20/15, goes on to the end of its field, as GitHub Actions has
 * it.
 */
#ifndef KPIPE_CRON_H
#define KPIPE_CRON_H

#include <stdbool.h>
#include <stdint.h>

#include "base/date.h"
#include "base/fault.h"

/* Bit n is on when n is among the numbers of the field. */
struct cron {
	uint64_t minute;
	uint64_t hour;
	uint64_t mday;
	uint64_t month;
	uint64_t wday; /* 0 is Sunday */
	bool either;   /* one of mday and wday is enough */
};

/*
 * Errors: FAULT_USAGE naming the field that is not what it must be, also for
 * days that no year has, such as the 30th of February.
 */
int cron_parse(struct cron *, struct text, struct fault *);

/*
 * The latest instant up to now at which it fires. False when there is none in
 * the calendar of date.h, which only an instant of its first years can be told.
 */
bool cron_latest(const struct cron *, instant_us now, instant_us *at);

#endif
