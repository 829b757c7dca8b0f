/*
 * default_mapping.h - the mapping that people start from
 *
 * Stages are added; then the rows come out: by pipeline, the surest stage
 * first, then by stage. Keeps every stage.
 */
#ifndef KPIPE_DEFAULT_MAPPING_H
#define KPIPE_DEFAULT_MAPPING_H

#include "coach/settings.h"

struct default_mapping;

/* The settings are borrowed. */
struct default_mapping *default_mapping_new(
    const struct coach_settings *, struct json_shape *);
void default_mapping_free(struct default_mapping *);

/*
 * Take a stage of deals; other records are passed over. Of two with the same
 * ids the last counts.
 *
 * Errors: FAULT_DATA for a stage without its ids.
 */
int default_mapping_add(
    struct default_mapping *, const struct record *, struct fault *);

size_t default_mapping_nr(const struct default_mapping *);

/* The next row, into an emptied buffer. False behind the last. */
bool default_mapping_next(struct default_mapping *, struct buf *line);

#endif
