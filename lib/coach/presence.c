#include "coach/presence.h"

#include <stdlib.h>

#include "base/map.h"
#include "base/xalloc.h"
#include "coach/roster.h"
#include "record/field.h"

struct presence {
	struct roster roster;
	size_t type, id, name, on, from, until, note, changed;
	struct arena *text;
	struct availability *row; /* of the tab */
	size_t nr, cap;
	struct availability *joined;
	size_t joined_nr;
	struct map *index; /* coach_id to its place in joined */
	day_nr today;
	size_t at;
};

struct presence *
presence_new(struct json_shape *shape)
{
	struct presence *p = xcalloc(1, sizeof(*p));

	roster_init(&p->roster, PERIODS, shape);
	p->type = json_want(shape, "type");
	p->id = json_want(shape, "coach_id");
	p->name = json_want(shape, "Coachnaam");
	p->on = json_want(shape, "na_leads_aan");
	p->from = json_want(shape, "afwezig_van");
	p->until = json_want(shape, "afwezig_tot");
	p->note = json_want(shape, "notitie");
	p->changed = json_want(shape, "laatst_gewijzigd");
	p->text = arena_new();
	p->index = map_new();
	return p;
}

void
presence_free(struct presence *p)
{
	if (p == NULL)
		return;
	roster_free(&p->roster);
	arena_free(p->text);
	map_free(p->index);
	free(p->row);
	free(p->joined);
	free(p);
}

/* What people and spreadsheets write for yes and no; blank is yes. */
static int
decode_leads(
    bool *takes_leads, const struct record *rec, size_t slot, struct fault *f)
{
	static const char *const yes[] = { "", "true", "1", "ja" };
	static const char *const no[] = { "false", "0", "nee" };
	struct text t;
	size_t i;

	if (field_text(&t, rec, slot, "na_leads_aan", f) == -1)
		return -1;
	t = text_trim(t);
	for (i = 0; i < sizeof(yes) / sizeof(yes[0]); i++)
		if (text_is_nocase(t, yes[i])) {
			*takes_leads = true;
			return 0;
		}
	for (i = 0; i < sizeof(no) / sizeof(no[0]); i++)
		if (text_is_nocase(t, no[i])) {
			*takes_leads = false;
			return 0;
		}
	return fault_set(f, FAULT_DATA,
	    "na_leads_aan is '%.*s'; write TRUE, FALSE, JA, NEE, 1, 0 or "
	    "nothing in the tab",
	    TEXT_ARG(t));
}

static int
decode_text(struct presence *p, struct text *t, const struct record *rec,
    size_t slot, const char *name, struct fault *f)
{
	if (field_text(t, rec, slot, name, f) == -1)
		return -1;
	*t = text_trim(*t);
	if (t->len == 0)
		*t = (struct text){ NULL, 0 };
	else
		*t = arena_copy(p->text, *t);
	return 0;
}

static int
add_row(struct presence *p, const struct record *rec, struct fault *f)
{
	struct availability *a;

	p->row = xgrow(p->row, p->nr, &p->cap, sizeof(*p->row));
	a = &p->row[p->nr];
	*a = (struct availability){ 0 };
	if (decode_text(p, &a->coach_id, rec, p->id, "coach_id", f) == -1 ||
	    decode_text(p, &a->coach_name, rec, p->name, "Coachnaam", f) ==
		-1 ||
	    decode_leads(&a->takes_leads, rec, p->on, f) == -1 ||
	    decode_text(p, &a->away_from, rec, p->from, "afwezig_van", f) ==
		-1 ||
	    decode_text(p, &a->away_until, rec, p->until, "afwezig_tot", f) ==
		-1 ||
	    decode_text(p, &a->note, rec, p->note, "notitie", f) == -1 ||
	    decode_text(p, &a->changed_at, rec, p->changed, "laatst_gewijzigd",
		f) == -1)
		return -1;
	if (a->coach_id.p == NULL)
		return fault_set(f, FAULT_DATA,
		    "a row of the tab has no coach_id; fill it in, or clear "
		    "the row");
	p->nr++;
	return 0;
}

int
presence_add(struct presence *p, const struct record *rec, struct fault *f)
{
	if (text_is(record_text(rec, p->type), "row"))
		return add_row(p, rec, f);
	return roster_add(&p->roster, rec, f) == -1 ? -1 : 0;
}

size_t
presence_coaches(const struct presence *p)
{
	return p->roster.nr;
}

size_t
presence_rows(const struct presence *p)
{
	return p->nr;
}

static bool
is_away(const struct availability *a, day_nr today)
{
	day_nr from, until;

	return day_parse(a->away_from, &from) &&
	       day_parse(a->away_until, &until) && from <= today &&
	       today <= until;
}

static void
set_status(struct availability *a, day_nr today)
{
	if (!a->takes_leads)
		a->status = AVAILABLE_OFF;
	else
		a->status = is_away(a, today) ? AVAILABLE_AWAY : AVAILABLE;
}

static void
join_coaches(struct presence *p)
{
	const struct coach_row *coach;
	size_t i;
	bool is_new;

	for (i = 0; i < p->roster.nr; i++) {
		coach = &p->roster.row[i];
		if (coach->id.len == 0)
			continue;
		map_intern(p->index, coach->id, &is_new);
		if (is_new)
			p->joined[p->joined_nr++] =
			    (struct availability){ .coach_id = coach->id,
				    .coach_name = coach->name,
				    .takes_leads = true };
	}
}

void
presence_join(struct presence *p, day_nr today,
    void (*tell)(void *, struct text id), void *arg)
{
	struct map *seen = map_new();
	struct text name;
	size_t i, at;
	bool is_new;

	p->today = today;
	p->joined = xcalloc(p->roster.nr + p->nr, sizeof(*p->joined));
	join_coaches(p);
	for (i = 0; i < p->nr; i++) {
		map_intern(seen, p->row[i].coach_id, &is_new);
		if (!is_new) {
			tell(arg, p->row[i].coach_id);
			continue;
		}
		at = map_intern(p->index, p->row[i].coach_id, &is_new);
		/* the run knows what a coach is called now */
		name = is_new ? p->row[i].coach_name : p->joined[at].coach_name;
		p->joined[at] = p->row[i];
		p->joined[at].coach_name = name;
		p->joined_nr += is_new;
	}
	map_free(seen);
	for (i = 0; i < p->joined_nr; i++)
		set_status(&p->joined[i], today);
}

/* Whether it is another text than before. */
static bool
change(struct text *t, struct text to)
{
	bool is_other = to.p != NULL && !text_equal(*t, to);

	if (is_other)
		*t = to.len == 0 ? (struct text){ NULL, 0 } : to;
	return is_other;
}

/* The days would not be in order: such a row has no effect. */
static bool
starts_late(const struct availability *a, const struct presence_edit *edit)
{
	struct text from = edit->from.p != NULL ? edit->from : a->away_from;
	struct text until = edit->until.p != NULL ? edit->until : a->away_until;
	day_nr first, last;

	return (edit->from.p != NULL || edit->until.p != NULL) &&
	       day_parse(from, &first) && day_parse(until, &last) &&
	       first > last;
}

int
presence_edit(
    struct presence *p, const struct presence_edit *edit, struct fault *f)
{
	size_t at = map_get(p->index, edit->coach_id);
	bool takes_leads, is_changed = false;
	struct availability *a;

	if (at == MAP_NONE)
		return fault_set(f, FAULT_DATA,
		    "no coach '%.*s' in the run nor in the tab",
		    TEXT_ARG(edit->coach_id));
	a = &p->joined[at];
	if (starts_late(a, edit))
		return fault_set(f, FAULT_DATA,
		    "the first day away would be after the last; give both "
		    "--from and --until");
	takes_leads = edit->leads == LEADS_AS_IS ? a->takes_leads
						 : edit->leads == LEADS_ON;
	is_changed |= takes_leads != a->takes_leads;
	a->takes_leads = takes_leads;
	is_changed |= change(&a->away_from, edit->from);
	is_changed |= change(&a->away_until, edit->until);
	is_changed |= change(&a->note, edit->note);
	if (is_changed)
		a->changed_at = edit->stamp;
	set_status(a, p->today);
	return 0;
}

bool
presence_next(struct presence *p, struct buf *line)
{
	size_t i = p->at++, k, count[AVAILABLE_STATUSES] = { 0 };

	buf_clear(line);
	if (i < p->joined_nr) {
		availability_put(&p->joined[i], line);
	} else if (i == p->joined_nr) {
		for (k = 0; k < p->joined_nr; k++)
			count[p->joined[k].status]++;
		availability_summary_put(count, line);
	}
	return line->len > 0;
}
