/*
 * csv_in.h - the rows of a CSV file, by libcsv
 *
 * RFC 4180: fields may be quoted, "" is a quote, a field may hold separators
 * and line ends; a line ends in LF, CRLF or CR; blank lines are passed over. A
 * byte order mark is. What is no CSV, no UTF-8 or has a NUL is refused. Memory
 * is one row, of up to CSV_ROW_MAX bytes and CSV_CELLS_MAX cells. A line
 * that holds whole cells is cut where it lies; libcsv has the others.
 */
#ifndef KPIPE_CSV_IN_H
#define KPIPE_CSV_IN_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/fault.h"
#include "base/text.h"

#define CSV_ROW_MAX   (16u << 20)
#define CSV_CELLS_MAX (64u << 10)
#define CSV_SLACK     8 /* bytes behind a cell that may be looked at */

struct csv_in;

/*
 * fd is borrowed; name is for messages and is borrowed too. delimiter is an
 * ASCII character.
 */
struct csv_in *csv_in_new(int fd, const char *name, char delimiter);

/*
 * The same for bytes that read gives, as read(2) does: how many, 0 at the end,
 * -1 with the fault set. of is handed to it.
 */
struct csv_in *csv_in_of(
    ssize_t (*read)(void *of, char *p, size_t len, struct fault *), void *of,
    const char *name, char delimiter);
/* Takes NULL. */
void csv_in_free(struct csv_in *);

/* From now on a line that starts with mark where a row would is passed over. */
void csv_in_comments(struct csv_in *, char mark);

/*
 * The next row: 1, 0 at the end, -1. A cell that is empty and without quotes is
 * "no text". line is where the row starts, from 1. Cells are good until the next
 * row.
 *
 * Errors: FAULT_IO; FAULT_DATA "name:line: what".
 */
int csv_in_row(struct csv_in *, const struct text **cell, size_t *nr,
    uint64_t *line, struct fault *);

#endif
