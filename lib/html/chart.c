#include "html/chart.h"

#include <float.h>
#include <math.h>
#include <stdio.h>

#include "base/num.h"

enum {
	LEFT = 46,
	RIGHT = 14,
	TOP = 30,
	BOTTOM = 46,
};

#define LABEL_WIDTH 40 /* less, and labels run into each other */
#define FEW	    7  /* categories that have room on a telephone */
#define NEAR	    1e-9
#define ATTR_MAX    64

struct chart_step
chart_step(double span, double nr)
{
	static const double of_ten[] = { 1, 2, 5 };
	struct chart_step s = { 1, 1 };
	double power;
	size_t i;

	if (!(span > 0))
		return s;
	for (power = 1e6; power >= 1; power /= 10)
		for (i = 0; i < 3; i++)
			if (of_ten[i] / power * nr >= span - NEAR)
				return (struct chart_step){ of_ten[i], power };
	for (power = 10; power < 1e18; power *= 10)
		for (i = 0; i < 3; i++)
			if (of_ten[i] * power * nr >= span - NEAR)
				return (
				    struct chart_step){ of_ten[i] * power, 1 };
	return (struct chart_step){ 1e18, 1 };
}

double
chart_multiple(struct chart_step s, double i)
{
	return i * s.mul / s.div;
}

double
chart_below(struct chart_step s, double x)
{
	double i = x * s.div / s.mul, whole = floor(i + 0.5);

	return fabs(i - whole) < NEAR ? whole : floor(i);
}

/* From a value to a place. */
struct scale {
	struct chart_step step;
	double first, last;   /* multiples of the step */
	double low, high;     /* values there */
	double start, length; /* places; length below 0 goes up */
};

static double
place(const struct scale *s, double value)
{
	return s->start + (value - s->low) / (s->high - s->low) * s->length;
}

struct range {
	double low, high;
};

static void
widen(struct range *r, double x)
{
	if (x < r->low)
		r->low = x;
	if (x > r->high)
		r->high = x;
}

static void
scale_set(struct scale *s, struct range r, bool from_zero, double nr)
{
	if (from_zero)
		widen(&r, 0);
	if (!(r.low <= r.high))
		r = (struct range){ 0, 1 };
	s->step = chart_step(r.high - r.low, nr);
	s->first = chart_below(s->step, r.low);
	s->last = -chart_below(s->step, -r.high);
	if (s->last <= s->first)
		s->last = s->first + 1;
	s->low = chart_multiple(s->step, s->first);
	s->high = chart_multiple(s->step, s->last);
}

struct drawing {
	const struct chart *c;
	struct html *h;
	struct scale x, y;
	double band; /* width of a category */
};

static double
x_place(const struct drawing *d, double x)
{
	if (d->c->category != NULL)
		return LEFT + (x + 0.5) * d->band;
	return place(&d->x, x);
}

static void
find_scales(struct drawing *d)
{
	const struct chart *c = d->c;
	struct range x = { DBL_MAX, -DBL_MAX }, y = x;
	size_t i, j;

	for (i = 0; i < c->series_nr; i++)
		for (j = 0; j < c->series[i].nr; j++) {
			widen(&x, c->series[i].point[j].x);
			if (c->series[i].kind == CHART_BARS)
				widen(&x, c->series[i].point[j].x1);
			widen(&y, c->series[i].point[j].y);
		}
	for (i = 0; i < c->rule_nr; i++)
		widen(c->rule[i].is_vertical ? &x : &y, c->rule[i].at);
	d->x.start = LEFT;
	d->x.length = c->width - LEFT - RIGHT;
	d->y.start = c->height - BOTTOM;
	d->y.length = -(double)(c->height - TOP - BOTTOM);
	scale_set(&d->x, x, c->x_from_zero, 8);
	scale_set(&d->y, y, c->y_from_zero, 5);
	d->band =
	    d->x.length / (double)(c->category_nr > 0 ? c->category_nr : 1);
}

static void
put_number(struct buf *b, const char *before, double x)
{
	char text[NUM_MAX];

	buf_str(b, before);
	buf_str(b, num_format(html_tenth(x), text));
}

static void
put_label(
    struct html *h, const char *class, double x, double y, const char *text)
{
	html_open(h, "text");
	html_class(h, class);
	html_attr_at(h, "x", x);
	html_attr_at(h, "y", y);
	html_str(h, text);
	html_close(h);
}

static void
put_path(struct html *h, const char *class, const struct buf *path)
{
	html_open(h, "path");
	html_class(h, class);
	html_attr_text(h, "d", buf_view(path));
	html_close(h);
}

static void
draw_y_axis(struct drawing *d)
{
	struct html *h = d->h;
	char text[NUM_MAX];
	struct buf path;
	double i, at;

	buf_init(&path, 1 << 16);
	for (i = d->y.first; i <= d->y.last; i++) {
		put_number(&path, "M", LEFT);
		put_number(
		    &path, " ", place(&d->y, chart_multiple(d->y.step, i)));
		put_number(&path, "H", d->c->width - RIGHT);
	}
	put_path(h, "g", &path);
	for (i = d->y.first; i <= d->y.last; i++) {
		at = chart_multiple(d->y.step, i);
		put_label(h, "ky", LEFT - 8, place(&d->y, at) + 4,
		    num_format(at + 0.0, text));
	}
	buf_free(&path);
	put_label(h, "a", 4, 14, d->c->y_label);
}

static void
draw_x_axis(struct drawing *d)
{
	const struct chart *c = d->c;
	size_t k, each = (size_t)ceil(LABEL_WIDTH / d->band);
	double i, at, below = c->height - BOTTOM + 18;
	char text[NUM_MAX];

	for (k = 0; k < c->category_nr; k += each)
		put_label(d->h,
		    c->category_nr > FEW && k / each % 2 == 1 ? "kx o" : "kx",
		    x_place(d, (double)k), below, c->category[k]);
	for (i = d->x.first; c->category == NULL && i <= d->x.last; i++) {
		at = chart_multiple(d->x.step, i);
		put_label(d->h, "kx", x_place(d, at), below,
		    num_format(at + 0.0, text));
	}
	put_label(d->h, "ax", c->width - RIGHT, c->height - 6, c->x_label);
}

static void
mark_end(struct html *h, const struct chart_point *p)
{
	html_attr(h, "data-t", p->detail);
	html_close(h);
}

static void
draw_points(struct drawing *d, const struct chart_series *s)
{
	struct html *h = d->h;
	char shape[8];
	size_t i;

	snprintf(shape, sizeof(shape), "#m%d", s->shape);
	for (i = 0; i < s->nr; i++) {
		html_open(h, "use");
		html_attr(h, "href", shape);
		html_attr_at(h, "x", x_place(d, s->point[i].x));
		html_attr_at(h, "y", place(&d->y, s->point[i].y));
		mark_end(h, &s->point[i]);
	}
}

static void
draw_bars(struct drawing *d, const struct chart_series *s)
{
	const struct chart_point *p;
	struct html *h = d->h;
	double left, right, top, floor_at = place(&d->y, d->y.low);
	char text[HTML_COUNT];
	size_t i;

	for (i = 0; i < s->nr; i++) {
		p = &s->point[i];
		left = d->c->category != NULL
			   ? x_place(d, p->x) - d->band * 0.35
			   : x_place(d, p->x) + 0.5;
		right = d->c->category != NULL
			    ? x_place(d, p->x) + d->band * 0.35
			    : x_place(d, p->x1) - 0.5;
		top = place(&d->y, p->y);
		html_open(h, "rect");
		html_attr_at(h, "x", left);
		html_attr_at(h, "y", top);
		html_attr_at(h, "width", right - left);
		html_attr_at(h, "height", floor_at - top);
		mark_end(h, p);
		if (s->is_counted)
			put_label(h, "kx n", (left + right) / 2, top - 6,
			    html_count((int64_t)p->y, text));
	}
}

static void
draw_line(struct drawing *d, const struct chart_series *s)
{
	struct html *h = d->h;
	struct buf path;
	size_t i;

	buf_init(&path, 1 << 20);
	for (i = 0; i < s->nr; i++) {
		put_number(
		    &path, i == 0 ? "M" : "L", x_place(d, s->point[i].x));
		put_number(&path, " ", place(&d->y, s->point[i].y));
	}
	put_path(h, s->is_dashed ? "l d" : "l", &path);
	buf_free(&path);
	for (i = 0; i < s->nr && !s->is_dashed; i++) {
		html_open(h, "circle");
		html_attr_at(h, "cx", x_place(d, s->point[i].x));
		html_attr_at(h, "cy", place(&d->y, s->point[i].y));
		html_attr_at(h, "r", 3.5);
		mark_end(h, &s->point[i]);
	}
}

static void
draw_series(struct drawing *d, const struct chart_series *s)
{
	char class[ATTR_MAX];

	html_open(d->h, "g");
	snprintf(class, sizeof(class), "%s t%d",
	    s->kind == CHART_POINTS ? "p"
	    : s->kind == CHART_BARS ? "r"
				    : "s",
	    s->tone);
	html_class(d->h, class);
	switch (s->kind) {
	case CHART_POINTS:
		draw_points(d, s);
		break;
	case CHART_BARS:
		draw_bars(d, s);
		break;
	case CHART_LINE:
		draw_line(d, s);
		break;
	}
	html_close(d->h);
}

static void
draw_rule(struct drawing *d, const struct chart_rule *r)
{
	double at = r->is_vertical ? x_place(d, r->at) : place(&d->y, r->at);
	bool flips = r->is_vertical && at > d->c->width * 0.7;
	char class[ATTR_MAX];
	struct buf path;

	buf_init(&path, 1 << 10);
	if (r->is_vertical) {
		put_number(&path, "M", at);
		put_number(&path, " ", TOP);
		put_number(&path, "V", d->c->height - BOTTOM);
	} else {
		put_number(&path, "M", LEFT);
		put_number(&path, " ", at);
		put_number(&path, "H", d->c->width - RIGHT);
	}
	html_open(d->h, "g");
	snprintf(class, sizeof(class), "u t%d", r->tone);
	html_class(d->h, class);
	put_path(d->h, r->is_dotted ? "l o" : "l d", &path);
	buf_free(&path);
	if (r->is_vertical)
		put_label(d->h, flips ? "kr" : "kl", at + (flips ? -4 : 4),
		    TOP - 5, r->label);
	else
		put_label(
		    d->h, "ky", d->c->width - RIGHT - 2, at - 6, r->label);
	html_close(d->h);
}

static void
write_legend(struct html *h, const struct chart *c)
{
	const struct chart_series *s;
	char text[ATTR_MAX];
	bool any = false;
	size_t i;

	for (i = 0; i < c->series_nr; i++) {
		s = &c->series[i];
		if (s->name == NULL || s->nr == 0)
			continue;
		if (!any) {
			html_open(h, "ul");
			html_class(h, "legend");
		}
		any = true;
		html_open(h, "li");
		html_open(h, "svg");
		snprintf(text, sizeof(text), "p t%d", s->tone);
		html_class(h, text);
		html_attr(h, "viewBox", "-8 -8 16 16");
		html_attr(h, "aria-hidden", "true");
		if (s->kind == CHART_LINE) {
			html_open(h, "path");
			html_class(h, s->is_dashed ? "l d" : "l");
			html_attr(h, "d", "M-8 0H8");
		} else {
			html_open(h, "use");
			snprintf(text, sizeof(text), "#m%d",
			    s->kind == CHART_BARS ? 2 : s->shape);
			html_attr(h, "href", text);
		}
		html_close(h);
		html_close(h);
		html_str(h, s->name);
		html_close(h);
	}
	if (any)
		html_close(h);
}

static void
put_named(struct html *h, const struct chart *c, const char *name,
    const char *end, const char *text)
{
	char id[ATTR_MAX];

	html_open(h, name);
	snprintf(id, sizeof(id), "%s%s", c->id, end);
	html_attr(h, "id", id);
	html_str(h, text);
	html_close(h);
}

void
chart_write(struct html *h, const struct chart *c)
{
	struct drawing d = { .c = c, .h = h };
	char text[2 * ATTR_MAX];
	size_t i, nr = 0;

	for (i = 0; i < c->series_nr; i++)
		nr += c->series[i].nr;
	if (nr == 0) {
		html_put(h, "p", "empty", c->empty);
		return;
	}
	find_scales(&d);
	write_legend(h, c);
	html_open(h, "svg");
	html_class(h, "plot");
	snprintf(text, sizeof(text), "0 0 %d %d", c->width, c->height);
	html_attr(h, "viewBox", text);
	html_attr(h, "role", "img");
	html_attr(h, "tabindex", "0");
	snprintf(text, sizeof(text), "%s-t %s-d", c->id, c->id);
	html_attr(h, "aria-labelledby", text);
	put_named(h, c, "title", "-t", c->title);
	put_named(h, c, "desc", "-d", c->desc);
	draw_y_axis(&d);
	draw_x_axis(&d);
	for (i = 0; i < c->series_nr; i++)
		draw_series(&d, &c->series[i]);
	for (i = 0; i < c->rule_nr; i++)
		draw_rule(&d, &c->rule[i]);
	html_close(h);
}

void
chart_spark(struct html *h, const double *value, size_t nr, double max)
{
	struct buf path;
	bool pen = false;
	size_t i;

	buf_init(&path, 1 << 16);
	for (i = 0; i < nr; i++) {
		if (isnan(value[i])) {
			pen = false;
			continue;
		}
		put_number(&path, pen ? "L" : "M",
		    2 + (nr > 1 ? (double)i / (double)(nr - 1) * 76 : 38));
		put_number(&path, " ", 16 - value[i] / max * 14);
		if (!pen)
			buf_str(&path, "h.1");
		pen = true;
	}
	html_open(h, "svg");
	html_class(h, "spark");
	html_attr(h, "viewBox", "0 0 80 18");
	html_attr(h, "aria-hidden", "true");
	put_path(h, NULL, &path);
	html_close(h);
	buf_free(&path);
}

enum {
	TREND_WIDTH = 84,
	TREND_HEIGHT = 24,
	TREND_EDGE = 4,
};

#define TREND_PADDING 0.1 /* of the range, above and below */

/* Where the values of a run stand. */
struct trend_scale {
	double low, high;
	double step;
};

static void
trend_place(
    const struct trend_scale *s, double value, size_t i, double *x, double *y)
{
	double range = s->high - s->low;

	*x = TREND_EDGE + (double)i * s->step;
	*y = range > 0
		 ? TREND_HEIGHT - TREND_EDGE / 2.0 -
		       ((value - s->low) / range + TREND_PADDING) /
			   (1 + 2 * TREND_PADDING) * (TREND_HEIGHT - TREND_EDGE)
		 : TREND_HEIGHT / 2.0;
}

static void
put_dot(struct html *h, double x, double y, double r)
{
	html_open(h, "circle");
	html_attr_at(h, "cx", x);
	html_attr_at(h, "cy", y);
	html_attr_at(h, "r", r);
	html_close(h);
}

/* The values from first on that have no gap; behind the last of them. */
static size_t
put_segment(struct html *h, const struct trend_scale *s, const double *value,
    size_t first, size_t nr)
{
	struct buf points;
	double x = 0, y = 0;
	size_t i;

	buf_init(&points, 1 << 16);
	for (i = first; i < nr && !isnan(value[i]); i++) {
		trend_place(s, value[i], i, &x, &y);
		put_number(&points, i > first ? " " : "", x);
		put_number(&points, ",", y);
	}
	if (i == first + 1) {
		put_dot(h, x, y, 1.5);
	} else {
		html_open(h, "polyline");
		html_attr_text(h, "points", buf_view(&points));
		html_close(h);
	}
	buf_free(&points);
	return i;
}

void
chart_trend(struct html *h, const double *value, size_t nr, const char *label)
{
	struct range range = { DBL_MAX, -DBL_MAX };
	struct trend_scale s;
	double x, y;
	size_t i;

	for (i = 0; i < nr; i++)
		if (!isnan(value[i]))
			widen(&range, value[i]);
	if (!(range.low <= range.high))
		return;
	s.low = range.low;
	s.high = range.high;
	s.step = nr > 1 ? (TREND_WIDTH - 2.0 * TREND_EDGE) / (double)(nr - 1)
			: TREND_WIDTH / 2.0 - TREND_EDGE;
	if (!isfinite(s.high - s.low)) /* nothing can be told apart */
		s.high = s.low;
	html_open(h, "svg");
	html_class(h, "trend");
	html_attr(h, "viewBox", "0 0 84 24");
	html_attr(h, "role", "img");
	html_attr(h, "aria-label", label);
	html_flag(h, "data-t");
	for (i = 0; i < nr; i++)
		if (!isnan(value[i]))
			i = put_segment(h, &s, value, i, nr);
	if (!isnan(value[nr - 1])) {
		trend_place(&s, value[nr - 1], nr - 1, &x, &y);
		put_dot(h, x, y, 2.5);
	}
	html_close(h);
}

static void
open_bar(struct html *h, double value, double max, int tone, const char *high)
{
	char class[ATTR_MAX], text[NUM_MAX], width[NUM_MAX + 1];

	html_open(h, "svg");
	snprintf(class, sizeof(class), "bar t%d", tone);
	html_class(h, class);
	html_attr(h, "aria-hidden", "true");
	html_open(h, "rect");
	snprintf(width, sizeof(width), "%s%%",
	    num_format(html_tenth(max > 0 ? value / max * 100 : 0), text));
	html_attr(h, "width", width);
	html_attr(h, "height", high);
	html_close(h);
}

void
chart_bar(struct html *h, double value, double max, int tone)
{
	open_bar(h, value, max, tone, "14"); /* of the highest */
	html_close(h);
}

void
chart_bar_marked(
    struct html *h, double value, double max, double mark, int tone)
{
	char text[NUM_MAX], at[NUM_MAX + 1];

	open_bar(h, value, max, tone, "100%");
	if (max > 0 && isfinite(mark / max)) {
		snprintf(at, sizeof(at), "%s%%",
		    num_format(html_tenth(mark / max * 100), text));
		html_open(h, "line");
		html_attr(h, "x1", at);
		html_attr(h, "x2", at);
		html_attr(h, "y2", "100%");
		html_close(h);
	}
	html_close(h);
}
