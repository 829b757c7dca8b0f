#include "coach/default_mapping.h"

#include <stdlib.h>

#include "base/map.h"
#include "base/xalloc.h"
#include "coach/classify.h"
#include "coach/pair.h"
#include "record/stage_mapping.h"

struct default_mapping {
	const struct coach_settings *set;
	struct stage_fields at;
	struct map *index; /* of pipeline and stage */
	struct stage_mapping *row;
	size_t cap;
	struct arena *kept;
	bool sorted;
	size_t next;
};

struct default_mapping *
default_mapping_new(const struct coach_settings *set, struct json_shape *shape)
{
	struct default_mapping *m = xcalloc(1, sizeof(*m));

	m->set = set;
	stage_want(&m->at, shape);
	m->index = map_new();
	m->kept = arena_new();
	return m;
}

void
default_mapping_free(struct default_mapping *m)
{
	if (m == NULL)
		return;
	map_free(m->index);
	arena_free(m->kept);
	free(m->row);
	free(m);
}

size_t
default_mapping_nr(const struct default_mapping *m)
{
	return map_size(m->index);
}

static struct stage_mapping *
find_row(struct default_mapping *m, const struct stage *stage)
{
	const struct text none = { NULL, 0 };
	char room[PAIR_ROOM];
	size_t index;

	index = map_intern(m->index,
	    pair_key(room, m->kept, stage->pipeline_id, stage->id, none, 0),
	    NULL);
	m->row = xgrow(m->row, index, &m->cap, sizeof(*m->row));
	return &m->row[index];
}

int
default_mapping_add(
    struct default_mapping *m, const struct record *rec, struct fault *f)
{
	struct stage stage;

	if (!stage_here(&m->at, rec))
		return 0;
	if (stage_decode(&stage, &m->at, rec, f) == -1)
		return -1;
	*find_row(m, &stage) = (struct stage_mapping){
		.pipeline_id = arena_copy(m->kept, stage.pipeline_id),
		.stage_id = arena_copy(m->kept, stage.id),
		.label = arena_copy(m->kept, stage.label),
		.has_closed = stage.has_metadata,
		.is_closed = stage.is_closed,
		.has_probability = stage.has_probability,
		.probability = stage.probability,
		.class = class_text(class_of_stage(m->set, &stage)),
	};
	return 0;
}

static int
by_place(const void *a, const void *b)
{
	const struct stage_mapping *x = a, *y = b;
	int order = text_compare(x->pipeline_id, y->pipeline_id);

	if (order != 0)
		return order;
	if (x->has_probability != y->has_probability)
		return x->has_probability ? -1 : 1;
	if (x->has_probability && x->probability != y->probability)
		return x->probability > y->probability ? -1 : 1;
	return text_compare(x->stage_id, y->stage_id);
}

bool
default_mapping_next(struct default_mapping *m, struct buf *line)
{
	size_t nr = default_mapping_nr(m);

	if (!m->sorted && nr > 0)
		qsort(m->row, nr, sizeof(*m->row), by_place);
	m->sorted = true;
	if (m->next == nr)
		return false;
	buf_clear(line);
	stage_mapping_encode(line, &m->row[m->next++]);
	return true;
}
