/*
 * To those who know the sources: what an ingest took in, and what to put right,
 * and where
 */
#include <math.h>
#include <stdlib.h>

#include "base/xalloc.h"
#include "briefing/briefing_impl.h"

#define REST	   200
#define SHOWN	   10 /* of a group */
#define INDENT	   3
#define SEPARATOR  " \xc2\xb7 "
#define EM_DASH	   " \xe2\x80\x94 "
#define BULLET	   "\xe2\x80\xa2 "
#define CANDIDATES 3
#define SIMILARITY 2 /* decimals */

/*
 * A group of things to put right: a heading with their number, a line for each,
 * and what to do.
 */
struct group {
	struct letter *l;
	const char *title;
	const char *fix;
	size_t nr;    /* all */
	size_t shown; /* so far */
};

static bool
begin_group(struct group *g)
{
	if (g->nr == 0)
		return false;
	if (!letter_has_room(g->l, REST)) {
		g->l->left_out = true;
		return false;
	}
	letter_gap(g->l);
	letter_begin(g->l, LETTER_SECTION);
	letter_strong(g->l, g->title);
	letter_format(g->l, " (%zu)", g->nr);
	return true;
}

/* Whether one more is shown, whose line is begun. */
static bool
next_line(struct group *g)
{
	if (g->shown == SHOWN)
		return false;
	g->shown++;
	letter_line(g->l, 0);
	letter_str(g->l, BULLET);
	return true;
}

static void
end_group(struct group *g)
{
	if (g->nr > g->shown) {
		letter_line(g->l, 0);
		letter_format(g->l, "and %zu more", g->nr - g->shown);
	}
	letter_line(g->l, 0);
	letter_str(g->l, "To do: ");
	letter_str(g->l, g->fix);
	letter_end(g->l);
}

static void
show_count(double x, struct buf *b)
{
	show_fixed(isnan(x) ? 0 : x, 0, b);
}

static void
show_similarity(double x, struct buf *b)
{
	show_fixed(x, SIMILARITY, b);
}

/* "3 failed" */
static void
put_part(struct letter *l, double x, const char *what)
{
	letter_number(l, show_count, x);
	letter_format(l, " %s", what);
}

static void
put_stored(const struct ingest *in, struct letter *l)
{
	const struct ingest_store *store = in->of[INGEST_STORE].p;
	size_t i;

	for (i = 0; i < in->of[INGEST_STORE].nr && i < SHOWN; i++) {
		letter_begin(l, LETTER_SECTION);
		letter_str(l, "Stored in ");
		if (store[i].table.len > 0)
			letter_data(l, store[i].table, LETTER_NAME);
		else
			letter_str(l, "the history");
		letter_str(l, ": ");
		put_part(l, store[i].created, "created");
		letter_str(l, SEPARATOR);
		put_part(l, store[i].updated, "updated");
		letter_str(l, SEPARATOR);
		put_part(l,
		    (isnan(store[i].skipped) ? 0 : store[i].skipped) +
			(isnan(store[i].unchanged) ? 0 : store[i].unchanged),
		    "there before");
		if (store[i].failed > 0) {
			letter_str(l, SEPARATOR);
			put_part(l, store[i].failed, "failed");
		}
		if (store[i].reason.len > 0) {
			letter_str(l, EM_DASH);
			letter_data(l, store[i].reason, LETTER_DATA);
		}
		letter_end(l);
	}
}

static void
put_files(const struct ingest *in, struct letter *l)
{
	const struct ingest_file *file = in->of[INGEST_FILE].p;
	size_t i;

	for (i = 0; i < in->of[INGEST_FILE].nr && i < SHOWN; i++) {
		letter_begin(l, LETTER_SECTION);
		letter_str(l, "File: ");
		letter_name(l, file[i].name, false);
		if (!isnan(file[i].bytes)) {
			letter_str(l, ", ");
			letter_number(l, show_count, file[i].bytes);
			letter_str(l, " bytes");
		}
		letter_end(l);
	}
}

static void
put_days(const struct ingest *in, struct letter *l)
{
	if (!in->has_days)
		return;
	letter_begin(l, LETTER_SECTION);
	letter_str(l, "Chatters: ");
	letter_format(l,
	    "%zu worked" SEPARATOR "%zu day off" SEPARATOR "%zu no data",
	    in->days[CHATTER_WORKED], in->days[CHATTER_DAY_OFF],
	    in->days[CHATTER_NO_DATA]);
	letter_end(l);
}

/*
 * What to put right
 */
static void
put_fetches(const struct ingest *in, struct letter *l)
{
	const struct ingest_fetch *fetch = in->of[INGEST_FETCH].p;
	struct group g = { .l = l,
		.title = "Fetches that are not complete",
		.fix = "run the ingest again; what is there already stays",
		.nr = in->of[INGEST_FETCH].nr };
	size_t i;

	if (!begin_group(&g))
		return;
	for (i = 0; i < g.nr && next_line(&g); i++) {
		letter_data(l, fetch[i].what, LETTER_NAME);
		letter_str(l, " of ");
		letter_data(l, fetch[i].object, LETTER_NAME);
		if (fetch[i].org.len > 0) {
			letter_str(l, ", ");
			letter_data(l, fetch[i].org, LETTER_NAME);
		}
		letter_str(l, ": ");
		letter_number(l, show_count, fetch[i].received);
		if (!isnan(fetch[i].source_total)) {
			letter_str(l, " of ");
			letter_number(l, show_count, fetch[i].source_total);
		}
		letter_str(l, " received");
		if (fetch[i].reason.len > 0) {
			letter_str(l, EM_DASH);
			letter_data(l, fetch[i].reason, LETTER_DATA);
		}
	}
	end_group(&g);
}

static void
put_failed(const struct ingest *in, struct letter *l)
{
	const struct ingest_failed *failed = in->of[INGEST_FAILED].p;
	struct group g = { .l = l,
		.title = "Records that were not stored",
		.fix = "put right what each says, in the table or its fields, "
		       "and run the ingest again",
		.nr = in->of[INGEST_FAILED].nr };
	size_t i;

	if (!begin_group(&g))
		return;
	for (i = 0; i < g.nr && next_line(&g); i++) {
		letter_name(l, failed[i].record, false);
		letter_str(l, ": ");
		letter_data(l, failed[i].reason, LETTER_DATA);
	}
	end_group(&g);
}

static const char *
source_label(struct text source)
{
	return text_is(source, "inflow")     ? "Inflow"
	       : text_is(source, "hubstaff") ? "Hubstaff"
					     : "coaching log";
}

/* "perhaps Alice Moreno (0.95), ..." */
static void
put_candidates(
    const struct ingest_unmatched *u, const char *intro, struct letter *l)
{
	struct json_value one, key, value;
	struct arena *scratch = arena_new();
	const char *at = NULL, *in;
	struct text name, word;
	double similarity;
	size_t nr = 0;

	while (nr < CANDIDATES && json_next(u->candidates, &at, NULL, &one)) {
		name = (struct text){ 0 };
		similarity = NAN;
		in = NULL;
		while (json_next(one, &in, &key, &value)) {
			word = json_text(key, scratch);
			if (text_is(word, "name"))
				name = json_text(value, scratch);
			else if (text_is(word, "similarity") &&
				 !json_double(value, &similarity))
				similarity = NAN;
		}
		letter_str(l, nr++ == 0 ? intro : ", ");
		letter_name(l, name, false);
		if (!isnan(similarity)) {
			letter_str(l, " (");
			letter_number(l, show_similarity, similarity);
			letter_str(l, ")");
		}
	}
	arena_free(scratch);
}

static void
put_unmatched_one(const struct ingest_unmatched *u, struct letter *l)
{
	letter_format(l, "%s: ", source_label(u->source));
	letter_name(l, u->raw, false);
	if (!isnan(u->sales)) {
		letter_str(l, ", ");
		put_money(l, u->sales);
	}
	if (!isnan(u->messages)) {
		letter_str(l, ", ");
		letter_number(l, show_count, u->messages);
		letter_str(l, " messages");
	}
	put_candidates(u,
	    text_is(u->reason, "none") ? EM_DASH "perhaps "
				       : EM_DASH "could be ",
	    l);
}

static int
by_sales(const void *a, const void *b)
{
	const struct ingest_unmatched *x =
	    *(const struct ingest_unmatched *const *)a;
	const struct ingest_unmatched *y =
	    *(const struct ingest_unmatched *const *)b;
	double p = isnan(x->sales) ? -INFINITY : x->sales;
	double q = isnan(y->sales) ? -INFINITY : y->sales;
	int order = (p < q) - (p > q);

	if (order == 0) {
		p = isnan(x->messages) ? -1 : x->messages;
		q = isnan(y->messages) ? -1 : y->messages;
		order = (p < q) - (p > q);
	}
	if (order == 0)
		order = text_compare(x->source, y->source);
	return order != 0 ? order : text_compare(x->raw, y->raw);
}

static void
put_unmatched(const struct ingest *in, struct letter *l)
{
	static const char *const word[][3] = {
		{ "none", "Names that nobody of the roster has",
		    "correct the name where it comes from, or in the table of "
		    "chatters; or give it in the file of aliases: source,name,"
		    "name in the roster, or ignore when it is nobody's" },
		{ "ambiguous", "Names that fit several people",
		    "say in the file of aliases who it is" },
		{ "conflict", "Names of which another has the better claim",
		    "say in the file of aliases who it is, or ignore" },
		{ "inactive", "Names of people who are not active",
		    "set status or role in the table of chatters, or ignore "
		    "the "
		    "name in the file of aliases" },
	};
	const struct ingest_unmatched *all = in->of[INGEST_UNMATCHED].p;
	size_t i, k, nr = in->of[INGEST_UNMATCHED].nr;
	const struct ingest_unmatched **of = xcalloc(nr + 1, sizeof(*of));
	struct group g;

	for (k = 0; k < sizeof(word) / sizeof(word[0]); k++) {
		g = (struct group){
			.l = l, .title = word[k][1], .fix = word[k][2]
		};
		for (i = 0; i < nr; i++)
			if (text_is(all[i].reason, word[k][0]))
				of[g.nr++] = &all[i];
		if (!begin_group(&g))
			continue;
		qsort(of, g.nr, sizeof(*of), by_sales);
		for (i = 0; i < g.nr && next_line(&g); i++)
			put_unmatched_one(of[i], l);
		end_group(&g);
	}
	free(of);
}

static void
put_missing(const struct ingest *in, const char *type, const char *title,
    const char *fix, struct letter *l)
{
	const struct ingest_missing *all = in->of[INGEST_MISSING].p;
	size_t i, nr = in->of[INGEST_MISSING].nr;
	const struct ingest_missing **of = xcalloc(nr + 1, sizeof(*of));
	struct group g = { .l = l, .title = title, .fix = fix };

	for (i = 0; i < nr; i++)
		if (text_is(all[i].type, type) && ingest_is_missed(in, &all[i]))
			of[g.nr++] = &all[i];
	if (begin_group(&g)) {
		for (i = 0; i < g.nr && next_line(&g); i++) {
			letter_name(l, of[i]->name, false);
			if (of[i]->team.len > 0) {
				letter_str(l, ", ");
				letter_data(l, of[i]->team, LETTER_NAME);
			}
			if (of[i]->date.len > 0) {
				letter_str(l, ", ");
				letter_data(l, of[i]->date, LETTER_NAME);
			}
		}
		end_group(&g);
	}
	free(of);
}

static void
put_notes(const struct ingest *in, const char *note, const char *title,
    const char *fix, struct letter *l)
{
	const struct ingest_note *all = in->of[INGEST_NOTE].p;
	size_t i, nr = in->of[INGEST_NOTE].nr;
	struct group g = { .l = l, .title = title, .fix = fix };

	for (i = 0; i < nr; i++)
		g.nr += text_is(all[i].note, note);
	if (!begin_group(&g))
		return;
	for (i = 0; i < nr; i++) {
		if (!text_is(all[i].note, note))
			continue;
		if (!next_line(&g))
			break;
		if (all[i].name.len > 0) {
			letter_name(l, all[i].name, false);
			letter_str(l, ", ");
		}
		letter_data(l, all[i].date, LETTER_NAME);
		letter_str(l, ": ");
		letter_data(l, all[i].text, LETTER_DATA);
	}
	end_group(&g);
}

static void
put_gaps(const struct ingest *in, struct letter *l)
{
	const struct ingest_gap *gap = in->of[INGEST_GAP].p;
	struct group g = { .l = l,
		.title = "Dates of which nothing is kept",
		.fix = "share the export of each in Slack, and run the ingest "
		       "again",
		.nr = in->of[INGEST_GAP].nr };
	size_t i;

	if (!begin_group(&g))
		return;
	for (i = 0; i < g.nr && next_line(&g); i++)
		letter_data(l, gap[i].date, LETTER_NAME);
	end_group(&g);
}

static void
put_title(const struct briefing *b, struct letter *l)
{
	const struct ingest *in = b->ingest;

	letter_begin(l, LETTER_HEADER);
	letter_str(l, "Ingest report" EM_DASH);
	if (in->has_days) {
		letter_str(l, "data of ");
		if (in->first != in->last) {
			letter_day(l, in->first);
			letter_str(l, " to ");
		}
		letter_day(l, in->last);
	} else
		letter_day(l, instant_day(b->conf->at));
	letter_end(l);
}

void
operations_write(const struct briefing *b, struct letter *l)
{
	const struct ingest *in = b->ingest;
	size_t before;

	put_title(b, l);
	letter_gap(l);
	before = l->nr;
	put_files(in, l);
	put_days(in, l);
	put_stored(in, l);
	if (l->nr == before) {
		letter_begin(l, LETTER_SECTION);
		letter_str(l, "Nothing was taken in and nothing was stored.");
		letter_end(l);
	}
	before = l->nr;
	put_fetches(in, l);
	put_failed(in, l);
	put_notes(in, "no_hours", "Days without tracked time",
	    "look whether Hubstaff answers, and run the ingest again", l);
	put_gaps(in, l);
	put_unmatched(in, l);
	put_missing(in, "missing_hubstaff",
	    "People of the roster whom Hubstaff does not know",
	    "correct the name in Hubstaff or in the table of chatters, or put "
	    "the Hubstaff user id there",
	    l);
	put_missing(in, "missing_inflow",
	    "People of the roster who are not in the export",
	    "correct the name in Inflow, or look why the export does not have "
	    "them",
	    l);
	put_notes(in, "sales_without_hours", "Sales without tracked hours",
	    "look in Hubstaff whether the time was tracked by somebody else or "
	    "not at all; these sales are in no sum",
	    l);
	put_notes(in, "other_team", "Another team than in the roster",
	    "correct the group in Inflow, or the team in the table of chatters",
	    l);
	if (l->nr > before && !l->left_out)
		return;
	letter_gap(l);
	letter_begin(l, LETTER_SECTION);
	letter_str(l, l->left_out
			  ? "There is more to put right than has room here."
			  : "Nothing to put right.");
	letter_end(l);
}
