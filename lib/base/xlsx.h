/*
 * xlsx.h - what reading and writing workbooks have in common
 */
#ifndef KPIPE_XLSX_H
#define KPIPE_XLSX_H

#include <stddef.h>

/* Of a sheet; a cell's text in UTF-16 units. Source: Excel's specification. */
#define XLSX_ROWS_MAX	 1048576
#define XLSX_COLUMNS_MAX 16384
#define XLSX_TEXT_MAX	 32767

/* A for 0, XFD for 16383, and on for any number. Returns out. */
#define XLSX_COLUMN_NAME 16
const char *xlsx_column_name(size_t column, char out[XLSX_COLUMN_NAME]);

#endif
