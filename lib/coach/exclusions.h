/*
 * exclusions.h - the coaches that the pages leave out
 *
 * The files and the bound of eligibility(1) have them all; only what people
 * look at and choose from leaves them out.
 */
#ifndef KPIPE_EXCLUSIONS_H
#define KPIPE_EXCLUSIONS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"

#define EXCLUSIONS_MAX 64

struct exclusions {
	struct text name[EXCLUSIONS_MAX]; /* left out when equal */
	size_t nr;
	struct text part; /* left out when it is in the name, ASCII letters
			     of either case; empty: none */
};

/* Those of the company that the figures were made for. */
void exclusions_init(struct exclusions *);

/* A coach of that name is left out; one without a name is not. */
bool exclusions_have(const struct exclusions *, struct text name);

#endif
