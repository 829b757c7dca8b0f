#include "briefing/facts.h"

#include <stdlib.h>

#include "base/xalloc.h"

#define WEEK 7

enum {
	SUMMARY,
	TEAM,
	CANDIDATE,
	CHATTER,
	WEEKS_ROW,
	TEAM_WEEK,
	LAYOUTS
};

static const struct layout *const layouts[LAYOUTS] = {
	&chatter_summary_layout,
	&chatter_team_layout,
	&candidate_layout,
	&chatter_layout,
	&chatter_week_layout,
	&chatter_team_week_layout,
};

struct facts_reader {
	struct facts *facts;
	struct layout_fields at[LAYOUTS];
	struct coaching_log_fields log;
	size_t cap[LAYOUTS];
	size_t session_cap;
	struct arena *keep;
};

struct facts_reader *
facts_reader_new(struct facts *facts, day_nr run, struct json_shape *shape)
{
	struct facts_reader *r = xcalloc(1, sizeof(*r));
	int i;

	*facts = (struct facts){
		.run = run,
		.monday = run - day_weekday(run) - WEEK,

	};
	r->facts = facts;
	r->keep = arena_new();
	for (i = 0; i < LAYOUTS; i++)
		layout_want(&r->at[i], layouts[i], shape);
	coaching_log_want(&r->log, shape);
	return r;
}

void
facts_reader_free(struct facts_reader *r)
{
	if (r == NULL)
		return;
	free(r->facts->team);
	free(r->facts->candidate);
	free(r->facts->chatter);
	free(r->facts->week);
	free(r->facts->team_week);
	free(r->facts->session);
	arena_free(r->keep);
	free(r);
}

static int
decode(struct facts_reader *r, int layout, void *out, const struct record *rec,
    struct fault *f)
{
	return layout_decode(
	    out, &r->at[layout], layouts[layout], rec, r->keep, f);
}

static int
add_summary(struct facts_reader *r, const struct record *rec, struct fault *f)
{
	struct facts *facts = r->facts;

	if (facts->has_summary)
		return fault_set(f, FAULT_DATA,
		    "a second chatter_summary: give the records of one run");
	if (decode(r, SUMMARY, &facts->summary, rec, f) == -1)
		return -1;
	facts->has_summary = true;
	return 0;
}

static int
add_log(struct facts_reader *r, const struct record *rec, struct fault *f)
{
	struct facts *facts = r->facts;
	struct coaching_log log;

	if (coaching_log_decode(&log, &r->log, rec, f) == -1)
		return -1;
	if (log.chatter_id.p == NULL || !log.has_date)
		return 0;
	facts->session = xgrow(facts->session, facts->sessions, &r->session_cap,
	    sizeof(*facts->session));
	facts->session[facts->sessions++] =
	    (struct facts_session){ arena_copy(r->keep, log.chatter_id),
		    log.date };
	return 0;
}

/* Room for one more of what the array holds. */
#define ROOM(r, array, nr, layout) \
	((array) = xgrow((array), (nr), &(r)->cap[layout], sizeof(*(array))))

static int
add_row(struct facts_reader *r, int layout, const struct record *rec,
    struct fault *f)
{
	struct facts *facts = r->facts;

	facts->has_other = true;
	switch (layout) {
	case TEAM:
		ROOM(r, facts->team, facts->teams, TEAM);
		if (decode(r, TEAM, &facts->team[facts->teams], rec, f) == -1)
			return -1;
		facts->teams++;
		return 0;
	case CANDIDATE:
		ROOM(r, facts->candidate, facts->candidates, CANDIDATE);
		if (decode(r, CANDIDATE, &facts->candidate[facts->candidates],
			rec, f) == -1)
			return -1;
		facts->candidates++;
		return 0;
	default:
		ROOM(r, facts->chatter, facts->chatters, CHATTER);
		if (decode(r, CHATTER, &facts->chatter[facts->chatters], rec,
			f) == -1)
			return -1;
		facts->chatters++;
		return 0;
	}
}

/* Those of other weeks are not kept. */
static int
add_week(struct facts_reader *r, int layout, const struct record *rec,
    struct fault *f)
{
	struct facts *facts = r->facts;

	facts->has_other = true;
	if (layout == WEEKS_ROW) {
		ROOM(r, facts->week, facts->weeks, WEEKS_ROW);
		if (decode(r, layout, &facts->week[facts->weeks], rec, f) == -1)
			return -1;
		facts->weeks +=
		    facts->week[facts->weeks].week_start == facts->monday;
		return 0;
	}
	ROOM(r, facts->team_week, facts->team_weeks, TEAM_WEEK);
	if (decode(r, layout, &facts->team_week[facts->team_weeks], rec, f) ==
	    -1)
		return -1;
	facts->team_weeks +=
	    facts->team_week[facts->team_weeks].week_start == facts->monday;
	return 0;
}

int
facts_add(struct facts_reader *r, const struct record *rec, struct fault *f)
{
	int i;

	if (coaching_log_here(&r->log, rec))
		return add_log(r, rec, f);
	for (i = 0; i < LAYOUTS && !layout_here(&r->at[i], layouts[i], rec);
	     i++)
		;
	switch (i) {
	case LAYOUTS:
		return 0;
	case SUMMARY:
		return add_summary(r, rec, f);
	case WEEKS_ROW:
	case TEAM_WEEK:
		return add_week(r, i, rec, f);
	default:
		return add_row(r, i, rec, f);
	}
}

bool
facts_coached(const struct facts *facts, const struct chatter_row *c,
    day_nr last, day_nr *date)
{
	const struct facts_session *s;
	bool found = false;
	day_nr day;
	size_t i;

	/* what the figures know, where there are no logs */
	if (day_parse(c->coached_last, &day) && day <= last) {
		*date = day;
		found = true;
	}
	for (i = 0; i < facts->sessions; i++) {
		s = &facts->session[i];
		if (s->date > last || (found && s->date <= *date) ||
		    !text_equal(s->chatter_id, c->id))
			continue;
		*date = s->date;
		found = true;
	}
	return found;
}

const struct chatter_sums *
facts_team(const struct facts *facts, struct text key)
{
	size_t i;

	for (i = 0; i < facts->teams; i++)
		if (facts->team[i].key.p != NULL &&
		    text_equal(facts->team[i].key, key))
			return &facts->team[i];
	return NULL;
}
