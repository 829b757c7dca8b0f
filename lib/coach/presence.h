/*
 * presence.h - which coaches take leads today: the coaches of a run and the tab
 * the team keeps, joined by coach_id
 *
 * Coaches and rows may come in any order. Rows whose coach is not in the run
 * are kept behind the others; without coaches the tab is all there is.
 */
#ifndef KPIPE_COACH_PRESENCE_H
#define KPIPE_COACH_PRESENCE_H

#include "base/date.h"
#include "base/ndjson.h"
#include "record/availability.h"

struct presence;

struct presence *presence_new(struct json_shape *);
void presence_free(struct presence *);

/*
 * Keep a coach or a row of the tab; other records are passed over.
 *
 * Errors: FAULT_DATA for one that is not as its page says.
 */
int presence_add(struct presence *, const struct record *, struct fault *);

size_t presence_coaches(const struct presence *);
size_t presence_rows(const struct presence *);

/*
 * Once, after the last record: join them. today is the day the status is of.
 * Rows that stand a second time are left out and their ids told by tell.
 */
void presence_join(struct presence *, day_nr today,
    void (*tell)(void *, struct text id), void *arg);

/* What a person changes; "no text" leaves a member as it is. */
struct presence_edit {
	struct text coach_id;
	struct text from, until, note; /* empty: none */
	enum {
		LEADS_AS_IS,
		LEADS_ON,
		LEADS_OFF
	} leads;
	struct text stamp;
};

/*
 * After the join; the texts are borrowed. Only what differs is stamped.
 *
 * Errors: FAULT_DATA for a coach nobody knows, and for a first day away behind
 * the last.
 */
int presence_edit(
    struct presence *, const struct presence_edit *, struct fault *);

/*
 * The lines of the result: availability, and availability_summary; false behind
 * the last.
 */
bool presence_next(struct presence *, struct buf *line);

#endif
