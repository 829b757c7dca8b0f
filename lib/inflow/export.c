#include "inflow/export.h"

#include <stdlib.h>
#include <string.h>

#include "base/recall.h"
#include "base/xalloc.h"
#include "inflow/person.h"
#include "inflow/row.h"

#define CELL_SHOWN 60 /* bytes of a bad cell that are told */
#define DATES	   64 /* whose meaning is kept */
#define PEOPLE	   1024

/* The first cell that shows what a decimal mark is. */
struct proof {
	uint64_t line; /* 0: there is none */
	size_t column;
	char text[CELL_SHOWN + 1];
};

/* What the cell of a date says. */
struct date {
	struct period period;
	char day[DAY_TEXT]; /* its last */
};

struct export
{
	struct export_settings set;
	struct figure_form form; /* as the user says */
	const struct inflow_header *header;
	const struct tell *tell;
	struct export_counts counts;
	struct proof proof[LOOSE_COMMA + 1];
	bool unlock_sign; /* an unlock rate has a percent sign */
	/* the largest percentages without one, by each decimal mark */
	double unlock_max[LOOSE_COMMA + 1];
	double other_max[LOOSE_COMMA + 1];
	/* what few texts say of many rows */
	struct recall *dates;  /* a struct date */
	struct recall *people; /* person_key() */
	/* of this row */
	struct row row;
	struct buf person;
	struct date date;
	struct fault fault; /* of a cell */
};

struct export *
export_new(const struct export_settings *set,
    const struct inflow_header *header, const struct tell *told)
{
	struct export *e = xcalloc(1, sizeof(*e));

	e->set = *set;
	e->form.mark = set->mark;
	e->form.reply_unit_s = set->reply_unit_s;
	e->header = header;
	e->tell = told;
	e->dates = recall_new(DATES);
	e->people = recall_new(PEOPLE);
	buf_init(&e->person, SIZE_MAX / 2);
	return e;
}

void
export_free(struct export *e)
{
	if (e == NULL)
		return;
	recall_free(e->dates);
	recall_free(e->people);
	buf_free(&e->person);
	free(e);
}

const struct export_counts *
export_counts(const struct export *e)
{
	return &e->counts;
}

/* A cell, trimmed; empty where the row is too short. */
static inline struct text
cell_of(
    const struct export *e, size_t column, const struct text *cell, size_t nr)
{
	size_t at = e->header->at[column];

	if (at >= nr || cell[at].p == NULL)
		return text_of("");
	return loose_trim(cell[at]);
}

static struct text
text_cell(
    const struct export *e, size_t column, const struct text *cell, size_t nr)
{
	struct text t = cell_of(e, column, cell, nr);

	return loose_is_null(t) ? (struct text){ NULL, 0 } : t;
}

/* Not longer than is told, and cut between characters. */
static struct text
shown(struct text t)
{
	if (t.len <= CELL_SHOWN)
		return t;
	for (t.len = CELL_SHOWN; t.len > 0 && (t.p[t.len] & 0xc0) == 0x80;)
		t.len--;
	return t;
}

/* Of a cell: the row is bad, unless a cell may be null. */
static void
blame(struct export *e, struct row *row, size_t column, struct text cell,
    const char *what)
{
	struct text header = e->header->cell[e->header->at[column]];

	tell(e->tell, TELL_BAD, row->line, "column '%.*s': '%.*s' %s; %s",
	    TEXT_ARG(shown(header)), TEXT_ARG(shown(cell)), what,
	    e->set.keep_going && column != COLUMN_DATE ? "taken as null"
						       : "row left out");
	if (!e->set.keep_going || column == COLUMN_DATE)
		row->bad = true;
	else
		e->counts.nulls++;
}

static void
remember_proof(struct export *e, enum loose_mark mark, uint64_t line,
    size_t column, struct text cell)
{
	struct proof *proof = &e->proof[mark];

	if (proof->line != 0)
		return;
	proof->line = line;
	proof->column = column;
	cell = shown(cell);
	memcpy(proof->text, cell.p, cell.len);
	proof->text[cell.len] = '\0';
}

static void
see_percent(struct export *e, enum inflow_figure which, const struct figure *x)
{
	double *max = which == INFLOW_UNLOCK_PCT ? e->unlock_max : e->other_max;
	enum loose_mark mark;
	double value;

	if (x->percent) {
		e->unlock_sign |= which == INFLOW_UNLOCK_PCT;
		return;
	}
	for (mark = LOOSE_UNKNOWN; mark <= LOOSE_COMMA; mark++) {
		value = decimal_value(
		    loose_by_mark(x->x, (enum loose_other)x->other, mark));
		if (value > max[mark])
			max[mark] = value;
	}
}

static void
read_figures(
    struct export *e, struct row *row, const struct text *cell, size_t nr)
{
	enum loose_mark proves;
	enum inflow_figure i;
	struct text t;

	for (i = 0; i < INFLOW_FIGURES; i++) {
		if (e->header->at[i] == COLUMN_NONE)
			continue;
		t = cell_of(e, i, cell, nr);
		if (figure_read(&row->figure[i], i, t, &e->form, &proves,
			&e->fault) == -1)
			blame(e, row, i, t, e->fault.text);
		else if (proves != LOOSE_UNKNOWN)
			remember_proof(e, proves, row->line, i, t);
		if (row->figure[i].known && figure_is_percent(i))
			see_percent(e, i, &row->figure[i]);
	}
}

/* The day of a row is in e->date: 1; 0 when it is not readable; -1. */
static int
read_day(struct export *e, struct row *row, const struct text *cell, size_t nr,
    struct fault *f)
{
	struct text t, known;

	if (e->header->at[COLUMN_DATE] == COLUMN_NONE) {
		e->date.period.first = e->date.period.last = e->set.day;
		day_format(e->set.day, e->date.day);
		return 1;
	}
	t = cell_of(e, COLUMN_DATE, cell, nr);
	if (recall_get(e->dates, t, &known)) {
		memcpy(&e->date, known.p, sizeof(e->date));
		return 1;
	}
	if (!period_parse(t, e->set.order, &e->date.period)) {
		blame(e, row, COLUMN_DATE, t, "is no date");
		return 0;
	}
	if (e->date.period.first != e->date.period.last &&
	    !e->set.allow_multiday)
		return fault_set(f, FAULT_DATA,
		    "%llu: '%.*s' is more than one day; export one day, or "
		    "say --allow-multiday",
		    (unsigned long long)row->line, TEXT_ARG(shown(t)));
	day_format(e->date.period.last, e->date.day);
	recall_put(e->dates, t,
	    (struct text){ (const char *)&e->date, sizeof(e->date) });
	return 1;
}

/* The key of a name. */
static struct text
person_of(struct export *e, struct text name)
{
	struct text known;

	if (recall_get(e->people, name, &known))
		return known;
	buf_clear(&e->person);
	person_key(name, &e->person);
	recall_put(e->people, name, buf_view(&e->person));
	return buf_view(&e->person);
}

/* Text where no header is: the cells stand in wrong columns. */
static bool
is_shifted(const struct export *e, const struct text *cell, size_t nr)
{
	return nr > e->header->nr &&
	       !row_is_blank(cell + e->header->nr, nr - e->header->nr);
}

int
export_row(struct export *e, const struct text *cell, size_t nr, uint64_t line,
    struct buf *key, struct buf *value, struct fault *f)
{
	struct row *row = &e->row;
	int day;

	buf_clear(key);
	buf_clear(value);
	if (line <= e->header->line || row_is_blank(cell, nr) ||
	    header_repeats(e->header, cell, nr))
		return 0;
	row->line = line;
	row->bad = false;
	row->text[ROW_NAME] = cell_of(e, COLUMN_NAME, cell, nr);
	if (person_is_total(row->text[ROW_NAME]))
		return 0;
	e->counts.rows++;
	if (is_shifted(e, cell, nr)) {
		tell(e->tell, TELL_BAD, line,
		    "it has %zu cells, the header has %zu; row left out", nr,
		    e->header->nr);
		memset(row->figure, 0, sizeof(row->figure));
		row->bad = true;
	} else
		read_figures(e, row, cell, nr);
	if (!row->bad && row_is_idle(row)) {
		e->counts.idle++;
		return 0;
	}
	day = read_day(e, row, cell, nr, f);
	if (day == -1)
		return -1;
	if (day == 1 && e->set.has_only && e->date.period.last != e->set.only) {
		e->counts.other_days++;
		return 0;
	}
	e->counts.bad += row->bad;
	row->text[ROW_GROUP] = text_cell(e, COLUMN_GROUP, cell, nr);
	row->text[ROW_EMAIL] = text_cell(e, COLUMN_EMAIL, cell, nr);
	row->text[ROW_CREATORS] = text_cell(e, COLUMN_CREATORS, cell, nr);
	row_key(key, person_of(e, row->text[ROW_NAME]),
	    day == 1 ? e->date.day : "", cell, nr);
	row_to_bytes(row, value);
	return 1;
}

static int
decide_mark(struct export *e, struct figure_form *form, struct fault *f)
{
	const struct proof *point = &e->proof[LOOSE_POINT];
	const struct proof *comma = &e->proof[LOOSE_COMMA];

	if (e->set.mark != LOOSE_UNKNOWN)
		return 0;
	if (point->line != 0 && comma->line != 0)
		return fault_set(f, FAULT_DATA,
		    "mixed number formats: line %llu has '%s', line %llu has "
		    "'%s'; say --decimal",
		    (unsigned long long)point->line, point->text,
		    (unsigned long long)comma->line, comma->text);
	if (point->line != 0)
		form->mark = LOOSE_POINT;
	if (comma->line != 0)
		form->mark = LOOSE_COMMA;
	return 0;
}

static int
decide_percent(struct export *e, struct figure_form *form, struct fault *f)
{
	double unlock = e->unlock_max[form->mark];
	double other = e->other_max[form->mark];

	form->fractions = e->set.percent == PERCENT_FRACTIONS;
	if (e->set.percent != PERCENT_SEEN || e->unlock_sign ||
	    !(unlock > 0 && unlock <= 1))
		return 0;
	if (other > 1)
		return fault_set(f, FAULT_DATA,
		    "unlock rates are fractions, as none is above 1, but "
		    "another percentage is %g; say --percent",
		    other);
	form->fractions = true;
	tell(e->tell, TELL_DOUBT, 0,
	    "percentages are fractions and were taken times 100, as no unlock "
	    "rate is above 1; --percent says otherwise");
	return 0;
}

int
export_form(struct export *e, struct figure_form *form, struct fault *f)
{
	*form = e->form;
	if (decide_mark(e, form, f) == -1)
		return -1;
	return decide_percent(e, form, f);
}
