#include "match/people.h"

#include <stdlib.h>

#include "base/map.h"
#include "base/xalloc.h"

struct people *
people_new(const struct teams *teams, const struct people_rule *rule)
{
	struct people *p = xcalloc(1, sizeof(*p));

	p->keep = arena_new();
	p->teams = teams;
	p->rule = rule;
	p->ids = map_new();
	p->plain = keys_new();
	p->loose = keys_new();
	p->sorted = keys_new();
	p->ends = keys_new();
	p->user_id = keys_new();
	p->token = keys_new();
	return p;
}

void
people_free(struct people *p)
{
	if (p == NULL)
		return;
	arena_free(p->keep);
	free(p->entry);
	map_free(p->ids);
	keys_free(p->plain);
	keys_free(p->loose);
	keys_free(p->sorted);
	keys_free(p->ends);
	keys_free(p->user_id);
	keys_free(p->token);
	free(p);
}

static bool
is_among(struct text t, const struct text *list, size_t nr)
{
	size_t i;

	for (i = 0; i < nr; i++)
		if (text_equal(t, list[i]))
			return true;
	return false;
}

static bool
is_active(
    const struct people *p, const struct person *person, struct text team_key)
{
	const struct people_rule *rule = p->rule;

	if (person->status.p != NULL &&
	    !is_among(name_plain(person->status, p->keep), rule->status,
		rule->statuses))
		return false;
	if (person->role.p != NULL &&
	    !is_among(
		name_plain(person->role, p->keep), rule->role, rule->roles))
		return false;
	return !is_among(team_key, rule->excluded, rule->excludeds);
}

struct text
people_ends(const struct name *name, struct arena *keep)
{
	struct text a = name->token[0], b = name->token[name->nr - 1], both;
	char *p = arena_alloc(keep, a.len + 1 + b.len);

	if (text_compare(a, b) > 0) {
		both = a;
		a = b;
		b = both;
	}
	memcpy(p, a.p, a.len);
	p[a.len] = ' ';
	memcpy(p + a.len + 1, b.p, b.len);
	return (struct text){ p, a.len + 1 + b.len };
}

static void
index_name(struct people *p, size_t index)
{
	const struct people_entry *e = &p->entry[index];
	const struct name *name = &e->form;
	size_t i, j;

	keys_add(p->plain, name->plain, index);
	keys_add(p->loose, name->loose, index);
	keys_add(p->sorted, name->sorted, index);
	if (name->nr >= 2)
		keys_add(p->ends, people_ends(name, p->keep), index);
	if (e->user_id.p != NULL)
		keys_add(p->user_id, e->user_id, index);
	for (i = 0; i < name->nr; i++) {
		for (j = 0; j < i; j++)
			if (text_equal(name->token[i], name->token[j]))
				break;
		if (j == i)
			keys_add(p->token, name->token[i], index);
	}
}

static struct text
keep_text(struct people *p, struct text t)
{
	return t.p == NULL ? t : arena_copy(p->keep, t);
}

int
people_add(struct people *p, const struct person *person, struct fault *f)
{
	struct people_entry *e;
	bool added;

	if (person->name.len > NAME_MAX_LEN)
		return fault_set(f, FAULT_DATA,
		    "the name is longer than %d bytes", NAME_MAX_LEN);
	map_intern(p->ids, person->id, &added);
	if (!added)
		return fault_set(f, FAULT_DATA,
		    "id '%.*s' is in the roster already", TEXT_ARG(person->id));
	p->entry = xgrow(p->entry, p->nr, &p->cap, sizeof(*p->entry));
	e = &p->entry[p->nr];
	*e = (struct people_entry){
		.id = keep_text(p, person->id),
		.name = keep_text(p, person->name),
		.team = keep_text(p, person->team),
		.team_key = teams_of(p->teams, person->team, p->keep),
		.user_id = keep_text(p, person->hubstaff_user_id),
	};
	e->active = is_active(p, person, e->team_key);
	name_make(&e->form, e->name, p->keep);
	if (e->form.nr == 0)
		return fault_set(f, FAULT_DATA, "the name '%.*s' has no letter",
		    TEXT_ARG(e->name));
	index_name(p, p->nr++);
	return 0;
}

bool
people_namesake(const struct people *p, size_t *at)
{
	size_t place, active;
	bool told;

	for (; *at < p->nr; ++*at) {
		active = 0;
		told = false;
		place = keys_first(p->loose, p->entry[*at].form.loose);
		for (; place != KEYS_END; place = keys_next(p->loose, place)) {
			if (!p->entry[keys_at(p->loose, place)].active)
				continue;
			active++;
			told |= keys_at(p->loose, place) < *at;
		}
		if (p->entry[*at].active && active > 1 && !told)
			return true;
	}
	return false;
}
