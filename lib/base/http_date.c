#include "base/http_date.h"

#include <stdio.h>

#define SECOND_US INT64_C(1000000)

static const char month_name[12][4] = { "Jan", "Feb", "Mar", "Apr", "May",
	"Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
static const char *const day_name[7] = { "Monday", "Tuesday", "Wednesday",
	"Thursday", "Friday", "Saturday", "Sunday" };

struct stamp {
	int year, month, mday, hour, minute, second, weekday;
};

/* Each of these takes something off the front of *t, if it stands there. */

static bool
take(struct text *t, const char *what)
{
	size_t len = strlen(what);

	if (t->len < len || memcmp(t->p, what, len) != 0)
		return false;
	t->p += len;
	t->len -= len;
	return true;
}

static bool
take_digits(struct text *t, size_t nr, int *x)
{
	size_t i;

	if (t->len < nr)
		return false;
	*x = 0;
	for (i = 0; i < nr; i++) {
		if (t->p[i] < '0' || t->p[i] > '9')
			return false;
		*x = *x * 10 + (t->p[i] - '0');
	}
	t->p += nr;
	t->len -= nr;
	return true;
}

static bool
take_month(struct text *t, struct stamp *s)
{
	for (s->month = 1; s->month <= 12; s->month++)
		if (take(t, month_name[s->month - 1]))
			return true;
	return false;
}

static bool
take_weekday(struct text *t, struct stamp *s, bool whole)
{
	char name[4] = "";

	for (s->weekday = 0; s->weekday < 7; s->weekday++) {
		memcpy(name, day_name[s->weekday], 3);
		if (take(t, whole ? day_name[s->weekday] : name))
			return true;
	}
	return false;
}

static bool
take_time(struct text *t, struct stamp *s)
{
	return take_digits(t, 2, &s->hour) && take(t, ":") &&
	       take_digits(t, 2, &s->minute) && take(t, ":") &&
	       take_digits(t, 2, &s->second);
}

/* Sun, 06 Nov 1994 08:49:37 GMT */
static bool
parse_fixed(struct text t, struct stamp *s)
{
	return take_weekday(&t, s, false) && take(&t, ", ") &&
	       take_digits(&t, 2, &s->mday) && take(&t, " ") &&
	       take_month(&t, s) && take(&t, " ") &&
	       take_digits(&t, 4, &s->year) && take(&t, " ") &&
	       take_time(&t, s) && take(&t, " GMT") && t.len == 0;
}

/* Sunday, 06-Nov-94 08:49:37 GMT */
static bool
parse_rfc850(struct text t, instant_us now, struct stamp *s)
{
	int this_year, month, mday;

	if (!take_weekday(&t, s, true) || !take(&t, ", ") ||
	    !take_digits(&t, 2, &s->mday) || !take(&t, "-") ||
	    !take_month(&t, s) || !take(&t, "-") ||
	    !take_digits(&t, 2, &s->year) || !take(&t, " ") ||
	    !take_time(&t, s) || !take(&t, " GMT") || t.len != 0)
		return false;
	day_to_civil(instant_day(now), &this_year, &month, &mday);
	s->year += this_year / 100 * 100;
	if (s->year > this_year + 50)
		s->year -= 100;
	else if (s->year <= this_year - 50)
		s->year += 100;
	return true;
}

/* Sun Nov  6 08:49:37 1994 */
static bool
parse_asctime(struct text t, struct stamp *s)
{
	return take_weekday(&t, s, false) && take(&t, " ") &&
	       take_month(&t, s) && take(&t, " ") &&
	       (take(&t, " ") ? take_digits(&t, 1, &s->mday)
			      : take_digits(&t, 2, &s->mday)) &&
	       take(&t, " ") && take_time(&t, s) && take(&t, " ") &&
	       take_digits(&t, 4, &s->year) && t.len == 0;
}

bool
http_date_parse(struct text t, instant_us now, instant_us *at)
{
	struct stamp s;
	day_nr day;

	if (!parse_fixed(t, &s) && !parse_rfc850(t, now, &s) &&
	    !parse_asctime(t, &s))
		return false;
	if (!day_from_civil(s.year, s.month, s.mday, &day) ||
	    day_weekday(day) != s.weekday)
		return false;
	/* 60 is a leap second */
	if (s.hour > 23 || s.minute > 59 || s.second > 60)
		return false;
	*at = instant_of_day(day) +
	      (s.hour * 3600 + s.minute * 60 + s.second) * SECOND_US;
	return true;
}

void
http_date_format(instant_us at, char out[HTTP_DATE_TEXT])
{
	day_nr day;
	int year, month, mday, second;

	if (at < INSTANT_MIN || at > INSTANT_MAX)
		at = at < 0 ? INSTANT_MIN : INSTANT_MAX;
	day = instant_day(at);
	day_to_civil(day, &year, &month, &mday);
	second = (int)((at - instant_of_day(day)) / SECOND_US);
	snprintf(out, HTTP_DATE_TEXT, "%.3s, %02u %s %04u %02u:%02u:%02u GMT",
	    day_name[day_weekday(day)], (unsigned)mday % 100,
	    month_name[month - 1], (unsigned)year % 10000,
	    (unsigned)second / 3600 % 100, (unsigned)second / 60 % 60,
	    (unsigned)second % 60);
}

bool
http_retry_after(struct text t, instant_us now, int64_t *wait_s)
{
	instant_us at;
	int64_t x = 0;
	size_t i;

	t = text_trim(t);
	if (http_date_parse(t, now, &at)) {
		*wait_s =
		    at <= now ? 0 : (at - now + SECOND_US - 1) / SECOND_US;
		return true;
	}
	if (t.len == 0)
		return false;
	for (i = 0; i < t.len; i++) {
		if (t.p[i] < '0' || t.p[i] > '9')
			return false;
		x = x * 10 + (t.p[i] - '0');
		if (x > UINT32_MAX)
			x = UINT32_MAX;
	}
	*wait_s = x;
	return true;
}
