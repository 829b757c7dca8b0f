#include "base/pace.h"

#include <stdlib.h>

#include "base/xalloc.h"

#define MARGIN_US    50000
#define LATEST_SHARE 20

struct pace_send {
	uint64_t id;
	int64_t sent_at;
	int64_t leaves_at;
	bool first;
};

static int64_t
window_us(const struct pace *p)
{
	return (int64_t)p->conf.window_ms * 1000;
}

/* How long after its sending a request may still be counted, at most. */
static int64_t
latest_us(const struct pace *p)
{
	int64_t us = window_us(p) / LATEST_SHARE;

	return us < MARGIN_US ? MARGIN_US : us;
}

/* What of the window the requests behind rank 0 leave to it. */
static unsigned
reserve(const struct pace *p)
{
	int64_t most, use;

	if (p->first_nr == 0 || p->nr == 0)
		return 0;
	most = (int64_t)(p->share * p->nr);
	/* never all of it: what waits for room must come to have some */
	if (most >= p->nr)
		most = p->nr - 1;
	if (p->turn_us == 0)
		return (unsigned)most;
	/* what is kept and cannot be used is lost */
	use = (window_us(p) / p->turn_us + 1) * p->first_nr;
	return (unsigned)(use < most ? use : most);
}

void
pace_init(struct pace *p, const struct http_window *conf)
{
	*p = (struct pace){ .conf = *conf, .nr = conf->nr };
	if (conf->nr > 0)
		p->share = (double)conf->reserve / conf->nr;
	p->held_until = INT64_MIN;
	p->side[0].opens_at = p->side[1].opens_at = PACE_NEVER;
}

void
pace_free(struct pace *p)
{
	free(p->send);
	p->send = NULL;
}

void
pace_first(struct pace *p, int change)
{
	p->first_nr += (unsigned)change;
}

void
pace_turn(struct pace *p, int64_t us)
{
	if (us < 1)
		us = 1;
	/* a chain's pages differ, and so does the network */
	p->turn_us = p->turn_us == 0 ? us : (p->turn_us * 7 + us) / 8;
}

static void
side_add(struct pace *p, const struct pace_send *s)
{
	struct pace_side *side = &p->side[s->first];

	side->sent++;
	if (s->leaves_at < side->opens_at)
		side->opens_at = s->leaves_at;
}

void
pace_prune(struct pace *p, int64_t now)
{
	size_t i, kept = 0;
	int k;

	for (k = 0; k < 2; k++) {
		p->side[k].sent = 0;
		p->side[k].opens_at = PACE_NEVER;
	}
	for (i = 0; i < p->send_nr; i++)
		if (p->send[i].leaves_at > now) {
			p->send[kept] = p->send[i];
			side_add(p, &p->send[kept++]);
		}
	p->send_nr = kept;
}

int64_t
pace_opens(const struct pace *p, bool first, int64_t now)
{
	const struct pace_side *rest = &p->side[0], *head = &p->side[1];
	int64_t at = now;

	if (p->held_until > now)
		at = p->held_until;
	if (p->nr == 0)
		return at;
	if (rest->sent + rest->claimed + head->sent + head->claimed >= p->nr) {
		if (rest->opens_at > at && head->opens_at > at)
			at = rest->opens_at < head->opens_at ? rest->opens_at
							     : head->opens_at;
	} else if (!first && rest->sent + rest->claimed >= p->nr - reserve(p)) {
		if (rest->opens_at > at)
			at = rest->opens_at;
	}
	return at;
}

void
pace_claim(struct pace *p, bool first)
{
	p->side[first].claimed++;
}

void
pace_unclaim(struct pace *p, bool first)
{
	p->side[first].claimed--;
}

uint64_t
pace_sent(struct pace *p, bool first, int64_t now)
{
	struct pace_send *s;

	if (p->send_nr == p->send_cap) {
		pace_prune(p, now);
		if (p->send_nr > p->send_cap / 2 || p->send_cap == 0) {
			p->send_cap = p->send_cap == 0 ? 64 : p->send_cap * 2;
			p->send = xreallocarray(
			    p->send, p->send_cap, sizeof(*p->send));
		}
	}
	s = &p->send[p->send_nr++];
	s->id = ++p->last_id;
	s->first = first;
	s->sent_at = now;
	s->leaves_at = now + latest_us(p) + window_us(p);
	side_add(p, s);
	return s->id;
}

void
pace_counted(struct pace *p, uint64_t id, int64_t now)
{
	struct pace_side *side;
	int64_t at;
	size_t i;

	for (i = 0; i < p->send_nr && p->send[i].id != id; i++)
		;
	if (i == p->send_nr)
		return;
	at = now < p->send[i].sent_at + MARGIN_US
		 ? p->send[i].sent_at + MARGIN_US
		 : now;
	at += window_us(p);
	if (at >= p->send[i].leaves_at)
		return;
	p->send[i].leaves_at = at;
	side = &p->side[p->send[i].first];
	if (at < side->opens_at)
		side->opens_at = at;
}

void
pace_set(struct pace *p, unsigned nr)
{
	p->nr = nr;
}

void
pace_share(struct pace *p, double share)
{
	p->share = share;
}

int64_t
pace_interval(const struct pace *p)
{
	return p->nr == 0 ? 0 : window_us(p) / p->nr;
}

void
pace_hold(struct pace *p, int64_t until)
{
	if (until > p->held_until)
		p->held_until = until;
}
