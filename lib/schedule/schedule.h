/*
 * schedule.h - which jobs a cron expression stands for, by the day of the week
 *
 * The trigger hands its expression over, and the day is that of the instant it
 * was due at, so that what starts late does the work of its own day.
 */
#ifndef KPIPE_SCHEDULE_SCHEDULE_H
#define KPIPE_SCHEDULE_SCHEDULE_H

#include "base/cron.h"
#include "schedule/job.h"

#define WEEKDAYS      7
#define SCHEDULE_MAX  100
#define SCHEDULE_CRON 200 /* bytes of an expression */

struct schedule_entry {
	struct text cron; /* one space between fields */
	struct cron when;
	struct job_list on[WEEKDAYS]; /* 0 is Monday */
};

struct schedule {
	struct schedule_entry *entry;
	size_t nr;
	struct arena *text;
};

/* With what is done unless settings say otherwise. */
void schedule_init(struct schedule *);
void schedule_free(struct schedule *);

/*
 * What the "schedule" of a file of settings says, in place of what is there; a
 * file without one changes nothing.
 *
 * Errors: FAULT_USAGE naming what is not as it must be.
 */
int schedule_parse(struct schedule *, struct text file, struct fault *);

/*
 * The entry of an expression, whatever the blanks between its fields.
 *
 * Errors: FAULT_USAGE with the ones that are known.
 */
const struct schedule_entry *schedule_find(
    const struct schedule *, struct text cron, struct fault *);

/* The latest instant up to now at which it was due; false when never. */
bool schedule_due(
    const struct schedule_entry *, instant_us now, instant_us *at);
/* The jobs of what was due then. */
const struct job_list *schedule_jobs(
    const struct schedule_entry *, instant_us at);

/* text with one space for each run of blanks and none at its ends. */
struct text schedule_bare(struct text, struct arena *keep);

#endif
