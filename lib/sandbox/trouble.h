/*
 * trouble.h - what is to go wrong, and when
 *
 *	list      = trouble *("," trouble)
 *	trouble   = kind *(":" condition)
 *	condition = name "=" value
 *
 * A colon in a path has a backslash before it. kpipe-sandbox(1) lists the kinds
 * and the conditions. A trouble counts the requests its path and method let
 * through; the first of the list that is due happens.
 */
#ifndef KPIPE_TROUBLE_H
#define KPIPE_TROUBLE_H

#include <stddef.h>
#include <stdint.h>

#include "base/fault.h"
#include "base/httpd.h"

enum trouble_kind {
	TROUBLE_STATUS,	  /* 400 to 599 */
	TROUBLE_SECONDLY, /* 429 for a limit of the vendor's */
	TROUBLE_DAILY,
	TROUBLE_REDIRECT,
	TROUBLE_HTML, /* a page for people, with 200 */
	TROUBLE_RESET,
	TROUBLE_LOST, /* done, and then reset */
	TROUBLE_CUT,
	TROUBLE_STALL,
	TROUBLE_GZIP_CUT,
	TROUBLE_BAD_JSON,
	TROUBLE_EMPTY_CURSOR,
	TROUBLE_LOOP_CURSOR,
};

struct trouble {
	enum trouble_kind kind;
	unsigned status; /* of TROUBLE_STATUS */
	char *text;	 /* as it was given */

	unsigned at, every; /* 0: not given */
	unsigned times;	    /* at most; 0: any number */
	char *path;	    /* is in the target; NULL: any */
	char *method;	    /* NULL: any */
	unsigned stall_ms;
	int retry_after_s; /* -1: not told */
	char *to;	   /* of TROUBLE_REDIRECT */

	uint64_t seen, done;
};

struct troubles {
	struct trouble *trouble;
	size_t nr;
};

/* Add the troubles of a list. Errors: FAULT_USAGE. */
int troubles_read(struct troubles *, const char *list, struct fault *);
void troubles_free(struct troubles *);

/* Count a request; what is to happen to it, NULL for nothing. */
const struct trouble *troubles_next(
    struct troubles *, const struct httpd_request *);

#endif
