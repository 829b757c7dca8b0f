/*
 * people.h - the people of a roster, found by every form of their names
 *
 * In memory as a whole. Pure.
 */
#ifndef KPIPE_MATCH_PEOPLE_H
#define KPIPE_MATCH_PEOPLE_H

#include "match/keys.h"
#include "match/name.h"
#include "match/teams.h"
#include "record/person.h"

/* Who of a roster is active: the words for it, in their plain form. */
struct people_rule {
	const struct text *status; /* one of these, or none at all */
	size_t statuses;
	const struct text *role; /* one of these, or none at all */
	size_t roles;
	const struct text *excluded; /* teams, as teams_of has them */
	size_t excludeds;
};

struct people_entry {
	struct text id;
	struct text name; /* as the roster writes it */
	struct text team; /* as the roster writes it; may be "no text" */
	struct text team_key;
	struct text user_id;
	bool active;
	struct name form;
};

struct people {
	struct arena *keep;
	struct people_entry *entry; /* in the roster's order */
	size_t nr, cap;
	const struct teams *teams;
	const struct people_rule *rule;
	struct map *ids;
	/* by these keys, who */
	struct keys *plain, *loose, *sorted, *ends, *user_id, *token;
};

/* Both are borrowed. */
struct people *people_new(const struct teams *, const struct people_rule *);
/* Takes NULL. */
void people_free(struct people *);

/* Errors: FAULT_DATA: an id that is there already, a name that is none. */
int people_add(struct people *, const struct person *, struct fault *);

/*
 * The first and the last token, whichever comes first: the key of ends. In keep.
 */
struct text people_ends(const struct name *, struct arena *keep);

/*
 * Active people whose name another active person has: true for the next one, of
 * whom *at is the index; starts at 0 and is passed on plus 1. Each name is told
 * once.
 */
bool people_namesake(const struct people *, size_t *at);

#endif
