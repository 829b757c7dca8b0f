#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/num.h"
#include "base/xalloc.h"
#include "coach/pool.h"
#include "page/coach_views.h"

#define TEXT_MAX 96

/* Tones of the states that mean the same. */
static const int tone_of[POOL_STATUSES] = {
	[POOL_NABELLER] = STATE_NABELLER,
	[POOL_FEW] = STATE_NO_DATA,
	[POOL_BELOW_TOP] = STATE_OTHER,
	[POOL_NO_DATA] = STATE_NO_DATA,
	[POOL_GOOD] = STATE_GOOD,
	[POOL_FAIR] = STATE_FAIR,
	[POOL_EXCLUDED] = STATE_EXCLUDED,
};

static void
write_filters(struct html *h)
{
	static const struct control limit[] = {
		{ "pnt", "Nabeller % drempel", "%", 5, 50, 5, 20 },
		{ "pmd", "Minimum deals", NULL, 1, 30, 1, 5 },
		{ "ptop", "Top % coaches", "%", 10, 100, 5, 100 },
		{ "pgoed", "Minimum deals voor 'Goed'", NULL, 1, 30, 1, 14 },
	};
	static const struct control written[] = {
		{ "capdag", "cap_dag", NULL, 1, 20, 1, 2 },
		{ "capweek", "cap_week", NULL, 1, 50, 1, 14 },
		{ "weight", "weight", NULL, 1, 10, 1, 1 },
	};
	size_t i;

	coach_write_filters_open(h, "Instellingen pool");
	for (i = 0; i < sizeof(limit) / sizeof(limit[0]); i++)
		control_range(h, &limit[i]);
	for (i = 0; i < sizeof(written) / sizeof(written[0]); i++)
		control_number(h, &written[i]);
	coach_write_filters_close(h);
	html_close(h); /* filters */
}

static void
write_card(struct html *h, const char *id, const char *name, size_t x)
{
	char count[HTML_COUNT];

	page_card(h, id, name, html_count((int64_t)x, count));
}

static void
write_cards(struct html *h, const struct pool *b)
{
	char text[TEXT_MAX];

	page_cards_open(h);
	write_card(h, "k-basis", "Coaches", b->nr);
	write_card(h, "k-pool", "In de pool", b->pool_nr);
	snprintf(text, sizeof(text), "%.1f%%", b->median_pct);
	page_card(h, "k-pmediaan", "Mediaan pool", text);
	write_card(h, "k-eligible", "Eligible (Goed + Matig)", b->eligible_nr);
	write_card(h, "k-met", "Met owner_id", b->written_nr);
	write_card(h, "k-zonder", "Zonder owner_id (skip)",
	    b->eligible_nr - b->written_nr);
	write_card(h, "k-schrijf", "Wordt geschreven", b->written_nr);
	html_close(h);
}

static struct table_cell
badge(char label[POOL_LABEL], enum pool_status status)
{
	pool_label(label, status, 100);
	return (struct table_cell){
		.text = text_of(label), .x = status, .tone = tone_of[status]
	};
}

static void
write_statuses(const struct coach_page *p, struct html *h, const struct pool *b)
{
	static const struct table_column column[] = {
		{ "Status", TABLE_BADGE },
		{ "Coaches", TABLE_COUNT },
	};
	char label[POOL_LABEL];
	struct table table;
	size_t i, nr = 0;

	for (i = 0; i < POOL_STATUSES; i++)
		nr += b->status_nr[i] > 0;
	table = coach_table("t-pstatus", "Coaches per status",
	    coach_page_empty(p, COACH_NONE), column, 2, nr);
	html_open(h, "div");
	coach_write_heading(h, NULL, "Per status");
	table_open(h, &table);
	for (i = 0; i < POOL_STATUSES; i++)
		if (b->status_nr[i] > 0)
			table_row(h, &table,
			    (struct table_cell[]){
				badge(label, (enum pool_status)i),
				{ .x = (double)b->status_nr[i] } });
	table_close(h);
	html_close(h);
}

/* Eligible coaches, descending by smoothed; the caller's. */
static int
by_smoothed(const void *a, const void *b)
{
	const struct pool_coach *x = *(const struct pool_coach *const *)a;
	const struct pool_coach *y = *(const struct pool_coach *const *)b;

	if (x->smoothed_pct > y->smoothed_pct ||
	    x->smoothed_pct < y->smoothed_pct)
		return x->smoothed_pct > y->smoothed_pct ? -1 : 1;
	return x < y ? -1 : 1;
}

static void
write_eligible(struct html *h, const struct pool *b)
{
	static const struct table_column column[] = {
		{ "Coach", TABLE_HEAD },
		{ "Owner ID", TABLE_TEXT },
		{ "Deals", TABLE_COUNT },
		{ "Winst%", TABLE_BAR },
		{ "Nabeller%", TABLE_PCT },
		{ "Status", TABLE_BADGE },
	};
	const struct pool_coach **coach = xcalloc(b->nr, sizeof(*coach));
	struct table table = coach_table("t-pool", "Eligible coaches",
	    "Geen eligible coaches bij deze instellingen: er wordt niets "
	    "geschreven en de oude rijen blijven staan. Verlaag een drempel.",
	    column, 6, b->eligible_nr);
	char label[POOL_LABEL];
	size_t i, nr = 0;

	for (i = 0; i < b->nr; i++)
		if (b->coach[i].is_exported)
			coach[nr++] = &b->coach[i];
	if (nr > 1)
		qsort(coach, nr, sizeof(*coach), by_smoothed);
	table.sorted_by = 3;
	table.is_descending = true;
	coach_write_heading(h, NULL, "Eligible coaches");
	table_open(h, &table);
	for (i = 0; i < nr; i++)
		table_row(h, &table,
		    (struct table_cell[]){ { .text = coach[i]->row->name },
			{ .text = coach[i]->row->id }, { .x = coach[i]->deals },
			{ .x = coach[i]->smoothed_pct },
			{ .x = coach[i]->nabeller_pct },
			badge(label, coach[i]->status) });
	table_close(h);
	free(coach);
}

static void
reason_text(char out[TEXT_MAX], const struct pool_coach *c)
{
	out[0] = '\0';
	switch (c->status) {
	case POOL_NABELLER:
		snprintf(out, TEXT_MAX, "Nabeller %.1f%%", c->nabeller_pct);
		break;
	case POOL_FEW:
		snprintf(out, TEXT_MAX, "%.0f deals", c->deals);
		break;
	case POOL_BELOW_TOP:
		snprintf(out, TEXT_MAX, "Winst %.1f%%", c->smoothed_pct);
		break;
	case POOL_NO_DATA:
		snprintf(out, TEXT_MAX, "0 deals");
		break;
	case POOL_EXCLUDED:
		snprintf(out, TEXT_MAX, "%.0f deals, winst %.1f%%", c->deals,
		    c->smoothed_pct);
		break;
	default:
		break;
	}
}

static void
write_rest(struct html *h, const struct pool *b)
{
	static const struct table_column column[] = {
		{ "Coach", TABLE_HEAD },
		{ "Status", TABLE_BADGE },
		{ "Reden", TABLE_TEXT },
	};
	const struct table table = coach_table("t-pout", "Niet in de export",
	    "Alle coaches zijn eligible.", column, 3, b->nr - b->eligible_nr);
	char label[POOL_LABEL], reason[TEXT_MAX];
	size_t i;
	int s;

	coach_write_heading(h, NULL, "Niet in de export");
	table_open(h, &table);
	for (s = 0; s < POOL_STATUSES; s++)
		for (i = 0; i < b->nr; i++) {
			if ((int)b->coach[i].status != s ||
			    b->coach[i].is_exported)
				continue;
			reason_text(reason, &b->coach[i]);
			table_row(h, &table,
			    (struct table_cell[]){
				{ .text = b->coach[i].row->name },
				badge(label, b->coach[i].status),
				{ .text = text_of(reason) } });
		}
	table_close(h);
}

static void
write_written(struct html *h, const struct pool *b)
{
	static const struct table_column column[] = {
		{ "owner_id", TABLE_TEXT },
		{ "coach_naam", TABLE_HEAD },
		{ "eligible", TABLE_TEXT },
		{ "weight", TABLE_COUNT },
		{ "cap_dag", TABLE_COUNT },
		{ "cap_week", TABLE_COUNT },
	};
	const struct table table = coach_table("t-pwrite", "Rijen voor NA_Pool",
	    "Er wordt niets geschreven.", column, 6, b->written_nr);
	size_t i;

	html_open(h, "details");
	html_class(h, "behind");
	html_put(h, "summary", NULL, "Rijen voor het tabblad NA_Pool");
	table_open(h, &table);
	for (i = 0; i < b->nr; i++)
		if (b->coach[i].is_exported && b->coach[i].has_owner)
			table_row(h, &table,
			    (struct table_cell[]){
				{ .text = b->coach[i].row->id },
				{ .text = b->coach[i].row->name },
				{ .text = text_of("JA") }, { .x = 1 },
				{ .x = 2 }, { .x = 14 } });
	table_close(h);
	html_close(h);
}

/* What would write these rows; the script adds the settings. */
static void
write_command(const struct coach_page *p, struct html *h)
{
	html_open(h, "p");
	html_class(h, "note");
	html_str(h,
	    "Deze pagina schrijft niets. Zo komen deze rijen in het tabblad: ");
	html_open(h, "code");
	html_attr(h, "id", "p-command");
	html_str(h, "coach-pool");
	if (p->set->run_id != NULL)
		html_printf(h, " --run=%s", p->set->run_id);
	html_close(h);
	html_close(h);
}

void
coach_write_pool(const struct coach_page *p, struct html *h)
{
	static const char *const chip[] = { COACH_CHIP_PERIOD };
	struct pool_settings set;
	struct pool b;

	pool_settings_init(&set, &p->set->hidden);
	pool_make(&b, &set, p->row, p->row_nr);
	page_view_open(h, &coach_view[2], "NA_Pool: voorbeeld van de export");
	write_command(p, h);
	write_filters(h);
	html_open(h, "div");
	html_class(h, "content");
	coach_write_chips(h, "p-chips", chip, 1);
	write_cards(h, &b);
	html_open(h, "div");
	html_class(h, "charts");
	html_open(h, "div");
	coach_write_heading(h, NULL, "Van alle coaches naar de export");
	page_region_open(h, "p-funnel", NULL);
	page_funnel(h,
	    (struct page_step[]){
		{ "Coaches", (double)b.nr, TONE_PLAIN },
		{ "In de pool", (double)b.pool_nr, TONE_PLAIN },
		{ "Eligible (Goed + Matig)", (double)b.eligible_nr,
		    STATE_GOOD },
		{ "Wordt geschreven", (double)b.written_nr, STATE_GOOD },
	    },
	    4);
	html_close(h);
	html_close(h);
	write_statuses(p, h, &b);
	html_close(h);
	write_eligible(h, &b);
	write_rest(h, &b);
	write_written(h, &b);
	html_close(h);
	html_close(h);
	html_close(h);
	pool_free(&b);
}
