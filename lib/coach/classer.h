/*
 * classer.h - put deals into classes as they stream by
 *
 * Owners must come before the first deal, so that nothing has to be kept but
 * these and what is known of each stage.
 */
#ifndef KPIPE_CLASSER_H
#define KPIPE_CLASSER_H

#include "coach/mapping.h"
#include "coach/settings.h"

struct classer;

/* The settings and the mapping, which may be an empty one, are borrowed. */
struct classer *classer_new(
    const struct coach_settings *, struct mapping *, struct json_shape *);
void classer_free(struct classer *);

enum classer_verdict {
	CLASSER_PASS, /* no deal: goes on as it is */
	CLASSER_DEAL, /* goes on with the members spliced in */
	CLASSER_DROP, /* a deal without a readable date */
};

/*
 * What is to be done with a record; member is emptied and gets the members of a
 * deal. Returns a verdict, or -1.
 *
 * Errors: FAULT_DATA for a record that is not as its page says, one that comes
 * too late, or a deal that has its class already.
 */
int classer_add(struct classer *, const struct record *, struct buf *member,
    struct fault *);

struct classer_counts {
	uint64_t deals;	  /* with a date */
	uint64_t undated; /* dropped */
	size_t owners;
	const char *unseen; /* a property that no deal has; NULL: none */
};

void classer_counts(const struct classer *, struct classer_counts *);

/* A stage that was in the input, as a record or in a deal. */
struct met_stage {
	struct text pipeline_id;
	struct text stage_id;
	struct text label; /* empty when there was no record of it */
	uint64_t deals;	   /* with a date */
};

/*
 * The stages that were met and that no row of the mapping is about, in the
 * order in which they came; false behind the last, and for an empty mapping.
 * *at is 0 at first.
 */
bool classer_unmapped(
    const struct classer *, size_t *at, struct met_stage *stage);

/* The settings name a pipeline that is not among those of the input. */
bool classer_lacks_nabeller(const struct classer *);
bool classer_lacks_begeleiding(const struct classer *);

#endif
