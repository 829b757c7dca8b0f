/*
 * properties.h - the properties to ask for
 */
#ifndef KPIPE_HUBSPOT_PROPERTIES_H
#define KPIPE_HUBSPOT_PROPERTIES_H

#include <stddef.h>

#include "base/buf.h"
#include "base/fault.h"
#include "base/text.h"

struct properties;

struct properties *properties_new(void);
void properties_free(struct properties *);

/* Put a name in, copied, where it is not in yet. */
void properties_add(struct properties *, struct text name);
/*
 * The names of a list with commas between them.
 *
 * Errors: FAULT_USAGE for an empty name, or one with a blank in it.
 */
int properties_add_list(struct properties *, struct text list, struct fault *);
size_t properties_nr(const struct properties *);

/* ",a,b" without the first comma, each escaped for a URL. */
void properties_put_query(const struct properties *, struct buf *);
/* "properties":["a","b"] into the object that is open; none: nothing. */
void properties_put(const struct properties *, struct buf *);

#endif
