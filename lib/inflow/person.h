/*
 * person.h - when two names of an export are of one person
 */
#ifndef KPIPE_INFLOW_PERSON_H
#define KPIPE_INFLOW_PERSON_H

#include "base/buf.h"

/* The name composed, without case, one space for blanks; added to b. */
void person_key(struct text name, struct buf *b);

/* The name of a row that sums the others up, as "Total", or of none. */
bool person_is_total(struct text name);

#endif
