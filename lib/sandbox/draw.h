/*
 * draw.h - random-looking numbers that are a function of where they are used
 *
 * No state: the same seed, stream, index and salt give the same number on every
 * machine, so that any record can be made alone, at any time, from its index.
 */
#ifndef KPIPE_DRAW_H
#define KPIPE_DRAW_H

#include <stdint.h>

static inline uint64_t
draw_mix(uint64_t x)
{
	/* the finaliser of SplitMix64 */
	x += 0x9e3779b97f4a7c15u;
	x = (x ^ x >> 30) * 0xbf58476d1ce4e5b9u;
	x = (x ^ x >> 27) * 0x94d049bb133111ebu;
	return x ^ x >> 31;
}

static inline uint64_t
draw(uint64_t seed, uint32_t stream, uint64_t index, uint32_t salt)
{
	uint64_t x = draw_mix(seed ^ (uint64_t)stream << 40 ^ salt);

	return draw_mix(x ^ index);
}

/* 0 to nr - 1 */
static inline uint32_t
draw_below(uint64_t drawn, uint32_t nr)
{
	return (uint32_t)((drawn >> 32) * nr >> 32);
}

/* 0 up to, not including, 1 */
static inline double
draw_unit(uint64_t drawn)
{
	return (double)(drawn >> 11) * 0x1p-53;
}

#endif
