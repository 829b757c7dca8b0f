#include "coach/monitor.h"

#include <stdlib.h>

#include "base/buf.h"
#include "base/map.h"
#include "base/xalloc.h"
#include "coach/board.h"
#include "coach/classify.h"
#include "coach/settings.h"
#include "coach/state.h"
#include "coach/status.h"
#include "record/coach_row.h"
#include "record/deal_row.h"

struct monitor {
	const struct monitor_settings *set;
	struct coach_row_fields coach_at;
	struct deal_row_fields deal_at;
	struct arena *text;
	struct map *chosen; /* names */
	struct map *name;   /* of all coaches */
	struct map *label;  /* of all coaches */
	struct weeks *weeks;
	size_t coaches, undated;
	bool is_made;
	const struct week_row *row;
	size_t nr;
	size_t *latest; /* indices of rows */
	size_t latest_nr;
	size_t at;
};

void
monitor_settings_init(struct monitor_settings *set)
{
	struct coach_settings coach;

	*set = (struct monitor_settings){ .coach = { NULL, 0 } };
	coach_settings_init(&coach);
	set->nabeller = coach.nabeller;
	weeks_settings_init(&set->weeks);
	exclusions_init(&set->hidden);
}

struct monitor *
monitor_new(const struct monitor_settings *set, struct json_shape *shape)
{
	struct monitor *m = xcalloc(1, sizeof(*m));

	m->set = set;
	m->text = arena_new();
	m->chosen = map_new();
	m->name = map_new();
	m->label = map_new();
	m->weeks = weeks_new(&set->weeks);
	coach_row_want(&m->coach_at, shape);
	deal_row_want(&m->deal_at, shape);
	return m;
}

void
monitor_free(struct monitor *m)
{
	if (m == NULL)
		return;
	arena_free(m->text);
	map_free(m->chosen);
	map_free(m->name);
	map_free(m->label);
	weeks_free(m->weeks);
	free(m->latest);
	free(m);
}

/* By its text as today's labels have it, or by its word. */
static bool
has_label(const struct monitor_settings *set, const struct coach_row *row)
{
	struct text label = coach_label(row->eligibility);
	const char *word = coach_state_word(coach_state_of(row->eligibility));
	size_t i;

	for (i = 0; i < set->label_nr; i++)
		if (text_equal(label, coach_label(set->label[i])) ||
		    text_is(set->label[i], word))
			return true;
	return set->label_nr == 0;
}

static int
add_coach(struct monitor *m, const struct record *rec, struct fault *f)
{
	const struct monitor_settings *set = m->set;
	struct coach_row row;

	if (coach_row_decode(&row, &m->coach_at, rec, m->text, f) == -1)
		return -1;
	m->coaches++;
	map_put(m->name, row.name, 0);
	map_put(m->label, coach_label(row.eligibility), 0);
	if (row.name.len > 0 && has_label(set, &row) &&
	    board_shows(&set->hidden, &row, set->excluded, set->excluded_nr))
		map_put(m->chosen, row.name, 0);
	return 0;
}

static int
add_deal(struct monitor *m, const struct record *rec, struct fault *f)
{
	struct deal_row deal;
	enum class class;

	if (deal_row_decode(&deal, &m->deal_at, rec, f) == -1)
		return -1;
	if (!deal.dated) {
		m->undated++;
		return 0;
	}
	if (m->set->no_future && deal.created_at > m->set->weeks.now)
		return 0;
	/* a coach without a name cannot be one of those chosen */
	if (deal.coach_name.len == 0 || deal.coach_id.len == 0)
		return 0;
	class = class_of_text(deal.class);
	weeks_add(m->weeks, &(struct week_deal){ .coach_id = deal.coach_id,
				.coach_name = deal.coach_name,
				.created_at = deal.created_at,
				.is_won = class == CLASS_WON,
				.is_lost = class == CLASS_LOST,
				.is_open = class == CLASS_OPEN,
				.is_nabeller = text_equal(
				    deal.pipeline_id, m->set->nabeller) });
	return 0;
}

int
monitor_add(struct monitor *m, const struct record *rec, struct fault *f)
{
	if (deal_row_here(&m->deal_at, rec))
		return add_deal(m, rec, f);
	if (coach_row_here(&m->coach_at, rec))
		return add_coach(m, rec, f);
	return 0;
}

size_t
monitor_undated(const struct monitor *m)
{
	return m->undated;
}

static bool
is_label(const struct monitor *m, struct text label)
{
	int i;

	for (i = 0; i < STATES; i++)
		if (text_is(label, coach_state_word((enum coach_state)i)) ||
		    text_is(label, coach_state_label((enum coach_state)i)))
			return true;
	return map_get(m->label, coach_label(label)) != MAP_NONE;
}

static int
refuse_label(const struct monitor *m, struct text label, struct fault *f)
{
	const char *separator = "";
	struct buf b;
	size_t i;

	buf_init(&b, SIZE_MAX / 2);
	for (i = 0; i < map_size(m->label); i++) {
		buf_str(&b, separator);
		buf_text(&b, map_key(m->label, i));
		separator = ", ";
	}
	fault_set(f, FAULT_DATA, "no coach has the label '%.*s'; there are %s",
	    TEXT_ARG(label), b.p);
	buf_free(&b);
	return -1;
}

int
monitor_check(const struct monitor *m, struct fault *f)
{
	size_t i;

	if (m->coaches == 0)
		return fault_set(f, FAULT_DATA,
		    "no coach in the input: it wants the coaches of "
		    "eligibility and the deals of deal-class");
	for (i = 0; i < m->set->label_nr; i++)
		if (!is_label(m, m->set->label[i]))
			return refuse_label(m, m->set->label[i], f);
	if (m->set->coach.p != NULL &&
	    map_get(m->name, m->set->coach) == MAP_NONE)
		return fault_set(f, FAULT_DATA, "no coach is called '%.*s'",
		    TEXT_ARG(m->set->coach));
	return 0;
}

static bool
is_chosen(void *arg, struct text name)
{
	const struct monitor *m = arg;

	return map_get(m->chosen, name) != MAP_NONE;
}

static bool
is_wanted(const struct monitor *m, const struct week_row *row)
{
	return m->set->coach.p == NULL ||
	       text_equal(row->coach_name, m->set->coach);
}

static void
make(struct monitor *m)
{
	m->row = weeks_rows(m->weeks, is_chosen, m, &m->nr);
	m->latest = weeks_latest(m->row, m->nr, &m->latest_nr);
	m->is_made = true;
}

bool
monitor_next(struct monitor *m, struct buf *line)
{
	const struct week_row *row;

	if (!m->is_made)
		make(m);
	buf_clear(line);
	for (; m->at < m->nr + m->latest_nr && line->len == 0; m->at++)
		if (m->at < m->nr) {
			row = &m->row[m->at];
			if (is_wanted(m, row))
				week_put(row, line);
		} else {
			row = &m->row[m->latest[m->at - m->nr]];
			if (is_wanted(m, row) &&
			    weeks_alert(&m->set->weeks, row) != 0)
				week_alert_put(&m->set->weeks, row, line);
		}
	return line->len > 0;
}
