#include "sandbox/sandbox.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/map.h"
#include "base/xalloc.h"
#include "sandbox/limit.h"
#include "sandbox/vendor.h"

static const struct vendor *const vendors[] = { &vendor_hubspot };

#define VENDORS	    (sizeof(vendors) / sizeof(vendors[0]))
#define STATUS_MAX  600
#define WINDOW_10_S INT64_C(10000000)

struct sandbox {
	const struct sandbox_conf *conf;
	void *state[VENDORS];

	pthread_mutex_t lock; /* of all below */
	struct limit limit[VENDORS][VENDOR_LIMITS];
	size_t nr_limit[VENDORS];
	struct limit all; /* that came, whatever became of them */
	uint64_t status[STATUS_MAX];
	struct map *call; /* "search deals" to an index of count */
	uint64_t *count;
	uint64_t nr; /* requests to vendors */
	int64_t now_us;
};

struct sandbox *
sandbox_new(const struct sandbox_conf *conf, struct fault *f)
{
	struct sandbox *s = xcalloc(1, sizeof(*s));
	size_t i;

	s->conf = conf;
	pthread_mutex_init(&s->lock, NULL);
	s->call = map_new();
	limit_init(&s->all, "all", 0, WINDOW_10_S);
	for (i = 0; i < VENDORS; i++) {
		s->state[i] = vendors[i]->open(conf, f);
		if (s->state[i] == NULL) {
			sandbox_free(s);
			return NULL;
		}
		s->nr_limit[i] = vendors[i]->limits(s->state[i], s->limit[i]);
	}
	return s;
}

void
sandbox_free(struct sandbox *s)
{
	size_t i, k;

	if (s == NULL)
		return;
	for (i = 0; i < VENDORS; i++) {
		if (s->state[i] != NULL)
			vendors[i]->close(s->state[i]);
		for (k = 0; k < s->nr_limit[i]; k++)
			limit_free(&s->limit[i][k]);
	}
	limit_free(&s->all);
	map_free(s->call);
	free(s->count);
	pthread_mutex_destroy(&s->lock);
	free(s);
}

/*
 * What was asked so far, for tests
 */
static void
put_limit(struct buf *b, const struct limit *l)
{
	json_open(b);
	json_key(b, "name");
	json_put_str(b, l->name);
	json_key(b, "allowed");
	json_put_int(b, l->nr);
	json_key(b, "window_ms");
	json_put_int(b, l->window_us / 1000);
	json_key(b, "counted");
	json_put_int(b, (int64_t)l->total);
	json_key(b, "peak");
	json_put_int(b, (int64_t)l->peak);
	json_key(b, "refused");
	json_put_int(b, (int64_t)l->refused);
	json_close(b);
}

static void
put_stats(struct sandbox *s, struct buf *b)
{
	char status[8];
	size_t i, k;

	json_open(b);
	json_key(b, "requests");
	json_put_int(b, (int64_t)s->nr);
	json_key(b, "max_in_10_s");
	json_put_int(b, (int64_t)s->all.peak);
	json_key(b, "status");
	json_open(b);
	for (i = 0; i < STATUS_MAX; i++) {
		if (s->status[i] == 0)
			continue;
		snprintf(status, sizeof(status), "%zu", i);
		json_key(b, status);
		json_put_int(b, (int64_t)s->status[i]);
	}
	json_close(b);
	json_key(b, "limits");
	json_open_array(b);
	for (i = 0; i < VENDORS; i++)
		for (k = 0; k < s->nr_limit[i]; k++)
			put_limit(b, &s->limit[i][k]);
	json_close_array(b);
	json_key(b, "calls");
	json_open(b);
	for (i = 0; i < map_size(s->call); i++) {
		json_key_text(b, map_key(s->call, i));
		json_put_int(b, (int64_t)s->count[i]);
	}
	json_close(b);
	json_close(b);
	buf_char(b, '\n');
}

static void
serve_own(struct sandbox *s, const struct httpd_request *request,
    struct httpd_reply *reply)
{
	if (text_is(request->path, "/sandbox/stats")) {
		pthread_mutex_lock(&s->lock);
		put_stats(s, &reply->body);
		pthread_mutex_unlock(&s->lock);
		httpd_reply_header(reply, "Content-Type", "application/json");
		return;
	}
	reply->status = 404;
	buf_str(&reply->body, "not a path of the sandbox\n");
	httpd_reply_header(reply, "Content-Type", "text/plain");
}

/*
 * The vendors
 */
static bool
starts_with(struct text path, const char *prefix)
{
	size_t len = strlen(prefix);

	return path.len >= len && memcmp(path.p, prefix, len) == 0;
}

/* The index of the vendor of a path, VENDORS when it is nobody's. */
static size_t
vendor_of(struct text path)
{
	const char *const *prefix;
	size_t i;

	for (i = 0; i < VENDORS; i++)
		for (prefix = vendors[i]->prefix; *prefix != NULL; prefix++)
			if (starts_with(path, *prefix))
				return i;
	return VENDORS;
}

/* Count the call in its limits, or answer for the one that is reached. */
static bool
within_limits(struct sandbox *s, size_t i, struct call *call)
{
	unsigned bits = vendors[i]->counts(s->state[i], call);
	struct limit reached, *l;
	bool over = false;
	size_t k;

	pthread_mutex_lock(&s->lock);
	for (k = 0; k < s->nr_limit[i]; k++) {
		l = &s->limit[i][k];
		limit_move(l, s->now_us);
		if ((bits >> k & 1) && !over && limit_full(l)) {
			l->refused++;
			reached = *l;
			over = true;
		}
	}
	for (k = 0; k < s->nr_limit[i] && !over; k++)
		if (bits >> k & 1)
			limit_add(&s->limit[i][k], s->now_us);
	if (bits != 0)
		vendors[i]->tell_limits(s->state[i], call, s->limit[i]);
	pthread_mutex_unlock(&s->lock);
	if (!over)
		return true;
	call->note->refused = reached.name;
	vendors[i]->limited(s->state[i], call, &reached);
	return false;
}

static void
serve_vendor(struct sandbox *s, size_t i, struct call *call)
{
	call->note->vendor = vendors[i]->name;
	call->reply->delay_ms = s->conf->latency_ms;
	if (!vendors[i]->admit(s->state[i], call) || !within_limits(s, i, call))
		return;
	vendors[i]->answer(s->state[i], call);
}

/* Number the request and bring the clock forward: threads may overtake. */
static void
count_arrival(struct sandbox *s, int64_t at_us, struct sandbox_note *note)
{
	pthread_mutex_lock(&s->lock);
	if (at_us > s->now_us)
		s->now_us = at_us;
	note->nr = ++s->nr;
	limit_move(&s->all, s->now_us);
	limit_add(&s->all, s->now_us);
	pthread_mutex_unlock(&s->lock);
}

static void
count_answer(
    struct sandbox *s, unsigned status, const struct sandbox_note *note)
{
	char call[80];
	size_t index;
	bool added;

	snprintf(call, sizeof(call), "%s%s%s",
	    note->what == NULL ? "unknown" : note->what,
	    note->object == NULL ? "" : " ",
	    note->object == NULL ? "" : note->object);
	pthread_mutex_lock(&s->lock);
	if (status < STATUS_MAX)
		s->status[status]++;
	index = map_intern(s->call, text_of(call), &added);
	if (added) {
		s->count =
		    xreallocarray(s->count, index + 1, sizeof(*s->count));
		s->count[index] = 0;
	}
	s->count[index]++;
	pthread_mutex_unlock(&s->lock);
}

void
sandbox_serve(struct sandbox *s, const struct httpd_request *request,
    struct httpd_reply *reply, struct sandbox_note *note)
{
	struct call call = { request, reply, note, PAGE_FINE, NULL };
	size_t i = vendor_of(request->path);

	*note = (struct sandbox_note){ 0 };
	if (i == VENDORS) {
		serve_own(s, request, reply);
		return;
	}
	count_arrival(s, request->at_us, note);
	serve_vendor(s, i, &call);
	count_answer(s, reply->status, note);
}

/* Values of the query that would be a secret are not shown. */
static void
put_query(struct buf *b, const struct httpd_request *request)
{
	static const char *const secret[] = { "hapikey", "token",
		"access_token", "refresh_token", "key", NULL };
	const char *const *name;
	size_t i;

	json_open(b);
	for (i = 0; i < request->param_nr; i++) {
		for (name = secret; *name != NULL; name++)
			if (text_is_nocase(request->param[i].name, *name))
				break;
		json_key_text(b, request->param[i].name);
		json_put_text(b,
		    *name == NULL ? request->param[i].value : text_of("***"));
	}
	json_close(b);
}

void
sandbox_log(struct buf *b, const struct httpd_request *request,
    const struct httpd_reply *reply, const struct sandbox_note *note, double ms)
{
	json_open(b);
	json_key(b, "type");
	json_put_str(b, "sandbox_request");
	json_key(b, "nr");
	json_put_int(b, (int64_t)note->nr);
	json_key(b, "at_ms");
	json_put_int(b, request->at_us / 1000);
	json_key(b, "method");
	json_put_str(b, request->method);
	json_key(b, "path");
	json_put_text(b, request->path);
	json_key(b, "query");
	put_query(b, request);
	json_key(b, "status");
	json_put_int(b, reply->status);
	json_key(b, "ms");
	json_put_number(b, ms);
	json_key(b, "vendor");
	json_put_str(b, note->vendor);
	json_key(b, "call");
	json_put_str(b, note->what);
	json_key(b, "object");
	json_put_str(b, note->object);
	json_key(b, "refused");
	json_put_str(b, note->refused);
	json_key(b, "inputs");
	json_put_int(b, (int64_t)note->inputs);
	json_key(b, "results");
	json_put_int(b, (int64_t)note->results);
	json_key(b, "authorization");
	json_put_bool(
	    b, httpd_request_header(request, "Authorization").p != NULL);
	json_key(b, "request_bytes");
	json_put_int(b, (int64_t)request->body.len);
	json_key(b, "reply_bytes");
	json_put_int(b, (int64_t)reply->body.len);
	json_close(b);
	buf_char(b, '\n');
}
