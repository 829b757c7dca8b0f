#include "coach/settings.h"

#include "base/num.h"

void
coach_settings_init(struct coach_settings *s)
{
	*s = (struct coach_settings){
		.nabeller = text_of("38341389"),
		.begeleiding = text_of("15413220"),
		.stopped = { { text_of("15413630") }, 1 },
		.warm = { { text_of("114855767"), text_of("81686449") }, 2 },
		.info = { { text_of("15415582"), text_of("116831596") }, 2 },
		.period = { { "1m", 30 }, { "3m", 90 }, { "6m", 180 } },
		.period_nr = 3,
		.alpha = 3,
		.beta = 5,
	};
}

/* What stands before the next comma; *rest is what is behind it. */
static struct text
next_item(struct text *rest)
{
	const char *comma = memchr(rest->p, ',', rest->len);
	struct text item = *rest;

	if (comma == NULL) {
		*rest = (struct text){ NULL, 0 };
		return text_trim(item);
	}
	item.len = (size_t)(comma - item.p);
	rest->p = comma + 1;
	rest->len -= item.len + 1;
	return text_trim(item);
}

int
id_list_parse(struct id_list *list, struct text t, struct fault *f)
{
	struct text item, rest = t;

	list->nr = 0;
	while (rest.p != NULL) {
		item = next_item(&rest);
		if (item.len == 0)
			return fault_set(f, FAULT_USAGE,
			    "takes ids with commas between, not '%.*s'",
			    TEXT_ARG(t));
		if (list->nr == ID_LIST_MAX)
			return fault_set(f, FAULT_USAGE, "takes at most %d ids",
			    ID_LIST_MAX);
		list->id[list->nr++] = item;
	}
	return 0;
}

bool
id_list_has(const struct id_list *list, struct text id)
{
	size_t i;

	for (i = 0; i < list->nr; i++)
		if (text_equal(list->id[i], id))
			return true;
	return false;
}

/* A label becomes part of a member's name: deals_1m. */
static bool
label_is_good(struct text label)
{
	size_t i;
	char c;

	for (i = 0; i < label.len; i++) {
		c = label.p[i];
		if ((c < 'a' || c > 'z') && (c < '0' || c > '9'))
			return false;
	}
	return label.len > 0 && label.len < COACH_LABEL;
}

static bool
period_is_new(const struct coach_settings *s, const char *label)
{
	size_t i;

	for (i = 0; i < s->period_nr; i++)
		if (strcmp(s->period[i].label, label) == 0)
			return false;
	return true;
}

static bool
period_parse(struct period *period, struct text item)
{
	const char *equals =
	    item.len == 0 ? NULL : memchr(item.p, '=', item.len);
	struct text label = item, days = { NULL, 0 };
	int64_t nr;

	if (equals == NULL)
		return false;
	label.len = (size_t)(equals - item.p);
	days = (struct text){ equals + 1, item.len - label.len - 1 };
	if (!label_is_good(label) || !num_parse_int(days, &nr) || nr < 1 ||
	    nr > PERIOD_DAYS_MAX)
		return false;
	*period = (struct period){ .days = (int)nr };
	memcpy(period->label, label.p, label.len);
	return true;
}

int
periods_parse(struct coach_settings *s, struct text t, struct fault *f)
{
	struct text item, rest = t;
	struct period period;

	s->period_nr = 0;
	while (rest.p != NULL) {
		item = next_item(&rest);
		if (!period_parse(&period, item) ||
		    !period_is_new(s, period.label))
			return fault_set(f, FAULT_USAGE,
			    "takes names and days such as 1m=30,3m=90, "
			    "not '%.*s'",
			    TEXT_ARG(t));
		if (s->period_nr == PERIODS_MAX)
			return fault_set(f, FAULT_USAGE,
			    "takes at most %d periods", PERIODS_MAX);
		s->period[s->period_nr++] = period;
	}
	return 0;
}
