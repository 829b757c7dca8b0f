#include "history/report.h"

#include "base/json.h"

static void
put_count(struct buf *b, const char *key, uint64_t nr)
{
	json_key(b, key);
	json_put_int(b, (int64_t)nr);
}

static void
begin(struct buf *b, const char *type)
{
	buf_clear(b);
	json_open(b);
	json_key(b, "type");
	json_put_str(b, type);
}

static void
put_date(struct buf *b, day_nr day)
{
	char date[DAY_TEXT];

	day_format(day, date);
	json_key(b, "date");
	json_put_str(b, date);
}

void
report_put(const struct put_report *report, struct buf *b)
{
	begin(b, "store");
	json_key(b, "store");
	json_put_str(b, report->store);
	put_count(b, "created", report->nr.created);
	put_count(b, "updated", report->nr.updated);
	put_count(b, "unchanged", report->nr.unchanged);
	put_count(b, "skipped", report->nr.skipped);
	put_count(b, "duplicates", report->duplicates);
	put_count(b, "failed", report->failed);
	json_close(b);
}

void
report_delete(const char *store, uint64_t deleted, struct buf *b)
{
	begin(b, "store");
	json_key(b, "store");
	json_put_str(b, store);
	put_count(b, "deleted", deleted);
	json_close(b);
}

void
report_day(const struct kept_day *day, struct buf *b)
{
	begin(b, "stored_date");
	json_key(b, "of");
	json_put_text(b, day->type);
	put_date(b, day->date);
	put_count(b, "records", day->nr);
	json_close(b);
}

void
report_missing(const char *type, day_nr date, struct buf *b)
{
	begin(b, "missing_date");
	json_key(b, "of");
	json_put_str(b, type);
	put_date(b, date);
	json_close(b);
}

void
missing_pass(struct missing *m, day_nr there)
{
	m->next = there + 1;
}

bool
missing_next(struct missing *m, day_nr before, day_nr *day)
{
	if (m->next >= before || (!m->has_since && before <= m->until))
		return false;
	*day = m->next++;
	return true;
}
