/*
 * stage.h - pipelines and their stages; see coach(5)
 */
#ifndef KPIPE_STAGE_H
#define KPIPE_STAGE_H

#include "base/ndjson.h"

struct stage_fields {
	size_t type, object, id, label, pipeline_id;
	size_t metadata, is_closed, probability;
};

struct pipeline {
	struct text object; /* what goes through it: "deals" */
	struct text id;
	struct text label;
};

struct stage {
	struct text object;
	struct text pipeline_id;
	struct text id;
	struct text label;
	bool has_metadata; /* an object with something in it */
	bool is_closed;
	bool has_probability;
	double probability; /* 0 to 1: a ratio */
};

void stage_want(struct stage_fields *, struct json_shape *);

/* The record is one of them, and of deals. */
bool pipeline_here(const struct stage_fields *, const struct record *);
bool stage_here(const struct stage_fields *, const struct record *);

/*
 * They borrow from the record. Metadata that cannot be read is as none.
 *
 * Errors: FAULT_DATA without an id.
 */
int pipeline_decode(struct pipeline *, const struct stage_fields *,
    const struct record *, struct fault *);
int stage_decode(struct stage *, const struct stage_fields *,
    const struct record *, struct fault *);

#endif
