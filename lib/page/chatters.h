/*
 * chatters.h - the page of the chatters: how the day was, each team with a card
 * for each chatter, coaching and the weeks, in one file that works alone
 *
 * It shows what metrics computed and computes nothing itself. Only a tool
 * includes it.
 */
#ifndef KPIPE_PAGE_CHATTERS_H
#define KPIPE_PAGE_CHATTERS_H

#include "base/buf.h"
#include "base/date.h"
#include "base/ndjson.h"
#include "chatters/settings.h"

struct chatters_page_settings {
	instant_us generated_at; /* when somebody made the page */
	const struct chatters_settings *chatters;
};

struct chatters_page;

/* The settings are borrowed. */
struct chatters_page *chatters_page_new(
    const struct chatters_page_settings *, struct json_shape *);
/* Takes NULL. */
void chatters_page_free(struct chatters_page *);

/*
 * Take what metrics wrote of chatters, a coaching_log or a chatter_report;
 * others are passed over.
 *
 * Errors: FAULT_DATA for one of these that is not as its page says, and for a
 * second summary.
 */
int chatters_page_add(
    struct chatters_page *, const struct record *, struct fault *);

struct chatters_page_counts {
	size_t teams, chatters, weeks, sessions, reports;
	bool has_summary; /* else there are no figures to show */
};

/*
 * After the last record, before the page is written.
 *
 * Errors: FAULT_DATA when records are of another day than the summary.
 */
int chatters_page_check(
    struct chatters_page *, struct chatters_page_counts *, struct fault *);

void chatters_page_write(struct chatters_page *, struct buf *out);

#endif
