/*
 * sheets.h - the calls of the Sheets API v4 that a tab is read and written by
 *
 * Values are written RAW: what is sent is what is there, and nothing is taken
 * for a formula, a date or a number. A spreadsheet that cannot be reached is
 * told with the address to share it with. Source: the API's reference.
 */
#ifndef KPIPE_GOOGLE_SHEETS_H
#define KPIPE_GOOGLE_SHEETS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/fault.h"
#include "google/cells.h"
#include "google/session.h"

struct sheets_tab {
	char *title;
	int64_t id;
	size_t rows, columns; /* of its grid, empty ones included */
	bool hidden;
};

/* A spreadsheet, and who asks for it. */
struct sheets {
	struct session *session;
	char *id;
	bool write; /* it is to be written */
	char *title, *locale, *time_zone;
	struct sheets_tab *tab;
	size_t nr;
};

/*
 * Look what there is. given is the id, or the URL as a browser shows it.
 * sheets_free is due in every case.
 */
int sheets_open(struct sheets *, struct session *, const char *given,
    bool write, struct fault *);
void sheets_free(struct sheets *);

/*
 * The tab of that title. Errors: FAULT_USAGE, which lists those there are.
 */
const struct sheets_tab *sheets_find(
    const struct sheets *, const char *title, struct fault *);

/* Read all values of a tab: dates as text, or as the number of days. */
int sheets_read(struct sheets *, const struct sheets_tab *, bool dates_as_text,
    struct cells *, struct fault *);

/* Add empty rows to the grid, so that there are nr. */
int sheets_grow(
    struct sheets *, const struct sheets_tab *, size_t nr, struct fault *);
/* values:batchUpdate and values:batchClear, with their bodies. */
int sheets_write(struct sheets *, struct text body, struct fault *);
int sheets_clear(struct sheets *, struct text body, struct fault *);

#endif
