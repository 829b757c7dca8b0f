/*
 * teams.h - what a team is called; see name-match(1)
 *
 * Names of teams compare without case, without blanks around and without the
 * word team in front.
 */
#ifndef KPIPE_MATCH_TEAMS_H
#define KPIPE_MATCH_TEAMS_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/fault.h"
#include "base/text.h"

struct teams;

struct teams *teams_new(void);
/* Takes NULL. */
void teams_free(struct teams *);

/*
 * "KEY=NAME,NAME": names that mean the team KEY, which need not be there.
 *
 * Errors: FAULT_USAGE: not of this form, or a name that means another team.
 */
int teams_add(struct teams *, struct text definition, struct fault *);

/*
 * One more name that means the team key.
 *
 * Errors: FAULT_USAGE: as above.
 */
int teams_add_name(
    struct teams *, struct text key, struct text name, struct fault *);

/*
 * The team that a name means: its key, or the name itself, in the form in which
 * they compare; in keep. "No text" for a name without letters.
 */
struct text teams_of(
    const struct teams *, struct text name, struct arena *keep);

#endif
