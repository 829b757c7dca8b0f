#include "briefing/alerts.h"

#include <stdlib.h>

#include "base/date.h"
#include "base/xalloc.h"
#include "record/field.h"

#define SHOWN 100
/* of which each byte may be escaped, and another alert */
#define TEXT_MOST 5000

struct alert {
	struct text name;
	struct text week_start;
	struct text text;
};

struct alerts {
	size_t type, coach_name, name, week_start, text;
	struct alert *alert;
	size_t nr, cap;
	struct arena *keep;
};

struct alerts *
alerts_new(struct json_shape *shape)
{
	struct alerts *a = xcalloc(1, sizeof(*a));

	a->type = json_want(shape, "type");
	a->coach_name = json_want(shape, "coach_name");
	a->name = json_want(shape, "name");
	a->week_start = json_want(shape, "week_start");
	a->text = json_want(shape, "text");
	a->keep = arena_new();
	return a;
}

void
alerts_free(struct alerts *a)
{
	if (a == NULL)
		return;
	free(a->alert);
	arena_free(a->keep);
	free(a);
}

static struct text
keep_text(struct alerts *a, struct text t)
{
	return t.p == NULL ? t : arena_copy(a->keep, t);
}

int
alerts_add(struct alerts *a, const struct record *rec, struct fault *f)
{
	struct text name, other, week, text;

	if (!text_is(record_text(rec, a->type), "alert"))
		return 0;
	if (field_text(&name, rec, a->coach_name, "coach_name", f) == -1 ||
	    field_text(&other, rec, a->name, "name", f) == -1 ||
	    field_text(&week, rec, a->week_start, "week_start", f) == -1 ||
	    field_needed(&text, rec, a->text, "text", f) == -1)
		return -1;
	a->alert = xgrow(a->alert, a->nr, &a->cap, sizeof(*a->alert));
	a->alert[a->nr++] = (struct alert){
		.name = keep_text(a, name.len > 0 ? name : other),
		.week_start = keep_text(a, week),
		.text = keep_text(a, text),
	};
	return 0;
}

size_t
alerts_nr(const struct alerts *a)
{
	return a->nr;
}

/* The week that all are of, if there is one. */
static void
put_week(const struct alerts *a, struct letter *l)
{
	day_nr day;
	size_t i;

	for (i = 0; i < a->nr; i++)
		if (!text_equal(a->alert[i].week_start, a->alert[0].week_start))
			return;
	if (!day_parse(a->alert[0].week_start, &day))
		return;
	letter_str(l, ", week of ");
	letter_day(l, day);
}

void
alerts_write(const struct alerts *a, struct letter *l)
{
	size_t i;

	letter_begin(l, LETTER_HEADER);
	letter_format(l, "%zu alert%s", a->nr, a->nr == 1 ? "" : "s");
	put_week(a, l);
	letter_end(l);
	for (i = 0; i < a->nr && i < SHOWN && l->text.len < TEXT_MOST; i++) {
		letter_begin(l, LETTER_SECTION);
		if (a->alert[i].name.len > 0) {
			letter_name(l, a->alert[i].name, false);
			letter_str(l, ": ");
		}
		letter_data(l, a->alert[i].text, LETTER_DATA);
		letter_end(l);
	}
	if (i < a->nr) {
		letter_begin(l, LETTER_SECTION);
		letter_format(l, "and %zu more", a->nr - i);
		letter_end(l);
	}
}
