#include "base/http.h"

#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/queue.h>
#include <sys/random.h>
#include <time.h>

#include "base/buf.h"
#include "base/http_wire.h"
#include "base/pace.h"
#include "base/xalloc.h"

#define SECOND_US      INT64_C(1000000)
#define BACKOFF_MS     1000
#define BACKOFF_MAX_MS 32000
#define ALL_WINDOWS    ((1u << HTTP_WINDOWS) - 1)

/* A request on its way from http_send to the caller. */
struct call {
	TAILQ_ENTRY(call) next;
	struct http *http;
	struct http_request request; /* of its own, but user, which is this */
	void *user;
	bool first;  /* of rank 0 */
	uint64_t nr; /* in order of coming */
	unsigned tries;
	int64_t not_before;
	int64_t sent_at; /* the last time */
	bool claimed; /* room in its windows, without being on the wire yet */
	uint64_t send_id[HTTP_WINDOWS];
	struct http_outcome outcome; /* of the last try */
	struct fault why;
};

TAILQ_HEAD(call_queue, call);

struct http {
	struct http_conf conf;
	struct http_wire *wire;
	struct call_queue waiting, running, answered;
	struct call *handed; /* what the caller has the answer of */
	size_t active;
	unsigned first_nr; /* calls of rank 0 there are */
	uint64_t last_nr;
	bool changed; /* so that waiting calls must be looked at again */
	struct pace pace[HTTP_WINDOWS];
	int64_t held_since; /* INT64_MAX: no call waits for a window */
	uint64_t waited_us;
	uint64_t seed;
	struct http_counts counts;
};

static int64_t
clock_us(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * SECOND_US + now.tv_nsec / 1000;
}

/* From 0 to below 1 (splitmix64). */
static double
jitter(struct http *h)
{
	uint64_t x = h->seed += UINT64_C(0x9e3779b97f4a7c15);

	x = (x ^ (x >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
	x = (x ^ (x >> 27)) * UINT64_C(0x94d049bb133111eb);
	return (double)((x ^ (x >> 31)) >> 11) * 0x1p-53;
}

/* min(32 s, 1 s * 2^n) * (0.5 to 1.0) before try n + 2. */
static int64_t
backoff_us(struct http *h, unsigned tries)
{
	int64_t ms = BACKOFF_MS;

	while (--tries > 0 && ms < BACKOFF_MAX_MS)
		ms *= 2;
	if (ms > BACKOFF_MAX_MS)
		ms = BACKOFF_MAX_MS;
	return (int64_t)((double)ms * 1000 * (0.5 + jitter(h) / 2));
}

static bool
in_window(const struct call *call, unsigned i)
{
	return (call->request.windows & 1u << i) != 0;
}

/* --- the client -------------------------------------------------------- */

static void
unclaim(struct call *call)
{
	unsigned i;

	if (!call->claimed)
		return;
	call->claimed = false;
	for (i = 0; i < HTTP_WINDOWS; i++)
		if (in_window(call, i))
			pace_unclaim(&call->http->pace[i], call->first);
}

/* News of a request on the wire. */
static void
on_event(void *arg, void *user, enum http_event event)
{
	struct http *h = arg;
	struct call *call = user;
	int64_t now = clock_us();
	unsigned i;

	unclaim(call);
	for (i = 0; i < HTTP_WINDOWS; i++) {
		if (!in_window(call, i))
			continue;
		if (event == HTTP_SENT)
			call->send_id[i] =
			    pace_sent(&h->pace[i], call->first, now);
		else
			pace_counted(&h->pace[i], call->send_id[i], now);
	}
	if (event == HTTP_SENT) {
		call->sent_at = now;
		h->counts.requests++;
	}
	h->changed = true;
}

static void
set_defaults(struct http_conf *c)
{
	if (c->judge == NULL)
		c->judge = http_judge;
	if (c->tries == 0)
		c->tries = 6;
	if (c->max_wait_s == 0)
		c->max_wait_s = 120;
	if (c->connect_s == 0)
		c->connect_s = 10;
	if (c->total_s == 0)
		c->total_s = 60;
	if (c->stall_s == 0)
		c->stall_s = 30;
	if (c->body_max == 0)
		c->body_max = 64u << 20;
	if (c->connections == 0)
		c->connections = 16;
}

struct http *
http_new(const struct http_conf *conf, struct fault *f)
{
	struct http *h = xcalloc(1, sizeof(*h));
	unsigned i;

	h->conf = *conf;
	set_defaults(&h->conf);
	h->wire = http_wire_new(&h->conf, on_event, h, f);
	if (h->wire == NULL) {
		free(h);
		return NULL;
	}
	h->conf.base_url = h->conf.secret = NULL; /* they are the caller's */
	TAILQ_INIT(&h->waiting);
	TAILQ_INIT(&h->running);
	TAILQ_INIT(&h->answered);
	h->held_since = INT64_MAX;
	for (i = 0; i < HTTP_WINDOWS; i++)
		pace_init(&h->pace[i], &conf->window[i]);
	if (getrandom(&h->seed, sizeof(h->seed), 0) != sizeof(h->seed))
		h->seed = (uint64_t)clock_us();
	return h;
}

static void
call_free(struct call *call)
{
	if (call == NULL)
		return;
	free((char *)call->request.method);
	free((char *)call->request.path);
	free((char *)call->request.body.p);
	free(call);
}

static void
free_calls(struct call_queue *q)
{
	struct call *call;

	while ((call = TAILQ_FIRST(q)) != NULL) {
		TAILQ_REMOVE(q, call, next);
		call_free(call);
	}
}

void
http_free(struct http *h)
{
	unsigned i;

	if (h == NULL)
		return;
	/* first what has the requests */
	http_wire_free(h->wire);
	free_calls(&h->waiting);
	free_calls(&h->running);
	free_calls(&h->answered);
	call_free(h->handed);
	for (i = 0; i < HTTP_WINDOWS; i++)
		pace_free(&h->pace[i]);
	free(h);
}

/* By rank, then in the order they came, also when they come again. */
static void
enqueue(struct call_queue *q, struct call *call)
{
	struct call *at = TAILQ_LAST(q, call_queue);

	while (at != NULL && (at->request.rank > call->request.rank ||
				 (at->request.rank == call->request.rank &&
				     at->nr > call->nr)))
		at = TAILQ_PREV(at, call_queue, next);
	if (at == NULL)
		TAILQ_INSERT_HEAD(q, call, next);
	else
		TAILQ_INSERT_AFTER(q, at, call, next);
}

static void
count_first(struct http *h, const struct call *call, int change)
{
	unsigned i;

	if (!call->first)
		return;
	h->first_nr += (unsigned)change;
	for (i = 0; i < HTTP_WINDOWS; i++)
		if (in_window(call, i))
			pace_first(&h->pace[i], change);
}

/* What comes while a chain's answer is read is its next link. In a window it
 * takes no less time than the other windows let it. */
static void
note_turn(struct http *h, const struct call *call)
{
	const struct call *before = h->handed;
	int64_t us, least;
	unsigned i, j;

	if (!call->first || before == NULL || !before->first)
		return;
	for (i = 0; i < HTTP_WINDOWS; i++) {
		if (!in_window(call, i))
			continue;
		us = clock_us() - before->sent_at;
		for (j = 0; j < HTTP_WINDOWS; j++) {
			least = pace_interval(&h->pace[j]);
			if (j != i && in_window(call, j) && us < least)
				us = least;
		}
		pace_turn(&h->pace[i], us);
	}
}

static bool
is_path(const char *path)
{
	const char *p;

	for (p = path; *p != '\0'; p++)
		if (*p <= ' ' || *p > '~' || *p == '#')
			return false;
	return path[0] == '/';
}

int
http_send(struct http *h, const struct http_request *r, struct fault *f)
{
	struct call *call;
	size_t len = strspn(r->method, "ABCDEFGHIJKLMNOPQRSTUVWXYZ");

	if (!is_path(r->path))
		return fault_set(
		    f, FAULT_USAGE, "'%s' is no path with its query", r->path);
	if (len == 0 || r->method[len] != '\0')
		return fault_set(
		    f, FAULT_USAGE, "'%s' is no method", r->method);
	call = xcalloc(1, sizeof(*call));
	call->http = h;
	call->request = *r;
	call->request.method = xstrdup(r->method);
	call->request.path = xstrdup(r->path);
	if (r->body.p != NULL)
		call->request.body.p = xstrndup(r->body.p, r->body.len);
	call->request.windows &= ALL_WINDOWS;
	call->request.user = call;
	call->user = r->user;
	call->first = r->rank <= 0;
	call->nr = ++h->last_nr;
	call->not_before = INT64_MIN;
	count_first(h, call, 1);
	note_turn(h, call);
	enqueue(&h->waiting, call);
	h->active++;
	return 0;
}

size_t
http_active(const struct http *h)
{
	return h->active;
}

/* --- starting ---------------------------------------------------------- */

static int
start(struct http *h, struct call *call, struct fault *f)
{
	unsigned i;

	TAILQ_REMOVE(&h->waiting, call, next);
	TAILQ_INSERT_TAIL(&h->running, call, next);
	call->claimed = true;
	for (i = 0; i < HTTP_WINDOWS; i++)
		if (in_window(call, i))
			pace_claim(&h->pace[i], call->first);
	if (call->tries++ > 0)
		h->counts.retries++;
	h->changed = true;
	return http_wire_start(h->wire, &call->request, f);
}

/* now when call may go, else when to look again; PACE_NEVER for a lane that
 * must come free first. */
static int64_t
opens_at(const struct http *h, const struct call *call, int64_t now)
{
	unsigned lanes = h->conf.connections;
	int64_t at = now, opens;
	unsigned i;

	if (call->not_before > now)
		return call->not_before;
	/* one is kept for the chain that all will have to wait for */
	if (!call->first && h->first_nr > 0 && lanes > 1)
		lanes--;
	if (http_wire_used(h->wire) >= lanes)
		return PACE_NEVER;
	for (i = 0; i < HTTP_WINDOWS; i++) {
		if (!in_window(call, i))
			continue;
		opens = pace_opens(&h->pace[i], call->first, now);
		if (opens > at)
			at = opens;
	}
	return at;
}

/* Start what may go; *due is when the next one may. */
static int
start_waiting(struct http *h, int64_t *due, struct fault *f)
{
	struct call *call, *next;
	int64_t at, now = clock_us();
	bool held = false;
	unsigned i;

	*due = PACE_NEVER;
	for (i = 0; i < HTTP_WINDOWS; i++)
		pace_prune(&h->pace[i], now);
	for (call = TAILQ_FIRST(&h->waiting); call != NULL; call = next) {
		next = TAILQ_NEXT(call, next);
		if (http_wire_used(h->wire) == h->conf.connections)
			break;
		at = opens_at(h, call, now);
		if (at <= now) {
			if (start(h, call, f) == -1)
				return -1;
			continue;
		}
		if (at < *due)
			*due = at;
		if (call->not_before <= now && at != PACE_NEVER)
			held = true;
	}
	if (h->held_since != INT64_MAX)
		h->waited_us += (uint64_t)(now - h->held_since);
	h->held_since = held ? now : INT64_MAX;
	return 0;
}

/* --- ending ------------------------------------------------------------ */

/* METHOD URL: what went wrong (N tries); the query is nobody's business. */
static void
set_why(const struct http *h, struct call *call, const struct fault *why)
{
	size_t len = strcspn(call->request.path, "?");
	char tries[32] = "", status[32] = "";

	if (call->tries > 1)
		snprintf(tries, sizeof(tries), " (%u tries)", call->tries);
	if (why->text[0] == '\0')
		snprintf(
		    status, sizeof(status), "status %ld", call->outcome.status);
	fault_set(&call->why,
	    why->kind == FAULT_NONE ? FAULT_DENIED : why->kind,
	    "%s %s%.*s: %s%.600s%s", call->request.method,
	    http_wire_base(h->wire), (int)(len < 200 ? len : 200),
	    call->request.path, status, why->text, tries);
	http_wire_hide(h->wire, call->why.text);
}

/* The ruling that is left when no further try may be made. */
static void
bound_retry(struct http *h, const struct call *call, struct http_ruling *r)
{
	size_t len = strlen(r->why.text);

	if (r->verdict != HTTP_RETRY)
		return;
	if (r->why.kind == FAULT_NONE)
		r->why.kind = FAULT_AGAIN;
	if (r->wait_ms > (long)h->conf.max_wait_s * 1000) {
		r->verdict = HTTP_FAIL;
		r->why.kind = FAULT_AGAIN;
		snprintf(r->why.text + len, sizeof(r->why.text) - len,
		    "%sit asks to wait %ld s, more than the %u s allowed",
		    len == 0 ? "" : "; ", (r->wait_ms + 999) / 1000,
		    h->conf.max_wait_s);
	} else if (call->tries >= h->conf.tries) {
		r->verdict = HTTP_FAIL;
	}
}

static void
fill_answer(const struct call *call, struct http_answer *a)
{
	*a = (struct http_answer){ .user = call->user,
		.method = call->request.method,
		.path = call->request.path,
		.status = call->outcome.status,
		.repeatable = call->request.repeatable,
		.tries = call->tries,
		.body = call->outcome.body,
		.why = call->why,
		.head = call->outcome.lane };
}

static void
try_again(struct http *h, struct call *call, const struct http_ruling *r)
{
	int64_t until, now = clock_us();
	unsigned i;

	until = now + (r->wait_ms < 0 ? backoff_us(h, call->tries)
				      : (int64_t)r->wait_ms * 1000);
	for (i = 0; r->hold && i < HTTP_WINDOWS; i++)
		if (in_window(call, i))
			pace_hold(&h->pace[i], until);
	call->not_before = until;
	http_lane_free(call->outcome.lane);
	enqueue(&h->waiting, call);
}

static void
finish(struct http *h, const struct http_outcome *o)
{
	struct call *call = o->user;
	struct http_ruling ruling = { .wait_ms = -1 };
	struct http_answer a;

	h->changed = true;
	TAILQ_REMOVE(&h->running, call, next);
	unclaim(call);
	h->counts.limited += o->status == 429;
	h->counts.wire += o->wire;
	h->counts.body += o->body.len;
	call->outcome = *o;
	call->why = o->why;
	fill_answer(call, &a);
	/* what never left this machine can be sent again without harm */
	if (!o->sent)
		a.repeatable = true;
	h->conf.judge(&a, &ruling);
	bound_retry(h, call, &ruling);
	if (ruling.verdict == HTTP_RETRY) {
		try_again(h, call, &ruling);
		return;
	}
	call->why = (struct fault){ 0 };
	if (ruling.verdict == HTTP_FAIL)
		set_why(h, call, &ruling.why);
	enqueue(&h->answered, call);
}

/* --- working ----------------------------------------------------------- */

/* The answer of last time is the caller's no more. */
static void
let_go(struct http *h)
{
	struct call *call = h->handed;

	if (call == NULL)
		return;
	h->handed = NULL;
	count_first(h, call, -1);
	http_lane_free(call->outcome.lane);
	call_free(call);
}

/* One round of work; *due is when there is more without any news. */
static int
work(struct http *h, int64_t *due, struct fault *f)
{
	struct http_outcome o;

	do {
		h->changed = false;
		if (start_waiting(h, due, f) == -1 ||
		    http_wire_work(h->wire, f) == -1)
			return -1;
		while (http_wire_done(h->wire, &o))
			finish(h, &o);
	} while (h->changed && TAILQ_EMPTY(&h->answered));
	return 0;
}

/* Milliseconds from now to at, rounded up; -1 for never. */
static int
ms_until(int64_t at)
{
	int64_t us = at - clock_us();

	if (at == PACE_NEVER)
		return -1;
	if (us <= 0)
		return 0;
	return us / 1000 >= INT_MAX ? INT_MAX : (int)((us + 999) / 1000);
}

int
http_poll(
    struct http *h, struct http_answer *a, int fd, int wait_ms, struct fault *f)
{
	int64_t due, end = PACE_NEVER;
	struct call *call;
	int news;

	let_go(h);
	if (wait_ms >= 0)
		end = clock_us() + (int64_t)wait_ms * 1000;
	/* poll(2) would report one that is closed at once and for ever */
	if (fd != -1 && fcntl(fd, F_GETFD) == -1)
		return fault_errno(f, "cannot wait for input");
	for (;;) {
		if (work(h, &due, f) == -1)
			return -1;
		call = TAILQ_FIRST(&h->answered);
		if (call != NULL)
			break;
		if ((h->active == 0 && fd == -1) || clock_us() >= end)
			return 0;
		news = http_wire_wait(
		    h->wire, fd, ms_until(due < end ? due : end), f);
		if (news != 0)
			return news == -1 ? -1 : 0;
	}
	TAILQ_REMOVE(&h->answered, call, next);
	h->active--;
	h->handed = call;
	fill_answer(call, a);
	return 1;
}

/* --- the rest of http.h ------------------------------------------------ */

struct text
http_header(const struct http_answer *a, const char *name)
{
	if (a->head == NULL)
		return (struct text){ 0 };
	return http_lane_header(a->head, name);
}

void
http_window_set(struct http *h, unsigned window, unsigned nr)
{
	pace_set(&h->pace[window], nr);
}

void
http_window_share(struct http *h, unsigned window, double share)
{
	pace_share(&h->pace[window], share);
}

void
http_window_hold(struct http *h, unsigned window, unsigned ms)
{
	pace_hold(&h->pace[window], clock_us() + (int64_t)ms * 1000);
}

const struct http_counts *
http_counts(const struct http *h)
{
	/* kept in the finer unit, so that many short waits add up */
	((struct http *)h)->counts.waited_ms = h->waited_us / 1000;
	return &h->counts;
}

void
http_escape(struct buf *b, struct text t)
{
	static const char hex[] = "0123456789ABCDEF";
	unsigned char c;
	size_t i;

	for (i = 0; i < t.len; i++) {
		c = (unsigned char)t.p[i];
		if ((c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
		    (c >= '0' && c <= '9') ||
		    (c != '\0' && strchr("-_.~", c))) {
			buf_char(b, (char)c);
			continue;
		}
		buf_char(b, '%');
		buf_char(b, hex[c >> 4]);
		buf_char(b, hex[c & 15]);
	}
}
