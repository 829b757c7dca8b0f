#include "google/sheets.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/json.h"
#include "base/xalloc.h"
#include "google/judge.h"
#include "google/range.h"

#define PATH_MAX_BYTES 8192

#define ABOUT                                                                  \
	"?fields=properties(title,locale,timeZone),sheets.properties(sheetId," \
	"title,hidden,gridProperties)"

/*
 * Asking
 */

/* Who the spreadsheet must be shared with, when that may be the cause. */
static int
tell_share(const struct sheets *s, const struct http_answer *a, struct fault *f)
{
	char said[sizeof(f->text)];

	memcpy(said, f->text, sizeof(said));
	if (google_reason_is(a->body, "SERVICE_DISABLED"))
		return fault_prefix(f,
		    "enable the Google Sheets API in the account's project: ");
	if (google_reason_is(a->body, "ACCESS_TOKEN_SCOPE_INSUFFICIENT"))
		return -1;
	return fault_set(f, FAULT_DENIED,
	    "spreadsheet '%.80s': check its id, and share it with %.200s as "
	    "%s: %.600s",
	    s->id, session_email(s->session), s->write ? "editor" : "viewer",
	    said);
}

static int
call(struct sheets *s, const struct http_request *request,
    struct http_answer *a, struct fault *f)
{
	int status = session_call(s->session, request, a, f);

	if (status == -1 && (a->status == 403 || a->status == 404))
		return tell_share(s, a, f);
	return status;
}

/* /v4/spreadsheets/ID and what is behind it. */
static void
put_path(struct buf *b, const struct sheets *s, const char *behind)
{
	buf_init(b, PATH_MAX_BYTES);
	buf_str(b, "/v4/spreadsheets/");
	http_escape(b, text_of(s->id));
	buf_str(b, behind);
}

static int
get(struct sheets *s, struct buf *path, struct http_answer *a, struct fault *f)
{
	struct http_request request = { .method = "GET",
		.path = path->p,
		.repeatable = true,
		.windows = SESSION_READ };
	int status = buf_check(path, "the address of the call", f);

	if (status == 0)
		status = call(s, &request, a, f);
	buf_free(path);
	return status;
}

/* All that is posted here may be done twice. */
static int
post(struct sheets *s, const char *behind, struct text body, struct fault *f)
{
	struct http_request request = { .method = "POST",
		.body = body,
		.repeatable = true,
		.windows = SESSION_WRITE };
	struct http_answer a;
	struct buf path;
	int status;

	put_path(&path, s, behind);
	request.path = path.p;
	status = call(s, &request, &a, f);
	buf_free(&path);
	return status;
}

/*
 * What there is
 */

/* The id, out of a URL that has it behind /d/. */
static char *
id_of(const char *given)
{
	const char *start = strstr(given, "/d/");
	struct text t = text_trim(text_of(start == NULL ? given : start + 3));
	size_t len = 0;

	while (len < t.len && strchr("/?#", t.p[len]) == NULL)
		len++;
	return xstrndup(t.p, len);
}

static char *
copy_text(struct json_value v, struct arena *scratch)
{
	struct text t = json_text(v, scratch);

	return t.p == NULL ? xstrdup("") : xstrndup(t.p, t.len);
}

static void
read_tabs(struct sheets *s, struct json_value tabs, struct arena *scratch)
{
	static const char *const path[] = { "properties.title",
		"properties.sheetId", "properties.gridProperties.rowCount",
		"properties.gridProperties.columnCount", "properties.hidden" };
	struct json_shape *shape = json_shape_new();
	struct json_value item, field[5];
	const char *at = NULL;
	struct sheets_tab *tab;
	int64_t x;
	size_t i;

	for (i = 0; i < 5; i++)
		json_want(shape, path[i]);
	while (json_next(tabs, &at, NULL, &item)) {
		if (item.kind != VALUE_OBJECT)
			continue;
		json_scan_value(shape, item, field);
		s->tab = xreallocarray(s->tab, s->nr + 1, sizeof(*s->tab));
		tab = &s->tab[s->nr++];
		*tab =
		    (struct sheets_tab){ .title = copy_text(field[0], scratch),
			    .hidden = field[4].kind == VALUE_TRUE };
		if (json_int64(field[1], &x))
			tab->id = x;
		if (json_int64(field[2], &x) && x > 0)
			tab->rows = (size_t)x;
		if (json_int64(field[3], &x) && x > 0)
			tab->columns = (size_t)x;
	}
	json_shape_free(shape);
}

static int
read_about(struct sheets *s, struct text body, struct fault *f)
{
	static const char *const path[] = { "properties.title",
		"properties.locale", "properties.timeZone", "sheets" };
	struct json_shape *shape = json_shape_new();
	struct arena *scratch = arena_new();
	struct json_value field[4];
	size_t i;
	int status;

	for (i = 0; i < 4; i++)
		json_want(shape, path[i]);
	status = json_scan_document(shape, body.p, body.len, field, f);
	if (status == -1) {
		fault_prefix(f, "spreadsheet '%s': ", s->id);
	} else {
		s->title = copy_text(field[0], scratch);
		s->locale = copy_text(field[1], scratch);
		s->time_zone = copy_text(field[2], scratch);
		if (field[3].kind == VALUE_ARRAY)
			read_tabs(s, field[3], scratch);
	}
	if (status == 0 && s->nr == 0)
		status = fault_set(f, FAULT_DATA,
		    "spreadsheet '%s': the answer names no tabs", s->id);
	arena_free(scratch);
	json_shape_free(shape);
	return status;
}

int
sheets_open(struct sheets *s, struct session *session, const char *given,
    bool write, struct fault *f)
{
	struct http_answer a;
	struct buf path;

	*s = (struct sheets){
		.session = session, .id = id_of(given), .write = write
	};
	if (s->id[0] == '\0')
		return fault_set(f, FAULT_USAGE,
		    "'%s' is neither the id nor the URL of a spreadsheet",
		    given);
	put_path(&path, s, ABOUT);
	if (get(s, &path, &a, f) == -1)
		return -1;
	return read_about(s, a.body, f);
}

void
sheets_free(struct sheets *s)
{
	size_t i;

	for (i = 0; i < s->nr; i++)
		free(s->tab[i].title);
	free(s->tab);
	free(s->id);
	free(s->title);
	free(s->locale);
	free(s->time_zone);
	*s = (struct sheets){ 0 };
}

const struct sheets_tab *
sheets_find(const struct sheets *s, const char *title, struct fault *f)
{
	struct buf list;
	size_t i;

	for (i = 0; i < s->nr; i++)
		if (strcmp(s->tab[i].title, title) == 0)
			return &s->tab[i];
	buf_init(&list, 600);
	for (i = 0; i < s->nr; i++)
		buf_printf(
		    &list, "%s'%s'", i == 0 ? "" : ", ", s->tab[i].title);
	fault_set(f, FAULT_USAGE,
	    "spreadsheet '%s' has no tab '%s'; it has %s%s", s->title, title,
	    buf_view(&list).p, list.over ? " and more" : "");
	buf_free(&list);
	return NULL;
}

/*
 * Values
 */
int
sheets_read(struct sheets *s, const struct sheets_tab *tab, bool dates_as_text,
    struct cells *cells, struct fault *f)
{
	struct http_answer a;
	struct buf path, range;

	buf_init(&range, PATH_MAX_BYTES);
	range_put_tab(&range, text_of(tab->title));
	put_path(&path, s, "/values/");
	http_escape(&path, buf_view(&range));
	buf_free(&range);
	buf_str(&path, "?majorDimension=ROWS"
		       "&valueRenderOption=UNFORMATTED_VALUE"
		       "&dateTimeRenderOption=");
	buf_str(&path, dates_as_text ? "FORMATTED_STRING" : "SERIAL_NUMBER");
	if (get(s, &path, &a, f) == -1)
		return -1;
	return cells_read(cells, a.body, f);
}

int
sheets_grow(
    struct sheets *s, const struct sheets_tab *tab, size_t nr, struct fault *f)
{
	struct buf body;
	int status;

	if (nr <= tab->rows)
		return 0;
	buf_init(&body, PATH_MAX_BYTES);
	json_open(&body);
	json_key(&body, "requests");
	json_open_array(&body);
	json_open(&body);
	json_key(&body, "appendDimension");
	json_open(&body);
	json_key(&body, "sheetId");
	json_put_int(&body, tab->id);
	json_key(&body, "dimension");
	json_put_str(&body, "ROWS");
	json_key(&body, "length");
	json_put_int(&body, (int64_t)(nr - tab->rows));
	json_close(&body);
	json_close(&body);
	json_close_array(&body);
	json_close(&body);
	status = post(s, ":batchUpdate", buf_view(&body), f);
	buf_free(&body);
	return status;
}

int
sheets_write(struct sheets *s, struct text body, struct fault *f)
{
	return post(s, "/values:batchUpdate", body, f);
}

int
sheets_clear(struct sheets *s, struct text body, struct fault *f)
{
	return post(s, "/values:batchClear", body, f);
}
