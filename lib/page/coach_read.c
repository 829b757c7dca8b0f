#include <math.h>
#include <stdlib.h>

#include "base/xalloc.h"
#include "coach/classify.h"
#include "coach/status.h"
#include "page/coach_views.h"

struct coach_page *
coach_page_new(const struct coach_page_settings *set, struct json_shape *shape)
{
	struct coach_page *p = xcalloc(1, sizeof(*p));

	p->set = set;
	p->text = arena_new();
	p->who_index = map_new();
	p->shown = map_new();
	coach_row_want(&p->coach_at, shape);
	deal_row_want(&p->deal_at, shape);
	availability_want(&p->availability_at, shape);
	run_row_want(&p->run_at, shape);
	return p;
}

void
coach_page_free(struct coach_page *p)
{
	if (p == NULL)
		return;
	arena_free(p->text);
	map_free(p->who_index);
	map_free(p->shown);
	free(p->row);
	free(p->who);
	free(p->deal);
	free(p->available);
	free(p->run);
	free(p->difference);
	free(p->name);
	free(p);
}

/* The index of a coach as deals know one. */
static size_t
find_who(struct coach_page *p, const struct deal_row *deal)
{
	struct text id = deal->coach_id, name = deal->coach_name, key;
	size_t i;
	bool added;
	struct buf b;

	buf_init(&b, NDJSON_LINE_MAX);
	buf_add(&b, &id.len, sizeof(id.len));
	buf_text(&b, id);
	buf_text(&b, name);
	key = buf_view(&b);
	i = map_intern(p->who_index, key, &added);
	if (added) {
		p->who = xgrow(p->who, i, &p->who_cap, sizeof(*p->who));
		p->who[i] = (struct page_who){ arena_copy(p->text, id),
			arena_copy(p->text, name) };
		p->who_nr = i + 1;
	}
	buf_free(&b);
	return i;
}

static int
kind_of(const struct coach_page *p, const struct deal_row *deal)
{
	int kind =
	    text_equal(deal->pipeline_id, p->set->nabeller) ? KIND_OF : 0;

	switch (class_of_text(deal->class)) {
	case CLASS_WON:
		return kind + KIND_WON;
	case CLASS_LOST:
		return kind + KIND_LOST;
	case CLASS_OPEN:
		return kind + KIND_OPEN;
	default:
		return kind;
	}
}

static int
add_deal(struct coach_page *p, const struct record *rec, struct fault *f)
{
	struct deal_row deal;

	if (deal_row_decode(&deal, &p->deal_at, rec, f) == -1)
		return -1;
	if (!deal.dated) {
		p->undated++;
		return 0;
	}
	/* a coach without a name cannot be one of those shown */
	if (deal.coach_name.len == 0 || deal.coach_id.len == 0 ||
	    exclusions_have(&p->set->hidden, deal.coach_name) ||
	    deal.created_at <
		p->set->as_of - PAGE_WEEKS_MAX * 7 * INSTANT_DAY_US)
		return 0;
	p->deal = xgrow(p->deal, p->deal_nr, &p->deal_cap, sizeof(*p->deal));
	p->deal[p->deal_nr++] = (struct page_deal){ find_who(p, &deal),
		deal.created_at, kind_of(p, &deal) };
	return 0;
}

static int
add_coach(struct coach_page *p, const struct record *rec, struct fault *f)
{
	struct coach_row *row;
	int i;

	p->row = xgrow(p->row, p->row_nr, &p->row_cap, sizeof(*p->row));
	row = &p->row[p->row_nr];
	if (coach_row_decode(row, &p->coach_at, rec, p->text, f) == -1)
		return -1;
	p->row_nr++;
	for (i = 0; i < PERIODS; i++)
		if (!isnan(row->of[i].warm) || !isnan(row->of[i].info))
			p->has_requests = true;
	return 0;
}

int
coach_page_add(struct coach_page *p, const struct record *rec, struct fault *f)
{
	if (deal_row_here(&p->deal_at, rec))
		return add_deal(p, rec, f);
	if (coach_row_here(&p->coach_at, rec))
		return add_coach(p, rec, f);
	if (availability_here(&p->availability_at, rec)) {
		p->available = xgrow(p->available, p->available_nr,
		    &p->available_cap, sizeof(*p->available));
		return availability_decode(&p->available[p->available_nr++],
		    &p->availability_at, rec, p->text, f);
	}
	if (run_row_here(&p->run_at, rec)) {
		p->run = xgrow(p->run, p->run_nr, &p->run_cap, sizeof(*p->run));
		return run_row_decode(
		    &p->run[p->run_nr++], &p->run_at, rec, p->text, f);
	}
	if (difference_row_here(&p->run_at, rec)) {
		p->difference = xgrow(p->difference, p->difference_nr,
		    &p->difference_cap, sizeof(*p->difference));
		return difference_row_decode(&p->difference[p->difference_nr++],
		    &p->run_at, rec, p->text, f);
	}
	return 0;
}

size_t
coach_page_coaches(const struct coach_page *p)
{
	return p->row_nr;
}

size_t
coach_page_undated(const struct coach_page *p)
{
	return p->undated;
}

struct text
coach_page_label(const struct coach_row *row)
{
	struct text label = coach_label(row->eligibility);

	return label.len == 0 ? text_of(coach_state_label(STATE_OTHER)) : label;
}

bool
coach_page_shows(const struct coach_page *p, const struct coach_row *row)
{
	return !exclusions_have(&p->set->hidden, row->name);
}

bool
coach_page_knows(const struct coach_page *p, struct text name)
{
	return map_get(p->shown, name) != MAP_NONE;
}
