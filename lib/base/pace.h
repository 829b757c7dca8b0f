/*
 * pace.h - how many sends a sliding window still has room for
 *
 * A server counts a request when it arrives, which is after it was sent and
 * before its answer begins. A send therefore leaves the window one window_ms
 * after the latest instant at which it can have been counted: 50 ms after it
 * was sent, or when its answer began, but at most a twentieth of the window
 * late. Counted like this, nr in any window here is nr in any window there.
 *
 * Pure: the caller gives the time, in microseconds of a clock that only rises.
 */
#ifndef KPIPE_PACE_H
#define KPIPE_PACE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/http.h"

#define PACE_NEVER INT64_MAX

/* One side is what has rank 0, the other all the rest. */
struct pace_side {
	unsigned claimed; /* decided on, not yet on the wire */
	unsigned sent;	  /* still in the window */
	int64_t opens_at; /* when the first of them leaves it */
};

struct pace_send;

struct pace {
	struct http_window conf;
	unsigned nr;	   /* now */
	double share;	   /* of nr, that is kept for rank 0 */
	unsigned first_nr; /* requests of rank 0 that wait or run */
	int64_t turn_us; /* from one link of a chain to the next; 0: unknown */
	int64_t held_until;
	struct pace_side side[2];
	struct pace_send *send; /* in no order */
	size_t send_nr, send_cap;
	uint64_t last_id;
};

void pace_init(struct pace *, const struct http_window *);
void pace_free(struct pace *);

/* A request of rank 0 came (+1) or was answered (-1). */
void pace_first(struct pace *, int change);
/* From the sending of a request of rank 0 to the coming of its next: us. */
void pace_turn(struct pace *, int64_t us);
/* Drop the sends that have left the window by now. */
void pace_prune(struct pace *, int64_t now);

/*
 * now when a request may be sent, else the time to ask again; PACE_NEVER when
 * all of the room is claimed, and only news of those can tell. After
 * pace_prune.
 */
int64_t pace_opens(const struct pace *, bool first, int64_t now);

/* A request will be sent, and then either was, or never came so far. */
void pace_claim(struct pace *, bool first);
void pace_unclaim(struct pace *, bool first);
/* It goes on the wire now; returns what pace_counted wants. */
uint64_t pace_sent(struct pace *, bool first, int64_t now);
/* The answer to a send began at now. */
void pace_counted(struct pace *, uint64_t id, int64_t now);

/* Another limit; the reserve keeps its share of it. */
void pace_set(struct pace *, unsigned nr);
/* Another share, 0 to 1. */
void pace_share(struct pace *, double share);
/* The time that one of nr takes when they are spread evenly; 0: no limit. */
int64_t pace_interval(const struct pace *);
/* Nothing goes out before until. */
void pace_hold(struct pace *, int64_t until);

#endif
