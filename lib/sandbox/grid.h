/*
 * grid.h - spreadsheets in memory: tabs of rows of cells, and their bounds
 *
 * What a cell is and how tabs keep their order and their size; no word of the
 * service that serves them. Only cells that were written take memory. Pure; not
 * for two threads at once.
 */
#ifndef KPIPE_GRID_H
#define KPIPE_GRID_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/text.h"
#include "sandbox/a1.h"

#define BOOK_CELLS 10000000 /* of a spreadsheet, in all its tabs */

enum cell_kind {
	CELL_EMPTY,
	CELL_BOOL,
	CELL_NUMBER,
	CELL_TEXT,
	CELL_ERROR, /* of a formula; text says which */
};

/* How a number is shown; stays when the value goes. */
enum cell_look {
	LOOK_GENERAL,
	LOOK_PERCENT,
	LOOK_DATE,	/* number: days since 1899-12-30 */
	LOOK_DATE_TIME, /* the same, with a fraction */
};

struct cell {
	enum cell_kind kind;
	enum cell_look look;
	double number; /* 1 or 0 of a CELL_BOOL */
	char *text;    /* of CELL_TEXT and CELL_ERROR; its own */
	char *formula; /* from the "=" on; NULL: none; its own */
};

struct row {
	struct cell *cell;
	uint32_t nr; /* cells there are memory for */
};

struct tab {
	int32_t id;
	char *title;
	bool hidden;
	uint32_t rows, columns;
	uint32_t frozen_rows, frozen_columns;
	struct row *row;
	uint32_t nr; /* rows there is memory for */
};

enum book_share {
	SHARE_NONE,
	SHARE_READ,
	SHARE_WRITE,
};

struct book {
	char *id;
	char *title, *locale, *time_zone;
	enum book_share share;
	struct tab *tab; /* in their order */
	size_t nr;
};

struct book *book_new(const char *id, const char *title);
void book_free(struct book *); /* takes NULL */
struct book *book_copy(const struct book *);
/* Have *to what *from had, and free what *to had; *from is freed. */
void book_replace(struct book *to, struct book *from);

/* How many cells the bounds of all tabs make. */
uint64_t book_cells(const struct book *);

/* Insert an empty tab before the index-th, which may be the number of tabs. */
struct tab *book_insert(struct book *, size_t index, int32_t id,
    const char *title, uint32_t rows, uint32_t columns);
void book_remove(struct book *, size_t index);
void book_move(struct book *, size_t from, size_t to);
struct tab *book_tab(struct book *, int32_t id);	   /* NULL: none */
struct tab *book_titled(struct book *, struct text title); /* any case */
size_t book_index(const struct book *, const struct tab *);

/* Have the cells of another, which keeps its own. */
void tab_copy_cells(struct tab *, const struct tab *from);

/* For reading; an empty one where nothing was written. */
const struct cell *tab_look(const struct tab *, uint32_t row, uint32_t column);
/* For writing, inside the bounds. */
struct cell *tab_cell(struct tab *, uint32_t row, uint32_t column);
/* Empty it; its look stays. */
void cell_clear(struct cell *);
void cell_set_text(struct cell *, enum cell_kind, const char *p, size_t len);

/* A span with no open end, cut at the bounds; may come out empty. */
struct a1_span span_within(struct a1_span, uint32_t bound);
/* One behind the last row or column of the spans that has a value; else 0. */
uint32_t tab_last_row(
    const struct tab *, struct a1_span row, struct a1_span column);
uint32_t tab_last_column(
    const struct tab *, struct a1_span row, struct a1_span column);

/* Inside the bounds; what is behind moves. */
void tab_delete_rows(struct tab *, struct a1_span);
void tab_delete_columns(struct tab *, struct a1_span);
/* Before a row or column; the bounds grow. */
void tab_insert_rows(struct tab *, uint32_t at, uint32_t nr);
void tab_insert_columns(struct tab *, uint32_t at, uint32_t nr);
/* Other bounds; what is beyond them is gone. */
void tab_resize(struct tab *, uint32_t rows, uint32_t columns);

#endif
