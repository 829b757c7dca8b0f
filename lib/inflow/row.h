/*
 * row.h - a row of an export as read, and as bytes that can be put aside
 */
#ifndef KPIPE_INFLOW_ROW_READ_H
#define KPIPE_INFLOW_ROW_READ_H

#include "base/buf.h"
#include "inflow/figure.h"

/* The texts of a row; each may be "no text". */
enum row_text {
	ROW_NAME,
	ROW_GROUP,
	ROW_EMAIL,
	ROW_CREATORS,
	ROW_TEXTS,
};

struct row {
	uint64_t line;
	bool bad;     /* what it says is not to be used */
	bool settled; /* all of its figures; of one that is unpacked */
	struct figure figure[INFLOW_FIGURES];
	struct text text[ROW_TEXTS];
};

/* It has no hours, no sales and no messages, and takes none back. */
bool row_is_idle(const struct row *);

void row_to_bytes(const struct row *, struct buf *b);
/* Borrows from packed, which row_to_bytes wrote. */
void row_from_bytes(struct row *, struct text packed);

/*
 * Rows that belong together have one key up to its last ROW_HASH bytes: those
 * of one person and day. Keys sort by person, as person_key() has it, then day, a day of "" first. The
 * last bytes are those of all cells: rows that are alike have one key. CSV_SLACK
 * bytes behind each cell are looked at.
 */
#define ROW_HASH 16
void row_key(struct buf *b, struct text person, const char *day,
    const struct text *cell, size_t nr);
/* The part of the key that is the person alone, its end with it. */
struct text row_key_person(struct text key);
/* The day in a key, "" when it was not readable. */
struct text row_key_day(struct text key);

#endif
