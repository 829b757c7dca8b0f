/*
 * monitor.h - the weeks of the coaches that are chosen, from records
 *
 * Coaches say which names are chosen, deals are counted; they may come in any
 * order. Memory grows with coaches and their weeks, not with deals.
 */
#ifndef KPIPE_COACH_MONITOR_H
#define KPIPE_COACH_MONITOR_H

#include "base/ndjson.h"
#include "coach/exclusions.h"
#include "coach/weeks_record.h"

struct monitor_settings {
	struct weeks_settings weeks;
	struct text nabeller;	     /* pipeline of the people who call after */
	struct exclusions hidden;    /* whom pages leave out */
	const struct text *excluded; /* names that a person leaves out */
	size_t excluded_nr;
	const struct text *label; /* chosen labels, or their words; all */
	size_t label_nr;
	struct text coach; /* only of that name; "no text": all */
	bool no_future;	   /* deals created behind now do not count */
};

void monitor_settings_init(struct monitor_settings *);

struct monitor;

/* The settings are borrowed. */
struct monitor *monitor_new(
    const struct monitor_settings *, struct json_shape *);
void monitor_free(struct monitor *);

/*
 * Errors: FAULT_DATA for a coach or a deal that is not as its page says. Other
 * records are passed over.
 */
int monitor_add(struct monitor *, const struct record *, struct fault *);

size_t monitor_undated(const struct monitor *); /* deals left out */

/*
 * After the last record: what is chosen can be. Errors: FAULT_DATA for no coach
 * at all, a name that none has, and a label that nobody knows, with those there
 * are.
 */
int monitor_check(const struct monitor *, struct fault *);

/*
 * The lines of the result: coach_week, then alert; false behind the last.
 */
bool monitor_next(struct monitor *, struct buf *line);

#endif
