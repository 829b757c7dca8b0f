#include "slack/files.h"

#include <fnmatch.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/json.h"
#include "base/xalloc.h"

#define PATH_MAX_BYTES 4096
#define PAGE	       200
#define PAGES_MOST     100000

enum field {
	ID,
	NAME,
	USER,
	MODE,
	FILETYPE,
	MIMETYPE,
	ACCESS,
	URL,
	CREATED,
	SIZE,
	FIELDS
};

static const char *const file_path[FIELDS] = { "id", "name", "user", "mode",
	"filetype", "mimetype", "file_access", "url_private_download",
	"created", "size" };

struct search {
	struct client *slack;
	const struct files_conf *conf;
	struct json_shape *page, *message, *file, *info;
	struct arena *scratch;
	struct slack_file *best;
	char *cursor; /* of the next page; NULL: none */
};

void
slack_file_free(struct slack_file *file)
{
	free(file->id);
	free(file->name);
	free(file->url);
	*file = (struct slack_file){ 0 };
}

static struct text
text_at(struct search *s, const struct json_value *field, enum field i)
{
	return json_text(field[i], s->scratch);
}

static bool
ends_nocase(struct text t, const char *end)
{
	size_t len = strlen(end);

	return t.len >= len &&
	       text_is_nocase((struct text){ t.p + t.len - len, len }, end);
}

static bool
is_wanted(struct search *s, const struct json_value *field)
{
	struct text name = text_at(s, field, NAME);
	struct text type = text_at(s, field, FILETYPE);
	char *copy;
	bool good;

	if (!text_is(text_at(s, field, MODE), "hosted") ||
	    (s->conf->user.p != NULL &&
		!text_equal(text_at(s, field, USER), s->conf->user)))
		return false;
	if (s->conf->match == NULL)
		return ends_nocase(name, ".csv") || text_is(type, "csv") ||
		       text_is(type, "text") ||
		       text_is(text_at(s, field, MIMETYPE), "text/csv");
	copy = xstrndup(name.p == NULL ? "" : name.p, name.len);
	good = fnmatch(s->conf->match, copy, 0) == 0;
	free(copy);
	return good;
}

static char *
copy_of(struct text t)
{
	return t.p == NULL ? NULL : xstrndup(t.p, t.len);
}

/* Take it when it is newer than the best so far. */
static void
consider(struct search *s, const struct json_value *field)
{
	struct text id = text_at(s, field, ID);
	struct slack_file *best = s->best;
	int64_t created;

	if (!is_wanted(s, field) || id.p == NULL ||
	    !json_int64(field[CREATED], &created))
		return;
	if (best->id != NULL &&
	    (created < best->created_s ||
		(created == best->created_s &&
		    text_compare(id, text_of(best->id)) <= 0)))
		return;
	slack_file_free(best);
	best->id = copy_of(id);
	best->name = copy_of(text_at(s, field, NAME));
	best->url = copy_of(text_at(s, field, URL));
	best->created_s = created;
	if (!json_int64(field[SIZE], &best->size))
		best->size = -1;
}

/* A file of which history tells little. */
static int
complete(struct search *s, const char *id, struct fault *f)
{
	struct json_value field[FIELDS], whole[1];
	struct http_request request = { .method = "GET", .repeatable = true };
	struct http_answer a;
	struct buf path;
	int status;

	buf_init(&path, PATH_MAX_BYTES);
	buf_str(&path, "/api/files.info?file=");
	http_escape(&path, text_of(id));
	request.path = path.p;
	status = client_call(s->slack, &request, &a, f);
	if (status == 0)
		status =
		    json_scan_document(s->info, a.body.p, a.body.len, whole, f);
	if (status == 0 && whole[0].kind == VALUE_OBJECT) {
		json_scan_value(s->file, whole[0], field);
		consider(s, field);
	}
	buf_free(&path);
	return status;
}

/* The files of a message; ids to ask for are added, a NUL behind each. */
static void
look_at(struct search *s, struct json_value message, struct buf *ids)
{
	struct json_value files[1], field[FIELDS], file;
	const char *at = NULL;
	struct text id;

	json_scan_value(s->message, message, files);
	if (files[0].kind != VALUE_ARRAY)
		return;
	while (json_next(files[0], &at, NULL, &file)) {
		if (file.kind != VALUE_OBJECT)
			continue;
		json_scan_value(s->file, file, field);
		if (!text_is(text_at(s, field, ACCESS), "check_file_info")) {
			consider(s, field);
			continue;
		}
		id = text_at(s, field, ID);
		buf_text(ids, id);
		buf_char(ids, '\0');
	}
}

static void
put_param(struct buf *path, const char *name, instant_us at)
{
	buf_printf(path, "&%s=%lld.%06lld", name, (long long)(at / 1000000),
	    (long long)(at % 1000000));
}

static void
put_path(struct search *s, struct buf *path)
{
	buf_str(path, "/api/conversations.history?channel=");
	http_escape(path, s->conf->conversation);
	put_param(path, "oldest", s->conf->since);
	put_param(path, "latest", s->conf->until);
	buf_printf(path, "&inclusive=true&limit=%d", PAGE);
	if (s->cursor != NULL) {
		buf_str(path, "&cursor=");
		http_escape(path, text_of(s->cursor));
	}
}

static int
take_page(struct search *s, struct text body, struct buf *ids, struct fault *f)
{
	struct json_value field[2], message;
	const char *at = NULL;
	struct text cursor;
	char *last = s->cursor;

	if (json_scan_document(s->page, body.p, body.len, field, f) == -1)
		return -1;
	if (field[0].kind != VALUE_ARRAY)
		return fault_set(f, FAULT_DATA, "the answer has no messages");
	while (json_next(field[0], &at, NULL, &message))
		if (message.kind == VALUE_OBJECT)
			look_at(s, message, ids);
	cursor = json_text(field[1], s->scratch);
	s->cursor = cursor.len == 0 ? NULL : copy_of(cursor);
	if (s->cursor != NULL && last != NULL && strcmp(s->cursor, last) == 0) {
		free(last);
		return fault_set(f, FAULT_DATA,
		    "the cursor '%s' comes again: the pages have no end",
		    s->cursor);
	}
	free(last);
	return 0;
}

static int
read_page(struct search *s, struct fault *f)
{
	struct http_request request = { .method = "GET", .repeatable = true };
	struct http_answer a;
	struct buf path, ids;
	const char *id;
	int status;

	buf_init(&path, PATH_MAX_BYTES);
	buf_init(&ids, SLACK_FILE_MAX);
	put_path(s, &path);
	request.path = path.p;
	arena_clear(s->scratch);
	status = client_call(s->slack, &request, &a, f);
	if (status == 0)
		status = take_page(s, a.body, &ids, f);
	for (id = ids.p; status == 0 && id != NULL && id < ids.p + ids.len;
	     id += strlen(id) + 1)
		status = complete(s, id, f);
	buf_free(&path);
	buf_free(&ids);
	return status;
}

int
files_newest(struct client *slack, const struct files_conf *conf,
    struct slack_file *file, struct fault *f)
{
	struct search s = { .slack = slack, .conf = conf, .best = file };
	size_t i, pages = 0;
	int status;

	*file = (struct slack_file){ 0 };
	s.page = json_shape_new();
	json_want(s.page, "messages");
	json_want(s.page, "response_metadata.next_cursor");
	s.message = json_shape_new();
	json_want(s.message, "files");
	s.info = json_shape_new();
	json_want(s.info, "file");
	s.file = json_shape_new();
	for (i = 0; i < FIELDS; i++)
		json_want(s.file, file_path[i]);
	s.scratch = arena_new();
	do {
		status = read_page(&s, f);
	} while (status == 0 && s.cursor != NULL && ++pages < PAGES_MOST);
	if (status == 0 && s.cursor != NULL)
		status = fault_set(f, FAULT_DATA, "the pages have no end");
	free(s.cursor);
	json_shape_free(s.page);
	json_shape_free(s.message);
	json_shape_free(s.info);
	json_shape_free(s.file);
	arena_free(s.scratch);
	if (status == 0 && file->id != NULL)
		return 1;
	slack_file_free(file);
	return status;
}
