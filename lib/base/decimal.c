#include "base/decimal.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/num.h"

#define ZEROS_MAX     400 /* that plain decimal may add */
#define DOUBLE_DIGITS 17  /* that tell any double from the next */
#define WHOLE_MAX     9007199254740992.0

struct spelled {
	struct buf digits; /* from the first to the last that is not 0 */
	int64_t point;	   /* how many of them stand before it */
};

static void
spelled_parse(struct spelled *d, struct text t)
{
	struct text digits;
	int64_t exponent = 0;
	size_t i, from = 0;

	buf_clear(&d->digits);
	d->point = -1;
	for (i = 0; i < t.len && t.p[i] != 'e' && t.p[i] != 'E'; i++)
		if (t.p[i] == '.')
			d->point = (int64_t)d->digits.len;
		else if (t.p[i] != '-')
			buf_char(&d->digits, t.p[i]);
	if (d->point == -1)
		d->point = (int64_t)d->digits.len;
	if (i < t.len) {
		i += t.p[i + 1] == '+' ? 2 : 1;
		/* one that does not fit is far out of any range */
		if (!num_parse_int(
			(struct text){ t.p + i, t.len - i }, &exponent) ||
		    exponent > INT32_MAX || exponent < INT32_MIN)
			exponent = INT32_MAX;
	}
	d->point += exponent;
	digits = buf_view(&d->digits);
	while (from < digits.len && digits.p[from] == '0')
		from++;
	while (digits.len > from && digits.p[digits.len - 1] == '0')
		digits.len--;
	memmove(d->digits.p, digits.p + from, digits.len - from);
	d->digits.len = digits.len - from;
	d->point -= (int64_t)from;
}

static bool
all_digits(struct text t)
{
	size_t i = 0;

	while (i < t.len && t.p[i] >= '0' && t.p[i] <= '9')
		i++;
	return i == t.len;
}

/* Without a point and without an exponent. */
static bool
is_whole(struct text t)
{
	if (t.len > 1 && t.p[0] == '-') {
		t.p++;
		t.len--;
	}
	return all_digits(t);
}

static void
put_spelled(const struct spelled *d, bool negative, struct buf *b)
{
	int64_t i, len = (int64_t)d->digits.len;

	if (len > 0 && negative)
		buf_char(b, '-');
	if (len == 0 || d->point <= 0)
		buf_char(b, '0');
	for (i = 0; i < d->point && len > 0; i++)
		buf_char(b, i < len ? d->digits.p[i] : '0');
	if (len == 0 || d->point >= len)
		return;
	buf_char(b, '.');
	for (i = d->point; i < 0; i++)
		buf_char(b, '0');
	buf_add(b, d->digits.p + i, (size_t)(len - i));
}

void
decimal_plain(struct text t, struct buf *b)
{
	struct spelled d = { 0 };
	char short_text[NUM_MAX];
	double x;

	if (t.len > 0 && all_digits(t)) {
		buf_text(b, t);
		return;
	}
	buf_init(&d.digits, t.len + NUM_MAX);
	spelled_parse(&d, t);
	if (d.digits.len > DECIMAL_DIGITS && d.point < (int64_t)d.digits.len &&
	    num_parse(t, &x))
		spelled_parse(&d, text_of(num_format(x, short_text)));
	if (d.point > -ZEROS_MAX && d.point < ZEROS_MAX)
		put_spelled(&d, t.p[0] == '-', b);
	else
		buf_text(b, t);
	buf_free(&d.digits);
}

bool
decimal_in_double(struct text t)
{
	struct spelled mine = { 0 }, doubled = { 0 };
	char digits[NUM_MAX];
	bool same;
	double x;

	if (t.len <= DECIMAL_DIGITS && memchr(t.p, 'e', t.len) == NULL &&
	    memchr(t.p, 'E', t.len) == NULL)
		return true;
	if (!num_parse(t, &x))
		return false;
	if (is_whole(t) && (x > WHOLE_MAX || x < -WHOLE_MAX))
		return false;
	buf_init(&mine.digits, t.len);
	buf_init(&doubled.digits, sizeof(digits));
	spelled_parse(&mine, t);
	same = mine.digits.len <= DOUBLE_DIGITS;
	if (same && mine.digits.len > 0) {
		snprintf(digits, sizeof(digits), "%.*e",
		    (int)mine.digits.len - 1, x);
		spelled_parse(&doubled, text_of(digits));
		same = mine.point == doubled.point &&
		       text_equal(
			   buf_view(&mine.digits), buf_view(&doubled.digits));
	}
	buf_free(&mine.digits);
	buf_free(&doubled.digits);
	return same;
}

/* By places. */
static const int64_t ten[] = { 1, 10, 100, 1000, 10000, 100000, 1000000,
	10000000, 100000000, 1000000000, 10000000000, 100000000000,
	1000000000000, 10000000000000, 100000000000000 };

struct decimal
decimal_of_double(double x)
{
	struct decimal d = { .places = DECIMAL_WIDE };

	memcpy(&d.digits, &x, sizeof(x));
	return d;
}

struct decimal
decimal_near(double x)
{
	struct decimal d = { 0 };
	char text[NUM_MAX];
	const char *p = num_format(x, text);
	size_t digits = 0;
	bool behind = false;

	for (p += *p == '-'; *p != '\0'; p++) {
		if (*p == '.') {
			behind = true;
			continue;
		}
		/* an exponent, or digits of no use */
		if (*p == 'e' || ++digits > DECIMAL_DIGITS ||
		    d.places == DECIMAL_PLACES)
			return decimal_of_double(x);
		d.digits = d.digits * 10 + (*p - '0');
		d.places = d.places + behind;
	}
	if (x < 0)
		d.digits = -d.digits;
	return d;
}

/* A double holds it, whatever its digits are. */
static bool
is_short(int64_t x)
{
	return x <= (INT64_C(1) << 53) && x >= -(INT64_C(1) << 53);
}

double
decimal_value(struct decimal d)
{
	char text[NUM_MAX];
	double x;

	if (d.places == DECIMAL_WIDE) {
		memcpy(&x, &d.digits, sizeof(x));
		return x;
	}
	/* of two that are exact the quotient is the nearest */
	if (is_short(d.digits))
		return (double)d.digits / (double)ten[d.places];
	snprintf(
	    text, sizeof(text), "%llde-%zu", (long long)d.digits, d.places);
	(void)num_parse(text_of(text), &x);
	return x;
}

double
decimal_part(struct decimal d, unsigned parts)
{
	int64_t all;

	if (d.places != DECIMAL_WIDE && is_short(d.digits) &&
	    !__builtin_mul_overflow(ten[d.places], parts, &all) &&
	    is_short(all))
		return (double)d.digits / (double)all;
	return decimal_value(d) / parts;
}

struct decimal
decimal_sum(struct decimal a, struct decimal b)
{
	struct decimal sum = { .places = a.places };

	if (a.places != DECIMAL_WIDE && b.places != DECIMAL_WIDE) {
		if (a.places < b.places)
			return decimal_sum(b, a);
		if (!__builtin_mul_overflow(
			b.digits, ten[a.places - b.places], &sum.digits) &&
		    !__builtin_add_overflow(sum.digits, a.digits, &sum.digits))
			return sum;
	}
	return decimal_of_double(decimal_value(a) + decimal_value(b));
}

struct decimal
decimal_times(struct decimal a, unsigned times)
{
	struct decimal d = { .places = a.places };

	if (a.places != DECIMAL_WIDE &&
	    !__builtin_mul_overflow(a.digits, (int64_t)times, &d.digits))
		return d;
	return decimal_of_double(decimal_value(a) * times);
}
