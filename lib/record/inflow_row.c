#include "record/inflow_row.h"

#include <math.h>

#include "record/field.h"

const char *const inflow_key[INFLOW_FIGURES] = {
	[INFLOW_SALES] = "sales",
	[INFLOW_PPV_SALES] = "ppv_sales",
	[INFLOW_TIPS] = "tips",
	[INFLOW_DM_SALES] = "dm_sales",
	[INFLOW_MESSAGES_SENT] = "messages_sent",
	[INFLOW_PPVS_SENT] = "ppvs_sent",
	[INFLOW_PPVS_UNLOCKED] = "ppvs_unlocked",
	[INFLOW_GOLDEN_PCT] = "golden_pct",
	[INFLOW_UNLOCK_PCT] = "unlock_pct",
	[INFLOW_FANS] = "fans",
	[INFLOW_FANS_SPENT] = "fans_spent",
	[INFLOW_CVR_PCT] = "cvr_pct",
	[INFLOW_REPLY_S] = "reply_s",
	[INFLOW_CLOCKED_H] = "clocked_h",
	[INFLOW_SCHEDULED_H] = "scheduled_h",
	[INFLOW_SALES_HR] = "sales_hr_csv",
	[INFLOW_MSG_HR] = "msg_hr_csv",
	[INFLOW_FANS_HR] = "fans_hr_csv",
	[INFLOW_CHARS] = "chars",
};

void
inflow_row_want(struct inflow_row_fields *at, struct json_shape *shape)
{
	size_t i;

	at->type = json_want(shape, "type");
	at->date = json_want(shape, "date");
	at->tz = json_want(shape, "tz");
	at->name = json_want(shape, "name");
	at->email = json_want(shape, "email");
	at->group = json_want(shape, "group");
	at->creators = json_want(shape, "creators");
	at->rows = json_want(shape, "rows");
	for (i = 0; i < INFLOW_FIGURES; i++)
		at->figure[i] = json_want(shape, inflow_key[i]);
}

bool
inflow_row_here(const struct inflow_row_fields *at, const struct record *rec)
{
	return text_is(record_text(rec, at->type), "inflow_row");
}

int
inflow_row_decode(struct inflow_row *row, const struct inflow_row_fields *at,
    const struct record *rec, struct fault *f)
{
	double rows = 1.0;
	size_t i;

	if (field_needed(&row->date, rec, at->date, "date", f) == -1 ||
	    field_text(&row->tz, rec, at->tz, "tz", f) == -1 ||
	    field_needed(&row->name, rec, at->name, "name", f) == -1 ||
	    field_text(&row->email, rec, at->email, "email", f) == -1 ||
	    field_text(&row->group, rec, at->group, "group", f) == -1 ||
	    field_text(&row->creators, rec, at->creators, "creators", f) == -1)
		return -1;
	for (i = 0; i < INFLOW_FIGURES; i++) {
		row->figure[i] = NAN;
		if (!field_is_null(rec, at->figure[i]) &&
		    field_number(&row->figure[i], rec, at->figure[i],
			inflow_key[i], f) == -1)
			return -1;
	}
	if (!field_is_null(rec, at->rows) &&
	    field_number(&rows, rec, at->rows, "rows", f) == -1)
		return -1;
	if (!(rows >= 1.0 && rows <= 1e15))
		return fault_set(f, FAULT_DATA, "field 'rows' is no count");
	row->rows = (uint64_t)rows;
	return 0;
}

static void
put_text(struct buf *b, const char *key, struct text t)
{
	json_key(b, key);
	json_put_text(b, t);
}

void
inflow_row_put(const struct inflow_row *row, struct buf *b)
{
	size_t i;

	json_open(b);
	put_text(b, "type", text_of("inflow_row"));
	put_text(b, "date", row->date);
	put_text(b, "tz", row->tz);
	put_text(b, "name", row->name);
	put_text(b, "email", row->email);
	put_text(b, "group", row->group);
	put_text(b, "creators", row->creators);
	for (i = 0; i < INFLOW_FIGURES; i++) {
		json_key(b, inflow_key[i]);
		json_put_number(b, row->figure[i]);
	}
	json_key(b, "rows");
	json_put_int(b, (int64_t)row->rows);
	json_close(b);
}
