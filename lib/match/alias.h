/*
 * alias.h - who is meant by a name, as people said it by hand
 */
#ifndef KPIPE_MATCH_ALIAS_H
#define KPIPE_MATCH_ALIAS_H

#include "match/people.h"
#include "record/named_row.h"

struct aliases;

enum alias_note {
	ALIAS_FINE,
	ALIAS_EMPTY,   /* says nobody yet: passed over */
	ALIAS_UNKNOWN, /* whom it means is not in the roster: passed over */
};

/* The people are borrowed. */
struct aliases *aliases_new(const struct people *);
/* Takes NULL. */
void aliases_free(struct aliases *);

/*
 * source is a name of a source, or * for all; canonical is a name of the
 * roster, or ignore. Returns an enum alias_note, or -1.
 *
 * Errors: FAULT_DATA: no such source, a raw name without letters, or one that
 * meant somebody else before.
 */
int aliases_add(struct aliases *, struct text source, struct text raw,
    struct text canonical, struct fault *);

/*
 * Whom the loose form of a name means: true when there is an alias, and
 * canonical is then a name's plain form, or "no text": it is to be ignored.
 */
bool aliases_get(const struct aliases *, enum name_source, struct text loose,
    struct text *canonical);

#endif
