/*
 * xlsx_out.h - write a workbook, row by row, by libxlsxwriter
 *
 * Constant memory: rows of one sheet after the other, cells left to right.
 * The header row is bold and frozen and has a filter. Text is never a formula.
 */
#ifndef KPIPE_XLSX_OUT_H
#define KPIPE_XLSX_OUT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/fault.h"
#include "base/text.h"

struct xlsx_out;

/* Written to path on close, so give it the path of a file_replace. */
struct xlsx_out *xlsx_out_open(const char *path, struct fault *);
/* Without closing: nothing useful is left at path. Takes NULL. */
void xlsx_out_free(struct xlsx_out *);

/*
 * A new sheet with its header. width[i] is the column's width in characters
 * (constant memory sets widths before the rows). Errors: FAULT_DATA for a name
 * or a count that a workbook cannot have.
 */
int xlsx_out_sheet(struct xlsx_out *, const char *name,
    const struct text *header, const double *width, size_t nr, struct fault *);

/* Put a cell in the next column of the current row. */
int xlsx_out_text(struct xlsx_out *, struct text, struct fault *);
int xlsx_out_number(struct xlsx_out *, double, struct fault *);
int xlsx_out_bool(struct xlsx_out *, bool, struct fault *);
int xlsx_out_empty(struct xlsx_out *, struct fault *);
/* End the row. Errors: FAULT_DATA past 1,048,576 rows. */
int xlsx_out_row(struct xlsx_out *, struct fault *);

int xlsx_out_close(struct xlsx_out *, struct fault *); /* frees too */

#endif
