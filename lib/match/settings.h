/*
 * settings.h - how alike names must be, as a file of settings says
 */
#ifndef KPIPE_MATCH_SETTINGS_H
#define KPIPE_MATCH_SETTINGS_H

#include "match/matcher.h"

/*
 * What the "match" of the file says, over what is there; a file without one
 * changes nothing, and its other members are passed over.
 *
 * Errors: FAULT_USAGE naming the setting that is not what it must be.
 */
int match_settings_parse(struct match_rule *, struct text file, struct fault *);

#endif
