/*
 * Any file of settings: a schedule that is taken can be found by its own
 * expressions and gives jobs that are JSON; the same bytes as a list of jobs.
 */
#include "lines.h"
#include "match/settings.h"
#include "schedule/schedule.h"

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

#define NOW INT64_C(1771227660000000) /* 2026-02-16T07:41:00Z */

static void
put_jobs(const struct job_list *list, struct text cron)
{
	struct buf line;
	size_t i;

	buf_init(&line, WRITTEN_MAX);
	for (i = 0; i < list->nr; i++) {
		buf_clear(&line);
		job_put(&line, &list->job[i], i + 1, NOW, cron);
		check_line(&line);
	}
	buf_free(&line);
}

static void
try_schedule(struct schedule *schedule)
{
	const struct schedule_entry *entry;
	struct fault f;
	instant_us at;
	size_t i;

	for (i = 0; i < schedule->nr; i++) {
		entry = schedule_find(schedule, schedule->entry[i].cron, &f);
		if (entry != &schedule->entry[i] ||
		    !schedule_due(entry, NOW, &at) || at > NOW)
			abort();
		put_jobs(schedule_jobs(entry, at), entry->cron);
	}
	if (schedule_find(schedule, text_of("no such"), &f) != NULL)
		abort();
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct match_rule rule = { .accept = 0.96 };
	struct job_list list = { .nr = 0 };
	struct schedule schedule;
	struct fault f;
	/* a copy of its exact size: reading past it is seen */
	char *copy = malloc(size);
	struct text file = { copy, size };

	if (copy == NULL)
		return 0;
	memcpy(copy, data, size);
	schedule_init(&schedule);
	if (schedule_parse(&schedule, file, &f) == 0)
		try_schedule(&schedule);
	if (match_settings_parse(&rule, file, &f) == 0 &&
	    !(rule.accept >= 0.5 && rule.accept <= 1))
		abort();
	if (job_list_parse(&list, file, schedule.text, &f) == 0)
		put_jobs(&list, file);
	schedule_free(&schedule);
	free(copy);
	return 0;
}
