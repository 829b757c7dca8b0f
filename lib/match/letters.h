/*
 * letters.h - how many letters two names share, counted by classes
 */
#ifndef KPIPE_MATCH_LETTERS_H
#define KPIPE_MATCH_LETTERS_H

#include <stddef.h>
#include <stdint.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

#define LETTER_CLASSES 32

/* At least as many as both have: each class as often as in the one of fewer. */
#ifdef __SSE2__
static inline unsigned
letters_shared(const uint8_t *a, const uint8_t *b)
{
	const __m128i *x = (const __m128i *)a, *y = (const __m128i *)b;
	const __m128i zero = _mm_setzero_si128();
	__m128i low = _mm_min_epu8(_mm_loadu_si128(x), _mm_loadu_si128(y)),
		high = _mm_min_epu8(
		    _mm_loadu_si128(x + 1), _mm_loadu_si128(y + 1)),
		sum = _mm_add_epi64(
		    _mm_sad_epu8(low, zero), _mm_sad_epu8(high, zero));

	return (unsigned)(_mm_cvtsi128_si32(sum) +
			  _mm_cvtsi128_si32(_mm_srli_si128(sum, 8)));
}
#else
static inline unsigned
letters_shared(const uint8_t *a, const uint8_t *b)
{
	unsigned shared = 0;
	size_t i;

	for (i = 0; i < LETTER_CLASSES; i++)
		shared += a[i] < b[i] ? a[i] : b[i];
	return shared;
}
#endif

#endif
