/*
 * xlsx_out.h - write a workbook, row by row, by libxlsxwriter
 *
 * Rows go to any of its sheets, in any order; a row's cells go from left to
 * right. A sheet takes the same memory however long it gets. The header is bold,
 * stays in sight and has a filter. Text is text: never a formula, never a
 * number. The same calls give the same bytes.
 *
 * The library does not tell when the disk of its temporary files is full, so
 * what it wrote is read back and compared, cell by cell, before it goes out.
 */
#ifndef KPIPE_XLSX_OUT_H
#define KPIPE_XLSX_OUT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/fault.h"
#include "base/text.h"

struct xlsx_out;
struct xlsx_sheet;

/*
 * folder is where temporary files without a name go. Errors: FAULT_IO naming
 * the folder.
 */
struct xlsx_out *xlsx_out_new(const char *folder, struct fault *);
/* Takes NULL. Its sheets are gone too. */
void xlsx_out_free(struct xlsx_out *);

/*
 * A new sheet behind the others, which stays the workbook's. One that is
 * optional comes behind the others with its first row, or not at all.
 *
 * Errors: FAULT_DATA for a name that a workbook cannot have, or has; FAULT_IO.
 */
struct xlsx_sheet *xlsx_out_sheet(
    struct xlsx_out *, const char *name, bool optional, struct fault *);

/* Its header, before the first row. Errors: FAULT_DATA: too many columns. */
int xlsx_sheet_header(
    struct xlsx_sheet *, const struct text *header, size_t nr, struct fault *);

/*
 * Put a cell in the next column of the current row. Text that is empty is an
 * empty cell.
 */
void xlsx_put_empty(struct xlsx_sheet *);
void xlsx_put_bool(struct xlsx_sheet *, bool);
/*
 * t is a number in JSON's form, of which 16 digits are kept; text where a double
 * cannot hold it.
 */
void xlsx_put_number(struct xlsx_sheet *, struct text t);
/* t fits (xlsx_fit). */
void xlsx_put_text(struct xlsx_sheet *, struct text t);

/*
 * End the row. Errors: FAULT_DATA past the last row that a sheet can have;
 * FAULT_IO.
 */
int xlsx_put_row(struct xlsx_sheet *, struct fault *);

/*
 * Cut *t to what a cell holds (XLSX_TEXT_MAX, where a character that is written
 * as its code, _x0001_, counts as seven), at a character; false when it was
 * longer.
 */
bool xlsx_fit(struct text *t);

/* Rows below the header. */
size_t xlsx_sheet_rows(const struct xlsx_sheet *);

/*
 * Write the workbook; nothing can be added then. fd may be a pipe; name is for
 * messages. Errors: FAULT_DATA: it has no sheet; FAULT_IO.
 */
int xlsx_out_write(struct xlsx_out *, int fd, const char *name, struct fault *);

#endif
