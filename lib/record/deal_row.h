/*
 * deal_row.h - a deal with its class and its date, from either of two sources:
 * a deal that went through deal-class(1), or a row of deals_flat.csv
 */
#ifndef KPIPE_DEAL_ROW_H
#define KPIPE_DEAL_ROW_H

#include "base/date.h"
#include "base/ndjson.h"

struct deal_row_fields {
	size_t type, class, coach_id, coach_name, created_at;
	size_t pipeline, properties_pipeline;
};

/* Borrows from the record. */
struct deal_row {
	struct text coach_id;
	struct text coach_name;
	struct text pipeline_id;
	struct text class;
	bool dated; /* created_at is readable */
	instant_us created_at;
};

void deal_row_want(struct deal_row_fields *, struct json_shape *);
bool deal_row_here(const struct deal_row_fields *, const struct record *);
/*
 * Errors: FAULT_DATA naming the field that is missing or of another kind: a
 * deal that has no class yet, for one.
 */
int deal_row_decode(struct deal_row *, const struct deal_row_fields *,
    const struct record *, struct fault *);

#endif
