/*
 * object.h - what HubSpot calls its objects, and what we call their records
 *
 * HubSpot names an object in the plural ("deals"), a record has the singular
 * as its type ("deal"). A custom object has one name for both: the one it was
 * asked for with ("2-3456789", "p_courses").
 */
#ifndef KPIPE_HUBSPOT_OBJECT_H
#define KPIPE_HUBSPOT_OBJECT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"

/* The plural; the singular is taken too. NUL-terminated if name is. */
struct text object_name(struct text name);

/* The type of its records. NUL-terminated if name is. */
struct text object_type(struct text name);

/* Letters, digits, '-' and '_', at most 100 of them. */
bool object_valid(struct text name);

/* A type of ours that is no record of an object, such as "owner". */
bool object_is_other(struct text type);

/*
 * The property that holds the time of the last change.
 * Source: "lastmodifieddate" on contacts, "hs_lastmodifieddate" elsewhere.
 */
const char *object_modified(struct text name);

/* What --check asks for when it is not told; ends with NULL. */
extern const char *const object_common[];

#endif
