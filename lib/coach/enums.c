#include "coach/enums.h"

#include <stdlib.h>

#include "base/map.h"
#include "base/xalloc.h"
#include "record/coach.h"
#include "record/deal.h"

#define PROPERTIES 5

static const char *const name[PROPERTIES] = {
	"pipeline",
	"dealstage",
	"hubspot_owner_id",
	"hs_is_closed_won",
	"hs_is_closed_lost",
};

struct value {
	struct text text;
	uint64_t nr;
};

/* The values of one property. */
struct values {
	struct map *index;
	struct value *value;
	size_t cap;
};

struct enums {
	struct deal_fields at;
	struct values of[PROPERTIES];
	uint64_t nr;
	bool sorted;
	size_t property; /* of the next line */
	size_t next;	 /* value of it */
};

struct enums *
enums_new(struct json_shape *shape)
{
	struct enums *e = xcalloc(1, sizeof(*e));
	size_t i;

	deal_want(&e->at, shape);
	for (i = 0; i < PROPERTIES; i++)
		e->of[i].index = map_new();
	return e;
}

void
enums_free(struct enums *e)
{
	size_t i;

	if (e == NULL)
		return;
	for (i = 0; i < PROPERTIES; i++) {
		map_free(e->of[i].index);
		free(e->of[i].value);
	}
	free(e);
}

static void
count_value(struct values *values, struct text t)
{
	size_t index;
	bool added;

	if (t.p == NULL)
		t = (struct text){ "", 0 };
	index = map_intern(values->index, t, &added);
	if (added) {
		values->value = xgrow(
		    values->value, index, &values->cap, sizeof(*values->value));
		values->value[index] =
		    (struct value){ map_key(values->index, index), 0 };
	}
	values->value[index].nr++;
}

int
enums_add(struct enums *e, const struct record *rec, struct fault *f)
{
	struct deal deal;

	if (!deal_here(&e->at, rec))
		return 0;
	if (deal_decode(&deal, &e->at, rec, f) == -1)
		return -1;
	count_value(&e->of[0], deal.pipeline_id);
	count_value(&e->of[1], deal.stage_id);
	count_value(&e->of[2], deal.owner_id);
	count_value(&e->of[3], deal.won);
	count_value(&e->of[4], deal.lost);
	e->nr++;
	return 0;
}

uint64_t
enums_nr(const struct enums *e)
{
	return e->nr;
}

static int
by_count_and_text(const void *a, const void *b)
{
	const struct value *x = a, *y = b;

	if (x->nr != y->nr)
		return x->nr > y->nr ? -1 : 1;
	return text_compare(x->text, y->text);
}

static void
sort_values(struct enums *e)
{
	size_t i, nr;

	for (i = 0; i < PROPERTIES; i++) {
		nr = map_size(e->of[i].index);
		if (nr > 0)
			qsort(e->of[i].value, nr, sizeof(*e->of[i].value),
			    by_count_and_text);
	}
	e->sorted = true;
}

bool
enums_next(struct enums *e, struct buf *line)
{
	const struct value *value;

	if (!e->sorted)
		sort_values(e);
	while (e->next == map_size(e->of[e->property].index)) {
		if (e->property == PROPERTIES - 1)
			return false;
		e->property++;
		e->next = 0;
	}
	value = &e->of[e->property].value[e->next++];
	buf_clear(line);
	observed_value_encode(line, name[e->property], value->text, value->nr);
	return true;
}
