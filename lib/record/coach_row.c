#include "record/coach_row.h"

#include <math.h>
#include <stdio.h>

#include "record/field.h"

#define NAME_MAX_LEN 32
#define DEALS_MAX    1e9
#define PERCENT_MAX  100

const char *const coach_period_name[PERIODS] = { "1m", "3m", "6m" };

enum coach_period
coach_period_of(struct text name)
{
	int p;

	for (p = 0; p < PERIODS; p++)
		if (text_is(name, coach_period_name[p]))
			break;
	return (enum coach_period)p;
}

static size_t
want_figure(struct json_shape *shape, const char *name, int period)
{
	char key[NAME_MAX_LEN];

	snprintf(key, sizeof(key), "%s_%s", name, coach_period_name[period]);
	return json_want(shape, key);
}

void
coach_row_want(struct coach_row_fields *at, struct json_shape *shape)
{
	int p;

	at->type = json_want(shape, "type");
	at->id = json_want(shape, "coach_id");
	at->name = json_want(shape, "coach_name");
	at->eligibility = json_want(shape, "eligibility");
	at->as_of = json_want(shape, "as_of");
	for (p = 0; p < PERIODS; p++) {
		at->of[p].deals = want_figure(shape, "deals", p);
		at->of[p].smoothed = want_figure(shape, "smoothed", p);
		at->of[p].nabeller = want_figure(shape, "nabeller_pct", p);
		at->of[p].warm = want_figure(shape, "warme_aanvraag", p);
		at->of[p].info = want_figure(shape, "info_aanvraag", p);
	}
}

bool
coach_row_here(const struct coach_row_fields *at, const struct record *rec)
{
	return text_is(record_text(rec, at->type), "coach");
}

static int
read_text(struct text *t, const struct record *rec, size_t slot,
    const char *path, struct arena *keep, struct fault *f)
{
	if (field_text(t, rec, slot, path, f) == -1)
		return -1;
	if (t->p != NULL)
		*t = arena_copy(keep, *t);
	return 0;
}

static int
read_figure(double *x, const struct record *rec, size_t slot, const char *name,
    double max, int period, struct fault *f)
{
	char path[NAME_MAX_LEN];

	*x = NAN;
	if (field_is_null(rec, slot))
		return 0;
	snprintf(path, sizeof(path), "%s_%s", name, coach_period_name[period]);
	if (field_number(x, rec, slot, path, f) == -1)
		return -1;
	if (*x >= 0 && *x <= max)
		return 0;
	return fault_set(
	    f, FAULT_DATA, "field '%s' is not from 0 to %.0f", path, max);
}

int
coach_row_decode(struct coach_row *row, const struct coach_row_fields *at,
    const struct record *rec, struct arena *keep, struct fault *f)
{
	struct coach_row_figures *of;
	int p;

	if (rec->field[at->name].kind == VALUE_ABSENT)
		return fault_set(f, FAULT_DATA,
		    "field 'coach_name' is missing; of a workbook read it by "
		    "xlsx-read --rename=coach_name=Coachnaam");
	if (read_text(&row->id, rec, at->id, "coach_id", keep, f) == -1 ||
	    read_text(&row->name, rec, at->name, "coach_name", keep, f) == -1 ||
	    read_text(&row->eligibility, rec, at->eligibility, "eligibility",
		keep, f) == -1)
		return -1;
	for (p = 0; p < PERIODS; p++) {
		of = &row->of[p];
		if (read_figure(&of->deals, rec, at->of[p].deals, "deals",
			DEALS_MAX, p, f) == -1 ||
		    read_figure(&of->smoothed_pct, rec, at->of[p].smoothed,
			"smoothed", PERCENT_MAX, p, f) == -1 ||
		    read_figure(&of->nabeller_pct, rec, at->of[p].nabeller,
			"nabeller_pct", PERCENT_MAX, p, f) == -1 ||
		    read_figure(&of->warm, rec, at->of[p].warm,
			"warme_aanvraag", DEALS_MAX, p, f) == -1 ||
		    read_figure(&of->info, rec, at->of[p].info, "info_aanvraag",
			DEALS_MAX, p, f) == -1)
			return -1;
		if (isnan(of->nabeller_pct))
			of->nabeller_pct = 0;
	}
	return 0;
}

static int
check_figure(const struct record *rec, size_t slot, const char *name,
    enum coach_period period, struct fault *f)
{
	if (rec->field[slot].kind != VALUE_ABSENT)
		return 0;
	return fault_set(f, FAULT_DATA, "field '%s_%s' is missing", name,
	    coach_period_name[period]);
}

int
coach_row_check(const struct coach_row_fields *at, const struct record *rec,
    enum coach_period period, struct fault *f)
{
	if (check_figure(rec, at->of[period].deals, "deals", period, f) == -1)
		return -1;
	return check_figure(
	    rec, at->of[period].smoothed, "smoothed", period, f);
}
