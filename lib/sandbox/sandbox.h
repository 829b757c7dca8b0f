/*
 * sandbox.h - the vendors as the tools meet them, on one port
 *
 * Takes a request, gives the reply the vendor would give: its data, its limits,
 * its complaints, and on request its bad days. Each vendor has its own paths.
 * Serving may be called from many threads at once.
 *
 * Beside the vendors there are GET /sandbox/stats, what was asked so far, and
 * GET and PUT of /sandbox/sheets, the spreadsheets, /sandbox/hubstaff, what
 * Hubstaff keeps, /sandbox/slack, what was written in Slack, and
 * /sandbox/airtable, the base of Airtable.
 */
#ifndef KPIPE_SANDBOX_H
#define KPIPE_SANDBOX_H

#include "base/fault.h"
#include "base/httpd.h"
#include "sandbox/airtable.h"
#include "sandbox/crm.h"
#include "sandbox/google.h"
#include "sandbox/hubstaff.h"
#include "sandbox/slack.h"

struct sandbox;

struct sandbox_conf {
	struct crm_conf crm;
	struct google_conf google;
	struct hubstaff_conf hubstaff;
	struct slack_conf slack;
	struct airtable_conf airtable;
	int64_t clock_us; /* what at_us lacks to the time of day */
	const char *token;
	unsigned limit;	       /* requests in 10 s; 0: any number */
	unsigned search_limit; /* searches in 1 s */
	unsigned daily;	       /* requests in all */
	int retry_after_s;     /* told with a 429; -1: not told */
	unsigned latency_ms;
	const char *deny; /* objects the token may not read, by comma */
	const char *const *faults; /* each a list; NULL-terminated or NULL */
};

/*
 * The conf is borrowed. Errors: FAULT_USAGE for deny and faults, FAULT_DATA for
 * the spreadsheets, the state of Hubstaff and the base.
 */
struct sandbox *sandbox_new(const struct sandbox_conf *, struct fault *);
void sandbox_free(struct sandbox *);

/* What google.h, hubstaff.h and airtable.h say, the key for the server at that address. */
void sandbox_put_key(struct sandbox *, const char *address, struct buf *);
void sandbox_put_sheets(struct sandbox *, struct buf *);
void sandbox_put_hubstaff(struct sandbox *, struct buf *);
void sandbox_put_airtable(struct sandbox *, struct buf *);

/* What became of a request, for the log. */
struct sandbox_note {
	const char *vendor;  /* NULL: nobody's path */
	const char *what;    /* "search"; NULL: not known */
	const char *object;  /* "deals"; NULL: none */
	const char *limit;   /* that was reached */
	const char *trouble; /* that happened to it */
	size_t inputs, results;
	uint64_t nr; /* of the request, from 1 */
};

void sandbox_serve(struct sandbox *, const struct httpd_request *,
    struct httpd_reply *, struct sandbox_note *);

/* How many came for a vendor. */
uint64_t sandbox_requests(struct sandbox *);

/* A line of the request log; it never holds a token. */
void sandbox_log(struct buf *, const struct httpd_request *,
    const struct httpd_reply *, const struct sandbox_note *, double ms);

#endif
