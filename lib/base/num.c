#include "base/num.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

double
num_round1(double x)
{
	char text[352]; /* DBL_MAX has 309 digits */

	/* printf rounds the exact binary value, ties to even */
	snprintf(text, sizeof(text), "%.1f", x);
	return strtod(text, NULL);
}

#define QUICK_DECIMALS 2
#define QUICK_MAX      1e9
#define QUICK_NEAR     1e-6 /* more than what a product below QUICK_MAX is off */

static const double power_of_ten[QUICK_DECIMALS + 1] = { 1, 10, 100 };

/* k / 10^decimals. */
static void
put_scaled(bool minus, uint64_t k, int decimals, char *out)
{
	char digit[NUM_MAX];
	int nr = 0;

	while (k > 0 || nr <= decimals) {
		digit[nr++] = (char)('0' + k % 10);
		k /= 10;
	}
	if (minus)
		*out++ = '-';
	while (nr > 0) {
		*out++ = digit[--nr];
		if (nr == decimals && nr > 0)
			*out++ = '.';
	}
	*out = '\0';
}

/*
 * |x| times 10^decimals, rounded: for what most numbers are, small, with few
 * decimals, and not so near half way between two of these that the product
 * could fall on the other side.
 */
static bool
scale_quickly(double x, int decimals, uint32_t *k)
{
	double scaled, whole, part;

	if (decimals > QUICK_DECIMALS)
		return false;
	scaled = fabs(x) * power_of_ten[decimals];
	if (!(scaled < QUICK_MAX))
		return false;
	whole = floor(scaled);
	part = scaled - whole;
	*k = (uint32_t)whole + (part > 0.5);
	return fabs(part - 0.5) >= QUICK_NEAR;
}

/* A double that a decimal with so few digits reads back as. */
static bool
format_quickly(double x, char *out)
{
	double scaled;
	int decimals;

	if (!(fabs(x) < QUICK_MAX / 100) || (x == 0 && signbit(x)))
		return false;
	for (decimals = 0; decimals <= QUICK_DECIMALS; decimals++) {
		scaled = nearbyint(fabs(x) * power_of_ten[decimals]);
		if (scaled / power_of_ten[decimals] == fabs(x)) {
			put_scaled(x < 0, (uint32_t)scaled, decimals, out);
			return true;
		}
	}
	return false;
}

/*
 * Half way between two decimals lie only numbers k / (2 * 10^decimals); those a
 * double holds are odd numbers of 2^-(decimals + 1).
 */
static bool
is_half_way(double x, int decimals)
{
	double y = ldexp(fabs(x), decimals + 1);

	return y < 9007199254740992.0 && fmod(y, 2) == 1;
}

const char *
num_fixed(double x, int decimals, char out[NUM_FIXED])
{
	uint32_t k;
	char *p;

	if (scale_quickly(x, decimals, &k)) {
		put_scaled(x < 0 && k > 0, k, decimals, out);
		return out;
	}
	if (is_half_way(x, decimals))
		x = nextafter(x, copysign(INFINITY, x));
	snprintf(out, NUM_FIXED, "%.*f", decimals, x);
	if (out[0] == '-') {
		for (p = out + 1; *p == '0' || *p == '.'; p++)
			;
		if (*p == '\0')
			memmove(out, out + 1, (size_t)(p - out));
	}
	return out;
}

double
num_round_away(double x, int decimals)
{
	char text[NUM_FIXED];
	uint32_t k;

	if (scale_quickly(x, decimals, &k))
		return (x < 0 && k > 0 ? -1.0 : 1.0) * k /
		       power_of_ten[decimals];
	return strtod(num_fixed(x, decimals, text), NULL);
}

__extension__ typedef unsigned __int128 wide;

static const uint64_t power_of_5[] = { 1, 5, 25, 125, 625, 3125, 15625, 78125,
	390625, 1953125, 9765625, 48828125, 244140625, 1220703125, 6103515625,
	30517578125, 152587890625, 762939453125, 3814697265625, 19073486328125,
	95367431640625 };

/*
 * A double m * 2^exponent, of which so many decimals are asked for: times
 * 10^places it is m * 5^places >> shift, and nothing is lost.
 */
struct exact {
	uint64_t m;
	int exponent;
};

/*
 * All of x's digits up to that place as one number, rounded to even as printf
 * does; true when they are enough to read x back.
 */
static bool
digits_of(const struct exact *x, unsigned places, uint64_t *digits)
{
	wide all = (wide)x->m * power_of_5[places], back, off;
	int shift = -(x->exponent + (int)places);
	bool is_less;

	if (shift <= 0) {
		*digits = (uint64_t)(all << -shift);
		return true;
	}
	*digits = (uint64_t)(all >> shift);
	off = all & (((wide)1 << shift) - 1);
	if (off << 1 > (wide)1 << shift ||
	    (off << 1 == (wide)1 << shift && *digits & 1))
		++*digits;
	back = (wide)*digits << shift;
	is_less = back < all;
	off = is_less ? all - back : back - all;
	/* below a power of two doubles are twice as near */
	if (is_less && x->m == UINT64_C(1) << 52)
		off <<= 1;
	/* m is one with its neighbours at 5^places */
	off <<= 1;
	return off < power_of_5[places] ||
	       (off == power_of_5[places] && x->m % 2 == 0);
}

/*
 * As %.15g, %.16g or %.17g, the first that reads back as x, in less time: for
 * doubles that are written without an exponent. False for others.
 */
static bool
format_exactly(double x, char *out)
{
	static const double ten[] = { 1e-4, 1e-3, 1e-2, 1e-1, 1e0, 1e1, 1e2,
		1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13,
		1e14 };
	struct exact exact;
	uint64_t digits = 0;
	unsigned before = 0, length, places = 0;
	bool minus = x < 0;

	x = fabs(x);
	if (!(x >= 1e-4 && x < 1e14))
		return false;
	while (x >= ten[before + 1])
		before++;
	exact.m = (uint64_t)ldexp(frexp(x, &exact.exponent), 53);
	exact.exponent -= 53;
	/* ten[4] has one digit before the point */
	for (length = 15; length <= 17; length++) {
		places = length + 3 - before;
		if (digits_of(&exact, places, &digits))
			break;
	}
	for (; places > 0 && digits % 10 == 0; places--)
		digits /= 10;
	put_scaled(minus, digits, (int)places, out);
	return true;
}

const char *
num_format(double x, char out[NUM_MAX])
{
	int digits;

	if (format_quickly(x, out) || format_exactly(x, out))
		return out;
	for (digits = 15; digits < 17; digits++) {
		snprintf(out, NUM_MAX, "%.*g", digits, x);
		if (strtod(out, NULL) == x)
			return out;
	}
	snprintf(out, NUM_MAX, "%.17g", x);
	return out;
}

/* How much of t is a number in JSON's form; 0 for none. */
static size_t
number_length(struct text t)
{
	size_t i = 0, digits;

	if (i < t.len && t.p[i] == '-')
		i++;
	if (i < t.len && t.p[i] == '0') {
		i++;
	} else {
		for (digits = i; i < t.len && t.p[i] >= '0' && t.p[i] <= '9';)
			i++;
		if (i == digits)
			return 0;
	}
	if (i < t.len && t.p[i] == '.') {
		for (digits = ++i; i < t.len && t.p[i] >= '0' && t.p[i] <= '9';)
			i++;
		if (i == digits)
			return 0;
	}
	if (i < t.len && (t.p[i] == 'e' || t.p[i] == 'E')) {
		i++;
		if (i < t.len && (t.p[i] == '+' || t.p[i] == '-'))
			i++;
		for (digits = i; i < t.len && t.p[i] >= '0' && t.p[i] <= '9';)
			i++;
		if (i == digits)
			return 0;
	}
	return i;
}

#define EXACT_DIGITS 15 /* that any double holds */

/*
 * A number of few digits: both its digits and the power of ten are doubles, so
 * one division rounds as reading it does. t is known to be a number.
 */
static bool
parse_quickly(struct text t, double *x)
{
	static const double power[EXACT_DIGITS + 1] = { 1, 1e1, 1e2, 1e3, 1e4,
		1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15 };
	size_t i = t.p[0] == '-', point = t.len;
	int64_t digits = 0;

	if (t.len > EXACT_DIGITS + 1)
		return false;
	for (; i < t.len; i++) {
		if (t.p[i] == '.')
			point = i + 1;
		else if (t.p[i] >= '0' && t.p[i] <= '9')
			digits = digits * 10 + (t.p[i] - '0');
		else
			return false;
	}
	if (digits >= (int64_t)1e15)
		return false;
	*x = (double)digits / power[t.len - point];
	if (t.p[0] == '-')
		*x = -*x;
	return true;
}

bool
num_parse(struct text t, double *x)
{
	char copy[512], *p = copy, *end;
	bool ok;

	if (t.len == 0 || number_length(t) != t.len)
		return false;
	if (parse_quickly(t, x))
		return true;
	if (t.len >= sizeof(copy))
		p = malloc(t.len + 1);
	if (p == NULL)
		return false;
	memcpy(p, t.p, t.len);
	p[t.len] = '\0';
	*x = strtod(p, &end);
	ok = end == p + t.len && isfinite(*x);
	if (p != copy)
		free(p);
	return ok;
}

bool
num_parse_int(struct text t, int64_t *x)
{
	uint64_t value = 0, limit = INT64_MAX;
	size_t i = 0;
	bool negative = t.len > 0 && t.p[0] == '-';

	if (negative) {
		limit++;
		i++;
	}
	if (i == t.len)
		return false;
	for (; i < t.len; i++) {
		if (t.p[i] < '0' || t.p[i] > '9')
			return false;
		if (value > (limit - (uint64_t)(t.p[i] - '0')) / 10)
			return false;
		value = value * 10 + (uint64_t)(t.p[i] - '0');
	}
	*x = negative ? (int64_t)(0 - value) : (int64_t)value;
	return true;
}
