/*
 * claims.h - which names stand for a person in one source on one day
 *
 * Names that are the person's beyond doubt (by alias, id, or the same name) all
 * stand. Of others the one by the strongest rule does, where nobody has a
 * stronger claim and no other name as strong a one. The order in which claims
 * come makes no difference. Memory goes by people and days. Pure.
 */
#ifndef KPIPE_MATCH_CLAIMS_H
#define KPIPE_MATCH_CLAIMS_H

#include "match/matcher.h"

struct claims;

struct claims *claims_new(void);
/* Takes NULL. */
void claims_free(struct claims *);

/* A day of a source: its number. */
size_t claims_day(struct claims *, enum name_source, struct text date);
struct text claims_date(const struct claims *, size_t day);

/* The outcome found somebody: a number for claims_stand. */
size_t claims_add(struct claims *, size_t day, const struct match_outcome *);
/* When all were added. */
bool claims_stand(
    const struct claims *, size_t claim, const struct match_outcome *);

/* A day, in the order of sources and dates: false when there is no i-th. */
bool claims_day_at(struct claims *, size_t i, enum name_source *, size_t *day);
/* Some name stands for the person that day. */
bool claims_has(const struct claims *, size_t day, size_t person);

#endif
