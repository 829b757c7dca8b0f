#include "coach/classer.h"

#include <stdlib.h>

#include "base/map.h"
#include "base/xalloc.h"
#include "coach/classify.h"
#include "coach/names.h"
#include "coach/pair.h"
#include "record/deal.h"
#include "record/owner.h"

#define PIECE_MAX ((size_t)512 << 20)

/* Deals of one pipeline, stage and flags; what they have in common. */
struct kind {
	struct text class; /* as a member of the record */
	size_t stage;	   /* index of the stage */
};

struct classer {
	const struct coach_settings *set;
	struct mapping *mapping;
	struct deal_fields deal;
	struct deal_seen seen;
	struct owner_fields owner;
	struct stage_fields stage;
	struct names *names;
	struct arena *kept;
	struct buf piece; /* of JSON, being written */
	struct classer_counts nr;
	bool met_deal;
	bool met_pipeline;
	bool met_nabeller;
	bool met_begeleiding;

	struct map *coach_index;
	/* id and name as members and the key of the next, by that index */
	struct text *coach;
	size_t coach_cap;

	struct map *kind_index;
	struct kind *kind;
	size_t kind_cap;

	struct map *met_index;
	struct met_stage *met;
	size_t met_cap;
};

struct classer *
classer_new(const struct coach_settings *set, struct mapping *mapping,
    struct json_shape *shape)
{
	struct classer *c = xcalloc(1, sizeof(*c));

	c->set = set;
	c->mapping = mapping;
	deal_want(&c->deal, shape);
	owner_want(&c->owner, shape);
	stage_want(&c->stage, shape);
	c->names = names_new();
	c->kept = arena_new();
	buf_init(&c->piece, PIECE_MAX);
	c->coach_index = map_new();
	c->kind_index = map_new();
	c->met_index = map_new();
	return c;
}

void
classer_free(struct classer *c)
{
	if (c == NULL)
		return;
	names_free(c->names);
	arena_free(c->kept);
	buf_free(&c->piece);
	map_free(c->coach_index);
	map_free(c->kind_index);
	map_free(c->met_index);
	free(c->coach);
	free(c->kind);
	free(c->met);
	free(c);
}

/* Where the stage stands among those that were met. */
static size_t
find_stage(struct classer *c, struct text pipeline, struct text stage)
{
	const struct text none = { NULL, 0 };
	char room[PAIR_ROOM];
	size_t index;
	bool added;

	index = map_intern(c->met_index,
	    pair_key(room, c->kept, pipeline, stage, none, 0), &added);
	if (!added)
		return index;
	c->met = xgrow(c->met, index, &c->met_cap, sizeof(*c->met));
	c->met[index] = (struct met_stage){ arena_copy(c->kept, pipeline),
		arena_copy(c->kept, stage), none, 0 };
	return index;
}

static struct text
keep_piece(struct classer *c)
{
	return arena_copy(c->kept, buf_view(&c->piece));
}

/* The coach's members, worked out when the coach comes for the first time. */
static struct text
find_coach(struct classer *c, struct text id)
{
	struct text name;
	size_t index;
	bool added;

	index = map_intern(c->coach_index, id, &added);
	if (!added)
		return c->coach[index];
	name = names_get(c->names, id);
	if (name.p == NULL)
		name = text_of(COACH_UNKNOWN);
	c->coach = xgrow(c->coach, index, &c->coach_cap, sizeof(*c->coach));
	buf_clear(&c->piece);
	deal_put_coach(&c->piece, id, name);
	deal_put_created_key(&c->piece);
	c->coach[index] = keep_piece(c);
	return c->coach[index];
}

static void
kind_init(struct classer *c, struct kind *kind, const struct deal *deal)
{
	struct text mapped;

	(void)mapping_get(
	    c->mapping, deal->pipeline_id, deal->stage_id, &mapped);
	buf_clear(&c->piece);
	deal_put_class(&c->piece, class_of_deal(c->set, deal, mapped));
	kind->class = keep_piece(c);
	kind->stage = find_stage(c, deal->pipeline_id, deal->stage_id);
}

static const struct kind *
find_kind(struct classer *c, const struct deal *deal, struct arena *scratch)
{
	const struct text none = { NULL, 0 };
	unsigned flags = (deal->is_won ? 2u : 0u) | (deal->is_lost ? 1u : 0u);
	char room[PAIR_ROOM];
	size_t index;
	bool added;

	index = map_intern(c->kind_index,
	    pair_key(
		room, scratch, deal->pipeline_id, deal->stage_id, none, flags),
	    &added);
	if (added) {
		c->kind = xgrow(c->kind, index, &c->kind_cap, sizeof(*c->kind));
		kind_init(c, &c->kind[index], deal);
	}
	return &c->kind[index];
}

static int
add_deal(struct classer *c, const struct record *rec, struct buf *member,
    struct fault *f)
{
	struct deal deal;
	const struct kind *kind;

	if (deal_decode(&deal, &c->deal, rec, f) == -1)
		return -1;
	if (deal.class.len > 0)
		return fault_set(f, FAULT_DATA,
		    "the deal has a class already; "
		    "give the deals as they were fetched");
	c->met_deal = true;
	deal_see(&c->seen, &c->deal, rec);
	if (!deal.dated) {
		c->nr.undated++;
		return CLASSER_DROP;
	}
	c->nr.deals++;
	if (deal.coach_id.len == 0)
		deal.coach_id = text_of(COACH_UNKNOWN);
	kind = find_kind(c, &deal, rec->scratch);
	c->met[kind->stage].deals++;
	if (rec->field[c->deal.type].kind == VALUE_ABSENT)
		deal_put_type(member);
	json_put_raw(member, kind->class);
	json_put_raw(member, find_coach(c, deal.coach_id));
	deal_put_created(member, deal.created_at);
	return CLASSER_DEAL;
}

static int
add_owner(struct classer *c, const struct record *rec, struct fault *f)
{
	struct owner owner;

	if (c->met_deal)
		return fault_set(f, FAULT_DATA,
		    "an owner behind the first deal; "
		    "put the file with the owners before the deals");
	if (owner_decode(&owner, &c->owner, rec, f) == -1)
		return -1;
	names_put(c->names, &owner);
	return CLASSER_PASS;
}

static int
add_stage(struct classer *c, const struct record *rec, struct fault *f)
{
	struct stage stage;
	size_t index;

	if (stage_decode(&stage, &c->stage, rec, f) == -1)
		return -1;
	index = find_stage(c, stage.pipeline_id, stage.id);
	c->met[index].label = arena_copy(c->kept, stage.label);
	return CLASSER_PASS;
}

static int
add_pipeline(struct classer *c, const struct record *rec, struct fault *f)
{
	struct pipeline pipeline;

	if (pipeline_decode(&pipeline, &c->stage, rec, f) == -1)
		return -1;
	c->met_pipeline = true;
	if (text_equal(pipeline.id, c->set->nabeller))
		c->met_nabeller = true;
	if (text_equal(pipeline.id, c->set->begeleiding))
		c->met_begeleiding = true;
	return CLASSER_PASS;
}

int
classer_add(struct classer *c, const struct record *rec, struct buf *member,
    struct fault *f)
{
	buf_clear(member);
	if (deal_here(&c->deal, rec))
		return add_deal(c, rec, member, f);
	if (owner_here(&c->owner, rec))
		return add_owner(c, rec, f);
	if (stage_here(&c->stage, rec))
		return add_stage(c, rec, f);
	if (pipeline_here(&c->stage, rec))
		return add_pipeline(c, rec, f);
	return CLASSER_PASS;
}

void
classer_counts(const struct classer *c, struct classer_counts *nr)
{
	*nr = c->nr;
	nr->owners = names_nr(c->names);
	nr->unseen = c->met_deal ? deal_unseen(&c->seen) : NULL;
}

bool
classer_unmapped(const struct classer *c, size_t *at, struct met_stage *stage)
{
	struct text class;

	if (mapping_nr(c->mapping) == 0)
		return false;
	while (*at < map_size(c->met_index)) {
		*stage = c->met[(*at)++];
		if (!mapping_get(c->mapping, stage->pipeline_id,
			stage->stage_id, &class))
			return true;
	}
	return false;
}

bool
classer_lacks_nabeller(const struct classer *c)
{
	return c->met_pipeline && !c->met_nabeller;
}

bool
classer_lacks_begeleiding(const struct classer *c)
{
	return c->met_pipeline && !c->met_begeleiding;
}
