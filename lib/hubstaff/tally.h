/*
 * tally.h - who tracked how much on which day; see hubstaff(5)
 *
 * Seconds are summed over projects, tasks and organisations. A member who
 * tracked nothing has zero seconds; who is no member and tracked nothing is not
 * there at all. Memory is 16 bytes a person and day. Pure.
 */
#ifndef KPIPE_HUBSTAFF_TALLY_H
#define KPIPE_HUBSTAFF_TALLY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/date.h"
#include "base/text.h"

#define TALLY_ORGS 64 /* at most */

struct tally;

/* Of the days from and to and those between them. */
struct tally *tally_new(day_nr from, day_nr to);
void tally_free(struct tally *);

/* Returns the index of the organisation, in the order they are added. */
size_t tally_org(struct tally *, struct text id);

/* An active member of org since that day; INSTANT_MIN's when nobody says. */
void tally_member(
    struct tally *, size_t org, struct text user_id, day_nr since);
/* How somebody is called; a text that is empty or none tells nothing. */
void tally_name(
    struct tally *, struct text user_id, struct text name, struct text email);
/* day is one of the tally's, seconds no more than a day has. */
void tally_add(struct tally *, size_t org, struct text user_id, day_nr day,
    unsigned seconds);

/*
 * The next of the people who will be written and have no name, from *at on,
 * which starts with 0; "no text" after the last.
 */
struct text tally_unnamed(const struct tally *, size_t *at);

struct tally_sums {
	size_t members; /* active ones */
	size_t people;	/* who tracked time */
	size_t unnamed; /* of both, without a name */
	uint64_t tracked_s;
};

/* Of an organisation: time in others does not count. */
struct tally_sums tally_sums(const struct tally *, size_t org);

/*
 * The records, added to b, by date and then user_id; with tracked alone, only
 * of those who tracked time. Returns how many.
 */
size_t tally_put(const struct tally *, bool tracked, struct buf *b);

#endif
