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
	char *p;

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

	return strtod(num_fixed(x, decimals, text), NULL);
}

const char *
num_format(double x, char out[NUM_MAX])
{
	int digits;

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

bool
num_parse(struct text t, double *x)
{
	char copy[512], *p = copy, *end;
	bool ok;

	if (t.len == 0 || number_length(t) != t.len)
		return false;
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
