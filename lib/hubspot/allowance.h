/*
 * allowance.h - how fast HubSpot lets us go, by what its answers say
 *
 * Source: the headers X-HubSpot-RateLimit-Max, -Remaining and
 * -Interval-Milliseconds, which all answers but those of a search carry. Pure:
 * the caller gives the time.
 */
#ifndef KPIPE_HUBSPOT_ALLOWANCE_H
#define KPIPE_HUBSPOT_ALLOWANCE_H

#include <stdint.h>

#include "base/http.h"

#define ALLOWANCE_WINDOW_MS 10000
/* Of the least that any account has, with a tenth to spare. */
#define ALLOWANCE_UNKNOWN 90

#define ALLOWANCE_RECENT 1024

struct allowance {
	unsigned most; /* what the user allows; 0: whatever HubSpot does */
	unsigned nr;   /* now */
	struct {
		int64_t at_ms;
		uint64_t requests;
	} recent[ALLOWANCE_RECENT]; /* the last answers */
	unsigned recent_nr;	    /* of all answers */
};

void allowance_init(struct allowance *, unsigned most);

/*
 * HubSpot allows max in interval_ms, and left of them are (-1: it does not
 * say); requests is how many were sent so far. Returns the limit to keep from
 * now on: what HubSpot allows, less what others take with the same token.
 */
unsigned allowance_note(struct allowance *, int64_t max, int64_t interval_ms,
    int64_t left, uint64_t requests, int64_t now_ms);

/* The same by the headers of an answer. */
unsigned allowance_read(struct allowance *, const struct http_answer *,
    uint64_t requests, int64_t now_ms);

#endif
