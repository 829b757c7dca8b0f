/*
 * vendor.h - what the sandbox needs to know of a vendor
 *
 * The sandbox finds the vendor of a path, counts its limits, plays the faults
 * and takes the time; the vendor says who may come in, which limits a request
 * counts for, and what it answers.
 */
#ifndef KPIPE_VENDOR_H
#define KPIPE_VENDOR_H

#include "base/httpd.h"
#include "sandbox/limit.h"
#include "sandbox/sandbox.h"

#define VENDOR_LIMITS 4

/* What is to go wrong in the pages of an answer. */
enum page_trouble {
	PAGE_FINE,
	PAGE_EMPTY, /* no results, but a cursor to the next */
	PAGE_LOOP,  /* the cursor that was asked for is the next one, too */
};

struct call {
	const struct httpd_request *request;
	struct httpd_reply *reply;
	struct sandbox_note *note;
	enum page_trouble page;
	const void *route; /* the vendor's own */
	int64_t wait_us;   /* until a limit that is reached has room */
};

struct vendor {
	const char *name;
	const char *const *prefix; /* of the paths; NULL-terminated */

	/* Both stay. */
	void *(*open)(
	    const struct sandbox_conf *, struct crm *, struct fault *);
	void (*close)(void *);
	/* Fill limit[0 .. VENDOR_LIMITS]; returns how many. */
	size_t (*limits)(void *, struct limit *);

	/* Know the call and who it is; false when it was answered already. */
	bool (*admit)(void *, struct call *);
	/* Bit i: it counts in limit i. */
	unsigned (*counts)(void *, const struct call *);
	void (*answer)(void *, struct call *);
	/* Answer that limit l is reached. */
	void (*limited)(void *, struct call *, const struct limit *l);
	/* Answer with that status, for a fault; 400 to 499. */
	void (*refuse)(void *, struct call *, unsigned status);
	/* Headers that tell how much is left; not for what is not counted. */
	void (*tell_limits)(void *, struct call *, const struct limit *);
};

extern const struct vendor vendor_hubspot, vendor_google, vendor_hubstaff,
    vendor_slack, vendor_airtable;

#endif
