#include "hubspot/allowance.h"

#include "base/num.h"

/* So many fewer left than we know of are still no sign of others. */
#define NOISE	 10
#define MAX_SANE 100000

void
allowance_init(struct allowance *l, unsigned most)
{
	*l = (struct allowance){ .most = most,
		.nr = most > 0 ? most : ALLOWANCE_UNKNOWN };
}

/* How many of ours went out in the last window, at most; notes this answer. */
static uint64_t
ours(struct allowance *l, uint64_t requests, int64_t now_ms)
{
	uint64_t before = 0;
	unsigned i, nr = l->recent_nr, at;

	if (nr > ALLOWANCE_RECENT)
		nr = ALLOWANCE_RECENT;
	for (i = 0; i < nr; i++) {
		at = (l->recent_nr - 1 - i) % ALLOWANCE_RECENT;
		if (l->recent[at].at_ms <= now_ms - ALLOWANCE_WINDOW_MS) {
			before = l->recent[at].requests;
			break;
		}
	}
	at = l->recent_nr++ % ALLOWANCE_RECENT;
	l->recent[at].at_ms = now_ms;
	l->recent[at].requests = requests;
	return requests - before;
}

unsigned
allowance_note(struct allowance *l, int64_t max, int64_t interval_ms,
    int64_t left, uint64_t requests, int64_t now_ms)
{
	int64_t sent = (int64_t)ours(l, requests, now_ms), others;

	if (max <= 0 || max > MAX_SANE)
		return l->nr;
	others = left < 0 ? 0 : max - left - sent;
	if (interval_ms > 0)
		max = max * ALLOWANCE_WINDOW_MS / interval_ms;
	if (others > NOISE)
		max -= others;
	if (max < 1)
		max = 1;
	l->nr = l->most > 0 && l->most < max ? l->most : (unsigned)max;
	return l->nr;
}

/* The number in a header, -1 for none. */
static int64_t
header_number(const struct http_answer *a, const char *name)
{
	int64_t x;

	return num_parse_int(text_trim(http_header(a, name)), &x) && x >= 0
		   ? x
		   : -1;
}

unsigned
allowance_read(struct allowance *l, const struct http_answer *a,
    uint64_t requests, int64_t now_ms)
{
	return allowance_note(l, header_number(a, "x-hubspot-ratelimit-max"),
	    header_number(a, "x-hubspot-ratelimit-interval-milliseconds"),
	    header_number(a, "x-hubspot-ratelimit-remaining"), requests,
	    now_ms);
}
