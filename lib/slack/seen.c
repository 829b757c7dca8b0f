#include "slack/seen.h"

#include "base/arena.h"

#define LINE_MOST 4096

struct map *
seen_ids(const struct ledger *l, struct fault *f)
{
	struct json_shape *shape = json_shape_new();
	struct arena *scratch = arena_new();
	struct map *ids = map_new();
	struct json_value field[1];
	struct text id;
	size_t at = 0;
	int more;

	json_want(shape, "id");
	while ((more = ledger_next(l, &at, shape, field, f)) == 1) {
		id = json_text(field[0], scratch);
		if (id.p != NULL)
			map_intern(ids, id, NULL);
	}
	json_shape_free(shape);
	arena_free(scratch);
	if (more == 0)
		return ids;
	map_free(ids);
	return NULL;
}

static void
put_member(struct buf *b, const char *key, const char *value)
{
	json_key(b, key);
	json_put_str(b, value);
}

int
seen_add(struct ledger *l, const char *id, instant_us now, struct fault *f)
{
	struct map *ids = seen_ids(l, f);
	char at[INSTANT_TEXT];
	struct buf b;
	int status;
	bool there;

	if (ids == NULL)
		return -1;
	there = map_get(ids, text_of(id)) != MAP_NONE;
	map_free(ids);
	if (there)
		return 0;
	instant_format(now, at);
	buf_init(&b, LINE_MOST);
	json_open(&b);
	put_member(&b, "type", "slack_file_done");
	put_member(&b, "id", id);
	put_member(&b, "done_at", at);
	json_close(&b);
	buf_char(&b, '\n');
	status = buf_check(&b, "the id", f);
	if (status == 0)
		status = ledger_add(l, buf_view(&b), f);
	buf_free(&b);
	return status;
}

void
seen_put_file(const struct slack_file *file, const char *path, struct buf *b)
{
	char created[INSTANT_TEXT];

	instant_format(file->created_s * 1000000, created);
	json_open(b);
	put_member(b, "type", "file");
	put_member(b, "id", file->id);
	put_member(b, "name", file->name);
	put_member(b, "created", created);
	put_member(b, "path", path);
	if (file->size != -1) {
		json_key(b, "bytes");
		json_put_int(b, file->size);
	}
	json_close(b);
}
