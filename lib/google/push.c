#include "google/push.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/json.h"
#include "base/line_diff.h"
#include "base/map.h"
#include "base/xalloc.h"
#include "google/range.h"

/* Google advises at most 2 MB in a request. */
#define BODY_BYTES (1500u << 10)
#define NONE	   ((size_t)-1)

struct push {
	struct push_conf conf;
	size_t width;  /* of the tab, up to its last header */
	bool *headed;  /* columns with a header */
	bool *touched; /* those of them that may be written */
	size_t *at;    /* the tab's column of each given one */
	size_t *keep_at;
	size_t keep_key_at, key_at;
	size_t last;	    /* rows there, the header's included */
	struct map *row_of; /* a key to the first row that has it */
	struct map *given;  /* the keys that came */
	size_t doubled;
	struct arena *text;
	struct cells_value *after; /* rows of width values, the header first */
	size_t rows, cap;	   /* cap in values */
	struct buf plain;
	size_t next; /* the row to write from */
};

static struct cells_value
there(const struct push *p, size_t row, size_t column)
{
	return cells_at(p->conf.there, row, column);
}

static struct cells_value
after(const struct push *p, size_t row, size_t column)
{
	if (row >= p->rows)
		return (struct cells_value){ CELLS_EMPTY, text_of("") };
	return p->after[row * p->width + column];
}

/*
 * Headers
 */
static struct text
plain(struct push *p, struct cells_value v)
{
	buf_clear(&p->plain);
	cells_put_plain(&p->plain, v);
	return buf_view(&p->plain);
}

static void
read_headers(struct push *p)
{
	size_t i, columns = cells_columns(p->conf.there);

	for (i = columns; i > 0 && p->width == 0; i--)
		if (!cells_is_empty(there(p, 0, i - 1)))
			p->width = i;
	p->headed = xcalloc(p->width + 1, sizeof(*p->headed));
	p->touched = xcalloc(p->width + 1, sizeof(*p->touched));
	for (i = 0; i < p->width; i++)
		p->headed[i] = !cells_is_empty(there(p, 0, i));
}

static int
no_header(struct push *p, const char *header, struct fault *f)
{
	struct buf list;
	size_t i;

	buf_init(&list, 600);
	for (i = 0; i < p->width; i++)
		if (p->headed[i]) {
			buf_str(&list, list.len == 0 ? "'" : ", '");
			buf_text(&list, plain(p, there(p, 0, i)));
			buf_char(&list, '\'');
		}
	fault_set(f, FAULT_USAGE,
	    "tab '%s' has no column '%s' in its first row; it has %s%s",
	    p->conf.tab, header, list.len == 0 ? "none" : list.p,
	    list.over ? " and more" : "");
	buf_free(&list);
	return -1;
}

static int
find_header(struct push *p, const char *header, size_t *column, struct fault *f)
{
	size_t i;

	*column = NONE;
	for (i = 0; i < p->width; i++) {
		if (!text_is(plain(p, there(p, 0, i)), header))
			continue;
		if (*column != NONE)
			return fault_set(f, FAULT_USAGE,
			    "tab '%s' has two columns '%s'; rename one",
			    p->conf.tab, header);
		*column = i;
	}
	return *column == NONE ? no_header(p, header, f) : 0;
}

static int
find_headers(struct push *p, struct fault *f)
{
	const struct push_conf *c = &p->conf;
	size_t i;

	p->at = xcalloc(c->nr + 1, sizeof(*p->at));
	p->keep_at = xcalloc(c->keep_nr + 1, sizeof(*p->keep_at));
	for (i = 0; i < c->nr; i++) {
		if (find_header(p, c->header[i], &p->at[i], f) == -1)
			return -1;
		p->touched[p->at[i]] = true;
	}
	for (i = 0; i < c->keep_nr; i++)
		if (find_header(p, c->keep[i], &p->keep_at[i], f) == -1)
			return -1;
	if (c->key != NULL && find_header(p, c->key, &p->key_at, f) == -1)
		return -1;
	if (c->keep_nr > 0 &&
	    find_header(p, c->keep_key, &p->keep_key_at, f) == -1)
		return -1;
	/* in place of rows, their other columns are emptied */
	for (i = 0; i < p->width && c->key == NULL; i++)
		p->touched[i] = p->headed[i];
	return 0;
}

/*
 * Rows
 */
static struct cells_value *
add_row(struct push *p)
{
	size_t i, need = (p->rows + 1) * p->width;
	struct cells_value *row;

	if (need > p->cap) {
		p->cap = need * 2;
		p->after = xreallocarray(p->after, p->cap, sizeof(*p->after));
	}
	row = &p->after[p->rows++ * p->width];
	for (i = 0; i < p->width; i++)
		row[i] = (struct cells_value){ CELLS_EMPTY, text_of("") };
	return row;
}

static void
copy_row(struct push *p, size_t from)
{
	struct cells_value *row = add_row(p);
	size_t i;

	for (i = 0; i < p->width; i++)
		row[i] = there(p, from, i);
}

/* Rows below which nothing stands under a header. */
static size_t
last_row(const struct push *p)
{
	size_t i, row = cells_rows(p->conf.there);

	for (; row > 1; row--)
		for (i = 0; i < p->width; i++)
			if (p->headed[i] &&
			    !cells_is_empty(there(p, row - 1, i)))
				return row;
	return 1;
}

/* Which row has which key; of several the first. */
static void
read_keys(struct push *p, size_t column)
{
	size_t row;
	bool added;
	struct text key;

	for (row = 1; row < p->last; row++) {
		key = plain(p, there(p, row, column));
		if (key.len == 0)
			continue;
		map_intern(p->row_of, key, &added);
		if (added)
			map_put(p->row_of, key, row);
		else
			p->doubled++;
	}
}

struct push *
push_new(const struct push_conf *conf, struct fault *f)
{
	struct push *p = xcalloc(1, sizeof(*p));
	size_t row;

	p->conf = *conf;
	p->row_of = map_new();
	p->given = map_new();
	p->text = arena_new();
	buf_init(&p->plain, SIZE_MAX / 2);
	read_headers(p);
	if (find_headers(p, f) == -1) {
		push_free(p);
		return NULL;
	}
	p->last = last_row(p);
	copy_row(p, 0);
	p->next = 1;
	if (conf->key != NULL) {
		read_keys(p, p->key_at);
		for (row = 1; row < p->last; row++)
			copy_row(p, row);
	} else if (conf->keep_nr > 0) {
		read_keys(p, p->keep_key_at);
	}
	return p;
}

void
push_free(struct push *p)
{
	if (p == NULL)
		return;
	map_free(p->row_of);
	map_free(p->given);
	arena_free(p->text);
	free(p->headed);
	free(p->touched);
	free(p->at);
	free(p->keep_at);
	free(p->after);
	buf_free(&p->plain);
	free(p);
}

/* The row of the key, or a new one; -1 for a key that is none. */
static int
find_row(struct push *p, struct cells_value v, size_t *row, struct fault *f)
{
	struct text key = plain(p, v);
	bool added;

	if (key.len == 0)
		return fault_set(
		    f, FAULT_DATA, "the key '%s' is empty", p->conf.key);
	map_intern(p->given, key, &added);
	if (!added)
		return fault_set(f, FAULT_DATA, "the key '%s' %.*s came before",
		    p->conf.key, (int)(key.len < 100 ? key.len : 100), key.p);
	*row = map_get(p->row_of, key);
	if (*row == MAP_NONE) {
		*row = p->rows;
		add_row(p);
	}
	return 0;
}

static struct cells_value
key_of(const struct push *p, const struct cells_value *v, size_t column)
{
	size_t i;

	for (i = 0; i < p->conf.nr; i++)
		if (p->at[i] == column)
			return v[i];
	return (struct cells_value){ CELLS_EMPTY, text_of("") };
}

/* What a person wrote beside the key goes along with it. */
static void
keep_values(
    struct push *p, const struct cells_value *v, struct cells_value *row)
{
	struct text key = plain(p, key_of(p, v, p->keep_key_at));
	size_t from = key.len == 0 ? MAP_NONE : map_get(p->row_of, key), i;

	for (i = 0; from != MAP_NONE && i < p->conf.keep_nr; i++)
		row[p->keep_at[i]] = there(p, from, p->keep_at[i]);
}

int
push_row(struct push *p, const struct cells_value *v, struct fault *f)
{
	struct cells_value *row;
	size_t i, nr = p->rows;

	if (p->conf.key != NULL) {
		if (find_row(p, key_of(p, v, p->key_at), &nr, f) == -1)
			return -1;
		row = &p->after[nr * p->width];
	} else {
		row = add_row(p);
		keep_values(p, v, row);
	}
	for (i = 0; i < p->conf.nr; i++)
		if (v[i].kind != CELLS_LEAVE)
			row[p->at[i]] = v[i];
	return 0;
}

/*
 * What changes
 */
static bool
row_differs(const struct push *p, size_t row)
{
	size_t i;

	for (i = 0; i < p->width; i++)
		if (p->touched[i] &&
		    !cells_same(there(p, row, i), after(p, row, i)))
			return true;
	return false;
}

static bool
any_differs(const struct push *p)
{
	size_t row;

	for (row = 1; row < p->rows; row++)
		if (row_differs(p, row))
			return true;
	return false;
}

void
push_count(const struct push *p, struct push_counts *c)
{
	size_t row;

	*c = (struct push_counts){ .doubled = p->doubled };
	for (row = 1; row < p->rows; row++)
		if (row >= p->last)
			c->added++;
		else if (row_differs(p, row))
			c->changed++;
		else
			c->same++;
	if (p->last > p->rows)
		c->removed = p->last - p->rows;
}

size_t
push_room(const struct push *p)
{
	return any_differs(p) ? p->rows : 0;
}

/*
 * Bodies
 */

/* null leaves a cell as it is, "" empties it. */
static void
put_value(struct buf *b, const struct push *p, size_t row, size_t column)
{
	struct cells_value v = after(p, row, column);

	if (!p->touched[column] ||
	    (p->conf.key != NULL && cells_same(v, there(p, row, column))))
		json_put_null(b);
	else if (cells_is_empty(v))
		json_put_str(b, "");
	else
		cells_put_json(b, v);
}

static size_t
first_touched(const struct push *p)
{
	size_t i = 0;

	while (i < p->width && !p->touched[i])
		i++;
	return i;
}

static void
put_row(struct buf *b, const struct push *p, size_t row)
{
	size_t i, end = p->width;

	while (end > 0 && !p->touched[end - 1])
		end--;
	json_open_array(b);
	for (i = first_touched(p); i < end; i++)
		put_value(b, p, row, i);
	json_close_array(b);
}

/* Rows that are written together, from p->next on; false when none are left. */
static bool
put_rows(struct buf *b, struct push *p)
{
	struct buf range;

	while (p->next < p->rows && p->conf.key != NULL &&
	       !row_differs(p, p->next))
		p->next++;
	if (p->next >= p->rows)
		return false;
	buf_init(&range, 10000);
	range_put_cell(&range, text_of(p->conf.tab), p->next, first_touched(p));
	json_open(b);
	json_key(b, "range");
	json_put_text(b, buf_view(&range));
	json_key(b, "majorDimension");
	json_put_str(b, "ROWS");
	json_key(b, "values");
	json_open_array(b);
	/* what is kept must not be lost between two bodies */
	do
		put_row(b, p, p->next++);
	while (p->next < p->rows &&
	       (b->len < BODY_BYTES || p->conf.keep_nr > 0) &&
	       (p->conf.key == NULL || row_differs(p, p->next)));
	json_close_array(b);
	json_close(b);
	buf_free(&range);
	return true;
}

bool
push_write(struct push *p, struct buf *b)
{
	bool any;

	if (p->next == 1 && !any_differs(p))
		p->next = p->rows;
	if (p->next >= p->rows)
		return false;
	json_open(b);
	json_key(b, "valueInputOption");
	json_put_str(b, "RAW");
	json_key(b, "data");
	json_open_array(b);
	any = put_rows(b, p);
	while (b->len < BODY_BYTES && put_rows(b, p))
		;
	json_close_array(b);
	json_close(b);
	return any;
}

bool
push_clear(const struct push *p, struct buf *b)
{
	struct buf range;
	size_t i, end;

	if (p->last <= p->rows)
		return false;
	buf_init(&range, 10000);
	json_open(b);
	json_key(b, "ranges");
	json_open_array(b);
	for (i = 0; i < p->width; i = end + 1) {
		for (end = i; end < p->width && p->headed[end]; end++)
			;
		if (end == i)
			continue;
		buf_clear(&range);
		range_put(&range, text_of(p->conf.tab), p->rows, i, p->last - 1,
		    end - 1);
		json_put_text(b, buf_view(&range));
	}
	json_close_array(b);
	json_close(b);
	buf_free(&range);
	return true;
}

/*
 * The change, for people
 */
static struct text
put_line(struct push *p, bool is_after, size_t row)
{
	struct cells_value v;
	size_t i;

	buf_clear(&p->plain);
	json_open_array(&p->plain);
	for (i = 0; i < p->width; i++) {
		v = is_after ? after(p, row, i) : there(p, row, i);
		if (!p->headed[i])
			continue;
		if (cells_is_empty(v))
			json_put_null(&p->plain);
		else
			cells_put_json(&p->plain, v);
	}
	json_close_array(&p->plain);
	return arena_copy(p->text, buf_view(&p->plain));
}

void
push_diff(struct push *p, struct buf *b)
{
	struct text *was = xcalloc(p->last, sizeof(*was));
	struct text *is = xcalloc(p->rows, sizeof(*is));
	struct buf hunks;
	size_t i;

	for (i = 0; i < p->last; i++)
		was[i] = put_line(p, false, i);
	for (i = 0; i < p->rows; i++)
		/* 1.0 that stays does not become 1 */
		is[i] = i < p->last && !row_differs(p, i)
			    ? was[i]
			    : put_line(p, true, i);
	buf_init(&hunks, SIZE_MAX / 2);
	line_diff(&hunks, was, p->last, is, p->rows);
	if (hunks.len > 0)
		buf_printf(b, "--- %s, as it is\n+++ %s, as it would be\n",
		    p->conf.tab, p->conf.tab);
	buf_text(b, buf_view(&hunks));
	buf_free(&hunks);
	free(was);
	free(is);
}
