#include "sandbox/sandbox.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/http_date.h"
#include "base/json.h"
#include "base/map.h"
#include "base/xalloc.h"
#include "sandbox/limit.h"
#include "sandbox/trouble.h"
#include "sandbox/vendor.h"

static const struct vendor *const vendors[] = { &vendor_hubspot, &vendor_google,
	&vendor_hubstaff, &vendor_slack, &vendor_airtable };

#define VENDORS	    (sizeof(vendors) / sizeof(vendors[0]))
#define STATUS_MAX  600
#define WINDOW_10_S INT64_C(10000000)

struct sandbox {
	const struct sandbox_conf *conf;
	struct crm *crm; /* what the vendors tell of, each in its way */
	void *state[VENDORS];

	pthread_mutex_t lock; /* of all below */
	struct limit limit[VENDORS][VENDOR_LIMITS];
	size_t nr_limit[VENDORS];
	struct limit all; /* that came, whatever became of them */
	struct troubles troubles;
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
	const char *const *list = conf->faults;
	size_t i;

	s->conf = conf;
	pthread_mutex_init(&s->lock, NULL);
	s->call = map_new();
	limit_init(&s->all, "all", 0, WINDOW_10_S);
	for (; list != NULL && *list != NULL; list++)
		if (troubles_read(&s->troubles, *list, f) == -1) {
			sandbox_free(s);
			return NULL;
		}
	s->crm = crm_new(&conf->crm);
	for (i = 0; i < VENDORS; i++) {
		s->state[i] = vendors[i]->open(conf, s->crm, f);
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
	crm_free(s->crm);
	limit_free(&s->all);
	troubles_free(&s->troubles);
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
	json_key(b, "faults");
	json_open_array(b);
	for (i = 0; i < s->troubles.nr; i++) {
		json_open(b);
		json_key(b, "fault");
		json_put_str(b, s->troubles.trouble[i].text);
		json_key(b, "seen");
		json_put_int(b, (int64_t)s->troubles.trouble[i].seen);
		json_key(b, "done");
		json_put_int(b, (int64_t)s->troubles.trouble[i].done);
		json_close(b);
	}
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

static void *
state_of(struct sandbox *s, const struct vendor *vendor)
{
	size_t i;

	for (i = 0; vendors[i] != vendor; i++)
		;
	return s->state[i];
}

static struct google *
google_of(struct sandbox *s)
{
	return state_of(s, &vendor_google);
}

void
sandbox_put_key(struct sandbox *s, const char *address, struct buf *b)
{
	google_put_key(google_of(s), address, b);
}

void
sandbox_put_sheets(struct sandbox *s, struct buf *b)
{
	google_put_sheets(google_of(s), b);
}

void
sandbox_put_hubstaff(struct sandbox *s, struct buf *b)
{
	hubstaff_put_state(state_of(s, &vendor_hubstaff), b);
}

void
sandbox_put_airtable(struct sandbox *s, struct buf *b)
{
	airtable_put_state(state_of(s, &vendor_airtable), b);
}

/* Take what a vendor is to keep; 1 when the path is of none. */
static int
take_kept(
    struct sandbox *s, struct text path, struct text body, struct fault *f)
{
	if (text_is(path, "/sandbox/sheets"))
		return google_take_sheets(google_of(s), body, f);
	if (text_is(path, "/sandbox/hubstaff"))
		return hubstaff_take_state(
		    state_of(s, &vendor_hubstaff), body, f);
	if (text_is(path, "/sandbox/slack"))
		return slack_take_state(state_of(s, &vendor_slack), body, f);
	if (text_is(path, "/sandbox/airtable"))
		return airtable_take_state(
		    state_of(s, &vendor_airtable), body, f);
	return 1;
}

static bool
put_kept(struct sandbox *s, struct text path, struct buf *b)
{
	if (text_is(path, "/sandbox/sheets"))
		google_put_sheets(google_of(s), b);
	else if (text_is(path, "/sandbox/hubstaff"))
		hubstaff_put_state(state_of(s, &vendor_hubstaff), b);
	else if (text_is(path, "/sandbox/slack"))
		slack_put_state(state_of(s, &vendor_slack), b);
	else if (text_is(path, "/sandbox/airtable"))
		airtable_put_state(state_of(s, &vendor_airtable), b);
	else
		return false;
	return true;
}

/*
 * Look past all limits at what a vendor keeps, or have something else there;
 * false when the path is of none.
 */
static bool
serve_kept(struct sandbox *s, const struct httpd_request *request,
    struct httpd_reply *reply)
{
	bool put = strcmp(request->method, "PUT") == 0;
	struct fault f = { 0 };

	if (put && take_kept(s, request->path, request->body, &f) == -1) {
		reply->status = 400;
		buf_str(&reply->body, f.text);
		buf_char(&reply->body, '\n');
		httpd_reply_header(reply, "Content-Type", "text/plain");
		return true;
	}
	if (!put_kept(s, request->path, &reply->body))
		return false;
	httpd_reply_header(reply, "Content-Type", "application/json");
	return true;
}

static void
serve_own(struct sandbox *s, const struct httpd_request *request,
    struct httpd_reply *reply)
{
	if (serve_kept(s, request, reply))
		return;
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

static void
tell_retry_after(struct call *call, int after_s)
{
	char seconds[16];

	if (after_s < 0)
		return;
	snprintf(seconds, sizeof(seconds), "%d", after_s);
	httpd_reply_header(call->reply, "Retry-After", seconds);
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
			call->wait_us = limit_wait_us(l, s->now_us);
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
	call->note->limit = reached.name;
	vendors[i]->limited(s->state[i], call, &reached);
	tell_retry_after(call, s->conf->retry_after_s);
	return false;
}

/*
 * Troubles
 */
static void
put_page(struct call *call, unsigned status, const char *title)
{
	struct buf *b = &call->reply->body;

	buf_clear(b);
	call->reply->status = status;
	httpd_reply_header(
	    call->reply, "Content-Type", "text/html; charset=UTF-8");
	buf_str(b, "<!DOCTYPE html>\n<html lang=\"en\"><head><title>");
	buf_str(b, title);
	buf_str(b, "</title></head>\n<body><h1>");
	buf_str(b, title);
	buf_str(b,
	    "</h1><p>This page is meant for people. Please try again in a "
	    "few minutes.</p></body></html>\n");
}

static const char *
title_of(unsigned status)
{
	switch (status) {
	case 500:
		return "500 Internal Server Error";
	case 502:
		return "502 Bad Gateway";
	case 503:
		return "503 Service Unavailable";
	case 504:
		return "504 Gateway Time-out";
	case 521:
		return "521 Web server is down";
	default:
		return "An error occurred";
	}
}

/* The limit by which a vendor knows it. */
static const struct limit *
limit_named(const struct sandbox *s, size_t i, const char *name)
{
	size_t k;

	for (k = 0; k < s->nr_limit[i]; k++)
		if (strcmp(s->limit[i][k].name, name) == 0)
			return &s->limit[i][k];
	return &s->limit[i][0];
}

/* Answer in the vendor's place; false when the answer is the vendor's own. */
static bool
replaced(
    struct sandbox *s, size_t i, struct call *call, const struct trouble *t)
{
	int after_s = t->retry_after_s;

	switch (t->kind) {
	case TROUBLE_STATUS:
		if (t->status >= 500)
			put_page(call, t->status, title_of(t->status));
		else
			vendors[i]->refuse(s->state[i], call, t->status);
		break;
	case TROUBLE_SECONDLY:
		vendors[i]->limited(
		    s->state[i], call, limit_named(s, i, "SECONDLY"));
		break;
	case TROUBLE_DAILY:
		vendors[i]->limited(
		    s->state[i], call, limit_named(s, i, "DAILY"));
		break;
	case TROUBLE_REDIRECT:
		put_page(call, 302, "302 Found");
		httpd_reply_header(call->reply, "Location", t->to);
		break;
	case TROUBLE_HTML:
		put_page(call, 200, "Sign in");
		break;
	case TROUBLE_RESET:
		call->reply->damage = HTTPD_RESET;
		break;
	default:
		return false;
	}
	if (after_s < 0 && call->reply->status == 429)
		after_s = s->conf->retry_after_s;
	tell_retry_after(call, after_s);
	return true;
}

static void
damage(struct call *call, const struct trouble *t)
{
	switch (t->kind) {
	case TROUBLE_LOST:
		call->reply->damage = HTTPD_RESET;
		break;
	case TROUBLE_CUT:
		call->reply->damage = HTTPD_CUT;
		break;
	case TROUBLE_STALL:
		call->reply->damage = HTTPD_STALL;
		call->reply->stall_ms = t->stall_ms;
		break;
	case TROUBLE_GZIP_CUT:
		call->reply->damage = HTTPD_SHORT;
		break;
	case TROUBLE_BAD_JSON:
		call->reply->body.len /= 2;
		break;
	default:
		break;
	}
}

static void
serve_vendor(struct sandbox *s, size_t i, struct call *call)
{
	const struct trouble *t;

	call->note->vendor = vendors[i]->name;
	call->reply->delay_ms = s->conf->latency_ms;
	if (!vendors[i]->admit(s->state[i], call) || !within_limits(s, i, call))
		return;
	pthread_mutex_lock(&s->lock);
	t = troubles_next(&s->troubles, call->request);
	pthread_mutex_unlock(&s->lock);
	if (t != NULL) {
		call->note->trouble = t->text;
		if (replaced(s, i, call, t))
			return;
		call->page = t->kind == TROUBLE_EMPTY_CURSOR  ? PAGE_EMPTY
			     : t->kind == TROUBLE_LOOP_CURSOR ? PAGE_LOOP
							      : PAGE_FINE;
	}
	vendors[i]->answer(s->state[i], call);
	if (t != NULL)
		damage(call, t);
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

/* 0 for a connection that is reset. */
static unsigned
status_of(const struct httpd_reply *reply)
{
	return reply->damage == HTTPD_RESET ? 0 : reply->status;
}

static void
count_answer(struct sandbox *s, const struct httpd_reply *reply,
    const struct sandbox_note *note)
{
	unsigned status = status_of(reply);
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

/* So that a client can see how its own clock stands. */
static void
tell_time(struct sandbox *s, int64_t at_us, struct httpd_reply *reply)
{
	char date[HTTP_DATE_TEXT];

	http_date_format(at_us + s->conf->clock_us, date);
	httpd_reply_header(reply, "Date", date);
}

void
sandbox_serve(struct sandbox *s, const struct httpd_request *request,
    struct httpd_reply *reply, struct sandbox_note *note)
{
	struct call call = { .request = request, .reply = reply, .note = note };
	size_t i = vendor_of(request->path);

	*note = (struct sandbox_note){ 0 };
	if (i == VENDORS) {
		serve_own(s, request, reply);
		return;
	}
	count_arrival(s, request->at_us, note);
	serve_vendor(s, i, &call);
	tell_time(s, request->at_us, reply);
	count_answer(s, reply, note);
}

uint64_t
sandbox_requests(struct sandbox *s)
{
	uint64_t nr;

	pthread_mutex_lock(&s->lock);
	nr = s->nr;
	pthread_mutex_unlock(&s->lock);
	return nr;
}

/* Values of the query that would be a secret are not shown. */
static void
put_query(struct buf *b, const struct httpd_request *request)
{
	static const char *const secret[] = { "hapikey", "token",
		"access_token", "oauth_token", "id_token", "refresh_token",
		"assertion", "key", NULL };
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
	json_put_int(b, status_of(reply));
	json_key(b, "ms");
	json_put_number(b, ms);
	json_key(b, "vendor");
	json_put_str(b, note->vendor);
	json_key(b, "call");
	json_put_str(b, note->what);
	json_key(b, "object");
	json_put_str(b, note->object);
	json_key(b, "limit");
	json_put_str(b, note->limit);
	json_key(b, "fault");
	json_put_str(b, note->trouble);
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
