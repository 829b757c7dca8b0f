/*
 * hours.h - the time that an account's members tracked, of some days
 *
 * It asks which organisations there are, who their members are, what was tracked
 * in stretches of at most 31 days, and for the names that did not come along.
 * All is summed before anything is written: an organisation that cannot be read
 * to the end must not look like people who did not work.
 *
 * Source: Hubstaff's API reference v2: organizations, members, daily activities.
 */
#ifndef KPIPE_HUBSTAFF_HOURS_H
#define KPIPE_HUBSTAFF_HOURS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/date.h"
#include "base/fault.h"
#include "hubstaff/account.h"

struct hours_conf {
	day_nr from, to;
	const char *const *org;	 /* ids, NULL-terminated; NULL: all */
	const char *const *skip; /* not these */
	bool tracked;		 /* only who tracked time */
	/* After each page: how many requests were made. May be NULL. */
	void (*progress)(const char *org, unsigned long long requests);
};

struct hours;

/* Both are borrowed. */
struct hours *hours_new(const struct hours_conf *, struct account *);
void hours_free(struct hours *);

/*
 * Ask for everything. After -1, only the report tells of it.
 *
 * Errors: those of account_get; FAULT_DENIED for an organisation the token does
 * not see, or sees only a part of; FAULT_DATA for an answer that is not what it
 * must be.
 */
int hours_fetch(struct hours *, struct fault *);

/* The next person whose name Hubstaff does not know, as tally_unnamed. */
struct text hours_unnamed(const struct hours *, size_t *at);

/* Records of type hubstaff_hours; how many. */
size_t hours_put(const struct hours *, struct buf *);
/* A fetch_report for each organisation. */
void hours_report(const struct hours *, double seconds, struct buf *);

#endif
