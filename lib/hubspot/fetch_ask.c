#include <string.h>

#include "base/xalloc.h"
#include "hubspot/fetch_impl.h"

/* Lower goes first; the longest list has 0, the next one 1, and so on. */
#define RANK_OTHER 1
#define RANK_BATCH 1000

/* Pages that a chain has still to go; -1 when nobody said. */
static int64_t
pages_left(const struct fetch_job *j)
{
	const struct walk_counts *c;
	int64_t total, left;

	if (j->walk == NULL || walk_done(j->walk) || j->over)
		return -1;
	c = walk_counts(j->walk);
	total = c->total >= 0 ? c->total : j->estimate;
	if (total < 0)
		return -1;
	left = total - (int64_t)c->received;
	return left < 0 ? 0 : left / (j->kind == SEARCH ? 200 : 100);
}

/* How many lists have more left, or as much and come before it. */
static int
rank_of(const struct fetch *x, const struct fetch_job *asking)
{
	const struct fetch_job *j;
	int64_t left, own = pages_left(asking);
	bool before = true;
	int rank = 0;

	if (own < 1)
		return RANK_OTHER;
	for (j = x->job; j != NULL; j = j->next) {
		left = pages_left(j);
		if (j == asking)
			before = false;
		else if (left > own || (left == own && before))
			rank++;
	}
	return rank;
}

double
fetch_longest_share(const struct fetch *x)
{
	const struct fetch_job *j;
	int64_t left, most = 0, all = 0;

	for (j = x->job; j != NULL; j = j->next) {
		left = pages_left(j);
		if (left < 1)
			continue;
		all += left;
		if (left > most)
			most = left;
	}
	return all == 0 ? 0 : (double)most / (double)all;
}

static void
put_probe(struct fetch *x, const struct fetch_job *j)
{
	path_add(&x->path, &x->conf.version, PATH_SEARCH, j->object, j->object);
	json_open(&x->body);
	json_key(&x->body, "filterGroups");
	json_open_array(&x->body);
	json_close_array(&x->body);
	json_key(&x->body, "limit");
	json_put_int(&x->body, 1);
	json_close(&x->body);
}

/* The one request of a job that has but one. */
static void
put_once(struct fetch *x, const struct fetch_job *j)
{
	enum path_to to = PATH_LIST;

	if (j->kind == ACCOUNT)
		to = PATH_ACCOUNT;
	else if (j->kind == PIPELINES || strncmp(j->shown, "pipelines", 9) == 0)
		to = PATH_PIPELINES;
	else if (j->kind == PROPERTIES ||
		 strncmp(j->shown, "properties/", 11) == 0)
		to = PATH_PROPERTIES;
	else if (text_is(j->object, "owners"))
		to = PATH_OWNERS;
	path_add(&x->path, &x->conf.version, to, j->object, j->object);
	if (to == PATH_LIST || to == PATH_OWNERS)
		buf_str(&x->path, "?limit=1");
	else if (j->archived && to == PATH_PROPERTIES)
		buf_str(&x->path, "?archived=true");
}

/* What the job asks next, and that it was asked: 1, 0 for nothing, -1. */
static int
job_next(struct fetch *x, struct fetch_job *j, struct fetch_ticket *t,
    struct fault *f)
{
	*t = (struct fetch_ticket){ .job = j };
	if (j->over || j->failed)
		return 0;
	if (j->discovering) {
		t->purpose = DISCOVER;
		if (j->asked)
			return 0;
		j->asked = true;
		path_add(&x->path, &x->conf.version, PATH_PROPERTIES, j->object,
		    j->object);
		return true;
	}
	if (j->walk != NULL && !walk_done(j->walk) && !j->asked &&
	    (j->lookup == NULL || lookup_room(j->lookup))) {
		t->purpose = PAGE;
		j->asked = true;
		return walk_ask(j->walk, &x->path, &x->body, f) == -1 ? -1 : 1;
	}
	if (j->probe) {
		t->purpose = PROBE;
		j->probe = false;
		put_probe(x, j);
		return 1;
	}
	if (j->lookup != NULL) {
		t->purpose = BATCH;
		t->batch = lookup_next(j->lookup);
		if (t->batch == NULL)
			return 0;
		lookup_ask(j->lookup, t->batch, &x->path, &x->body);
		return 1;
	}
	if (j->walk == NULL && !j->asked) {
		t->purpose = ONCE;
		j->asked = true;
		put_once(x, j);
		return 1;
	}
	return 0;
}

int
fetch_next(struct fetch *x, struct http_request *r, struct fault *f)
{
	struct fetch_ticket t = { 0 }, *kept;
	struct fetch_job *j;
	int more = 0;

	buf_clear(&x->path);
	buf_clear(&x->body);
	for (j = x->job; j != NULL; j = j->next)
		if ((more = job_next(x, j, &t, f)) != 0)
			break;
	if (more == -1)
		return fault_prefix(f, "%s: ", j->shown);
	if (more == 0)
		return 0;
	if (buf_check(&x->path, "a request", f) == -1 ||
	    buf_check(&x->body, "a request", f) == -1)
		return -1;
	kept = xcalloc(1, sizeof(*kept));
	*kept = t;
	kept->next = x->ticket;
	x->ticket = kept;
	*r = (struct http_request){ .method = "GET",
		.path = x->path.p,
		.repeatable = true,
		.windows = FETCH_WINDOW_ALL,
		.rank = RANK_OTHER,
		.user = kept };
	if (x->body.len > 0) {
		r->method = "POST";
		r->body = buf_view(&x->body);
	}
	if (t.purpose == PROBE || (t.purpose == PAGE && j->kind == SEARCH))
		r->windows |= FETCH_WINDOW_SEARCH;
	if (t.purpose == PAGE)
		r->rank = rank_of(x, j);
	else if (t.purpose == BATCH)
		r->rank = RANK_BATCH;
	return 1;
}
