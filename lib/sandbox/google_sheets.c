/*
 * Spreadsheets: what they are, and changes to their tabs
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "sandbox/google_impl.h"

#define TITLE_MAX     100
#define ROWS_USUAL    1000
#define COLUMNS_USUAL 26
#define REQUESTS      10000

static const char *const tab_members[] = { "sheetId", "title", "index",
	"sheetType", "gridProperties", "hidden", "tabColor", "tabColorStyle",
	"rightToLeft", NULL };
static const char *const grid_members[] = { "rowCount", "columnCount",
	"frozenRowCount", "frozenColumnCount", "hideGridlines",
	"rowGroupControlAfter", "columnGroupControlAfter", NULL };
static const char *const range_members[] = { "sheetId", "dimension",
	"startIndex", "endIndex", NULL };
static const char *const dimensions[] = { "DIMENSION_UNSPECIFIED", "ROWS",
	"COLUMNS", NULL };

/* A change under way. */
struct change {
	struct google_call *g;
	struct book *book; /* the copy that it is made to */
	char at[60];	   /* "requests[3].addSheet" */
};

struct book *
google_book(struct google *google, struct text id)
{
	size_t i;

	for (i = 0; i < google->nr_book; i++)
		if (text_is(id, google->book[i]->id))
			return google->book[i];
	return NULL;
}

void
google_free_books(struct google *google)
{
	size_t i;

	for (i = 0; i < google->nr_book; i++)
		book_free(google->book[i]);
	free(google->book);
	google->book = NULL;
	google->nr_book = 0;
}

/*
 * Telling; a 0 and a false are left out
 */
static void
put_count(struct buf *b, const char *name, uint32_t nr)
{
	if (nr == 0)
		return;
	json_key(b, name);
	json_put_int(b, nr);
}

void
google_put_properties(
    struct buf *b, const struct book *book, const struct tab *tab)
{
	json_key(b, "properties");
	json_open(b);
	json_key(b, "sheetId");
	json_put_int(b, tab->id);
	json_key(b, "title");
	json_put_str(b, tab->title);
	json_key(b, "index");
	json_put_int(b, (int64_t)book_index(book, tab));
	json_key(b, "sheetType");
	json_put_str(b, "GRID");
	json_key(b, "gridProperties");
	json_open(b);
	put_count(b, "rowCount", tab->rows);
	put_count(b, "columnCount", tab->columns);
	put_count(b, "frozenRowCount", tab->frozen_rows);
	put_count(b, "frozenColumnCount", tab->frozen_columns);
	json_close(b);
	if (tab->hidden) {
		json_key(b, "hidden");
		json_put_bool(b, true);
	}
	json_close(b);
}

static void
put_spreadsheet(struct buf *b, const struct book *book)
{
	struct buf url;
	size_t i;

	json_open(b);
	json_key(b, "spreadsheetId");
	json_put_str(b, book->id);
	json_key(b, "properties");
	json_open(b);
	json_key(b, "title");
	json_put_str(b, book->title);
	json_key(b, "locale");
	json_put_str(b, book->locale);
	json_key(b, "autoRecalc");
	json_put_str(b, "ON_CHANGE");
	json_key(b, "timeZone");
	json_put_str(b, book->time_zone);
	json_close(b);
	json_key(b, "sheets");
	json_open_array(b);
	for (i = 0; i < book->nr; i++) {
		json_open(b);
		google_put_properties(b, book, &book->tab[i]);
		json_close(b);
	}
	json_close_array(b);
	buf_init(&url, 1000);
	buf_str(&url, "https://docs.google.com/spreadsheets/d/");
	buf_str(&url, book->id);
	buf_str(&url, "/edit");
	json_key(b, "spreadsheetUrl");
	json_put_text(b, buf_view(&url));
	buf_free(&url);
	json_close(b);
}

static bool
unimplemented(struct google_call *g, const char *what)
{
	return google_error(g->call, 501, "UNIMPLEMENTED",
	    "The sandbox does not do this: %s", what);
}

void
google_spreadsheet(struct google_call *g)
{
	static const char *const known[] = { "ranges", "includeGridData",
		"excludeTablesInBandedRanges", NULL };
	bool data = false;

	if (!google_params(g, known) ||
	    !google_param_bool(g, "includeGridData", &data))
		return;
	if (data) {
		unimplemented(g, "includeGridData");
		return;
	}
	put_spreadsheet(g->out, g->book);
	buf_char(g->out, '\n');
}

/*
 * Changing
 */
static bool
invalid(struct change *c, const char *message)
{
	return google_invalid(c->g->call, "Invalid %s: %s", c->at, message);
}

bool
google_can_hold(struct google_call *g, const struct book *book, uint64_t more,
    const char *at)
{
	if (more == 0 || book_cells(book) + more <= BOOK_CELLS)
		return true;
	return google_invalid(g->call,
	    "%s%s%sThis action would increase the number of cells in the "
	    "workbook above the limit of %d cells.",
	    at == NULL ? "" : "Invalid ", at == NULL ? "" : at,
	    at == NULL ? "" : ": ", BOOK_CELLS);
}

static bool
find_tab(struct change *c, int32_t id, struct tab **tab)
{
	*tab = book_tab(c->book, id);
	if (*tab != NULL)
		return true;
	return google_invalid(
	    c->g->call, "Invalid %s: No grid with id: %d", c->at, id);
}

/* What a tab may become; -1 and NULL: not said. */
struct wish {
	int32_t id, index;
	const char *title;
	int32_t rows, columns, frozen_rows, frozen_columns;
	int32_t hidden;
};

static bool
read_grid(struct change *c, json_t *object, struct wish *wish)
{
	char at[GOOGLE_AT];
	bool ignored;

	google_at(at, c->at, "properties.grid_properties");
	return google_only(c->g, object, at, grid_members) &&
	       google_member_int(c->g, object, at, "rowCount", &wish->rows) &&
	       google_member_int(
		   c->g, object, at, "columnCount", &wish->columns) &&
	       google_member_int(
		   c->g, object, at, "frozenRowCount", &wish->frozen_rows) &&
	       google_member_int(c->g, object, at, "frozenColumnCount",
		   &wish->frozen_columns) &&
	       google_member_bool(c->g, object, at, "hideGridlines", &ignored);
}

static bool
read_wish(struct change *c, json_t *request, struct wish *wish)
{
	static const char *const types[] = { "SHEET_TYPE_UNSPECIFIED", "GRID",
		NULL };
	char at[GOOGLE_AT];
	json_t *object, *grid;
	unsigned type = 1;
	bool hidden = false;

	*wish = (struct wish){ -1, -1, NULL, -1, -1, -1, -1, -1 };
	if (!google_member_object(c->g, request, c->at, "properties", &object))
		return false;
	if (object == NULL)
		return true;
	google_at(at, c->at, "properties");
	if (!google_only(c->g, object, at, tab_members) ||
	    !google_member_int(c->g, object, at, "sheetId", &wish->id) ||
	    !google_member_int(c->g, object, at, "index", &wish->index) ||
	    !google_member_text(c->g, object, at, "title", &wish->title) ||
	    !google_member_enum(
		c->g, object, at, "sheetType", "SheetType", types, &type) ||
	    !google_member_bool(c->g, object, at, "hidden", &hidden) ||
	    !google_member_object(c->g, object, at, "gridProperties", &grid))
		return false;
	if (json_object_get(object, "hidden") != NULL)
		wish->hidden = hidden;
	return grid == NULL || read_grid(c, grid, wish);
}

/* An id that was given and is negative, or a size that is not positive. */
static bool
check_wish(struct change *c, json_t *request, const struct wish *wish)
{
	json_t *object = json_object_get(request, "properties");
	json_t *grid = json_object_get(object, "gridProperties");

	if (wish->id < 0 && json_object_get(object, "sheetId") != NULL)
		return invalid(c, "sheetId must not be negative");
	if ((wish->rows < 1 && json_object_get(grid, "rowCount") != NULL) ||
	    (wish->columns < 1 && json_object_get(grid, "columnCount") != NULL))
		return invalid(
		    c, "Sheets must have at least one row and one column.");
	if (wish->columns > A1_COLUMNS)
		return invalid(c, "A sheet has at most 18278 columns.");
	return true;
}

/* A title that another tab has, or that none can have. */
static bool
check_title(struct change *c, const char *title, const struct tab *own)
{
	struct tab *other;

	if (*title == '\0' || strlen(title) > TITLE_MAX)
		return invalid(c, "The sheet name cannot be empty or have "
				  "more than 100 characters.");
	other = book_titled(c->book, text_of(title));
	if (other == NULL || other == own)
		return true;
	return google_invalid(c->g->call,
	    "Invalid %s: A sheet with the name \"%s\" already exists. Please "
	    "enter another name.",
	    c->at, title);
}

static int32_t
free_id(struct book *book)
{
	int32_t id = 1000001;

	while (book_tab(book, id) != NULL)
		id++;
	return id;
}

static void
free_title(struct book *book, const char *before, struct buf *title)
{
	unsigned i;

	for (i = (unsigned)book->nr + 1;; i++) {
		buf_clear(title);
		buf_printf(title, "%s%u", before, i);
		if (book_titled(book, buf_view(title)) == NULL)
			return;
	}
}

static size_t
place(const struct book *book, int32_t index)
{
	return index < 0 || (size_t)index > book->nr ? book->nr : (size_t)index;
}

static void
reply_tab(struct change *c, const char *name, const struct tab *tab)
{
	json_open(c->g->out);
	json_key(c->g->out, name);
	json_open(c->g->out);
	google_put_properties(c->g->out, c->book, tab);
	json_close(c->g->out);
	json_close(c->g->out);
}

static void
reply_nothing(struct change *c)
{
	json_open(c->g->out);
	json_close(c->g->out);
}

static bool
new_id(struct change *c, int32_t *id)
{
	if (*id < 0)
		*id = free_id(c->book);
	if (book_tab(c->book, *id) == NULL)
		return true;
	return google_invalid(c->g->call,
	    "Invalid %s: A sheet with the id %d already exists.", c->at, *id);
}

static bool
add_sheet(struct change *c, json_t *request)
{
	static const char *const known[] = { "properties", NULL };
	struct wish wish;
	struct buf title;
	struct tab *tab;
	bool good = false;

	if (!google_only(c->g, request, c->at, known) ||
	    !read_wish(c, request, &wish) || !check_wish(c, request, &wish))
		return false;
	if (wish.rows < 0)
		wish.rows = ROWS_USUAL;
	if (wish.columns < 0)
		wish.columns = COLUMNS_USUAL;
	buf_init(&title, 1000);
	if (wish.title == NULL)
		free_title(c->book, "Sheet", &title);
	else
		buf_str(&title, wish.title);
	if (check_title(c, buf_view(&title).p, NULL) && new_id(c, &wish.id) &&
	    google_can_hold(c->g, c->book,
		(uint64_t)wish.rows * (uint64_t)wish.columns, c->at)) {
		tab = book_insert(c->book, place(c->book, wish.index), wish.id,
		    title.p, (uint32_t)wish.rows, (uint32_t)wish.columns);
		tab->hidden = wish.hidden == 1;
		if (wish.frozen_rows > 0)
			tab->frozen_rows = (uint32_t)wish.frozen_rows;
		if (wish.frozen_columns > 0)
			tab->frozen_columns = (uint32_t)wish.frozen_columns;
		reply_tab(c, "addSheet", tab);
		good = true;
	}
	buf_free(&title);
	return good;
}

static bool
duplicate_sheet(struct change *c, json_t *request)
{
	static const char *const known[] = { "sourceSheetId",
		"insertSheetIndex", "newSheetId", "newSheetName", NULL };
	int32_t source = 0, index = 0, id = -1;
	const char *name = NULL;
	struct tab *from, *tab;
	struct buf title;
	bool good = false;

	if (!google_only(c->g, request, c->at, known) ||
	    !google_member_int(
		c->g, request, c->at, "sourceSheetId", &source) ||
	    !google_member_int(
		c->g, request, c->at, "insertSheetIndex", &index) ||
	    !google_member_int(c->g, request, c->at, "newSheetId", &id) ||
	    !google_member_text(c->g, request, c->at, "newSheetName", &name) ||
	    !find_tab(c, source, &from) || !new_id(c, &id))
		return false;
	buf_init(&title, 1000);
	if (name != NULL)
		buf_str(&title, name);
	else
		free_title(c->book, "Copy ", &title);
	if (check_title(c, buf_view(&title).p, NULL) &&
	    google_can_hold(
		c->g, c->book, (uint64_t)from->rows * from->columns, c->at)) {
		tab = book_insert(c->book, place(c->book, index), id, title.p,
		    from->rows, from->columns);
		from = book_tab(c->book, source); /* it may have moved */
		tab->frozen_rows = from->frozen_rows;
		tab->frozen_columns = from->frozen_columns;
		tab_copy_cells(tab, from);
		reply_tab(c, "duplicateSheet", tab);
		good = true;
	}
	buf_free(&title);
	return good;
}

static bool
delete_sheet(struct change *c, json_t *request)
{
	static const char *const known[] = { "sheetId", NULL };
	int32_t id = 0;
	struct tab *tab;

	if (!google_only(c->g, request, c->at, known) ||
	    !google_member_int(c->g, request, c->at, "sheetId", &id) ||
	    !find_tab(c, id, &tab))
		return false;
	if (c->book->nr == 1)
		return invalid(
		    c, "You can't remove all the sheets in a document.");
	book_remove(c->book, book_index(c->book, tab));
	reply_nothing(c);
	return true;
}

static bool
resize(struct change *c, struct tab *tab, int32_t rows, int32_t columns)
{
	uint64_t now = (uint64_t)tab->rows * tab->columns, then;

	if (rows < 1 || columns < 1)
		return invalid(
		    c, "Sheets must have at least one row and one column.");
	then = (uint64_t)rows * (uint64_t)columns;
	if (then > now && !google_can_hold(c->g, c->book, then - now, c->at))
		return false;
	tab_resize(tab, (uint32_t)rows, (uint32_t)columns);
	return true;
}

/* One field of the mask, "properties." left out. */
static bool
set_field(struct change *c, struct tab **tab, const struct wish *wish,
    struct text field)
{
	bool every = text_is(field, "*");
	bool grid = every || text_is(field, "gridProperties");
	struct tab *t = *tab;
	size_t to;

	if (!every && !grid && !text_is(field, "title") &&
	    !text_is(field, "index") && !text_is(field, "hidden") &&
	    !text_is(field, "gridProperties.rowCount") &&
	    !text_is(field, "gridProperties.columnCount") &&
	    !text_is(field, "gridProperties.frozenRowCount") &&
	    !text_is(field, "gridProperties.frozenColumnCount"))
		return google_violation(c->g->call, c->at,
		    "Invalid %s: Field mask '%.*s' is not one the sandbox "
		    "knows",
		    c->at, TEXT_ARG(field));
	if (every || text_is(field, "title")) {
		if (!check_title(c, wish->title == NULL ? "" : wish->title, t))
			return false;
		free(t->title);
		t->title = xstrdup(wish->title);
	}
	if (grid || text_is(field, "gridProperties.rowCount"))
		if (!resize(c, t, wish->rows, (int32_t)t->columns))
			return false;
	if (grid || text_is(field, "gridProperties.columnCount"))
		if (!resize(c, t, (int32_t)t->rows, wish->columns))
			return false;
	if (grid || text_is(field, "gridProperties.frozenRowCount"))
		t->frozen_rows =
		    wish->frozen_rows < 0 ? 0 : (uint32_t)wish->frozen_rows;
	if (grid || text_is(field, "gridProperties.frozenColumnCount"))
		t->frozen_columns = wish->frozen_columns < 0
					? 0
					: (uint32_t)wish->frozen_columns;
	if (every || text_is(field, "hidden"))
		t->hidden = wish->hidden == 1;
	if (every || text_is(field, "index")) {
		to = place(c->book, wish->index < 0 ? 0 : wish->index);
		/* as if it still stood where it was */
		to -= to > book_index(c->book, t);
		book_move(c->book, book_index(c->book, t), to);
		*tab = &c->book->tab[to];
	}
	return true;
}

static bool
update_sheet(struct change *c, json_t *request)
{
	static const char *const known[] = { "properties", "fields", NULL };
	const char *fields = "";
	struct wish wish;
	struct tab *tab;
	size_t len;

	if (!google_only(c->g, request, c->at, known) ||
	    !google_member_text(c->g, request, c->at, "fields", &fields) ||
	    !read_wish(c, request, &wish) || !check_wish(c, request, &wish))
		return false;
	if (*fields == '\0')
		return invalid(c, "At least one field must be listed in "
				  "'fields'. (Use '*' to indicate all "
				  "fields.)");
	if (!find_tab(c, wish.id < 0 ? 0 : wish.id, &tab))
		return false;
	for (; *fields != '\0'; fields += len + (fields[len] == ',')) {
		len = strcspn(fields, ",");
		if (!set_field(c, &tab, &wish, (struct text){ fields, len }))
			return false;
	}
	reply_nothing(c);
	return true;
}

static bool
append_dimension(struct change *c, json_t *request)
{
	static const char *const known[] = { "sheetId", "dimension", "length",
		"tableId", NULL };
	int32_t id = 0, length = 0;
	unsigned dimension = 0;
	uint64_t more;
	struct tab *tab;

	if (!google_only(c->g, request, c->at, known) ||
	    !google_member_int(c->g, request, c->at, "sheetId", &id) ||
	    !google_member_int(c->g, request, c->at, "length", &length) ||
	    !google_member_enum(c->g, request, c->at, "dimension", "Dimension",
		dimensions, &dimension) ||
	    !find_tab(c, id, &tab))
		return false;
	if (dimension == 0)
		return invalid(c, "No dimension specified.");
	if (length < 1)
		return invalid(c, "Length must be at least one.");
	more = (uint64_t)length * (dimension == 1 ? tab->columns : tab->rows);
	if (!google_can_hold(c->g, c->book, more, c->at))
		return false;
	if (dimension == 2 && (uint32_t)length > A1_COLUMNS - tab->columns)
		return invalid(c, "A sheet has at most 18278 columns.");
	if (dimension == 1)
		tab->rows += (uint32_t)length;
	else
		tab->columns += (uint32_t)length;
	reply_nothing(c);
	return true;
}

/* Rows or columns of a tab, inside its bounds; past the last one for insert. */
static bool
read_dimensions(struct change *c, json_t *request, bool insert,
    struct tab **tab, bool *rows, struct a1_span *span)
{
	int32_t id = 0, start = 0, end = -1;
	unsigned dimension = 0;
	char at[GOOGLE_AT];
	json_t *range;
	uint32_t bound;

	if (!google_member_object(c->g, request, c->at, "range", &range))
		return false;
	if (range == NULL)
		return invalid(c, "No range specified.");
	google_at(at, c->at, "range");
	if (!google_only(c->g, range, at, range_members) ||
	    !google_member_int(c->g, range, at, "sheetId", &id) ||
	    !google_member_int(c->g, range, at, "startIndex", &start) ||
	    !google_member_int(c->g, range, at, "endIndex", &end) ||
	    !google_member_enum(c->g, range, at, "dimension", "Dimension",
		dimensions, &dimension) ||
	    !find_tab(c, id, tab))
		return false;
	if (dimension == 0)
		return invalid(c, "No dimension specified.");
	*rows = dimension == 1;
	bound = *rows ? (*tab)->rows : (*tab)->columns;
	if (json_object_get(range, "endIndex") == NULL && !insert)
		end = (int32_t)bound;
	if (start < 0 || end <= start || (uint32_t)start > bound ||
	    (!insert && (uint32_t)end > bound))
		return google_invalid(c->g->call,
		    "Invalid %s: range.startIndex[%d] and range.endIndex[%d] "
		    "must lie within the grid, which has %u %s",
		    c->at, start, end, bound, *rows ? "rows" : "columns");
	*span = (struct a1_span){ (uint32_t)start, (uint32_t)end };
	return true;
}

static bool
delete_dimension(struct change *c, json_t *request)
{
	static const char *const known[] = { "range", NULL };
	struct a1_span span;
	struct tab *tab;
	bool rows;

	if (!google_only(c->g, request, c->at, known) ||
	    !read_dimensions(c, request, false, &tab, &rows, &span))
		return false;
	if (span.end - span.first == (rows ? tab->rows : tab->columns))
		return invalid(
		    c, rows ? "You can't delete all the rows on the sheet."
			    : "You can't delete all the columns on the sheet.");
	if (rows && tab->frozen_rows > 0 &&
	    span.end - span.first == tab->rows - tab->frozen_rows &&
	    span.first == tab->frozen_rows)
		return invalid(c,
		    "Sorry, it is not possible to delete all non-frozen "
		    "rows.");
	if (rows)
		tab_delete_rows(tab, span);
	else
		tab_delete_columns(tab, span);
	reply_nothing(c);
	return true;
}

static bool
insert_dimension(struct change *c, json_t *request)
{
	static const char *const known[] = { "range", "inheritFromBefore",
		NULL };
	struct a1_span span;
	uint64_t more;
	struct tab *tab;
	bool rows, before = false;

	if (!google_only(c->g, request, c->at, known) ||
	    !google_member_bool(
		c->g, request, c->at, "inheritFromBefore", &before) ||
	    !read_dimensions(c, request, true, &tab, &rows, &span))
		return false;
	more = (uint64_t)(span.end - span.first) *
	       (rows ? tab->columns : tab->rows);
	if (!google_can_hold(c->g, c->book, more, c->at))
		return false;
	if (!rows && span.end - span.first > A1_COLUMNS - tab->columns)
		return invalid(c, "A sheet has at most 18278 columns.");
	if (rows)
		tab_insert_rows(tab, span.first, span.end - span.first);
	else
		tab_insert_columns(tab, span.first, span.end - span.first);
	reply_nothing(c);
	return true;
}

static const struct {
	const char *name;
	bool (*make)(struct change *, json_t *);
} kinds[] = {
	{ "addSheet", add_sheet },
	{ "appendDimension", append_dimension },
	{ "deleteDimension", delete_dimension },
	{ "deleteSheet", delete_sheet },
	{ "duplicateSheet", duplicate_sheet },
	{ "insertDimension", insert_dimension },
	{ "updateSheetProperties", update_sheet },
};

/* The other kinds that Google knows. */
static const char *const others[] = { "addBanding", "addChart",
	"addConditionalFormatRule", "addDataSource", "addDimensionGroup",
	"addFilterView", "addNamedRange", "addProtectedRange", "addSlicer",
	"addTable", "appendCells", "autoFill", "autoResizeDimensions",
	"cancelDataSourceRefresh", "clearBasicFilter", "copyPaste",
	"createDeveloperMetadata", "cutPaste", "deleteBanding",
	"deleteConditionalFormatRule", "deleteDataSource",
	"deleteDeveloperMetadata", "deleteDimensionGroup", "deleteDuplicates",
	"deleteEmbeddedObject", "deleteFilterView", "deleteNamedRange",
	"deleteProtectedRange", "deleteRange", "deleteTable",
	"duplicateFilterView", "findReplace", "insertRange", "mergeCells",
	"moveDimension", "pasteData", "randomizeRange", "refreshDataSource",
	"repeatCell", "setBasicFilter", "setDataValidation", "sortRange",
	"textToColumns", "trimWhitespace", "unmergeCells", "updateBanding",
	"updateBorders", "updateCells", "updateChartSpec",
	"updateConditionalFormatRule", "updateDataSource",
	"updateDeveloperMetadata", "updateDimensionGroup",
	"updateDimensionProperties", "updateEmbeddedObjectBorder",
	"updateEmbeddedObjectPosition", "updateFilterView", "updateNamedRange",
	"updateProtectedRange", "updateSlicerSpec",
	"updateSpreadsheetProperties", "updateTable" };

static bool
no_kind(struct change *c, const char *name)
{
	size_t i;

	for (i = 0; i < sizeof(others) / sizeof(others[0]); i++)
		if (strcmp(others[i], name) == 0)
			return unimplemented(c->g, name);
	return google_violation(c->g->call, c->at,
	    "Invalid JSON payload received. Unknown name \"%.200s\" at '%s': "
	    "Cannot find field.",
	    name, c->at);
}

static bool
make_change(struct change *c, json_t *request, size_t i)
{
	const char *name;
	json_t *of;
	size_t k;

	snprintf(c->at, sizeof(c->at), "requests[%zu]", i);
	if (!json_is_object(request) || json_object_size(request) != 1)
		return google_invalid(c->g->call,
		    "Invalid %s: it must set exactly one kind of request",
		    c->at);
	name = json_object_iter_key(json_object_iter(request));
	of = json_object_get(request, name);
	for (k = 0; k < sizeof(kinds) / sizeof(kinds[0]); k++)
		if (strcmp(kinds[k].name, name) == 0)
			break;
	if (k == sizeof(kinds) / sizeof(kinds[0]))
		return no_kind(c, name);
	snprintf(c->at, sizeof(c->at), "requests[%zu].%s", i, name);
	if (!json_is_object(of))
		return google_violation(c->g->call, c->at,
		    "Invalid value at '%s' (Message)", c->at);
	return kinds[k].make(c, of);
}

/* All of them, or none: they are made to a copy. */
static void
change_book(struct google_call *g, json_t *requests, bool back)
{
	struct change c = { g, book_copy(g->book), "" };
	json_t *request;
	size_t i;

	json_open(g->out);
	json_key(g->out, "spreadsheetId");
	json_put_str(g->out, g->book->id);
	json_key(g->out, "replies");
	json_open_array(g->out);
	json_array_foreach (requests, i, request)
		if (!make_change(&c, request, i)) {
			book_free(c.book);
			return;
		}
	json_close_array(g->out);
	book_replace(g->book, c.book);
	if (back) {
		json_key(g->out, "updatedSpreadsheet");
		put_spreadsheet(g->out, g->book);
	}
	json_close(g->out);
	buf_char(g->out, '\n');
}

void
google_update_spreadsheet(struct google_call *g)
{
	static const char *const none[] = { NULL };
	static const char *const known[] = { "requests",
		"includeSpreadsheetInResponse", "responseRanges",
		"responseIncludeGridData", NULL };
	bool back = false, data = false;
	json_t *body, *requests, *ranges;

	if (!google_params(g, none))
		return;
	body = google_body(g, "", known);
	if (body == NULL)
		return;
	if (!google_member_array(g, body, "", "requests", &requests) ||
	    !google_member_array(g, body, "", "responseRanges", &ranges) ||
	    !google_member_bool(
		g, body, "", "includeSpreadsheetInResponse", &back) ||
	    !google_member_bool(g, body, "", "responseIncludeGridData", &data))
		;
	else if (data)
		unimplemented(g, "responseIncludeGridData");
	else if (json_array_size(requests) == 0)
		google_invalid(g->call, "Must specify at least one request.");
	else if (json_array_size(requests) > REQUESTS)
		google_invalid(
		    g->call, "The sandbox takes %d requests at once", REQUESTS);
	else {
		g->call->note->inputs = json_array_size(requests);
		change_book(g, requests, back);
	}
	json_decref(body);
}
