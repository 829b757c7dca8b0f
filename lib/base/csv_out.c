#include "base/csv_out.h"

#include <string.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include "base/num.h"

static bool
asks_for_quotes(char c, char delimiter)
{
	return c == delimiter || c == '"' || c == '\r' || c == '\n';
}

#ifdef __SSE2__
/* Whether one of 16 bytes asks for quotes. */
static bool
block_asks(const char *p, char delimiter)
{
	__m128i v = _mm_loadu_si128((const __m128i *)p);
	__m128i hit = _mm_cmpeq_epi8(v, _mm_set1_epi8(delimiter));

	hit = _mm_or_si128(hit, _mm_cmpeq_epi8(v, _mm_set1_epi8('"')));
	hit = _mm_or_si128(hit, _mm_cmpeq_epi8(v, _mm_set1_epi8('\r')));
	hit = _mm_or_si128(hit, _mm_cmpeq_epi8(v, _mm_set1_epi8('\n')));
	return _mm_movemask_epi8(hit) != 0;
}
#endif

static bool
needs_quotes(struct text t, char delimiter)
{
	size_t i = 0;

#ifdef __SSE2__
	for (; i + 16 <= t.len; i += 16)
		if (block_asks(t.p + i, delimiter))
			return true;
#endif
	for (; i < t.len; i++)
		if (asks_for_quotes(t.p[i], delimiter))
			return true;
	return false;
}

/* A formula, for a spreadsheet; a number in front of which is a sign is none. */
static bool
would_run(struct text t)
{
	double x;

	return t.len > 0 && memchr("=+-@\t\r\n", t.p[0], 7) != NULL &&
	       !num_parse(t, &x);
}

/* The field to o, quotes doubled; returns what is behind it. */
static char *
put_quoted(char *o, struct text t, bool guard)
{
	size_t i;

	*o++ = '"';
	if (guard)
		*o++ = '\'';
	for (i = 0; i < t.len; i++) {
		if (t.p[i] == '"')
			*o++ = '"';
		*o++ = t.p[i];
	}
	*o++ = '"';
	return o;
}

void
csv_field(struct csv_out *csv, struct text t, bool is_text)
{
	bool guard = is_text && csv->guard && would_run(t);
	/* the delimiter, two quotes, the guard */
	char *o = buf_room(csv->to, 2 * t.len + 4);

	if (o == NULL)
		return;
	if (csv->nr++ > 0)
		*o++ = csv->delimiter;
	else
		csv->start = csv->to->len;
	if (t.len > 0 && needs_quotes(t, csv->delimiter)) {
		o = put_quoted(o, t, guard);
	} else if (t.len > 0) {
		if (guard)
			*o++ = '\'';
		memcpy(o, t.p, t.len);
		o += t.len;
	}
	*o = '\0';
	csv->to->len = (size_t)(o - csv->to->p);
}

void
csv_row(struct csv_out *csv)
{
	if (csv->nr == 1 && csv->to->len == csv->start)
		buf_str(csv->to, "\"\"");
	buf_str(csv->to, csv->crlf ? "\r\n" : "\n");
	csv->nr = 0;
}
