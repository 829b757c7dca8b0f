/*
 * near.h - which names of many are like a given one
 *
 * Finds exactly what comparing with each of them would: names are passed over
 * only where their lengths, the letters they share and how they begin show that
 * they cannot be as like as asked for. Pure; not for two threads.
 */
#ifndef KPIPE_NEAR_H
#define KPIPE_NEAR_H

#include "match/name.h"

struct near;

struct near_hit {
	size_t index; /* of the name */
	double similarity;
};

/* The names are borrowed; least is the similarity from which one counts. */
struct near *near_new(const struct name *const *name, size_t nr, double least);
/* Takes NULL. */
void near_free(struct near *);

/* Most alike first, then by index. Good until the next call. */
size_t near_find(struct near *, const struct name *, const struct near_hit **);

#endif
