#include "inflow/figure.h"

#include <math.h>
#include <string.h>

#include "base/num.h"

#define SECONDS_H 3600u

enum figure_kind {
	KIND_MONEY,
	KIND_COUNT,
	KIND_PERCENT,
	KIND_NUMBER,
	KIND_REPLY,
	KIND_HOURS,
};

static const enum figure_kind kind[INFLOW_FIGURES] = {
	[INFLOW_SALES] = KIND_MONEY,
	[INFLOW_PPV_SALES] = KIND_MONEY,
	[INFLOW_TIPS] = KIND_MONEY,
	[INFLOW_DM_SALES] = KIND_MONEY,
	[INFLOW_MESSAGES_SENT] = KIND_COUNT,
	[INFLOW_PPVS_SENT] = KIND_COUNT,
	[INFLOW_PPVS_UNLOCKED] = KIND_COUNT,
	[INFLOW_GOLDEN_PCT] = KIND_PERCENT,
	[INFLOW_UNLOCK_PCT] = KIND_PERCENT,
	[INFLOW_FANS] = KIND_COUNT,
	[INFLOW_FANS_SPENT] = KIND_COUNT,
	[INFLOW_CVR_PCT] = KIND_PERCENT,
	[INFLOW_REPLY_S] = KIND_REPLY,
	[INFLOW_CLOCKED_H] = KIND_HOURS,
	[INFLOW_SCHEDULED_H] = KIND_HOURS,
	[INFLOW_SALES_HR] = KIND_MONEY,
	[INFLOW_MSG_HR] = KIND_NUMBER,
	[INFLOW_FANS_HR] = KIND_NUMBER,
	[INFLOW_CHARS] = KIND_COUNT,
};

static const char *const kind_name[] = {
	[KIND_MONEY] = "amount of money",
	[KIND_COUNT] = "count",
	[KIND_PERCENT] = "percentage",
	[KIND_NUMBER] = "number",
	[KIND_REPLY] = "duration",
	[KIND_HOURS] = "number of hours",
};

bool
figure_is_percent(enum inflow_figure which)
{
	return kind[which] == KIND_PERCENT;
}

bool
figure_adds(enum inflow_figure which)
{
	return kind[which] == KIND_COUNT || kind[which] == KIND_HOURS ||
	       (kind[which] == KIND_MONEY && which != INFLOW_SALES_HR);
}

static bool
read_duration(struct figure *x, enum inflow_figure which, struct text cell)
{
	bool is_reply = kind[which] == KIND_REPLY;
	double seconds;

	if (!loose_duration_parse(
		cell, is_reply ? LOOSE_M_SS : LOOSE_H_MM, &seconds))
		return false;
	x->x = (struct decimal){ (int64_t)seconds, 0 };
	x->seconds = true;
	return true;
}

static bool
is_negative(struct decimal x)
{
	return x.places == DECIMAL_WIDE ? decimal_value(x) < 0 : x.digits < 0;
}

/* A bare number of a duration has a unit that is said elsewhere. */
static bool
read_number(struct figure *x, enum inflow_figure which, struct text cell,
    const struct figure_form *form, enum loose_mark *proves)
{
	enum figure_kind is = kind[which];
	struct loose_number n;

	if (!loose_number_parse(cell, &n) || (n.currency && is != KIND_MONEY) ||
	    (n.percent && is != KIND_PERCENT) ||
	    (is_negative(n.x) && (is == KIND_REPLY || is == KIND_HOURS)))
		return false;
	x->x = n.x;
	x->other = (uint8_t)n.other;
	x->percent = n.percent;
	/* those of a reply are no evidence for other columns */
	*proves = is == KIND_REPLY ? LOOSE_UNKNOWN : n.proves;
	return form->mark == LOOSE_UNKNOWN || n.proves == LOOSE_UNKNOWN ||
	       n.proves == form->mark;
}

/* The same, whatever is found out about the file. */
static bool
is_settled(const struct figure *x, enum inflow_figure which)
{
	if (x->other != LOOSE_SAME)
		return false;
	if (kind[which] == KIND_COUNT)
		return x->x.places == 0 && x->x.digits >= 0;
	return kind[which] != KIND_PERCENT || x->percent;
}

int
figure_read(struct figure *x, enum inflow_figure which, struct text cell,
    const struct figure_form *form, enum loose_mark *proves, struct fault *f)
{
	*x = (struct figure){ 0 };
	*proves = LOOSE_UNKNOWN;
	if (loose_is_null(cell))
		return 0;
	if (((kind[which] == KIND_REPLY || kind[which] == KIND_HOURS) &&
		read_duration(x, which, cell)) ||
	    read_number(x, which, cell, form, proves)) {
		x->known = true;
		x->settled = is_settled(x, which);
		return 0;
	}
	*x = (struct figure){ 0 };
	return fault_set(f, FAULT_DATA, "is no %s%s", kind_name[kind[which]],
	    form->mark == LOOSE_POINT	? " with a decimal point"
	    : form->mark == LOOSE_COMMA ? " with a decimal comma"
					: "");
}

/* To the digit: 0.29 is 29 and not 28.999999999999996. */
static struct decimal
hundredfold(struct decimal x)
{
	char text[NUM_MAX + 2];
	double y;
	size_t len;

	if (x.places < 2)
		return decimal_times(x, 100);
	if (x.places != DECIMAL_WIDE) {
		x.places -= 2;
		return x;
	}
	num_format(decimal_value(x), text);
	len = strlen(text);
	memcpy(text + len, "e2", 3);
	if (memchr(text, 'e', len) == NULL &&
	    num_parse((struct text){ text, len + 2 }, &y))
		return decimal_of_double(y);
	return decimal_times(x, 100);
}

static int
settle_count(struct figure *x, const struct figure_form *form,
    enum figure_doubt *doubt, struct fault *f)
{
	double value = decimal_value(x->x), whole = round(value);

	/* 1.234 with no other cell that says what a point is, or no whole one */
	if ((x->other == LOOSE_THOUSANDS && form->mark == LOOSE_UNKNOWN) ||
	    (x->other != LOOSE_SAME && whole != value))
		return fault_set(f, FAULT_DATA,
		    "%g with three digits behind the mark may be thousands; "
		    "say --decimal",
		    value);
	if (value < 0) {
		*doubt = FIGURE_NEGATIVE;
		x->known = false;
	} else if (whole != value) {
		*doubt = FIGURE_ROUNDED;
		x->x = decimal_near(whole);
	}
	return 0;
}

int
figure_settle(struct figure *x, enum inflow_figure which,
    const struct figure_form *form, enum figure_doubt *doubt, struct fault *f)
{
	*doubt = FIGURE_FINE;
	if (!x->known || x->settled)
		return 0;
	x->x = loose_by_mark(x->x, (enum loose_other)x->other, form->mark);
	x->settled = true;
	if (kind[which] == KIND_COUNT)
		return settle_count(x, form, doubt, f);
	if (kind[which] == KIND_PERCENT && form->fractions && !x->percent)
		x->x = hundredfold(x->x);
	return 0;
}

double
figure_value(const struct figure *x, enum inflow_figure which,
    const struct figure_form *form)
{
	if (!x->known)
		return NAN;
	if (kind[which] == KIND_HOURS && x->seconds)
		return decimal_part(x->x, SECONDS_H);
	if (kind[which] == KIND_REPLY && !x->seconds)
		return decimal_value(x->x) * form->reply_unit_s;
	return decimal_value(x->x);
}

void
figure_add(
    struct figure_sum *sum, const struct figure *x, enum inflow_figure which)
{
	struct decimal add = x->x;

	if (!x->known)
		return;
	if (kind[which] == KIND_HOURS && !x->seconds)
		add = decimal_times(add, SECONDS_H);
	sum->x = sum->known ? decimal_sum(sum->x, add) : add;
	sum->known = true;
}

double
figure_total(const struct figure_sum *sum, enum inflow_figure which)
{
	if (!sum->known)
		return NAN;
	return kind[which] == KIND_HOURS ? decimal_part(sum->x, SECONDS_H)
					 : decimal_value(sum->x);
}
