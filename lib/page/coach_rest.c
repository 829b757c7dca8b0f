#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/num.h"
#include "base/xalloc.h"
#include "page/coach_views.h"

#define TEXT_MAX 128

static const int tone_of[AVAILABLE_STATUSES] = {
	[AVAILABLE] = STATE_GOOD,
	[AVAILABLE_AWAY] = STATE_FAIR,
	[AVAILABLE_OFF] = STATE_EXCLUDED,
};

static void
write_count(struct html *h, const char *id, const char *name, size_t nr)
{
	char count[HTML_COUNT];

	page_card(h, id, name, html_count((int64_t)nr, count));
}

static void
write_steps(struct html *h, const char *const *step)
{
	html_open(h, "ol");
	html_class(h, "steps");
	for (; *step != NULL; step++)
		html_put(h, "li", NULL, *step);
	html_close(h);
}

/* There is no tab to read: how to get one, and who there is. */
static void
write_no_tab(const struct coach_page *p, struct html *h)
{
	static const char *const step[] = {
		"Maak een Google service account met een sleutelbestand, en "
		"zet het pad in GOOGLE_SA_JSON_PATH.",
		"Maak in het blad een tabblad Beschikbaarheid met in rij 1: "
		"coach_id, Coachnaam, na_leads_aan, afwezig_van, afwezig_tot, "
		"notitie, laatst_gewijzigd.",
		"Deel het blad als bewerker met het adres client_email uit de "
		"sleutel.",
		"Zet het adres van het blad in COACH_AVAILABILITY_SHEET_URL.",
		"Draai availability, en geef de uitvoer aan coach-page met "
		"--availability.",
		NULL,
	};
	static const struct table_column column[] = {
		{ "Coach", TABLE_HEAD },
		{ "coach_id", TABLE_TEXT },
	};
	struct table table = { .id = "t-avail",
		.title = "Coaches",
		.search = COACH_SEARCH,
		.row = COACH_ROW,
		.rows = COACH_ROWS,
		.empty = "Geen coaches. Haal eerst data op met coach-refresh.",
		.column = column,
		.column_nr = 2,
		.row_nr = p->row_nr,
		.sorted_by = 2 };
	size_t i;

	html_put(h, "p", "empty",
	    "Er is geen beschikbaarheid in deze pagina. Zo komt die erin:");
	write_steps(h, step);
	coach_write_heading(h, NULL, "Coaches");
	table_open(h, &table);
	for (i = 0; i < p->row_nr; i++)
		table_row(h, &table,
		    (struct table_cell[]){
			{ .text = p->row[i].name }, { .text = p->row[i].id } });
	table_close(h);
}

static void
write_tab(const struct coach_page *p, struct html *h)
{
	static const struct table_column column[] = {
		{ "Coach", TABLE_HEAD },
		{ "Status", TABLE_BADGE },
		{ "NA leads aan", TABLE_TICK },
		{ "Afwezig van", TABLE_DATE },
		{ "Afwezig tot", TABLE_DATE },
		{ "Notitie", TABLE_TEXT },
		{ "Laatst gewijzigd", TABLE_DATE },
	};
	struct table table = { .id = "t-avail",
		.title = "Beschikbaarheid per coach",
		.search = COACH_SEARCH,
		.row = COACH_ROW,
		.rows = COACH_ROWS,
		.empty = "Geen coaches.",
		.column = column,
		.column_nr = 7,
		.row_nr = p->available_nr,
		.sorted_by = 7 };
	const struct availability *a;
	size_t i, nr[AVAILABLE_STATUSES] = { 0 };

	for (i = 0; i < p->available_nr; i++)
		nr[p->available[i].status]++;
	page_cards_open(h);
	write_count(h, "k-vrij", availability_label[AVAILABLE], nr[AVAILABLE]);
	write_count(h, "k-afwezig", availability_label[AVAILABLE_AWAY],
	    nr[AVAILABLE_AWAY]);
	write_count(
	    h, "k-uit", availability_label[AVAILABLE_OFF], nr[AVAILABLE_OFF]);
	write_count(h, "k-totaal", "Totaal", p->available_nr);
	html_close(h);
	control_toggle(h, "std", "Standaard uitgesloten namen weglaten", false);
	table_open(h, &table);
	for (i = 0; i < p->available_nr; i++) {
		a = &p->available[i];
		table_row(h, &table,
		    (struct table_cell[]){ { .text = a->coach_name },
			{ .text = text_of(availability_label[a->status]),
			    .x = a->status,
			    .tone = tone_of[a->status] },
			{ .x = a->takes_leads }, { .text = a->away_from },
			{ .text = a->away_until }, { .text = a->note },
			{ .text = a->changed_at } });
	}
	table_close(h);
}

void
coach_write_available(const struct coach_page *p, struct html *h)
{
	page_view_open(h, &coach_view[3], "Beschikbaarheid");
	if (p->available_nr == 0)
		write_no_tab(p, h);
	else
		write_tab(p, h);
	html_close(h);
}

static void
write_runs(const struct coach_page *p, struct html *h)
{
	static const struct table_column column[] = {
		{ "Run", TABLE_HEAD },
		{ "Datum en tijd (UTC)", TABLE_DATE },
		{ "Coaches", TABLE_COUNT },
		{ "KB", TABLE_COUNT },
		{ "Enums", TABLE_TICK },
		{ "Gekozen", TABLE_TICK },
	};
	struct table table = { .id = "t-runs",
		.title = "Alle runs",
		.search = COACH_SEARCH,
		.row = COACH_ROW,
		.rows = COACH_ROWS,
		.empty = "Geen runs in deze pagina. coach-page zet ze erin; "
			 "zijn er geen, haal dan eerst data op met "
			 "coach-refresh.",
		.column = column,
		.column_nr = 6,
		.row_nr = p->run_nr,
		.sorted_by = 6 };
	const struct run_row *r;
	size_t i;

	table_open(h, &table);
	for (i = 0; i < p->run_nr; i++) {
		r = &p->run[i];
		table_row(h, &table,
		    (struct table_cell[]){ { .text = r->id },
			{ .text = r->created }, { .x = r->coaches },
			{ .x = r->size_kb }, { .x = r->has_enums },
			{ .x = r->is_selected } });
	}
	table_close(h);
}

/* The pairs of runs that there are differences of, in the order they came. */
static size_t
find_pairs(const struct coach_page *p, struct choice *pair)
{
	const struct difference_row *d;
	size_t i, k, nr = 0;
	const char *value;

	for (i = 0; i < p->difference_nr; i++) {
		d = &p->difference[i];
		value = arena_printf(p->text, "%.*s %.*s", TEXT_ARG(d->run_a),
		    TEXT_ARG(d->run_b));
		for (k = 0; k < nr && strcmp(pair[k].value, value) != 0; k++)
			;
		if (k == nr)
			pair[nr++] = (struct choice){ value,
				arena_printf(p->text, "%.*s → %.*s",
				    TEXT_ARG(d->run_a), TEXT_ARG(d->run_b)) };
	}
	return nr;
}

static struct table_cell
status_cell(struct text label)
{
	int state;

	if (label.p == NULL)
		return (struct table_cell){
			.text = text_of("–"), .x = STATES, .tone = STATE_OTHER
		};
	state = (int)coach_state_of(label);
	return (struct table_cell){ .text = label, .x = state, .tone = state };
}

static bool
is_shown(const struct difference_row *d, const char *pair)
{
	size_t len = d->run_a.len;

	return text_is(d->period, coach_period_name[PERIOD_1M]) &&
	       strlen(pair) == len + 1 + d->run_b.len &&
	       memcmp(pair, d->run_a.p, len) == 0 &&
	       memcmp(pair + len + 1, d->run_b.p, d->run_b.len) == 0;
}

static void
write_difference(
    const struct difference_row *d, struct html *h, const struct table *table)
{
	table_row(h, table,
	    (struct table_cell[]){ { .text = d->coach_name },
		{ .x = d->deals_a }, { .x = d->deals_b },
		{ .x = d->deals_b - d->deals_a }, { .x = d->smoothed_a },
		{ .x = d->smoothed_b },
		{ .x = isnan(d->smoothed_b - d->smoothed_a)
			   ? NAN
			   : num_round1(d->smoothed_b - d->smoothed_a) },
		status_cell(d->status_a), status_cell(d->status_b) });
}

static void
write_comparison(const struct coach_page *p, struct html *h)
{
	static const struct table_column column[] = {
		{ "Coach", TABLE_HEAD },
		{ "Deals toen", TABLE_COUNT },
		{ "Deals nu", TABLE_COUNT },
		{ "Verschil", TABLE_CHANGE },
		{ "Winst% toen", TABLE_PCT },
		{ "Winst% nu", TABLE_PCT },
		{ "Verschil", TABLE_SIGNED },
		{ "Status toen", TABLE_BADGE },
		{ "Status nu", TABLE_BADGE },
	};
	static const char *const chip[] = { COACH_CHIP_PERIOD };
	struct choice *pair = xcalloc(p->difference_nr, sizeof(*pair));
	size_t i, pair_nr = find_pairs(p, pair), nr = 0, changed = 0;
	const struct difference_row *d;
	struct table table = { .id = "t-diff",
		.title = "Vergelijking van twee runs",
		.search = COACH_SEARCH,
		.row = COACH_ROW,
		.rows = COACH_ROWS,
		.empty = "Geen verschillen voor deze periode. Maak ze met "
			 "runs compare --period.",
		.column = column,
		.column_nr = 9,
		.sorted_by = 9 };

	for (i = 0; i < p->difference_nr; i++) {
		d = &p->difference[i];
		if (!is_shown(d, pair[0].value))
			continue;
		nr++;
		changed += !(d->status_a.p == NULL && d->status_b.p == NULL) &&
			   !text_equal(d->status_a, d->status_b);
	}
	html_open(h, "div");
	html_class(h, "row");
	html_flag(h, "data-filters");
	control_select(h, "paar", "Runs", pair, pair_nr);
	control_toggle(h, "anders", "Alleen een andere status", false);
	html_close(h);
	coach_write_chips(h, "r-chips", chip, 1);
	html_open(h, "p");
	html_attr(h, "id", "r-note");
	html_class(h, "note");
	html_printf(h, "%zu van %zu coaches; de status is bij %zu anders.", nr,
	    nr, changed);
	html_close(h);
	table.row_nr = nr;
	table_open(h, &table);
	for (i = 0; i < p->difference_nr; i++)
		if (is_shown(&p->difference[i], pair[0].value))
			write_difference(&p->difference[i], h, &table);
	table_close(h);
	free(pair);
}

void
coach_write_runs(const struct coach_page *p, struct html *h)
{
	page_view_open(h, &coach_view[4], "Runs");
	write_runs(p, h);
	coach_write_heading(h, NULL, "Vergelijking");
	if (p->difference_nr > 0)
		write_comparison(p, h);
	else
		html_put(h, "p", "empty",
		    "Geen vergelijking in deze pagina. coach-page maakt er een "
		    "met de run ervoor, of met die van --compare.");
	html_close(h);
}
