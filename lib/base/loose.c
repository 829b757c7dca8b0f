#include "base/loose.h"

#include <string.h>

#include "base/num.h"
#include "base/word.h"

#define CORE_MAX   64 /* characters of a number */
#define CURRENCY   'c'
#define APOSTROPHE '\''

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
		if (t.p[0] != wide[i][0])
			continue;
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

struct text
loose_trim_slowly(struct text t)
{
	size_t len;

	while ((len = loose_blank(t)) > 0) {
		t.p += len;
		t.len -= len;
	}
	while ((len = blank_behind(t)) > 0)
		t.len -= len;
	return t;
}

/* One of the words below starts so. */
static bool
may_be_null(char c)
{
	return c == '-' || c == 'n' || c == 'N' || c == '#' || c == '.' ||
	       c == '\xe2';
}

bool
loose_is_null_word(struct text t)
{
	static const char word[][8] = { "-", "--", "\xe2\x80\x93",
		"\xe2\x80\x94", "n/a", "na", "#n/a", "null", "none", "nan",
		"#div/0!", "#value!", "." };
	size_t i;

	if (t.len > 7 || !may_be_null(t.p[0]))
		return false;
	for (i = 0; i < sizeof(word) / sizeof(*word); i++)
		if (word[i][t.len] == '\0' && text_is_nocase(t, word[i]))
			return true;
	return false;
}

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* The number of whole digits and the fraction behind them. */
static bool
join(const char *whole, size_t nr_whole, const char *part, size_t nr_part,
    struct decimal *x)
{
	char text[CORE_MAX + 4];
	double nearest;
	size_t i, nr = 0;

	while (nr_whole > 0 && whole[0] == '0') {
		whole++;
		nr_whole--;
	}
	if (nr_whole + nr_part <= DECIMAL_DIGITS && nr_part <= DECIMAL_PLACES) {
		*x = (struct decimal){ 0, nr_part };
		for (i = 0; i < nr_whole; i++)
			x->digits = x->digits * 10 + (whole[i] - '0');
		for (i = 0; i < nr_part; i++)
			x->digits = x->digits * 10 + (part[i] - '0');
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
	if (!num_parse((struct text){ text, nr }, &nearest))
		return false;
	*x = decimal_near(nearest);
	return true;
}

/*
 * Up to eight digits and a decimal mark as one number, all at once: the least byte is
 * the first digit. False when there is anything else.
 *
 * Source: Lemire, "Quickly parsing eight digits", 2018.
 */
static bool
read_word(uint64_t word, size_t len, char mark, int64_t *all, size_t *nr_part)
{
	uint64_t points = word ^ WORD_EACH((unsigned char)mark), below;
	size_t before;

	/* the lowest bit that is set is right, those above may not be */
	points = (points - WORD_EACH(1)) & ~points & WORD_EACH(0x80);
	*nr_part = 0;
	if (points != 0) {
		before = (size_t)__builtin_ctzll(points) / 8;
		below = (UINT64_C(1) << before * 8) - 1;
		word = (word & below) | (word >> 8 & ~below);
		len--;
		*nr_part = len - before;
		/* none on a side, or perhaps thousands */
		if (before == 0 || *nr_part == 0 ||
		    (*nr_part == 3 && before <= 3))
			return false;
	}
	word = (word << (8 - len) * 8) ^ (WORD_EACH('0') << (8 - len) * 8);
	if (((word + WORD_EACH(0x7f - 9)) | word) & WORD_EACH(0x80))
		return false;
	word = word * 10 + (word >> 8);
	word = ((word & UINT64_C(0x000000ff000000ff)) *
		       UINT64_C(0x000f424000000064) +
		   (word >> 16 & UINT64_C(0x000000ff000000ff)) *
		       UINT64_C(0x0000271000000001)) >>
	       32;
	*all = (int64_t)word;
	return true;
}

/* The same, one by one. */
static bool
read_bytes(struct text t, int64_t *all, size_t *nr_part)
{
	const char *p = t.p, *end = t.p + t.len, *start;
	size_t nr_whole;

	*all = 0;
	*nr_part = 0;
	for (start = p; p < end && is_digit(*p); p++)
		*all = *all * 10 + (*p - '0');
	nr_whole = (size_t)(p - start);
	if (p < end && *p == '.') {
		for (start = ++p; p < end && is_digit(*p); p++)
			*all = *all * 10 + (*p - '0');
		*nr_part = (size_t)(p - start);
		if (*nr_part == 0 || (*nr_part == 3 && nr_whole <= 3))
			return false;
	}
	return p == end && nr_whole > 0 &&
	       nr_whole + *nr_part <= DECIMAL_DIGITS;
}

/* Off its end, with a blank before it. */
static void
strip_euro(struct text *t, bool *found)
{
	*found = t->len > 3 && t->p[t->len - 1] == '\xac' &&
		 memcmp(t->p + t->len - 3, "\xe2\x82\xac", 3) == 0;
	if (!*found)
		return;
	t->len -= 3;
	t->len -= t->p[t->len - 1] == ' ';
}

/*
 * What most cells are: $412.50, 41.2%, 63, and 412,50 with a euro behind. False for any other, which may yet be
 * a number.
 */
static bool
read_plain(struct text t, struct loose_number *n)
{
	enum loose_mark mark = LOOSE_POINT;
	uint64_t word;

	n->currency = t.len > 0 && t.p[0] == '$';
	t.p += n->currency;
	t.len -= n->currency;
	n->percent = t.len > 0 && t.p[t.len - 1] == '%';
	t.len -= n->percent;
	if (!n->currency && !n->percent)
		strip_euro(&t, &n->currency);
	if (t.len == 0 || t.len > DECIMAL_DIGITS + 1)
		return false;
	if (t.len > sizeof(word)) {
		if (!read_bytes(t, &n->x.digits, &n->x.places))
			return false;
	} else {
		word = word_short(t.p, t.len);
		if (!read_word(word, t.len, '.', &n->x.digits, &n->x.places)) {
			mark = LOOSE_COMMA;
			if (!read_word(
				word, t.len, ',', &n->x.digits, &n->x.places))
				return false;
		}
	}
	n->proves = n->x.places > 0 ? mark : LOOSE_UNKNOWN;
	n->other = LOOSE_SAME;
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
			if ((t.p[0] | 0x20) == (sign[i].text[0] | 0x20) &&
			    text_starts_nocase(t, sign[i].text))
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
read_digits(const char *s, size_t len, char decimal, struct decimal *x)
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
	struct decimal point = { 0 }, comma = { 0 };
	bool by_point = read_digits(s, len, '.', &point);
	bool by_comma = read_digits(s, len, ',', &comma);
	bool marked =
	    memchr(s, '.', len) != NULL || memchr(s, ',', len) != NULL;

	if (!by_point && !by_comma)
		return false;
	n->x = by_point ? point : comma;
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

/* There is no minus before zero. */
static void
negate(struct decimal *x)
{
	if (x->places != DECIMAL_WIDE)
		x->digits = -x->digits;
	else if (decimal_value(*x) != 0.0)
		*x = decimal_of_double(-decimal_value(*x));
}

bool
loose_number_parse(struct text t, struct loose_number *n)
{
	char core[CORE_MAX];
	const char *s = core;
	size_t len;
	int sign = 0;

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
	if (sign == -1)
		negate(&n->x);
	return true;
}

struct decimal
loose_by_mark(struct decimal x, enum loose_other other, enum loose_mark mark)
{
	if (mark == LOOSE_COMMA && other != LOOSE_SAME)
		x.places = other == LOOSE_THOUSANDS ? 0 : 3;
	return x;
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

	while (t->len > 0 && !loose_is_plain(t->p[0]) &&
	       (len = loose_blank(*t)) > 0) {
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

	if (unit != 'h' && unit != 'm' && unit != 's')
		return 0;
	if (t->len >= 3 && t->p[1] > ' ' &&
	    ((unit == 'm' && text_starts_nocase(*t, "min")) ||
		(unit == 's' && text_starts_nocase(*t, "sec"))))
		len = 3;
	t->p += len;
	t->len -= len;
	return unit == 'h' ? 3600 : unit == 'm' ? 60 : 1;
}

static bool
read_units(struct text t, unsigned *seconds)
{
	unsigned x, unit, last = 3601;

	for (*seconds = 0; t.len > 0; last = unit) {
		if (!take_count(&t, &x))
			return false;
		skip_blanks(&t);
		unit = take_unit(&t);
		if (unit == 0 || unit >= last)
			return false;
		skip_blanks(&t);
		*seconds += x * unit;
	}
	return last < 3601;
}

static bool
read_colons(struct text t, enum loose_colon colon, unsigned *seconds)
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
		*seconds = part[0] * 60 + part[1];
	else
		*seconds =
		    part[0] * 3600 + part[1] * 60 + (nr == 3 ? part[2] : 0);
	return true;
}

bool
loose_duration_parse(struct text t, enum loose_colon colon, double *seconds)
{
	unsigned whole;

	if (!read_units(t, &whole) && !read_colons(t, colon, &whole))
		return false;
	*seconds = whole;
	return true;
}
