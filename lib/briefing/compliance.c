/*
 * To a team's lead, before the shift ends: who of those due was coached today
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/xalloc.h"
#include "briefing/briefing_impl.h"

#define REST	  1000
#define WHY_MOST  3
#define SEPARATOR " \xc2\xb7 "
#define EM_DASH	  " \xe2\x80\x94 "
#define BEFORE_US (INT64_C(30) * 60 * 1000000)

struct missed {
	const struct chatter_row *chatter;
	double days; /* since the last session; NAN: never */
};

static const struct candidate_row *
candidate_of(const struct facts *facts, struct text id)
{
	size_t i;

	for (i = 0; i < facts->candidates; i++)
		if (text_equal(facts->candidate[i].id, id))
			return &facts->candidate[i];
	return NULL;
}

/*
 * The day on which the team's lead was told: half an hour before the shift, which
 * for one that starts at midnight is the day before.
 */
static day_nr
told_on(const struct briefing *b, const struct briefing_team *team)
{
	instant_us at = b->conf->at, start;
	day_nr run = instant_day(at);
	char text[INSTANT_TEXT];
	int length;

	length = snprintf(text, sizeof(text), "1970-01-01T%.*s:00Z",
	    team->shift_start.len > 5 ? 0 : (int)team->shift_start.len,
	    team->shift_start.p == NULL ? "" : team->shift_start.p);
	if (!instant_parse((struct text){ text, (size_t)length }, &start))
		return run;
	start += instant_of_day(run);
	if (start > at)
		start -= INSTANT_DAY_US;
	return instant_day(start - BEFORE_US);
}

/* Who worked, and whose last session was then long ago; *days since it. */
static bool
was_due(const struct briefing *b, const struct chatter_row *c, day_nr told,
    double *days)
{
	day_nr run = b->facts.run, last;

	*days = NAN;
	if (!text_is(c->status, chatter_status_word[CHATTER_WORKED]))
		return false;
	if (!facts_coached(&b->facts, c, told < run ? told : run - 1, &last))
		return true;
	*days = told - last;
	return *days >= b->conf->overdue_days;
}

/* Since when, which is why it was due; then what the briefing says besides. */
static void
put_reasons(const struct facts *facts, const struct missed *m, struct letter *l)
{
	const struct candidate_row *named = candidate_of(facts, m->chatter->id);
	struct arena *scratch = arena_new();
	struct json_value element;
	const char *at = NULL;
	struct text why;
	size_t nr = 1;

	letter_str(l, EM_DASH);
	if (isnan(m->days)) {
		letter_str(l, "Never coached");
	} else {
		letter_str(l, "Not coached for ");
		letter_count(l, m->days, "day", "days");
	}
	while (named != NULL && nr < WHY_MOST &&
	       json_next(named->why, &at, NULL, &element)) {
		why = json_text(element, scratch);
		if (text_starts_nocase(why, "Never coached") ||
		    text_starts_nocase(why, "Not coached"))
			continue;
		letter_str(l, SEPARATOR);
		letter_data(l, why, LETTER_DATA);
		nr++;
	}
	arena_free(scratch);
}

/* As the briefing has them, the most urgent first. */
static int
by_rank(const void *a, const void *b)
{
	const struct chatter_row *x = ((const struct missed *)a)->chatter;
	const struct chatter_row *y = ((const struct missed *)b)->chatter;
	int order = isnan(x->rank) - isnan(y->rank);

	if (order == 0)
		order = (x->rank > y->rank) - (x->rank < y->rank);
	return order != 0 ? order : text_compare(x->id, y->id);
}

static void
put_missed(const struct facts *facts, const struct missed *missed, size_t nr,
    struct letter *l)
{
	size_t i;

	if (nr == 0)
		return;
	letter_gap(l);
	letter_begin(l, LETTER_SECTION);
	letter_str(l, "Not coached yet:");
	letter_end(l);
	for (i = 0; i < nr && letter_has_room(l, REST); i++) {
		letter_begin(l, LETTER_SECTION);
		letter_name(l, missed[i].chatter->name, true);
		put_reasons(facts, &missed[i], l);
		letter_end(l);
	}
	if (i < nr) {
		letter_begin(l, LETTER_SECTION);
		letter_format(l, "and %zu more", nr - i);
		letter_end(l);
	}
}

static void
put_team_count(const struct briefing *b, const struct briefing_team *team,
    struct letter *l)
{
	const struct facts *facts = &b->facts;
	struct missed *missed = xcalloc(facts->chatters + 1, sizeof(*missed));
	day_nr told = told_on(b, team), last;
	size_t i, due = 0, nr = 0;

	for (i = 0; i < facts->chatters; i++) {
		missed[nr].chatter = &facts->chatter[i];
		if (!text_equal(facts->chatter[i].team, team->key) ||
		    !was_due(b, missed[nr].chatter, told, &missed[nr].days))
			continue;
		due++;
		nr += !facts_coached(
			  facts, missed[nr].chatter, facts->run, &last) ||
		      last != facts->run;
	}
	letter_begin(l, LETTER_SECTION);
	if (due == 0)
		letter_str(l, "Nobody was due for coaching.");
	else
		letter_format(l, "%zu of %zu coached", due - nr, due);
	letter_end(l);
	qsort(missed, nr, sizeof(*missed), by_rank);
	put_missed(facts, missed, nr, l);
	free(missed);
}

void
compliance_write(const struct briefing *b, const struct briefing_team *team,
    struct letter *l)
{
	letter_begin(l, LETTER_HEADER);
	letter_str(l, "Coaching today" EM_DASH);
	put_team(l, team->key, team->name);
	letter_end(l);
	letter_begin(l, LETTER_CONTEXT);
	letter_str(l, "Sessions of ");
	letter_day(l, b->facts.run);
	letter_end(l);
	letter_gap(l);
	if (has_no_figures(&b->facts)) {
		letter_begin(l, LETTER_SECTION);
		letter_str(l, NO_FIGURES);
		letter_end(l);
	} else
		put_team_count(b, team, l);
	letter_divider(l);
	put_link(b, l);
}
