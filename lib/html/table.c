#include "html/table.h"

#include <math.h>
#include <stdio.h>

#include "base/num.h"
#include "html/chart.h"
#include "html/page.h"

#define DASH	 "–"
#define UNIT_MAX 64

static void
put_tools(struct html *h, const struct table *t)
{
	char unit[UNIT_MAX];

	snprintf(unit, sizeof(unit), "%s %s", t->row, t->rows);
	html_open(h, "div");
	html_class(h, "tools");
	html_open(h, "input");
	html_attr(h, "type", "search");
	html_class(h, "js");
	html_attr(h, "placeholder", t->search);
	html_attr(h, "aria-label", t->search);
	html_close(h);
	html_open(h, "span");
	html_class(h, "rows");
	html_attr(h, "data-unit", unit);
	html_printf(h, "%zu %s", t->row_nr, t->row_nr == 1 ? t->row : t->rows);
	html_close(h);
	html_open(h, "button");
	html_attr(h, "type", "button");
	html_class(h, "save js");
	html_str(h, t->save == NULL ? "CSV" : t->save);
	html_close(h);
	html_close(h);
}

static bool
is_number(enum table_kind kind)
{
	return kind == TABLE_COUNT || kind == TABLE_SIGNED ||
	       kind == TABLE_CHANGE || kind == TABLE_PCT || kind == TABLE_BAR ||
	       kind == TABLE_VALUE;
}

static void
put_header(struct html *h, const struct table *t)
{
	char kind[2] = "";
	size_t i;

	html_open(h, "thead");
	html_open(h, "tr");
	for (i = 0; i < t->column_nr; i++) {
		html_open(h, "th");
		html_attr(h, "scope", "col");
		if (is_number(t->column[i].kind))
			html_class(h, "n");
		kind[0] = (char)t->column[i].kind;
		html_attr(h, "data-k", kind);
		if (i == t->sorted_by)
			html_attr(h, "aria-sort",
			    t->is_descending ? "descending" : "ascending");
		html_open(h, "button");
		html_attr(h, "type", "button");
		html_str(h, t->column[i].name);
		html_close(h);
		html_close(h);
	}
	html_close(h);
	html_close(h);
}

void
table_open(struct html *h, const struct table *t)
{
	html_open(h, "div");
	html_class(h, "tbl");
	html_attr(h, "id", t->id);
	put_tools(h, t);
	html_open(h, "div");
	html_class(h, "scroll");
	html_attr(h, "role", "region");
	html_attr(h, "tabindex", "0");
	html_attr(h, "aria-label", t->title);
	html_open(h, "table");
	html_attr(h, "data-empty", t->empty);
	if (t->control != NULL)
		html_attr(h, "data-control", t->control);
	if (t->shows != NULL)
		html_attr(h, "data-shows", t->shows);
	html_put(h, "caption", "vh", t->title);
	put_header(h, t);
	html_open(h, "tbody");
	if (t->row_nr > 0)
		return;
	html_open(h, "tr");
	html_open(h, "td");
	html_class(h, "empty");
	html_attr_int(h, "colspan", (int64_t)t->column_nr);
	html_str(h, t->empty);
	html_close(h);
	html_close(h);
}

void
table_close(struct html *h)
{
	html_close(h); /* tbody */
	html_close(h); /* table */
	html_close(h);
	html_close(h);
}

/* A number as shown; data-v when that says something else. */
static void
put_number(struct html *h, enum table_kind kind, double x)
{
	char shown[HTML_COUNT + 4], exact[NUM_MAX];
	bool is_signed = kind == TABLE_SIGNED || kind == TABLE_CHANGE;
	double read;

	html_class(h, "n");
	if (isnan(x)) {
		html_str(h, DASH);
		return;
	}
	if (kind == TABLE_COUNT && floor(x) < x)
		num_format(x, shown);
	else if (kind == TABLE_COUNT)
		html_count((int64_t)x, shown);
	else if (is_signed)
		snprintf(shown, sizeof(shown), "%s%.*f", x > 0 ? "+" : "",
		    kind == TABLE_SIGNED ? 1 : 0, x);
	else
		snprintf(shown, sizeof(shown), "%.1f", x);
	if (kind == TABLE_COUNT
		? x >= 1000 || x <= -1000
		: is_signed || !num_parse(text_of(shown), &read) || read < x ||
		      read > x)
		html_attr(h, "data-v", num_format(x, exact));
	if (kind == TABLE_BAR)
		chart_bar(h, x, 100, 9);
	html_str(h, shown);
	if (kind == TABLE_PCT || kind == TABLE_BAR)
		html_str(h, "%");
}

static void
put_value(struct html *h, const char *name, double x)
{
	char text[NUM_MAX];

	html_attr(h, name, num_format(x, text));
}

static void
put_figure(struct html *h, const struct table_cell *c)
{
	html_class(h, c->tone == 1 ? "n up" : c->tone == 2 ? "n down" : "n");
	if (isnan(c->x)) {
		html_str(h, DASH);
		return;
	}
	put_value(h, "data-v", c->x);
	html_text(h, c->text);
}

static void
put_name(struct html *h, enum table_kind kind, const struct table *t,
    struct text name)
{
	html_attr(h, "scope", "row");
	if (kind == TABLE_HEAD) {
		html_bdi(h, name.p == NULL ? text_of(DASH) : name);
		return;
	}
	html_open(h, "button");
	html_attr(h, "type", "button");
	html_class(h, "link");
	html_attr(h, "data-set", t->control);
	html_attr_text(h, "data-to", name);
	html_bdi(h, name);
	html_close(h);
}

static void
put_badge(struct html *h, const struct table_cell *c)
{
	char names[16];

	put_value(h, "data-v", c->x);
	html_open(h, "span");
	snprintf(names, sizeof(names), "b t%d", c->tone);
	html_class(h, names);
	html_text(h, c->text);
	html_close(h);
}

/* dd-mm-yyyy, and the time of an instant. */
static void
put_date(struct html *h, struct text t)
{
	if (t.len < 10 || t.p[4] != '-' || t.p[7] != '-') {
		html_text(h, t.len == 0 ? text_of(DASH) : t);
		return;
	}
	html_attr_text(h, "data-v", t);
	html_printf(h, "%.2s-%.2s-%.4s", t.p + 8, t.p + 5, t.p);
	if (t.len >= 16)
		html_printf(h, " %.5s", t.p + 11);
}

static void
put_cell(struct html *h, const struct table *t, enum table_kind kind,
    const struct table_cell *c)
{
	switch (kind) {
	case TABLE_HEAD:
	case TABLE_LINK:
		put_name(h, kind, t, c->text);
		break;
	case TABLE_TEXT:
		html_bdi(h, c->text.len == 0 ? text_of(DASH) : c->text);
		break;
	case TABLE_BADGE:
		put_badge(h, c);
		break;
	case TABLE_TICK:
		html_class(h, "k");
		put_value(h, "data-v", c->x != 0 ? 1 : 0);
		html_str(h, c->x != 0 ? "✓" : DASH);
		break;
	case TABLE_VALUE:
		put_figure(h, c);
		break;
	case TABLE_DATE:
		put_date(h, c->text);
		break;
	case TABLE_SPARK:
		put_value(h, "data-v",
		    c->nr > 0 && !isnan(c->series[c->nr - 1])
			? c->series[c->nr - 1]
			: -1);
		chart_spark(h, c->series, c->nr, 100);
		break;
	default:
		put_number(h, kind, c->x);
		break;
	}
}

void
table_row(struct html *h, const struct table *t, const struct table_cell *cell)
{
	enum table_kind kind;
	size_t i;

	html_open(h, "tr");
	for (i = 0; i < t->column_nr; i++) {
		kind = t->column[i].kind;
		html_open(
		    h, kind == TABLE_HEAD || kind == TABLE_LINK ? "th" : "td");
		put_cell(h, t, kind, &cell[i]);
		html_close(h);
	}
	html_close(h);
}
