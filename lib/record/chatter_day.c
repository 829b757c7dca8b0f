#include "record/chatter_day.h"

#include <math.h>

#include "record/field.h"

#define SECONDS_MAX 1e9

const char *const chatter_status_word[CHATTER_STATUSES] = {
	[CHATTER_WORKED] = "worked",
	[CHATTER_DAY_OFF] = "day_off",
	[CHATTER_NO_DATA] = "no_data",
};

const char *const figure_key[FIGURES] = {
	[FIGURE_SALES] = "sales",
	[FIGURE_MESSAGES] = "messages_sent",
	[FIGURE_PPVS] = "ppvs_sent",
	[FIGURE_UNLOCKED] = "ppvs_unlocked",
	[FIGURE_FANS] = "fans",
	[FIGURE_SPENT] = "fans_spent",
	[FIGURE_GOLDEN] = "golden_pct",
	[FIGURE_UNLOCK] = "unlock_pct",
	[FIGURE_CVR] = "cvr_pct",
	[FIGURE_REPLY] = "reply_s",
	[FIGURE_SALES_HR] = "sales_hr",
	[FIGURE_MSG_HR] = "msg_hr",
	[FIGURE_FANS_HR] = "fans_hr",
};

void
chatter_day_want(struct chatter_day_fields *at, struct json_shape *shape)
{
	int i;

	at->type = json_want(shape, "type");
	at->id = json_want(shape, "id");
	at->name = json_want(shape, "name");
	at->team = json_want(shape, "team");
	at->date = json_want(shape, "date");
	at->status = json_want(shape, "status");
	at->tracked = json_want(shape, "tracked_s");
	for (i = 0; i < FIGURES; i++)
		at->figure[i] = json_want(shape, figure_key[i]);
}

bool
chatter_day_here(const struct chatter_day_fields *at, const struct record *rec)
{
	return text_is(record_text(rec, at->type), "chatter_day");
}

int
chatter_date_read(
    day_nr *date, const struct record *rec, size_t slot, struct fault *f)
{
	struct text t;

	if (field_needed(&t, rec, slot, "date", f) == -1)
		return -1;
	if (!day_parse(t, date))
		return fault_set(f, FAULT_DATA,
		    "field 'date' is no day as 2026-02-10: '%.*s'",
		    TEXT_ARG(t));
	return 0;
}

int
chatter_seconds_read(
    int64_t *s, const struct record *rec, size_t slot, struct fault *f)
{
	double x;

	*s = -1;
	if (field_is_null(rec, slot))
		return 0;
	if (field_number(&x, rec, slot, "tracked_s", f) == -1)
		return -1;
	if (x < 0 || x > SECONDS_MAX || x != floor(x))
		return fault_set(
		    f, FAULT_DATA, "field 'tracked_s' is no count of seconds");
	*s = (int64_t)x;
	return 0;
}

int
chatter_figure_read(double *x, const struct record *rec, size_t slot,
    const char *key, struct fault *f)
{
	*x = NAN;
	return field_is_null(rec, slot) ? 0
					: field_number(x, rec, slot, key, f);
}

static int
read_status(enum chatter_status *status, const struct record *rec, size_t slot,
    struct fault *f)
{
	struct text t;
	int i;

	*status = CHATTER_STATUSES;
	if (field_text(&t, rec, slot, "status", f) == -1)
		return -1;
	if (t.p == NULL)
		return 0;
	for (i = 0; i < CHATTER_STATUSES; i++)
		if (text_is(t, chatter_status_word[i])) {
			*status = (enum chatter_status)i;
			return 0;
		}
	return fault_set(f, FAULT_DATA,
	    "field 'status' is worked, day_off or no_data, not '%.*s'",
	    TEXT_ARG(t));
}

int
chatter_day_decode(struct chatter_day *day, const struct chatter_day_fields *at,
    const struct record *rec, struct fault *f)
{
	int i;

	if (field_needed(&day->id, rec, at->id, "id", f) == -1 ||
	    field_text(&day->name, rec, at->name, "name", f) == -1 ||
	    field_text(&day->team, rec, at->team, "team", f) == -1 ||
	    chatter_date_read(&day->date, rec, at->date, f) == -1 ||
	    chatter_seconds_read(&day->tracked_s, rec, at->tracked, f) == -1 ||
	    read_status(&day->status, rec, at->status, f) == -1)
		return -1;
	for (i = 0; i < FIGURES; i++)
		if (chatter_figure_read(&day->figure[i], rec, at->figure[i],
			figure_key[i], f) == -1)
			return -1;
	return 0;
}

void
figures_put(const double figure[FIGURES], int from, int end, struct buf *b)
{
	int i;

	for (i = from; i < end; i++) {
		json_key(b, figure_key[i]);
		json_put_number(b, figure[i]);
	}
}

void
chatter_day_put(const struct chatter_day *day, struct buf *b)
{
	char date[DAY_TEXT];

	day_format(day->date, date);
	json_open(b);
	json_key(b, "type");
	json_put_str(b, "chatter_day");
	json_key(b, "date");
	json_put_str(b, date);
	json_key(b, "id");
	json_put_text(b, day->id);
	json_key(b, "name");
	json_put_text(b, day->name);
	json_key(b, "team");
	json_put_text(b, day->team);
	json_key(b, "status");
	json_put_str(b, chatter_status_word[day->status]);
	json_key(b, "tracked_s");
	if (day->tracked_s >= 0)
		json_put_int(b, day->tracked_s);
	else
		json_put_null(b);
	figures_put(day->figure, 0, FIGURES, b);
	json_close(b);
}
