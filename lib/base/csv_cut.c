#include "base/csv_cut.h"

#include <stdint.h>

#include "base/csv_in.h"
#include "base/xalloc.h"

#define BLOCK 64 /* bytes, of which each is a bit */

/*
 * The vector step: which bytes of a block end a cell or make it a hard one (the
 * delimiter, a line end, a quote, a NUL), and which are past ASCII.
 */
#if defined(__SSE2__) && !defined(CSV_PLAIN)
#include <emmintrin.h>

static inline uint64_t
stops_16(const char *p, __m128i delimiter, uint64_t *high)
{
	const __m128i v = _mm_loadu_si128((const void *)p);
	const __m128i quote = _mm_cmpeq_epi8(v, _mm_set1_epi8('"'));
	const __m128i lf = _mm_cmpeq_epi8(v, _mm_set1_epi8('\n'));
	const __m128i cr = _mm_cmpeq_epi8(v, _mm_set1_epi8('\r'));
	const __m128i nul = _mm_cmpeq_epi8(v, _mm_setzero_si128());
	const __m128i mark = _mm_cmpeq_epi8(v, delimiter);

	*high = (uint64_t)(uint32_t)_mm_movemask_epi8(v);
	return (uint64_t)(uint32_t)_mm_movemask_epi8(
	    _mm_or_si128(_mm_or_si128(_mm_or_si128(quote, lf), cr),
		_mm_or_si128(nul, mark)));
}

static inline uint64_t
block_stops(const char *p, char delimiter, uint64_t *high)
{
	const __m128i mark = _mm_set1_epi8(delimiter);
	uint64_t stops = 0, part;
	unsigned i;

	*high = 0;
	for (i = 0; i < BLOCK; i += 16) {
		stops |= stops_16(p + i, mark, &part) << i;
		*high |= part << i;
	}
	return stops;
}
#else
/* One byte at a time: for processors without a step of their own. */
static inline uint64_t
block_stops(const char *p, char delimiter, uint64_t *high)
{
	uint64_t stops = 0;
	unsigned i;

	*high = 0;
	for (i = 0; i < BLOCK; i++) {
		stops |=
		    (uint64_t)(p[i] == delimiter || p[i] == '"' ||
			       p[i] == '\n' || p[i] == '\r' || p[i] == '\0')
		    << i;
		*high |= (uint64_t)((unsigned char)p[i] >> 7) << i;
	}
	return stops;
}
#endif

void
csv_line_grow(struct csv_line *line)
{
	line->cap = line->cap < BLOCK ? 2 * BLOCK : 2 * line->cap;
	line->cell = xreallocarray(line->cell, line->cap, sizeof(*line->cell));
}

/* A cell on its way: where it starts, and the quotes around it. */
struct cut {
	const char *start;
	bool quoted;	   /* the first quote was seen, not the second */
	const char *close; /* the second */
};

enum step {
	STEP_ON,
	STEP_END, /* of the line */
	STEP_HARD,
};

/* The cell ends before p. */
static inline void
take_cell(struct csv_line *line, struct cut *c, const char *p)
{
	struct text *cell = &line->cell[line->nr++];

	if (c->close != NULL)
		*cell = (struct text){ c->start + 1,
			(size_t)(c->close - c->start - 1) };
	else
		*cell = (struct text){ p == c->start ? NULL : c->start,
			(size_t)(p - c->start) };
	c->start = p + 1;
	c->close = NULL;
}

/* One that opens a cell or closes it. */
static enum step
take_quote(struct cut *c, const char *p, const char *end, char delimiter)
{
	if (!c->quoted) {
		c->quoted = true;
		return p == c->start ? STEP_ON : STEP_HARD;
	}
	c->quoted = false;
	c->close = p;
	return p + 1 < end &&
		       (p[1] == delimiter || p[1] == '\n' || p[1] == '\r')
		   ? STEP_ON
		   : STEP_HARD;
}

/* What is not a delimiter outside of quotes. */
static enum step
take_other(struct csv_line *line, struct cut *c, const char *p, const char *end,
    char delimiter)
{
	if (*p == '"')
		return take_quote(c, p, end, delimiter);
	if (c->quoted && *p == delimiter)
		return STEP_ON;
	if (c->quoted || *p == '\0' || line->nr == CSV_CELLS_MAX)
		return STEP_HARD;
	take_cell(line, c, p);
	return STEP_END;
}

enum csv_cut
csv_cut(struct csv_line *line, const char *p, const char *end, char delimiter)
{
	struct cut c = { .start = p };
	uint64_t stops, high, past_ascii = 0;
	enum step step = STEP_ON;
	const char *at, *stop;

	line->nr = 0;
	for (at = p; at < end; at += BLOCK, past_ascii |= high) {
		stops = block_stops(at, delimiter, &high);
		if (line->cap - line->nr < BLOCK)
			csv_line_grow(line);
		if (end - at < BLOCK)
			stops &= (UINT64_C(1) << (end - at)) - 1;
		for (; stops != 0; stops &= stops - 1) {
			stop = at + __builtin_ctzll(stops);
			if (*stop == delimiter && !c.quoted &&
			    line->nr < CSV_CELLS_MAX)
				take_cell(line, &c, stop);
			else
				step =
				    take_other(line, &c, stop, end, delimiter);
			if (step != STEP_ON)
				break;
		}
		if (step == STEP_END) {
			/* what stands before the line's end */
			high &= (stops & -stops) - 1;
			line->ascii = (past_ascii | high) == 0;
			line->len = (size_t)(stop - p) + 1;
			return CSV_CUT_DONE;
		}
		if (step == STEP_HARD)
			break;
	}
	line->nr = 0;
	return step == STEP_HARD ? CSV_CUT_HARD : CSV_CUT_OPEN;
}
