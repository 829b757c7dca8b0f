/*
 * listing.h - a page of a list as Hubstaff answers it
 *
 *	{"daily_activities":[{"id":...,"date":...,"user_id":...,"tracked":...}],
 *	 "users":[{"id":...,"name":...,"email":...}],
 *	 "pagination":{"next_page_start_id":...}}
 *
 * What is decoded borrows from the page and is good until the next listing_read.
 * Ids are text, as they stand.
 *
 * Source: Hubstaff's API reference v2. Pure.
 */
#ifndef KPIPE_HUBSTAFF_LISTING_H
#define KPIPE_HUBSTAFF_LISTING_H

#include <stdbool.h>
#include <stdint.h>

#include "base/date.h"
#include "base/fault.h"
#include "base/text.h"

struct listing;

enum listing_list {
	LISTING_ORGS,
	LISTING_MEMBERS,
	LISTING_ACTIVITIES,
	LISTING_USERS, /* beside one of those above */
	LISTING_LISTS,
};

struct listing_org {
	struct text id, name;
};

struct listing_member {
	struct text id, role;
	bool active;
	day_nr since; /* the first day of all when nobody says */
};

struct listing_user {
	struct text id, name, email; /* "no text" for what is not told */
};

struct listing_activity {
	struct text id, user_id;
	day_nr day;
	unsigned tracked_s; /* at most 25 hours, which a day may have */
};

struct listing *listing_new(void);
void listing_free(struct listing *);

/* Take body, which has BUF_SLACK bytes behind it. Errors: FAULT_DATA. */
int listing_read(struct listing *, struct text body, struct fault *);

/* Begin with that list. Errors: FAULT_DATA when the page has none. */
int listing_begin(struct listing *, enum listing_list, struct fault *);
/* The page has it. */
bool listing_has(const struct listing *, enum listing_list);

/*
 * The next element of the list that was begun: 1, 0 at the end, -1.
 *
 * Errors: FAULT_DATA naming the field that is not what it must be.
 */
int listing_org(struct listing *, struct listing_org *, struct fault *);
int listing_member(struct listing *, struct listing_member *, struct fault *);
int listing_user(struct listing *, struct listing_user *, struct fault *);
int listing_activity(
    struct listing *, struct listing_activity *, struct fault *);

/* The page is that of one user. Errors: FAULT_DATA. */
int listing_one_user(struct listing *, struct listing_user *, struct fault *);

/* Where the next page starts: 1, 0 when there is none, -1. */
int listing_next(const struct listing *, int64_t *start, struct fault *);

#endif
