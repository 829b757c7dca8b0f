/*
 * To a team's lead, before the shift: whom to coach, why, and what about
 */
#include <math.h>
#include <stdlib.h>

#include "briefing/briefing_impl.h"
#include "base/xalloc.h"
#include "record/band.h"

#define WHY_MOST  3
#define TALK_MOST 2
#define NOON_US	  (INT64_C(12) * 3600 * 1000000)
#define INDENT	  3
#define SEPARATOR " \xc2\xb7 "
#define EM_DASH	  " \xe2\x80\x94 "
#define REST	  4000 /* for the team */
#define MONDAY	  0

/*
 * On a Monday morning what there is is of Saturday: Sunday's comes in the
 * afternoon.
 */
static void
put_age(const struct briefing *b, struct letter *l)
{
	day_nr run = instant_day(b->conf->at);

	if (b->facts.summary.date >= run - 1)
		return;
	if (day_weekday(run) == MONDAY &&
	    b->conf->at - instant_of_day(run) < NOON_US)
		letter_str(l, " (today's figures arrive this afternoon)");
	else
		letter_str(l, " (the newest there is)");
}

static void
put_shift(const struct briefing *b, const struct briefing_team *team,
    bool has_figures, struct letter *l)
{
	bool has_shift = team->shift_start.len > 0;

	if (!has_shift && !has_figures)
		return;
	letter_begin(l, LETTER_CONTEXT);
	if (has_shift) {
		letter_str(l, "Shift starts ");
		letter_data(l, team->shift_start, LETTER_NAME);
		letter_str(l, " UTC");
	}
	if (has_shift && has_figures)
		letter_str(l, SEPARATOR);
	if (has_figures) {
		letter_str(l, "data from ");
		letter_day(l, b->facts.summary.date);
		put_age(b, l);
	}
	letter_end(l);
}

static void
put_score(const struct candidate_row *c, struct letter *l)
{
	enum band band = band_of(c->band);

	letter_str(l, EM_DASH);
	if (isnan(c->score_int)) {
		letter_str(l, "No data available for a score");
		return;
	}
	letter_format(l, "score %.0f", c->score_int);
	if (band != BANDS)
		letter_format(l, " (%s)", band_label[band]);
}

/* The texts of an array, most of them, with a point between. */
static size_t
put_texts(struct letter *l, struct json_value array, size_t most,
    struct arena *scratch)
{
	struct json_value element;
	const char *at = NULL;
	struct text t;
	size_t nr = 0;

	while (nr < most && json_next(array, &at, NULL, &element)) {
		t = json_text(element, scratch);
		if (text_trim(t).len == 0)
			continue;
		if (nr++ > 0)
			letter_str(l, SEPARATOR);
		letter_data(l, t, LETTER_DATA);
	}
	return nr;
}

struct topic {
	struct text aim;
	struct json_value points;
};

static size_t
read_topics(const struct candidate_row *c, struct topic topic[TALK_MOST],
    struct arena *scratch)
{
	struct json_value element, member, key;
	const char *at = NULL, *in;
	struct text name;
	size_t nr = 0;

	while (nr < TALK_MOST && json_next(c->talk, &at, NULL, &element)) {
		topic[nr] = (struct topic){ 0 };
		in = NULL;
		while (json_next(element, &in, &key, &member)) {
			name = json_text(key, scratch);
			if (text_is(name, "aim"))
				topic[nr].aim = json_text(member, scratch);
			else if (text_is(name, "points"))
				topic[nr].points = member;
		}
		nr++;
	}
	return nr;
}

/*
 * One idea of each topic; of a single one two. Without ideas, what to aim for.
 */
static void
put_talk(const struct candidate_row *c, struct letter *l, struct arena *scratch)
{
	struct topic topic[TALK_MOST];
	size_t nr = read_topics(c, topic, scratch), i;

	if (nr == 0)
		return;
	letter_line(l, INDENT);
	letter_str(l, "Talk about: ");
	for (i = 0; i < nr; i++) {
		if (i > 0)
			letter_str(l, SEPARATOR);
		if (put_texts(l, topic[i].points, nr == 1 ? TALK_MOST : 1,
			scratch) == 0)
			letter_data(l, topic[i].aim, LETTER_DATA);
	}
}

static void
put_candidate(const struct candidate_row *c, size_t nr, struct letter *l)
{
	struct arena *scratch = arena_new();
	struct json_value first;
	const char *at = NULL;

	letter_begin(l, LETTER_SECTION);
	letter_format(l, "%zu. ", nr);
	letter_name(l, c->name, true);
	put_score(c, l);
	if (json_next(c->why, &at, NULL, &first)) {
		letter_line(l, INDENT);
		letter_str(l, "Why: ");
		put_texts(l, c->why, WHY_MOST, scratch);
	}
	put_talk(c, l, scratch);
	letter_end(l);
	arena_free(scratch);
}

static int
by_rank(const void *a, const void *b)
{
	const struct candidate_row *x = *(const struct candidate_row *const *)a;
	const struct candidate_row *y = *(const struct candidate_row *const *)b;

	return (x->rank > y->rank) - (x->rank < y->rank);
}

static void
put_candidates(const struct facts *facts, struct text team, struct letter *l)
{
	const struct candidate_row **of =
	    xcalloc(facts->candidates + 1, sizeof(*of));
	size_t i, nr = 0;

	for (i = 0; i < facts->candidates; i++)
		if (text_equal(facts->candidate[i].team, team))
			of[nr++] = &facts->candidate[i];
	qsort(of, nr, sizeof(*of), by_rank);
	for (i = 0; i < nr && letter_has_room(l, REST); i++)
		put_candidate(of[i], i + 1, l);
	if (i < nr || nr == 0) {
		letter_begin(l, LETTER_SECTION);
		if (nr == 0)
			letter_str(l, "Everyone is on track today.");
		else
			letter_format(l, "and %zu more", nr - i);
		letter_end(l);
	}
	free(of);
}

/* Nobody worked: nothing says that all are on track. */
static const char *
why_none(const struct chatter_sums *sums)
{
	if (sums == NULL || !(sums->chatters > 0))
		return "Nobody is in this team.";
	if (sums->worked > 0)
		return NULL;
	return sums->no_data > 0 ? NO_FIGURES : "Day off for the whole team.";
}

static void
put_sums(const struct chatter_sums *sums, struct letter *l)
{
	letter_begin(l, LETTER_SECTION);
	letter_str(l, "Team: ");
	put_money(l, sums->sales);
	letter_str(l, " sales" SEPARATOR);
	put_money(l, sums->sales_hr);
	letter_str(l, "/hr" SEPARATOR "CVR ");
	put_percent(l, sums->cvr_pct);
	letter_format(
	    l, SEPARATOR "%.0f of %.0f active", sums->worked, sums->chatters);
	if (sums->traffic.text.len > 0) {
		letter_line(l, 0);
		letter_data(l, sums->traffic.text, LETTER_DATA);
	}
	letter_end(l);
}

void
leads_write(const struct briefing *b, const struct briefing_team *team,
    struct letter *l)
{
	const struct chatter_sums *sums = facts_team(&b->facts, team->key);
	bool none = has_no_figures(&b->facts);
	const char *why = none ? NO_FIGURES : why_none(sums);

	letter_begin(l, LETTER_HEADER);
	letter_str(l, "Coaching briefing" EM_DASH);
	put_team(l, team->key, team->name);
	letter_end(l);
	put_shift(b, team, !none, l);
	letter_gap(l);
	if (why == NULL) {
		put_candidates(&b->facts, team->key, l);
	} else {
		letter_begin(l, LETTER_SECTION);
		letter_str(l, why);
		letter_end(l);
	}
	letter_divider(l);
	if (!none && sums != NULL)
		put_sums(sums, l);
	put_link(b, l);
}
