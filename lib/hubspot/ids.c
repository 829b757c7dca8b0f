#include "hubspot/ids.h"

#include <stdlib.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/json.h"
#include "base/xalloc.h"
#include "hubspot/answer.h"

#define LINE_MAX_LEN (64u << 20)
#define ID_MAX_LEN   100

enum {
	TYPE,
	ID,
	TO_TYPE,
	TO_ID,
	SLOTS
};

struct ids {
	char *name;
	size_t line;
	struct buf bytes;
	size_t at; /* of the next line in bytes */
	struct json_shape *shape;
	struct json_value field[SLOTS];
	struct arena *scratch;
};

struct ids *
ids_new(void)
{
	struct ids *s = xcalloc(1, sizeof(*s));

	s->name = xstrdup("standard input");
	buf_init(&s->bytes, LINE_MAX_LEN);
	s->scratch = arena_new();
	s->shape = json_shape_new();
	json_want(s->shape, "type");
	json_want(s->shape, "id");
	json_want(s->shape, "to_type");
	json_want(s->shape, "to_id");
	return s;
}

void
ids_free(struct ids *s)
{
	if (s == NULL)
		return;
	free(s->name);
	buf_free(&s->bytes);
	json_shape_free(s->shape);
	arena_free(s->scratch);
	free(s);
}

void
ids_file(struct ids *s, const char *name)
{
	free(s->name);
	s->name = xstrdup(name);
	s->line = 0;
}

void
ids_feed(struct ids *s, const char *p, size_t len)
{
	size_t rest = s->bytes.len - s->at;

	if (s->at > 0 && rest > 0)
		memmove(s->bytes.p, s->bytes.p + s->at, rest);
	s->bytes.len = rest;
	s->at = 0;
	buf_add(&s->bytes, p, len);
}

void
ids_end(struct ids *s)
{
	if (s->at < s->bytes.len && s->bytes.p[s->bytes.len - 1] != '\n')
		buf_char(&s->bytes, '\n');
}

int
ids_blame(const struct ids *s, struct fault *f)
{
	return fault_prefix(f, "%s:%zu: ", s->name, s->line);
}

static int
take_record(struct ids *s, const char *p, struct ids_line *l, struct fault *f)
{
	const char *end;

	if (json_scan_line(s->shape, p, s->field, &end, f) == -1)
		return ids_blame(s, f);
	l->type = json_text(s->field[TYPE], s->scratch);
	l->id = answer_id(s->field[ID], s->scratch);
	l->to_type = json_text(s->field[TO_TYPE], s->scratch);
	l->to_id = answer_id(s->field[TO_ID], s->scratch);
	return 1;
}

static int
take_bare(struct ids *s, struct text t, struct ids_line *l, struct fault *f)
{
	size_t i;

	if (t.len > 2 && t.p[0] == '"' && t.p[t.len - 1] == '"') {
		t.p++;
		t.len -= 2;
	}
	for (i = 0; i < t.len; i++)
		if (t.p[i] <= ' ' || t.p[i] > '~' ||
		    strchr("{}[]\",;:\\", t.p[i]) != NULL)
			break;
	if (i < t.len || t.len > ID_MAX_LEN) {
		fault_set(f, FAULT_DATA, "neither a record nor an id");
		return ids_blame(s, f);
	}
	l->bare = true;
	l->id = t;
	return 1;
}

int
ids_next(struct ids *s, struct ids_line *l, struct fault *f)
{
	const char *p, *eol;
	struct text t;

	if (s->bytes.over) {
		s->line++;
		fault_set(f, FAULT_DATA, "the line is longer than %u bytes",
		    LINE_MAX_LEN);
		return ids_blame(s, f);
	}
	arena_clear(s->scratch);
	*l = (struct ids_line){ 0 };
	while (s->at < s->bytes.len) {
		p = s->bytes.p + s->at;
		eol = memchr(p, '\n', s->bytes.len - s->at);
		if (eol == NULL)
			return 0;
		s->at += (size_t)(eol - p) + 1;
		s->line++;
		t = text_trim((struct text){ p, (size_t)(eol - p) });
		if (t.len > 0)
			return t.p[0] == '{' ? take_record(s, t.p, l, f)
					     : take_bare(s, t, l, f);
	}
	return 0;
}
