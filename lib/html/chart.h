/*
 * chart.h - charts as inline SVG with real axes
 *
 * A chart has one pair of axes and any number of series: points (a scatter),
 * bars (also of a histogram), lines. Its marks tell what they are when they are
 * pointed at, by the page's script, which draws the same charts when a filter
 * changes: what is changed here is changed in page.js.
 *
 * Tones are classes of the style sheet, t0 to t9.
 */
#ifndef KPIPE_CHART_H
#define KPIPE_CHART_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"
#include "html/html.h"

enum chart_kind {
	CHART_POINTS,
	CHART_BARS,
	CHART_LINE,
};

struct chart_point {
	double x;  /* on an axis of categories: which, from 0 */
	double x1; /* the right edge of a bar, on an axis of numbers */
	double y;
	const char *detail; /* "Anna · 12 deals"; text from anywhere */
};

struct chart_series {
	enum chart_kind kind;
	const char *name; /* in the legend; NULL: not there */
	int tone;
	int shape;	 /* of points: 0 to 4; 4 is small */
	bool is_dashed;	 /* a line */
	bool is_counted; /* the number stands above each bar */
	const struct chart_point *point;
	size_t nr;
};

/* A straight line across the chart, with its label. */
struct chart_rule {
	bool is_vertical;
	bool is_dotted; /* else dashed */
	int tone;
	double at;
	const char *label;
};

struct chart {
	const char *id;
	const char *title;
	const char *desc;  /* what a person who cannot see it is told */
	const char *empty; /* instead of a chart without a point */
	int width, height; /* of the drawing; the page scales it */
	const char *x_label, *y_label;
	bool x_from_zero, y_from_zero;
	const char *const *category; /* of the x axis; NULL: numbers */
	size_t category_nr;
	const struct chart_series *series;
	size_t series_nr;
	const struct chart_rule *rule;
	size_t rule_nr;
};

/* The legend, where series have names, and the drawing. */
void chart_write(struct html *, const struct chart *);

/*
 * A step of 1, 2 or 5 times a power of ten: the i-th multiple is
 * i * mul / div, and one of the two is 1.
 */
struct chart_step {
	double mul;
	double div;
};

/* The smallest of at least span / nr; 1 when there is no span. */
struct chart_step chart_step(double span, double nr);
double chart_multiple(struct chart_step, double i);
/*
 * The greatest i whose multiple is not above x; a value that is a multiple but
 * for the last bits counts as it.
 */
double chart_below(struct chart_step, double x);

/* A run of values from 0 to max as a line as high as text; a NAN is a gap. */
void chart_spark(struct html *, const double *value, size_t nr, double max);
/*
 * A run of values, NAN for a gap, from the lowest to the highest, with a dot at
 * the last; label says it to who cannot see it, and when it is pointed at.
 * Nothing without a value.
 */
void chart_trend(
    struct html *, const double *value, size_t nr, const char *label);
/* A bar of value out of max as high as text. */
void chart_bar(struct html *, double value, double max, int tone);
/* The same with a line across it at mark. */
void chart_bar_marked(
    struct html *, double value, double max, double mark, int tone);

#endif
