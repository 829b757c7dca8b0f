#include "base/show.h"

#include <math.h>

#include "base/num.h"

#define GROUP	    3
#define MINUTE	    60
#define HOUR	    3600
#define SECONDS_MAX 1000000000000
#define MINUTE_US   INT64_C(60000000)
#define SHORT_NAME  3

static const char *const weekday[] = { "Monday", "Tuesday", "Wednesday",
	"Thursday", "Friday", "Saturday", "Sunday" };
static const char *const month[] = { "January", "February", "March", "April",
	"May", "June", "July", "August", "September", "October", "November",
	"December" };

/* Digits and what follows them, with a comma before each group. */
static void
put_grouped(const char *text, struct buf *b)
{
	size_t digits = strspn(text, "0123456789"), i;

	for (i = 0; i < digits; i++) {
		if (i > 0 && (digits - i) % GROUP == 0)
			buf_char(b, ',');
		buf_char(b, text[i]);
	}
	buf_str(b, text + digits);
}

void
show_fixed(double x, int decimals, struct buf *b)
{
	char text[NUM_FIXED];

	if (!isfinite(x)) {
		buf_str(b, SHOW_NOTHING);
		return;
	}
	num_fixed(x, decimals, text);
	if (*text == '-')
		buf_char(b, '-');
	put_grouped(text + (*text == '-'), b);
}

void
show_short(double x, struct buf *b)
{
	char text[NUM_MAX];

	buf_str(b, isfinite(x) ? num_format(x, text) : SHOW_NOTHING);
}

static void
put_money(double x, int decimals, struct buf *b)
{
	char text[NUM_FIXED];
	bool minus;

	if (!isfinite(x)) {
		buf_str(b, SHOW_NOTHING);
		return;
	}
	/* what rounds to nothing has no minus */
	minus = *num_fixed(x, decimals, text) == '-';
	buf_str(b, minus ? "-$" : "$");
	put_grouped(text + minus, b);
}

void
show_money(double x, struct buf *b)
{
	put_money(x, 2, b);
}

void
show_money_short(double x, struct buf *b)
{
	put_money(x, x == floor(x) ? 0 : 2, b);
}

void
show_percent(double x, struct buf *b)
{
	show_fixed(x, 1, b);
	if (isfinite(x))
		buf_str(b, " %");
}

void
show_duration(double x, struct buf *b)
{
	const char *blank = "";
	long long s;

	if (!isfinite(x)) {
		buf_str(b, SHOW_NOTHING);
		return;
	}
	s = x < SECONDS_MAX ? llround(x) : SECONDS_MAX;
	if (s >= HOUR) {
		s = (s + MINUTE / 2) / MINUTE * MINUTE;
		buf_printf(b, "%lldh", s / HOUR);
		blank = " ";
	}
	if (s % HOUR >= MINUTE) {
		buf_printf(b, "%s%lldm", blank, s % HOUR / MINUTE);
		blank = " ";
	}
	if (s % MINUTE > 0 || *blank == '\0')
		buf_printf(b, "%s%llds", blank, s % MINUTE);
}

void
show_day(day_nr day, struct buf *b)
{
	int y, m, d;

	day_to_civil(day, &y, &m, &d);
	buf_printf(b, "%.*s %d %.*s", SHORT_NAME, weekday[day_weekday(day)], d,
	    SHORT_NAME, month[m - 1]);
}

void
show_date(day_nr day, struct buf *b)
{
	int y, m, d;

	day_to_civil(day, &y, &m, &d);
	buf_printf(b, "%d %.*s %d", d, SHORT_NAME, month[m - 1], y);
}

void
show_day_long(day_nr day, struct buf *b)
{
	int y, m, d;

	day_to_civil(day, &y, &m, &d);
	buf_printf(
	    b, "%s %d %s %d", weekday[day_weekday(day)], d, month[m - 1], y);
}

void
show_instant(instant_us at, struct buf *b)
{
	int minutes;

	minutes = (int)((at - instant_of_day(instant_day(at))) / MINUTE_US);
	show_date(instant_day(at), b);
	buf_printf(b, ", %02d:%02d UTC", minutes / MINUTE, minutes % MINUTE);
}
