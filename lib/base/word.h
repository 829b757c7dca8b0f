/*
 * word.h - eight bytes at once, as a number, on any processor
 */
#ifndef KPIPE_WORD_H
#define KPIPE_WORD_H

#include <endian.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* Each byte of a word. */
#define WORD_EACH(byte) (UINT64_C(0x0101010101010101) * (byte))

/* The eight bytes at p, the first the least. */
static inline uint64_t
word_at(const char *p)
{
	uint64_t word;

	memcpy(&word, p, sizeof(word));
	return le64toh(word);
}

/* The first the greatest: they compare as text does. */
static inline uint64_t
word_in_order(const char *p)
{
	uint64_t word;

	memcpy(&word, p, sizeof(word));
	return be64toh(word);
}

/* The first len of the bytes at p, zeros behind; all eight can be read. */
static inline uint64_t
word_first(const char *p, size_t len)
{
	return len >= sizeof(uint64_t)
		   ? word_at(p)
		   : word_at(p) & ((UINT64_C(1) << len * 8) - 1);
}

/* The same for one to eight bytes, of which no other can be read. */
static inline uint64_t
word_short(const char *p, size_t len)
{
	uint32_t half[2];

	if (len == sizeof(uint64_t))
		return word_at(p);
	if (len >= sizeof(half[0])) {
		memcpy(&half[0], p, sizeof(half[0]));
		memcpy(&half[1], p + len - 4, sizeof(half[1]));
		return le32toh(half[0]) | (uint64_t)le32toh(half[1])
					      << (len - 4) * 8;
	}
	return (uint64_t)(unsigned char)p[0] |
	       (uint64_t)(unsigned char)p[len / 2] << len / 2 * 8 |
	       (uint64_t)(unsigned char)p[len - 1] << (len - 1) * 8;
}

static inline void
word_put(char *p, uint64_t word)
{
	word = htole64(word);
	memcpy(p, &word, sizeof(word));
}

#endif
