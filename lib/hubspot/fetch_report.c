#include <inttypes.h>
#include <stdio.h>

#include "hubspot/fetch_impl.h"
#include "hubspot/judge.h"

static const char *const kind_name[] = { "list", "search", "owners",
	"pipelines", "properties", "read", "links", "check", "account" };

/* Records received, written and expected (-1: nobody says). */
struct sums {
	uint64_t received, written, duplicates, missing, lost, empty;
	int64_t total;
};

static struct sums
sum(const struct fetch_job *j)
{
	struct sums s = {
		.received = j->received, .written = j->written, .total = -1
	};
	const struct walk_counts *w;
	const struct lookup_counts *l;

	if (j->walk != NULL) {
		w = walk_counts(j->walk);
		s.received = w->received;
		s.duplicates = w->duplicates;
		s.total = w->total;
	}
	if (j->lookup != NULL) {
		l = lookup_counts(j->lookup);
		if (j->walk == NULL)
			s.received = l->received;
		s.written += l->written;
		s.duplicates += l->duplicates;
		s.missing = l->missing;
		s.lost = l->lost;
		s.empty = l->empty;
	}
	return s;
}

void
fetch_progress(const struct fetch *x, struct buf *b)
{
	const struct fetch_job *j;
	struct sums s;
	int64_t total;

	for (j = x->job; j != NULL; j = j->next) {
		s = sum(j);
		total = s.total >= 0 ? s.total : j->estimate;
		if (j != x->job)
			buf_str(b, ", ");
		buf_printf(b, "%s %" PRIu64, j->shown, s.written);
		if (!j->over && total >= 0)
			buf_printf(b, " of %" PRId64, total);
	}
}

static void
put_count(struct buf *b, const char *key, uint64_t count)
{
	json_key(b, key);
	json_put_int(b, (int64_t)count);
}

static void
put_total(struct buf *b, const char *key, int64_t total)
{
	json_key(b, key);
	if (total < 0)
		json_put_null(b);
	else
		json_put_int(b, total);
}

static void
put_missing(struct buf *b, const struct fetch_job *j)
{
	struct text ids = { NULL, 0 }, id;
	const char *comma;

	json_key(b, "missing_ids");
	json_open_array(b);
	if (j->lookup != NULL)
		ids = lookup_missing(j->lookup);
	while (ids.len > 0) {
		id = ids;
		comma = memchr(ids.p, ',', ids.len);
		if (comma != NULL)
			id.len = (size_t)(comma - ids.p);
		json_put_text(b, id);
		ids.p += id.len + (comma != NULL);
		ids.len -= id.len + (comma != NULL);
	}
	json_close_array(b);
}

static void
put_report(struct buf *b, const struct fetch_job *j, double seconds)
{
	struct sums s = sum(j);

	json_open(b);
	json_key(b, "type");
	json_put_str(b, "fetch_report");
	json_key(b, "what");
	json_put_str(b, kind_name[j->kind]);
	json_key(b, "object");
	json_put_text(b, j->object);
	if (j->kind == LINKS) {
		json_key(b, "to_object");
		json_put_text(b, j->to_object);
	}
	json_key(b, "archived");
	json_put_bool(b, j->archived);
	put_total(b, "source_total", s.total);
	put_total(b, "estimated_total", j->estimate);
	if (j->kind == READ || j->kind == LINKS)
		put_count(b, "asked", lookup_counts(j->lookup)->asked);
	put_count(b, "received", s.received);
	put_count(b, "written", s.written);
	put_count(b, "duplicates", s.duplicates);
	put_count(b, "missing", s.missing);
	put_count(b, "given_up", s.lost);
	if (j->kind == LINKS)
		put_count(b, "without_links", s.empty);
	put_missing(b, j);
	json_key(b, "complete");
	json_put_bool(b, j->over && !j->failed);
	json_key(b, "reason");
	json_put_str(b, j->reason);
	put_count(b, "requests", j->requests);
	put_count(b, "retries", j->retries);
	json_key(b, "seconds");
	json_put_number(b, seconds);
	json_close(b);
	buf_char(b, '\n');
}

void
fetch_report(const struct fetch *x, struct buf *b, double seconds)
{
	const struct fetch_job *j;

	for (j = x->job; j != NULL; j = j->next)
		if (j->kind != CHECK && j->kind != ACCOUNT)
			put_report(b, j, seconds);
}

bool
fetch_report_again(struct buf *b, struct text line)
{
	static const char start[] = "{\"type\":\"fetch_report\",";
	size_t len = sizeof(start) - 1;

	if (line.len < len || memcmp(line.p, start, len) != 0)
		return false;
	buf_str(b, start);
	buf_str(b, "\"cached\":true,");
	buf_add(b, line.p + len, line.len - len);
	buf_char(b, '\n');
	return true;
}

static void
put_job_question(struct buf *b, const struct fetch_job *j)
{
	json_open(b);
	json_key(b, "what");
	json_put_str(b, kind_name[j->kind]);
	json_key(b, "object");
	json_put_text(b, j->object);
	if (j->kind == LINKS) {
		json_key(b, "to_object");
		json_put_text(b, j->to_object);
	}
	json_key(b, "archived");
	json_put_bool(b, j->archived);
	if (j->since != FETCH_ALWAYS) {
		json_key(b, "since_ms");
		json_put_str(b, j->since_ms);
	}
	if (j->own_properties) {
		json_key(b, "all_properties");
		json_put_bool(b, true);
	} else {
		properties_put(j->properties, b);
	}
	json_close(b);
}

void
fetch_question(const struct fetch *x, struct text base_url, struct text token,
    struct buf *b)
{
	char account[HUBSPOT_TAG];
	const struct fetch_job *j;
	struct fault ignored = { 0 };
	char ids[64];

	json_open(b);
	json_key(b, "base_url");
	json_put_text(b, base_url);
	json_key(b, "account");
	hubspot_token_tag(token, account);
	json_put_str(b, account);
	json_key(b, "api_version");
	json_put_str(b, x->conf.version.name);
	json_key(b, "fetches");
	json_open_array(b);
	for (j = x->job; j != NULL; j = j->next)
		put_job_question(b, j);
	json_close_array(b);
	if (x->conf.search != NULL)
		(void)search_put(x->conf.search, b, NULL, 0, &ignored);
	json_key(b, "sort");
	json_put_bool(b, x->conf.sort);
	json_key(b, "strict");
	json_put_bool(b, x->conf.strict);
	if (x->reads || x->links) {
		snprintf(ids, sizeof(ids), "%" PRIu64 "-%016" PRIx64, x->used,
		    x->ids_hash);
		json_key(b, "ids");
		json_put_str(b, ids);
	}
	json_close(b);
}
