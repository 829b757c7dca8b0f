#include "match/matcher.h"

#include <stdlib.h>

#include "base/map.h"
#include "base/unicode.h"
#include "base/xalloc.h"
#include "match/jaro_winkler.h"
#include "match/near.h"
#include "match/rivals.h"

#define SINGLE_LETTERS 4 /* of a name of one word that may be part of one */

const char *const match_method_name[] = { NULL, "alias", "exact", "id",
	"tokens", "first_last", "contains", "fuzzy" };
const char *const match_reason_name[] = { NULL, "none", "ambiguous", "conflict",
	"inactive", "ignore" };

/* People a rule points at, each once. */
struct crowd {
	size_t *person;
	size_t nr, cap;
};

struct matcher {
	const struct people *people;
	const struct aliases *aliases;
	const struct teams *teams;
	const struct match_rule *rule;
	const struct name **form; /* of the people */
	struct near *near;
	struct rivals *rivals;
	struct map *asked;    /* questions, to outcomes */
	struct map *claimant; /* names in their loose form */
	struct match_outcome *outcome;
	size_t nr, cap;
	struct arena *keep;

	/* of the question at hand */
	struct arena *scratch;
	const struct match_name *query;
	struct text team_key;
	struct name name;
	struct crowd crowd;
	const struct near_hit *hit;
	size_t hits;
	bool no_group; /* what the rule found is not for the team to settle */
	unsigned *shared; /* tokens with each person; all 0 between */
	struct buf key;
};

struct matcher *
matcher_new(const struct people *people, const struct aliases *aliases,
    const struct teams *teams, const struct match_rule *rule)
{
	struct matcher *m = xcalloc(1, sizeof(*m));
	double least = rule->accept - rule->margin;
	size_t i;

	m->people = people;
	m->aliases = aliases;
	m->teams = teams;
	m->rule = rule;
	m->form = xcalloc(people->nr, sizeof(*m->form));
	for (i = 0; i < people->nr; i++)
		m->form[i] = &people->entry[i].form;
	m->near = near_new(
	    m->form, people->nr, least < rule->suggest ? least : rule->suggest);
	m->rivals = rivals_new(m->form, people->nr);
	m->asked = map_new();
	m->claimant = map_new();
	m->keep = arena_new();
	m->scratch = arena_new();
	m->shared = xcalloc(people->nr, sizeof(*m->shared));
	buf_init(&m->key, SIZE_MAX / 2);
	return m;
}

void
matcher_free(struct matcher *m)
{
	if (m == NULL)
		return;
	free(m->form);
	near_free(m->near);
	rivals_free(m->rivals);
	map_free(m->asked);
	map_free(m->claimant);
	free(m->outcome);
	arena_free(m->keep);
	arena_free(m->scratch);
	free(m->crowd.person);
	free(m->shared);
	buf_free(&m->key);
	free(m);
}

static void
crowd_add(struct crowd *crowd, size_t person)
{
	crowd->person = xgrow(
	    crowd->person, crowd->nr, &crowd->cap, sizeof(*crowd->person));
	crowd->person[crowd->nr++] = person;
}

static void
crowd_of(struct crowd *crowd, const struct keys *keys, struct text key)
{
	size_t place;

	for (place = keys_first(keys, key); place != KEYS_END;
	     place = keys_next(keys, place))
		crowd_add(crowd, keys_at(keys, place));
}

static double
similarity(struct matcher *m, size_t person)
{
	const struct name *a = &m->name, *b = m->form[person];
	unsigned char *mark =
	    arena_alloc(m->scratch, a->points + b->points + 1);

	return jaro_winkler(a->point, a->points, b->point, b->points, mark);
}

/* Every token of the shorter name is in the longer one, as often. */
static bool
contains(const struct name *longer, const struct name *shorter)
{
	bool *taken = xcalloc(longer->nr, sizeof(*taken));
	bool all = true;
	size_t i, j;

	for (i = 0; all && i < shorter->nr; i++) {
		for (j = 0; j < longer->nr; j++)
			if (!taken[j] &&
			    text_equal(shorter->token[i], longer->token[j]))
				break;
		all = j < longer->nr;
		if (all)
			taken[j] = true;
	}
	free(taken);
	return all;
}

static bool
may_be_single(const struct matcher *m)
{
	struct code_points points = { 0 };
	size_t i, letters = 0;

	if (!m->rule->single[m->query->source])
		return false;
	unicode_decode(&points, m->name.token[0]);
	for (i = 0; i < points.nr; i++)
		letters += unicode_is_letter(points.p[i]);
	code_points_free(&points);
	return letters >= SINGLE_LETTERS;
}

static void
try_contains(struct matcher *m)
{
	const struct keys *token = m->people->token;
	struct crowd sharing = { 0 };
	const struct name *other;
	size_t i, place, person;

	if (m->name.nr == 1) {
		if (may_be_single(m))
			crowd_of(&m->crowd, token, m->name.token[0]);
		/* of several, a word alone does not even name the team's */
		m->no_group = true;
		return;
	}
	for (i = 0; i < m->name.nr; i++)
		for (place = keys_first(token, m->name.token[i]);
		     place != KEYS_END; place = keys_next(token, place)) {
			person = keys_at(token, place);
			if (m->shared[person]++ == 0)
				crowd_add(&sharing, person);
		}
	for (i = 0; i < sharing.nr; i++) {
		person = sharing.person[i];
		other = m->form[person];
		if (m->shared[person] >= 2 &&
		    (other->nr >= m->name.nr ? contains(other, &m->name)
					     : contains(&m->name, other)))
			crowd_add(&m->crowd, person);
		m->shared[person] = 0;
	}
	free(sharing.person);
}

/*
 * Somebody who left, in a roster that has an active person of the very name, is
 * that person's older entry.
 */
static bool
is_older_entry(
    const struct matcher *m, size_t person, const size_t *crowd, size_t nr)
{
	const struct people_entry *e = &m->people->entry[person], *other;
	size_t i;

	for (i = 0; !e->active && i < nr; i++) {
		other = &m->people->entry[crowd[i]];
		if (other->active &&
		    text_equal(other->form.loose, e->form.loose))
			return true;
	}
	return false;
}

static void
drop_older_entries(const struct matcher *m, struct crowd *crowd)
{
	size_t i, nr = 0, *kept;

	if (crowd->nr < 2)
		return;
	kept = xcalloc(crowd->nr, sizeof(*kept));
	for (i = 0; i < crowd->nr; i++)
		if (!is_older_entry(
			m, crowd->person[i], crowd->person, crowd->nr))
			kept[nr++] = crowd->person[i];
	memcpy(crowd->person, kept, nr * sizeof(*kept));
	crowd->nr = nr;
	free(kept);
}

static double
hit_similarity(const struct matcher *m, size_t person)
{
	size_t i;

	for (i = 0; i < m->hits; i++)
		if (m->hit[i].index == person)
			return m->hit[i].similarity;
	return 0;
}

static bool
is_close(const struct matcher *m, size_t person)
{
	return hit_similarity(m, person) >= m->rule->accept &&
	       m->form[person]->nr == m->name.nr;
}

/* Those too close to the best to tell them apart: one, if any, is a match. */
static void
try_fuzzy(struct matcher *m)
{
	struct crowd *crowd = &m->crowd;
	bool some = false;
	double best;
	size_t i, nr = 0;

	if (!m->rule->fuzzy)
		return;
	for (i = 0; i < m->hits; i++)
		crowd_add(crowd, m->hit[i].index);
	drop_older_entries(m, crowd);
	best = crowd->nr == 0 ? 0 : hit_similarity(m, crowd->person[0]);
	for (i = 0; i < crowd->nr; i++) {
		some |= is_close(m, crowd->person[i]);
		if (i == 0 || best - hit_similarity(m, crowd->person[i]) <
				  m->rule->margin)
			crowd->person[nr++] = crowd->person[i];
	}
	crowd->nr = some ? nr : 0;
}

/* Try the rules; the first that points at somebody is the method. */
static enum match_method
try_rules(struct matcher *m)
{
	const struct people *p = m->people;
	const struct name *name = &m->name;
	struct crowd *crowd = &m->crowd;
	struct text text;

	if (aliases_get(m->aliases, m->query->source, name->loose, &text)) {
		if (text.p != NULL)
			crowd_of(crowd, p->plain, text);
		return MATCH_ALIAS;
	}
	if (m->query->source == NAMES_HUBSTAFF && m->query->user_id.p != NULL)
		crowd_of(crowd, p->user_id, m->query->user_id);
	if (crowd->nr > 0)
		return MATCH_ID;
	if (name->nr == 0)
		return MATCH_NONE;
	crowd_of(crowd, p->plain, name->plain);
	if (crowd->nr == 0)
		crowd_of(crowd, p->loose, name->loose);
	if (crowd->nr > 0)
		return MATCH_EXACT;
	crowd_of(crowd, p->sorted, name->sorted);
	if (crowd->nr > 0)
		return MATCH_TOKENS;
	if (name->nr >= 2)
		crowd_of(crowd, p->ends, people_ends(name, m->scratch));
	if (crowd->nr > 0)
		return MATCH_FIRST_LAST;
	try_contains(m);
	if (crowd->nr > 0)
		return MATCH_CONTAINS;
	m->no_group = false;
	try_fuzzy(m);
	return crowd->nr > 0 ? MATCH_FUZZY : MATCH_NONE;
}

/* The one of the crowd who is in the team that the row names. */
static size_t
one_of_team(const struct matcher *m)
{
	size_t i, found = MATCH_NOBODY;

	if (m->no_group || m->team_key.p == NULL)
		return MATCH_NOBODY;
	for (i = 0; i < m->crowd.nr; i++) {
		if (!text_equal(m->people->entry[m->crowd.person[i]].team_key,
			m->team_key))
			continue;
		if (found != MATCH_NOBODY)
			return MATCH_NOBODY;
		found = m->crowd.person[i];
	}
	return found;
}

static bool
all_inactive(const struct matcher *m)
{
	size_t i;

	for (i = 0; i < m->crowd.nr; i++)
		if (m->people->entry[m->crowd.person[i]].active)
			return false;
	return true;
}

static bool
is_in(const struct crowd *crowd, size_t person)
{
	size_t i;

	for (i = 0; i < crowd->nr && crowd->person[i] != person; i++)
		;
	return i < crowd->nr;
}

/*
 * Others whom the spelling may mean as well as the one that the rule found; the
 * very name, an id and what people said are beyond doubt, and so are its words
 * in another order.
 */
static bool
add_rivals(struct matcher *m, size_t one, enum match_method method)
{
	struct crowd *crowd = &m->crowd;
	size_t i, nr = crowd->nr;
	unsigned mistakes, bound;

	if (method < MATCH_TOKENS)
		return false;
	rivals_ask(m->rivals, &m->name);
	mistakes = rivals_mistakes(m->rivals, one);
	if (mistakes == 0 && method == MATCH_TOKENS)
		return false;
	bound = rivals_bound(m->rivals, mistakes);
	for (i = 0; rivals_next(m->rivals, bound, &i); i++)
		if (!is_in(crowd, i) && !is_older_entry(m, i, &one, 1))
			crowd_add(crowd, i);
	return crowd->nr > nr;
}

static void
settle(struct matcher *m, struct match_outcome *o)
{
	struct crowd *crowd = &m->crowd;
	size_t one;

	drop_older_entries(m, crowd);
	one = crowd->nr == 1 ? crowd->person[0] : MATCH_NOBODY;
	if (crowd->nr > 1) {
		one = one_of_team(m);
		o->by_group = one != MATCH_NOBODY;
	}
	/* the best may be one of more words, or fewer */
	if (one != MATCH_NOBODY && o->method == MATCH_FUZZY &&
	    !is_close(m, one))
		one = MATCH_NOBODY;
	if (one != MATCH_NOBODY && add_rivals(m, one, o->method)) {
		o->by_group = one_of_team(m) == one;
		if (!o->by_group)
			one = MATCH_NOBODY;
	}
	if (one == MATCH_NOBODY) {
		o->by_group = false;
		o->reason =
		    all_inactive(m) ? REASON_INACTIVE : REASON_AMBIGUOUS;
		return;
	}
	o->found = (struct match_candidate){ one, similarity(m, one) };
	o->reason =
	    m->people->entry[one].active ? REASON_FOUND : REASON_INACTIVE;
}

/* Of equals the first by id: the order of the roster is no matter. */
static int
best_first(const void *a, const void *b, void *arg)
{
	const struct match_candidate *x = a, *y = b;
	const struct people_entry *entry =
	    ((const struct matcher *)arg)->people->entry;

	if (x->similarity != y->similarity)
		return x->similarity > y->similarity ? -1 : 1;
	return text_compare(entry[x->person].id, entry[y->person].id);
}

/* Whom the rule pointed at; when it did at nobody, who has a similar name. */
static void
set_candidates(struct matcher *m, struct match_outcome *o)
{
	struct match_candidate *all;
	size_t i, nr = 0;

	all = xcalloc(m->crowd.nr + m->hits + 1, sizeof(*all));
	if (o->found.person != MATCH_NOBODY)
		all[nr++] = o->found;
	else if (m->crowd.nr > 0)
		for (i = 0; i < m->crowd.nr; i++)
			all[nr++] = (struct match_candidate){
				m->crowd.person[i],
				similarity(m, m->crowd.person[i]),
			};
	else
		for (i = 0; i < m->hits; i++)
			if (m->hit[i].similarity >= m->rule->suggest)
				all[nr++] =
				    (struct match_candidate){ m->hit[i].index,
					    m->hit[i].similarity };
	if (nr > 1)
		qsort_r(all, nr, sizeof(*all), best_first, m);
	o->candidates = nr < MATCH_CANDIDATES ? nr : MATCH_CANDIDATES;
	memcpy(o->candidate, all, o->candidates * sizeof(*all));
	free(all);
}

static void
set_runner_up(struct matcher *m, struct match_outcome *o)
{
	struct match_candidate *best = &o->runner_up, other;
	size_t i;

	for (i = 0; i < m->hits; i++) {
		other = (struct match_candidate){ m->hit[i].index,
			m->hit[i].similarity };
		if (other.person == o->found.person ||
		    other.similarity < m->rule->suggest)
			continue;
		if (best->person == MATCH_NOBODY ||
		    best_first(&other, best, m) < 0)
			*best = other;
	}
}

static void
find(struct matcher *m, struct match_outcome *o)
{
	o->found.person = o->runner_up.person = MATCH_NOBODY;
	m->crowd.nr = 0;
	m->no_group = false;
	m->hits = near_find(m->near, &m->name, &m->hit);
	o->method = try_rules(m);
	if (m->crowd.nr > 0)
		settle(m, o);
	else if (o->method == MATCH_ALIAS)
		o->reason = REASON_IGNORE;
	else
		o->reason = REASON_NONE;
	if (o->reason == REASON_FOUND)
		set_runner_up(m, o);
	else
		set_candidates(m, o);
}

/* Several texts as one key. */
static struct text
join(struct matcher *m, enum name_source source, struct text a, struct text b,
    struct text c)
{
	buf_clear(&m->key);
	buf_char(&m->key, (char)source);
	buf_add(&m->key, &a.len, sizeof(a.len));
	buf_text(&m->key, a);
	buf_add(&m->key, &b.len, sizeof(b.len));
	buf_text(&m->key, b);
	buf_text(&m->key, c);
	return buf_view(&m->key);
}

int
matcher_find(struct matcher *m, const struct match_name *query, size_t *number,
    struct fault *f)
{
	static const struct text none = { NULL, 0 };
	struct match_outcome *o;
	bool added;

	if (query->raw.len > NAME_MAX_LEN || query->group.len > NAME_MAX_LEN)
		return fault_set(f, FAULT_DATA,
		    "a name is longer than %d bytes", NAME_MAX_LEN);
	*number = map_intern(m->asked,
	    join(m, query->source, query->raw, query->group, query->user_id),
	    &added);
	if (!added)
		return 0;
	m->outcome = xgrow(m->outcome, m->nr, &m->cap, sizeof(*m->outcome));
	o = &m->outcome[m->nr++];
	*o = (struct match_outcome){ .source = query->source };
	if (query->raw.p != NULL)
		o->raw = arena_copy(m->keep, query->raw);
	m->query = query;
	m->team_key = teams_of(m->teams, query->group, m->scratch);
	name_make(&m->name, query->raw, m->scratch);
	o->claimant = map_intern(m->claimant,
	    join(m, query->source, m->name.loose, query->user_id, none), NULL);
	find(m, o);
	arena_clear(m->scratch);
	return 0;
}

const struct match_outcome *
matcher_outcome(const struct matcher *m, size_t outcome)
{
	return &m->outcome[outcome];
}

size_t
matcher_names(const struct matcher *m)
{
	return m->nr;
}
