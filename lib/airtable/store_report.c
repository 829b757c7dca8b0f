/* What is told of a run. */
#include "airtable/store.h"
#include "base/json.h"

static void
put_count(struct buf *b, const char *name, uint64_t x)
{
	json_key(b, name);
	json_put_int(b, (int64_t)x);
}

static void
put_text(struct buf *b, const char *name, const char *value)
{
	json_key(b, name);
	json_put_str(b, value);
}

static void
put_members(
    const struct store_conf *conf, const struct store_counts *n, struct buf *b)
{
	json_open(b);
	put_text(b, "type", "store");
	put_text(b, "table", conf->table);
	put_count(b, "created", n->created);
	put_count(b, "updated", n->updated);
	put_count(b, "skipped", n->skipped);
	put_count(b, "failed", n->failed);
}

static void
end_line(struct buf *b)
{
	json_close(b);
	buf_char(b, '\n');
}

void
store_put(
    const struct store_conf *conf, const struct store_counts *n, struct buf *b)
{
	put_members(conf, n, b);
	end_line(b);
}

void
store_report(const struct store_report *r, struct buf *b)
{
	static const struct http_counts none;
	const struct http_counts *http = r->http == NULL ? &none : r->http;

	put_members(r->conf, r->n, b);
	put_text(b, "mode", store_mode_name[r->conf->mode]);
	put_count(b, "records", r->n->records);
	put_count(b, "duplicates", r->n->doubled);
	put_count(b, "fields_dropped", r->n->dropped);
	json_key(b, "complete");
	json_put_bool(b, r->reason == NULL && r->n->failed == 0);
	put_text(b, "reason", r->reason);
	put_count(b, "requests", http->requests);
	put_count(b, "retries", http->retries);
	put_count(b, "limited", http->limited);
	json_key(b, "seconds");
	json_put_number(b, r->seconds);
	end_line(b);
}

void
store_put_failed(const struct store_conf *conf, const char *where,
    const char *name, const char *why, struct buf *b)
{
	json_open(b);
	put_text(b, "type", "store_failed");
	put_text(b, "table", conf->table);
	put_text(b, "where", where);
	put_text(b, "record", name);
	put_text(b, "reason", why);
	end_line(b);
}
