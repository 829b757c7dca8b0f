#include "coach/mapping.h"

#include <stdlib.h>
#include <string.h>

#include "base/map.h"
#include "base/xalloc.h"
#include "coach/classify.h"
#include "coach/pair.h"
#include "record/field.h"

struct mapping {
	struct map *stage;  /* pipeline and stage to an index */
	struct text *class; /* by that index */
	size_t cap;
	struct arena *kept;
	struct arena *scratch;
};

struct mapping *
mapping_new(void)
{
	struct mapping *m = xcalloc(1, sizeof(*m));

	m->stage = map_new();
	m->kept = arena_new();
	m->scratch = arena_new();
	return m;
}

void
mapping_free(struct mapping *m)
{
	if (m == NULL)
		return;
	map_free(m->stage);
	free(m->class);
	arena_free(m->kept);
	arena_free(m->scratch);
	free(m);
}

/* A space that a spreadsheet puts where people type one that holds a line. */
static const char no_break_space[] = "\xc2\xa0";

static bool
starts_no_break(struct text t)
{
	return t.len >= 2 && memcmp(t.p, no_break_space, 2) == 0;
}

static bool
ends_no_break(struct text t)
{
	return t.len >= 2 && memcmp(t.p + t.len - 2, no_break_space, 2) == 0;
}

static struct text
trim_cell(struct text t)
{
	struct text before;

	do {
		before = t;
		t = text_trim(t);
		if (starts_no_break(t)) {
			t.p += 2;
			t.len -= 2;
		}
		if (ends_no_break(t))
			t.len -= 2;
	} while (t.len != before.len);
	return t;
}

/* ASCII letters in upper case; the others have no class named by them. */
static struct text
upper_copy(struct arena *a, struct text t)
{
	char *p = arena_alloc(a, t.len + 1);
	size_t i;

	for (i = 0; i < t.len; i++)
		p[i] = t.p[i] >= 'a' && t.p[i] <= 'z'
			   ? (char)(t.p[i] - 'a' + 'A')
			   : t.p[i];
	p[i] = '\0';
	return (struct text){ p, t.len };
}

static struct text
stage_key(const struct mapping *m, char room[PAIR_ROOM], struct text pipeline,
    struct text stage)
{
	arena_clear(m->scratch);
	return pair_key(
	    room, m->scratch, pipeline, stage, (struct text){ NULL, 0 }, 0);
}

size_t
mapping_nr(const struct mapping *m)
{
	return map_size(m->stage);
}

bool
mapping_get(const struct mapping *m, struct text pipeline_id,
    struct text stage_id, struct text *class)
{
	char room[PAIR_ROOM];
	size_t index =
	    map_get(m->stage, stage_key(m, room, pipeline_id, stage_id));

	*class = (struct text){ NULL, 0 };
	if (index == MAP_NONE)
		return false;
	*class = m->class[index];
	return true;
}

static int
find_column(size_t *column, const char *name, const struct xlsx_cell *cell,
    size_t nr, struct fault *f)
{
	for (*column = 0; *column < nr; ++*column)
		if (text_is_nocase(trim_cell(cell[*column].text), name))
			return 0;
	return fault_set(
	    f, FAULT_DATA, "no column '%s' in the first row", name);
}

int
mapping_header(struct mapping_columns *at, const struct xlsx_cell *cell,
    size_t nr, struct fault *f)
{
	if (find_column(&at->pipeline_id, "pipeline_id", cell, nr, f) == -1 ||
	    find_column(&at->stage_id, "dealstage_id", cell, nr, f) == -1)
		return -1;
	return find_column(&at->class, "class", cell, nr, f);
}

/* What a cell says; a number in plain decimal, as the ids are. */
static struct text
cell_text(
    struct mapping *m, const struct xlsx_cell *cell, size_t nr, size_t column)
{
	if (column >= nr || cell[column].kind == XLSX_EMPTY)
		return (struct text){ "", 0 };
	if (cell[column].kind == XLSX_NUMBER)
		return id_plain(cell[column].text, m->kept);
	return trim_cell(cell[column].text);
}

static enum mapping_note
put_row(struct mapping *m, struct text pipeline_id, struct text stage_id,
    struct text class)
{
	struct text old = { NULL, 0 };
	char room[PAIR_ROOM];
	size_t index;
	bool added;

	if (pipeline_id.len == 0 || stage_id.len == 0)
		return MAPPING_NO_ID;
	index = map_intern(
	    m->stage, stage_key(m, room, pipeline_id, stage_id), &added);
	m->class = xgrow(m->class, index, &m->cap, sizeof(*m->class));
	if (!added)
		old = m->class[index];
	class = upper_copy(m->kept, class);
	m->class[index] = class;
	if (!added && !text_equal(old, class))
		return MAPPING_CHANGED;
	if (class.len == 0)
		return MAPPING_NO_CLASS;
	return class_of_text(class) == CLASS_OTHER ? MAPPING_OTHER_CLASS
						   : MAPPING_FINE;
}

enum mapping_note
mapping_row(struct mapping *m, const struct mapping_columns *at,
    const struct xlsx_cell *cell, size_t nr)
{
	struct text pipeline = cell_text(m, cell, nr, at->pipeline_id);
	struct text stage = cell_text(m, cell, nr, at->stage_id);
	struct text class = cell_text(m, cell, nr, at->class);

	/* a row that people emptied is no row */
	if (pipeline.len == 0 && stage.len == 0 && class.len == 0)
		return MAPPING_FINE;
	return put_row(m, pipeline, stage, class);
}
