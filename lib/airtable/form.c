#include "airtable/form.h"

#include <math.h>
#include <stdio.h>

#include "base/date.h"
#include "base/loose.h"
#include "base/num.h"

#define HOUR_S	  3600
#define SECONDS	  1e9 /* more is no time */
#define TEXT_MOST ((size_t)1 << 24)
#define REPLY_MAX 48

/*
 * Reading
 */

/* What an object is called: a choice, a person, an attachment. */
static struct text
called(struct json_value object, struct arena *keep)
{
	static const char *const name[] = { "name", "filename", "email", "id" };
	struct text best = { 0 };
	struct json_value key, value;
	const char *at = NULL;
	size_t i, rank = sizeof(name) / sizeof(name[0]);

	while (json_next(object, &at, &key, &value))
		for (i = 0; i < rank; i++)
			if (value.kind == VALUE_STRING &&
			    text_is(json_text(key, keep), name[i])) {
				best = json_text(value, keep);
				rank = i;
			}
	return best;
}

static struct text
joined(struct json_value array, struct arena *keep)
{
	struct json_value part;
	const char *at = NULL;
	struct text t, all = { 0 };
	struct buf b;

	buf_init(&b, TEXT_MOST);
	while (json_next(array, &at, NULL, &part)) {
		t = form_text(part, keep);
		if (t.p == NULL)
			continue;
		if (b.len > 0)
			buf_str(&b, ", ");
		buf_text(&b, t);
		all = buf_view(&b);
	}
	if (all.p != NULL)
		all = arena_copy(keep, buf_view(&b));
	buf_free(&b);
	return all;
}

struct text
form_text(struct json_value cell, struct arena *keep)
{
	switch (cell.kind) {
	case VALUE_STRING:
		return json_text(cell, keep);
	case VALUE_NUMBER:
	case VALUE_TRUE:
	case VALUE_FALSE:
		return json_raw(cell);
	case VALUE_ARRAY:
		return joined(cell, keep);
	case VALUE_OBJECT:
		return called(cell, keep);
	default:
		return (struct text){ 0 };
	}
}

/* Of a lookup, the one value that it found. */
static struct json_value
single(struct json_value cell)
{
	struct json_value first = { 0 }, second;
	const char *at = NULL;

	if (cell.kind != VALUE_ARRAY || !json_next(cell, &at, NULL, &first))
		return cell.kind == VALUE_ARRAY ? first : cell;
	return json_next(cell, &at, NULL, &second) ? cell : first;
}

/* A text that is a number, or a time in seconds. */
static bool
read_loose(enum form form, struct text t, double *x)
{
	struct loose_number n;

	if (loose_number_parse(t, &n)) {
		*x = decimal_value(n.x);
		if (form == FORM_HOURS)
			*x *= HOUR_S;
		return true;
	}
	if (form == FORM_HOURS)
		return loose_duration_parse(t, LOOSE_H_MM, x);
	return form == FORM_REPLY && loose_duration_parse(t, LOOSE_M_SS, x);
}

static bool
read_number(enum form form, struct json_value cell, struct arena *scratch,
    struct buf *b)
{
	struct text t;
	double x;

	cell = single(cell);
	t = form_text(cell, scratch);
	if (cell.kind == VALUE_NUMBER && json_double(cell, &x)) {
		if (form != FORM_HOURS) {
			json_put_raw(b, json_raw(cell));
			return true;
		}
		x *= HOUR_S;
	} else if (t.p == NULL || loose_is_null(loose_trim(t))) {
		/* nothing, or a formula that has no value */
		json_put_null(b);
		return cell.kind != VALUE_TRUE && cell.kind != VALUE_FALSE;
	} else if (!read_loose(form, loose_trim(t), &x)) {
		json_put_null(b);
		return false;
	}
	if (form == FORM_HOURS)
		x = num_round_away(x, 0);
	if ((form == FORM_HOURS || form == FORM_REPLY) &&
	    (x < 0 || x > SECONDS)) {
		json_put_null(b);
		return false;
	}
	json_put_number(b, x);
	return true;
}

static bool
read_day(struct json_value cell, struct arena *scratch, struct buf *b)
{
	struct text t = loose_trim(form_text(single(cell), scratch));
	char date[DAY_TEXT];
	instant_us at;
	day_nr day;

	if (t.len > 0 && !day_parse(t, &day)) {
		if (!instant_parse_loose(t, &at)) {
			json_put_null(b);
			return false;
		}
		day = instant_day(at);
	}
	if (t.len > 0)
		day_format(day, date);
	json_put_str(b, t.len > 0 ? date : NULL);
	return true;
}

bool
form_read(enum form form, struct json_value cell, struct arena *scratch,
    struct buf *b)
{
	switch (form) {
	case FORM_FIGURE:
		cell = single(cell);
		if (cell.kind == VALUE_NUMBER) {
			json_put_raw(b, json_raw(cell));
			return true;
		}
		/* fall through */
	case FORM_TEXT:
		json_put_text(b, form_text(cell, scratch));
		return true;
	case FORM_DAY:
		return read_day(cell, scratch, b);
	default:
		return read_number(form, cell, scratch, b);
	}
}

/*
 * Writing
 */

/* 45s, 1m 42s, 1h 5m: what is 0 is left out, and seconds beside hours. */
static void
put_reply(double seconds, struct buf *b)
{
	int64_t s = (int64_t)num_round_away(seconds, 0), big, small;
	const char *big_unit = "h", *small_unit = "m";
	char text[REPLY_MAX];

	if (s >= HOUR_S) {
		s = (s + 30) / 60;
		big = s / 60;
		small = s % 60;
	} else {
		big_unit = "m";
		small_unit = "s";
		big = s / 60;
		small = s % 60;
	}
	if (big > 0 && small > 0)
		snprintf(text, sizeof(text), "%lld%s %lld%s", (long long)big,
		    big_unit, (long long)small, small_unit);
	else
		snprintf(text, sizeof(text), "%lld%s",
		    (long long)(big > 0 ? big : small),
		    big > 0 ? big_unit : small_unit);
	json_put_str(b, text);
}

static int
write_number(
    enum form form, struct json_value v, struct buf *b, struct fault *f)
{
	static const int decimals[FORMS] = {
		[FORM_MONEY] = 2, [FORM_PERCENT] = 1, [FORM_HOURS] = 2
	};
	double x;

	if (!json_double(v, &x))
		return fault_set(f, FAULT_DATA, "is no number");
	if ((form == FORM_HOURS || form == FORM_REPLY) &&
	    (x < 0 || x > SECONDS))
		return fault_set(f, FAULT_DATA, "is no time in seconds");
	if (form == FORM_REPLY)
		put_reply(x, b);
	else
		json_put_number(
		    b, num_round_away(form == FORM_HOURS ? x / HOUR_S : x,
			   decimals[form]));
	return 0;
}

int
form_write(enum form form, struct json_value v, struct arena *scratch,
    struct buf *b, struct fault *f)
{
	day_nr day;

	if (v.kind <= VALUE_NULL) {
		json_put_null(b);
		return 0;
	}
	if (form >= FORM_COUNT)
		return write_number(form, v, b, f);
	if (form == FORM_DAY && !day_parse(json_text(v, scratch), &day))
		return fault_set(f, FAULT_DATA, "is no day as 2026-02-10");
	if (v.kind == VALUE_STRING)
		json_put_text(b, json_text(v, scratch));
	else if (form == FORM_TEXT &&
		 (v.kind == VALUE_OBJECT || v.kind == VALUE_ARRAY))
		return fault_set(f, FAULT_DATA, "is no text");
	else if (form == FORM_TEXT)
		json_put_text(b, json_raw(v));
	else
		json_put_raw(b, json_raw(v));
	return 0;
}
