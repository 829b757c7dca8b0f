#include "base/http.h"

#include <curl/curl.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/queue.h>
#include <sys/random.h>
#include <time.h>
#include <zlib.h>

#include "base/buf.h"
#include "base/pace.h"
#include "base/xalloc.h"

#define SECOND_US      INT64_C(1000000)
#define BACKOFF_MS     1000
#define BACKOFF_MAX_MS 32000
#define BLOCK	       65536 /* how much is read and unpacked at once */
#define ERROR_BODY_MAX 65536 /* what is kept of a body that is no success */
#define ALL_WINDOWS    ((1u << HTTP_WINDOWS) - 1)
/* as much of the secret as a message may show by chance */
#define SECRET_SHOWN 11

#define AUTHORIZATION "Authorization: Bearer "

/* A request on its way from http_send to the caller. */
struct call {
	TAILQ_ENTRY(call) next;
	char *method;
	char *path;
	struct text body;
	void *user;
	bool repeatable;
	bool first; /* of rank 0 */
	int rank;
	unsigned windows;
	uint64_t nr; /* in order of sending */
	unsigned tries;
	int64_t not_before;
	struct lane *lane; /* while it runs, and until its answer is let go */
	long status;
	struct fault why;
};

TAILQ_HEAD(call_queue, call);

/* What one request at a time runs on: its handle and the memory for a body. */
struct lane {
	struct lane *next; /* among the free ones */
	struct http *http;
	struct call *call;
	CURL *easy;
	struct buf body;
	z_stream z;
	bool z_made;
	bool gzip;    /* the body comes compressed */
	bool whole;   /* and has come to its end */
	bool unknown; /* it comes in a way that was not asked for */
	bool claimed; /* not on the wire yet */
	bool sent;
	bool counted; /* the answer has begun */
	uint64_t wire;
	const char *broken; /* why the body was refused */
	uint64_t send_id[HTTP_WINDOWS];
	char error[CURL_ERROR_SIZE];
};

struct http {
	struct http_conf conf;
	char *base;
	CURLM *multi;
	struct curl_slist *header; /* of each request */
	struct curl_slist json;	   /* in front of them for one with a body */
	const char *secret;	   /* a part of header, or NULL */
	struct lane *lane;
	struct lane *lane_free;
	unsigned lane_used;
	unsigned first_nr; /* calls of rank 0 there are */
	struct call_queue waiting, answered;
	struct call *handed; /* what the caller has the answer of */
	size_t active;
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

/* --- bodies ------------------------------------------------------------ */

static bool
refuse(struct lane *lane, const char *why)
{
	lane->broken = why;
	return false;
}

/* What is kept of this body; it passes the buffer's own ceiling by nothing. */
static size_t
body_max(const struct lane *lane)
{
	long status = 0;

	curl_easy_getinfo(lane->easy, CURLINFO_RESPONSE_CODE, &status);
	return status >= 200 && status < 300 ? lane->http->conf.body_max
					     : ERROR_BODY_MAX;
}

static bool
add_plain(struct lane *lane, const char *p, size_t len)
{
	size_t max = body_max(lane);

	if (max < lane->http->conf.body_max && len > max - lane->body.len)
		len = max - lane->body.len;
	buf_add(&lane->body, p, len);
	return lane->body.over ? refuse(lane, "too large") : true;
}

static bool
add_gzip(struct lane *lane, const char *p, size_t len)
{
	unsigned char out[BLOCK];
	z_stream *z = &lane->z;
	int code;

	z->next_in = (unsigned char *)p;
	z->avail_in = (unsigned)len;
	do {
		/* RFC 1952: another member may follow */
		if (lane->whole && inflateReset(z) != Z_OK)
			return refuse(lane, "not gzip");
		z->next_out = out;
		z->avail_out = sizeof(out);
		code = inflate(z, Z_NO_FLUSH);
		if (code != Z_OK && code != Z_STREAM_END && code != Z_BUF_ERROR)
			return refuse(lane, "not gzip");
		lane->whole = code == Z_STREAM_END;
		if (!add_plain(lane, (char *)out, sizeof(out) - z->avail_out))
			return false;
	} while (z->avail_in > 0 || z->avail_out == 0);
	return true;
}

static size_t
on_body(char *p, size_t size, size_t nr, void *arg)
{
	struct lane *lane = arg;
	size_t len = size * nr;
	bool good;

	lane->wire += len;
	lane->http->counts.wire += len;
	if (lane->unknown)
		good = refuse(lane, "not encoded as asked");
	else if (lane->wire > lane->http->conf.body_max)
		good = refuse(lane, "too large");
	else if (lane->gzip)
		good = add_gzip(lane, p, len);
	else
		good = add_plain(lane, p, len);
	/* anything but len ends the transfer */
	return good ? len : 0;
}

static void
set_encoding(struct lane *lane, struct text name)
{
	name = text_trim(name);
	if (text_is_nocase(name, "gzip") || text_is_nocase(name, "x-gzip"))
		lane->gzip = true;
	else if (name.len > 0 && !text_is_nocase(name, "identity"))
		lane->unknown = true;
}

static size_t
on_header(char *p, size_t size, size_t nr, void *arg)
{
	static const char encoding[] = "content-encoding:";
	struct lane *lane = arg;
	struct http *h = lane->http;
	struct text line = { p, size * nr };
	int64_t now;
	size_t i;

	if (!lane->counted) {
		lane->counted = true;
		now = clock_us();
		for (i = 0; i < HTTP_WINDOWS; i++)
			if (lane->send_id[i] != 0)
				pace_counted(
				    &h->pace[i], lane->send_id[i], now);
		h->changed = true;
	}
	if (text_starts_nocase(line, "HTTP/"))
		lane->gzip = lane->unknown = false;
	if (text_starts_nocase(line, encoding))
		set_encoding(lane, (struct text){ p + strlen(encoding),
				       line.len - strlen(encoding) });
	return line.len;
}

/* The connection stands and the request goes out now; also when libcurl sends
 * it again because a connection that was kept turned out to be dead. */
static int
on_send(void *arg, char *their_ip, char *our_ip, int their_port, int our_port)
{
	struct lane *lane = arg;
	struct http *h = lane->http;
	struct call *call = lane->call;
	int64_t now = clock_us();
	size_t i;

	(void)their_ip;
	(void)our_ip;
	(void)their_port;
	(void)our_port;
	for (i = 0; i < HTTP_WINDOWS; i++) {
		if ((call->windows & 1u << i) == 0)
			continue;
		if (lane->claimed)
			pace_unclaim(&h->pace[i], call->first);
		lane->send_id[i] = pace_sent(&h->pace[i], call->first, now);
	}
	lane->claimed = false;
	lane->sent = true;
	h->counts.requests++;
	h->changed = true;
	return CURL_PREREQFUNC_OK;
}

/* --- the client -------------------------------------------------------- */

static bool
is_plain(const char *s)
{
	for (; *s != '\0'; s++)
		if (*s <= ' ' || *s > '~')
			return false;
	return true;
}

/* Takes base as the user gave it apart; *allowed is what may be asked for. */
static int
check_base(const struct http_conf *conf, CURLU *url, struct fault *f)
{
	char *part = NULL;
	bool plain_http;

	if (conf->base_url == NULL || !is_plain(conf->base_url) ||
	    curl_url_set(url, CURLUPART_URL, conf->base_url, 0) != CURLUE_OK)
		return fault_set(
		    f, FAULT_USAGE, "the base URL must be https:// and a host");
	/* a user or password must not come to stand in messages */
	if (curl_url_get(url, CURLUPART_USER, &part, 0) == CURLUE_OK ||
	    curl_url_get(url, CURLUPART_PASSWORD, &part, 0) == CURLUE_OK) {
		curl_free(part);
		return fault_set(f, FAULT_USAGE,
		    "the base URL must not hold a user or a password");
	}
	if (curl_url_get(url, CURLUPART_QUERY, &part, 0) == CURLUE_OK ||
	    curl_url_get(url, CURLUPART_FRAGMENT, &part, 0) == CURLUE_OK) {
		curl_free(part);
		return fault_set(
		    f, FAULT_USAGE, "the base URL must end before '?' or '#'");
	}
	if (curl_url_get(url, CURLUPART_SCHEME, &part, 0) != CURLUE_OK)
		return fault_set(f, FAULT_USAGE, "the base URL has no scheme");
	plain_http = strcasecmp(part, "http") == 0;
	if (!plain_http && strcasecmp(part, "https") != 0) {
		curl_free(part);
		return fault_set(f, FAULT_USAGE, "base URL '%s' is not https",
		    conf->base_url);
	}
	curl_free(part);
	if (plain_http && !conf->base_given)
		return fault_set(f, FAULT_USAGE, "base URL '%s' is not https",
		    conf->base_url);
	return 0;
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

static void
add_header(struct http *h, const char *line)
{
	struct curl_slist *longer = curl_slist_append(h->header, line);

	if (longer == NULL)
		xcalloc(SIZE_MAX, 1);
	h->header = longer;
}

static void
make_headers(struct http *h, const char *secret)
{
	static char json[] = "Content-Type: application/json; charset=utf-8";
	struct curl_slist *last;
	char *line;

	if (secret != NULL) {
		line = xcalloc(strlen(AUTHORIZATION) + strlen(secret) + 1, 1);
		memcpy(line, AUTHORIZATION, strlen(AUTHORIZATION));
		memcpy(line + strlen(AUTHORIZATION), secret, strlen(secret));
		add_header(h, line);
		explicit_bzero(line, strlen(line));
		free(line);
		for (last = h->header; last->next != NULL; last = last->next)
			;
		h->secret = last->data + strlen(AUTHORIZATION);
	}
	add_header(h, "Accept: application/json");
	/* unpacked here: libcurl takes half a gzip body for a whole one */
	add_header(h, "Accept-Encoding: gzip");
	/* no waiting for the server's leave to send a body */
	add_header(h, "Expect:");
	h->json = (struct curl_slist){ json, h->header };
}

static int
make_lane(struct http *h, struct lane *lane, struct fault *f)
{
	CURL *easy = curl_easy_init();

	if (easy == NULL)
		return fault_set(f, FAULT_IO, "cannot start libcurl");
	lane->http = h;
	lane->easy = easy;
	buf_init(&lane->body, h->conf.body_max);
	lane->next = h->lane_free;
	h->lane_free = lane;
	curl_easy_setopt(easy, CURLOPT_PRIVATE, lane);
	curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, lane->error);
	curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR,
	    h->conf.base_given ? "https,http" : "https");
	curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L);
	curl_easy_setopt(easy, CURLOPT_SSL_VERIFYPEER, 1L);
	curl_easy_setopt(easy, CURLOPT_SSL_VERIFYHOST, 2L);
	curl_easy_setopt(
	    easy, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_2TLS);
	/* one connection for all when the server speaks HTTP/2 */
	curl_easy_setopt(easy, CURLOPT_PIPEWAIT, 1L);
	curl_easy_setopt(easy, CURLOPT_HEADEROPT, (long)CURLHEADER_SEPARATE);
	curl_easy_setopt(easy, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
	curl_easy_setopt(easy, CURLOPT_PATH_AS_IS, 1L);
	curl_easy_setopt(easy, CURLOPT_USERAGENT, "kpipe/" KPIPE_VERSION);
	curl_easy_setopt(easy, CURLOPT_BUFFERSIZE, (long)BLOCK);
	curl_easy_setopt(easy, CURLOPT_TCP_KEEPALIVE, 1L);
	curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT, (long)h->conf.connect_s);
	curl_easy_setopt(easy, CURLOPT_TIMEOUT, (long)h->conf.total_s);
	curl_easy_setopt(easy, CURLOPT_LOW_SPEED_LIMIT, 1L);
	curl_easy_setopt(easy, CURLOPT_LOW_SPEED_TIME, (long)h->conf.stall_s);
	curl_easy_setopt(
	    easy, CURLOPT_MAXFILESIZE_LARGE, (curl_off_t)h->conf.body_max);
	curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, on_body);
	curl_easy_setopt(easy, CURLOPT_WRITEDATA, lane);
	curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, on_header);
	curl_easy_setopt(easy, CURLOPT_HEADERDATA, lane);
	curl_easy_setopt(easy, CURLOPT_PREREQFUNCTION, on_send);
	curl_easy_setopt(easy, CURLOPT_PREREQDATA, lane);
	return 0;
}

static int
make_lanes(struct http *h, struct fault *f)
{
	unsigned i;

	h->multi = curl_multi_init();
	if (h->multi == NULL)
		return fault_set(f, FAULT_IO, "cannot start libcurl");
	curl_multi_setopt(h->multi, CURLMOPT_MAX_TOTAL_CONNECTIONS,
	    (long)h->conf.connections);
	h->lane = xcalloc(h->conf.connections, sizeof(*h->lane));
	for (i = h->conf.connections; i-- > 0;)
		if (make_lane(h, &h->lane[i], f) == -1)
			return -1;
	return 0;
}

struct http *
http_new(const struct http_conf *conf, struct fault *f)
{
	struct http *h;
	CURLU *url;
	size_t i, len;
	int bad;

	if (conf->secret != NULL &&
	    (conf->secret[0] == '\0' || !is_plain(conf->secret))) {
		fault_set(f, FAULT_USAGE,
		    "the token is empty or holds a blank or another byte that "
		    "no token has");
		return NULL;
	}
	if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) {
		fault_set(f, FAULT_IO, "cannot start libcurl");
		return NULL;
	}
	url = curl_url();
	bad = check_base(conf, url, f);
	curl_url_cleanup(url);
	if (bad == -1) {
		curl_global_cleanup();
		return NULL;
	}
	h = xcalloc(1, sizeof(*h));
	h->conf = *conf;
	set_defaults(&h->conf);
	h->base = xstrdup(conf->base_url);
	for (len = strlen(h->base); len > 0 && h->base[len - 1] == '/'; len--)
		h->base[len - 1] = '\0';
	h->conf.base_url = h->base;
	h->conf.secret = NULL;
	TAILQ_INIT(&h->waiting);
	TAILQ_INIT(&h->answered);
	h->held_since = INT64_MAX;
	for (i = 0; i < HTTP_WINDOWS; i++)
		pace_init(&h->pace[i], &conf->window[i]);
	if (getrandom(&h->seed, sizeof(h->seed), 0) != sizeof(h->seed))
		h->seed = (uint64_t)clock_us();
	make_headers(h, conf->secret);
	if (make_lanes(h, f) == -1) {
		http_free(h);
		return NULL;
	}
	return h;
}

static void
call_free(struct call *call)
{
	free(call->method);
	free(call->path);
	free((char *)call->body.p);
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

static void
free_lanes(struct http *h)
{
	struct lane *lane;

	if (h->lane == NULL)
		return;
	for (lane = h->lane; lane < h->lane + h->conf.connections; lane++) {
		if (lane->easy == NULL)
			continue;
		curl_multi_remove_handle(h->multi, lane->easy);
		curl_easy_cleanup(lane->easy);
		if (lane->z_made)
			inflateEnd(&lane->z);
		buf_free(&lane->body);
	}
	free(h->lane);
}

void
http_free(struct http *h)
{
	struct lane *lane;
	size_t i;

	if (h == NULL)
		return;
	/* what runs is in no queue */
	for (i = 0; h->lane != NULL && i < h->conf.connections; i++) {
		lane = &h->lane[i];
		if (lane->call != NULL)
			call_free(lane->call);
	}
	free_calls(&h->waiting);
	free_lanes(h);
	if (h->multi != NULL)
		curl_multi_cleanup(h->multi);
	if (h->secret != NULL)
		explicit_bzero((char *)h->secret, strlen(h->secret));
	curl_slist_free_all(h->header);
	for (i = 0; i < HTTP_WINDOWS; i++)
		pace_free(&h->pace[i]);
	free(h->base);
	free(h);
	curl_global_cleanup();
}

/* By rank, then in the order they came, also when they come again. */
static void
enqueue(struct call_queue *q, struct call *call)
{
	struct call *at;

	TAILQ_FOREACH_REVERSE(at, q, call_queue, next)
	if (at->rank < call->rank ||
	    (at->rank == call->rank && at->nr < call->nr))
		break;
	if (at == NULL)
		TAILQ_INSERT_HEAD(q, call, next);
	else
		TAILQ_INSERT_AFTER(q, at, call, next);
}

static void
count_first(struct http *h, const struct call *call, int change)
{
	size_t i;

	if (!call->first)
		return;
	h->first_nr += (unsigned)change;
	for (i = 0; i < HTTP_WINDOWS; i++)
		if ((call->windows & 1u << i) != 0)
			pace_first(&h->pace[i], change);
}

int
http_send(struct http *h, const struct http_request *r, struct fault *f)
{
	struct call *call;

	if (r->path[0] != '/' || !is_plain(r->path) ||
	    strchr(r->path, '#') != NULL)
		return fault_set(
		    f, FAULT_USAGE, "'%s' is no path with its query", r->path);
	if (r->method[0] == '\0' ||
	    r->method[strspn(r->method, "ABCDEFGHIJKLMNOPQRSTUVWXYZ")] != '\0')
		return fault_set(
		    f, FAULT_USAGE, "'%s' is no method", r->method);
	call = xcalloc(1, sizeof(*call));
	call->method = xstrdup(r->method);
	call->path = xstrdup(r->path);
	if (r->body.p != NULL)
		call->body = (struct text){ xstrndup(r->body.p, r->body.len),
			r->body.len };
	call->user = r->user;
	call->repeatable = r->repeatable;
	call->windows = r->windows & ALL_WINDOWS;
	call->rank = r->rank;
	call->first = r->rank <= 0;
	call->nr = ++h->last_nr;
	call->not_before = INT64_MIN;
	count_first(h, call, 1);
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

static void
lane_clear(struct lane *lane)
{
	buf_clear(&lane->body);
	/* there is a NUL and slack behind an empty body, too */
	buf_room(&lane->body, 0);
	if (lane->z_made)
		inflateReset(&lane->z);
	else
		lane->z_made = inflateInit2(&lane->z, 16 + MAX_WBITS) == Z_OK;
	lane->gzip = lane->whole = lane->unknown = false;
	lane->claimed = lane->sent = lane->counted = false;
	lane->wire = 0;
	lane->broken = NULL;
	lane->error[0] = '\0';
	memset(lane->send_id, 0, sizeof(lane->send_id));
}

static void
set_method(struct http *h, struct lane *lane, const struct call *call)
{
	CURL *easy = lane->easy;

	curl_easy_setopt(easy, CURLOPT_HTTPHEADER,
	    call->body.p == NULL ? h->header : &h->json);
	curl_easy_setopt(easy, CURLOPT_CUSTOMREQUEST, NULL);
	curl_easy_setopt(easy, CURLOPT_NOBODY, 0L);
	curl_easy_setopt(easy, CURLOPT_HTTPGET, 1L);
	if (call->body.p != NULL || strcmp(call->method, "POST") == 0) {
		curl_easy_setopt(easy, CURLOPT_POST, 1L);
		curl_easy_setopt(easy, CURLOPT_POSTFIELDS,
		    call->body.p == NULL ? "" : call->body.p);
		curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE,
		    (curl_off_t)call->body.len);
	} else if (strcmp(call->method, "HEAD") == 0) {
		curl_easy_setopt(easy, CURLOPT_NOBODY, 1L);
	}
	if (strcmp(call->method, "GET") != 0 &&
	    strcmp(call->method, "POST") != 0 &&
	    strcmp(call->method, "HEAD") != 0)
		curl_easy_setopt(easy, CURLOPT_CUSTOMREQUEST, call->method);
	/* libcurl sends again by itself when a kept connection was dead, which
	 * cannot be told from one that died of the request */
	curl_easy_setopt(easy, CURLOPT_FRESH_CONNECT, !call->repeatable + 0L);
}

static int
start(struct http *h, struct call *call, struct fault *f)
{
	struct lane *lane = h->lane_free;
	char *url;
	size_t i, base_len = strlen(h->base);
	CURLMcode code;

	TAILQ_REMOVE(&h->waiting, call, next);
	h->lane_free = lane->next;
	h->lane_used++;
	lane_clear(lane);
	lane->call = call;
	call->lane = lane;
	url = xcalloc(base_len + strlen(call->path) + 1, 1);
	memcpy(url, h->base, base_len);
	memcpy(url + base_len, call->path, strlen(call->path));
	curl_easy_setopt(lane->easy, CURLOPT_URL, url);
	free(url);
	set_method(h, lane, call);
	lane->claimed = true;
	for (i = 0; i < HTTP_WINDOWS; i++)
		if ((call->windows & 1u << i) != 0)
			pace_claim(&h->pace[i], call->first);
	if (call->tries++ > 0)
		h->counts.retries++;
	h->changed = true;
	code = curl_multi_add_handle(h->multi, lane->easy);
	if (code != CURLM_OK)
		return fault_set(
		    f, FAULT_IO, "cannot send: %s", curl_multi_strerror(code));
	return 0;
}

/* now when call may go, else when to look again; PACE_NEVER for a lane that
 * must come free first. */
static int64_t
opens_at(const struct http *h, const struct call *call, int64_t now)
{
	unsigned lanes = h->conf.connections;
	int64_t at = now, opens;
	size_t i;

	if (call->not_before > now)
		return call->not_before;
	/* one is kept for the chain that all will have to wait for */
	if (!call->first && h->first_nr > 0 && lanes > 1)
		lanes--;
	if (h->lane_used >= lanes)
		return PACE_NEVER;
	for (i = 0; i < HTTP_WINDOWS; i++) {
		if ((call->windows & 1u << i) == 0)
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
	size_t i;

	*due = PACE_NEVER;
	for (i = 0; i < HTTP_WINDOWS; i++)
		pace_prune(&h->pace[i], now);
	for (call = TAILQ_FIRST(&h->waiting); call != NULL; call = next) {
		next = TAILQ_NEXT(call, next);
		if (h->lane_free == NULL)
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

static int
timeout_fault(const struct lane *lane, struct fault *f)
{
	const struct http_conf *c = &lane->http->conf;

	if (!lane->sent)
		return fault_set(f, FAULT_AGAIN,
		    "no connection within %u s; check the network",
		    c->connect_s < c->total_s ? c->connect_s : c->total_s);
	if (strstr(lane->error, "too slow") != NULL)
		return fault_set(
		    f, FAULT_AGAIN, "nothing came for %u s", c->stall_s);
	return fault_set(
	    f, FAULT_AGAIN, "no whole answer within %u s", c->total_s);
}

/* What libcurl says of TLS, with the errno when it was the network's doing. */
static int
tls_fault(const struct lane *lane, CURLcode code, struct fault *f)
{
	const char *what =
	    lane->error[0] == '\0' ? curl_easy_strerror(code) : lane->error;

	if (code == CURLE_SSL_CONNECT_ERROR &&
	    (strstr(what, "SYSCALL") != NULL ||
		strstr(what, "unexpected eof") != NULL ||
		strstr(what, "reset by peer") != NULL))
		return fault_set(f, FAULT_AGAIN,
		    "the connection broke off before it was secure");
	if (code == CURLE_PEER_FAILED_VERIFICATION)
		return fault_set(f, FAULT_DENIED,
		    "the server's certificate is not to be trusted (%s); check "
		    "the base URL, the clock and the package ca-certificates",
		    what);
	return fault_set(f, FAULT_DENIED,
	    "no secure connection (%s); check the base URL and what stands "
	    "between here and the server",
	    what);
}

static int
refused_fault(const struct lane *lane, struct fault *f)
{
	size_t max = lane->http->conf.body_max;

	if (lane->broken != NULL && strcmp(lane->broken, "too large") != 0)
		return fault_set(
		    f, FAULT_AGAIN, "the answer is %s", lane->broken);
	return fault_set(
	    f, FAULT_DATA, "the answer is larger than %zu bytes", max);
}

/* Why there is no answer. */
static int
transport_fault(const struct lane *lane, CURLcode code, struct fault *f)
{
	long error = 0;

	curl_easy_getinfo(lane->easy, CURLINFO_OS_ERRNO, &error);
	switch (code) {
	case CURLE_COULDNT_RESOLVE_HOST:
		return fault_set(f, FAULT_AGAIN,
		    "the host does not resolve; check the network and the "
		    "base URL");
	case CURLE_COULDNT_RESOLVE_PROXY:
		return fault_set(f, FAULT_AGAIN,
		    "the proxy does not resolve; check https_proxy and "
		    "http_proxy");
	case CURLE_COULDNT_CONNECT:
		return fault_set(f, FAULT_AGAIN,
		    "cannot connect (%s); check the network and the base URL",
		    error == 0 ? "no reason given" : strerror((int)error));
	case CURLE_OPERATION_TIMEDOUT:
		return timeout_fault(lane, f);
	case CURLE_WRITE_ERROR:
	case CURLE_FILESIZE_EXCEEDED:
		return refused_fault(lane, f);
	case CURLE_GOT_NOTHING:
		return fault_set(f, FAULT_AGAIN,
		    "the server closed the connection without an answer");
	case CURLE_PARTIAL_FILE:
		return fault_set(f, FAULT_AGAIN, "the answer broke off");
	case CURLE_SEND_ERROR:
	case CURLE_RECV_ERROR:
		return fault_set(f, FAULT_AGAIN,
		    "the connection broke off (%s)",
		    error == 0 ? curl_easy_strerror(code)
			       : strerror((int)error));
	case CURLE_UNSUPPORTED_PROTOCOL:
	case CURLE_WEIRD_SERVER_REPLY:
		return fault_set(f, FAULT_AGAIN, "the answer is not HTTP");
	case CURLE_SSL_CONNECT_ERROR:
	case CURLE_PEER_FAILED_VERIFICATION:
	case CURLE_SSL_CERTPROBLEM:
	case CURLE_SSL_CIPHER:
	case CURLE_SSL_CACERT_BADFILE:
	case CURLE_SSL_ISSUER_ERROR:
	case CURLE_SSL_INVALIDCERTSTATUS:
		return tls_fault(lane, code, f);
	default:
		return fault_set(f, FAULT_AGAIN, "%s",
		    lane->error[0] == '\0' ? curl_easy_strerror(code)
					   : lane->error);
	}
}

/* Put *** for what of the secret stands in text, cut off or whole. */
static void
hide_secret(const struct http *h, char *text)
{
	size_t len, min;
	char *p;

	if (h->secret == NULL || h->secret[0] == '\0')
		return;
	min = strlen(h->secret);
	if (min > SECRET_SHOWN + 1)
		min = SECRET_SHOWN + 1;
	for (p = text; *p != '\0'; p++) {
		for (len = 0; p[len] != '\0' && p[len] == h->secret[len]; len++)
			;
		if (len < min)
			continue;
		/* a secret of one or two bytes grows to no more than it was */
		memset(p, '*', len < 3 ? len : 3);
		if (len > 3)
			memmove(p + 3, p + len, strlen(p + len) + 1);
		p += len < 3 ? len - 1 : 2;
	}
}

/* METHOD URL: what went wrong (N tries); the query is nobody's business. */
static void
set_why(const struct http *h, struct call *call, const struct fault *why)
{
	char tries[32] = "", cause[640];

	if (call->tries > 1)
		snprintf(tries, sizeof(tries), " (%u tries)", call->tries);
	snprintf(cause, sizeof(cause), "%s", why->text);
	if (cause[0] == '\0')
		snprintf(cause, sizeof(cause), "status %ld", call->status);
	fault_set(&call->why,
	    why->kind == FAULT_NONE ? FAULT_DENIED : why->kind,
	    "%s %s%.*s: %s%s", call->method, h->base,
	    (int)strnlen(call->path, strcspn(call->path, "?") < 200
					 ? strcspn(call->path, "?")
					 : 200),
	    call->path, cause, tries);
	hide_secret(h, call->why.text);
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
		.method = call->method,
		.path = call->path,
		.status = call->status,
		.repeatable = call->repeatable,
		.tries = call->tries,
		.body = buf_view(&call->lane->body),
		.why = call->why,
		.head = call->lane };
}

static void
free_lane(struct http *h, struct call *call)
{
	call->lane->call = NULL;
	call->lane->next = h->lane_free;
	h->lane_free = call->lane;
	h->lane_used--;
	call->lane = NULL;
}

static void
try_again(struct http *h, struct call *call, const struct http_ruling *r)
{
	int64_t until, now = clock_us();
	size_t i;

	until = now + (r->wait_ms < 0 ? backoff_us(h, call->tries)
				      : (int64_t)r->wait_ms * 1000);
	if (r->hold)
		for (i = 0; i < HTTP_WINDOWS; i++)
			if ((call->windows & 1u << i) != 0)
				pace_hold(&h->pace[i], until);
	call->not_before = until;
	free_lane(h, call);
	enqueue(&h->waiting, call);
}

/* The outcome of a transfer, as status, body and fault of its call. */
static void
take_outcome(struct http *h, struct call *call, CURLcode code)
{
	struct lane *lane = call->lane;
	long status = 0;

	call->why = (struct fault){ 0 };
	curl_easy_getinfo(lane->easy, CURLINFO_RESPONSE_CODE, &status);
	h->counts.body += lane->body.len;
	if (status == 429)
		h->counts.limited++;
	call->status = status;
	/* of what is no success the status says enough, whole or not */
	if (status >= 300)
		return;
	if (code == CURLE_OK && lane->gzip && !lane->whole &&
	    (lane->wire > 0 || status == 200) &&
	    strcmp(call->method, "HEAD") != 0) {
		fault_set(&call->why, FAULT_AGAIN,
		    "the answer, which is compressed, broke off");
		call->status = 0;
	} else if (code != CURLE_OK || status < 200) {
		transport_fault(lane,
		    code == CURLE_OK ? CURLE_WEIRD_SERVER_REPLY : code,
		    &call->why);
		call->status = 0;
	}
	if (call->status == 0)
		buf_clear(&lane->body);
}

static void
finish(struct http *h, struct lane *lane, CURLcode code)
{
	struct call *call = lane->call;
	struct http_ruling ruling = { .wait_ms = -1 };
	struct http_answer a;
	size_t i;

	curl_multi_remove_handle(h->multi, lane->easy);
	h->changed = true;
	if (lane->claimed)
		for (i = 0; i < HTTP_WINDOWS; i++)
			if ((call->windows & 1u << i) != 0)
				pace_unclaim(&h->pace[i], call->first);
	take_outcome(h, call, code);
	fill_answer(call, &a);
	/* what never left this machine can be sent again without harm */
	if (!lane->sent)
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

static void
finish_done(struct http *h)
{
	const CURLMsg *msg;
	struct lane *lane;
	CURLcode code;
	int left;

	while ((msg = curl_multi_info_read(h->multi, &left)) != NULL) {
		if (msg->msg != CURLMSG_DONE)
			continue;
		code = msg->data.result;
		curl_easy_getinfo(
		    msg->easy_handle, CURLINFO_PRIVATE, (char **)&lane);
		finish(h, lane, code);
	}
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
	free_lane(h, call);
	call_free(call);
}

/* Sleep until the network, fd or the clock has something; 1 for fd. */
static int
sleep_until(struct http *h, int64_t until, int fd, struct fault *f)
{
	struct curl_waitfd extra = { .fd = fd, .events = CURL_WAIT_POLLIN };
	int64_t ms = INT32_MAX, now = clock_us();
	CURLMcode code;

	if (until != PACE_NEVER)
		ms = until <= now ? 0 : (until - now + 999) / 1000;
	code = curl_multi_poll(h->multi, &extra, fd == -1 ? 0 : 1,
	    ms > INT32_MAX ? INT32_MAX : (int)ms, NULL);
	if (code != CURLM_OK)
		return fault_set(f, FAULT_IO, "cannot wait for the network: %s",
		    curl_multi_strerror(code));
	return extra.revents != 0;
}

/* One round of work; *due is when there is more without any news. */
static int
work(struct http *h, int64_t *due, struct fault *f)
{
	CURLMcode code;
	int running;

	do {
		h->changed = false;
		if (start_waiting(h, due, f) == -1)
			return -1;
		code = curl_multi_perform(h->multi, &running);
		if (code != CURLM_OK)
			return fault_set(f, FAULT_IO,
			    "cannot work on the network: %s",
			    curl_multi_strerror(code));
		finish_done(h);
	} while (h->changed && TAILQ_EMPTY(&h->answered));
	return 0;
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
		news = sleep_until(h, due < end ? due : end, fd, f);
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
	const struct lane *lane = a->head;
	struct curl_header *header;

	if (lane == NULL || curl_easy_header(lane->easy, name, 0, CURLH_HEADER,
				-1, &header) != CURLHE_OK)
		return (struct text){ 0 };
	return text_of(header->value);
}

void
http_window_set(struct http *h, unsigned window, unsigned nr)
{
	pace_set(&h->pace[window], nr);
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
