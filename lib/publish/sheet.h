/*
 * sheet.h - the page that is published: what it must be, and its date
 *
 * Pure.
 */
#ifndef KPIPE_PUBLISH_SHEET_H
#define KPIPE_PUBLISH_SHEET_H

#include <stdbool.h>

#include "base/date.h"
#include "base/fault.h"
#include "base/text.h"

#define SHEET_MOST ((size_t)90000000) /* GitHub refuses 100 MiB */

/*
 * Errors: FAULT_DATA when it is empty, larger than SHEET_MOST, or does not end
 * as a page does.
 */
int sheet_check(struct text page, struct fault *);

/* The day its data is of, by <meta name="data-date" content="2026-02-10">. */
bool sheet_day(struct text page, day_nr *);

#endif
