#include "sandbox/grid.h"

#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"

void
cell_clear(struct cell *c)
{
	free(c->text);
	free(c->formula);
	*c = (struct cell){ .look = c->look };
}

void
cell_set_text(struct cell *c, enum cell_kind kind, const char *p, size_t len)
{
	char *text = xstrndup(p, len);

	cell_clear(c);
	c->kind = kind;
	c->text = text;
}

static void
copy_cell(struct cell *to, const struct cell *from)
{
	*to = *from;
	if (from->text != NULL)
		to->text = xstrdup(from->text);
	if (from->formula != NULL)
		to->formula = xstrdup(from->formula);
}

static void
free_row(struct row *row)
{
	uint32_t i;

	for (i = 0; i < row->nr; i++)
		cell_clear(&row->cell[i]);
	free(row->cell);
	*row = (struct row){ NULL, 0 };
}

static void
free_tab(struct tab *tab)
{
	uint32_t i;

	for (i = 0; i < tab->nr; i++)
		free_row(&tab->row[i]);
	free(tab->row);
	free(tab->title);
}

void
tab_copy_cells(struct tab *tab, const struct tab *from)
{
	uint32_t i, k;

	for (i = 0; i < tab->nr; i++)
		free_row(&tab->row[i]);
	free(tab->row);
	tab->row = from->nr == 0 ? NULL : xcalloc(from->nr, sizeof(*tab->row));
	tab->nr = from->nr;
	for (i = 0; i < from->nr; i++) {
		if (from->row[i].nr == 0)
			continue;
		tab->row[i].nr = from->row[i].nr;
		tab->row[i].cell =
		    xcalloc(from->row[i].nr, sizeof(struct cell));
		for (k = 0; k < from->row[i].nr; k++)
			copy_cell(&tab->row[i].cell[k], &from->row[i].cell[k]);
	}
}

struct book *
book_new(const char *id, const char *title)
{
	struct book *book = xcalloc(1, sizeof(*book));

	book->id = xstrdup(id);
	book->title = xstrdup(title);
	book->locale = xstrdup("en_US");
	book->time_zone = xstrdup("Europe/Amsterdam");
	return book;
}

static void
empty_book(struct book *book)
{
	size_t i;

	for (i = 0; i < book->nr; i++)
		free_tab(&book->tab[i]);
	free(book->tab);
	free(book->id);
	free(book->title);
	free(book->locale);
	free(book->time_zone);
}

void
book_free(struct book *book)
{
	if (book == NULL)
		return;
	empty_book(book);
	free(book);
}

struct book *
book_copy(const struct book *book)
{
	struct book *copy = xcalloc(1, sizeof(*copy));
	struct tab *tab;
	size_t i;

	*copy = *book;
	copy->id = xstrdup(book->id);
	copy->title = xstrdup(book->title);
	copy->locale = xstrdup(book->locale);
	copy->time_zone = xstrdup(book->time_zone);
	copy->tab = book->nr == 0 ? NULL : xcalloc(book->nr, sizeof(*tab));
	for (i = 0; i < book->nr; i++) {
		tab = &copy->tab[i];
		*tab = book->tab[i];
		tab->title = xstrdup(book->tab[i].title);
		tab->row = NULL;
		tab->nr = 0;
		tab_copy_cells(tab, &book->tab[i]);
	}
	return copy;
}

void
book_replace(struct book *to, struct book *from)
{
	empty_book(to);
	*to = *from;
	free(from);
}

uint64_t
book_cells(const struct book *book)
{
	uint64_t nr = 0;
	size_t i;

	for (i = 0; i < book->nr; i++)
		nr += (uint64_t)book->tab[i].rows * book->tab[i].columns;
	return nr;
}

struct tab *
book_insert(struct book *book, size_t index, int32_t id, const char *title,
    uint32_t rows, uint32_t columns)
{
	struct tab *tab;

	book->tab = xreallocarray(book->tab, book->nr + 1, sizeof(*book->tab));
	tab = &book->tab[index];
	memmove(tab + 1, tab, (book->nr - index) * sizeof(*tab));
	book->nr++;
	*tab = (struct tab){
		.id = id,
		.title = xstrdup(title),
		.rows = rows,
		.columns = columns,
	};
	return tab;
}

void
book_remove(struct book *book, size_t index)
{
	struct tab *tab = &book->tab[index];

	free_tab(tab);
	book->nr--;
	memmove(tab, tab + 1, (book->nr - index) * sizeof(*tab));
}

void
book_move(struct book *book, size_t from, size_t to)
{
	struct tab moved = book->tab[from];

	memmove(&book->tab[from], &book->tab[from + 1],
	    (book->nr - from - 1) * sizeof(moved));
	memmove(&book->tab[to + 1], &book->tab[to],
	    (book->nr - to - 1) * sizeof(moved));
	book->tab[to] = moved;
}

struct tab *
book_tab(struct book *book, int32_t id)
{
	size_t i;

	for (i = 0; i < book->nr; i++)
		if (book->tab[i].id == id)
			return &book->tab[i];
	return NULL;
}

struct tab *
book_titled(struct book *book, struct text title)
{
	struct a1 named = { .tab = title };
	size_t i;

	for (i = 0; i < book->nr; i++)
		if (a1_names(&named, text_of(book->tab[i].title)))
			return &book->tab[i];
	return NULL;
}

size_t
book_index(const struct book *book, const struct tab *tab)
{
	return (size_t)(tab - book->tab);
}

const struct cell *
tab_look(const struct tab *tab, uint32_t row, uint32_t column)
{
	static const struct cell empty;

	if (row >= tab->nr || column >= tab->row[row].nr)
		return &empty;
	return &tab->row[row].cell[column];
}

static void
have_rows(struct tab *tab, uint32_t nr)
{
	uint32_t room;

	if (nr <= tab->nr)
		return;
	room = tab->nr + tab->nr / 2 > nr ? tab->nr + tab->nr / 2 : nr;
	tab->row = xreallocarray(tab->row, room, sizeof(*tab->row));
	memset(tab->row + tab->nr, 0, (room - tab->nr) * sizeof(*tab->row));
	tab->nr = room;
}

struct cell *
tab_cell(struct tab *tab, uint32_t row, uint32_t column)
{
	struct row *r;

	have_rows(tab, row + 1);
	r = &tab->row[row];
	if (column >= r->nr) {
		r->cell = xreallocarray(r->cell, column + 1, sizeof(*r->cell));
		memset(r->cell + r->nr, 0,
		    (column + 1 - r->nr) * sizeof(*r->cell));
		r->nr = column + 1;
	}
	return &r->cell[column];
}

struct a1_span
span_within(struct a1_span span, uint32_t bound)
{
	if (span.end > bound)
		span.end = bound;
	if (span.first > span.end)
		span.first = span.end;
	return span;
}

static uint32_t
last_in_row(const struct row *row, struct a1_span column)
{
	uint32_t i = column.end < row->nr ? column.end : row->nr;

	for (; i > column.first; i--)
		if (row->cell[i - 1].kind != CELL_EMPTY)
			return i;
	return 0;
}

uint32_t
tab_last_row(const struct tab *tab, struct a1_span row, struct a1_span column)
{
	uint32_t i = row.end < tab->nr ? row.end : tab->nr;

	for (; i > row.first; i--)
		if (last_in_row(&tab->row[i - 1], column) > 0)
			return i;
	return 0;
}

uint32_t
tab_last_column(
    const struct tab *tab, struct a1_span row, struct a1_span column)
{
	uint32_t end = row.end < tab->nr ? row.end : tab->nr, i, last = 0, at;

	for (i = row.first; i < end; i++) {
		at = last_in_row(&tab->row[i], column);
		if (at > last)
			last = at;
	}
	return last;
}

void
tab_delete_rows(struct tab *tab, struct a1_span span)
{
	struct a1_span held = span_within(span, tab->nr);
	uint32_t i, nr = held.end - held.first;

	for (i = held.first; i < held.end; i++)
		free_row(&tab->row[i]);
	if (nr > 0)
		memmove(&tab->row[held.first], &tab->row[held.end],
		    (tab->nr - held.end) * sizeof(*tab->row));
	tab->nr -= nr;
	tab->rows -= span.end - span.first;
}

void
tab_delete_columns(struct tab *tab, struct a1_span span)
{
	struct a1_span held;
	struct row *row;
	uint32_t i, k;

	for (i = 0; i < tab->nr; i++) {
		row = &tab->row[i];
		held = span_within(span, row->nr);
		if (held.end == held.first)
			continue;
		for (k = held.first; k < held.end; k++)
			cell_clear(&row->cell[k]);
		memmove(&row->cell[held.first], &row->cell[held.end],
		    (row->nr - held.end) * sizeof(*row->cell));
		row->nr -= held.end - held.first;
	}
	tab->columns -= span.end - span.first;
}

void
tab_insert_rows(struct tab *tab, uint32_t at, uint32_t nr)
{
	uint32_t held = tab->nr;

	tab->rows += nr;
	if (at >= held || nr == 0)
		return;
	have_rows(tab, held + nr);
	memmove(
	    &tab->row[at + nr], &tab->row[at], (held - at) * sizeof(*tab->row));
	memset(&tab->row[at], 0, nr * sizeof(*tab->row));
}

void
tab_insert_columns(struct tab *tab, uint32_t at, uint32_t nr)
{
	struct row *row;
	uint32_t i, held;

	tab->columns += nr;
	for (i = 0; i < tab->nr && nr > 0; i++) {
		row = &tab->row[i];
		held = row->nr;
		if (at >= held)
			continue;
		tab_cell(tab, i, held + nr - 1);
		memmove(&row->cell[at + nr], &row->cell[at],
		    (held - at) * sizeof(*row->cell));
		memset(&row->cell[at], 0, nr * sizeof(*row->cell));
	}
}

void
tab_resize(struct tab *tab, uint32_t rows, uint32_t columns)
{
	if (rows < tab->rows)
		tab_delete_rows(tab, (struct a1_span){ rows, tab->rows });
	if (columns < tab->columns)
		tab_delete_columns(
		    tab, (struct a1_span){ columns, tab->columns });
	tab->rows = rows;
	tab->columns = columns;
}
