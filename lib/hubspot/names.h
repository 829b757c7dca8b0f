/*
 * names.h - the properties to ask for
 */
#ifndef KPIPE_HUBSPOT_NAMES_H
#define KPIPE_HUBSPOT_NAMES_H

#include <stddef.h>

#include "base/buf.h"
#include "base/fault.h"
#include "base/text.h"

struct names;

struct names *names_new(void);
void names_free(struct names *);

/* Put a name in, copied, where it is not in yet. */
void names_add(struct names *, struct text name);
/*
 * The names of a list with commas between them.
 *
 * Errors: FAULT_USAGE for an empty name, or one with a blank in it.
 */
int names_add_list(struct names *, struct text list, struct fault *);
size_t names_nr(const struct names *);

/* ",a,b" without the first comma, each escaped for a URL. */
void names_put_query(const struct names *, struct buf *);
/* "properties":["a","b"] into the object that is open; none: nothing. */
void names_put(const struct names *, struct buf *);

#endif
