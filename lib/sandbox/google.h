/*
 * google.h - a Google project as the tools meet it: a service account, the
 * token endpoint, spreadsheets, and a service that takes ID tokens
 *
 * The account has a key pair of this start; what it may see are the spreadsheets
 * shared with it. Spreadsheets are kept in memory, as JSON outside.
 */
#ifndef KPIPE_SANDBOX_GOOGLE_H
#define KPIPE_SANDBOX_GOOGLE_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/fault.h"
#include "base/text.h"

enum google_pool {
	GOOGLE_POOL_FINE,
	GOOGLE_POOL_ISSUES, /* two of them */
	GOOGLE_POOL_BARE,   /* an object with nothing in it */
	GOOGLE_POOL_FAILS,
};

struct google_conf {
	bool key;	     /* make one; else no assertion is valid */
	unsigned token_s;    /* how long an access token is good */
	unsigned user_limit; /* reads, and writes, a minute; 0: any */
	unsigned project_limit;
	enum google_pool pool; /* what the refresh of the pool answers */
	struct text sheets;    /* the spreadsheets; "no text": invented ones */
};

struct google;

/* What stands in the key file, for the server at that address. */
void google_put_key(struct google *, const char *address, struct buf *);

/* The spreadsheets as JSON, and others instead. Errors: FAULT_DATA. */
void google_put_sheets(struct google *, struct buf *);
int google_take_sheets(struct google *, struct text json, struct fault *);

#endif
