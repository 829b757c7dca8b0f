#include "chatters/join.h"

#include <math.h>
#include <stdlib.h>

#include "base/map.h"
#include "base/sha256.h"
#include "base/xalloc.h"
#include "chatters/sums.h"
#include "record/field.h"

#define HOUR_S	 3600.0
#define TEXT_MAX 1000

enum note_kind {
	NOTE_NO_HOURS,
	NOTE_SALES,
	NOTE_TEAM,
};

static const char *const note_word[] = { "no_hours", "sales_without_hours",
	"other_team" };

struct chatter_entry {
	struct text id, name;
	struct text team; /* its key */
};

/* What is known of one chatter on one day. */
struct cell {
	int64_t tracked_s; /* -1: unknown */
	size_t rows;
	double figure[FIGURES]; /* of the first row */
	struct sums *sums;	/* of all rows; NULL while there is one */
	/* where messages were not counted, but their rate was */
	struct sum messages, msg_hr;
	size_t msg_hr_nr;
	bool has_messages;
	struct group *group; /* those that its rows name */
};

struct group {
	struct text name;
	struct group *next;
};

struct date_entry {
	day_nr date;
	bool has_hours;
};

struct note {
	enum note_kind kind;
	day_nr date;
	const struct chatter_entry *who; /* NULL: everybody */
	const struct cell *cell;
	struct text group;
};

struct join {
	const struct chatters_settings *set;
	struct join_options opt;
	struct chatter_day_fields at; /* all sources name fields alike */
	struct person_fields roster_at;
	size_t group, msg_hr, clocked;
	struct arena *text;
	struct map *ids, *cells, *dates, *seen;
	struct chatter_entry *entry;
	size_t entries, entry_cap;
	struct {
		struct cell *p;
		size_t nr, cap;
	} cell;
	struct {
		struct date_entry *p;
		size_t nr, cap;
	} date;
	struct join_counts count;
	struct {
		struct note *p;
		size_t nr, cap;
	} note;
	const struct chatter_entry **by_id;
	size_t active;
	bool is_made;
	size_t cursor, note_at;
};

struct join *
join_new(const struct chatters_settings *set, const struct join_options *opt,
    struct json_shape *shape)
{
	struct join *j = xcalloc(1, sizeof(*j));

	j->set = set;
	j->opt = *opt;
	j->text = arena_new();
	j->ids = map_new();
	j->cells = map_new();
	j->dates = map_new();
	j->seen = map_new();
	chatter_day_want(&j->at, shape);
	person_want(&j->roster_at, shape);
	j->group = json_want(shape, "group");
	j->msg_hr = json_want(shape, "msg_hr_csv");
	j->clocked = json_want(shape, "clocked_h");
	return j;
}

void
join_free(struct join *j)
{
	size_t i;

	if (j == NULL)
		return;
	for (i = 0; i < j->cell.nr; i++)
		free(j->cell.p[i].sums);
	free(j->cell.p);
	free(j->date.p);
	free(j->note.p);
	free(j->entry);
	free(j->by_id);
	map_free(j->ids);
	map_free(j->cells);
	map_free(j->dates);
	map_free(j->seen);
	arena_free(j->text);
	free(j);
}

/* People whom the roster does not name are known by their id alone. */
static size_t
find_entry(struct join *j, struct text id)
{
	bool added;
	size_t i = map_intern(j->ids, id, &added);

	if (added) {
		j->entry = xgrow(j->entry, i, &j->entry_cap, sizeof(*j->entry));
		j->entry[i] = (struct chatter_entry){ .id = { NULL, 0 } };
		j->entries = i + 1;
	}
	return i;
}

static int
add_roster(struct join *j, const struct record *rec, struct fault *f)
{
	struct person from;
	struct chatter_entry *to;
	size_t i, team;

	if (person_decode(&from, &j->roster_at, rec, f) == -1)
		return -1;
	if (!settings_shows(j->set, &from))
		return 0;
	i = find_entry(j, from.id);
	to = &j->entry[i];
	if (to->id.p != NULL)
		return 0;
	to->id = arena_copy(j->text, from.id);
	to->name = arena_copy(j->text, from.name);
	team = settings_team(j->set, from.team);
	to->team = team != TEAM_NONE ? j->set->team[team].key
				     : settings_team_form(from.team, j->text);
	if (to->team.len == 0)
		to->team.p = NULL;
	j->count.people++;
	return 0;
}

static struct date_entry *
find_date(struct join *j, day_nr date)
{
	struct text key = { (const char *)&date, sizeof(date) };
	bool added;
	size_t i = map_intern(j->dates, key, &added);

	if (added) {
		j->date.p =
		    xgrow(j->date.p, i, &j->date.cap, sizeof(*j->date.p));
		j->date.p[i] = (struct date_entry){ .date = date };
		j->date.nr = i + 1;
	}
	return &j->date.p[i];
}

static struct text
cell_key(char room[12], size_t entry, day_nr date)
{
	uint64_t who = entry;

	memcpy(room, &who, sizeof(who));
	memcpy(room + sizeof(who), &date, sizeof(date));
	return (struct text){ room, sizeof(who) + sizeof(date) };
}

static struct cell *
find_cell(struct join *j, struct text id, day_nr date)
{
	char room[12];
	bool added;
	size_t i = map_intern(
	    j->cells, cell_key(room, find_entry(j, id), date), &added);

	if (added) {
		j->cell.p =
		    xgrow(j->cell.p, i, &j->cell.cap, sizeof(*j->cell.p));
		j->cell.p[i] = (struct cell){ .tracked_s = -1 };
		j->cell.nr = i + 1;
	}
	return &j->cell.p[i];
}

/*
 * Whose day it is: 1; 0 for a name that nobody was found for, or another day;
 * or -1.
 */
static int
read_key(struct join *j, const struct record *rec, struct text *id,
    day_nr *date, struct fault *f)
{
	if (rec->field[j->at.id].kind == VALUE_ABSENT)
		return fault_set(
		    f, FAULT_DATA, "field 'id' is missing: name-match adds it");
	if (field_text(id, rec, j->at.id, "id", f) == -1 ||
	    chatter_date_read(date, rec, j->at.date, f) == -1)
		return -1;
	if (j->opt.has_date && *date != j->opt.date)
		return 0;
	find_date(j, *date);
	return id->len > 0;
}

/* The same record again says nothing new. */
static bool
is_repeated(struct join *j, const struct record *rec)
{
	char digest[SHA256_BASE64];
	bool added;

	sha256_base64(rec->line, digest);
	map_intern(j->seen, text_of(digest), &added);
	return !added;
}

static int
add_hours(struct join *j, const struct record *rec, struct fault *f)
{
	struct cell *cell;
	struct text id;
	int64_t tracked_s;
	day_nr date;
	int mine = read_key(j, rec, &id, &date, f);

	if (mine == -1 ||
	    chatter_seconds_read(&tracked_s, rec, j->at.tracked, f) == -1)
		return -1;
	if (tracked_s == -1)
		return fault_set(
		    f, FAULT_DATA, "field 'tracked_s' is missing or null");
	if (!j->opt.has_date || date == j->opt.date)
		find_date(j, date)->has_hours = true;
	j->count.hours++;
	if (mine == 0 || is_repeated(j, rec))
		return 0;
	cell = find_cell(j, id, date);
	cell->tracked_s =
	    cell->tracked_s == -1 ? tracked_s : cell->tracked_s + tracked_s;
	return 0;
}

static void
add_messages(struct cell *cell, double msg_hr, double clocked_h)
{
	if (isnan(msg_hr))
		return;
	sum_add(&cell->msg_hr, msg_hr);
	cell->msg_hr_nr++;
	if (clocked_h > 0) {
		sum_add(&cell->messages, msg_hr * clocked_h);
		cell->has_messages = true;
	}
}

static void
add_figures(struct cell *cell, const double figure[FIGURES])
{
	if (cell->rows++ == 0) {
		memcpy(cell->figure, figure, sizeof(cell->figure));
		return;
	}
	if (cell->sums == NULL) {
		cell->sums = xcalloc(1, sizeof(*cell->sums));
		sums_add(cell->sums, cell->figure, 0);
	}
	sums_add(cell->sums, figure, 0);
}

static void
add_group(struct join *j, struct cell *cell, struct text name)
{
	struct group *group;

	for (group = cell->group; group != NULL; group = group->next)
		if (text_equal(group->name, name))
			return;
	if (name.len == 0)
		return;
	group = arena_alloc(j->text, sizeof(*group));
	*group = (struct group){ arena_copy(j->text, name), cell->group };
	cell->group = group;
}

static int
add_row(struct join *j, const struct record *rec, struct fault *f)
{
	double figure[FIGURES], msg_hr, clocked_h;
	struct text id, group;
	struct cell *cell;
	day_nr date;
	int i, mine = read_key(j, rec, &id, &date, f);

	if (mine == -1 || field_text(&group, rec, j->group, "group", f) == -1 ||
	    chatter_figure_read(&msg_hr, rec, j->msg_hr, "msg_hr_csv", f) ==
		-1 ||
	    chatter_figure_read(&clocked_h, rec, j->clocked, "clocked_h", f) ==
		-1)
		return -1;
	for (i = 0; i < FIGURES; i++) {
		figure[i] = NAN;
		if (i < FIGURES_OF_ROW &&
		    chatter_figure_read(&figure[i], rec, j->at.figure[i],
			figure_key[i], f) == -1)
			return -1;
	}
	j->count.rows++;
	if (mine == 0 || is_repeated(j, rec))
		return 0;
	cell = find_cell(j, id, date);
	add_figures(cell, figure);
	add_messages(cell, msg_hr, clocked_h);
	add_group(j, cell, group);
	return 0;
}

int
join_add(struct join *j, const struct record *rec, struct fault *f)
{
	struct text type = record_text(rec, j->at.type);

	if (text_is(type, "hubstaff_hours"))
		return add_hours(j, rec, f);
	if (text_is(type, "inflow_row"))
		return add_row(j, rec, f);
	if (text_is(type, "roster"))
		return add_roster(j, rec, f);
	return 0;
}

void
join_counts(const struct join *j, struct join_counts *nr)
{
	size_t i;

	*nr = j->count;
	nr->dates = j->date.nr;
	for (i = 0; i < j->entries; i++)
		nr->unknown += j->entry[i].id.p == NULL;
}

static void
per_hour(
    double figure[FIGURES], enum figure rate, double amount, int64_t tracked_s)
{
	figure[rate] = amount / ((double)tracked_s / HOUR_S);
}

/* The figures of a day that was worked. */
static void
make_figures(const struct cell *cell, struct chatter_day *day)
{
	double *figure = day->figure;
	double messages;

	if (cell->sums != NULL)
		sums_make(cell->sums, figure);
	else
		memcpy(figure, cell->figure, sizeof(day->figure));
	messages = figure[FIGURE_MESSAGES];
	per_hour(figure, FIGURE_SALES_HR, figure[FIGURE_SALES], day->tracked_s);
	per_hour(figure, FIGURE_FANS_HR, figure[FIGURE_FANS], day->tracked_s);
	if (isnan(messages) && cell->has_messages)
		messages = sum_of(&cell->messages);
	per_hour(figure, FIGURE_MSG_HR, messages, day->tracked_s);
	if (isnan(messages) && cell->msg_hr_nr > 0)
		figure[FIGURE_MSG_HR] =
		    sum_of(&cell->msg_hr) / (double)cell->msg_hr_nr;
}

static const struct cell *
cell_at(const struct join *j, const struct chatter_entry *who, day_nr date)
{
	static const struct cell nothing = { .tracked_s = -1 };
	char room[12];
	size_t i =
	    map_get(j->cells, cell_key(room, (size_t)(who - j->entry), date));

	return i == MAP_NONE ? &nothing : &j->cell.p[i];
}

static void
make_day(const struct join *j, const struct chatter_entry *who, day_nr date,
    struct chatter_day *day)
{
	const struct cell *cell = cell_at(j, who, date);
	int i;

	*day = (struct chatter_day){
		.id = who->id,
		.name = who->name,
		.team = who->team,
		.date = date,
		.tracked_s = cell->tracked_s,
		.status =
		    settings_status(j->set, cell->tracked_s, cell->rows > 0),
	};
	for (i = 0; i < FIGURES; i++)
		day->figure[i] = NAN;
	if (day->status == CHATTER_WORKED)
		make_figures(cell, day);
}

static double
sales_of(const struct cell *cell)
{
	double figure[FIGURES];

	if (cell->rows == 0)
		return NAN;
	if (cell->sums == NULL)
		return cell->figure[FIGURE_SALES];
	sums_make(cell->sums, figure);
	return figure[FIGURE_SALES];
}

static void
add_note(struct join *j, enum note_kind kind, day_nr date,
    const struct chatter_entry *who, const struct cell *cell, struct text group)
{
	j->note.p =
	    xgrow(j->note.p, j->note.nr, &j->note.cap, sizeof(*j->note.p));
	j->note.p[j->note.nr++] = (struct note){ kind, date, who, cell, group };
}

/* A group that names a team which is not the roster's; "no text": none. */
static struct text
group_elsewhere(const struct join *j, const struct chatter_entry *who,
    const struct cell *cell)
{
	struct text found = { NULL, 0 };
	const struct group *group;
	size_t team;

	for (group = cell->group; group != NULL; group = group->next) {
		team = settings_team(j->set, group->name);
		if (team != TEAM_NONE &&
		    !text_equal(j->set->team[team].key, who->team) &&
		    (found.p == NULL || text_compare(group->name, found) < 0))
			found = group->name;
	}
	return found;
}

static void
add_notes(struct join *j, const struct chatter_day *day,
    const struct chatter_entry *who)
{
	const struct cell *cell = cell_at(j, who, day->date);
	struct text group = group_elsewhere(j, who, cell);

	if (day->status == CHATTER_DAY_OFF && sales_of(cell) > 0)
		add_note(j, NOTE_SALES, day->date, who, cell, group);
	if (group.p != NULL)
		add_note(j, NOTE_TEAM, day->date, who, cell, group);
}

static void
put_money(double x, struct buf *b)
{
	kpi_put(KPI_SALES_HR, x, b);
}

static void
put_note_text(const struct note *note, struct buf *b)
{
	switch (note->kind) {
	case NOTE_NO_HOURS:
		buf_str(
		    b, "no tracked hours of anybody: nobody's day is known");
		break;
	case NOTE_SALES:
		buf_str(b, "sales of ");
		put_money(sales_of(note->cell), b);
		buf_printf(b, " with %lld s of tracked time",
		    (long long)note->cell->tracked_s);
		break;
	case NOTE_TEAM:
		buf_str(b, "the export has the group ");
		buf_text(b, note->group);
		buf_str(b, ", the roster the team ");
		buf_text(b, note->who->team);
		break;
	}
}

static void
put_note(const struct note *note, struct buf *b)
{
	static const struct chatter_entry nobody = { { NULL, 0 }, { NULL, 0 },
		{ NULL, 0 } };
	const struct chatter_entry *who =
	    note->who == NULL ? &nobody : note->who;
	char date[DAY_TEXT];
	struct buf text;

	buf_init(&text, TEXT_MAX);
	day_format(note->date, date);
	put_note_text(note, &text);
	json_open(b);
	json_key(b, "type");
	json_put_str(b, "operations_note");
	json_key(b, "date");
	json_put_str(b, date);
	json_key(b, "note");
	json_put_str(b, note_word[note->kind]);
	json_key(b, "id");
	json_put_text(b, who->id);
	json_key(b, "name");
	json_put_text(b, who->name);
	json_key(b, "team");
	json_put_text(b, who->team);
	if (note->kind == NOTE_SALES) {
		json_key(b, "tracked_s");
		json_put_int(b, note->cell->tracked_s);
		json_key(b, "sales");
		json_put_number(b, sales_of(note->cell));
	}
	if (note->kind == NOTE_TEAM) {
		json_key(b, "group");
		json_put_text(b, note->group);
	}
	json_key(b, "text");
	json_put_text(b, buf_view(&text));
	json_close(b);
	buf_free(&text);
}

static int
by_date(const void *a, const void *b)
{
	const struct date_entry *x = a, *y = b;

	return (x->date > y->date) - (x->date < y->date);
}

static int
by_id(const void *a, const void *b)
{
	const struct chatter_entry *x = *(const struct chatter_entry *const *)a;
	const struct chatter_entry *y = *(const struct chatter_entry *const *)b;

	return text_compare(x->id, y->id);
}

static void
make(struct join *j)
{
	size_t i;

	if (j->opt.has_date)
		find_date(j, j->opt.date);
	if (j->date.nr > 1)
		qsort(j->date.p, j->date.nr, sizeof(*j->date.p), by_date);
	j->by_id = xcalloc(j->entries + 1, sizeof(*j->by_id));
	for (i = 0; i < j->entries; i++)
		if (j->entry[i].id.p != NULL)
			j->by_id[j->active++] = &j->entry[i];
	qsort(j->by_id, j->active, sizeof(*j->by_id), by_id);
	j->is_made = true;
}

bool
join_next(struct join *j, struct buf *line)
{
	const struct chatter_entry *who;
	const struct date_entry *date;
	struct chatter_day day;

	if (!j->is_made)
		make(j);
	buf_clear(line);
	while (line->len == 0 && j->cursor < j->date.nr * j->active) {
		who = j->by_id[j->cursor % j->active];
		date = &j->date.p[j->cursor / j->active];
		if (j->cursor++ % j->active == 0 && !date->has_hours)
			add_note(j, NOTE_NO_HOURS, date->date, NULL, NULL,
			    (struct text){ NULL, 0 });
		make_day(j, who, date->date, &day);
		add_notes(j, &day, who);
		if (day.tracked_s >= 0 ||
		    (j->opt.keep_nodata && date->has_hours))
			chatter_day_put(&day, line);
	}
	if (line->len == 0 && j->note_at < j->note.nr)
		put_note(&j->note.p[j->note_at++], line);
	return line->len > 0;
}
