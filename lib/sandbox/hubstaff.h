/*
 * hubstaff.h - Hubstaff as the tools meet it: tokens that are good for one
 * exchange, organisations, members, and the time they tracked
 *
 * The time is that of crew.h, but for what was changed: the edits.
 */
#ifndef KPIPE_SANDBOX_HUBSTAFF_H
#define KPIPE_SANDBOX_HUBSTAFF_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/fault.h"
#include "base/text.h"
#include "sandbox/crew.h"

struct hubstaff_conf {
	unsigned people;
	unsigned token_s;      /* how long an access token is good */
	unsigned exchanges;    /* of tokens, an hour; 0: any number */
	unsigned minute_limit; /* requests with a token; 0: any number */
	unsigned hour_limit;
	enum crew_role role; /* of whom the token is */
	bool bare;	     /* no users come beside members and time */
	bool lapsed;	     /* there is an organisation that does not pay */
	struct text state;   /* "no text": as at the very first start */
};

struct hubstaff;

/* The exchanges and the edits as JSON, and others instead. */
void hubstaff_put_state(struct hubstaff *, struct buf *);
/* Errors: FAULT_DATA; then all is as it was. */
int hubstaff_take_state(struct hubstaff *, struct text json, struct fault *);

#endif
