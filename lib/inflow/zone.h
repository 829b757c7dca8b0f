/*
 * zone.h - whether the days of an export are those of another source
 */
#ifndef KPIPE_INFLOW_ZONE_H
#define KPIPE_INFLOW_ZONE_H

#include "inflow/wording.h"

/*
 * The same zone: one name, without case, or two of those that UTC has, of which
 * Africa/Monrovia is one.
 */
bool zone_same(struct text a, const char *b);

/* Tell it when the header says a zone, and that is not the one wanted. */
void zone_tell(
    const struct inflow_header *, const char *wanted, const struct tell *);

#endif
