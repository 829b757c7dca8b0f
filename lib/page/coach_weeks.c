#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/xalloc.h"
#include "page/coach_views.h"

#define NONE                                                 \
	"Geen deals in deze weken. Kies meer weken of meer " \
	"eligibility-labels; "                               \
	"van een oude run zijn alleen de weken tot zijn peildatum er."

#define NO_DEALS                                                              \
	"Geen deals in deze pagina. Ze staan in deals_flat.csv van een run; " \
	"maak een nieuwe run met coach-refresh."

enum {
	DAYS = 7,
	DATE_TEXT = 24,
};

/* The weeks of all coaches that the page shows. */
struct view {
	const struct coach_page *p;
	struct weeks_settings set;
	struct weeks *weeks;
	const struct week_row *row;
	size_t nr;
	size_t *latest; /* indices of rows */
	size_t latest_nr;
	day_nr first;
	size_t week_nr; /* from the first to the last, those without deals too
			 */
};

static void
view_make(struct view *v, const struct coach_page *p)
{
	const struct page_deal *d;
	size_t i;

	*v = (struct view){ .p = p };
	weeks_settings_init(&v->set);
	v->set.now = p->set->as_of;
	v->weeks = weeks_new(&v->set);
	for (i = 0; i < p->deal_nr; i++) {
		d = &p->deal[i];
		weeks_add(v->weeks,
		    &(struct week_deal){ .coach_id = p->who[d->who].id,
			.coach_name = p->who[d->who].name,
			.created_at = d->created_at,
			.is_won = d->kind % KIND_OF == KIND_WON,
			.is_lost = d->kind % KIND_OF == KIND_LOST,
			.is_open = d->kind % KIND_OF == KIND_OPEN,
			.is_nabeller = d->kind >= KIND_OF });
	}
	v->row = weeks_rows(v->weeks, NULL, NULL, &v->nr);
	v->latest = weeks_latest(v->row, v->nr, &v->latest_nr);
	if (v->nr == 0)
		return;
	v->first = v->row[0].week;
	for (i = 0; i < v->nr; i++)
		if (v->row[i].week < v->first)
			v->first = v->row[i].week;
	v->week_nr = (size_t)(v->row[v->latest[0]].week - v->first) / DAYS + 1;
}

static const char *
none_text(const struct view *v)
{
	return coach_page_empty(v->p, v->p->deal_nr > 0 ? NONE : NO_DEALS);
}

static void
view_free(struct view *v)
{
	weeks_free(v->weeks);
	free(v->latest);
}

static void
date_text(char out[DATE_TEXT], day_nr day)
{
	char iso[DAY_TEXT];

	day_format(day, iso);
	snprintf(out, DATE_TEXT, "%.2s-%.2s-%.4s", iso + 8, iso + 5, iso);
}

static void
write_filters(const struct coach_page *p, struct html *h)
{
	static const struct control weeks = { "w", "Aantal weken", NULL, 1,
		PAGE_WEEKS_MAX, 1, 12 };
	static const struct control limit[] = {
		{ "nt", "Nabeller % drempel", "%", 5, 50, 5, 20 },
		{ "dr", "Won rate daling drempel (punten)", "%", 5, 30, 5, 15 },
		{ "mw", "Minimum deals/week", NULL, 1, 15, 1, 5 },
	};
	static const struct choice moment[] = {
		{ "pagina", "van deze pagina" },
		{ "nu", "nu" },
	};
	struct choice *coach = xcalloc(p->name_nr + 1, sizeof(*coach));
	size_t i;

	coach_write_filters_open(h, "Filters weken");
	control_range(h, &weeks);
	coach[0] = (struct choice){ "", "(Alle coaches)" };
	for (i = 0; i < p->name_nr; i++)
		coach[i + 1] = p->name[i];
	control_select(h, "coach", "Coach", coach, p->name_nr + 1);
	free(coach);
	control_set(h, "elig", "Toon alleen deze eligibility", p->label,
	    p->label_nr, true);
	for (i = 0; i < sizeof(limit) / sizeof(limit[0]); i++)
		control_range(h, &limit[i]);
	control_select(h, "nu", "Peildatum", moment, 2);
	coach_write_filters_close(h);
	html_close(h); /* filters */
}

/* A press on a name in it shows that coach. */
static struct table
table_of(const char *id, const char *title, const char *empty,
    const struct table_column *column, size_t column_nr, size_t row_nr)
{
	struct table t =
	    coach_table(id, title, empty, column, column_nr, row_nr);

	t.control = "coach";
	t.shows = "w-coach";
	return t;
}

static void
write_alerts(const struct view *v, struct html *h)
{
	static const struct table_column column[] = {
		{ "Coach", TABLE_LINK },
		{ "Deals", TABLE_COUNT },
		{ "Won Rate %", TABLE_PCT },
		{ "Nabeller %", TABLE_PCT },
		{ "4w Gem %", TABLE_PCT },
		{ "Alert Reden", TABLE_TEXT },
	};
	char text[ALERT_TEXT];
	const struct week_row *r;
	struct table table;
	size_t i, nr = 0;

	for (i = 0; i < v->latest_nr; i++)
		nr += weeks_alert(&v->set, &v->row[v->latest[i]]) != 0;
	table = table_of("t-alerts", "Alerts van de laatste week",
	    "Geen alerts.", column, 6, nr);
	coach_write_heading(h, NULL, "Alerts");
	page_region_open(h, "w-alerts", NULL);
	if (v->nr == 0) {
		html_put(h, "p", "empty", none_text(v));
	} else if (nr == 0) {
		html_put(h, "p", "calm",
		    "Geen alerts voor de laatste week bij deze drempels.");
	} else {
		html_open(h, "p");
		html_class(h, "alert");
		html_open(h, "b");
		html_printf(h, "%zu", nr);
		html_close(h);
		html_str(h, " coach(es) met een alert in de laatste week");
		html_close(h);
	}
	html_close(h);
	html_open(h, "div");
	html_attr(h, "id", "w-alert-table");
	if (nr == 0)
		html_flag(h, "hidden");
	table_open(h, &table);
	for (i = 0; i < v->latest_nr; i++) {
		r = &v->row[v->latest[i]];
		if (weeks_alert(&v->set, r) == 0)
			continue;
		weeks_alert_text(text, &v->set, r);
		table_row(h, &table,
		    (struct table_cell[]){ { .text = r->coach_name },
			{ .x = r->deals }, { .x = r->won_pct },
			{ .x = r->nabeller_pct }, { .x = r->won_rolling_pct },
			{ .text = text_of(text) } });
	}
	table_close(h);
	html_close(h);
}

static int
by_deals(const void *a, const void *b, void *arg)
{
	const struct week_row *row = arg;
	size_t i = *(const size_t *)a, j = *(const size_t *)b;

	if (row[i].deals > row[j].deals || row[i].deals < row[j].deals)
		return row[i].deals > row[j].deals ? -1 : 1;
	return i < j ? -1 : 1;
}

/* The won rates of a row's coach, a value a week, up to its last week. */
static void
series_of(const struct view *v, const struct week_row *of, double *series)
{
	const struct week_row *r;
	size_t i;

	for (i = 0; i < v->week_nr; i++)
		series[i] = NAN;
	for (i = 0; i < v->nr; i++) {
		r = &v->row[i];
		if (text_equal(r->coach_id, of->coach_id) &&
		    text_equal(r->coach_name, of->coach_name))
			series[(r->week - v->first) / DAYS] = r->won_pct;
	}
}

static void
write_latest(const struct view *v, struct html *h)
{
	static const struct table_column column[] = {
		{ "Coach", TABLE_LINK },
		{ "Deals", TABLE_COUNT },
		{ "Won", TABLE_COUNT },
		{ "Lost", TABLE_COUNT },
		{ "Won Rate %", TABLE_PCT },
		{ "Nabeller", TABLE_COUNT },
		{ "Nabeller %", TABLE_PCT },
		{ "Won rate per week", TABLE_SPARK },
	};
	size_t *order = xcalloc(v->latest_nr, sizeof(*order));
	double *series = xcalloc(v->week_nr, sizeof(*series));
	struct table table = table_of("t-week", "Overzicht laatste week",
	    none_text(v), column, 8, v->latest_nr);
	char date[DATE_TEXT], heading[DATE_TEXT + 16];
	const struct week_row *r;
	size_t i;

	for (i = 0; i < v->latest_nr; i++)
		order[i] = v->latest[i];
	if (v->latest_nr > 1)
		qsort_r(order, v->latest_nr, sizeof(*order), by_deals,
		    (void *)v->row);
	snprintf(heading, sizeof(heading), "Week van: geen data");
	if (v->nr > 0) {
		date_text(date, v->row[v->latest[0]].week);
		snprintf(heading, sizeof(heading), "Week van: %s", date);
	}
	table.sorted_by = 1;
	table.is_descending = true;
	coach_write_heading(h, "w-week", heading);
	table_open(h, &table);
	for (i = 0; i < v->latest_nr; i++) {
		r = &v->row[order[i]];
		series_of(v, r, series);
		table_row(h, &table,
		    (struct table_cell[]){ { .text = r->coach_name },
			{ .x = r->deals }, { .x = r->won }, { .x = r->lost },
			{ .x = r->won_pct }, { .x = r->nabeller },
			{ .x = r->nabeller_pct },
			{ .series = series, .nr = v->week_nr } });
	}
	table_close(h);
	free(order);
	free(series);
}

static void
write_chart(const struct view *v, struct html *h)
{
	struct chart_point *point = xcalloc(v->week_nr, sizeof(*point));
	const char **name = xcalloc(v->week_nr, sizeof(*name));
	char date[DATE_TEXT], desc[64];
	size_t i;

	for (i = 0; i < v->nr; i++)
		point[(v->row[i].week - v->first) / DAYS].y += v->row[i].deals;
	for (i = 0; i < v->week_nr; i++) {
		date_text(date, v->first + (day_nr)i * DAYS);
		name[i] = arena_printf(v->p->text, "%.5s", date);
		point[i].x = (double)i;
		point[i].detail = arena_printf(
		    v->p->text, "Week van %s: %.0f deals", date, point[i].y);
	}
	snprintf(desc, sizeof(desc), "%zu weken tot en met de laatste week",
	    v->week_nr);
	coach_write_figure_open(h, NULL, "Deals per week", "c-weeks");
	chart_write(h, &(struct chart){ .id = "weeks",
			   .title = "Deals per week",
			   .desc = desc,
			   .empty = none_text(v),
			   .width = 720,
			   .height = 220,
			   .x_label = "Week vanaf",
			   .y_label = "Deals, alle gekozen coaches",
			   .y_from_zero = true,
			   .category = name,
			   .category_nr = v->week_nr,
			   .series = &(struct chart_series){ .kind = CHART_BARS,
			       .tone = TONE_PLAIN,
			       .point = point,
			       .nr = v->week_nr },
			   .series_nr = 1 });
	html_close(h);
	html_close(h);
	free(point);
	free(name);
}

/* What the script fills when a coach is chosen. */
static void
write_detail(struct html *h)
{
	static const struct table_column column[] = {
		{ "Week Start", TABLE_DATE },
		{ "Deals", TABLE_COUNT },
		{ "Won", TABLE_COUNT },
		{ "Lost", TABLE_COUNT },
		{ "Open", TABLE_COUNT },
		{ "Won Rate %", TABLE_PCT },
		{ "Nabeller", TABLE_COUNT },
		{ "Nabeller %", TABLE_PCT },
	};
	struct table table = table_of("t-detail", "Weken van de coach",
	    "Geen deals van deze coach in deze weken.", column, 8, 0);

	html_open(h, "h3");
	html_attr(h, "id", "w-coach");
	html_attr(h, "tabindex", "-1");
	html_str(h, "Detail van één coach");
	html_close(h);
	page_region_open(h, "w-detail", NULL);
	html_put(h, "p", "note",
	    "Kies een coach bij Coach, of in een tabel, voor het verloop per "
	    "week.");
	html_close(h);
	table.is_descending = true;
	table.sorted_by = 0;
	html_open(h, "div");
	html_attr(h, "id", "w-detail-table");
	html_flag(h, "hidden");
	table_open(h, &table);
	table_close(h);
	html_close(h);
}

void
coach_write_weeks(const struct coach_page *p, struct html *h)
{
	static const char *const chip[] = { "Weken: 12" };
	struct view v;

	view_make(&v, p);
	page_view_open(h, &coach_view[1], "Week monitor");
	html_put(h, "p", "note",
	    "Alleen om te signaleren: wie leads krijgt wordt gekozen op de "
	    "eligibility over 1 maand. De laatste week loopt meestal nog.");
	write_filters(p, h);
	html_open(h, "div");
	html_class(h, "content");
	coach_write_chips(h, "w-chips", chip, 1);
	write_alerts(&v, h);
	write_detail(h);
	write_latest(&v, h);
	write_chart(&v, h);
	html_close(h);
	html_close(h);
	html_close(h);
	view_free(&v);
}
