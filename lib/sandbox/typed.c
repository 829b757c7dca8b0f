#include "sandbox/typed.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/date.h"
#include "base/num.h"
#include "base/xalloc.h"

#define DAY_ZERO     (-25569) /* 1899-12-30 */
#define DAY_S	     86400
#define FORMULA_DEEP 100
#define NUMBER_TEXT  400

/*
 * Numbers
 */
static void
set_number(struct cell *c, double x)
{
	cell_clear(c);
	c->kind = CELL_NUMBER;
	c->number = x;
}

/* 1234, 1,234.5, .5, 1e3, with a sign; commas only between threes. */
static bool
read_number(struct text t, double *x)
{
	char digits[NUMBER_TEXT + 8];
	size_t i, nr = 0, since_comma = 0;
	bool comma = false, whole = true, any = false;

	if (t.len == 0 || t.len > NUMBER_TEXT)
		return false;
	for (i = 0; i < t.len; i++) {
		if (t.p[i] == ',' && whole) {
			if (!any || (comma && since_comma != 3) ||
			    (!comma && since_comma > 3))
				return false;
			comma = true;
			since_comma = 0;
			continue;
		}
		if (t.p[i] >= '0' && t.p[i] <= '9') {
			any = true;
			since_comma++;
		} else if (t.p[i] == '+' && i == 0) {
			continue;
		} else if (t.p[i] == '.' || (t.p[i] | 0x20) == 'e') {
			if ((comma && whole && since_comma != 3) ||
			    (t.p[i] == '.' && !whole))
				return false;
			/* JSON's form wants a digit before the point */
			if (t.p[i] == '.' && !any)
				digits[nr++] = '0';
			whole = false;
		}
		digits[nr++] = t.p[i];
	}
	if (!any || (comma && whole && since_comma != 3))
		return false;
	if (digits[nr - 1] == '.')
		nr--;
	/* zeros in front say nothing: 00123 is a number here */
	for (i = digits[0] == '-'; i + 1 < nr && digits[i] == '0' &&
				   digits[i + 1] >= '0' &&
				   digits[i + 1] <= '9';)
		memmove(digits + i, digits + i + 1, --nr - i);
	return num_parse((struct text){ digits, nr }, x);
}

/*
 * Dates
 */
static bool
take_number(struct text *t, unsigned digits, int *x)
{
	size_t i;

	*x = 0;
	for (i = 0;
	     i < t->len && i < digits && t->p[i] >= '0' && t->p[i] <= '9'; i++)
		*x = *x * 10 + (t->p[i] - '0');
	t->p += i;
	t->len -= i;
	return i > 0;
}

static bool
take_char(struct text *t, char c)
{
	if (t->len == 0 || *t->p != c)
		return false;
	t->p++;
	t->len--;
	return true;
}

static bool
take_date(struct text *t, day_nr *day)
{
	int year, month, mday;

	if (!take_number(t, 4, &year))
		return false;
	if (take_char(t, '-'))
		return year > 99 && take_number(t, 2, &month) &&
		       take_char(t, '-') && take_number(t, 2, &mday) &&
		       day_from_civil(year, month, mday, day);
	month = year;
	if (!take_char(t, '/') || !take_number(t, 2, &mday) ||
	    !take_char(t, '/') || !take_number(t, 4, &year))
		return false;
	if (year < 100)
		year += year < 50 ? 2000 : 1900;
	return day_from_civil(year, month, mday, day);
}

static bool
take_time(struct text *t, int *seconds)
{
	int hour, minute, second = 0;

	if (!take_number(t, 2, &hour) || !take_char(t, ':') ||
	    !take_number(t, 2, &minute))
		return false;
	if (take_char(t, ':') && !take_number(t, 2, &second))
		return false;
	*seconds = hour * 3600 + minute * 60 + second;
	return hour < 24 && minute < 60 && second < 60;
}

static bool
read_date(struct text t, double *x, enum cell_look *look)
{
	day_nr day;
	int seconds;

	if (!take_date(&t, &day))
		return false;
	*x = day - DAY_ZERO;
	*look = LOOK_DATE;
	if (t.len == 0)
		return true;
	if (!take_char(&t, ' ') || !take_time(&t, &seconds) || t.len > 0)
		return false;
	*x += (double)seconds / DAY_S;
	*look = LOOK_DATE_TIME;
	return true;
}

/*
 * Formulas: sums of products of numbers and what stands in parentheses
 */
struct formula {
	struct text rest;
	unsigned depth;
	bool by_zero;
};

static bool sum(struct formula *, double *);

static void
skip_blanks(struct formula *e)
{
	while (take_char(&e->rest, ' '))
		;
}

static bool
factor(struct formula *e, double *x)
{
	size_t len = 0;
	bool good;

	skip_blanks(e);
	if (e->depth == FORMULA_DEEP)
		return false;
	e->depth++;
	if (take_char(&e->rest, '-')) {
		good = factor(e, x);
		*x = good ? -*x : 0;
	} else if (take_char(&e->rest, '(')) {
		good = sum(e, x);
		skip_blanks(e);
		good = good && take_char(&e->rest, ')');
	} else {
		while (len < e->rest.len &&
		       ((e->rest.p[len] >= '0' && e->rest.p[len] <= '9') ||
			   e->rest.p[len] == '.'))
			len++;
		good = read_number((struct text){ e->rest.p, len }, x);
		e->rest.p += len;
		e->rest.len -= len;
	}
	e->depth--;
	return good;
}

static bool
product(struct formula *e, double *x)
{
	double y;
	bool divide;

	if (!factor(e, x))
		return false;
	for (;;) {
		skip_blanks(e);
		divide = take_char(&e->rest, '/');
		if (!divide && !take_char(&e->rest, '*'))
			return true;
		if (!factor(e, &y))
			return false;
		if (divide && fpclassify(y) == FP_ZERO)
			e->by_zero = true;
		*x = !divide ? *x * y : e->by_zero ? 0 : *x / y;
	}
}

static bool
sum(struct formula *e, double *x)
{
	double y;
	bool minus;

	if (!product(e, x))
		return false;
	for (;;) {
		skip_blanks(e);
		minus = take_char(&e->rest, '-');
		if (!minus && !take_char(&e->rest, '+'))
			return true;
		if (!product(e, &y))
			return false;
		*x = minus ? *x - y : *x + y;
	}
}

static void
type_formula(struct cell *c, struct text t)
{
	struct formula e = { { t.p + 1, t.len - 1 }, 0, false };
	const char *error = NULL;
	double x = 0;

	if (!sum(&e, &x) || e.rest.len > 0)
		error = "#NAME?";
	else if (e.by_zero)
		error = "#DIV/0!";
	else if (!isfinite(x))
		error = "#NUM!";
	if (error != NULL)
		cell_set_text(c, CELL_ERROR, error, strlen(error));
	else
		set_number(c, x);
	c->formula = xstrndup(t.p, t.len);
}

void
cell_type(struct cell *c, struct text t)
{
	enum cell_look look;
	double x;

	if (t.len == 0) {
		cell_clear(c);
	} else if (t.p[0] == '\'') {
		cell_set_text(c, CELL_TEXT, t.p + 1, t.len - 1);
	} else if (t.p[0] == '=' && t.len > 1) {
		type_formula(c, t);
	} else if (text_is_nocase(t, "TRUE") || text_is_nocase(t, "FALSE")) {
		set_number(c, text_is_nocase(t, "TRUE"));
		c->kind = CELL_BOOL;
	} else if (read_number(text_trim(t), &x)) {
		set_number(c, x);
	} else if (t.p[t.len - 1] == '%' &&
		   read_number((struct text){ t.p, t.len - 1 }, &x)) {
		set_number(c, x / 100);
		c->look = LOOK_PERCENT;
	} else if (read_date(text_trim(t), &x, &look)) {
		set_number(c, x);
		c->look = look;
	} else {
		cell_set_text(c, CELL_TEXT, t.p, t.len);
	}
}

/*
 * Showing
 */
static void
show_general(double x, struct buf *b)
{
	char text[NUM_MAX + 8], *e;
	double size = fabs(x);

	if (fpclassify(x) == FP_ZERO) {
		buf_char(b, '0');
		return;
	}
	if (size < 1e15 && fpclassify(x - trunc(x)) == FP_ZERO) {
		buf_printf(b, "%.0f", x);
		return;
	}
	snprintf(text, sizeof(text), size < 1e15 ? "%.10g" : "%.6g", x);
	e = strchr(text, 'e');
	if (e != NULL)
		*e = 'E';
	buf_str(b, text);
}

static void
show_date(double x, bool time, struct buf *b)
{
	double whole = floor(x);
	int year, month, mday, second;

	if (!(whole >= -693593 && whole <= 2958465)) {
		show_general(x, b);
		return;
	}
	second = (int)lround((x - whole) * DAY_S);
	if (second == DAY_S) {
		second = 0;
		whole++;
	}
	day_to_civil((day_nr)whole + DAY_ZERO, &year, &month, &mday);
	buf_printf(b, "%04d-%02d-%02d", year, month, mday);
	if (time)
		buf_printf(b, " %d:%02d:%02d", second / 3600, second / 60 % 60,
		    second % 60);
}

void
cell_show(const struct cell *c, struct buf *b)
{
	switch (c->kind) {
	case CELL_EMPTY:
		break;
	case CELL_BOOL:
		buf_str(b, c->number > 0 ? "TRUE" : "FALSE");
		break;
	case CELL_NUMBER:
		if (c->look == LOOK_DATE || c->look == LOOK_DATE_TIME)
			show_date(c->number, c->look == LOOK_DATE_TIME, b);
		else if (c->look == LOOK_PERCENT)
			buf_printf(b, "%.2f%%", c->number * 100);
		else
			show_general(c->number, b);
		break;
	case CELL_TEXT:
	case CELL_ERROR:
		buf_str(b, c->text);
		break;
	}
}
