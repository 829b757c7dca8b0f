/*
 * mapping.h - the class of each stage, as people have it in a workbook
 */
#ifndef KPIPE_MAPPING_H
#define KPIPE_MAPPING_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/fault.h"
#include "base/text.h"
#include "base/xlsx_in.h"

struct mapping;

struct mapping *mapping_new(void);
void mapping_free(struct mapping *);

/* What is to be told of a row. */
enum mapping_note {
	MAPPING_FINE,
	MAPPING_NO_ID,	     /* the row counts for nothing */
	MAPPING_NO_CLASS,    /* the stage counts as not mapped */
	MAPPING_OTHER_CLASS, /* the deals count in no column but the total */
	MAPPING_CHANGED, /* another row had another class; this one counts */
};

/* Stages that rows are about. */
size_t mapping_nr(const struct mapping *);

/*
 * False when no row is about the stage; true with a class that may be empty.
 * The class is good while the mapping lives.
 */
bool mapping_get(const struct mapping *, struct text pipeline_id,
    struct text stage_id, struct text *class);

/* Where a sheet has the columns. */
struct mapping_columns {
	size_t pipeline_id;
	size_t stage_id;
	size_t class;
};

/* Errors: FAULT_DATA names the column that is not there. */
int mapping_header(struct mapping_columns *, const struct xlsx_cell *,
    size_t nr, struct fault *);

/*
 * A row of the sheet below its header. Ids may be numbers; the class is trimmed
 * and put in upper case, a blank one is none.
 */
enum mapping_note mapping_row(struct mapping *, const struct mapping_columns *,
    const struct xlsx_cell *, size_t nr);

#endif
