/*
 * job.h - what a schedule has somebody do: a job, for a team or for nobody
 *
 * As people write it: ingest, dashboard, briefing:TEAM, management-report,
 * compliance:TEAM.
 */
#ifndef KPIPE_SCHEDULE_JOB_H
#define KPIPE_SCHEDULE_JOB_H

#include "base/arena.h"
#include "base/date.h"
#include "base/json.h"

#define JOBS_MAX 64 /* of one list */

enum job_kind {
	JOB_INGEST,
	JOB_DASHBOARD,
	JOB_BRIEFING,
	JOB_MANAGEMENT,
	JOB_COMPLIANCE,
	JOB_KINDS,
};

struct job {
	enum job_kind kind;
	struct text team; /* "no text" for a job without one */
};

struct job_list {
	struct job job[JOBS_MAX];
	size_t nr;
};

/*
 * One more job for the list; its team goes into keep.
 *
 * Errors: FAULT_USAGE for a word that is no job, a team where there must be
 * none or none where there must be one, and one job too many.
 */
int job_add(
    struct job_list *, struct text word, struct arena *keep, struct fault *);
/* Jobs with commas between them, one at least. */
int job_list_parse(
    struct job_list *, struct text words, struct arena *keep, struct fault *);

/*
 * The key of a team as a script can take it: no comma, quote or control byte,
 * which would not come through a list as one word, and no dash in front.
 *
 * Errors: FAULT_USAGE.
 */
int job_check_team(struct text key, struct fault *);

/*
 * A record of the job that stands at place nr, from 1, in a list that was due
 * at an instant, by a cron expression; "no text" for none.
 */
void job_put(struct buf *, const struct job *, size_t nr, instant_us scheduled,
    struct text cron);

#endif
