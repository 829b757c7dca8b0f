/*
 * wording.h - which column of an export is which, by its header
 *
 * Exports of several ages and languages name a column differently. A header
 * matches when, without case, accents, units and the kind of blank, it equals a
 * known one: "fans chatted per hour" is never "fans chatted".
 */
#ifndef KPIPE_INFLOW_WORDING_H
#define KPIPE_INFLOW_WORDING_H

#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "inflow/tell.h"
#include "record/inflow_row.h"

/* The columns of figures come first, as enum inflow_figure has them. */
enum inflow_column {
	COLUMN_NAME = INFLOW_FIGURES,
	COLUMN_GROUP,
	COLUMN_EMAIL,
	COLUMN_CREATORS,
	COLUMN_DATE,
	INFLOW_COLUMNS,
};

#define COLUMN_NONE SIZE_MAX

/* The headers that are known: ours, and before them the user's. */
struct wording;
struct wording *wording_new(void);
/* Takes NULL. */
void wording_free(struct wording *);
/*
 * More headers: a JSON object of arrays of texts, by the keys of a record.
 *
 * Errors: FAULT_USAGE for any other text.
 */
int wording_add(struct wording *, struct text json, struct fault *);

struct inflow_header {
	size_t at[INFLOW_COLUMNS]; /* the cell, or COLUMN_NONE */
	struct text *cell;	   /* all headers, trimmed */
	bool *known;		   /* each of them, be it used or not */
	bool *twice;		   /* another column was there for it */
	size_t nr;
	struct text zone; /* of the date's header, as it stands; "no text" */
	bool date_unsure; /* "Duration", which is a date in some exports */
	uint64_t line;
	struct arena *keep;
};

void header_init(struct inflow_header *);
void header_free(struct inflow_header *);

/* Resolve a row of headers, in place of what was there. */
void header_read(struct inflow_header *, const struct wording *,
    const struct text *cell, size_t nr, uint64_t line);

/* There is a column of names, and two of figures. */
bool header_recognised(const struct inflow_header *);

/* How many columns have a meaning. */
size_t header_meanings(const struct inflow_header *);

/*
 * With an unsure date: a row settles what the column is, unless its cell is
 * null.
 */
void header_settle(struct inflow_header *, const struct text *cell, size_t nr);

/* The row repeats the header. */
bool header_repeats(
    const struct inflow_header *, const struct text *cell, size_t nr);

/* Tell columns that are not known, and those that are there twice. */
void header_tell(const struct inflow_header *, const struct tell *);

/* Errors: FAULT_DATA naming the columns that are missing and those there are. */
int header_check(const struct inflow_header *, struct fault *);

/* The record of the map, without a newline, added to b. */
void header_put(const struct inflow_header *, const char *encoding,
    char delimiter, struct buf *b);

/* Nothing but blanks in each of the cells. */
bool row_is_blank(const struct text *cell, size_t nr);

#endif
