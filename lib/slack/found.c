#include "slack/found.h"

#include <fnmatch.h>
#include <stdlib.h>

#include "base/json.h"
#include "base/xalloc.h"

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

struct found {
	struct text user;
	const char *match;
	const struct map *done;
	struct json_shape *page, *message, *file, *info;
	struct arena *scratch;
	struct slack_file best;
	char *cursor; /* of the next page; NULL: none */
};

struct found *
found_new(struct text user, const char *match, const struct map *done)
{
	struct found *s = xcalloc(1, sizeof(*s));
	size_t i;

	s->user = user;
	s->match = match;
	s->done = done;
	s->page = json_shape_new();
	json_want(s->page, "messages");
	json_want(s->page, "response_metadata.next_cursor");
	s->message = json_shape_new();
	json_want(s->message, "files");
	s->info = json_shape_new();
	json_want(s->info, "file");
	s->file = json_shape_new();
	for (i = 0; i < FIELDS; i++)
		json_want(s->file, file_path[i]);
	s->scratch = arena_new();
	return s;
}

void
slack_file_free(struct slack_file *file)
{
	free(file->id);
	free(file->name);
	free(file->url);
	*file = (struct slack_file){ 0 };
}

void
found_free(struct found *s)
{
	if (s == NULL)
		return;
	slack_file_free(&s->best);
	free(s->cursor);
	json_shape_free(s->page);
	json_shape_free(s->message);
	json_shape_free(s->info);
	json_shape_free(s->file);
	arena_free(s->scratch);
	free(s);
}

static struct text
text_at(struct found *s, const struct json_value *field, enum field i)
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
is_wanted(struct found *s, const struct json_value *field)
{
	struct text name = text_at(s, field, NAME);
	struct text type = text_at(s, field, FILETYPE);
	char *copy;
	bool good;

	if (!text_is(text_at(s, field, MODE), "hosted") ||
	    (s->user.p != NULL &&
		!text_equal(text_at(s, field, USER), s->user)))
		return false;
	if (s->match == NULL)
		return ends_nocase(name, ".csv") || text_is(type, "csv") ||
		       text_is(type, "text") ||
		       text_is(text_at(s, field, MIMETYPE), "text/csv");
	copy = xstrndup(name.p == NULL ? "" : name.p, name.len);
	good = fnmatch(s->match, copy, 0) == 0;
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
consider(struct found *s, const struct json_value *field)
{
	struct text id = text_at(s, field, ID);
	struct slack_file *best = &s->best;
	int64_t created;

	if (!is_wanted(s, field) || id.p == NULL ||
	    !json_int64(field[CREATED], &created) ||
	    (s->done != NULL && map_get(s->done, id) != MAP_NONE))
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

/* The files of a message; ids to ask for are added, a NUL behind each. */
static void
look_at(struct found *s, struct json_value message, struct buf *ids)
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
		if (id.len == 0)
			continue;
		buf_text(ids, id);
		buf_char(ids, '\0');
	}
}

int
found_page(struct found *s, struct text body, struct buf *ids, struct fault *f)
{
	struct json_value field[2], message;
	const char *at = NULL;
	struct text cursor;
	char *last = s->cursor;

	arena_clear(s->scratch);
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

int
found_info(struct found *s, struct text body, struct fault *f)
{
	struct json_value field[FIELDS], whole[1];

	arena_clear(s->scratch);
	if (json_scan_document(s->info, body.p, body.len, whole, f) == -1)
		return -1;
	if (whole[0].kind == VALUE_OBJECT) {
		json_scan_value(s->file, whole[0], field);
		consider(s, field);
	}
	return 0;
}

const char *
found_cursor(const struct found *s)
{
	return s->cursor;
}

const struct slack_file *
found_best(const struct found *s)
{
	return s->best.id == NULL ? NULL : &s->best;
}
