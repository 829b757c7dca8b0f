/*
 * The values of spreadsheets: read, written, appended, cleared
 */
#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "sandbox/google_impl.h"
#include "sandbox/typed.h"

#define CELL_CHARS 50000
#define RANGE_MAX  2000
#define RANGES	   1000
#define MANY	   100000000 /* more than any tab has */

enum {
	INPUT_UNSPECIFIED,
	INPUT_RAW,
	INPUT_USER_ENTERED
};
enum {
	RENDER_FORMATTED,
	RENDER_UNFORMATTED,
	RENDER_FORMULA
};
enum {
	DATES_SERIAL,
	DATES_FORMATTED
};
enum {
	MAJOR_UNSPECIFIED,
	MAJOR_ROWS,
	MAJOR_COLUMNS
};

static const char *const inputs[] = { "INPUT_VALUE_OPTION_UNSPECIFIED", "RAW",
	"USER_ENTERED", NULL };
static const char *const renders[] = { "FORMATTED_VALUE", "UNFORMATTED_VALUE",
	"FORMULA", NULL };
static const char *const dates[] = { "SERIAL_NUMBER", "FORMATTED_STRING",
	NULL };
static const char *const majors[] = { "DIMENSION_UNSPECIFIED", "ROWS",
	"COLUMNS", NULL };
static const char *const inserts[] = { "OVERWRITE", "INSERT_ROWS", NULL };

static const char *const value_range[] = { "range", "majorDimension", "values",
	NULL };

/* Cells of a tab; the spans have no open ends. */
struct area {
	struct tab *tab;
	struct a1_span row, column;
};

struct show {
	unsigned render, dates;
	bool columns; /* a list holds a column */
};

static uint32_t
length(struct a1_span span)
{
	return span.end - span.first;
}

static void
put_area(struct buf *b, const struct area *area)
{
	struct buf name;

	buf_init(&name, RANGE_MAX);
	a1_put(&name, text_of(area->tab->title), area->row, area->column);
	json_put_text(b, buf_view(&name));
	buf_free(&name);
}

/*
 * Where
 */
static bool
beyond(struct google_call *g, const struct area *area)
{
	struct buf name;

	buf_init(&name, RANGE_MAX);
	a1_put(&name, text_of(area->tab->title), area->row, area->column);
	google_invalid(g->call,
	    "Range (%s) exceeds grid limits. Max rows: %u, max columns: %u",
	    buf_view(&name).p, area->tab->rows, area->tab->columns);
	buf_free(&name);
	return false;
}

/* The end of a span, or where it is open as far as it can go. */
static uint32_t
close_end(struct a1_span span, uint32_t bound)
{
	if (span.end != A1_OPEN)
		return span.end;
	return bound > span.first ? bound : span.first + 1;
}

/*
 * The area of a range. It must begin in the grid; an end that is outside is
 * moved in when reading and refused when writing.
 */
static bool
find_area(
    struct google_call *g, struct text text, bool write, struct area *area)
{
	struct a1 a1;
	size_t i;

	if (text.len > RANGE_MAX || !a1_parse(text, &a1))
		goto none;
	area->tab = g->book->tab;
	if (a1.tab.p != NULL) {
		for (i = 0; i < g->book->nr; i++)
			if (a1_names(&a1, text_of(g->book->tab[i].title)))
				break;
		if (i == g->book->nr)
			goto none;
		area->tab = &g->book->tab[i];
	}
	area->row = a1.row;
	area->column = a1.column;
	area->row.end = close_end(a1.row, area->tab->rows);
	area->column.end = close_end(a1.column, area->tab->columns);
	if (area->row.first >= area->tab->rows ||
	    area->column.first >= area->tab->columns ||
	    (write && (area->row.end > area->tab->rows ||
			  area->column.end > area->tab->columns)))
		return beyond(g, area);
	area->row = span_within(area->row, area->tab->rows);
	area->column = span_within(area->column, area->tab->columns);
	return true;
none:
	return google_invalid(
	    g->call, "Unable to parse range: %.*s", TEXT_ARG(text));
}

/*
 * Reading
 */
static void
put_shown(struct buf *b, const struct cell *c)
{
	struct buf text;

	buf_init(&text, (size_t)1 << 20);
	cell_show(c, &text);
	json_put_text(b, buf_view(&text));
	buf_free(&text);
}

static void
put_cell(struct buf *b, const struct cell *c, const struct show *show)
{
	bool date = c->look == LOOK_DATE || c->look == LOOK_DATE_TIME;

	if (show->render == RENDER_FORMULA && c->formula != NULL)
		json_put_str(b, c->formula);
	else if (show->render == RENDER_FORMATTED)
		put_shown(b, c);
	else if (c->kind == CELL_BOOL)
		json_put_bool(b, c->number > 0);
	else if (c->kind == CELL_NUMBER &&
		 !(date && show->dates == DATES_FORMATTED))
		json_put_number(b, c->number);
	else
		put_shown(b, c);
}

/* One row or column, up to its last value. */
static void
put_line(struct buf *b, const struct area *line, const struct show *show)
{
	uint32_t last, i;

	json_open_array(b);
	last = show->columns
		   ? tab_last_row(line->tab, line->row, line->column)
		   : tab_last_column(line->tab, line->row, line->column);
	i = show->columns ? line->row.first : line->column.first;
	for (; i < last; i++)
		put_cell(b,
		    show->columns ? tab_look(line->tab, i, line->column.first)
				  : tab_look(line->tab, line->row.first, i),
		    show);
	json_close_array(b);
}

/* Nothing at all when there is no value. */
static void
put_values(struct buf *b, const struct area *area, const struct show *show)
{
	struct area line = *area;
	uint32_t last, i;

	last = show->columns
		   ? tab_last_column(area->tab, area->row, area->column)
		   : tab_last_row(area->tab, area->row, area->column);
	if (last == 0)
		return;
	json_key(b, "values");
	json_open_array(b);
	i = show->columns ? area->column.first : area->row.first;
	for (; i < last; i++) {
		if (show->columns)
			line.column = (struct a1_span){ i, i + 1 };
		else
			line.row = (struct a1_span){ i, i + 1 };
		put_line(b, &line, show);
	}
	json_close_array(b);
}

static void
put_value_range(struct buf *b, const struct area *area, const struct show *show)
{
	json_open(b);
	json_key(b, "range");
	put_area(b, area);
	json_key(b, "majorDimension");
	json_put_str(b, show->columns ? "COLUMNS" : "ROWS");
	put_values(b, area, show);
	json_close(b);
}

static bool
ask_show(struct google_call *g, struct show *show)
{
	unsigned major = MAJOR_ROWS;

	if (!google_param_enum(g, "valueRenderOption", "ValueRenderOption",
		renders, &show->render) ||
	    !google_param_enum(g, "dateTimeRenderOption",
		"DateTimeRenderOption", dates, &show->dates) ||
	    !google_param_enum(
		g, "majorDimension", "Dimension", majors, &major))
		return false;
	show->columns = major == MAJOR_COLUMNS;
	return true;
}

void
google_values_get(struct google_call *g)
{
	static const char *const known[] = { "majorDimension",
		"valueRenderOption", "dateTimeRenderOption", NULL };
	struct show show = { 0 };
	struct area area;

	if (!google_params(g, known) || !ask_show(g, &show) ||
	    !find_area(g, g->range, false, &area))
		return;
	put_value_range(g->out, &area, &show);
	buf_char(g->out, '\n');
	g->call->note->results = length(area.row);
}

void
google_values_batch_get(struct google_call *g)
{
	static const char *const known[] = { "ranges", "majorDimension",
		"valueRenderOption", "dateTimeRenderOption", NULL };
	const struct httpd_request *request = g->call->request;
	struct show show = { 0 };
	struct area area;
	size_t i;

	if (!google_params(g, known) || !ask_show(g, &show))
		return;
	json_open(g->out);
	json_key(g->out, "spreadsheetId");
	json_put_str(g->out, g->book->id);
	json_key(g->out, "valueRanges");
	json_open_array(g->out);
	for (i = 0; i < request->param_nr; i++) {
		if (!text_is(request->param[i].name, "ranges"))
			continue;
		if (++g->call->note->inputs > RANGES) {
			google_invalid(g->call,
			    "The sandbox takes %d ranges at once", RANGES);
			return;
		}
		if (!find_area(g, request->param[i].value, false, &area))
			return;
		put_value_range(g->out, &area, &show);
	}
	json_close_array(g->out);
	json_close(g->out);
	buf_char(g->out, '\n');
}

/*
 * Writing
 */
struct write {
	struct area area; /* what the values cover */
	json_t *values;	  /* lists of scalars; NULL: none */
	bool columns;
};

struct written {
	size_t cells, rows, columns;
};

static size_t
count_chars(const char *p)
{
	size_t nr = 0;

	for (; *p != '\0'; p++)
		nr += (*p & 0xc0) != 0x80;
	return nr;
}

static bool
check_value(
    struct google_call *g, json_t *value, const char *at, size_t i, size_t k)
{
	if (json_is_object(value) || json_is_array(value))
		return google_invalid(g->call,
		    "Invalid %s[%zu][%zu]: %s {\n}\n", at, i, k,
		    json_is_object(value) ? "struct_value" : "list_value");
	if (json_is_string(value) &&
	    count_chars(json_string_value(value)) > CELL_CHARS)
		return google_invalid(g->call,
		    "Your input contains more than the maximum of %d "
		    "characters in a single cell.",
		    CELL_CHARS);
	return true;
}

/* Lists of scalars; the length of the longest. */
static bool
check_values(
    struct google_call *g, json_t *values, const char *at, size_t *longest)
{
	json_t *list, *value;
	size_t i, k;

	*longest = 0;
	json_array_foreach (values, i, list) {
		if (!json_is_array(list))
			return google_violation(g->call, at,
			    "Invalid value at '%s[%zu]' "
			    "(type.googleapis.com/google.protobuf.ListValue)",
			    at, i);
		json_array_foreach (list, k, value)
			if (!check_value(g, value, at, i, k))
				return false;
		if (k > *longest)
			*longest = k;
	}
	return true;
}

static bool
outside(struct google_call *g, const struct area *area, uint32_t row,
    uint32_t column)
{
	struct buf name, at;

	buf_init(&name, RANGE_MAX);
	buf_init(&at, 100);
	a1_put(&name, text_of(area->tab->title), area->row, area->column);
	if (row != A1_OPEN)
		buf_printf(&at, "row [%u]", row + 1);
	else {
		buf_str(&at, "column [");
		a1_put_column(&at, column);
		buf_char(&at, ']');
	}
	google_invalid(g->call,
	    "Requested writing within range [%s], but tried writing to %s",
	    buf_view(&name).p, buf_view(&at).p);
	buf_free(&name);
	buf_free(&at);
	return false;
}

/*
 * The area that so many rows and columns of values take, from the start of the
 * range on. A range of one cell says only where they start.
 */
static bool
fit(struct google_call *g, struct area *area, size_t rows, size_t columns)
{
	bool start_only = length(area->row) == 1 && length(area->column) == 1;
	struct area want = { area->tab, { area->row.first, area->row.first },
		{ area->column.first, area->column.first } };

	if (rows == 0 || columns == 0)
		return true;
	if (!start_only && rows > length(area->row))
		return outside(g, area, area->row.end, 0);
	if (!start_only && columns > length(area->column))
		return outside(g, area, A1_OPEN, area->column.end);
	want.row.end += (uint32_t)(rows < MANY ? rows : MANY);
	want.column.end += (uint32_t)(columns < MANY ? columns : MANY);
	if (want.row.end > area->tab->rows ||
	    want.column.end > area->tab->columns)
		return beyond(g, &want);
	*area = want;
	return true;
}

/* The members of a value range; at is where it stands. */
static bool
read_value_range(struct google_call *g, json_t *object, const char *at,
    struct write *write, const char **range)
{
	unsigned major = MAJOR_ROWS;

	if (!google_only(g, object, at, value_range) ||
	    !google_member_text(g, object, at, "range", range) ||
	    !google_member_enum(
		g, object, at, "majorDimension", "Dimension", majors, &major) ||
	    !google_member_array(g, object, at, "values", &write->values))
		return false;
	write->columns = major == MAJOR_COLUMNS;
	return true;
}

static bool
plan_write(struct google_call *g, const char *at, struct text range,
    struct write *write)
{
	char room[GOOGLE_AT];
	size_t lists, longest;

	if (!find_area(g, range, true, &write->area) ||
	    !check_values(
		g, write->values, google_at(room, at, "values"), &longest))
		return false;
	lists = json_array_size(write->values);
	return write->columns ? fit(g, &write->area, longest, lists)
			      : fit(g, &write->area, lists, longest);
}

static void
set_cell(struct cell *c, json_t *value, unsigned input)
{
	const char *text;

	switch (json_typeof(value)) {
	case JSON_STRING:
		text = json_string_value(value);
		if (*text == '\0')
			cell_clear(c);
		else if (input == INPUT_USER_ENTERED)
			cell_type(c, text_of(text));
		else
			cell_set_text(c, CELL_TEXT, text, strlen(text));
		break;
	case JSON_REAL:
		cell_clear(c);
		c->kind = CELL_NUMBER;
		c->number = json_real_value(value);
		break;
	case JSON_TRUE:
	case JSON_FALSE:
		cell_clear(c);
		c->kind = CELL_BOOL;
		c->number = json_is_true(value) ? 1 : 0;
		break;
	default:
		break;
	}
}

static struct written
do_write(const struct write *write, unsigned input)
{
	const struct area *area = &write->area;
	bool *across = xcalloc(length(area->column) + 1, sizeof(*across));
	bool *down = xcalloc(length(area->row) + 1, sizeof(*down));
	struct written done = { 0 };
	uint32_t row, column;
	json_t *list, *value;
	size_t i, k;

	json_array_foreach (write->values, i, list) {
		json_array_foreach (list, k, value) {
			if (json_is_null(value))
				continue;
			row = (uint32_t)(write->columns ? k : i);
			column = (uint32_t)(write->columns ? i : k);
			set_cell(tab_cell(area->tab, area->row.first + row,
				     area->column.first + column),
			    value, input);
			done.cells++;
			done.rows += !down[row];
			done.columns += !across[column];
			down[row] = across[column] = true;
		}
	}
	free(across);
	free(down);
	return done;
}

/* A count of 0 is left out, as of every message of Google's. */
static void
put_count(struct buf *b, const char *name, size_t nr)
{
	if (nr == 0)
		return;
	json_key(b, name);
	json_put_int(b, (int64_t)nr);
}

static void
put_written(struct google_call *g, const struct write *write,
    const struct written *done, const struct show *show)
{
	struct buf *b = g->out;

	json_open(b);
	json_key(b, "spreadsheetId");
	json_put_str(b, g->book->id);
	json_key(b, "updatedRange");
	put_area(b, &write->area);
	put_count(b, "updatedRows", done->rows);
	put_count(b, "updatedColumns", done->columns);
	put_count(b, "updatedCells", done->cells);
	if (show != NULL) {
		json_key(b, "updatedData");
		put_value_range(b, &write->area, show);
	}
	json_close(b);
}

static bool
has_input(struct google_call *g, unsigned input)
{
	if (input != INPUT_UNSPECIFIED)
		return true;
	return google_invalid(
	    g->call, "'valueInputOption' is required but not specified");
}

/* What update and append are asked; *back is unset when no values are. */
static bool
ask_write(struct google_call *g, unsigned *input, struct show *show, bool *back)
{
	*input = INPUT_UNSPECIFIED;
	*back = false;
	return google_param_enum(
		   g, "valueInputOption", "ValueInputOption", inputs, input) &&
	       google_param_bool(g, "includeValuesInResponse", back) &&
	       google_param_enum(g, "responseValueRenderOption",
		   "ValueRenderOption", renders, &show->render) &&
	       google_param_enum(g, "responseDateTimeRenderOption",
		   "DateTimeRenderOption", dates, &show->dates) &&
	       has_input(g, *input);
}

/* A range in the body is that of the address. */
static bool
same_range(struct google_call *g, const char *range)
{
	struct area asked, told;

	if (range == NULL || *range == '\0')
		return true;
	if (!find_area(g, g->range, true, &asked) ||
	    !find_area(g, text_of(range), true, &told))
		return false;
	if (asked.tab == told.tab &&
	    memcmp(&asked.row, &told.row, sizeof(told.row)) == 0 &&
	    memcmp(&asked.column, &told.column, sizeof(told.column)) == 0)
		return true;
	return google_invalid(g->call,
	    "Requested range [%.*s] does not match value's range [%.200s]",
	    TEXT_ARG(g->range), range);
}

void
google_values_update(struct google_call *g)
{
	static const char *const known[] = { "valueInputOption",
		"includeValuesInResponse", "responseValueRenderOption",
		"responseDateTimeRenderOption", NULL };
	struct show show = { 0 };
	struct write write = { 0 };
	struct written done;
	const char *range = NULL;
	unsigned input;
	json_t *body;
	bool back;

	if (!google_params(g, known) || !ask_write(g, &input, &show, &back))
		return;
	body = google_body(g, "data", value_range);
	if (body == NULL)
		return;
	if (read_value_range(g, body, "data", &write, &range) &&
	    same_range(g, range) && plan_write(g, "data", g->range, &write)) {
		done = do_write(&write, input);
		show.columns = write.columns;
		put_written(g, &write, &done, back ? &show : NULL);
		buf_char(g->out, '\n');
		g->call->note->inputs = done.rows;
	}
	json_decref(body);
}

static bool
plan_batch(struct google_call *g, json_t *data, struct write *write)
{
	const char *range;
	char at[GOOGLE_AT];
	json_t *object;
	size_t i;

	json_array_foreach (data, i, object) {
		snprintf(at, sizeof(at), "data[%zu]", i);
		if (!json_is_object(object))
			return google_violation(g->call, at,
			    "Invalid value at '%s' (ValueRange)", at);
		range = "";
		if (!read_value_range(g, object, at, &write[i], &range) ||
		    !plan_write(g, at, text_of(range), &write[i]))
			return false;
	}
	return true;
}

static size_t
count_tabs(const struct write *write, const struct written *done, size_t nr)
{
	size_t i, k, tabs = 0;

	for (i = 0; i < nr; i++) {
		for (k = 0; k < i; k++)
			if (done[k].cells > 0 &&
			    write[k].area.tab == write[i].area.tab)
				break;
		tabs += done[i].cells > 0 && k == i;
	}
	return tabs;
}

static void
write_batch(struct google_call *g, const struct write *write, size_t nr,
    unsigned input, const struct show *show)
{
	struct written *done = xcalloc(nr + 1, sizeof(*done)), sum = { 0 };
	struct buf *b = g->out;
	struct show one;
	size_t i;

	for (i = 0; i < nr; i++) {
		done[i] = do_write(&write[i], input);
		sum.cells += done[i].cells;
		sum.rows += done[i].rows;
		sum.columns += done[i].columns;
	}
	json_open(b);
	json_key(b, "spreadsheetId");
	json_put_str(b, g->book->id);
	put_count(b, "totalUpdatedRows", sum.rows);
	put_count(b, "totalUpdatedColumns", sum.columns);
	put_count(b, "totalUpdatedCells", sum.cells);
	put_count(b, "totalUpdatedSheets", count_tabs(write, done, nr));
	json_key(b, "responses");
	json_open_array(b);
	for (i = 0; i < nr; i++) {
		if (show != NULL) {
			one = *show;
			one.columns = write[i].columns;
		}
		put_written(g, &write[i], &done[i], show != NULL ? &one : NULL);
	}
	json_close_array(b);
	json_close(b);
	buf_char(b, '\n');
	free(done);
}

void
google_values_batch_update(struct google_call *g)
{
	static const char *const none[] = { NULL };
	static const char *const known[] = { "valueInputOption", "data",
		"includeValuesInResponse", "responseValueRenderOption",
		"responseDateTimeRenderOption", NULL };
	struct show show = { 0 };
	struct write *write = NULL;
	unsigned input = INPUT_UNSPECIFIED;
	json_t *body, *data;
	bool back = false;
	size_t nr;

	if (!google_params(g, none))
		return;
	body = google_body(g, "", known);
	if (body == NULL)
		return;
	if (!google_member_enum(g, body, "", "valueInputOption",
		"ValueInputOption", inputs, &input) ||
	    !google_member_bool(
		g, body, "", "includeValuesInResponse", &back) ||
	    !google_member_enum(g, body, "", "responseValueRenderOption",
		"ValueRenderOption", renders, &show.render) ||
	    !google_member_enum(g, body, "", "responseDateTimeRenderOption",
		"DateTimeRenderOption", dates, &show.dates) ||
	    !google_member_array(g, body, "", "data", &data) ||
	    !has_input(g, input))
		goto out;
	nr = json_array_size(data);
	write = xcalloc(nr + 1, sizeof(*write));
	g->call->note->inputs = nr;
	/* all of them are good, or none is written */
	if (plan_batch(g, data, write))
		write_batch(g, write, nr, input, back ? &show : NULL);
out:
	free(write);
	json_decref(body);
}

/*
 * Appending
 */
static bool
any_value(const struct tab *tab, struct a1_span row, struct a1_span column)
{
	return tab_last_row(tab, row, column) > 0;
}

/* Outwards, as long as the row or column beside it has a value. */
static void
grow_table(struct area *t)
{
	const struct tab *tab = t->tab;
	struct a1_span *row = &t->row, *column = &t->column, was_row,
		       was_column;

	do {
		was_row = *row;
		was_column = *column;
		if (row->first > 0 &&
		    any_value(tab,
			(struct a1_span){ row->first - 1, row->first },
			*column))
			row->first--;
		if (row->end < tab->rows &&
		    any_value(tab, (struct a1_span){ row->end, row->end + 1 },
			*column))
			row->end++;
		if (column->first > 0 &&
		    any_value(tab, *row,
			(struct a1_span){ column->first - 1, column->first }))
			column->first--;
		if (column->end < tab->columns &&
		    any_value(tab, *row,
			(struct a1_span){ column->end, column->end + 1 }))
			column->end++;
	} while (memcmp(&was_row, row, sizeof(was_row)) != 0 ||
		 memcmp(&was_column, column, sizeof(was_column)) != 0);
}

/* The last table in the area; false when there is none. */
static bool
find_table(const struct area *area, struct area *table)
{
	uint32_t last = tab_last_row(area->tab, area->row, area->column);
	struct a1_span row = { last - 1, last };

	if (last == 0)
		return false;
	*table = *area;
	table->row = row;
	table->column.end = tab_last_column(area->tab, row, area->column);
	while (tab_look(area->tab, row.first, table->column.first)->kind ==
	       CELL_EMPTY)
		table->column.first++;
	grow_table(table);
	return true;
}

/* Where appended values go: below the table, in its first column. */
static bool
make_room(struct google_call *g, struct write *write, bool insert)
{
	struct area *at = &write->area;
	size_t lists = json_array_size(write->values), longest = 0, rows;
	uint32_t more = 0;

	if (!check_values(g, write->values, "data.values", &longest))
		return false;
	rows = write->columns ? longest : lists;
	if (rows > A1_ROWS)
		rows = A1_ROWS;
	if (insert && at->row.first < at->tab->rows)
		more = (uint32_t)rows;
	else if (at->row.first + rows > at->tab->rows)
		more = at->row.first + (uint32_t)rows - at->tab->rows;
	if (!google_can_hold(
		g, g->book, (uint64_t)more * at->tab->columns, NULL))
		return false;
	if (at->column.first + (write->columns ? lists : longest) >
	    at->tab->columns) {
		at->row.end = at->row.first + 1;
		return beyond(g, at);
	}
	tab_insert_rows(at->tab,
	    insert && at->row.first < at->tab->rows ? at->row.first
						    : at->tab->rows,
	    more);
	at->row.end = at->row.first + (rows > 0 ? (uint32_t)rows : 1);
	at->column.end = at->column.first + 1;
	if (rows > 0)
		at->column.end = at->column.first +
				 (uint32_t)(write->columns ? lists : longest);
	return true;
}

static void
append(struct google_call *g, struct write *write, unsigned input, bool insert,
    const struct show *show)
{
	struct area found, table;
	struct written done;
	bool any;

	if (!find_area(g, g->range, false, &found))
		return;
	any = find_table(&found, &table);
	write->area = any ? table : found;
	if (any)
		write->area.row.first = table.row.end;
	if (!make_room(g, write, insert && any))
		return;
	done = do_write(write, input);
	g->call->note->inputs = done.rows;
	json_open(g->out);
	json_key(g->out, "spreadsheetId");
	json_put_str(g->out, g->book->id);
	if (any) {
		json_key(g->out, "tableRange");
		put_area(g->out, &table);
	}
	json_key(g->out, "updates");
	put_written(g, write, &done, show);
	json_close(g->out);
	buf_char(g->out, '\n');
}

void
google_values_append(struct google_call *g)
{
	static const char *const known[] = { "valueInputOption",
		"insertDataOption", "includeValuesInResponse",
		"responseValueRenderOption", "responseDateTimeRenderOption",
		NULL };
	struct show show = { 0 };
	struct write write = { 0 };
	const char *range = NULL;
	unsigned input, insert = 0;
	json_t *body;
	bool back;

	if (!google_params(g, known) || !ask_write(g, &input, &show, &back) ||
	    !google_param_enum(
		g, "insertDataOption", "InsertDataOption", inserts, &insert))
		return;
	body = google_body(g, "data", value_range);
	if (body == NULL)
		return;
	if (read_value_range(g, body, "data", &write, &range) &&
	    same_range(g, range)) {
		show.columns = write.columns;
		append(g, &write, input, insert == 1, back ? &show : NULL);
	}
	json_decref(body);
}

/*
 * Clearing
 */
static void
clear(const struct area *area)
{
	uint32_t i, k, rows = area->row.end, end;
	struct tab *tab = area->tab;

	if (rows > tab->nr)
		rows = tab->nr;
	for (i = area->row.first; i < rows; i++) {
		end = area->column.end;
		if (end > tab->row[i].nr)
			end = tab->row[i].nr;
		for (k = area->column.first; k < end; k++)
			cell_clear(&tab->row[i].cell[k]);
	}
}

void
google_values_clear(struct google_call *g)
{
	static const char *const none[] = { NULL };
	struct area area;
	json_t *body;

	if (!google_params(g, none))
		return;
	body = google_body(g, "", none);
	if (body == NULL)
		return;
	json_decref(body);
	if (!find_area(g, g->range, false, &area))
		return;
	clear(&area);
	json_open(g->out);
	json_key(g->out, "spreadsheetId");
	json_put_str(g->out, g->book->id);
	json_key(g->out, "clearedRange");
	put_area(g->out, &area);
	json_close(g->out);
	buf_char(g->out, '\n');
}

static bool
find_areas(struct google_call *g, json_t *ranges, struct area *area)
{
	json_t *range;
	size_t i;

	json_array_foreach (ranges, i, range) {
		if (!json_is_string(range))
			return google_violation(g->call, "ranges",
			    "Invalid value at 'ranges[%zu]' (TYPE_STRING)", i);
		if (!find_area(
			g, text_of(json_string_value(range)), false, &area[i]))
			return false;
	}
	return true;
}

void
google_values_batch_clear(struct google_call *g)
{
	static const char *const none[] = { NULL };
	static const char *const known[] = { "ranges", NULL };
	struct area *area;
	json_t *body, *ranges;
	size_t i, nr;

	if (!google_params(g, none))
		return;
	body = google_body(g, "", known);
	if (body == NULL)
		return;
	if (!google_member_array(g, body, "", "ranges", &ranges)) {
		json_decref(body);
		return;
	}
	nr = json_array_size(ranges);
	g->call->note->inputs = nr;
	area = xcalloc(nr + 1, sizeof(*area));
	if (find_areas(g, ranges, area)) {
		json_open(g->out);
		json_key(g->out, "spreadsheetId");
		json_put_str(g->out, g->book->id);
		json_key(g->out, "clearedRanges");
		json_open_array(g->out);
		for (i = 0; i < nr; i++) {
			clear(&area[i]);
			put_area(g->out, &area[i]);
		}
		json_close_array(g->out);
		json_close(g->out);
		buf_char(g->out, '\n');
	}
	free(area);
	json_decref(body);
}
