#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/num.h"
#include "base/xalloc.h"
#include "coach/board.h"
#include "page/coach_views.h"

#define TEXT_MAX 128
#define NONE_ABOVE \
	"Geen coach haalt het minimum aantal deals. Verlaag Minimum deals."

static const int shape_of_state[STATES] = { 0, 1, 2, 2, 3, 3 };

static void
write_filters(const struct coach_page *p, struct html *h)
{
	static const struct control control[] = {
		{ "min", "Minimum deals", NULL, 0, 30, 1, 0 },
		{ "conv", "Minimum conversie %", "%", 0, 50, 5, 0 },
		{ "top", "Top % coaches", "%", 10, 100, 5, 100 },
		{ "goed", "Minimum deals voor Goed", NULL, 1, 30, 1, 14 },
	};
	struct choice state[STATES];
	size_t i, nr = p->has_other ? STATES : STATE_OTHER;

	coach_write_filters_open(h, "Filters dashboard");
	for (i = 0; i < sizeof(control) / sizeof(control[0]); i++)
		control_range(h, &control[i]);
	control_toggle(h, "dyn", "Gebruik dynamische status", true);
	for (i = 0; i < nr; i++)
		state[i] =
		    (struct choice){ coach_state_word((enum coach_state)i),
			    coach_state_label((enum coach_state)i) };
	control_set(h, "status", "Toon alleen deze statussen", state, nr, true);
	coach_write_filters_close(h);
}

static void
write_side(const struct coach_page *p, struct html *h, const struct board *b)
{
	char text[TEXT_MAX];
	size_t i;

	page_region_open(h, "d-side", NULL);
	html_open(h, "dl");
	html_class(h, "side");
	snprintf(text, sizeof(text), "%.1f%%", b->median_pct);
	coach_write_line(h, "Mediaan winstpercentage", -1, text);
	snprintf(text, sizeof(text), "%zu", b->nr);
	coach_write_line(h, "Coaches getoond", -1, text);
	snprintf(text, sizeof(text), "%zu", b->above_nr);
	coach_write_line(h, "Waarvan boven drempel", -1, text);
	for (i = 0; i < STATES; i++) {
		if (b->state_nr[i] == 0)
			continue;
		snprintf(text, sizeof(text), "%zu", b->state_nr[i]);
		coach_write_line(
		    h, coach_state_label((enum coach_state)i), (int)i, text);
	}
	html_close(h);
	html_close(h);
	html_open(h, "details");
	html_class(h, "fine");
	html_put(h, "summary", NULL, "Standaard uitgesloten");
	html_open(h, "ul");
	for (i = 0; i < p->set->hidden.nr; i++) {
		html_open(h, "li");
		html_text(h, p->set->hidden.name[i]);
		html_close(h);
	}
	if (p->set->hidden.part.len > 0) {
		html_open(h, "li");
		html_printf(h, "alles met “%.*s” in de naam",
		    TEXT_ARG(p->set->hidden.part));
		html_close(h);
	}
	html_close(h);
	html_close(h);
}

static void
card_text(char out[TEXT_MAX], const char *fmt_none, double x, int digits,
    const char *end)
{
	if (isnan(x))
		snprintf(out, TEXT_MAX, "%s", fmt_none);
	else
		snprintf(out, TEXT_MAX, "%.*f%s", digits, x, end);
}

static void
write_cards(struct html *h, const struct board *b)
{
	char text[TEXT_MAX], count[HTML_COUNT];

	html_put(h, "h3", "vh", "Kerncijfers");
	page_cards_open(h);
	page_card(h, "k-deals", "Deals in sample",
	    html_count((int64_t)b->deals, count));
	card_text(text, "N/A", b->mean_smoothed_pct, 1, "%");
	page_card(h, "k-winst", "Gem. winstpercentage", text);
	card_text(text, "N/A", b->mean_deals, 1, "");
	page_card(h, "k-gem", "Gem. deals/coach", text);
	card_text(text, "", b->median_pct, 1, "%");
	page_card(h, "k-mediaan", "Mediaan", text);
	card_text(text, "N/A", b->above_median_pct, 0, "%");
	page_card(h, "k-boven", "% boven mediaan", text);
	html_close(h);
}

static const char *
coach_detail(const struct coach_page *p, const struct board_coach *c)
{
	struct text name = c->row->name;

	if (name.p == NULL)
		name = text_of("–");
	return arena_printf(p->text, "%.*s · %.0f deals · %.1f%% · %.*s",
	    TEXT_ARG(name), c->deals, c->smoothed_pct, TEXT_ARG(c->label));
}

static void
write_scatter(const struct coach_page *p, struct html *h, const struct board *b)
{
	struct chart_point *point = xcalloc(b->nr, sizeof(*point));
	/* the first is of those below the minimum, of whom there are none */
	struct chart_series all[STATES + 1] = { { .tone = TONE_BELOW } };
	struct chart_series *series = all + 1;
	char label[TEXT_MAX], desc[TEXT_MAX];
	const struct board_coach *c;
	size_t i, nr = 0;
	int k;

	for (k = 0; k < STATES; k++) {
		series[k] = (struct chart_series){ .kind = CHART_POINTS,
			.name = coach_state_label((enum coach_state)k),
			.tone = k,
			.shape = shape_of_state[k],
			.point = point + nr };
		for (i = 0; i < b->nr; i++) {
			c = &b->coach[i];
			if ((int)c->state != k || isnan(c->deals) ||
			    isnan(c->smoothed_pct))
				continue;
			point[nr++] = (struct chart_point){ .x = c->deals,
				.y = c->smoothed_pct,
				.detail = coach_detail(p, c) };
			series[k].nr++;
		}
	}
	snprintf(label, sizeof(label), "Mediaan = %.1f%%", b->median_pct);
	snprintf(desc, sizeof(desc),
	    "%zu coaches, mediaan %.1f%%. Pijltjestoetsen lopen langs de "
	    "punten.",
	    nr, b->median_pct);
	coach_write_figure_open(
	    h, "wide", "Deals vs Winstpercentage", "c-scatter");
	chart_write(h, &(struct chart){ .id = "scatter",
			   .title = "Deals vs Winstpercentage",
			   .desc = desc,
			   .empty = coach_page_empty(p, COACH_NONE),
			   .width = 720,
			   .height = 570,
			   .x_label = "Aantal Deals",
			   .y_label = "Winstpercentage (%)",
			   .x_from_zero = true,
			   .series = all,
			   .series_nr = STATES + 1,
			   .rule = &(struct chart_rule){ .tone = TONE_MEDIAN,
			       .at = b->median_pct,
			       .label = label },
			   .rule_nr = 1 });
	html_close(h);
	html_open(h, "p");
	html_class(h, "fine");
	html_str(h, "Alle punten als tabel: ");
	html_open(h, "a");
	html_attr(h, "href", "#t-coaches");
	html_class(h, "to");
	html_str(h, "Overzicht Alle Coaches");
	html_close(h);
	html_close(h);
	html_close(h);
	free(point);
}

static void
write_histogram(
    const struct coach_page *p, struct html *h, const struct board *b)
{
	static const struct table_column column[] = {
		{ "Vanaf %", TABLE_COUNT },
		{ "Tot %", TABLE_COUNT },
		{ "Coaches", TABLE_COUNT },
	};
	const struct table table = { .id = "t-hist",
		.title = "Verdeling Winstpercentage als tabel",
		.search = COACH_SEARCH,
		.row = COACH_ROW,
		.rows = COACH_ROWS,
		.empty = coach_page_empty(p, NONE_ABOVE),
		.column = column,
		.column_nr = 3,
		.row_nr = b->bin_nr };
	struct chart_point *point = xcalloc(b->bin_nr, sizeof(*point));
	char label[TEXT_MAX], desc[TEXT_MAX], low[NUM_MAX], high[NUM_MAX];
	size_t i;

	for (i = 0; i < b->bin_nr; i++)
		point[i] = (struct chart_point){ .x = b->bin[i].low,
			.x1 = b->bin[i].high,
			.y = (double)b->bin[i].nr,
			.detail = arena_printf(p->text,
			    "%s tot %s%%: %zu coach(es)",
			    num_format(b->bin[i].low, low),
			    num_format(b->bin[i].high, high), b->bin[i].nr) };
	snprintf(label, sizeof(label), "Mediaan = %.1f%%", b->median_pct);
	snprintf(desc, sizeof(desc),
	    "%zu coaches in %zu klassen, mediaan %.1f%%.", b->above_nr,
	    b->bin_nr, b->median_pct);
	coach_write_figure_open(h, NULL, "Verdeling Winstpercentage", "c-hist");
	chart_write(h, &(struct chart){ .id = "hist",
			   .title = "Verdeling Winstpercentage",
			   .desc = desc,
			   .empty = coach_page_empty(p, NONE_ABOVE),
			   .width = 480,
			   .height = 260,
			   .x_label = "Winstpercentage (%)",
			   .y_label = "Aantal Coaches",
			   .y_from_zero = true,
			   .series = &(struct chart_series){ .kind = CHART_BARS,
			       .tone = TONE_PLAIN,
			       .point = point,
			       .nr = b->bin_nr },
			   .series_nr = 1,
			   .rule = &(struct chart_rule){ .is_vertical = true,
			       .tone = TONE_MEDIAN,
			       .at = b->median_pct,
			       .label = label },
			   .rule_nr = 1 });
	html_close(h);
	coach_write_behind_open(h, &table);
	for (i = 0; i < b->bin_nr; i++)
		table_row(h, &table,
		    (struct table_cell[]){ { .x = b->bin[i].low },
			{ .x = b->bin[i].high },
			{ .x = (double)b->bin[i].nr } });
	coach_write_behind_close(h);
	free(point);
}

/* The states above the minimum: most coaches first, then first seen first. */
static size_t
rank_states(const struct board *b, enum coach_state state[STATES])
{
	bool seen[STATES] = { false };
	size_t i, j, nr = 0;
	enum coach_state s;

	for (i = 0; i < b->nr; i++) {
		s = b->coach[i].state;
		if (!b->coach[i].is_above || seen[s])
			continue;
		seen[s] = true;
		for (j = nr++; j > 0 && b->above_state_nr[state[j - 1]] <
					    b->above_state_nr[s];
		     j--)
			state[j] = state[j - 1];
		state[j] = s;
	}
	return nr;
}

static void
write_states(const struct coach_page *p, struct html *h, const struct board *b)
{
	static const struct table_column column[] = {
		{ "Status", TABLE_BADGE },
		{ "Coaches", TABLE_COUNT },
	};
	enum coach_state state[STATES];
	const char *name[STATES];
	struct chart_point point[STATES];
	struct chart_series series[STATES];
	size_t i, nr = rank_states(b, state);
	const struct table table = { .id = "t-status",
		.title = "Aantal Coaches per Status als tabel",
		.search = COACH_SEARCH,
		.row = COACH_ROW,
		.rows = COACH_ROWS,
		.empty = coach_page_empty(p, NONE_ABOVE),
		.column = column,
		.column_nr = 2,
		.row_nr = nr,
		.sorted_by = 1,
		.is_descending = true };
	struct buf desc;

	buf_init(&desc, 1 << 16);
	for (i = 0; i < nr; i++) {
		name[i] = coach_state_label(state[i]);
		point[i] = (struct chart_point){ .x = (double)i,
			.y = (double)b->above_state_nr[state[i]],
			.detail = arena_printf(p->text, "%s: %zu coach(es)",
			    name[i], b->above_state_nr[state[i]]) };
		series[i] = (struct chart_series){ .kind = CHART_BARS,
			.tone = (int)state[i],
			.is_counted = true,
			.point = &point[i],
			.nr = 1 };
		buf_printf(&desc, "%s%s: %zu", i > 0 ? ", " : "", name[i],
		    b->above_state_nr[state[i]]);
	}
	coach_write_figure_open(
	    h, NULL, "Aantal Coaches per Status", "c-status");
	chart_write(h, &(struct chart){ .id = "status",
			   .title = "Aantal Coaches per Status",
			   .desc = desc.p == NULL ? "" : desc.p,
			   .empty = coach_page_empty(p, NONE_ABOVE),
			   .width = 480,
			   .height = 240,
			   .x_label = "",
			   .y_label = "Aantal Coaches",
			   .y_from_zero = true,
			   .category = name,
			   .category_nr = nr,
			   .series = series,
			   .series_nr = nr });
	html_close(h);
	coach_write_behind_open(h, &table);
	for (i = 0; i < nr; i++)
		table_row(h, &table,
		    (struct table_cell[]){ { .text = text_of(name[i]),
					       .x = state[i],
					       .tone = (int)state[i] },
			{ .x = (double)b->above_state_nr[state[i]] } });
	coach_write_behind_close(h);
	buf_free(&desc);
}

static void
write_table(const struct coach_page *p, struct html *h, const struct board *b)
{
	static const struct table_column all[] = {
		{ "Coach", TABLE_HEAD },
		{ "Status", TABLE_BADGE },
		{ "Deals", TABLE_COUNT },
		{ "Winst%", TABLE_BAR },
		{ "Warme aanvraag", TABLE_COUNT },
		{ "Info aanvraag", TABLE_COUNT },
		{ "Boven drempel", TABLE_TICK },
	};
	struct table_column column[7];
	const struct coach_row_figures *of;
	const struct board_coach *c;
	struct table_cell cell[7];
	struct table table = { .id = "t-coaches",
		.title = "Overzicht Alle Coaches",
		.search = COACH_SEARCH,
		.row = COACH_ROW,
		.rows = COACH_ROWS,
		.empty = coach_page_empty(p, COACH_NONE),
		.column = column,
		.row_nr = b->nr,
		.sorted_by = 3,
		.is_descending = true };
	size_t i, k;

	for (i = 0; i < 7; i++)
		if (p->has_requests || i < 4 || i > 5)
			column[table.column_nr++] = all[i];
	coach_write_heading(h, NULL, "Overzicht Alle Coaches");
	table_open(h, &table);
	for (i = 0; i < b->nr; i++) {
		c = &b->coach[b->order[i]];
		of = &c->row->of[PERIOD_1M];
		k = 0;
		cell[k++] = (struct table_cell){ .text = c->row->name };
		cell[k++] = (struct table_cell){
			.text = c->label, .x = c->state, .tone = (int)c->state
		};
		cell[k++] = (struct table_cell){ .x = c->deals };
		cell[k++] = (struct table_cell){ .x = c->smoothed_pct };
		if (p->has_requests) {
			cell[k++] = (struct table_cell){ .x = of->warm };
			cell[k++] = (struct table_cell){ .x = of->info };
		}
		cell[k++] = (struct table_cell){ .x = c->is_above };
		table_row(h, &table, cell);
	}
	table_close(h);
}

void
coach_write_board(const struct coach_page *p, struct html *h)
{
	static const char *const chip[] = { COACH_CHIP_PERIOD };
	struct board_settings set;
	struct board b;

	board_settings_init(&set, &p->set->hidden);
	board_make(&b, &set, p->row, p->row_nr);
	page_view_open(h, &coach_view[0], "Dashboard");
	write_filters(p, h);
	write_side(p, h, &b);
	html_close(h); /* filters */
	html_open(h, "div");
	html_class(h, "content");
	coach_write_chips(h, "d-chips", chip, 1);
	write_cards(h, &b);
	page_region_open(h, "d-top", NULL);
	html_close(h);
	html_open(h, "div");
	html_class(h, "charts");
	write_scatter(p, h, &b);
	write_histogram(p, h, &b);
	write_states(p, h, &b);
	html_close(h);
	write_table(p, h, &b);
	html_close(h); /* content */
	html_close(h); /* cols */
	html_close(h); /* section */
	board_free(&b);
}
