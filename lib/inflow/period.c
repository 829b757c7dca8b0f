#include "inflow/period.h"

#include "base/loose.h"

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* From least to most digits. */
static bool
take_number(struct text *t, size_t least, size_t most, int *x)
{
	size_t i = 0;

	for (*x = 0; i < t->len && i < most && is_digit(t->p[i]); i++)
		*x = *x * 10 + (t->p[i] - '0');
	t->p += i;
	t->len -= i;
	return i >= least && (t->len == 0 || !is_digit(t->p[0]));
}

static bool
take_char(struct text *t, char c)
{
	if (t->len == 0 || t->p[0] != c)
		return false;
	t->p++;
	t->len--;
	return true;
}

static bool
take_date(struct text *t, enum period_order order, day_nr *day)
{
	struct text rest = *t;
	int part[3], swap;
	char between;

	if (take_number(&rest, 4, 4, &part[0])) {
		if (!take_char(&rest, '-') ||
		    !take_number(&rest, 2, 2, &part[1]) ||
		    !take_char(&rest, '-') ||
		    !take_number(&rest, 2, 2, &part[2]))
			return false;
		*t = rest;
		return day_from_civil(part[0], part[1], part[2], day);
	}
	rest = *t;
	if (!take_number(&rest, 1, 2, &part[0]) || rest.len == 0)
		return false;
	between = rest.p[0];
	if ((between != '/' && between != '-' && between != '.') ||
	    !take_char(&rest, between) || !take_number(&rest, 1, 2, &part[1]) ||
	    !take_char(&rest, between) || !take_number(&rest, 4, 4, &part[2]))
		return false;
	/* day first, unless the month can be seen or is said to be */
	if (between != '.' && part[0] <= 12 &&
	    (part[1] > 12 || order == PERIOD_MDY)) {
		swap = part[0];
		part[0] = part[1];
		part[1] = swap;
	}
	*t = rest;
	return day_from_civil(part[2], part[1], part[0], day);
}

static bool
take_offset(struct text *t)
{
	struct text rest = *t;
	int hours, minutes;

	if (take_char(t, 'Z') || take_char(t, 'z'))
		return true;
	if (!take_char(&rest, '+') && !take_char(&rest, '-'))
		return true;
	if (take_number(&rest, 4, 4, &hours)) {
		*t = rest;
		return hours <= 1400 && hours % 100 < 60;
	}
	rest = (struct text){ t->p + 1, t->len - 1 };
	if (!take_number(&rest, 2, 2, &hours) || hours > 14)
		return false;
	if (take_char(&rest, ':') &&
	    (!take_number(&rest, 2, 2, &minutes) || minutes > 59))
		return false;
	*t = rest;
	return true;
}

/* A time of the day where there is one; false for what is none. */
static bool
take_time(struct text *t)
{
	struct text rest = *t;
	int hour, minute, second = 0, part;

	if (!take_char(&rest, 'T') && !take_char(&rest, ' '))
		return true;
	if (rest.len == 0 || !is_digit(rest.p[0]))
		return t->p[0] == ' '; /* it may be the dash of a range */
	if (!take_number(&rest, 1, 2, &hour) || !take_char(&rest, ':') ||
	    !take_number(&rest, 2, 2, &minute))
		return false;
	if (take_char(&rest, ':')) {
		if (!take_number(&rest, 2, 2, &second))
			return false;
		if (take_char(&rest, '.') && !take_number(&rest, 1, 9, &part))
			return false;
	}
	*t = rest;
	return hour <= 23 && minute <= 59 && second <= 59 && take_offset(t);
}

/* The dash between two dates, with blanks around it. */
static bool
take_dash(struct text *t)
{
	static const char *const dash[] = { "-", "\xe2\x80\x93",
		"\xe2\x80\x94" };
	size_t i, len = loose_blank(*t);

	if (len == 0)
		return false;
	*t = loose_trim(*t);
	for (i = 0; i < sizeof(dash) / sizeof(*dash); i++) {
		len = strlen(dash[i]);
		if (t->len <= len || memcmp(t->p, dash[i], len) != 0)
			continue;
		t->p += len;
		t->len -= len;
		len = loose_blank(*t);
		*t = loose_trim(*t);
		return len > 0;
	}
	return false;
}

bool
period_parse(struct text t, enum period_order order, struct period *p)
{
	if (!take_date(&t, order, &p->first) || !take_time(&t))
		return false;
	p->last = p->first;
	if (t.len == 0)
		return true;
	return take_dash(&t) && take_date(&t, order, &p->last) &&
	       take_time(&t) && t.len == 0 && p->last >= p->first;
}

int
period_of_name(struct text name, day_nr *day)
{
	static const int parts[] = { 4, 2, 2 };
	struct text rest;
	day_nr found;
	int part[3], seen = 0;
	size_t i, k;
	bool dashes, good;

	for (i = 0; i + 8 <= name.len; i++) {
		if (i > 0 && is_digit(name.p[i - 1]))
			continue;
		rest = (struct text){ name.p + i, name.len - i };
		dashes = name.len - i >= 10 && rest.p[4] == '-';
		good = true;
		for (k = 0; k < 3 && good; k++) {
			size_t len = (size_t)parts[k];
			struct text digits = { rest.p, len };

			good = rest.len >= len &&
			       take_number(&digits, len, len, &part[k]);
			if (!good)
				break;
			rest.p += len;
			rest.len -= len;
			if (dashes && k < 2)
				good = take_char(&rest, '-');
		}
		if (!good || (rest.len > 0 && is_digit(rest.p[0])) ||
		    !day_from_civil(part[0], part[1], part[2], &found))
			continue;
		if (seen == 1 && found != *day)
			return -1;
		*day = found;
		seen = 1;
	}
	return seen;
}
