/*
 * convert.h - what HubSpot sends, as the records of hubspot(5)
 *
 * A record keeps the vendor's bytes: every member as it stands, in its order,
 * numbers to the digit. Before them comes the record's type, and what a record
 * must say of where it belongs; a "type" of the vendor's own becomes
 * "owner_type", "property_type" and so on, and a number as id becomes text.
 * Each function adds whole lines to the buffer.
 */
#ifndef KPIPE_HUBSPOT_CONVERT_H
#define KPIPE_HUBSPOT_CONVERT_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/json.h"

/* An object or an owner. */
void convert_object(
    struct buf *, struct text type, struct json_value, struct arena *scratch);

/* A property of an object. */
void convert_property(
    struct buf *, struct text object, struct json_value, struct arena *scratch);

/*
 * A pipeline of an object without its stages, then each of its stages. Returns
 * how many records that makes.
 */
size_t convert_pipeline(
    struct buf *, struct text object, struct json_value, struct arena *scratch);

#endif
