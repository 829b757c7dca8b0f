/*
 * names.h - what the coaches are called
 */
#ifndef KPIPE_NAMES_H
#define KPIPE_NAMES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"
#include "record/owner.h"

/* The coach of a deal without an owner, and the name of one nobody knows. */
#define COACH_UNKNOWN "UNKNOWN"

struct names;

struct names *names_new(void);
void names_free(struct names *);

/*
 * Know an owner. A deactivated one is passed over: the figures call such a
 * coach unknown, and the pages then leave the coach out. Of two with one id the
 * last counts.
 */
void names_put(struct names *, const struct owner *);

size_t names_nr(const struct names *);
/* "No text" for a coach who is not known. */
struct text names_get(const struct names *, struct text id);

/* Put them in the order of the ids' text; then the i-th is this. */
void names_sort(struct names *);
void names_at(
    const struct names *, size_t i, struct text *id, struct text *name);

#endif
