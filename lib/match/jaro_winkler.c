#include "match/jaro_winkler.h"

#include <stdbool.h>
#include <string.h>

#define ASCII 128

double
jaro_winkler_of(size_t a_nr, size_t b_nr, size_t matches, size_t transpositions,
    size_t prefix)
{
	double m = (double)matches, jaro;

	if (matches == 0)
		return 0;
	jaro = (m / (double)a_nr + m / (double)b_nr +
		   (double)(matches - transpositions) / m) /
	       3;
	return jaro + (double)prefix * WINKLER_SCALE * (1 - jaro);
}

/* Pair what is equal and near; marks say what is paired. */
static size_t
count_matches(const uint32_t *a, size_t a_nr, const uint32_t *b, size_t b_nr,
    unsigned char *a_mark, unsigned char *b_mark)
{
	size_t longer = a_nr > b_nr ? a_nr : b_nr, i, j, end, nr = 0;
	size_t window = longer / 2 > 0 ? longer / 2 - 1 : 0;

	for (i = 0; i < a_nr; i++) {
		end = i + window + 1 < b_nr ? i + window + 1 : b_nr;
		for (j = i > window ? i - window : 0; j < end; j++)
			if (a[i] == b[j] && !b_mark[j]) {
				a_mark[i] = b_mark[j] = 1;
				nr++;
				break;
			}
	}
	return nr;
}

static size_t
count_transpositions(const uint32_t *a, size_t a_nr, const uint32_t *b,
    const unsigned char *a_mark, const unsigned char *b_mark)
{
	size_t i, j = 0, nr = 0;

	for (i = 0; i < a_nr; i++) {
		if (!a_mark[i])
			continue;
		while (!b_mark[j])
			j++;
		nr += a[i] != b[j++];
	}
	return nr / 2;
}

/* The same two counts by bits, for names that are short, and ASCII in b. */
static bool
count_by_bits(const uint32_t *a, size_t a_nr, const uint32_t *b, size_t b_nr,
    size_t *matches, size_t *transpositions)
{
	uint64_t at[ASCII] = { 0 }, a_mark = 0, b_mark = 0, near;
	size_t longer = a_nr > b_nr ? a_nr : b_nr, i, end;
	size_t window = longer / 2 > 0 ? longer / 2 - 1 : 0;

	if (longer >= 64)
		return false;
	for (i = 0; i < b_nr; i++) {
		if (b[i] >= ASCII)
			return false;
		at[b[i]] |= UINT64_C(1) << i;
	}
	for (i = 0; i < a_nr; i++) {
		if (a[i] >= ASCII)
			continue;
		end = i + window + 1 < b_nr ? i + window + 1 : b_nr;
		near = (UINT64_C(1) << end) - 1;
		if (i > window)
			near &= ~((UINT64_C(1) << (i - window)) - 1);
		near &= at[a[i]] & ~b_mark;
		if (near != 0) {
			a_mark |= UINT64_C(1) << i;
			b_mark |= near & -near;
		}
	}
	*matches = (size_t)__builtin_popcountll(a_mark);
	*transpositions = 0;
	for (; a_mark != 0; a_mark &= a_mark - 1, b_mark &= b_mark - 1)
		*transpositions +=
		    a[__builtin_ctzll(a_mark)] != b[__builtin_ctzll(b_mark)];
	*transpositions /= 2;
	return true;
}

double
jaro_winkler(const uint32_t *a, size_t a_nr, const uint32_t *b, size_t b_nr,
    unsigned char *scratch)
{
	size_t matches, transpositions, prefix = 0;

	if (!count_by_bits(a, a_nr, b, b_nr, &matches, &transpositions)) {
		memset(scratch, 0, a_nr + b_nr);
		matches =
		    count_matches(a, a_nr, b, b_nr, scratch, scratch + a_nr);
		transpositions =
		    count_transpositions(a, a_nr, b, scratch, scratch + a_nr);
	}
	while (prefix < WINKLER_PREFIX && prefix < a_nr && prefix < b_nr &&
	       a[prefix] == b[prefix])
		prefix++;
	return jaro_winkler_of(a_nr, b_nr, matches, transpositions, prefix);
}
