/*
 * The records of the page of chatters, and their order.
 */
#include <math.h>
#include <stdlib.h>

#include "base/xalloc.h"
#include "chatters/traffic.h"
#include "page/chatters_views.h"

#define SCORE_MAX 100
#define NR(table) (sizeof(table) / sizeof((table)[0]))

/* An object inside a record, which is read like one. */
struct part {
	const struct layout *layout;
	struct json_shape *shape;
	struct layout_fields at;
};

enum part_of_card {
	PART_KPI,
	PART_COACHING,
	PART_FUNNEL,
	PART_FLAG,
	PART_DAY,
	PARTS,
};

struct chatters_read {
	struct layout_fields summary, team, card, candidate, week, team_week;
	struct layout_fields report;
	struct coaching_log_fields log;
	struct part part[PARTS];
};

struct kpis {
	struct page_kpi of[KPIS];
};

struct flag {
	struct text kpi;
	double limit;
};

#define KPI_FIELDS(k, key)                                              \
	LAYOUT(kpis, of[k].value, LAYOUT_NUMBER, key ".value"),         \
	    LAYOUT(kpis, of[k].mean, LAYOUT_NUMBER, key ".mean"),       \
	    LAYOUT(kpis, of[k].dev_pct, LAYOUT_NUMBER, key ".dev_pct"), \
	    LAYOUT(kpis, of[k].arrow, LAYOUT_TEXT, key ".arrow")

static const struct layout_field kpi_field[] = {
	KPI_FIELDS(KPI_SALES_HR, "sales_hr"),
	KPI_FIELDS(KPI_CVR, "cvr"),
	KPI_FIELDS(KPI_UNLOCK, "unlock"),
	KPI_FIELDS(KPI_GOLDEN, "golden"),
	KPI_FIELDS(KPI_MSG_HR, "msg_hr"),
	KPI_FIELDS(KPI_REPLY, "reply_s"),
};

static const struct layout_field coaching_field[] = {
	LAYOUT(page_coaching, last, LAYOUT_TEXT, "last"),
	LAYOUT(page_coaching, days, LAYOUT_NUMBER, "days"),
	LAYOUT(page_coaching, badge, LAYOUT_TEXT, "badge"),
	LAYOUT(page_coaching, badge_text, LAYOUT_TEXT, "badge_text"),
	LAYOUT(page_coaching, lead, LAYOUT_TEXT, "lead"),
	LAYOUT(page_coaching, note, LAYOUT_TEXT, "note"),
	LAYOUT(page_coaching, goal, LAYOUT_TEXT, "goal.text"),
};

static const struct layout_field funnel_field[] = {
	LAYOUT(page_funnel, step[STEP_SENT], LAYOUT_NUMBER, "ppvs_per_fan"),
	LAYOUT(page_funnel, step[STEP_UNLOCKED], LAYOUT_NUMBER, "unlocked_pct"),
	LAYOUT(
	    page_funnel, step[STEP_SALES], LAYOUT_NUMBER, "sales_per_unlock"),
	LAYOUT(page_funnel, bottleneck, LAYOUT_TEXT, "bottleneck"),
	LAYOUT(page_funnel, text, LAYOUT_TEXT, "text"),
};

static const struct layout_field flag_field[] = {
	LAYOUT(flag, kpi, LAYOUT_NEEDED, "kpi"),
	LAYOUT(flag, limit, LAYOUT_NUMBER, "limit"),
};

#define FIGURE(f, key) LAYOUT(page_day, figure[f], LAYOUT_NUMBER, key)

/* The figures that the page shows of a day. */
static const struct layout_field day_field[] = {
	LAYOUT(page_day, date, LAYOUT_DAY, "date"),
	LAYOUT(page_day, status, LAYOUT_TEXT, "status"),
	LAYOUT(page_day, tracked_s, LAYOUT_NUMBER, "tracked_s"),
	FIGURE(FIGURE_SALES, "sales"),
	FIGURE(FIGURE_SALES_HR, "sales_hr"),
	FIGURE(FIGURE_CVR, "cvr_pct"),
	FIGURE(FIGURE_UNLOCK, "unlock_pct"),
	FIGURE(FIGURE_GOLDEN, "golden_pct"),
	FIGURE(FIGURE_MSG_HR, "msg_hr"),
	FIGURE(FIGURE_REPLY, "reply_s"),
};

static const struct layout part_layout[PARTS] = {
	[PART_KPI] = { "kpi", kpi_field, NR(kpi_field) },
	[PART_COACHING] = { "coaching", coaching_field, NR(coaching_field) },
	[PART_FUNNEL] = { "funnel", funnel_field, NR(funnel_field) },
	[PART_FLAG] = { "flags", flag_field, NR(flag_field) },
	[PART_DAY] = { "days", day_field, NR(day_field) },
};

struct chatters_page *
chatters_page_new(
    const struct chatters_page_settings *set, struct json_shape *shape)
{
	struct chatters_page *p = xcalloc(1, sizeof(*p));
	struct chatters_read *r = xcalloc(1, sizeof(*r));
	int i;

	p->set = set;
	p->read = r;
	p->text = arena_new();
	p->group_of = map_new();
	p->card_of = map_new();
	layout_want(&r->summary, &chatter_summary_layout, shape);
	layout_want(&r->team, &chatter_team_layout, shape);
	layout_want(&r->card, &chatter_layout, shape);
	layout_want(&r->candidate, &candidate_layout, shape);
	layout_want(&r->week, &chatter_week_layout, shape);
	layout_want(&r->team_week, &chatter_team_week_layout, shape);
	layout_want(&r->report, &chatter_report_layout, shape);
	coaching_log_want(&r->log, shape);
	for (i = 0; i < PARTS; i++) {
		r->part[i].layout = &part_layout[i];
		r->part[i].shape = json_shape_new();
		layout_want(&r->part[i].at, &part_layout[i], r->part[i].shape);
	}
	return p;
}

void
chatters_page_free(struct chatters_page *p)
{
	int i;

	if (p == NULL)
		return;
	for (i = 0; i < PARTS; i++)
		json_shape_free(p->read->part[i].shape);
	free(p->read);
	arena_free(p->text);
	map_free(p->group_of);
	map_free(p->card_of);
	free(p->team);
	free(p->card);
	free(p->candidate);
	free(p->week);
	free(p->team_week);
	free(p->session);
	free(p->report);
	free(p->group);
	free(p);
}

/* An object, or null, which leaves all its fields out. */
static int
read_part(struct chatters_page *p, void *out, enum part_of_card which,
    struct json_value v, struct fault *f)
{
	struct part *part = &p->read->part[which];
	struct json_value field[LAYOUT_FIELDS + 1] = { 0 };
	const struct record rec = { .field = field, .scratch = p->text };

	if (v.kind == VALUE_OBJECT)
		json_scan_value(part->shape, v, field);
	else if (v.kind > VALUE_NULL)
		return fault_set(f, FAULT_DATA, "field '%s' is no object",
		    part->layout->type);
	if (layout_decode(out, &part->at, part->layout, &rec, p->text, f) == 0)
		return 0;
	return fault_prefix(f, "in '%s': ", part->layout->type);
}

/* The next of an array of at most max: 1, 0 at its end, -1. */
static int
next_of(struct json_value list, const char **at, struct json_value *value,
    size_t nr, size_t max, const char *path, struct fault *f)
{
	if (list.kind <= VALUE_NULL)
		return 0;
	if (list.kind != VALUE_ARRAY)
		return fault_set(f, FAULT_DATA, "field '%s' is no array", path);
	if (!json_next(list, at, NULL, value))
		return 0;
	if (nr < max)
		return 1;
	return fault_set(
	    f, FAULT_DATA, "field '%s' has more than %zu", path, max);
}

static int
read_flags(struct chatters_page *p, struct page_card *c, struct fault *f)
{
	struct json_value value = { 0 };
	const char *at = NULL;
	struct flag flag;
	size_t nr = 0;
	int k, more;

	for (k = 0; k < KPIS; k++)
		c->kpi[k].limit = NAN;
	while ((more = next_of(
		    c->row.flags, &at, &value, nr, KPIS, "flags", f)) == 1) {
		if (read_part(p, &flag, PART_FLAG, value, f) == -1)
			return -1;
		if ((k = kpi_of(flag.kpi)) == KPIS || isnan(flag.limit))
			return fault_set(f, FAULT_DATA,
			    "field 'flags' has one without a figure or limit");
		nr++;
		c->flag_nr += isnan(c->kpi[k].limit);
		c->kpi[k].limit = flag.limit;
	}
	return more;
}

static int
read_spark(struct page_card *c, struct fault *f)
{
	struct json_value value = { 0 };
	const char *at = NULL;
	int more;

	while ((more = next_of(c->row.sparkline, &at, &value, c->spark_nr,
		    CHAT_DAYS, "sparkline", f)) == 1) {
		c->spark[c->spark_nr] = NAN;
		if (value.kind > VALUE_NULL &&
		    !json_double(value, &c->spark[c->spark_nr]))
			return fault_set(f, FAULT_DATA,
			    "field 'sparkline' is no array of numbers");
		c->spark_nr++;
	}
	return more;
}

static int
read_days(struct chatters_page *p, struct page_card *c, struct fault *f)
{
	struct json_value value = { 0 };
	const char *at = NULL;
	int more;

	while ((more = next_of(c->row.days, &at, &value, c->day_nr, CHAT_DAYS,
		    "days", f)) == 1) {
		if (read_part(p, &c->day[c->day_nr], PART_DAY, value, f) == -1)
			return -1;
		c->day_nr++;
	}
	return more;
}

/* The index of a word that must be one of these; -1 for none. */
static int
read_word(struct text t, const char *const *word, int nr, const char *path,
    int *which, struct fault *f)
{
	*which = -1;
	if (t.len == 0)
		return 0;
	for (*which = 0; *which < nr; (*which)++)
		if (text_is(t, word[*which]))
			return 0;
	return fault_set(f, FAULT_DATA, "field '%s' has no such word: '%.*s'",
	    path, TEXT_ARG(t));
}

static int
check_score(double score, const char *path, struct fault *f)
{
	if (isnan(score) || (score >= 0 && score <= SCORE_MAX))
		return 0;
	return fault_set(
	    f, FAULT_DATA, "field '%s' is not from 0 to %d", path, SCORE_MAX);
}

static int
read_band(struct text word, double score_int, int *band, struct fault *f)
{
	*band = -1;
	if (check_score(score_int, "score_int", f) == -1)
		return -1;
	return text_is(word, "off")
		   ? 0
		   : read_word(word, band_key, BANDS, "band", band, f);
}

static int
read_card(struct chatters_page *p, struct page_card *c,
    const struct record *rec, struct fault *f)
{
	struct kpis kpis;
	int status, traffic;

	*c = (struct page_card){ 0 };
	if (layout_decode(&c->row, &p->read->card, &chatter_layout, rec,
		p->text, f) == -1 ||
	    read_word(c->row.status, chatter_status_word, CHATTER_STATUSES,
		"status", &status, f) == -1 ||
	    read_word(c->row.traffic, traffic_band_word, TRAFFIC_HIGH + 1,
		"traffic", &traffic, f) == -1 ||
	    check_score(c->row.score, "score", f) == -1 ||
	    read_band(c->row.band, c->row.score_int, &c->band, f) == -1 ||
	    read_part(p, &kpis, PART_KPI, c->row.kpi, f) == -1)
		return -1;
	if (status == -1)
		return fault_set(f, FAULT_DATA, "field 'status' is missing");
	c->status = (enum chatter_status)status;
	memcpy(c->kpi, kpis.of, sizeof(c->kpi));
	if (read_part(p, &c->coaching, PART_COACHING, c->row.coaching, f) ==
		-1 ||
	    read_part(p, &c->funnel, PART_FUNNEL, c->row.funnel, f) == -1)
		return -1;
	if (!day_parse(c->coaching.last, &c->coaching.last_day))
		c->coaching.last_day = DAY_NONE;
	if (read_flags(p, c, f) == -1 || read_spark(c, f) == -1)
		return -1;
	return read_days(p, c, f);
}

static int
add_card(struct chatters_page *p, const struct record *rec, struct fault *f)
{
	struct page_card *c;

	p->card = xgrow(p->card, p->card_nr, &p->card_cap, sizeof(*p->card));
	c = &p->card[p->card_nr];
	if (read_card(p, c, rec, f) == -1)
		return -1;
	if (map_get(p->card_of, c->row.id) != MAP_NONE)
		return fault_set(f, FAULT_DATA, "chatter '%.*s' is there twice",
		    TEXT_ARG(c->row.id));
	map_put(p->card_of, c->row.id, p->card_nr++);
	return 0;
}

static int
add_summary(struct chatters_page *p, const struct record *rec, struct fault *f)
{
	if (p->has_summary)
		return fault_set(f, FAULT_DATA,
		    "a second chatter_summary: a page shows one day");
	if (layout_decode(&p->summary, &p->read->summary,
		&chatter_summary_layout, rec, p->text, f) == -1)
		return -1;
	p->has_summary = true;
	return 0;
}

static struct text
copy(const struct chatters_page *p, struct text t)
{
	return t.len == 0 ? (struct text){ NULL, 0 } : arena_copy(p->text, t);
}

static int
add_session(struct chatters_page *p, const struct record *rec, struct fault *f)
{
	struct coaching_log log;

	if (coaching_log_decode(&log, &p->read->log, rec, f) == -1)
		return -1;
	p->session = xgrow(
	    p->session, p->session_nr, &p->session_cap, sizeof(*p->session));
	p->session[p->session_nr++] = (struct page_session){
		.date = log.has_date ? log.date : DAY_NONE,
		.chatter_id = copy(p, log.chatter_id),
		.name = copy(p, log.name),
		.team_leader = copy(p, log.team_leader),
		.notes = copy(p, log.notes),
		.focus_kpi = copy(p, log.focus_kpi),
	};
	return 0;
}

/* One more of a list, read by its table; it counts when all of it is right. */
#define NEXT(list)                                                     \
	(p->list = xgrow(                                              \
	     p->list, p->list##_nr, &p->list##_cap, sizeof(*p->list)), \
	    &p->list[p->list##_nr])
#define ADD(list, layout, at)                                               \
	(layout_decode(NEXT(list), &(at), &(layout), rec, p->text, f) == -1 \
		? -1                                                        \
		: (p->list##_nr++, 0))

static int
add_week(struct chatters_page *p, const struct record *rec, struct fault *f)
{
	struct chatter_week_row *w = NEXT(week);
	int band;

	if (layout_decode(w, &p->read->week, &chatter_week_layout, rec, p->text,
		f) == -1 ||
	    read_band(w->band, w->score_int, &band, f) == -1)
		return -1;
	p->week_nr++;
	return 0;
}

static int
add_candidate(
    struct chatters_page *p, const struct record *rec, struct fault *f)
{
	struct candidate_row *c = NEXT(candidate);
	int band;

	if (layout_decode(c, &p->read->candidate, &candidate_layout, rec,
		p->text, f) == -1 ||
	    read_band(c->band, c->score_int, &band, f) == -1)
		return -1;
	p->candidate_nr++;
	return 0;
}

int
chatters_page_add(
    struct chatters_page *p, const struct record *rec, struct fault *f)
{
	const struct chatters_read *r = p->read;

	if (layout_here(&r->week, &chatter_week_layout, rec))
		return add_week(p, rec, f);
	if (layout_here(&r->card, &chatter_layout, rec))
		return add_card(p, rec, f);
	if (coaching_log_here(&r->log, rec))
		return add_session(p, rec, f);
	if (layout_here(&r->report, &chatter_report_layout, rec))
		return ADD(report, chatter_report_layout, r->report);
	if (layout_here(&r->summary, &chatter_summary_layout, rec))
		return add_summary(p, rec, f);
	if (layout_here(&r->team, &chatter_team_layout, rec))
		return ADD(team, chatter_team_layout, r->team);
	if (layout_here(&r->candidate, &candidate_layout, rec))
		return add_candidate(p, rec, f);
	if (layout_here(&r->team_week, &chatter_team_week_layout, rec))
		return ADD(team_week, chatter_team_week_layout, r->team_week);
	return 0;
}

static int
check_day(const struct chatters_page *p, day_nr day, const char *what,
    struct text name, struct fault *f)
{
	char is[DAY_TEXT], should[DAY_TEXT];

	if (!p->has_summary)
		return fault_set(f, FAULT_DATA,
		    "there is no chatter_summary: give all that metrics wrote");
	if (day == p->summary.date)
		return 0;
	day_format(day, is);
	day_format(p->summary.date, should);
	return fault_set(f, FAULT_DATA, "%s '%.*s' is of %s, the summary of %s",
	    what, TEXT_ARG(name), is, should);
}

int
chatters_page_check(struct chatters_page *p,
    struct chatters_page_counts *counts, struct fault *f)
{
	size_t i;

	for (i = 0; i < p->team_nr; i++)
		if (check_day(p, p->team[i].date, "team", p->team[i].key, f) ==
		    -1)
			return -1;
	for (i = 0; i < p->card_nr; i++)
		if (check_day(p, p->card[i].row.date, "chatter",
			p->card[i].row.id, f) == -1)
			return -1;
	for (i = 0; i < p->candidate_nr; i++)
		if (check_day(p, p->candidate[i].date, "candidate",
			p->candidate[i].id, f) == -1)
			return -1;
	*counts = (struct chatters_page_counts){
		.teams = p->team_nr,
		.chatters = p->card_nr,
		.weeks = p->week_nr,
		.sessions = p->session_nr,
		.reports = p->report_nr,
		.has_summary = p->has_summary,
	};
	return 0;
}

size_t
chatters_texts(const struct chatters_page *p, struct json_value of,
    const char **text, size_t max)
{
	struct json_value value;
	const char *at = NULL;
	size_t nr = 0;

	if (of.kind != VALUE_ARRAY)
		return 0;
	while (nr < max && json_next(of, &at, NULL, &value))
		if (value.kind == VALUE_STRING)
			text[nr++] =
			    arena_copy(p->text, json_text(value, p->text)).p;
	return nr;
}
