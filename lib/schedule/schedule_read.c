#include <stdlib.h>

#include <jansson.h>

#include "base/xalloc.h"
#include "schedule/schedule.h"

static const char *const weekdays[WEEKDAYS] = { "monday", "tuesday",
	"wednesday", "thursday", "friday", "saturday", "sunday" };

static struct text
text_in(const json_t *value)
{
	return (
	    struct text){ json_string_value(value), json_string_length(value) };
}

static int
read_jobs(struct job_list *list, const json_t *in, struct arena *keep,
    struct fault *f)
{
	const json_t *word;
	size_t i;

	if (!json_is_array(in))
		return fault_set(f, FAULT_USAGE, "is no list of jobs");
	list->nr = 0;
	for (i = 0; i < json_array_size(in); i++) {
		word = json_array_get(in, i);
		if (!json_is_string(word))
			return fault_set(f, FAULT_USAGE, "is no list of jobs");
		if (job_add(list, text_in(word), keep, f) == -1)
			return fault_prefix(f, "has ");
	}
	return 0;
}

/* The lists of single days, over that of all. */
static int
read_days(struct schedule_entry *entry, json_t *on, struct arena *keep,
    struct fault *f)
{
	const char *key;
	json_t *jobs;
	int day;

	if (on == NULL)
		return 0;
	if (!json_is_object(on))
		return fault_set(f, FAULT_USAGE, "on is no object");
	json_object_foreach (on, key, jobs) {
		for (day = 0; day < WEEKDAYS; day++)
			if (strcmp(key, weekdays[day]) == 0)
				break;
		if (day == WEEKDAYS)
			return fault_set(f, FAULT_USAGE,
			    "on.%s is no day: there are monday to sunday", key);
		if (read_jobs(&entry->on[day], jobs, keep, f) == -1)
			return fault_prefix(f, "on.%s ", key);
	}
	return 0;
}

static int
check_keys(json_t *in, struct fault *f)
{
	const char *key;
	json_t *value;

	if (!json_is_object(in))
		return fault_set(f, FAULT_USAGE, "is no object");
	json_object_foreach (in, key, value)
		if (strcmp(key, "cron") != 0 && strcmp(key, "jobs") != 0 &&
		    strcmp(key, "on") != 0)
			return fault_set(
			    f, FAULT_USAGE, "%s is no setting", key);
	return 0;
}

static int
read_entry(struct schedule_entry *entry, json_t *in, struct arena *keep,
    struct fault *f)
{
	const json_t *cron = json_object_get(in, "cron");
	struct job_list jobs = { .nr = 0 };
	int day;

	if (check_keys(in, f) == -1)
		return -1;
	if (!json_is_string(cron) || json_string_length(cron) > SCHEDULE_CRON)
		return fault_set(f, FAULT_USAGE, "cron is no such text");
	if (cron_parse(&entry->when, text_in(cron), f) == -1)
		return -1;
	entry->cron = schedule_bare(text_in(cron), keep);
	if (read_jobs(&jobs, json_object_get(in, "jobs"), keep, f) == -1)
		return fault_prefix(f, "jobs ");
	for (day = 0; day < WEEKDAYS; day++)
		entry->on[day] = jobs;
	return read_days(entry, json_object_get(in, "on"), keep, f);
}

/* Nobody knows which of two is meant. */
static int
check_twice(const struct schedule *schedule, size_t nr, struct fault *f)
{
	size_t i;

	for (i = 0; i < nr; i++)
		if (text_equal(
			schedule->entry[i].cron, schedule->entry[nr].cron))
			return fault_set(f, FAULT_USAGE,
			    "cron '%.*s' is there twice",
			    TEXT_ARG(schedule->entry[i].cron));
	return 0;
}

static int
read_schedule(struct schedule *schedule, const json_t *list, struct fault *f)
{
	size_t i, nr = json_array_size(list);

	if (!json_is_array(list) || nr > SCHEDULE_MAX)
		return fault_set(f, FAULT_USAGE,
		    "schedule is no list of at most %d", SCHEDULE_MAX);
	free(schedule->entry);
	schedule->entry = xcalloc(nr + 1, sizeof(*schedule->entry));
	schedule->nr = nr;
	for (i = 0; i < nr; i++)
		if (read_entry(&schedule->entry[i], json_array_get(list, i),
			schedule->text, f) == -1 ||
		    check_twice(schedule, i, f) == -1)
			return fault_prefix(f, "schedule[%zu]: ", i);
	return 0;
}

int
schedule_parse(struct schedule *schedule, struct text file, struct fault *f)
{
	json_error_t error;
	json_t *root =
	    json_loadb(file.p, file.len, JSON_REJECT_DUPLICATES, &error);
	const json_t *list = json_object_get(root, "schedule");
	int status = 0;

	if (root == NULL)
		return fault_set(
		    f, FAULT_USAGE, "line %d: %s", error.line, error.text);
	if (!json_is_object(root))
		status = fault_set(f, FAULT_USAGE, "is no object");
	else if (list != NULL)
		status = read_schedule(schedule, list, f);
	json_decref(root);
	return status;
}
