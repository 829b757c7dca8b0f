/*
 * xlsx_text.h - text as a workbook's cells and names can hold it
 *
 * Source: ECMA-376 part 1, 22.9.2.19 (ST_Xstring); Excel's limits.
 */
#ifndef KPIPE_XLSX_TEXT_H
#define KPIPE_XLSX_TEXT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/fault.h"
#include "base/text.h"

/*
 * t, added to b with what XML cannot hold written as its code, _x0001_, and with
 * what would be read as one protected.
 */
void xlsx_text_escape(struct text t, struct buf *b);

/* Columns of a screen that the longest line takes, up to max. */
size_t xlsx_text_width(struct text t, size_t max);

/* That a sheet can have this name. Errors: FAULT_DATA. */
int xlsx_sheet_name_check(const char *name, struct fault *);

#endif
