/*
 * stage_mapping.h - which class the deals of a stage have; see coach(5)
 *
 * One row of the workbook that people edit.
 */
#ifndef KPIPE_STAGE_MAPPING_H
#define KPIPE_STAGE_MAPPING_H

#include "base/json.h"

struct stage_mapping {
	struct text pipeline_id;
	struct text stage_id;
	struct text label;
	bool has_closed;
	bool is_closed;
	bool has_probability;
	double probability; /* 0 to 1: a ratio */
	struct text class;
};

/* Adds a line, without its newline. */
void stage_mapping_encode(struct buf *, const struct stage_mapping *);

#endif
