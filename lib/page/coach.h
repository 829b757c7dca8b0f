/*
 * coach.h - the page of the coaches: dashboard, weeks, pool, availability, runs
 * and help, in one file that works alone
 *
 * A page brings together what analyses compute (coach/) and how pages look
 * (html/); only a tool includes it.
 */
#ifndef KPIPE_PAGE_COACH_H
#define KPIPE_PAGE_COACH_H

#include "base/buf.h"
#include "base/date.h"
#include "base/ndjson.h"
#include "coach/exclusions.h"

struct coach_page_settings {
	instant_us as_of;
	const char *run_id;	  /* NULL: not known */
	struct text nabeller;	  /* pipeline of the people who call after */
	struct exclusions hidden; /* whom pages leave out */
};

struct coach_page;

/* The settings are borrowed. */
struct coach_page *coach_page_new(
    const struct coach_page_settings *, struct json_shape *);
void coach_page_free(struct coach_page *);

/*
 * Take a record of a coach, a deal, an availability, a run or a difference;
 * others are passed over.
 *
 * Errors: FAULT_DATA for one of these that is not as its page says.
 */
int coach_page_add(struct coach_page *, const struct record *, struct fault *);

/* Coaches read so far, those that pages leave out too. */
size_t coach_page_coaches(const struct coach_page *);
/* Deals without a readable date, left out. */
size_t coach_page_undated(const struct coach_page *);

void coach_page_write(struct coach_page *, struct buf *out);

#endif
