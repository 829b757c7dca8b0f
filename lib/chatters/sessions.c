/*
 * Coaching sessions: of each chatter the last one and the newest goal, and when
 * there were any.
 */
#include <math.h>

#include "base/loose.h"
#include "base/xalloc.h"
#include "chatters/model_impl.h"

/* An order of sessions that is not that in which they came. */
static int
by_session(day_nr date, struct text id, day_nr other, struct text other_id)
{
	return date != other ? (date > other) - (date < other)
			     : text_compare(id, other_id);
}

static struct text
keep_text(struct chatters *m, struct text t)
{
	return t.p == NULL ? t : arena_copy(m->text, t);
}

static void
keep_last(struct chatters *m, struct chatter *c, const struct coaching_log *log)
{
	int order = by_session(log->date, log->id, c->coached, c->last.id);

	if (order == 0)
		order = text_compare(log->team_leader, c->last.lead);
	if (order == 0)
		order = text_compare(log->notes, c->last.note);
	if (c->was_coached && order <= 0)
		return;
	c->was_coached = true;
	c->coached = log->date;
	c->last.id = keep_text(m, log->id);
	c->last.lead = keep_text(m, log->team_leader);
	c->last.note = keep_text(m, log->notes);
}

static bool
is_said(struct text t)
{
	return !loose_is_null(loose_trim(t));
}

static int
compare(double x, double y)
{
	if (isnan(x) || isnan(y))
		return isnan(y) - isnan(x);
	return (x > y) - (x < y);
}

static int
by_goal(const struct goal *x, const struct goal *y)
{
	int order = (x->kpi > y->kpi) - (x->kpi < y->kpi);

	if (order == 0)
		order = compare(x->target, y->target);
	return order != 0 ? order : compare(x->baseline, y->baseline);
}

static void
keep_goal(struct chatters *m, struct chatter *c, const struct coaching_log *log)
{
	struct goal goal;
	bool is_read;
	int order;

	if (!is_said(log->focus_kpi) || !is_said(log->target_value))
		return;
	is_read = goal_read(
	    &goal, log->focus_kpi, log->target_value, log->baseline_value);
	order = by_session(log->date, log->id, c->goal.date, c->goal.id);
	if (order == 0)
		order = is_read - c->goal.is_read;
	if (order == 0 && is_read)
		order = by_goal(&goal, &c->goal.is);
	if (c->has_goal && order <= 0)
		return;
	c->has_goal = true;
	c->goal.date = log->date;
	c->goal.id = keep_text(m, log->id);
	c->goal.is_read = is_read;
	c->goal.is = goal;
}

/* The same log again says nothing new. */
static bool
is_repeated(struct chatters *m, struct text id)
{
	bool added = true;

	if (id.len > 0)
		map_intern(m->logs, id, &added);
	return !added;
}

int
session_add(struct chatters *m, const struct record *rec, struct fault *f)
{
	struct coaching_log log;
	struct chatter *c;

	if (coaching_log_decode(&log, &m->log_at, rec, f) == -1)
		return -1;
	m->undated += !log.has_date;
	/* the other is of somebody whose name was not found */
	if (!log.has_date || log.chatter_id.len == 0 || log.date > m->opt.run)
		return 0;
	if (is_repeated(m, log.id)) {
		m->logs_twice++;
		return 0;
	}
	c = chatters_find(m, log.chatter_id);
	keep_last(m, c, &log);
	keep_goal(m, c, &log);
	m->session = xgrow(
	    m->session, m->session_nr, &m->session_cap, sizeof(*m->session));
	m->session[m->session_nr++] =
	    (struct session){ (size_t)(c - m->chatter), log.date };
	return 0;
}
