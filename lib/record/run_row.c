#include "record/run_row.h"

#include <math.h>

#include "record/field.h"

void
run_row_want(struct run_row_fields *at, struct json_shape *shape)
{
	at->type = json_want(shape, "type");
	at->id = json_want(shape, "run_id");
	at->created = json_want(shape, "datetime");
	at->coaches = json_want(shape, "coach_count");
	at->size = json_want(shape, "size_kb");
	at->enums = json_want(shape, "has_enums");
	at->selected = json_want(shape, "selected");
	at->name = json_want(shape, "coach_name");
	at->period = json_want(shape, "period");
	at->run_a = json_want(shape, "run_a");
	at->run_b = json_want(shape, "run_b");
	at->deals[0] = json_want(shape, "deals_a");
	at->deals[1] = json_want(shape, "deals_b");
	at->smoothed[0] = json_want(shape, "smoothed_a");
	at->smoothed[1] = json_want(shape, "smoothed_b");
	at->status[0] = json_want(shape, "status_a");
	at->status[1] = json_want(shape, "status_b");
}

bool
run_row_here(const struct run_row_fields *at, const struct record *rec)
{
	return text_is(record_text(rec, at->type), "run");
}

bool
difference_row_here(const struct run_row_fields *at, const struct record *rec)
{
	return text_is(record_text(rec, at->type), "run_difference");
}

static int
copy_text(struct text *t, const struct record *rec, size_t slot,
    const char *path, struct arena *keep, struct fault *f)
{
	if (field_text(t, rec, slot, path, f) == -1)
		return -1;
	if (t->p != NULL)
		*t = arena_copy(keep, *t);
	return 0;
}

static int
read_number(double *x, const struct record *rec, size_t slot, const char *path,
    struct fault *f)
{
	*x = NAN;
	return field_is_null(rec, slot) ? 0
					: field_number(x, rec, slot, path, f);
}

int
run_row_decode(struct run_row *run, const struct run_row_fields *at,
    const struct record *rec, struct arena *keep, struct fault *f)
{
	if (copy_text(&run->id, rec, at->id, "run_id", keep, f) == -1 ||
	    copy_text(&run->created, rec, at->created, "datetime", keep, f) ==
		-1 ||
	    read_number(&run->coaches, rec, at->coaches, "coach_count", f) ==
		-1 ||
	    read_number(&run->size_kb, rec, at->size, "size_kb", f) == -1)
		return -1;
	run->has_enums = rec->field[at->enums].kind == VALUE_TRUE;
	run->is_selected = rec->field[at->selected].kind == VALUE_TRUE;
	return 0;
}

int
difference_row_decode(struct difference_row *d, const struct run_row_fields *at,
    const struct record *rec, struct arena *keep, struct fault *f)
{
	if (copy_text(&d->coach_name, rec, at->name, "coach_name", keep, f) ==
		-1 ||
	    copy_text(&d->period, rec, at->period, "period", keep, f) == -1 ||
	    copy_text(&d->run_a, rec, at->run_a, "run_a", keep, f) == -1 ||
	    copy_text(&d->run_b, rec, at->run_b, "run_b", keep, f) == -1 ||
	    copy_text(&d->status_a, rec, at->status[0], "status_a", keep, f) ==
		-1 ||
	    copy_text(&d->status_b, rec, at->status[1], "status_b", keep, f) ==
		-1 ||
	    read_number(&d->deals_a, rec, at->deals[0], "deals_a", f) == -1 ||
	    read_number(&d->deals_b, rec, at->deals[1], "deals_b", f) == -1 ||
	    read_number(
		&d->smoothed_a, rec, at->smoothed[0], "smoothed_a", f) == -1)
		return -1;
	return read_number(
	    &d->smoothed_b, rec, at->smoothed[1], "smoothed_b", f);
}
