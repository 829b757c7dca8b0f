#include "base/loose.h"

#include <math.h>
#include <string.h>

#include "base/num.h"

#define CORE_MAX   64 /* characters of a number */
#define EXACT_MAX  15 /* digits that a double holds, whatever they are */
#define CURRENCY   'c'
#define APOSTROPHE '\''

static const double power_of_ten[] = { 1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7,
	1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15 };

size_t
loose_blank(struct text t)
{
	static const char *const wide[] = { "\xc2\xa0", "\xe2\x80\xaf",
		"\xe2\x80\x87", "\xe2\x80\x89", "\xef\xbb\xbf" };
	size_t i, len;

	if (t.len == 0)
		return 0;
	if (t.p[0] == ' ' || t.p[0] == '\t' || t.p[0] == '\r' || t.p[0] == '\n')
		return 1;
	for (i = 0; (t.p[0] & 0x80) && i < sizeof(wide) / sizeof(*wide); i++) {
		len = strlen(wide[i]);
		if (t.len >= len && memcmp(t.p, wide[i], len) == 0)
			return len;
	}
	return 0;
}

static size_t
blank_behind(struct text t)
{
	size_t len;

	for (len = 1; len <= 3 && len <= t.len; len++)
		if (loose_blank((struct text){ t.p + t.len - len, len }) == len)
			return len;
	return 0;
}

/* No blank, nor a part of one. */
static bool
is_plain(char c)
{
	return c > ' ' && c < 0x7f;
}

struct text
loose_trim(struct text t)
{
	size_t len;

	if (t.len > 0 && is_plain(t.p[0]) && is_plain(t.p[t.len - 1]))
		return t;
	while ((len = loose_blank(t)) > 0) {
		t.p += len;
		t.len -= len;
	}
	while ((len = blank_behind(t)) > 0)
		t.len -= len;
	return t;
}

bool
loose_is_null(struct text t)
{
	static const char *const word[] = { "-", "--", "\xe2\x80\x93",
		"\xe2\x80\x94", "n/a", "na", "#n/a", "null", "none", "nan",
		"#div/0!", "#value!", "." };
	size_t i;

	if (t.len == 0)
		return true;
	if (t.len > 7 || (t.p[0] >= '0' && t.p[0] <= '9') || t.p[0] == '$')
		return false;
	for (i = 0; i < sizeof(word) / sizeof(*word); i++)
		if (text_is_nocase(t, word[i]))
			return true;
	return false;
}

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* The number of whole digits s and the fraction behind it, correctly rounded. */
static bool
join(const char *whole, size_t nr_whole, const char *part, size_t nr_part,
    double *x)
{
	char text[CORE_MAX + 4];
	uint64_t all = 0;
	size_t i, nr = 0;

	while (nr_whole > 0 && whole[0] == '0') {
		whole++;
		nr_whole--;
	}
	if (nr_whole + nr_part <= EXACT_MAX) {
		for (i = 0; i < nr_whole; i++)
			all = all * 10 + (uint64_t)(whole[i] - '0');
		for (i = 0; i < nr_part; i++)
			all = all * 10 + (uint64_t)(part[i] - '0');
		*x = (double)all / power_of_ten[nr_part];
		return true;
	}
	if (nr_whole == 0)
		text[nr++] = '0';
	memcpy(text + nr, whole, nr_whole);
	nr += nr_whole;
	if (nr_part > 0)
		text[nr++] = '.';
	memcpy(text + nr, part, nr_part);
	nr += nr_part;
	return num_parse((struct text){ text, nr }, x);
}

/*
 * What most cells are: $412.50, 41.2%, 63. False for any other, which may yet be
 * a number.
 */
static bool
read_plain(struct text t, struct loose_number *n)
{
	const char *p = t.p, *end = t.p + t.len, *start;
	size_t nr_whole, nr_part = 0;
	uint64_t all = 0;

	if (p < end && *p == '$') {
		n->currency = true;
		p++;
	}
	for (start = p; p < end && is_digit(*p); p++)
		all = all * 10 + (uint64_t)(*p - '0');
	nr_whole = (size_t)(p - start);
	if (p < end && *p == '.') {
		for (start = ++p; p < end && is_digit(*p); p++)
			all = all * 10 + (uint64_t)(*p - '0');
		nr_part = (size_t)(p - start);
		if (nr_part == 0)
			return false;
		if (nr_part == 3 && nr_whole <= 3)
			return false; /* perhaps thousands */
		n->proves = LOOSE_POINT;
	}
	if (p < end && *p == '%') {
		n->percent = true;
		p++;
	}
	if (p != end || nr_whole == 0 || nr_whole + nr_part > EXACT_MAX)
		return false;
	n->value =
	    nr_part == 0 ? (double)all : (double)all / power_of_ten[nr_part];
	return true;
}

/* One character for each thing a number can have; their number, 0 for none. */
static size_t
to_core(struct text t, char core[CORE_MAX])
{
	static const struct {
		const char *text;
		char is;
	} sign[] = { { "\xe2\x88\x92", '-' }, { "\xe2\x80\x99", APOSTROPHE },
		{ "US$", CURRENCY }, { "USD", CURRENCY }, { "EUR", CURRENCY },
		{ "GBP", CURRENCY }, { "$", CURRENCY },
		{ "\xe2\x82\xac", CURRENCY }, { "\xc2\xa3", CURRENCY } };
	size_t nr = 0, len, i;

	for (; t.len > 0; t.p += len, t.len -= len) {
		if (nr == CORE_MAX)
			return 0;
		len = 1;
		if (strchr("0123456789.,+-()%'", t.p[0]) != NULL &&
		    t.p[0] != '\0') {
			core[nr++] = t.p[0];
			continue;
		}
		if ((len = loose_blank(t)) > 0) {
			core[nr++] = ' ';
			continue;
		}
		for (i = 0; i < sizeof(sign) / sizeof(*sign); i++)
			if (text_starts_nocase(t, sign[i].text))
				break;
		if (i == sizeof(sign) / sizeof(*sign))
			return 0;
		core[nr++] = sign[i].is;
		len = strlen(sign[i].text);
	}
	return nr;
}

/* Digits and separators alone, with decimal between whole and fraction. */
static bool
read_digits(const char *s, size_t len, char decimal, double *x)
{
	const char *mark = memchr(s, decimal, len);
	size_t nr_whole = mark == NULL ? len : (size_t)(mark - s);
	size_t nr_part = mark == NULL ? 0 : len - nr_whole - 1;
	size_t i, nr = 0, run = 0;
	char whole[CORE_MAX], between = '\0';

	for (i = 0; i < nr_part; i++)
		if (!is_digit(mark[1 + i]))
			return false;
	for (i = 0; i < nr_whole; i++) {
		if (is_digit(s[i])) {
			whole[nr++] = s[i];
			run++;
			continue;
		}
		/* thousands: 1 to 3 digits, then 3 each, the same between */
		if (between == '\0' ? run == 0 || run > 3 || s[0] == '0'
				    : run != 3 || s[i] != between)
			return false;
		between = s[i];
		run = 0;
	}
	if ((between != '\0' && run != 3) || (mark != NULL && nr_part == 0) ||
	    nr + nr_part == 0)
		return false;
	return join(whole, nr, mark == NULL ? s : mark + 1, nr_part, x);
}

/* Both readings of digits and separators. */
static bool
read_both(const char *s, size_t len, struct loose_number *n)
{
	double point = 0.0, comma = 0.0;
	bool by_point = read_digits(s, len, '.', &point);
	bool by_comma = read_digits(s, len, ',', &comma);
	bool marked =
	    memchr(s, '.', len) != NULL || memchr(s, ',', len) != NULL;

	if (!by_point && !by_comma)
		return false;
	n->value = by_point ? point : comma;
	if (by_point && by_comma && marked)
		n->other = memchr(s, '.', len) != NULL ? LOOSE_THOUSANDS
						       : LOOSE_THOUSANDTHS;
	else if (marked)
		n->proves = by_point ? LOOSE_POINT : LOOSE_COMMA;
	return true;
}

/* Take what may stand around the digits off both ends; false when twice. */
static bool
strip(const char **s, size_t *len, struct loose_number *n, int *sign)
{
	const char *p = *s, *end = *s + *len;

	for (; p < end && !is_digit(*p) && *p != '.' && *p != ','; p++)
		if (*p == CURRENCY && !n->currency)
			n->currency = true;
		else if ((*p == '-' || *p == '+') && *sign == 0)
			*sign = *p == '-' ? -1 : 1;
		else if (*p == '(' && end[-1] == ')' && *sign == 0) {
			*sign = -1;
			end--;
		} else if (*p != ' ')
			return false;
	for (; end > p && !is_digit(end[-1]); end--)
		if (end[-1] == CURRENCY && !n->currency)
			n->currency = true;
		else if (end[-1] == '%' && !n->percent)
			n->percent = true;
		else if (end[-1] != ' ')
			return false;
	*s = p;
	*len = (size_t)(end - p);
	return p < end;
}

bool
loose_number_parse(struct text t, struct loose_number *n)
{
	char core[CORE_MAX];
	const char *s = core;
	size_t len;
	int sign = 0;

	*n = (struct loose_number){ 0 };
	if (read_plain(t, n))
		return true;
	*n = (struct loose_number){ 0 };
	len = to_core(t, core);
	if (len == 0)
		return false;
	/* (12.5)% */
	if (core[len - 1] == '%') {
		n->percent = true;
		len--;
	}
	if (!strip(&s, &len, n, &sign) || !read_both(s, len, n))
		return false;
	if (sign == -1 && n->value != 0.0)
		n->value = -n->value;
	return true;
}

double
loose_value(double value, enum loose_other other, enum loose_mark mark)
{
	if (mark != LOOSE_COMMA || other == LOOSE_SAME)
		return value;
	return other == LOOSE_THOUSANDS ? round(value * 1000.0)
					: value / 1000.0;
}

/* One to six digits; false when there are none. */
static bool
take_count(struct text *t, unsigned *x)
{
	size_t i = 0;

	for (*x = 0; i < t->len && i < 6 && is_digit(t->p[i]); i++)
		*x = *x * 10 + (unsigned)(t->p[i] - '0');
	t->p += i;
	t->len -= i;
	return i > 0 && (t->len == 0 || !is_digit(t->p[0]));
}

static void
skip_blanks(struct text *t)
{
	size_t len;

	while ((len = loose_blank(*t)) > 0) {
		t->p += len;
		t->len -= len;
	}
}

/* The seconds of the unit that t starts with, 0 for none. */
static unsigned
take_unit(struct text *t)
{
	char unit = t->len == 0 ? '\0' : (char)(t->p[0] | 0x20);
	size_t len = 1;

	if (unit == 'm' && text_starts_nocase(*t, "min"))
		len = 3;
	if (unit == 's' && text_starts_nocase(*t, "sec"))
		len = 3;
	if (unit != 'h' && unit != 'm' && unit != 's')
		return 0;
	t->p += len;
	t->len -= len;
	return unit == 'h' ? 3600 : unit == 'm' ? 60 : 1;
}

static bool
read_units(struct text t, double *seconds)
{
	unsigned x, unit, last = 3601;

	for (*seconds = 0.0; t.len > 0; last = unit) {
		if (!take_count(&t, &x))
			return false;
		skip_blanks(&t);
		unit = take_unit(&t);
		if (unit == 0 || unit >= last)
			return false;
		skip_blanks(&t);
		*seconds += (double)x * unit;
	}
	return last < 3601;
}

static bool
read_colons(struct text t, enum loose_colon colon, double *seconds)
{
	unsigned part[3];
	size_t nr = 0, digits;

	for (;;) {
		digits = t.len;
		if (nr == 3 || !take_count(&t, &part[nr]))
			return false;
		digits -= t.len;
		if (nr > 0 && (digits != 2 || part[nr] > 59))
			return false;
		nr++;
		if (t.len == 0)
			break;
		if (t.p[0] != ':')
			return false;
		t.p++;
		t.len--;
	}
	if (nr == 1 || (nr == 2 && colon == LOOSE_M_SS && part[0] > 59))
		return false;
	if (nr == 2 && colon == LOOSE_M_SS)
		*seconds = part[0] * 60.0 + part[1];
	else
		*seconds =
		    part[0] * 3600.0 + part[1] * 60.0 + (nr == 3 ? part[2] : 0);
	return true;
}

bool
loose_duration_parse(struct text t, enum loose_colon colon, double *seconds)
{
	return read_units(t, seconds) || read_colons(t, colon, seconds);
}
