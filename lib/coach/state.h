/*
 * state.h - what pages say of a coach, as something to choose and count by
 */
#ifndef KPIPE_COACH_STATE_H
#define KPIPE_COACH_STATE_H

#include "base/text.h"

/* In the order of lists. */
enum coach_state {
	STATE_GOOD,
	STATE_FAIR,
	STATE_NABELLER, /* excluded: too many deals of the nabellers */
	STATE_EXCLUDED,
	STATE_NO_DATA,
	STATE_OTHER, /* a label that nobody knows */
	STATES,
};

/* "✅ Goed"; in files "Geen data" has no mark and is the same state. */
const char *coach_state_label(enum coach_state);
/* A word for links and options: good fair nabeller excluded none other. */
const char *coach_state_word(enum coach_state);
/* A label of a file of any age, or of a status. */
enum coach_state coach_state_of(struct text label);

#endif
