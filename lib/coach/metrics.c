#include "coach/metrics.h"

#include <stdlib.h>

#include "base/map.h"
#include "base/num.h"
#include "base/xalloc.h"
#include "coach/classify.h"
#include "coach/names.h"
#include "coach/pair.h"
#include "record/owner.h"

/* What is counted of a coach in a period. */
enum figure {
	DEALS,
	WON,
	LOST,
	OPEN,
	HANDOFF,
	NABELLER,
	WARM,
	INFO,
	FIGURES,
};

/*
 * Deals that count alike: of one pipeline, stage and class, or without a class
 * of the same flags. All that depends on these is worked out once a kind.
 */
struct kind {
	size_t class_count; /* index of the pipeline and class */
	uint64_t nr;	    /* deals, of any age */
	uint64_t adds[FIGURES];
};

struct class_count {
	struct text pipeline;
	struct text class;
	uint64_t nr;
};

struct tally {
	struct text id;
	struct text name; /* that a deal brought along; "no text" is none */
};

enum stage_of_result {
	RESULT_NONE,
	RESULT_COACHES,
	RESULT_CLASSES,
	RESULT_OWNERS,
};

struct coach_metrics {
	const struct coach_settings *set;
	instant_us as_of;
	instant_us start[PERIODS_MAX];
	struct deal_fields deal;
	struct deal_seen seen;
	bool met_raw; /* a deal as fetched */
	struct owner_fields owner;
	struct names *names;
	struct arena *kept;
	uint64_t deals;
	uint64_t undated;
	uint64_t future;
	bool named;

	struct map *coach;
	struct tally *tally; /* by the coach's index */
	size_t tally_cap;
	uint64_t *count; /* coach, period, figure */

	struct map *kind_index;
	struct kind *kind;
	size_t kind_cap;

	struct map *class_index; /* of pipeline and class */
	struct class_count *class_count;
	size_t class_cap;

	enum stage_of_result result;
	size_t next;
	size_t *order; /* of the coaches */
};

struct coach_metrics *
coach_metrics_new(const struct coach_settings *set, instant_us as_of,
    struct json_shape *shape)
{
	struct coach_metrics *m = xcalloc(1, sizeof(*m));
	size_t i;

	m->set = set;
	m->as_of = as_of;
	for (i = 0; i < set->period_nr; i++)
		m->start[i] = as_of - set->period[i].days * INSTANT_DAY_US;
	deal_want(&m->deal, shape);
	owner_want(&m->owner, shape);
	m->names = names_new();
	m->kept = arena_new();
	m->coach = map_new();
	m->kind_index = map_new();
	m->class_index = map_new();
	return m;
}

void
coach_metrics_free(struct coach_metrics *m)
{
	if (m == NULL)
		return;
	names_free(m->names);
	arena_free(m->kept);
	map_free(m->coach);
	map_free(m->kind_index);
	map_free(m->class_index);
	free(m->tally);
	free(m->count);
	free(m->kind);
	free(m->class_count);
	free(m->order);
	free(m);
}

static size_t
counts_of_coach(const struct coach_metrics *m)
{
	return m->set->period_nr * FIGURES;
}

/* The coach's index. */
static size_t
find_coach(struct coach_metrics *m, struct text id)
{
	size_t index, per_coach = counts_of_coach(m), cap = m->tally_cap;
	bool added;

	index = map_intern(m->coach, id, &added);
	if (!added)
		return index;
	m->tally = xgrow(m->tally, index, &m->tally_cap, sizeof(*m->tally));
	if (m->tally_cap != cap)
		m->count = xreallocarray(
		    m->count, m->tally_cap, per_coach * sizeof(*m->count));
	memset(m->count + index * per_coach, 0, per_coach * sizeof(*m->count));
	m->tally[index] =
	    (struct tally){ map_key(m->coach, index), { NULL, 0 } };
	return index;
}

static size_t
find_class_count(
    struct coach_metrics *m, struct text pipeline, struct text class)
{
	const struct text none = { NULL, 0 };
	char room[PAIR_ROOM];
	size_t index;
	bool added;

	index = map_intern(m->class_index,
	    pair_key(room, m->kept, pipeline, class, none, 0), &added);
	if (!added)
		return index;
	m->class_count = xgrow(
	    m->class_count, index, &m->class_cap, sizeof(*m->class_count));
	m->class_count[index] =
	    (struct class_count){ arena_copy(m->kept, pipeline),
		    arena_copy(m->kept, class), 0 };
	return index;
}

static void
kind_init(struct coach_metrics *m, struct kind *kind, const struct deal *deal)
{
	struct text class = deal->class;
	enum class known;

	if (class.len == 0)
		class = class_text(class_of_unmapped(m->set, deal));
	known = class_of_text(class);
	*kind = (struct kind){ 0 };
	kind->class_count = find_class_count(m, deal->pipeline_id, class);
	kind->adds[DEALS] = 1;
	kind->adds[WON] = known == CLASS_WON;
	kind->adds[LOST] = known == CLASS_LOST;
	kind->adds[OPEN] = known == CLASS_OPEN;
	kind->adds[HANDOFF] = known == CLASS_HANDOFF;
	kind->adds[NABELLER] = text_equal(deal->pipeline_id, m->set->nabeller);
	kind->adds[WARM] = id_list_has(&m->set->warm, deal->stage_id);
	kind->adds[INFO] = id_list_has(&m->set->info, deal->stage_id);
}

static struct kind *
find_kind(
    struct coach_metrics *m, const struct deal *deal, struct arena *scratch)
{
	unsigned flags = (deal->is_won ? 2u : 0u) | (deal->is_lost ? 1u : 0u);
	char room[PAIR_ROOM];
	size_t index;
	bool added;

	index = map_intern(m->kind_index,
	    pair_key(room, scratch, deal->pipeline_id, deal->stage_id,
		deal->class, flags),
	    &added);
	if (added) {
		m->kind = xgrow(m->kind, index, &m->kind_cap, sizeof(*m->kind));
		kind_init(m, &m->kind[index], deal);
	}
	return &m->kind[index];
}

static void
count_deal(struct coach_metrics *m, size_t coach, const struct kind *kind,
    instant_us created_at)
{
	uint64_t *count = m->count + coach * counts_of_coach(m);
	size_t i, j;

	for (i = 0; i < m->set->period_nr; i++, count += FIGURES)
		if (created_at >= m->start[i])
			for (j = 0; j < FIGURES; j++)
				count[j] += kind->adds[j];
}

static int
add_deal(struct coach_metrics *m, const struct record *rec, struct fault *f)
{
	struct deal deal;
	struct kind *kind;
	struct tally *tally;
	size_t coach;

	if (deal_decode(&deal, &m->deal, rec, f) == -1)
		return -1;
	if (deal.class.len == 0) {
		m->met_raw = true;
		deal_see(&m->seen, &m->deal, rec);
	}
	if (!deal.dated) {
		m->undated++;
		return 0;
	}
	if (m->set->no_future && deal.created_at > m->as_of) {
		m->future++;
		return 0;
	}
	m->deals++;
	if (deal.coach_id.len == 0)
		deal.coach_id = text_of(COACH_UNKNOWN);
	coach = find_coach(m, deal.coach_id);
	tally = &m->tally[coach];
	if (tally->name.p == NULL && deal.coach_name.p != NULL) {
		tally->name = arena_copy(m->kept, deal.coach_name);
		m->named = true;
	}
	kind = find_kind(m, &deal, rec->scratch);
	kind->nr++;
	count_deal(m, coach, kind, deal.created_at);
	return 0;
}

static int
add_owner(struct coach_metrics *m, const struct record *rec, struct fault *f)
{
	struct owner owner;

	if (owner_decode(&owner, &m->owner, rec, f) == -1)
		return -1;
	names_put(m->names, &owner);
	return 0;
}

int
coach_metrics_add(
    struct coach_metrics *m, const struct record *rec, struct fault *f)
{
	if (deal_here(&m->deal, rec))
		return add_deal(m, rec, f);
	if (owner_here(&m->owner, rec))
		return add_owner(m, rec, f);
	return 0;
}

void
coach_metrics_counts(const struct coach_metrics *m, struct coach_counts *c)
{
	*c = (struct coach_counts){ .deals = m->deals,
		.undated = m->undated,
		.future = m->future,
		.coaches = map_size(m->coach),
		.owners = names_nr(m->names),
		.named = m->named,
		.unseen = m->met_raw ? deal_unseen(&m->seen) : NULL };
}

static int
by_coach_id(const void *a, const void *b, void *arg)
{
	const struct tally *tally = arg;

	return text_compare(
	    tally[*(const size_t *)a].id, tally[*(const size_t *)b].id);
}

static int
by_pipeline_and_class(const void *a, const void *b)
{
	const struct class_count *x = a, *y = b;
	int order = text_compare(x->pipeline, y->pipeline);

	return order != 0 ? order : text_compare(x->class, y->class);
}

static void
prepare_result(struct coach_metrics *m)
{
	size_t i, nr = map_size(m->coach);

	m->order = xreallocarray(m->order, nr, sizeof(*m->order));
	for (i = 0; i < nr; i++)
		m->order[i] = i;
	qsort_r(m->order, nr, sizeof(*m->order), by_coach_id, m->tally);
	for (i = 0; i < map_size(m->kind_index); i++)
		m->class_count[m->kind[i].class_count].nr += m->kind[i].nr;
	if (map_size(m->class_index) > 0)
		qsort(m->class_count, map_size(m->class_index),
		    sizeof(*m->class_count), by_pipeline_and_class);
	names_sort(m->names);
}

static void
work_out(const struct coach_settings *set, const uint64_t count[FIGURES],
    struct coach_figures *out)
{
	double deals = (double)count[DEALS], won = (double)count[WON];

	*out = (struct coach_figures){
		.deals = count[DEALS],
		.won = count[WON],
		.lost = count[LOST],
		.open = count[OPEN],
		.nabeller = count[NABELLER],
		.handoff = count[HANDOFF],
		.warm = count[WARM],
		.info = count[INFO],
	};
	if (deals + set->beta > 0)
		out->smoothed_pct = num_round1(
		    num_percent(won + set->alpha, deals + set->beta));
	if (count[DEALS] == 0)
		return;
	out->rate_pct = num_round1(num_percent(won, deals));
	out->nabeller_pct =
	    num_round1(num_percent((double)count[NABELLER], deals));
}

static struct text
coach_name(const struct coach_metrics *m, const struct tally *tally)
{
	struct text name = names_get(m->names, tally->id);

	if (name.p == NULL)
		name = tally->name;
	return name.p == NULL ? text_of(COACH_UNKNOWN) : name;
}

static void
put_coach(const struct coach_metrics *m, size_t index, struct buf *line)
{
	const char *label[PERIODS_MAX];
	struct coach_figures figures[PERIODS_MAX];
	const uint64_t *count = m->count + index * counts_of_coach(m);
	size_t i;

	for (i = 0; i < m->set->period_nr; i++) {
		label[i] = m->set->period[i].label;
		work_out(m->set, count + i * FIGURES, &figures[i]);
	}
	coach_encode(line, &(struct coach){ m->tally[index].id,
			       coach_name(m, &m->tally[index]), m->as_of, label,
			       figures, m->set->period_nr });
}

static void
put_owner(const struct coach_metrics *m, size_t index, struct buf *line)
{
	struct text id, name;

	names_at(m->names, index, &id, &name);
	coach_owner_encode(line, id, name);
}

/* How many lines a part of the result has. */
static size_t
lines_of(const struct coach_metrics *m, enum stage_of_result part)
{
	if (part == RESULT_COACHES)
		return map_size(m->coach);
	if (part == RESULT_CLASSES)
		return map_size(m->class_index);
	return names_nr(m->names);
}

bool
coach_metrics_next(struct coach_metrics *m, struct buf *line)
{
	const struct class_count *c;

	if (m->result == RESULT_NONE) {
		prepare_result(m);
		m->result = RESULT_COACHES;
	}
	while (m->next == lines_of(m, m->result)) {
		if (m->result == RESULT_OWNERS)
			return false;
		m->result++;
		m->next = 0;
	}
	buf_clear(line);
	if (m->result == RESULT_COACHES) {
		put_coach(m, m->order[m->next], line);
	} else if (m->result == RESULT_CLASSES) {
		c = &m->class_count[m->next];
		deal_class_count_encode(line, c->pipeline, c->class, c->nr);
	} else {
		put_owner(m, m->next, line);
	}
	m->next++;
	return true;
}
