/*
 * fetch.h - several fetches from one account, as one state machine
 *
 * Pure: what to ask next comes out as requests, answers go in, records come out
 * as lines. The records of one fetch come in an order of their own: pages as
 * they are paged, reads and links in the order of the ids. Lines of different
 * fetches mix as the answers come.
 *
 * What one object is refused (no scope, no such object, a bad id) leaves the
 * others as they are and makes the whole incomplete; what says that no request
 * will do ends it.
 */
#ifndef KPIPE_HUBSPOT_FETCH_H
#define KPIPE_HUBSPOT_FETCH_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/date.h"
#include "base/fault.h"
#include "base/http.h"
#include "hubspot/ids.h"
#include "hubspot/path.h"
#include "hubspot/search.h"

/* Bits of http_request.windows. */
#define FETCH_WINDOW_ALL    1u
#define FETCH_WINDOW_SEARCH 2u

/* Never: a time before all others. */
#define FETCH_ALWAYS INT64_MIN

/* All is borrowed. */
struct fetch_conf {
	struct path_version version;
	size_t base_len;	     /* of the base URL */
	const struct search *search; /* NULL: list */
	bool archived;		     /* the archived records instead */
	bool all_properties;	     /* ask which there are first */
	bool strict;  /* an id that is missing makes it incomplete */
	bool sort;    /* reads by the text of the id */
	size_t batch; /* ids in one; 0 is 100 */
};

struct fetch;

struct fetch *fetch_new(const struct fetch_conf *);
void fetch_free(struct fetch *);

/*
 * Which properties to ask for: "a,b,c" of every object, or "OBJECT:a,b,c" of
 * that one. May come several times, before what follows.
 */
int fetch_properties(struct fetch *, const char *list, struct fault *);

/*
 * What to fetch: an object, owners, pipelines/OBJECT or properties/OBJECT; with
 * "/archived" behind it the archived ones. With since, the records changed from
 * then on.
 *
 * Errors: FAULT_USAGE.
 */
int fetch_add(
    struct fetch *, const char *what, instant_us since, struct fault *);
/* Ask whether that may be read. */
int fetch_add_check(struct fetch *, const char *what, struct fault *);
/* Read the objects of the ids that come in. */
int fetch_add_read(struct fetch *, const char *object, struct fault *);
/* Read the links to an object from what comes in, all from one object or each
 * from its own (from NULL). */
int fetch_add_links(
    struct fetch *, const char *object, const char *from, struct fault *);

/*
 * An id came in.
 *
 * Errors: FAULT_USAGE when it does not say of what.
 */
int fetch_line(struct fetch *, const struct ids_line *, struct fault *);
/* Nothing comes in for a moment: ask for what is there. */
void fetch_pause(struct fetch *);
/*
 * Nothing comes in any more.
 *
 * Errors: FAULT_DATA when lines came in, but none that can be used.
 */
int fetch_end(struct fetch *, struct fault *);
/* Lines are wanted. */
bool fetch_hungry(const struct fetch *);
/* A pause would make it ask. */
bool fetch_begun(const struct fetch *);

/*
 * The next request to send, good until the next call: 1, or 0 when answers or
 * ids must come first.
 *
 * Errors: FAULT_USAGE when more was asked for than HubSpot takes.
 */
int fetch_next(struct fetch *, struct http_request *, struct fault *);

/*
 * What the longest list is of all that is left to list, 0 to 1: with that share
 * of the requests it ends when the others do. Its requests have rank 0.
 */
double fetch_longest_share(const struct fetch *);

/*
 * Read an answer.
 *
 * Errors: what makes it pointless to go on.
 */
int fetch_answer(struct fetch *, const struct http_answer *, struct fault *);

/* Lines that are there now; the caller empties it. */
struct buf *fetch_lines(struct fetch *);
/* Something to tell the user, one line at a time; NULL when there is nothing. */
const char *fetch_complaint(struct fetch *);
/* All is fetched or given up. */
bool fetch_done(const struct fetch *);
/* Nothing was left out. */
bool fetch_complete(const struct fetch *);
/* It ends here, for that reason. */
void fetch_stop(struct fetch *, const char *reason);

/* "contacts 1200 of 44602, deals 75", for people. */
void fetch_progress(const struct fetch *, struct buf *);
/* A fetch_report record for each fetch. */
void fetch_report(const struct fetch *, struct buf *, double seconds);
/*
 * If the line is such a record from another day, add it with "cached":true.
 */
bool fetch_report_again(struct buf *, struct text line);

/*
 * The question that all this asks, as a JSON object: of the same account the
 * same question has the same answer. After fetch_end where ids come in.
 */
void fetch_question(const struct fetch *, struct text base_url,
    struct text token, struct buf *);

/* The i-th object fetched, NULL behind the last. */
const char *fetch_object(const struct fetch *, size_t i);
/* The latest change that was seen in its live records, FETCH_ALWAYS for none. */
instant_us fetch_changed_at(const struct fetch *, size_t i);

#endif
