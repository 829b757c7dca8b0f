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
put_scaled(bool minus, uint32_t k, int decimals, char *out)
{
	char digit[16];
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

const char *
num_format(double x, char out[NUM_MAX])
{
	int digits;

	if (format_quickly(x, out))
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
