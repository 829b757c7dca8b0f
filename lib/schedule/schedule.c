#include "schedule/schedule.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/xalloc.h"

/* A team is told half an hour before its shift. */
static const struct {
	const char *cron, *jobs, *monday;
} defaults[] = {
	{ "30 7 * * *", "ingest,dashboard,briefing:day", "briefing:day" },
	{ "30 15 * * *", "briefing:evening",
	    "ingest,dashboard,briefing:evening,management-report" },
	{ "30 23 * * *", "briefing:night,briefing:day",
	    "briefing:night,briefing:day" },
};

#define DEFAULTS (sizeof(defaults) / sizeof(defaults[0]))

void
schedule_init(struct schedule *schedule)
{
	struct schedule_entry *entry;
	struct fault f;
	size_t i;
	int day;

	schedule->text = arena_new();
	schedule->nr = DEFAULTS;
	schedule->entry = xcalloc(DEFAULTS, sizeof(*schedule->entry));
	for (i = 0; i < DEFAULTS; i++) {
		entry = &schedule->entry[i];
		entry->cron = text_of(defaults[i].cron);
		(void)cron_parse(&entry->when, entry->cron, &f);
		for (day = 0; day < WEEKDAYS; day++)
			(void)job_list_parse(&entry->on[day],
			    text_of(day == 0 ? defaults[i].monday
					     : defaults[i].jobs),
			    schedule->text, &f);
	}
}

void
schedule_free(struct schedule *schedule)
{
	free(schedule->entry);
	arena_free(schedule->text);
}

struct text
schedule_bare(struct text t, struct arena *keep)
{
	char *p = arena_alloc(keep, t.len + 1);
	bool is_blank;
	size_t i, len = 0;

	for (i = 0; i < t.len; i++) {
		is_blank = t.p[i] == ' ' || t.p[i] == '\t';
		if (!is_blank)
			p[len++] = t.p[i];
		else if (len > 0 && p[len - 1] != ' ')
			p[len++] = ' ';
	}
	if (len > 0 && p[len - 1] == ' ')
		len--;
	p[len] = '\0';
	return (struct text){ p, len };
}

static int
unknown(const struct schedule *schedule, struct text cron, struct fault *f)
{
	struct buf known;
	size_t i;

	buf_init(&known, SCHEDULE_MAX * (SCHEDULE_CRON + 4));
	for (i = 0; i < schedule->nr; i++)
		buf_printf(&known, "%s'%.*s'", i == 0 ? "" : ", ",
		    TEXT_ARG(schedule->entry[i].cron));
	(void)fault_set(f, FAULT_USAGE, "no jobs for cron '%.*s': known %s %s",
	    TEXT_ARG(cron), schedule->nr == 1 ? "is" : "are",
	    schedule->nr == 0 ? "none" : known.p);
	buf_free(&known);
	return -1;
}

const struct schedule_entry *
schedule_find(
    const struct schedule *schedule, struct text cron, struct fault *f)
{
	struct text bare = schedule_bare(cron, schedule->text);
	size_t i;

	for (i = 0; i < schedule->nr; i++)
		if (text_equal(schedule->entry[i].cron, bare))
			return &schedule->entry[i];
	(void)unknown(schedule, bare, f);
	return NULL;
}

bool
schedule_due(const struct schedule_entry *entry, instant_us now, instant_us *at)
{
	return cron_latest(&entry->when, now, at);
}

const struct job_list *
schedule_jobs(const struct schedule_entry *entry, instant_us at)
{
	return &entry->on[day_weekday(instant_day(at))];
}
