/*
 * xlsx_in.h - the cells of a workbook's sheet, row by row
 *
 * Office Open XML (ECMA-376) by minizip and expat. The workbook is hostile
 * until shown otherwise: sizes, ratios and counts are capped, DTDs refused.
 * Streams the sheet; the shared strings are in memory.
 */
#ifndef KPIPE_XLSX_IN_H
#define KPIPE_XLSX_IN_H

#include <stdbool.h>
#include <stddef.h>

#include "base/fault.h"
#include "base/text.h"

enum xlsx_kind {
	XLSX_EMPTY,
	XLSX_TEXT,
	XLSX_NUMBER, /* text is the number as it stands in the file */
	XLSX_BOOL,   /* text is "true" or "false" */
	XLSX_DATE,   /* text is YYYY-MM-DD, or YYYY-MM-DDTHH:MM:SS[.mmm] */
	XLSX_ERROR,  /* text is "#DIV/0!" and so on */
};

struct xlsx_cell {
	enum xlsx_kind kind;
	struct text text; /* UTF-8; good until the next row */
};

struct xlsx_in;

/* Errors: FAULT_IO, FAULT_DATA (damaged, encrypted, over a cap). */
struct xlsx_in *xlsx_in_open(const char *path, struct fault *);
void xlsx_in_free(struct xlsx_in *);

/* Sheet names in the order of the tabs. */
size_t xlsx_in_sheets(const struct xlsx_in *);
const char *xlsx_in_sheet_name(const struct xlsx_in *, size_t index);

/* Start on a sheet. Errors: FAULT_DATA names the sheets there are. */
int xlsx_in_select(struct xlsx_in *, const char *name, struct fault *);

/*
 * The next row that stands in the file: 1, 0 at the end, -1. row counts from 1
 * as in the file; cell[0] is column A; missing cells are XLSX_EMPTY.
 */
int xlsx_in_row(struct xlsx_in *, size_t *row, const struct xlsx_cell **cell,
    size_t *nr, struct fault *);

#endif
