/*
 * airtable.h - Airtable as the tools meet it: the tables of one base, with the
 * people of crew.h and some days of their figures, and what was written since
 */
#ifndef KPIPE_SANDBOX_AIRTABLE_H
#define KPIPE_SANDBOX_AIRTABLE_H

#include "base/buf.h"
#include "base/fault.h"
#include "base/text.h"

struct airtable_conf {
	unsigned limit;	     /* requests a second; 0: any number */
	unsigned penalty_ms; /* how long all is refused after one more */
	unsigned iterator_s; /* how long the next page is kept */
	struct text state;   /* "no text": as at the very first start */
};

struct airtable;

/* The base as JSON, and another instead. */
void airtable_put_state(struct airtable *, struct buf *);
/* Errors: FAULT_DATA; then all is as it was. */
int airtable_take_state(struct airtable *, struct text json, struct fault *);

#endif
