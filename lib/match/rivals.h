/*
 * rivals.h - whose name explains a spelling, and with how many mistakes
 *
 * The rules look at one thing each, so they may point at one person where the
 * spelling is as well, or better, somebody else's with a letter wrong. Here all
 * words count, initials among them. Pure; not for two threads.
 */
#ifndef KPIPE_RIVALS_H
#define KPIPE_RIVALS_H

#include <stdbool.h>

#include "match/name.h"

#define RIVALS_MOST  2	/* more mistakes are not told apart */
#define RIVALS_WORDS 24 /* names of more are not told from any other */

struct rivals;

/* The names are borrowed. */
struct rivals *rivals_new(const struct name *const *name, size_t nr);
/* Takes NULL. */
void rivals_free(struct rivals *);

/* Turn to a spelling, which is borrowed until the next one. */
void rivals_ask(struct rivals *, const struct name *);

/*
 * The mistakes with which the spelling asked for means the name of that index,
 * or RIVALS_MOST + 1. A word of the spelling costs nothing where the name has
 * it, in any order, or where one of the two is the other's initial; else as
 * many as letters are wrong, missing, too many or swapped with their neighbour,
 * and 1 when the end is cut off. An initial that the name does not have costs
 * 1; a word 2, where there are three words or more, and else too many. What
 * stands in the name alone costs nothing: people leave out names. Blanks in the
 * wrong place cost 1 each, where all else is in order.
 */
unsigned rivals_mistakes(const struct rivals *, size_t index);

/*
 * With how many mistakes somebody else may be meant as well as the one whom a
 * rule found, with that many: as many; of three words or more, of which one may
 * be a name that nobody has, RIVALS_MOST, unless there are none.
 */
unsigned rivals_bound(const struct rivals *, unsigned mistakes);

/*
 * The next name from *index on of at most bound mistakes: false when there is
 * none.
 */
bool rivals_next(const struct rivals *, unsigned bound, size_t *index);

#endif
