/*
 * search.h - what records to search for
 *
 * Filters that all must hold (a group), or up to five groups of which one must.
 */
#ifndef KPIPE_HUBSPOT_SEARCH_H
#define KPIPE_HUBSPOT_SEARCH_H

#include <stddef.h>

#include "base/buf.h"
#include "base/fault.h"

/* A page has at most so many, and a query's pages together. */
#define SEARCH_PAGE 200
#define SEARCH_MAX  10000

/* A body longer than this may be refused. */
#define SEARCH_BODY_MAX 3000

struct search;

struct search *search_new(void);
void search_free(struct search *);

/*
 * Add a filter as a person writes it: NAME=VALUE, with != < <= > >= as well;
 * NAME in A,B,C and NAME not-in A,B,C; NAME between A,B; NAME contains WORD and
 * NAME not-contains WORD; has NAME and has-not NAME.
 *
 * Errors: FAULT_USAGE saying how it is written.
 */
int search_filter(struct search *, const char *text, struct fault *);

/*
 * Take the filterGroups and the query of a search body as HubSpot documents
 * it; b is a whole document.
 *
 * Errors: FAULT_USAGE for what is no such body, or sets what we set ourselves.
 */
int search_json(struct search *, const struct buf *b, struct fault *);

/* A filter of our own, added to every group. */
struct search_bound {
	const char *property;
	const char *operator;
	struct text value;
};

/*
 * Write "filterGroups":[...] and "query" into the object that b has open.
 *
 * Errors: FAULT_USAGE when these are more filters than HubSpot takes.
 */
int search_put(const struct search *, struct buf *b,
    const struct search_bound *, size_t nr, struct fault *);

#endif
