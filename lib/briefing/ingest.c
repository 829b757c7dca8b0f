#include "briefing/ingest.h"

#include <stdlib.h>

#include "base/xalloc.h"
#include "record/layout.h"

#define NR(table) (sizeof(table) / sizeof((table)[0]))
#define KEY_MAX	  2000

static const struct layout_field file_field[] = {
	LAYOUT(ingest_file, name, LAYOUT_TEXT, "name"),
	LAYOUT(ingest_file, bytes, LAYOUT_NUMBER, "bytes"),
};
static const struct layout_field store_field[] = {
	LAYOUT(ingest_store, table, LAYOUT_TEXT, "table"),
	LAYOUT(ingest_store, created, LAYOUT_NUMBER, "created"),
	LAYOUT(ingest_store, updated, LAYOUT_NUMBER, "updated"),
	LAYOUT(ingest_store, unchanged, LAYOUT_NUMBER, "unchanged"),
	LAYOUT(ingest_store, skipped, LAYOUT_NUMBER, "skipped"),
	LAYOUT(ingest_store, failed, LAYOUT_NUMBER, "failed"),
	LAYOUT(ingest_store, reason, LAYOUT_TEXT, "reason"),
};
static const struct layout_field failed_field[] = {
	LAYOUT(ingest_failed, record, LAYOUT_TEXT, "record"),
	LAYOUT(ingest_failed, reason, LAYOUT_TEXT, "reason"),
};
static const struct layout_field fetch_field[] = {
	LAYOUT(ingest_fetch, what, LAYOUT_TEXT, "what"),
	LAYOUT(ingest_fetch, object, LAYOUT_TEXT, "object"),
	LAYOUT(ingest_fetch, org, LAYOUT_TEXT, "org_name"),
	LAYOUT(ingest_fetch, received, LAYOUT_NUMBER, "received"),
	LAYOUT(ingest_fetch, source_total, LAYOUT_NUMBER, "source_total"),
	LAYOUT(ingest_fetch, reason, LAYOUT_TEXT, "reason"),
};
static const struct layout_field unmatched_field[] = {
	LAYOUT(ingest_unmatched, source, LAYOUT_TEXT, "source"),
	LAYOUT(ingest_unmatched, raw, LAYOUT_TEXT, "raw"),
	LAYOUT(ingest_unmatched, reason, LAYOUT_TEXT, "reason"),
	LAYOUT(ingest_unmatched, candidates, LAYOUT_VALUE, "candidates"),
	LAYOUT(ingest_unmatched, sales, LAYOUT_NUMBER, "sales"),
	LAYOUT(ingest_unmatched, messages, LAYOUT_NUMBER, "messages_sent"),
};
static const struct layout_field missing_field[] = {
	LAYOUT(ingest_missing, type, LAYOUT_TEXT, "type"),
	LAYOUT(ingest_missing, date, LAYOUT_TEXT, "date"),
	LAYOUT(ingest_missing, id, LAYOUT_NEEDED, "id"),
	LAYOUT(ingest_missing, name, LAYOUT_TEXT, "name"),
	LAYOUT(ingest_missing, team, LAYOUT_TEXT, "team"),
};
static const struct layout_field note_field[] = {
	LAYOUT(ingest_note, date, LAYOUT_TEXT, "date"),
	LAYOUT(ingest_note, note, LAYOUT_TEXT, "note"),
	LAYOUT(ingest_note, name, LAYOUT_TEXT, "name"),
	LAYOUT(ingest_note, text, LAYOUT_NEEDED, "text"),
};
static const struct layout_field gap_field[] = {
	LAYOUT(ingest_gap, date, LAYOUT_NEEDED, "date"),
};

/* The types of record that are kept, and as what. */
struct pile {
	struct layout layout;
	enum ingest_kind kind;
	size_t size;
};

#define PILE(type, fields, kind, of)                                  \
	{                                                             \
		{ type, fields, NR(fields) }, kind, sizeof(struct of) \
	}

static const struct pile pile[] = {
	PILE("file", file_field, INGEST_FILE, ingest_file),
	PILE("store", store_field, INGEST_STORE, ingest_store),
	PILE("store_failed", failed_field, INGEST_FAILED, ingest_failed),
	PILE("fetch_report", fetch_field, INGEST_FETCH, ingest_fetch),
	PILE("unmatched", unmatched_field, INGEST_UNMATCHED, ingest_unmatched),
	PILE("missing_inflow", missing_field, INGEST_MISSING, ingest_missing),
	PILE("missing_hubstaff", missing_field, INGEST_MISSING, ingest_missing),
	PILE("operations_note", note_field, INGEST_NOTE, ingest_note),
	PILE("missing_date", gap_field, INGEST_GAP, ingest_gap),
};

struct ingest_reader {
	struct layout_fields at[NR(pile)];
	size_t complete;
	struct chatter_day_fields day;
	struct arena *keep;
};

struct ingest *
ingest_new(struct json_shape *shape)
{
	struct ingest *in = xcalloc(1, sizeof(*in));
	struct ingest_reader *r = xcalloc(1, sizeof(*r));
	size_t i;

	for (i = 0; i < NR(pile); i++)
		layout_want(&r->at[i], &pile[i].layout, shape);
	r->complete = json_want(shape, "complete");
	chatter_day_want(&r->day, shape);
	r->keep = arena_new();
	in->status = map_new();
	in->reader = r;
	return in;
}

void
ingest_free(struct ingest *in)
{
	int i;

	if (in == NULL)
		return;
	for (i = 0; i < INGEST_KINDS; i++)
		free(in->of[i].p);
	map_free(in->status);
	arena_free(in->reader->keep);
	free(in->reader);
	free(in);
}

/* "date id" */
static void
put_key(struct text date, struct text id, struct buf *b)
{
	buf_init(b, KEY_MAX);
	buf_text(b, date);
	buf_char(b, ' ');
	buf_text(b, id);
}

static int
add_day(struct ingest *in, const struct record *rec, struct fault *f)
{
	struct chatter_day day;
	char date[DAY_TEXT];
	struct buf key;

	if (chatter_day_decode(&day, &in->reader->day, rec, f) == -1)
		return -1;
	if (day.status == CHATTER_STATUSES)
		return 0;
	in->days[day.status]++;
	if (!in->has_days || day.date < in->first)
		in->first = day.date;
	if (!in->has_days || day.date > in->last)
		in->last = day.date;
	in->has_days = true;
	day_format(day.date, date);
	put_key(text_of(date), day.id, &key);
	map_put(in->status, buf_view(&key), day.status);
	buf_free(&key);
	return 0;
}

static int
add_row(struct ingest *in, size_t i, const struct record *rec, struct fault *f)
{
	struct ingest_rows *rows = &in->of[pile[i].kind];
	size_t size = pile[i].size;

	rows->p = xgrow(rows->p, rows->nr, &rows->cap, size);
	if (layout_decode((char *)rows->p + size * rows->nr, &in->reader->at[i],
		&pile[i].layout, rec, in->reader->keep, f) == -1)
		return -1;
	rows->nr++;
	return 0;
}

int
ingest_add(struct ingest *in, const struct record *rec, struct fault *f)
{
	struct ingest_reader *r = in->reader;
	size_t i;

	if (chatter_day_here(&r->day, rec))
		return add_day(in, rec, f);
	for (i = 0; i < NR(pile); i++)
		if (layout_here(&r->at[i], &pile[i].layout, rec))
			break;
	/* a fetch that is complete is nothing to tell */
	if (i == NR(pile) || (pile[i].kind == INGEST_FETCH &&
				 rec->field[r->complete].kind == VALUE_TRUE))
		return 0;
	return add_row(in, i, rec, f);
}

bool
ingest_is_missed(const struct ingest *in, const struct ingest_missing *missing)
{
	struct buf key;
	size_t status;

	put_key(missing->date, missing->id, &key);
	status = map_get(in->status, buf_view(&key));
	buf_free(&key);
	return status != CHATTER_DAY_OFF;
}
