/*
 * idset.h - which ids were seen, in as little memory as goes
 *
 * HubSpot's ids are whole numbers: one costs some 12 to 16 bytes here. Other
 * text is kept as it is.
 */
#ifndef KPIPE_HUBSPOT_IDSET_H
#define KPIPE_HUBSPOT_IDSET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/text.h"

struct idset;

struct idset *idset_new(void);
void idset_free(struct idset *);

/* Put an id in; false when it was there. */
bool idset_add(struct idset *, struct text id);
bool idset_has(const struct idset *, struct text id);
size_t idset_size(const struct idset *);

#endif
