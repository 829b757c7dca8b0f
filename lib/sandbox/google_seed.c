/*
 * The spreadsheets at the start, and as JSON
 *
 *	{"spreadsheets":[{"id":..., "title":..., "share":"write"|"read"|"none",
 *	  "locale":..., "timeZone":..., "tabs":[{"id":..., "title":...,
 *	    "rows":..., "columns":..., "frozenRows":..., "frozenColumns":...,
 *	    "hidden":..., "values":[[...], ...]}, ...]}, ...]}
 *
 * A value is text, a number, true, false or null; a formula is {"typed":"=1+1"},
 * and a number with another look {"number":46000,"look":"date"}.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "sandbox/google_impl.h"
#include "sandbox/typed.h"

#define BOOKS	  1000
#define TITLE_MAX 100

static const char *const shares[] = { "none", "read", "write", NULL };
static const char *const looks[] = { "general", "percent", "date", "dateTime",
	NULL };

/*
 * Invented
 */
static struct book *
add_book(struct google *google, const char *id, const char *title,
    enum book_share share)
{
	struct book *book = book_new(id, title);

	book->share = share;
	google->book = xreallocarray(
	    google->book, google->nr_book + 1, sizeof(struct book *));
	google->book[google->nr_book++] = book;
	return book;
}

static void
set_text(struct tab *tab, uint32_t row, uint32_t column, const char *text)
{
	if (*text != '\0')
		cell_set_text(
		    tab_cell(tab, row, column), CELL_TEXT, text, strlen(text));
}

static void
set_number(struct tab *tab, uint32_t row, uint32_t column, double x)
{
	struct cell *c = tab_cell(tab, row, column);

	cell_clear(c);
	c->kind = CELL_NUMBER;
	c->number = x;
}

static void
set_bool(struct tab *tab, uint32_t row, uint32_t column, bool x)
{
	set_number(tab, row, column, x);
	tab_cell(tab, row, column)->kind = CELL_BOOL;
}

static void
set_header(struct tab *tab, const char *const *name)
{
	uint32_t i;

	for (i = 0; name[i] != NULL; i++)
		set_text(tab, 0, i, name[i]);
	tab->frozen_rows = 1;
}

static void
id_text(const struct crm_owner *owner, char out[24])
{
	snprintf(out, 24, "%llu", (unsigned long long)owner->id);
}

static void
name_text(const struct crm_owner *owner, char out[90])
{
	snprintf(out, 90, "%s %s", owner->first, owner->last);
}

/* The nr-th of the owners who coach; NULL when there are fewer. */
static const struct crm_owner *
coach(const struct google *google, size_t nr)
{
	const struct crm_owner *owner;
	size_t i, owners;

	owner = crm_owners(google->crm, &owners);
	for (i = 0; i < owners; i++)
		if (owner[i].coach && !owner[i].archived &&
		    *owner[i].first != '\0' && nr-- == 0)
			return &owner[i];
	return NULL;
}

/* As a push of the day before left it, and a person marked it since. */
static void
seed_pool(const struct google *google, struct book *book)
{
	static const char *const name[] = { "owner_id", "coach_naam",
		"eligible", "weight", "cap_dag", "cap_week", "exclude_manual",
		"laatst_bijgewerkt", "note", NULL };
	struct tab *tab = book_insert(book, book->nr, 0, "NA_Pool", 1000, 26);
	const struct crm_owner *owner;
	char id[24], full[90], day[DAY_TEXT], at[40];
	uint32_t row;

	set_header(tab, name);
	day_format(instant_day(google->conf->crm.as_of) - 1, day);
	snprintf(at, sizeof(at), "%sT08:00:00", day);
	for (row = 1; row <= 12; row++) {
		owner = coach(google, row * 3 - 3);
		if (owner == NULL)
			break;
		id_text(owner, id);
		name_text(owner, full);
		set_text(tab, row, 0, id);
		set_text(tab, row, 1, full);
		set_text(tab, row, 2, "JA");
		set_number(tab, row, 3, 1);
		set_number(tab, row, 4, 2);
		set_number(tab, row, 5, 10);
		if (row == 4)
			set_text(tab, row, 6, "x");
		set_text(tab, row, 7, at);
		set_text(tab, row, 8, "pushed from local dashboard");
	}
}

struct absence {
	bool on;
	int from, to; /* days from as_of on; 0: no date */
	const char *note;
	bool typed; /* by hand: the id a number, the dates real ones */
};

static void
set_day(struct tab *tab, uint32_t row, uint32_t column, day_nr day, bool typed)
{
	char text[DAY_TEXT];

	day_format(day, text);
	if (typed)
		cell_type(tab_cell(tab, row, column), text_of(text));
	else
		set_text(tab, row, column, text);
}

static void
seed_absence(const struct google *google, struct tab *tab, uint32_t row,
    const struct crm_owner *owner, const struct absence *absence)
{
	day_nr today = instant_day(google->conf->crm.as_of);
	char id[24], full[90], day[DAY_TEXT], at[40];

	id_text(owner, id);
	name_text(owner, full);
	if (absence->typed)
		cell_type(tab_cell(tab, row, 0), text_of(id));
	else
		set_text(tab, row, 0, id);
	set_text(tab, row, 1, full);
	set_bool(tab, row, 2, absence->on);
	if (absence->from != 0)
		set_day(tab, row, 3, today + absence->from, absence->typed);
	if (absence->to != 0)
		set_day(tab, row, 4, today + absence->to, absence->typed);
	set_text(tab, row, 5, absence->note);
	day_format(today - 9, day);
	snprintf(at, sizeof(at), "%s 16:20:05", day);
	set_text(tab, row, 6, at);
}

static void
seed_availability(const struct google *google, struct book *book)
{
	static const char *const name[] = { "coach_id", "Coachnaam",
		"na_leads_aan", "afwezig_van", "afwezig_tot", "notitie",
		"laatst_gewijzigd", NULL };
	static const struct absence absence[] = {
		{ true, 0, 0, "", false },
		{ false, 0, 0, "Op eigen verzoek", false },
		{ true, -4, 6, "Vakantie", false },
		{ true, 20, 34, "Cursus, daarna vrij", false },
		{ true, -40, -26, "Terug van verlof", false },
		{ true, -2, 3, "Griep", true },
		{ true, -7, 0, "Einddatum volgt", false },
		{ false, -1, 12, "\"Even\" rust; leads later", false },
	};
	struct tab *tab =
	    book_insert(book, book->nr, 815093162, "Beschikbaarheid", 1000, 26);
	const struct crm_owner *owner;
	uint32_t i;

	set_header(tab, name);
	for (i = 0; i < sizeof(absence) / sizeof(absence[0]); i++) {
		owner = coach(google, i * 2);
		if (owner != NULL)
			seed_absence(google, tab, i + 1, owner, &absence[i]);
	}
	/* one who has left the CRM */
	set_text(tab, i + 1, 0, "900000001");
	set_text(tab, i + 1, 1, "Wietske Oudcoach");
	set_bool(tab, i + 1, 2, false);
	set_text(tab, i + 1, 5, "Uit dienst");
}

void
google_seed(struct google *google)
{
	struct book *book;
	struct tab *tab;

	book = add_book(google, "1kpipeSandboxCoachSheetSharedWithTheAccount0",
	    "Coachplanning", SHARE_WRITE);
	seed_pool(google, book);
	seed_availability(google, book);
	tab = book_insert(book, book->nr, 1377004102, "Uitleg & 'tips'", 20, 3);
	set_text(tab, 0, 0, "Zet een x in exclude_manual om te pauzeren");
	book = add_book(google, "1kpipeSandboxSheetTheAccountMayOnlyRead00000",
	    "Alleen lezen", SHARE_READ);
	tab = book_insert(book, 0, 0, "NA_Pool", 1000, 26);
	set_text(tab, 0, 0, "owner_id");
	book = add_book(google, "1kpipeSandboxSheetNotSharedWithTheAccount000",
	    "Prive", SHARE_NONE);
	book_insert(book, 0, 0, "NA_Pool", 1000, 26);
}

/*
 * Written
 */
static void
put_cell(struct buf *b, const struct cell *c)
{
	if (c->formula != NULL) {
		json_open(b);
		json_key(b, "typed");
		json_put_str(b, c->formula);
		json_close(b);
		return;
	}
	switch (c->kind) {
	case CELL_BOOL:
		json_put_bool(b, c->number > 0);
		break;
	case CELL_NUMBER:
		if (c->look == LOOK_GENERAL) {
			json_put_number(b, c->number);
			break;
		}
		json_open(b);
		json_key(b, "number");
		json_put_number(b, c->number);
		json_key(b, "look");
		json_put_str(b, looks[c->look]);
		json_close(b);
		break;
	case CELL_TEXT:
	case CELL_ERROR:
		json_put_str(b, c->text);
		break;
	default:
		json_put_null(b);
		break;
	}
}

static void
put_int(struct buf *b, const char *name, int64_t x)
{
	json_key(b, name);
	json_put_int(b, x);
}

static void
put_str(struct buf *b, const char *name, const char *text)
{
	json_key(b, name);
	json_put_str(b, text);
}

static void
put_tab(struct buf *b, const struct tab *tab)
{
	const struct a1_span all = { 0, A1_OPEN };
	uint32_t i, k, rows = tab_last_row(tab, all, all), columns;

	json_open(b);
	put_int(b, "id", tab->id);
	put_str(b, "title", tab->title);
	put_int(b, "rows", tab->rows);
	put_int(b, "columns", tab->columns);
	put_int(b, "frozenRows", tab->frozen_rows);
	put_int(b, "frozenColumns", tab->frozen_columns);
	json_key(b, "hidden");
	json_put_bool(b, tab->hidden);
	json_key(b, "values");
	json_open_array(b);
	for (i = 0; i < rows; i++) {
		columns =
		    tab_last_column(tab, (struct a1_span){ i, i + 1 }, all);
		json_open_array(b);
		for (k = 0; k < columns; k++)
			put_cell(b, tab_look(tab, i, k));
		json_close_array(b);
	}
	json_close_array(b);
	json_close(b);
}

void
google_put_sheets(struct google *google, struct buf *b)
{
	const struct book *book;
	size_t i, k;

	pthread_mutex_lock(&google->lock);
	json_open(b);
	json_key(b, "spreadsheets");
	json_open_array(b);
	for (i = 0; i < google->nr_book; i++) {
		book = google->book[i];
		json_open(b);
		put_str(b, "id", book->id);
		put_str(b, "title", book->title);
		put_str(b, "share", shares[book->share]);
		put_str(b, "locale", book->locale);
		put_str(b, "timeZone", book->time_zone);
		json_key(b, "tabs");
		json_open_array(b);
		for (k = 0; k < book->nr; k++)
			put_tab(b, &book->tab[k]);
		json_close_array(b);
		json_close(b);
	}
	json_close_array(b);
	json_close(b);
	buf_char(b, '\n');
	pthread_mutex_unlock(&google->lock);
}

/*
 * Read
 */
static int
wrong(struct fault *f, const char *what)
{
	return fault_set(f, FAULT_DATA, "the spreadsheets: %s", what);
}

static bool
one_of(const char *text, const char *const *names, unsigned *x)
{
	for (*x = 0; text != NULL && names[*x] != NULL; ++*x)
		if (strcmp(text, names[*x]) == 0)
			return true;
	return false;
}

static int
take_object(struct cell *c, json_t *value, struct fault *f)
{
	const char *typed = json_string_value(json_object_get(value, "typed"));
	const char *look = json_string_value(json_object_get(value, "look"));
	json_t *number = json_object_get(value, "number");
	unsigned x;

	if (typed != NULL) {
		cell_type(c, text_of(typed));
		return 0;
	}
	if (!json_is_number(number) || !one_of(look, looks, &x))
		return wrong(f, "a value is an object without number and look");
	c->kind = CELL_NUMBER;
	c->number = json_number_value(number);
	c->look = (enum cell_look)x;
	return 0;
}

static int
take_cell(struct cell *c, json_t *value, struct fault *f)
{
	switch (json_typeof(value)) {
	case JSON_OBJECT:
		return take_object(c, value, f);
	case JSON_ARRAY:
		return wrong(f, "a value is a list");
	case JSON_STRING:
		cell_set_text(c, CELL_TEXT, json_string_value(value),
		    json_string_length(value));
		if (json_string_length(value) == 0)
			cell_clear(c);
		break;
	case JSON_INTEGER:
	case JSON_REAL:
		c->kind = CELL_NUMBER;
		c->number = json_number_value(value);
		break;
	case JSON_TRUE:
	case JSON_FALSE:
		c->kind = CELL_BOOL;
		c->number = json_is_true(value) ? 1 : 0;
		break;
	case JSON_NULL:
		break;
	}
	return 0;
}

static int
take_values(struct tab *tab, json_t *values, struct fault *f)
{
	json_t *list, *value;
	size_t i, k;

	json_array_foreach (values, i, list)
		json_array_foreach (list, k, value) {
			if (i >= tab->rows || k >= tab->columns)
				return wrong(f, "a value is outside its tab");
			if (take_cell(tab_cell(tab, (uint32_t)i, (uint32_t)k),
				value, f) == -1)
				return -1;
		}
	return 0;
}

/* A member that is a whole number from low to high; usual when absent. */
static bool
take_int(json_t *object, const char *name, int64_t usual, int64_t low,
    int64_t high, int64_t *x)
{
	json_t *value = json_object_get(object, name);

	*x = value == NULL ? usual : json_integer_value(value);
	return (value == NULL || json_is_integer(value)) && *x >= low &&
	       *x <= high;
}

static int
take_tab(struct book *book, json_t *object, struct fault *f)
{
	const char *title = json_string_value(json_object_get(object, "title"));
	int64_t id, rows, columns, frozen_rows, frozen_columns;
	struct tab *tab;

	if (title == NULL || *title == '\0' || strlen(title) > TITLE_MAX ||
	    book_titled(book, text_of(title)) != NULL)
		return wrong(f, "a tab has no title of its own");
	if (!take_int(object, "id", (int64_t)book->nr, 0, INT32_MAX, &id) ||
	    book_tab(book, (int32_t)id) != NULL)
		return wrong(f, "a tab has no id of its own");
	if (!take_int(object, "rows", 1000, 1, BOOK_CELLS, &rows) ||
	    !take_int(object, "columns", 26, 1, A1_COLUMNS, &columns) ||
	    book_cells(book) + (uint64_t)(rows * columns) > BOOK_CELLS ||
	    !take_int(object, "frozenRows", 0, 0, rows, &frozen_rows) ||
	    !take_int(object, "frozenColumns", 0, 0, columns, &frozen_columns))
		return wrong(f, "a tab has a size that none has");
	tab = book_insert(book, book->nr, (int32_t)id, title, (uint32_t)rows,
	    (uint32_t)columns);
	tab->frozen_rows = (uint32_t)frozen_rows;
	tab->frozen_columns = (uint32_t)frozen_columns;
	tab->hidden = json_is_true(json_object_get(object, "hidden"));
	return take_values(tab, json_object_get(object, "values"), f);
}

static void
replace_text(char **text, json_t *value)
{
	if (!json_is_string(value))
		return;
	free(*text);
	*text = xstrdup(json_string_value(value));
}

static int
take_book(struct google *google, json_t *object, struct fault *f)
{
	const char *id = json_string_value(json_object_get(object, "id"));
	const char *title = json_string_value(json_object_get(object, "title"));
	json_t *share = json_object_get(object, "share"), *tabs, *tab;
	struct book *book;
	unsigned x = SHARE_WRITE;
	size_t i;

	if (id == NULL || *id == '\0' ||
	    google_book(google, text_of(id)) != NULL)
		return wrong(f, "a spreadsheet has no id of its own");
	if (share != NULL && !one_of(json_string_value(share), shares, &x))
		return wrong(f, "share is none, read or write");
	book = add_book(
	    google, id, title == NULL ? id : title, (enum book_share)x);
	replace_text(&book->locale, json_object_get(object, "locale"));
	replace_text(&book->time_zone, json_object_get(object, "timeZone"));
	tabs = json_object_get(object, "tabs");
	json_array_foreach (tabs, i, tab)
		if (take_tab(book, tab, f) == -1)
			return -1;
	return book->nr > 0 ? 0 : wrong(f, "a spreadsheet has no tabs");
}

static int
take_books(struct google *google, json_t *whole, struct fault *f)
{
	json_t *list = json_object_get(whole, "spreadsheets"), *object;
	size_t i;

	if (!json_is_array(list) || json_array_size(list) > BOOKS)
		return wrong(f, "there is no list 'spreadsheets'");
	json_array_foreach (list, i, object)
		if (take_book(google, object, f) == -1)
			return -1;
	return 0;
}

int
google_take_sheets(struct google *google, struct text json, struct fault *f)
{
	json_t *whole = json_loadb(json.p, json.len, 0, NULL);
	struct google fresh = { .conf = google->conf };
	int result;

	if (whole == NULL)
		return wrong(f, "this is no JSON");
	result = take_books(&fresh, whole, f);
	json_decref(whole);
	if (result == 0) {
		pthread_mutex_lock(&google->lock);
		google_free_books(google);
		google->book = fresh.book;
		google->nr_book = fresh.nr_book;
		pthread_mutex_unlock(&google->lock);
	} else {
		google_free_books(&fresh);
	}
	return result;
}
