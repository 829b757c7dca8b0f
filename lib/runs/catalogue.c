#include "runs/catalogue.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/json.h"
#include "base/xalloc.h"

#define TEXT_MAX ((size_t)64 << 20)

struct catalogue {
	char *root;
	struct run *run;
	size_t nr;
	char selected[RUN_ID_TEXT]; /* empty: none */
};

struct catalogue *
catalogue_new(const char *root)
{
	struct catalogue *c = xcalloc(1, sizeof(*c));

	c->root = xstrdup(root);
	return c;
}

void
catalogue_free(struct catalogue *c)
{
	if (c == NULL)
		return;
	free(c->root);
	free(c->run);
	free(c);
}

int
catalogue_read(struct catalogue *c, const struct buf *json, struct fault *f)
{
	struct json_shape *shape = json_shape_new();
	struct json_value field[1];
	struct arena *scratch = arena_new();
	struct text id;
	int status;

	(void)json_want(shape, "selected");
	c->selected[0] = '\0';
	status =
	    json_scan_document(shape, buf_view(json).p, json->len, field, f);
	if (status == 0) {
		id = json_text(field[0], scratch);
		if (id.p != NULL && id.len == RUN_ID_TEXT - 1) {
			memcpy(c->selected, id.p, id.len);
			c->selected[id.len] = '\0';
		}
	}
	arena_free(scratch);
	json_shape_free(shape);
	return status;
}

void
catalogue_add(struct catalogue *c, const struct run *run)
{
	size_t i = 0;

	/* an id sorts as its instant */
	while (i < c->nr && strcmp(c->run[i].id, run->id) > 0)
		i++;
	c->run = xreallocarray(c->run, c->nr + 1, sizeof(*c->run));
	memmove(c->run + i + 1, c->run + i, (c->nr - i) * sizeof(*c->run));
	c->run[i] = *run;
	c->nr++;
}

const struct run *
catalogue_find(const struct catalogue *c, const char *id)
{
	size_t i;

	for (i = 0; i < c->nr; i++)
		if (strcmp(c->run[i].id, id) == 0)
			return &c->run[i];
	return NULL;
}

int
catalogue_select(struct catalogue *c, const char *id, struct fault *f)
{
	const struct run *run = catalogue_find(c, id);

	if (run == NULL)
		return fault_set(f, FAULT_USAGE, "there is no run '%s'", id);
	memcpy(c->selected, run->id, sizeof(c->selected));
	return 0;
}

const struct run *
catalogue_runs(const struct catalogue *c, size_t *nr)
{
	*nr = c->nr;
	return c->run;
}

const struct run *
catalogue_selected(const struct catalogue *c)
{
	const struct run *run = catalogue_find(c, c->selected);

	return run != NULL || c->nr == 0 ? run : &c->run[0];
}

static void
new_line(struct buf *to, size_t depth)
{
	buf_printf(to, "\n%*s", (int)depth * 2, "");
}

/* What our own writer wrote, one member a line; an empty array stays one. */
static void
indent(struct buf *to, struct text json)
{
	size_t i, depth = 0;
	bool in_string = false;
	char c;

	for (i = 0; i < json.len; i++) {
		c = json.p[i];
		if (in_string) {
			buf_char(to, c);
			if (c == '\\')
				buf_char(to, json.p[++i]);
			else
				in_string = c != '"';
			continue;
		}
		if (c == '}' || c == ']') {
			depth--;
			if (json.p[i - 1] != '[')
				new_line(to, depth);
		}
		buf_char(to, c);
		if (c == '"')
			in_string = true;
		else if (c == ':')
			buf_char(to, ' ');
		else if (c == ',')
			new_line(to, depth);
		else if (c == '{' || c == '[') {
			depth++;
			if (json.p[i + 1] != ']')
				new_line(to, depth);
		}
	}
	buf_char(to, '\n');
}

void
catalogue_write(const struct catalogue *c, struct buf *json)
{
	const struct run *selected = catalogue_selected(c);
	const struct run *run;
	struct buf flat;
	size_t i, nr;

	buf_init(&flat, TEXT_MAX);
	run = catalogue_runs(c, &nr);
	json_open(&flat);
	json_key(&flat, "runs");
	json_open_array(&flat);
	for (i = 0; i < nr; i++) {
		json_open(&flat);
		run_put(&flat, &run[i], c->root);
		json_close(&flat);
	}
	json_close_array(&flat);
	json_key(&flat, "selected");
	json_put_str(&flat, selected == NULL ? NULL : selected->id);
	json_close(&flat);
	indent(json, buf_view(&flat));
	buf_free(&flat);
}
