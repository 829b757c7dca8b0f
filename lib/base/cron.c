#include "base/cron.h"

#include <string.h>

#define MINUTE_US  (INT64_C(60) * 1000000)
#define DAY_MIN	   ((day_nr)(INSTANT_MIN / INSTANT_DAY_US))
#define DIGITS_MAX 4
/* a 29th of February on one day of the week is up to 40 years away */
#define DAYS_MAX (41 * 366)

enum {
	MINUTE,
	HOUR,
	MDAY,
	MONTH,
	WDAY,
	FIELDS,
};

struct field {
	const char *what;
	int min, max;
	int last; /* of a star; Sunday is its first day alone */
	const char *const *name;
};

static const char *const months[] = { "jan", "feb", "mar", "apr", "may", "jun",
	"jul", "aug", "sep", "oct", "nov", "dec", NULL };
static const char *const weekdays[] = { "sun", "mon", "tue", "wed", "thu",
	"fri", "sat", NULL };
static const char *const none[] = { NULL };

static const struct field fields[FIELDS] = {
	[MINUTE] = { "minute", 0, 59, 59, none },
	[HOUR] = { "hour", 0, 23, 23, none },
	[MDAY] = { "day of the month", 1, 31, 31, none },
	[MONTH] = { "month", 1, 12, 12, months },
	[WDAY] = { "day of the week", 0, 7, 6, weekdays },
};

static const struct {
	const char *name, *means;
} macros[] = {
	{ "@annually", "0 0 1 1 *" },
	{ "@daily", "0 0 * * *" },
	{ "@hourly", "0 * * * *" },
	{ "@midnight", "0 0 * * *" },
	{ "@monthly", "0 0 1 * *" },
	{ "@weekly", "0 0 * * 0" },
	{ "@yearly", "0 0 1 1 *" },
};

#define MACROS (sizeof(macros) / sizeof(macros[0]))

static uint64_t
bit(int n)
{
	return UINT64_C(1) << n;
}

/* What stands in front of the first c, or all; *rest goes behind that c. */
static struct text
cut(struct text *rest, char c, bool *is_there)
{
	const char *end = memchr(rest->p, c, rest->len);
	struct text part = *rest;

	*is_there = end != NULL;
	if (end != NULL)
		part.len = (size_t)(end - part.p);
	rest->p += part.len + *is_there;
	rest->len -= part.len + *is_there;
	return part;
}

/* All of t is digits, and no more of them than a mistake has. */
static bool
digits(struct text t, int *n)
{
	size_t i;

	if (t.len == 0 || t.len > DIGITS_MAX)
		return false;
	for (*n = 0, i = 0; i < t.len; i++) {
		if (t.p[i] < '0' || t.p[i] > '9')
			return false;
		*n = *n * 10 + (t.p[i] - '0');
	}
	return true;
}

static int
read_number(const struct field *field, struct text t, int *n, struct fault *f)
{
	int i;

	if (digits(t, n) && *n >= field->min && *n <= field->max)
		return 0;
	for (i = 0; field->name[i] != NULL; i++)
		if (text_is_nocase(t, field->name[i])) {
			*n = field->min + i;
			return 0;
		}
	return fault_set(f, FAULT_USAGE,
	    "the %s '%.*s' is no number from %d "
	    "to %d%s",
	    field->what, TEXT_ARG(t), field->min, field->max,
	    field->name[0] != NULL ? " and no name" : "");
}

/* A star, a number or a range, with a step or without. */
static int
read_item(
    const struct field *field, struct text item, uint64_t *set, struct fault *f)
{
	int low = field->min, high = field->last, step = 1;
	bool has_step, has_end;
	struct text range = cut(&item, '/', &has_step);
	struct text first = range;

	if (!text_is(range, "*")) {
		first = cut(&range, '-', &has_end);
		if (read_number(field, first, &low, f) == -1)
			return -1;
		if (has_end && read_number(field, range, &high, f) == -1)
			return -1;
		if (!has_end && (!has_step || high < low))
			high = low;
	}
	/* a week may end with its Sunday */
	if (high == 0 && low > 0 && field == &fields[WDAY])
		high = 7;
	if (high < low)
		return fault_set(f, FAULT_USAGE,
		    "the %ss from %d to %d run backwards", field->what, low,
		    high);
	if (has_step && (!digits(item, &step) || step == 0))
		return fault_set(f, FAULT_USAGE,
		    "the step '%.*s' of the %s is no number above 0",
		    TEXT_ARG(item), field->what);
	for (; low <= high; low += step)
		*set |= bit(low);
	return 0;
}

static int
read_field(
    const struct field *field, struct text list, uint64_t *set, struct fault *f)
{
	struct text item;
	bool more;

	*set = 0;
	do {
		item = cut(&list, ',', &more);
		if (read_item(field, item, set, f) == -1)
			return -1;
	} while (more);
	return 0;
}

/* Parts between blanks, none of them empty; how many there are, all told. */
static size_t
split(struct text t, struct text part[FIELDS])
{
	size_t i, nr = 0;
	bool was_blank = true, is_blank;

	for (i = 0; i < t.len; i++) {
		is_blank = t.p[i] == ' ' || t.p[i] == '\t';
		if (was_blank && !is_blank && nr++ < FIELDS)
			part[nr - 1] = (struct text){ t.p + i, 0 };
		if (!is_blank && nr <= FIELDS)
			part[nr - 1].len++;
		was_blank = is_blank;
	}
	return nr;
}

static bool
has_days(const struct cron *cron)
{
	static const int length[] = { 31, 29, 31, 30, 31, 30, 31, 31, 30, 31,
		30, 31 };
	int month;

	for (month = 1; month <= 12; month++)
		if ((cron->month & bit(month)) != 0 &&
		    (cron->either ||
			(cron->mday & (bit(length[month - 1] + 1) - 1)) != 0))
			return true;
	return false;
}

static int
parse_fields(struct cron *cron, struct text t, struct fault *f)
{
	uint64_t *const set[FIELDS] = { &cron->minute, &cron->hour, &cron->mday,
		&cron->month, &cron->wday };
	struct text part[FIELDS];
	size_t i, nr = split(t, part);

	if (nr != FIELDS)
		return fault_set(f, FAULT_USAGE,
		    "has %zu fields, not %d: "
		    "minute, hour, day of the month, month, day of the week",
		    nr, FIELDS);
	for (i = 0; i < FIELDS; i++)
		if (read_field(&fields[i], part[i], set[i], f) == -1)
			return -1;
	if ((cron->wday & bit(7)) != 0)
		cron->wday |= bit(0);
	cron->wday &= ~bit(7);
	cron->either = *part[MDAY].p != '*' && *part[WDAY].p != '*';
	if (!has_days(cron))
		return fault_set(f, FAULT_USAGE,
		    "never fires: no such month has such a day");
	return 0;
}

int
cron_parse(struct cron *cron, struct text text, struct fault *f)
{
	struct text t = text_trim(text);
	size_t i;

	for (i = 0; i < MACROS; i++)
		if (text_is_nocase(t, macros[i].name))
			t = text_of(macros[i].means);
	if (parse_fields(cron, t, f) == -1)
		return fault_prefix(f, "cron '%.*s': ", TEXT_ARG(text));
	return 0;
}

static bool
fires_on(const struct cron *cron, day_nr day)
{
	int year, month, mday;
	bool is_mday, is_wday;

	day_to_civil(day, &year, &month, &mday);
	if ((cron->month & bit(month)) == 0)
		return false;
	is_mday = (cron->mday & bit(mday)) != 0;
	is_wday = (cron->wday & bit((day_weekday(day) + 1) % 7)) != 0;
	return cron->either ? is_mday || is_wday : is_mday && is_wday;
}

bool
cron_latest(const struct cron *cron, instant_us now, instant_us *at)
{
	day_nr day = instant_day(now), first = day - DAYS_MAX;
	int minute = (int)((now - instant_of_day(day)) / MINUTE_US);

	if (first < DAY_MIN)
		first = DAY_MIN;
	for (; day >= first; day--, minute = 24 * 60 - 1) {
		if (!fires_on(cron, day))
			continue;
		for (; minute >= 0; minute--)
			if ((cron->hour & bit(minute / 60)) != 0 &&
			    (cron->minute & bit(minute % 60)) != 0) {
				*at = instant_of_day(day) + minute * MINUTE_US;
				return true;
			}
	}
	return false;
}
