/*
 * What the page of chatters shows in which order, whatever order it came in.
 */
#include <math.h>
#include <stdlib.h>

#include "base/xalloc.h"
#include "page/chatters_views.h"

#define ID_MAX 48

const struct page_group *
chatters_page_group(const struct chatters_page *p, struct text key)
{
	size_t i = map_get(p->group_of, key.p == NULL ? text_of("") : key);

	return i == MAP_NONE ? NULL : &p->group[i];
}

const struct page_card *
chatters_page_card(const struct chatters_page *p, struct text id)
{
	size_t i = id.p == NULL ? MAP_NONE : map_get(p->card_of, id);

	return i == MAP_NONE ? NULL : &p->card[i];
}

static struct page_group *
add_group(struct chatters_page *p, struct text key)
{
	struct page_group *g;

	if (key.p == NULL)
		key = text_of("");
	if (map_get(p->group_of, key) != MAP_NONE)
		return &p->group[map_get(p->group_of, key)];
	map_put(p->group_of, key, p->group_nr);
	p->group =
	    xgrow(p->group, p->group_nr, &p->group_cap, sizeof(*p->group));
	g = &p->group[p->group_nr++];
	*g = (struct page_group){ .key = key,
		.name = key.len == 0 ? "No team" : key.p };
	return g;
}

/* The id of a team's view: of its key where that is plain, else its number. */
static const char *
view_id(const struct chatters_page *p, const struct page_group *g)
{
	char id[ID_MAX];
	size_t i;

	for (i = 0; i < g->key.len && i + 1 < sizeof(id); i++) {
		id[i] = g->key.p[i];
		if (!((id[i] >= 'a' && id[i] <= 'z') ||
			(id[i] >= '0' && id[i] <= '9')))
			break;
	}
	id[i] = '\0';
	if (i > 0 && i == g->key.len)
		return arena_printf(p->text, "team-%s", id);
	return arena_printf(p->text, "team--%zu", (size_t)(g - p->group) + 1);
}

static void
describe_group(struct chatters_page *p, struct page_group *g)
{
	const struct chatter_sums *s = g->sums;

	if (s != NULL) {
		if (s->name.len > 0)
			g->name = s->name.p;
		if (s->color.len > 0)
			g->color = s->color.p;
		if (s->shift_start.len > 0 && s->shift_end.len > 0)
			g->shift = arena_printf(p->text, "%.*s–%.*s",
			    TEXT_ARG(s->shift_start), TEXT_ARG(s->shift_end));
	}
	g->view = (struct page_view){ .id = view_id(p, g),
		.name = g->name,
		.color = g->color,
		.note = g->shift };
}

/* As the settings have them, then by key; nobody's last. */
static int
by_team(const void *a, const void *b, void *arg)
{
	const struct chatters_page *p = arg;
	const struct page_group *x = a, *y = b;
	size_t i = settings_team(p->set->chatters, x->key);
	size_t j = settings_team(p->set->chatters, y->key);

	if ((x->key.len == 0) != (y->key.len == 0))
		return x->key.len == 0 ? 1 : -1;
	if (i != j)
		return i < j ? -1 : 1;
	return text_compare(x->key, y->key);
}

/* The greatest first, what is missing last. */
static int
descending(double x, double y)
{
	if (isnan(x) || isnan(y))
		return isnan(x) - isnan(y);
	return (x < y) - (x > y);
}

static size_t
rank_of(const struct chatters_page *p, struct text key)
{
	return map_get(p->group_of, key.p == NULL ? text_of("") : key);
}

static int
by_card(const void *a, const void *b, void *arg)
{
	static const int place[CHATTER_STATUSES] = {
		[CHATTER_WORKED] = 0,
		[CHATTER_NO_DATA] = 1,
		[CHATTER_DAY_OFF] = 2,
	};
	const struct page_card *x = a, *y = b;
	size_t i = rank_of(arg, x->row.team), j = rank_of(arg, y->row.team);
	int order = (i > j) - (i < j);

	if (order == 0)
		order = place[x->status] - place[y->status];
	if (order == 0)
		order = descending(x->row.score, y->row.score);
	if (order == 0)
		order = descending(
		    x->kpi[KPI_SALES_HR].value, y->kpi[KPI_SALES_HR].value);
	if (order == 0)
		order = text_compare(x->row.name, y->row.name);
	return order != 0 ? order : text_compare(x->row.id, y->row.id);
}

static int
by_candidate(const void *a, const void *b, void *arg)
{
	const struct candidate_row *x = a, *y = b;
	size_t i = rank_of(arg, x->team), j = rank_of(arg, y->team);
	int order = (i > j) - (i < j);

	if (order == 0)
		order = -descending(x->rank, y->rank);
	return order != 0 ? order : text_compare(x->id, y->id);
}

/* The newest week first; in it by team, then as cards are. */
static int
by_week(const void *a, const void *b, void *arg)
{
	const struct chatter_week_row *x = a, *y = b;
	size_t i = rank_of(arg, x->team), j = rank_of(arg, y->team);
	int order =
	    (x->week_start < y->week_start) - (x->week_start > y->week_start);

	if (order == 0)
		order = (i > j) - (i < j);
	if (order == 0)
		order = descending(x->score, y->score);
	if (order == 0)
		order = descending(
		    x->figure[FIGURE_SALES_HR], y->figure[FIGURE_SALES_HR]);
	if (order == 0)
		order = text_compare(x->name, y->name);
	return order != 0 ? order : text_compare(x->id, y->id);
}

/* The newest first. */
static int
by_session(const void *a, const void *b, void *arg)
{
	const struct page_session *x = a, *y = b;
	int order = (x->date < y->date) - (x->date > y->date);

	(void)arg;
	if (order == 0)
		order = text_compare(x->name, y->name);
	if (order == 0)
		order = text_compare(x->team_leader, y->team_leader);
	return order != 0 ? order : text_compare(x->notes, y->notes);
}

static int
by_report(const void *a, const void *b, void *arg)
{
	const struct chatter_report *x = a, *y = b;
	int order = -text_compare(x->date, y->date);

	(void)arg;
	if (order == 0)
		order = text_compare(x->name, y->name);
	if (order == 0)
		order = text_compare(x->team_leader, y->team_leader);
	return order != 0 ? order : text_compare(x->resolution, y->resolution);
}

static void
sort(struct chatters_page *p, void *list, size_t nr, size_t size,
    int (*order)(const void *, const void *, void *))
{
	if (nr > 1)
		qsort_r(list, nr, size, order, p);
}

static void
find_groups(struct chatters_page *p)
{
	size_t i;

	for (i = 0; i < p->team_nr; i++)
		add_group(p, p->team[i].key)->sums = &p->team[i];
	for (i = 0; i < p->card_nr; i++)
		add_group(p, p->card[i].row.team);
	sort(p, p->group, p->group_nr, sizeof(*p->group), by_team);
	for (i = 0; i < p->group_nr; i++) {
		map_put(p->group_of, p->group[i].key, i);
		describe_group(p, &p->group[i]);
	}
}

void
chatters_page_arrange(struct chatters_page *p)
{
	struct page_group *g;
	size_t i;

	find_groups(p);
	sort(p, p->card, p->card_nr, sizeof(*p->card), by_card);
	sort(p, p->candidate, p->candidate_nr, sizeof(*p->candidate),
	    by_candidate);
	sort(p, p->week, p->week_nr, sizeof(*p->week), by_week);
	sort(p, p->session, p->session_nr, sizeof(*p->session), by_session);
	sort(p, p->report, p->report_nr, sizeof(*p->report), by_report);
	for (i = p->card_nr; i-- > 0;) {
		g = &p->group[rank_of(p, p->card[i].row.team)];
		g->card = i;
		g->card_nr++;
		map_put(p->card_of, p->card[i].row.id, i);
	}
	for (i = p->candidate_nr; i-- > 0;) {
		if (rank_of(p, p->candidate[i].team) == MAP_NONE)
			continue;
		g = &p->group[rank_of(p, p->candidate[i].team)];
		g->candidate = i;
		g->candidate_nr++;
	}
}
