/*
 * xlsx_in.h - the cells of a workbook's sheet, row by row
 *
 * Office Open XML, transitional and strict (ECMA-376, ISO/IEC 29500), as Excel,
 * LibreOffice and the common libraries write it. The workbook is hostile until
 * shown otherwise: sizes, ratios and counts are capped, DTDs refused. Streams
 * the sheet; the shared strings are in memory.
 */
#ifndef KPIPE_XLSX_IN_H
#define KPIPE_XLSX_IN_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/fault.h"
#include "base/text.h"

enum xlsx_kind {
	XLSX_EMPTY,  /* nothing there; text is "no text" */
	XLSX_TEXT,   /* rich text without its looks, phonetic hints left out */
	XLSX_NUMBER, /* to the digit as in the file, in JSON's form */
	XLSX_BOOL,   /* text is "true" or "false" */
	XLSX_DATE,   /* a date or a time by its format, see xlsx_date.h */
	XLSX_ERROR,  /* text is "#DIV/0!" and so on */
};

/* A formula is the value it had when the workbook was saved. */
struct xlsx_cell {
	enum xlsx_kind kind;
	struct text text; /* UTF-8; good until the next row */
};

struct xlsx_in;

/*
 * Errors: FAULT_IO; FAULT_DATA: damaged, encrypted, an old .xls, over a cap, no
 * workbook at all.
 */
struct xlsx_in *xlsx_in_open(const char *path, struct fault *);
/* The same for a file that is open and can seek; fd and name are borrowed. */
struct xlsx_in *xlsx_in_open_fd(int fd, const char *name, struct fault *);
/* Takes NULL. */
void xlsx_in_free(struct xlsx_in *);

/* No cap on how far it is packed: it is our own. */
void xlsx_in_trust(struct xlsx_in *);

/* Names of the worksheets in the order of the tabs, hidden ones too. */
size_t xlsx_in_sheets(const struct xlsx_in *);
const char *xlsx_in_sheet_name(const struct xlsx_in *, size_t index);
bool xlsx_in_sheet_hidden(const struct xlsx_in *, size_t index);

/*
 * Start on a sheet; NULL is the first. Errors: FAULT_DATA names the sheets
 * there are.
 */
int xlsx_in_select(struct xlsx_in *, const char *name, struct fault *);

/*
 * The next row that stands in the file: 1, 0 at the end, -1. row counts from 1
 * as in the file and only goes up; cell[0] is column A; missing cells are
 * XLSX_EMPTY. Not before the end is it known that the sheet is whole.
 *
 * Errors: FAULT_IO; FAULT_DATA naming the part and the cell.
 */
int xlsx_in_row(struct xlsx_in *, size_t *row, const struct xlsx_cell **cell,
    size_t *nr, struct fault *);

/*
 * Formulas read so far that have no value in the file, as programs leave them
 * that do not compute; they are XLSX_EMPTY.
 */
size_t xlsx_in_uncomputed(const struct xlsx_in *);

/*
 * The cell as text to compare ids by, added to b: a number in plain decimal
 * (15413220 for 1.541322E7 and 15413220.0; the shortest form where the file
 * spells a fraction out to 17 digits), the rest as it is.
 */
void xlsx_cell_plain(const struct xlsx_cell *, struct buf *);

#endif
