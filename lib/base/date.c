#include "base/date.h"

#include <string.h>

#include "base/word.h"

#define DAY_MIN	   (-719162) /* 0001-01-01 */
#define DAY_MAX	   2932896   /* 9999-12-31 */
#define SECOND_US  INT64_C(1000000)
#define MINUTE_US  (60 * SECOND_US)
#define HOUR_US	   (60 * MINUTE_US)
#define COMMON_LEN 24 /* of YYYY-MM-DDTHH:MM:SS.mmmZ */

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool
is_leap(unsigned year)
{
	return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

bool
day_from_civil(int year, int month, int mday, day_nr *day)
{
	static const short before[] = { 0, 31, 59, 90, 120, 151, 181, 212, 243,
		273, 304, 334, 365 };
	unsigned y = (unsigned)year - 1, m = (unsigned)month - 1, length;

	if (y > 9998 || m > 11)
		return false;
	length = (unsigned)(before[m + 1] - before[m]);
	if (m == 1 && is_leap(y + 1))
		length++;
	if (mday < 1 || (unsigned)mday > length)
		return false;
	*day = DAY_MIN + (day_nr)(365 * y + y / 4 - y / 100 + y / 400) +
	       before[m] + (m > 1 && is_leap(y + 1)) + mday - 1;
	return true;
}

/* Counts in years that begin in March, so that a leap day ends one. */
void
day_to_civil(day_nr day, int *year, int *month, int *mday)
{
	unsigned n, era, of_era, y, of_year, m;

	if (day < DAY_MIN)
		day = DAY_MIN;
	if (day > DAY_MAX)
		day = DAY_MAX;
	n = (unsigned)(day + 719468); /* since 0000-03-01 */
	era = n / 146097;
	of_era = n % 146097;
	y = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
	of_year = of_era - (365 * y + y / 4 - y / 100);
	m = (5 * of_year + 2) / 153;
	*mday = (int)(of_year - (153 * m + 2) / 5 + 1);
	*month = (int)(m < 10 ? m + 3 : m - 9);
	*year = (int)(era * 400 + y + (*month <= 2));
}

int
day_weekday(day_nr day)
{
	/* 1970-01-01 was a Thursday */
	int weekday = (day % 7 + 3) % 7;

	return weekday < 0 ? weekday + 7 : weekday;
}

day_nr
instant_day(instant_us at)
{
	int64_t day = at / INSTANT_DAY_US;

	return (day_nr)(at % INSTANT_DAY_US < 0 ? day - 1 : day);
}

instant_us
instant_of_day(day_nr day)
{
	return day * INSTANT_DAY_US;
}

/* Two digits at p, 100 when they are none. */
static unsigned
two_digits(const char *p)
{
	if (!is_digit(p[0]) || !is_digit(p[1]))
		return 100;
	return (unsigned)(p[0] - '0') * 10 + (unsigned)(p[1] - '0');
}

bool
day_parse(struct text t, day_nr *day)
{
	unsigned century, year;

	if (t.len != 10 || t.p[4] != '-' || t.p[7] != '-')
		return false;
	century = two_digits(t.p);
	year = two_digits(t.p + 2);
	if (century > 99 || year > 99)
		return false;
	/* 100, which is no number, is no month and no day either */
	return day_from_civil((int)(century * 100 + year),
	    (int)two_digits(t.p + 5), (int)two_digits(t.p + 8), day);
}

/* Take n bytes from the front of *t; NULL when it is shorter. */
static const char *
take(struct text *t, size_t n)
{
	const char *p = t->p;

	if (t->len < n)
		return NULL;
	t->p += n;
	t->len -= n;
	return p;
}

/* Take two digits that are at most max. */
static bool
take_two(struct text *t, unsigned max, unsigned *value)
{
	const char *p = take(t, 2);

	if (p == NULL)
		return false;
	*value = two_digits(p);
	return *value <= max;
}

static bool
take_char(struct text *t, char c)
{
	if (t->len == 0 || *t->p != c)
		return false;
	(void)take(t, 1);
	return true;
}

/* The digits behind the point, one at least, as microseconds. */
static bool
take_fraction(struct text *t, int64_t *us)
{
	int64_t unit = SECOND_US / 10;
	size_t i;

	*us = 0;
	for (i = 0; i < t->len && is_digit(t->p[i]); i++) {
		*us += (t->p[i] - '0') * unit;
		unit /= 10;
	}
	(void)take(t, i);
	return i > 0;
}

static bool
take_time(struct text *t, bool loose, int64_t *us)
{
	unsigned hour, minute, second;
	int64_t fraction = 0;

	if (!take_two(t, 23, &hour) || !take_char(t, ':') ||
	    !take_two(t, 59, &minute))
		return false;
	*us = hour * HOUR_US + minute * MINUTE_US;
	if (!take_char(t, ':'))
		return loose;
	if (!take_two(t, 59, &second))
		return false;
	if ((take_char(t, '.') || (loose && take_char(t, ','))) &&
	    !take_fraction(t, &fraction))
		return false;
	*us += second * SECOND_US + fraction;
	return true;
}

/* What is ahead of UTC, from "Z", "+01:00" and the like. */
static bool
take_zone(struct text *t, bool loose, int64_t *us)
{
	unsigned hour, minute = 0;
	int64_t sign = 1;

	*us = 0;
	if (take_char(t, 'Z') || take_char(t, 'z'))
		return true;
	if (t->len == 0)
		return loose;
	if (take_char(t, '-'))
		sign = -1;
	else if (!take_char(t, '+'))
		return false;
	if (!take_two(t, 23, &hour))
		return false;
	if (t->len > 0 || !loose) {
		if (!take_char(t, ':') && !loose)
			return false;
		if (!take_two(t, 59, &minute))
			return false;
	}
	*us = sign * (hour * HOUR_US + minute * MINUTE_US);
	return true;
}

static bool
parse_any(struct text t, bool loose, instant_us *at)
{
	const char *date = take(&t, 10);
	int64_t of_day, ahead;
	day_nr day;

	if (date == NULL || !day_parse((struct text){ date, 10 }, &day))
		return false;
	*at = instant_of_day(day);
	if (t.len == 0)
		return loose;
	if (!take_char(&t, 'T') && !take_char(&t, 't') &&
	    !(loose && take_char(&t, ' ')))
		return false;
	if (!take_time(&t, loose, &of_day) || !take_zone(&t, loose, &ahead) ||
	    t.len > 0)
		return false;
	*at += of_day - ahead;
	return *at >= INSTANT_MIN && *at <= INSTANT_MAX;
}

/*
 * Eight bytes at p, of the form given: a digit where form has '0', else that
 * very byte. Returns the digits as pairs: byte i is the number that the digits
 * i and i + 1 make. *wrong gets a bit for a byte that does not fit.
 */
static uint64_t
eight(const char *p, const char *form, uint64_t limit, uint64_t *wrong)
{
	uint64_t word = word_at(p) ^ word_at(form);

	/* 10 + 0x76 and 1 + 0x7f reach the eighth bit */
	*wrong |= ((word + limit) | word) & WORD_EACH(0x80);
	return word * 10 + (word >> 8);
}

static int
byte_of(uint64_t word, int i)
{
	return (int)(word >> 8 * i & 0xff);
}

/* YYYY-MM-DDTHH:MM:SS.mmmZ, which nearly all instants are. */
static bool
parse_common(const char *p, instant_us *at)
{
	uint64_t wrong = 0;
	uint64_t date = eight(p, "0000-00-", 0x7f76767f76767676, &wrong);
	uint64_t clock = eight(p + 8, "00T00:00", 0x76767f76767f7676, &wrong);
	uint64_t rest = eight(p + 16, ":00.000Z", 0x7f7676767f76767f, &wrong);
	int hour = byte_of(clock, 3), minute = byte_of(clock, 6);
	int second = byte_of(rest, 1);
	day_nr day;

	if (wrong != 0 || hour > 23 || minute > 59 || second > 59)
		return false;
	if (!day_from_civil(byte_of(date, 0) * 100 + byte_of(date, 2),
		byte_of(date, 5), byte_of(clock, 0), &day))
		return false;
	*at = instant_of_day(day) +
	      (hour * 3600 + minute * 60 + second) * SECOND_US +
	      (byte_of(rest, 4) * 10 + p[22] - '0') * 1000;
	return true;
}

bool
instant_parse(struct text t, instant_us *at)
{
	if (t.len == COMMON_LEN && parse_common(t.p, at))
		return true;
	return parse_any(t, false, at);
}

bool
instant_parse_loose(struct text t, instant_us *at)
{
	if (t.len == COMMON_LEN && parse_common(t.p, at))
		return true;
	return parse_any(t, true, at);
}

static char *
put_two(char *out, unsigned value)
{
	out[0] = (char)('0' + value / 10);
	out[1] = (char)('0' + value % 10);
	return out + 2;
}

static char *
put_three(char *out, unsigned value)
{
	*out = (char)('0' + value / 100);
	return put_two(out + 1, value % 100);
}

static char *
put_date(char *out, day_nr day)
{
	int year, month, mday;

	day_to_civil(day, &year, &month, &mday);
	out = put_two(out, (unsigned)year / 100);
	out = put_two(out, (unsigned)year % 100);
	*out++ = '-';
	out = put_two(out, (unsigned)month);
	*out++ = '-';
	return put_two(out, (unsigned)mday);
}

/* Date and time to the second; *us gets what is left of the second. */
static char *
put_seconds(char *out, instant_us at, unsigned *us)
{
	day_nr day;
	unsigned second;
	int64_t of_day;

	if (at < INSTANT_MIN)
		at = INSTANT_MIN;
	if (at > INSTANT_MAX)
		at = INSTANT_MAX;
	day = instant_day(at);
	of_day = at - instant_of_day(day);
	second = (unsigned)(of_day / SECOND_US);
	*us = (unsigned)(of_day % SECOND_US);
	out = put_date(out, day);
	*out++ = 'T';
	out = put_two(out, second / 3600);
	*out++ = ':';
	out = put_two(out, second / 60 % 60);
	*out++ = ':';
	return put_two(out, second % 60);
}

void
instant_format(instant_us at, char out[INSTANT_TEXT])
{
	unsigned us;

	out = put_seconds(out, at, &us);
	if (us != 0) {
		*out++ = '.';
		out = put_three(out, us / 1000);
	}
	if (us % 1000 != 0)
		out = put_three(out, us % 1000);
	*out++ = 'Z';
	*out = '\0';
}

void
instant_format_iso(instant_us at, char out[INSTANT_TEXT])
{
	unsigned us;

	out = put_seconds(out, at, &us);
	if (us != 0) {
		*out++ = '.';
		out = put_three(out, us / 1000);
		out = put_three(out, us % 1000);
	}
	memcpy(out, "+00:00", 7);
}

void
day_format(day_nr day, char out[DAY_TEXT])
{
	*put_date(out, day) = '\0';
}
