/*
 * lookup.h - records, or the links of records, by their ids, in batches
 *
 * Pure: ids are put in as they come, batches are taken out to be asked for,
 * many at a time, and their answers put in again in any order. What comes out
 * is in the order of the ids, each id once: the records asked for, or for each
 * id its associations, by the text of the other id.
 *
 * A batch that HubSpot refuses for one bad id (400) is halved until that id
 * stands alone; then it is given up and told.
 */
#ifndef KPIPE_HUBSPOT_LOOKUP_H
#define KPIPE_HUBSPOT_LOOKUP_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/fault.h"
#include "hubspot/properties.h"
#include "hubspot/path.h"

#define LOOKUP_READ_MAX	 100  /* ids a batch */
#define LOOKUP_LINKS_MAX 1000 /* the same, of links */

/* All is borrowed. */
struct lookup_conf {
	const struct path_version *version;
	struct text object;
	struct text to_object; /* of links; no text: read the records */
	bool archived;	       /* those instead of the others; not for links */
	bool sort; /* first all ids, then in the order of their text */
	const struct properties *properties;
	size_t batch; /* ids in one; 0 is 100 */
};

struct lookup_counts {
	uint64_t asked;	     /* ids, each once */
	uint64_t duplicates; /* of ids put in, or of records received */
	uint64_t received;   /* records or links */
	uint64_t written;    /* the same, collected */
	uint64_t empty;	     /* ids without a link */
	uint64_t missing;    /* ids that HubSpot does not have */
	uint64_t lost;	     /* ids given up, told in gaps */
	uint64_t batches;    /* answered */
};

struct lookup;
struct lookup_batch;

struct lookup *lookup_new(const struct lookup_conf *);
void lookup_free(struct lookup *);

void lookup_add(struct lookup *, struct text id);
/* The batch begun goes out although it is not full. */
void lookup_flush(struct lookup *);
/* No more ids come. */
void lookup_end(struct lookup *);

/* There is room for more ids; with sort there always is. */
bool lookup_room(const struct lookup *);
/* A batch is begun and not full, and nothing else is under way. */
bool lookup_begun(const struct lookup *);
/* Ids that were not yet asked for. */
uint64_t lookup_waiting(const struct lookup *);

/* A batch to ask for now, NULL for none. */
struct lookup_batch *lookup_next(struct lookup *);
void lookup_ask(const struct lookup *, const struct lookup_batch *,
    struct buf *path, struct buf *body);
/*
 * Read the answer to it.
 *
 * Errors: FAULT_DATA for what is no such answer.
 */
int lookup_take(
    struct lookup *, struct lookup_batch *, struct text body, struct fault *);
/*
 * It was refused as a whole, for why. Errors: why, when the fault does not lie
 * with single ids.
 */
int lookup_refused(struct lookup *, struct lookup_batch *,
    const struct fault *why, struct fault *);

/* Add the lines that are there, in order. */
void lookup_collect(struct lookup *, struct buf *);
/* The same over gaps, when no more answers come. */
void lookup_salvage(struct lookup *, struct buf *);
/* All was asked, answered and collected. */
bool lookup_done(const struct lookup *);

const struct lookup_counts *lookup_counts(const struct lookup *);
/* Ids that are missing, with commas between them. */
struct text lookup_missing(const struct lookup *);
/* What was given up and why, a line each. */
struct text lookup_gaps(const struct lookup *);

#endif
