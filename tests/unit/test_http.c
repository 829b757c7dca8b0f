/*
 * The HTTP client against a real server on loopback: threads that write the
 * very bytes a test wants, cut connections, stall, and note what they were sent
 * and when.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>
#include <zlib.h>

#include "base/buf.h"
#include "base/http.h"

#define TOKEN	   "pat-eu1-0123456789-abcdef"
#define STEPS	   4
#define HITS	   4000
#define CONNS	   512
#define MS	   INT64_C(1000)
#define STR(s)	   s, sizeof(s) - 1
#define JSON_HEAD  "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
#define NO_BODY	   "Content-Length: 0\r\n\r\n"
#define ASK_AGAIN  "HTTP/1.1 429 Too Many Requests\r\n"
#define BODY_LIMIT 200000

/*
 * How late the threads of the server may note a request on a machine with much
 * else to do: windows and waits are as much shorter where they are checked.
 */
#define LATE (40 * MS)

/* --- the server -------------------------------------------------------- */

/* What a step does when its bytes are out. */
enum end {
	KEEP,  /* waits for the next request */
	CLOSE, /* closes, as a server that is done */
	RESET, /* closes with RST, as one that died */
	STALL, /* keeps the connection and says nothing more */
};

struct step {
	const char *bytes; /* NULL: write does it */
	size_t len;
	enum end end;
	void (*write)(int fd);
};

/* A path and what its 1st, 2nd, ... request gets; the last step repeats. */
struct route {
	const char *path;
	struct step step[STEPS];
};

struct hit {
	const struct route *route; /* NULL: a path nobody expected */
	int64_t at_us;
	int conn;
	char method[8];
	char head[1024];
	char body[256];
};

struct server {
	const struct route *route;
	size_t route_nr;
	int fd;
	char url[64];
	pthread_t acceptor;
	pthread_mutex_t lock;
	struct {
		pthread_t thread;
		int fd;
	} conn[CONNS];
	int conn_nr;
	bool stop;
	struct hit hit[HITS];
	size_t hit_nr;
};

static int64_t
clock_us(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

static void
sleep_ms(long ms)
{
	struct timespec t = { ms / 1000, ms % 1000 * 1000000 };

	nanosleep(&t, NULL);
}

static void
put(int fd, const void *p, size_t len)
{
	const char *at = p;
	ssize_t nr;

	for (; len > 0; at += nr, len -= (size_t)nr) {
		nr = send(fd, at, len, MSG_NOSIGNAL);
		if (nr <= 0)
			return;
	}
}

static void
put_str(int fd, const char *s)
{
	put(fd, s, strlen(s));
}

/* text in gzip's form; returns how long it is. */
static size_t
pack(const char *text, size_t len, unsigned char *out, size_t size)
{
	z_stream z = { 0 };

	if (deflateInit2(&z, 9, Z_DEFLATED, 16 + MAX_WBITS, 8,
		Z_DEFAULT_STRATEGY) != Z_OK)
		abort();
	z.next_in = (unsigned char *)text;
	z.avail_in = (unsigned)len;
	z.next_out = out;
	z.avail_out = (unsigned)size;
	if (deflate(&z, Z_FINISH) != Z_STREAM_END)
		abort();
	size = z.total_out;
	deflateEnd(&z);
	return size;
}

#define PACKED "{\"packed\":true,\"and\":\"long enough to be cut in two\"}"

/* A 200 with len of the nr bytes at p, which Content-Length says are all. */
static void
put_gzip(int fd, const unsigned char *p, size_t len)
{
	char head[200];

	snprintf(head, sizeof(head),
	    JSON_HEAD "Content-Encoding: gzip\r\nContent-Length: %zu\r\n\r\n",
	    len);
	put_str(fd, head);
	put(fd, p, len);
}

static void
write_gzip(int fd)
{
	unsigned char out[300];

	put_gzip(fd, out, pack(PACKED, strlen(PACKED), out, sizeof(out)));
}

/* Two members, as RFC 1952 allows. */
static void
write_gzip_twice(int fd)
{
	unsigned char out[300];
	size_t len, half = strlen(PACKED) / 2;

	len = pack(PACKED, half, out, sizeof(out));
	len += pack(
	    PACKED + half, strlen(PACKED) - half, out + len, sizeof(out) - len);
	put_gzip(fd, out, len);
}

static void
write_gzip_cut(int fd)
{
	unsigned char out[300];
	size_t len = pack(PACKED, strlen(PACKED), out, sizeof(out));

	put_gzip(fd, out, len - 20);
}

/* All of the data is there, and the checksum behind it is not. */
static void
write_gzip_no_trailer(int fd)
{
	unsigned char out[300];
	size_t len = pack(PACKED, strlen(PACKED), out, sizeof(out));

	put_gzip(fd, out, len - 8);
}

static void
write_gzip_broken(int fd)
{
	unsigned char out[300];
	size_t len = pack(PACKED, strlen(PACKED), out, sizeof(out));

	out[len / 2] ^= 0x55;
	put_gzip(fd, out, len);
}

static void
write_gzip_bomb(int fd)
{
	static unsigned char out[100000];
	static char zeros[50 << 20];
	static size_t len;

	if (len == 0)
		len = pack(zeros, sizeof(zeros), out, sizeof(out));
	put_gzip(fd, out, len);
}

static void
write_gzip_chunked(int fd)
{
	unsigned char out[300];
	size_t i, len = pack(PACKED, strlen(PACKED), out, sizeof(out));

	put_str(fd, JSON_HEAD "Content-Encoding: gzip\r\n"
			      "Transfer-Encoding: chunked\r\n\r\n");
	for (i = 0; i < len; i++) {
		put_str(fd, "1\r\n");
		put(fd, out + i, 1);
		put_str(fd, "\r\n");
	}
	put_str(fd, "0\r\n\r\n");
}

/* More than anyone wants, of a length that is told at the end only. */
static void
write_endless(int fd)
{
	static char block[65536];
	int i;

	memset(block, 'x', sizeof(block));
	put_str(fd, JSON_HEAD "Connection: close\r\n\r\n");
	for (i = 0; i < 200; i++)
		put(fd, block, sizeof(block));
}

/* A byte now and then, for ever. */
static void
write_drip(int fd)
{
	int i;

	put_str(fd, JSON_HEAD "Content-Length: 100\r\n\r\n");
	for (i = 0; i < 20; i++) {
		put_str(fd, " ");
		sleep_ms(200);
	}
}

static void
write_slowly(int fd)
{
	sleep_ms(100);
	put_str(fd, JSON_HEAD "Content-Length: 2\r\n\r\n{}");
}

static void
write_date(int fd)
{
	char head[200];
	time_t now = time(NULL) + 86400, then = now + 2;
	struct tm tm;

	/* the clock of the server is a day ahead: what counts is between */
	put_str(fd, "HTTP/1.1 503 Service Unavailable\r\n");
	strftime(head, sizeof(head), "Date: %a, %d %b %Y %H:%M:%S GMT\r\n",
	    gmtime_r(&now, &tm));
	put_str(fd, head);
	strftime(head, sizeof(head),
	    "Retry-After: %a, %d %b %Y %H:%M:%S GMT\r\n", gmtime_r(&then, &tm));
	put_str(fd, head);
	put_str(fd, NO_BODY);
}

/* The last header of a request may come in its own time. */
static bool
read_request(int fd, struct hit *hit)
{
	char *end, *at;
	size_t len = 0, body_len = 0, left;
	ssize_t nr;

	memset(hit, 0, sizeof(*hit));
	do {
		nr = recv(fd, hit->head + len, sizeof(hit->head) - 1 - len, 0);
		if (nr <= 0)
			return false;
		hit->at_us = clock_us();
		/* as servers do to whom somebody speaks TLS */
		if (hit->head[0] == 0x16) {
			put_str(fd, "HTTP/1.1 400 Bad Request\r\n" NO_BODY);
			return false;
		}
		len += (size_t)nr;
		end = strstr(hit->head, "\r\n\r\n");
	} while (end == NULL);
	left = len - (size_t)(end + 4 - hit->head);
	at = strstr(hit->head, "Content-Length: ");
	if (at != NULL)
		body_len = strtoul(at + 16, NULL, 10);
	memcpy(hit->body, end + 4, left);
	for (; left < body_len; left += (size_t)nr) {
		nr =
		    recv(fd, hit->body + left, sizeof(hit->body) - 1 - left, 0);
		if (nr <= 0)
			return false;
	}
	end[2] = '\0';
	sscanf(hit->head, "%7s", hit->method);
	return true;
}

static const struct route *
find_route(const struct server *s, const char *head)
{
	const char *path = strchr(head, ' ');
	size_t i, len;

	if (path == NULL)
		return NULL;
	for (i = 0; i < s->route_nr; i++) {
		len = strlen(s->route[i].path);
		if (strncmp(path + 1, s->route[i].path, len) == 0 &&
		    (path[1 + len] == ' ' || path[1 + len] == '?'))
			return &s->route[i];
	}
	return NULL;
}

/* Notes the hit and returns what it gets. */
static const struct step *
note(struct server *s, struct hit *hit)
{
	const struct step *step = NULL;
	size_t i, before = 0;

	pthread_mutex_lock(&s->lock);
	hit->route = find_route(s, hit->head);
	for (i = 0; i < s->hit_nr; i++)
		before += s->hit[i].route == hit->route;
	if (s->hit_nr < HITS)
		s->hit[s->hit_nr++] = *hit;
	pthread_mutex_unlock(&s->lock);
	if (hit->route == NULL)
		return NULL;
	for (i = 0; i <= before && i < STEPS; i++)
		if (hit->route->step[i].bytes != NULL ||
		    hit->route->step[i].write != NULL)
			step = &hit->route->step[i];
	return step;
}

static void
serve(struct server *s, int conn)
{
	const struct linger now = { .l_onoff = 1, .l_linger = 0 };
	const struct step *step;
	struct hit hit;
	int fd = s->conn[conn].fd;
	char waste[64];

	while (read_request(fd, &hit)) {
		hit.conn = conn;
		step = note(s, &hit);
		if (step == NULL)
			return;
		if (step->bytes != NULL)
			put(fd, step->bytes, step->len);
		else
			step->write(fd);
		if (step->end == RESET) {
			setsockopt(
			    fd, SOL_SOCKET, SO_LINGER, &now, sizeof(now));
			return;
		}
		if (step->end == CLOSE)
			return;
		if (step->end == STALL)
			while (recv(fd, waste, sizeof(waste), 0) > 0)
				;
	}
}

struct who {
	struct server *s;
	int conn;
};

static void *
run_conn(void *arg)
{
	struct who who = *(struct who *)arg;

	free(arg);
	serve(who.s, who.conn);
	pthread_mutex_lock(&who.s->lock);
	close(who.s->conn[who.conn].fd);
	who.s->conn[who.conn].fd = -1;
	pthread_mutex_unlock(&who.s->lock);
	return NULL;
}

static void *
run_acceptor(void *arg)
{
	struct server *s = arg;
	struct who *who;
	int fd;

	while ((fd = accept(s->fd, NULL, NULL)) != -1) {
		pthread_mutex_lock(&s->lock);
		if (s->stop || s->conn_nr == CONNS) {
			close(fd);
		} else {
			who = malloc(sizeof(*who));
			*who = (struct who){ s, s->conn_nr };
			s->conn[s->conn_nr].fd = fd;
			pthread_create(
			    &s->conn[s->conn_nr].thread, NULL, run_conn, who);
			s->conn_nr++;
		}
		pthread_mutex_unlock(&s->lock);
	}
	return NULL;
}

static struct server *
server_start(const struct route *route, size_t nr)
{
	struct sockaddr_in a = { .sin_family = AF_INET };
	socklen_t len = sizeof(a);
	struct server *s = calloc(1, sizeof(*s));

	assert_non_null(s);
	s->route = route;
	s->route_nr = nr;
	pthread_mutex_init(&s->lock, NULL);
	a.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	s->fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	assert_int_not_equal(s->fd, -1);
	assert_int_equal(bind(s->fd, (struct sockaddr *)&a, sizeof(a)), 0);
	assert_int_equal(listen(s->fd, 128), 0);
	assert_int_equal(getsockname(s->fd, (struct sockaddr *)&a, &len), 0);
	snprintf(
	    s->url, sizeof(s->url), "http://127.0.0.1:%d", ntohs(a.sin_port));
	pthread_create(&s->acceptor, NULL, run_acceptor, s);
	return s;
}

static void
server_stop(struct server *s)
{
	int i;

	pthread_mutex_lock(&s->lock);
	s->stop = true;
	for (i = 0; i < s->conn_nr; i++)
		if (s->conn[i].fd != -1)
			shutdown(s->conn[i].fd, SHUT_RDWR);
	pthread_mutex_unlock(&s->lock);
	shutdown(s->fd, SHUT_RDWR);
	pthread_join(s->acceptor, NULL);
	for (i = 0; i < s->conn_nr; i++)
		pthread_join(s->conn[i].thread, NULL);
	close(s->fd);
	pthread_mutex_destroy(&s->lock);
	free(s);
}

/* The nth request for a path, NULL when there were not so many. */
static const struct hit *
hit_of(const struct server *s, const char *path, unsigned nth)
{
	size_t i;

	for (i = 0; i < s->hit_nr; i++)
		if (s->hit[i].route != NULL &&
		    strcmp(s->hit[i].route->path, path) == 0 && nth-- == 0)
			return &s->hit[i];
	return NULL;
}

static unsigned
hits_of(const struct server *s, const char *path)
{
	unsigned nr = 0;

	while (hit_of(s, path, nr) != NULL)
		nr++;
	return nr;
}

#define SERVER(route) server_start(route, sizeof(route) / sizeof((route)[0]))

/* --- the client -------------------------------------------------------- */

static struct http *
client(const struct server *s, struct http_conf conf)
{
	struct fault f = { 0 };
	struct http *h;

	conf.base_url = s->url;
	conf.base_given = true;
	conf.secret = TOKEN;
	h = http_new(&conf, &f);
	if (h == NULL)
		fail_msg("%s", f.text);
	return h;
}

static void
send_to(struct http *h, struct http_request r)
{
	struct fault f = { 0 };

	if (r.method == NULL)
		r.method = "GET";
	if (http_send(h, &r, &f) != 0)
		fail_msg("%s", f.text);
}

static void
get(struct http *h, const char *path)
{
	send_to(h, (struct http_request){ .path = path, .repeatable = true });
}

/* The next answer, which there must be. */
static struct http_answer
next(struct http *h)
{
	struct fault f = { 0 };
	struct http_answer a;
	int got = http_poll(h, &a, -1, -1, &f);

	if (got != 1)
		fail_msg("no answer: %s", f.text);
	return a;
}

static void
no_more(struct http *h)
{
	struct fault f = { 0 };
	struct http_answer a;

	assert_int_equal(http_active(h), 0);
	assert_int_equal(http_poll(h, &a, -1, -1, &f), 0);
}

static void
says(const struct http_answer *a, const char *what)
{
	if (strstr(a->why.text, what) == NULL)
		fail_msg(
		    "%s: '%s' does not say '%s'", a->path, a->why.text, what);
}

static void
taken_as(const struct http_answer *a, const char *body)
{
	if (a->why.kind != FAULT_NONE)
		fail_msg("%s: %s", a->path, a->why.text);
	assert_int_equal(a->status, 200);
	assert_string_equal(a->body.p, body);
	assert_int_equal(a->body.len, strlen(body));
}

/* --- what is taken ----------------------------------------------------- */

static const struct route fine[] = {
	{ "/plain", { { STR(JSON_HEAD
			    "Content-Length: 7\r\nX-Max: 19\r\n\r\n{\"a\":1}"),
			KEEP, NULL } } },
	{ "/chunked", { { STR(JSON_HEAD "Transfer-Encoding: chunked\r\n\r\n"
					"3\r\n{\"a\r\n4\r\n\":1}\r\n0\r\n\r\n"),
			  KEEP, NULL } } },
	{ "/close", { { STR(JSON_HEAD "\r\n{\"a\":1}"), CLOSE, NULL } } },
	{ "/continue",
	    { { STR("HTTP/1.1 103 Early Hints\r\nX-Max: 1\r\n\r\n" JSON_HEAD
		    "Content-Length: 7\r\n\r\n{\"a\":1}"),
		KEEP, NULL } } },
	{ "/gzip", { { .write = write_gzip } } },
	{ "/twice", { { .write = write_gzip_twice } } },
	{ "/gzip-chunked", { { .write = write_gzip_chunked } } },
	{ "/identity", { { STR(JSON_HEAD "Content-Encoding: identity\r\n"
					 "Content-Length: 2\r\n\r\n{}"),
			   KEEP, NULL } } },
	{ "/nothing",
	    { { STR("HTTP/1.1 204 No Content\r\n\r\n"), KEEP, NULL } } },
	{ "/207", { { STR("HTTP/1.1 207 Multi-Status\r\nContent-Length: "
			  "2\r\n\r\n[]"),
		      KEEP, NULL } } },
	{ "/other",
	    { { STR(JSON_HEAD "Content-Length: 2\r\n\r\n{}"), KEEP, NULL } } },
};

static void
bodies_come_whole_however_they_are_sent(void **state)
{
	static const struct {
		const char *path, *body;
	} want[] = { { "/plain", "{\"a\":1}" }, { "/chunked", "{\"a\":1}" },
		{ "/close", "{\"a\":1}" }, { "/continue", "{\"a\":1}" },
		{ "/gzip", PACKED }, { "/twice", PACKED },
		{ "/gzip-chunked", PACKED }, { "/identity", "{}" } };
	struct server *s = SERVER(fine);
	struct http *h = client(s, (struct http_conf){ .connections = 1 });
	struct http_answer a;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(want) / sizeof(want[0]); i++)
		get(h, want[i].path);
	for (i = 0; i < sizeof(want) / sizeof(want[0]); i++) {
		a = next(h);
		assert_string_equal(a.path, want[i].path);
		taken_as(&a, want[i].body);
	}
	get(h, "/nothing");
	get(h, "/207");
	a = next(h);
	assert_int_equal(a.status, 204);
	assert_int_equal(a.why.kind, FAULT_NONE);
	assert_int_equal(a.body.len, 0);
	assert_non_null(a.body.p);
	a = next(h);
	assert_int_equal(a.status, 207);
	assert_int_equal(a.why.kind, FAULT_NONE);
	no_more(h);
	assert_int_equal(http_counts(h)->requests, 10);
	assert_int_equal(http_counts(h)->retries, 0);
	assert_true(http_counts(h)->wire != http_counts(h)->body);
	http_free(h);
	server_stop(s);
}

static void
headers_are_found_in_any_case(void **state)
{
	struct server *s = SERVER(fine);
	struct http *h = client(s, (struct http_conf){ 0 });
	struct http_answer a, by_hand = { .status = 200 };

	(void)state;
	get(h, "/plain");
	a = next(h);
	assert_true(text_is(http_header(&a, "x-mAX"), "19"));
	assert_null(http_header(&a, "X-Min").p);
	assert_null(http_header(&by_hand, "X-Max").p);
	/* an early hint is no part of the answer */
	get(h, "/continue");
	a = next(h);
	assert_null(http_header(&a, "X-Max").p);
	http_free(h);
	server_stop(s);
}

static void
a_request_says_what_it_wants(void **state)
{
	static const char *const always[] = { "\r\nAuthorization: Bearer " TOKEN
					      "\r\n",
		"\r\nUser-Agent: kpipe/" KPIPE_VERSION "\r\n",
		"\r\nAccept: application/json\r\n",
		"\r\nAccept-Encoding: gzip\r\n" };
	static const char type[] =
	    "\r\nContent-Type: application/json; charset=utf-8\r\n";
	static const char *const method[] = { "GET", "POST", "PUT", "PATCH",
		"DELETE", "POST", "GET" };
	static const char *const body[] = { "", "{\"q\":\"\303\251\"}", "[1]",
		"{}", "", "", "" };
	struct server *s = SERVER(fine);
	struct http *h = client(s, (struct http_conf){ .connections = 1 });
	struct http_request r = { .path = "/other?q=a%20b",
		.repeatable = true };
	const struct hit *hit;
	struct http_answer a;
	size_t i, j;

	(void)state;
	for (i = 0; i < 7; i++) {
		r.method = method[i];
		r.body =
		    body[i][0] == '\0' ? (struct text){ 0 } : text_of(body[i]);
		send_to(h, r);
		a = next(h);
		taken_as(&a, "{}");
		hit = hit_of(s, "/other", (unsigned)i);
		assert_non_null(hit);
		assert_string_equal(hit->method, method[i]);
		assert_string_equal(hit->body, body[i]);
		assert_non_null(strstr(hit->head, " /other?q=a%20b HTTP/1.1"));
		for (j = 0; j < 4; j++)
			assert_non_null(strstr(hit->head, always[j]));
		assert_null(strstr(hit->head, "Expect:"));
		if (body[i][0] != '\0')
			assert_non_null(strstr(hit->head, type));
		else
			assert_null(strstr(hit->head, "application/json; "));
		assert_null(strstr(hit->head, "x-www-form-urlencoded"));
		/* one connection is kept for all */
		assert_int_equal(hit->conn, 0);
	}
	http_free(h);
	server_stop(s);
}

/* --- what is tried again ----------------------------------------------- */

#define GOOD                                                               \
	{                                                                  \
		STR(JSON_HEAD "Content-Length: 7\r\n\r\n{\"a\":1}"), KEEP, \
		    NULL                                                   \
	}
#define LONGER JSON_HEAD "Content-Length: 70\r\n\r\n{\"a\":1}"
#define STATUS(s)                                             \
	{                                                     \
		STR("HTTP/1.1 " s "\r\n" NO_BODY), KEEP, NULL \
	}

/* Each of these fails once, or for ever. */
static const struct {
	const char *name;
	struct step step;
	const char *why;
} passing[] = {
	{ "reset-before", { "", 0, RESET, NULL }, "broke off" },
	{ "reset-head", { STR("HTTP/1.1 200 OK\r\nCont"), RESET, NULL },
	    "broke off" },
	{ "reset-body", { STR(LONGER), RESET, NULL }, "broke off" },
	{ "close-before", { "", 0, CLOSE, NULL }, "without an answer" },
	{ "close-body", { STR(LONGER), CLOSE, NULL }, "broke off" },
	{ "close-chunk",
	    { STR(JSON_HEAD "Transfer-Encoding: chunked\r\n\r\n9\r\n{\"a\":"),
		CLOSE, NULL },
	    "broke off" },
	{ "bad-chunk",
	    { STR(JSON_HEAD "Transfer-Encoding: chunked\r\n\r\nxyz\r\n{}"),
		CLOSE, NULL },
	    "chunk" },
	{ "gzip-cut", { NULL, 0, KEEP, write_gzip_cut }, "broke off" },
	{ "gzip-no-trailer", { NULL, 0, KEEP, write_gzip_no_trailer },
	    "broke off" },
	{ "gzip-broken", { NULL, 0, KEEP, write_gzip_broken }, "not gzip" },
	{ "gzip-none",
	    { STR(JSON_HEAD "Content-Encoding: gzip\r\n" NO_BODY), KEEP, NULL },
	    "broke off" },
	{ "gzip-is-text",
	    { STR(JSON_HEAD "Content-Encoding: gzip\r\n"
			    "Content-Length: 2\r\n\r\n{}"),
		KEEP, NULL },
	    "not gzip" },
	{ "brotli",
	    { STR(JSON_HEAD "Content-Encoding: br\r\n"
			    "Content-Length: 2\r\n\r\n{}"),
		KEEP, NULL },
	    "not encoded as asked" },
	{ "no-http", { STR("ready\n"), CLOSE, NULL }, "not HTTP" },
	{ "500", STATUS("500 Oops"), "500 internal server error" },
	{ "502",
	    { STR("HTTP/1.1 502 Bad Gateway\r\nContent-Length: 66\r\n\r\n"
		  "<!doctype html>\n<html><head><title>no\n backend</title>"
		  "</head></html>"),
		KEEP, NULL },
	    "502 bad gateway: no backend" },
	{ "503", STATUS("503 Busy"), "503 service unavailable" },
	{ "504", STATUS("504 Late"), "504 gateway timeout" },
	{ "524", STATUS("524 Late"), "524 server took too long" },
	{ "503-cut",
	    { STR("HTTP/1.1 503 Busy\r\nContent-Length: 99\r\n\r\nsorry"),
		RESET, NULL },
	    "503 service unavailable: sorry" },
	{ "429", { STR(ASK_AGAIN NO_BODY), KEEP, NULL },
	    "429 too many requests" },
	{ "429-zero",
	    { STR(ASK_AGAIN "Retry-After: 0\r\n" NO_BODY), KEEP, NULL },
	    "429 too many requests" },
	{ "429-words",
	    { STR(ASK_AGAIN "Retry-After: soon\r\n" NO_BODY), KEEP, NULL },
	    "429 too many requests" },
};

#define PASSING (sizeof(passing) / sizeof(passing[0]))

static char passing_path[2 * PASSING][32];
static struct route passing_route[2 * PASSING];

/* /once/NAME is good the second time, /ever/NAME never. */
static void
make_passing_routes(void)
{
	static const struct step good = GOOD;
	struct route *r;
	size_t i;

	for (i = 0; i < 2 * PASSING; i++) {
		r = &passing_route[i];
		snprintf(passing_path[i], sizeof(passing_path[i]), "/%s/%s",
		    i % 2 == 0 ? "once" : "ever", passing[i / 2].name);
		r->path = passing_path[i];
		r->step[0] = passing[i / 2].step;
		if (i % 2 == 0)
			r->step[1] = good;
	}
}

/* libcurl itself tries another connection when a kept one dies like this. */
static bool
dies_silently(size_t i)
{
	return passing[i / 2].step.len == 0 &&
	       passing[i / 2].step.write == NULL;
}

static void
check_passing(const struct server *s, const struct http_answer *a)
{
	size_t i = (size_t)((char(*)[32])a->user - passing_path);
	const struct hit *hit[3];
	char where[100];

	hit[0] = hit_of(s, a->path, 0);
	hit[1] = hit_of(s, a->path, 1);
	/* backoff is half a second at least, then a whole one */
	assert_true(hit[1]->at_us - hit[0]->at_us >= 500 * MS - LATE);
	if (i % 2 == 0) {
		taken_as(a, "{\"a\":1}");
		assert_int_equal(a->tries, 2);
		assert_int_equal(hits_of(s, a->path), 2);
		return;
	}
	hit[2] = hit_of(s, a->path, 2);
	assert_true(hit[2]->at_us - hit[1]->at_us >= 1000 * MS - LATE);
	assert_int_equal(hits_of(s, a->path), 3);
	assert_int_equal(a->tries, 3);
	assert_int_equal(a->why.kind, FAULT_AGAIN);
	says(a, passing[i / 2].why);
	snprintf(where, sizeof(where), "GET %s/ever", s->url);
	assert_memory_equal(a->why.text, where, strlen(where));
	says(a, " (3 tries)");
}

static void
passing_faults_are_tried_again_and_then_told(void **state)
{
	struct server *s;
	struct http *h;
	struct http_answer a;
	size_t i;

	(void)state;
	make_passing_routes();
	s = server_start(passing_route, 2 * PASSING);
	h = client(s, (struct http_conf){ .tries = 3 });
	for (i = 0; i < 2 * PASSING; i++)
		if (!dies_silently(i))
			send_to(
			    h, (struct http_request){ .path = passing_path[i],
				   .repeatable = true,
				   .user = &passing_path[i] });
	while (http_active(h) > 0) {
		a = next(h);
		check_passing(s, &a);
	}
	no_more(h);
	assert_int_equal(http_counts(h)->requests, 5 * (PASSING - 2));
	assert_int_equal(http_counts(h)->retries, 3 * (PASSING - 2));
	assert_int_equal(http_counts(h)->limited, 3 + 3 * 3);
	http_free(h);
	server_stop(s);
}

static void
new_connections_that_die_are_tried_again_and_then_told(void **state)
{
	struct http *h[2 * PASSING] = { NULL };
	struct server *s;
	struct http_answer a;
	struct fault f;
	size_t i, left = 0;
	int got;

	(void)state;
	make_passing_routes();
	s = server_start(passing_route, 2 * PASSING);
	for (i = 0; i < 2 * PASSING; i++) {
		if (!dies_silently(i))
			continue;
		h[i] = client(s, (struct http_conf){ .tries = 3 });
		send_to(h[i], (struct http_request){ .path = passing_path[i],
				  .repeatable = true,
				  .user = &passing_path[i] });
		left++;
	}
	while (left > 0)
		for (i = 0; i < 2 * PASSING; i++) {
			if (h[i] == NULL)
				continue;
			got = http_poll(h[i], &a, -1, 10, &f);
			assert_int_not_equal(got, -1);
			if (got == 0)
				continue;
			check_passing(s, &a);
			http_free(h[i]);
			h[i] = NULL;
			left--;
		}
	server_stop(s);
}

static const struct route asked[] = {
	{ "/seconds",
	    { { STR(ASK_AGAIN "Retry-After: 2\r\n" NO_BODY), KEEP, NULL },
		GOOD } },
	{ "/date", { { .write = write_date }, GOOD } },
	{ "/locked", { STATUS("423 Locked"), GOOD } },
	{ "/slow", { STATUS("408 Request Timeout"), GOOD } },
	{ "/post/429", { { STR(ASK_AGAIN NO_BODY), KEEP, NULL }, GOOD } },
	{ "/post/503",
	    { { STR("HTTP/1.1 503 Busy\r\nRetry-After: 1\r\n" NO_BODY), KEEP,
		  NULL },
		GOOD } },
	{ "/long",
	    { { STR(ASK_AGAIN "Retry-After: 3600\r\n" NO_BODY), KEEP, NULL },
		GOOD } },
	{ "/never",
	    { { STR(ASK_AGAIN
		    "Retry-After: Thu, 01 Jan 2099 00:00:00 GMT\r\n" NO_BODY),
		  KEEP, NULL },
		GOOD } },
};

static void
a_wait_asked_for_is_kept(void **state)
{
	static const struct {
		const char *path, *method;
		int least_ms;
	} want[] = { { "/seconds", "GET", 2000 }, { "/date", "GET", 1900 },
		{ "/locked", "POST", 2000 }, { "/slow", "POST", 2000 },
		{ "/post/429", "POST", 500 }, { "/post/503", "POST", 1000 } };
	struct server *s = SERVER(asked);
	struct http *h = client(s, (struct http_conf){ 0 });
	struct http_answer a;
	size_t i, n = sizeof(want) / sizeof(want[0]);
	int64_t gap;

	(void)state;
	for (i = 0; i < n; i++)
		send_to(h, (struct http_request){ .path = want[i].path,
			       .method = want[i].method });
	for (i = 0; i < n; i++) {
		a = next(h);
		taken_as(&a, "{\"a\":1}");
		assert_int_equal(a.tries, 2);
	}
	for (i = 0; i < n; i++) {
		assert_int_equal(hits_of(s, want[i].path), 2);
		gap = hit_of(s, want[i].path, 1)->at_us -
		      hit_of(s, want[i].path, 0)->at_us;
		assert_true(gap >= want[i].least_ms * MS);
		assert_true(gap < (want[i].least_ms + 1500) * MS);
	}
	no_more(h);
	http_free(h);
	server_stop(s);
}

static void
too_long_a_wait_is_not_begun(void **state)
{
	struct server *s = SERVER(asked);
	struct http *h = client(s, (struct http_conf){ .max_wait_s = 60 });
	int64_t began = clock_us();
	struct http_answer a;

	(void)state;
	get(h, "/long");
	a = next(h);
	assert_int_equal(a.why.kind, FAULT_AGAIN);
	says(&a, "it asks to wait 3600 s, more than the 60 s allowed");
	get(h, "/never");
	a = next(h);
	assert_int_equal(a.why.kind, FAULT_AGAIN);
	says(&a, "it asks to wait ");
	assert_int_equal(a.tries, 1);
	assert_true(clock_us() - began < 30000 * MS);
	http_free(h);
	server_stop(s);
}

/* --- what is not ------------------------------------------------------- */

static const struct route refused[] = {
	{ "/401", { STATUS("401 Unauthorized") } },
	{ "/403", { { STR("HTTP/1.1 403 Forbidden\r\nContent-Length: 54\r\n\r\n"
			  "{\"message\":\"not for Bearer " TOKEN "\"}"),
		      KEEP, NULL } } },
	{ "/404", { STATUS("404 Not Found") } },
	{ "/400",
	    { { STR("HTTP/1.1 400 Bad Request\r\nContent-Length: 15\r\n\r\n"
		    "bad\x1b[31m\r\n\t\xc2\x9b q"),
		KEEP, NULL } } },
	{ "/400-gzip",
	    { { STR("HTTP/1.1 400 Bad Request\r\nContent-Encoding: gzip\r\n"
		    "Content-Length: 3\r\n\r\nbad"),
		KEEP, NULL } } },
	{ "/501", { STATUS("501 Not Implemented") } },
	{ "/post/500", { STATUS("500 Oops"), GOOD } },
	{ "/post/503", { STATUS("503 Busy"), GOOD } },
	{ "/post/reset", { { "", 0, RESET, NULL }, GOOD } },
	{ "/post/cut", { { STR(LONGER), CLOSE, NULL }, GOOD } },
	{ "/304", { STATUS("304 Not Modified") } },
};

static void
what_is_refused_is_not_asked_twice(void **state)
{
	static const struct {
		const char *path, *method, *why;
		enum fault_kind kind;
	} want[] = {
		{ "/401", "GET", "401 unauthorized", FAULT_DENIED },
		{ "/403", "GET", "{\"message\":\"not for Bearer ***\"}",
		    FAULT_DENIED },
		{ "/404", "GET", "404 not found", FAULT_DENIED },
		{ "/400", "GET", "400 bad request: bad [31m ?? q",
		    FAULT_DENIED },
		{ "/400-gzip", "GET", "400 bad request", FAULT_DENIED },
		{ "/501", "GET", "501 not implemented", FAULT_AGAIN },
		{ "/post/500", "POST", "; not sent again, as it may have",
		    FAULT_AGAIN },
		{ "/post/503", "POST", "; not sent again, as it may have",
		    FAULT_AGAIN },
		{ "/post/reset", "POST", "; not sent again, as it may have",
		    FAULT_AGAIN },
		{ "/post/cut", "POST", "; not sent again, as it may have",
		    FAULT_AGAIN },
		{ "/304", "GET", "304 not modified: redirects are not",
		    FAULT_DENIED },
	};
	struct server *s = SERVER(refused);
	struct http *h = client(s, (struct http_conf){ .connections = 1 });
	struct http_answer a;
	char path[64];
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(want) / sizeof(want[0]); i++) {
		snprintf(path, sizeof(path), "%s?email=ada", want[i].path);
		send_to(
		    h, (struct http_request){ .path = path,
			   .method = want[i].method,
			   .repeatable = strcmp(want[i].method, "GET") == 0 });
		a = next(h);
		assert_int_equal(a.why.kind, want[i].kind);
		says(&a, want[i].why);
		assert_int_equal(a.tries, 1);
		assert_null(strstr(a.why.text, "tries"));
		assert_null(strstr(a.why.text, "ada"));
		assert_null(strstr(a.why.text, TOKEN));
		assert_int_equal(hits_of(s, want[i].path), 1);
	}
	no_more(h);
	http_free(h);
	server_stop(s);
}

/* The token in a message that is cut off is not shown in part. */
static void
a_token_at_the_edge_of_a_message_is_hidden(void **state)
{
	static char answer[700];
	struct route r = { "/x", { { answer, 0, KEEP, NULL } } };
	struct server *s;
	struct http *h;
	struct http_answer a;
	int pad;

	(void)state;
	for (pad = 170; pad < 200; pad++) {
		snprintf(answer, sizeof(answer),
		    "HTTP/1.1 400 Bad\r\nContent-Length: %zu\r\n\r\n%*s" TOKEN
		    "-and-more",
		    (size_t)pad + strlen(TOKEN "-and-more"), pad, "x");
		memset(strstr(answer, "\r\n\r\n") + 4, 'x', (size_t)pad);
		r.step[0].len = strlen(answer);
		s = server_start(&r, 1);
		h = client(s, (struct http_conf){ 0 });
		get(h, "/x");
		a = next(h);
		says(&a, "400 bad request: xxx");
		assert_null(strstr(a.why.text, "pat-eu1-0123"));
		http_free(h);
		server_stop(s);
	}
}

static void
a_redirect_is_not_followed(void **state)
{
	static const struct route trap_route[] = { { "/trap", { GOOD } } };
	static const char *const status[] = { "301 Moved", "302 Found",
		"303 See Other", "307 Temporary", "308 Permanent" };
	static char answer[5][200];
	static struct route r[5];
	static char path[5][16];
	struct server *trap = SERVER(trap_route), *s;
	struct http *h;
	struct http_answer a;
	char host[100];
	size_t i;

	(void)state;
	for (i = 0; i < 5; i++) {
		snprintf(path[i], sizeof(path[i]), "/%zu", i);
		snprintf(answer[i], sizeof(answer[i]),
		    "HTTP/1.1 %s\r\nLocation: http://%s%s/trap\r\n" NO_BODY,
		    status[i], i == 1 ? "ada@" : "", trap->url + 7);
		r[i] = (struct route){ path[i],
			{ { answer[i], strlen(answer[i]), KEEP, NULL } } };
	}
	s = server_start(r, 5);
	h = client(s, (struct http_conf){ .connections = 1 });
	snprintf(host, sizeof(host), "redirects to host '%s', which is not",
	    trap->url + 7);
	for (i = 0; i < 5; i++) {
		send_to(h, (struct http_request){ .path = path[i],
			       .method = i == 3 ? "POST" : "GET",
			       .repeatable = true });
		a = next(h);
		assert_int_equal(a.why.kind, FAULT_DENIED);
		says(&a, host);
		says(&a, "check the base URL");
		assert_int_equal(a.tries, 1);
	}
	assert_int_equal(trap->conn_nr, 0);
	assert_int_equal(trap->hit_nr, 0);
	http_free(h);
	server_stop(s);
	server_stop(trap);
}

static const struct route big[] = {
	{ "/told", { { STR(JSON_HEAD "Content-Length: 999999999\r\n\r\n{}"),
		       STALL, NULL } } },
	{ "/endless", { { NULL, 0, CLOSE, write_endless } } },
	{ "/bomb", { { NULL, 0, CLOSE, write_gzip_bomb } } },
	{ "/404",
	    { { STR("HTTP/1.1 404 Not Found\r\nContent-Length: 999999999\r\n"
		    "\r\nnone"),
		STALL, NULL } } },
};

static void
a_body_has_a_ceiling(void **state)
{
	static const char *const path[] = { "/told", "/endless", "/bomb" };
	struct server *s = SERVER(big);
	struct http *h =
	    client(s, (struct http_conf){ .body_max = BODY_LIMIT });
	struct http_answer a;
	size_t i;

	(void)state;
	for (i = 0; i < 3; i++) {
		get(h, path[i]);
		a = next(h);
		assert_int_equal(a.why.kind, FAULT_DATA);
		says(&a, "the answer is larger than 200000 bytes");
		assert_int_equal(a.tries, 1);
		assert_int_equal(hits_of(s, path[i]), 1);
	}
	get(h, "/404");
	a = next(h);
	assert_int_equal(a.status, 404);
	assert_int_equal(a.why.kind, FAULT_DENIED);
	http_free(h);
	server_stop(s);
}

/* --- time -------------------------------------------------------------- */

static const struct route slow[] = {
	{ "/stall/before", { { "", 0, STALL, NULL } } },
	{ "/stall/body", { { STR(LONGER), STALL, NULL } } },
	{ "/drip", { { NULL, 0, CLOSE, write_drip } } },
	{ "/once", { { STR(LONGER), STALL, NULL }, GOOD } },
};

static void
what_stalls_is_given_up(void **state)
{
	struct server *s = SERVER(slow);
	struct http *h = client(
	    s, (struct http_conf){ .tries = 1, .stall_s = 1, .total_s = 60 });
	int64_t took, began = clock_us();
	struct http_answer a;
	int i;

	(void)state;
	get(h, "/stall/before");
	get(h, "/stall/body");
	for (i = 0; i < 2; i++) {
		a = next(h);
		assert_int_equal(a.why.kind, FAULT_AGAIN);
		says(&a, "nothing came for 1 s");
	}
	took = clock_us() - began;
	assert_true(took >= 900 * MS && took < 20000 * MS);
	http_free(h);
	server_stop(s);
}

static void
what_drips_is_given_up_and_tried_again(void **state)
{
	struct server *s = SERVER(slow);
	struct http *h = client(s, (struct http_conf){ .total_s = 1 });
	struct http_answer a;
	int64_t took, began;

	(void)state;
	get(h, "/once");
	a = next(h);
	taken_as(&a, "{\"a\":1}");
	assert_int_equal(a.tries, 2);
	http_free(h);
	h = client(s, (struct http_conf){ .tries = 1, .total_s = 2 });
	began = clock_us();
	get(h, "/drip");
	a = next(h);
	took = clock_us() - began;
	assert_true(took >= 1900 * MS && took < 15000 * MS);
	says(&a, "no whole answer within 2 s");
	assert_int_equal(a.why.kind, FAULT_AGAIN);
	http_free(h);
	server_stop(s);
}

/* --- pace -------------------------------------------------------------- */

static const struct route open_route[] = {
	{ "/a", { GOOD } },
	{ "/b", { GOOD } },
	{ "/chain", { { .write = write_slowly } } },
	{ "/limited",
	    { { STR(ASK_AGAIN "Retry-After: 1\r\n" NO_BODY), KEEP, NULL },
		GOOD } },
};

/* The most requests for a path in any window, NULL for all of them. */
static unsigned
most_in(const struct server *s, const char *path, int64_t window_us)
{
	unsigned most = 0, nr;
	size_t i, j;

	for (i = 0; i < s->hit_nr; i++) {
		for (nr = 0, j = 0; j < s->hit_nr; j++)
			nr += s->hit[j].at_us >= s->hit[i].at_us &&
			      s->hit[j].at_us < s->hit[i].at_us + window_us &&
			      (path == NULL ||
				  strcmp(s->hit[j].route->path, path) == 0);
		most = nr > most ? nr : most;
	}
	return most;
}

static void
no_window_of_the_server_has_more_than_nr(void **state)
{
	struct server *s = SERVER(open_route);
	struct http *h = client(s,
	    (struct http_conf){ .window = { { 20, 500, 0 }, { 5, 300, 0 } } });
	struct http_answer a;
	int64_t began = clock_us(), took;
	int i;

	(void)state;
	for (i = 0; i < 100; i++)
		send_to(
		    h, (struct http_request){ .path = i % 5 == 0 ? "/b" : "/a",
			   .repeatable = true,
			   .windows = i % 5 == 0 ? 3 : 1 });
	for (i = 0; i < 100; i++) {
		a = next(h);
		taken_as(&a, "{\"a\":1}");
		assert_int_equal(a.tries, 1);
	}
	took = clock_us() - began;
	assert_true(most_in(s, NULL, 500 * MS - LATE) <= 20);
	assert_true(most_in(s, "/b", 300 * MS - LATE) <= 5);
	/* four windows must pass, and each is at most some longer than it is */
	assert_true(took >= 2000 * MS);
	assert_true(took < 3000 * MS);
	assert_in_range(http_counts(h)->waited_ms, 1800, 3000);
	http_free(h);
	server_stop(s);
}

static void
a_connection_that_must_be_made_is_no_hole_in_the_pace(void **state)
{
	struct server *s = SERVER(open_route);
	struct http *h =
	    client(s, (struct http_conf){ .window = { { 4, 200, 0 } } });
	int i;

	(void)state;
	/* not repeatable: each on a connection of its own */
	for (i = 0; i < 16; i++)
		send_to(h, (struct http_request){ .path = "/a", .windows = 1 });
	for (i = 0; i < 16; i++)
		next(h);
	assert_int_equal(s->conn_nr, 16);
	assert_true(most_in(s, NULL, 200 * MS - LATE) <= 4);
	http_free(h);
	server_stop(s);
}

static void
a_chain_of_rank_0_keeps_its_reserve(void **state)
{
	struct server *s = SERVER(open_route);
	struct http *h =
	    client(s, (struct http_conf){ .window = { { 20, 2000, 12 } } });
	struct http_request link = {
		.path = "/chain", .repeatable = true, .windows = 1
	};
	struct http_answer a;
	int64_t began = clock_us(), took;
	int i, links = 0;

	(void)state;
	for (i = 0; i < 60; i++)
		send_to(h, (struct http_request){ .path = "/a",
			       .repeatable = true,
			       .windows = 1,
			       .rank = 1 });
	send_to(h, link);
	while (links < 12) {
		a = next(h);
		if (strcmp(a.path, "/chain") == 0 && ++links < 12)
			send_to(h, link);
	}
	/* twelve links of 100 ms each, though 60 others stood before them */
	took = clock_us() - began;
	assert_true(took >= 1200 * MS && took < 9000 * MS);
	assert_int_equal(most_in(s, "/a", 10000 * MS), 8);
	/* and when the chain has ended the others have the whole window */
	while (http_active(h) > 0)
		next(h);
	assert_int_equal(hits_of(s, "/a"), 60);
	assert_true(most_in(s, "/a", 2000 * MS - LATE) >= 18);
	assert_true(most_in(s, NULL, 2000 * MS - LATE) <= 20);
	http_free(h);
	server_stop(s);
}

static void
a_429_holds_its_windows_and_no_other(void **state)
{
	struct server *s = SERVER(open_route);
	struct http *h =
	    client(s, (struct http_conf){
			  .window = { { 100, 1000, 0 }, { 100, 1000, 0 } },
			  .connections = 1 });
	const struct hit *limited;
	int i;

	(void)state;
	send_to(h, (struct http_request){
		       .path = "/limited", .repeatable = true, .windows = 1 });
	for (i = 0; i < 10; i++) {
		send_to(
		    h, (struct http_request){
			   .path = "/a", .repeatable = true, .windows = 1 });
		send_to(
		    h, (struct http_request){
			   .path = "/b", .repeatable = true, .windows = 2 });
	}
	while (http_active(h) > 0)
		next(h);
	limited = hit_of(s, "/limited", 0);
	assert_int_equal(hits_of(s, "/limited"), 2);
	/* what was limited goes first when the hold is over */
	assert_true(
	    hit_of(s, "/limited", 1)->at_us <= hit_of(s, "/a", 0)->at_us);
	assert_true(hit_of(s, "/a", 0)->at_us >= limited->at_us + 1000 * MS);
	assert_true(hit_of(s, "/b", 9)->at_us < limited->at_us + 800 * MS);
	assert_int_equal(http_counts(h)->limited, 1);
	http_free(h);
	server_stop(s);
}

static void
a_window_can_be_changed_and_held(void **state)
{
	struct server *s = SERVER(open_route);
	struct http *h =
	    client(s, (struct http_conf){ .window = { { 1, 60000, 0 } } });
	int64_t began = clock_us(), took;
	int i;

	(void)state;
	http_window_set(h, 0, 50);
	http_window_hold(h, 0, 400);
	for (i = 0; i < 10; i++)
		send_to(
		    h, (struct http_request){
			   .path = "/a", .repeatable = true, .windows = 1 });
	for (i = 0; i < 10; i++)
		next(h);
	took = clock_us() - began;
	assert_true(took >= 400 * MS && took < 30000 * MS);
	http_free(h);
	server_stop(s);
}

static void
rank_goes_before_order_and_order_is_kept(void **state)
{
	static const int rank[] = { 2, 1, 2, 0, 1, 0, 3 };
	static const int order[] = { 3, 5, 1, 4, 0, 2, 6 };
	static int nr[7] = { 0, 1, 2, 3, 4, 5, 6 };
	struct server *s = SERVER(open_route);
	struct http *h = client(s, (struct http_conf){ .connections = 1 });
	int i;

	(void)state;
	for (i = 0; i < 7; i++)
		send_to(h, (struct http_request){ .path = "/a",
			       .repeatable = true,
			       .rank = rank[i],
			       .user = &nr[i] });
	for (i = 0; i < 7; i++)
		assert_int_equal(*(int *)next(h).user, order[i]);
	http_free(h);
	server_stop(s);
}

/* --- waiting ----------------------------------------------------------- */

static void
input_and_the_clock_end_a_wait(void **state)
{
	struct server *s = SERVER(slow);
	struct http *h = client(s, (struct http_conf){ .tries = 1 });
	struct fault f = { 0 };
	struct http_answer a;
	int64_t began;
	struct timespec cpu;
	int fd[2];

	(void)state;
	assert_int_equal(pipe(fd), 0);
	began = clock_us();
	assert_int_equal(http_poll(h, &a, fd[0], 300, &f), 0);
	assert_true(clock_us() - began >= 300 * MS);
	get(h, "/stall/before");
	began = clock_us();
	assert_int_equal(http_poll(h, &a, fd[0], 500, &f), 0);
	assert_true(clock_us() - began >= 500 * MS);
	assert_int_equal(http_poll(h, &a, -1, 0, &f), 0);
	assert_int_equal(write(fd[1], "x", 1), 1);
	began = clock_us();
	assert_int_equal(http_poll(h, &a, fd[0], 5000, &f), 0);
	assert_true(clock_us() - began < 2000 * MS);
	/* the end of input is news, too */
	assert_int_equal(read(fd[0], &a, 1), 1);
	close(fd[1]);
	began = clock_us();
	assert_int_equal(http_poll(h, &a, fd[0], 5000, &f), 0);
	assert_true(clock_us() - began < 2000 * MS);
	close(fd[0]);
	assert_int_equal(http_poll(h, &a, fd[0], 5000, &f), -1);
	assert_int_equal(f.kind, FAULT_IO);
	/* nothing of this spun */
	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &cpu);
	assert_int_equal(cpu.tv_sec / 30, 0);
	http_free(h);
	server_stop(s);
}

static void
waiting_takes_no_time_of_the_processor(void **state)
{
	struct server *s = SERVER(open_route);
	struct http *h =
	    client(s, (struct http_conf){ .window = { { 2, 1000, 0 } } });
	struct timespec before, after;
	int64_t us;
	int i;

	(void)state;
	for (i = 0; i < 4; i++)
		send_to(
		    h, (struct http_request){
			   .path = "/a", .repeatable = true, .windows = 1 });
	next(h);
	next(h);
	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &before);
	next(h);
	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &after);
	us = (after.tv_sec - before.tv_sec) * INT64_C(1000000) +
	     (after.tv_nsec - before.tv_nsec) / 1000;
	assert_true(us < 100 * MS);
	http_free(h);
	server_stop(s);
}

static const struct route fading[] = {
	{ "/a",
	    { { STR(JSON_HEAD "Content-Length: 2\r\n\r\n{}"), CLOSE, NULL } } },
};

static void
a_kept_connection_that_died_is_no_fault(void **state)
{
	struct server *s = SERVER(fading);
	struct http *h = client(s, (struct http_conf){ .connections = 1 });
	struct http_answer a;
	int i;

	(void)state;
	for (i = 0; i < 10; i++) {
		get(h, "/a");
		a = next(h);
		taken_as(&a, "{}");
		/* mostly libcurl sees that it is dead before it sends; what
		 * dies while it sends is tried again by us */
		assert_in_range(a.tries, 1, 2);
	}
	assert_int_equal(s->conn_nr, 10);
	http_free(h);
	server_stop(s);
}

static void
a_client_may_be_freed_with_requests_under_way(void **state)
{
	struct server *s = SERVER(slow);
	struct http *h = client(s, (struct http_conf){ .connections = 2 });
	struct fault f = { 0 };
	struct http_answer a;
	int i;

	(void)state;
	for (i = 0; i < 5; i++)
		get(h, "/stall/body");
	assert_int_equal(http_poll(h, &a, -1, 200, &f), 0);
	assert_int_equal(http_active(h), 5);
	http_free(h);
	server_stop(s);
	http_free(NULL);
}

/* --- where there is no server ------------------------------------------ */

static struct http_answer
ask(struct http **h, const char *base, unsigned tries)
{
	struct http_conf conf = {
		.base_url = base, .base_given = true, .tries = tries
	};
	struct fault f = { 0 };

	*h = http_new(&conf, &f);
	if (*h == NULL)
		fail_msg("%s", f.text);
	get(*h, "/x");
	return next(*h);
}

static void
no_connection_is_told_with_what_to_check(void **state)
{
	struct server *s = SERVER(fine);
	struct http_answer a;
	char url[sizeof(s->url)], https[80];
	struct http *h;

	(void)state;
	a = ask(&h, "http://kpipe.invalid", 2);
	assert_int_equal(a.why.kind, FAULT_AGAIN);
	says(&a, "http://kpipe.invalid/x: the host does not resolve; check");
	says(&a, "(2 tries)");
	assert_int_equal(http_counts(h)->requests, 0);
	http_free(h);
	/* TLS to what speaks none: another try would not help */
	snprintf(https, sizeof(https), "https%s", s->url + 4);
	a = ask(&h, https, 3);
	assert_int_equal(a.why.kind, FAULT_DENIED);
	says(&a, "no secure connection (");
	assert_int_equal(a.tries, 1);
	http_free(h);
	snprintf(url, sizeof(url), "%s", s->url);
	server_stop(s);
	a = ask(&h, url, 2);
	assert_int_equal(a.why.kind, FAULT_AGAIN);
	says(&a, "cannot connect (Connection refused); check");
	says(&a, "(2 tries)");
	http_free(h);
}

/* What never went out may be sent again though it is not repeatable. */
static void
a_request_that_never_went_out_is_tried_again(void **state)
{
	struct http_conf conf = { .base_url = "http://kpipe.invalid",
		.base_given = true,
		.tries = 2 };
	struct fault f = { 0 };
	struct http *h = http_new(&conf, &f);
	struct http_answer a;

	(void)state;
	send_to(h, (struct http_request){ .path = "/x", .method = "POST" });
	a = next(h);
	assert_int_equal(a.tries, 2);
	http_free(h);
}

static void
a_base_url_is_https_and_a_host(void **state)
{
	static const struct {
		const char *url;
		bool given, good;
	} base[] = { { "https://api.example.org", false, true },
		{ "https://api.example.org/", false, true },
		{ "https://api.example.org:8443/v1", true, true },
		{ "HTTPS://api.example.org", false, true },
		{ "http://127.0.0.1:80", true, true },
		{ "http://127.0.0.1:80", false, false },
		{ "ftp://example.org", true, false },
		{ "file:///etc/passwd", true, false },
		{ "https://ada:hunter2@example.org", true, false },
		{ "https://example.org/?a=hunter2", true, false },
		{ "https://example.org/#hunter2", true, false },
		{ "https://exa mple.org", true, false },
		{ "https://example.org\r\nX: hunter2", true, false },
		{ "api.example.org", true, false }, { "https://", true, false },
		{ "", true, false }, { NULL, true, false } };
	struct http_conf conf = { 0 };
	struct fault f;
	struct http *h;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(base) / sizeof(base[0]); i++) {
		f = (struct fault){ 0 };
		conf.base_url = base[i].url;
		conf.base_given = base[i].given;
		h = http_new(&conf, &f);
		if ((h != NULL) != base[i].good)
			fail_msg("%s: %s", base[i].url, f.text);
		if (h == NULL)
			assert_int_equal(f.kind, FAULT_USAGE);
		assert_null(strstr(f.text, "hunter2"));
		http_free(h);
	}
	conf = (struct http_conf){ .base_url = "https://example.org" };
	conf.secret = "hunter2\r\nX-Evil: 1";
	assert_null(http_new(&conf, &f));
	assert_int_equal(f.kind, FAULT_USAGE);
	assert_null(strstr(f.text, "hunter2"));
	conf.secret = "";
	assert_null(http_new(&conf, &f));
}

static void
a_request_that_is_none_is_refused(void **state)
{
	static const struct {
		const char *method, *path;
	} bad[] = { { "GET", "x" }, { "GET", "" }, { "GET", "/a b" },
		{ "GET", "/a\r\nX: y" }, { "GET", "/a#b" }, { "get", "/a" },
		{ "", "/a" }, { "GET /x", "/a" }, { "GET", "/\303\251" } };
	struct http_conf conf = { .base_url = "https://example.org" };
	struct fault f = { 0 };
	struct http *h = http_new(&conf, &f);
	struct http_request r = { 0 };
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		r.method = bad[i].method;
		r.path = bad[i].path;
		assert_int_equal(http_send(h, &r, &f), -1);
		assert_int_equal(f.kind, FAULT_USAGE);
	}
	assert_int_equal(http_active(h), 0);
	http_free(h);
}

static void
a_query_value_is_escaped(void **state)
{
	struct buf b;

	(void)state;
	buf_init(&b, 100);
	http_escape(&b, text_of("a-Z_0.~ [x]/&=%+\303\251"));
	http_escape(&b, (struct text){ "\0", 1 });
	assert_string_equal(b.p, "a-Z_0.~%20%5Bx%5D%2F%26%3D%25%2B%C3%A9%00");
	buf_free(&b);
}

/* --- a judge of its own ------------------------------------------------ */

static void
take_all(const struct http_answer *a, struct http_ruling *r)
{
	if (a->tries < 2 && a->status == 404) {
		r->verdict = HTTP_RETRY;
		r->wait_ms = 10;
	} else if (a->status == 404) {
		r->verdict = HTTP_FAIL;
		fault_set(&r->why, FAULT_DATA, "none such");
	} else {
		http_judge(a, r);
	}
}

static void
a_vendor_rules_first(void **state)
{
	struct server *s = SERVER(refused);
	struct http *h = client(s, (struct http_conf){ .judge = take_all });
	struct http_answer a;

	(void)state;
	get(h, "/404");
	a = next(h);
	assert_int_equal(a.tries, 2);
	assert_int_equal(a.why.kind, FAULT_DATA);
	says(&a, "/404: none such (2 tries)");
	get(h, "/401");
	a = next(h);
	assert_int_equal(a.why.kind, FAULT_DENIED);
	http_free(h);
	server_stop(s);
}

int
main(void)
{
	const struct CMUnitTest test[] = {
		cmocka_unit_test(bodies_come_whole_however_they_are_sent),
		cmocka_unit_test(headers_are_found_in_any_case),
		cmocka_unit_test(a_request_says_what_it_wants),
		cmocka_unit_test(passing_faults_are_tried_again_and_then_told),
		cmocka_unit_test(
		    new_connections_that_die_are_tried_again_and_then_told),
		cmocka_unit_test(a_wait_asked_for_is_kept),
		cmocka_unit_test(too_long_a_wait_is_not_begun),
		cmocka_unit_test(what_is_refused_is_not_asked_twice),
		cmocka_unit_test(a_token_at_the_edge_of_a_message_is_hidden),
		cmocka_unit_test(a_redirect_is_not_followed),
		cmocka_unit_test(a_body_has_a_ceiling),
		cmocka_unit_test(what_stalls_is_given_up),
		cmocka_unit_test(what_drips_is_given_up_and_tried_again),
		cmocka_unit_test(no_window_of_the_server_has_more_than_nr),
		cmocka_unit_test(
		    a_connection_that_must_be_made_is_no_hole_in_the_pace),
		cmocka_unit_test(a_chain_of_rank_0_keeps_its_reserve),
		cmocka_unit_test(a_429_holds_its_windows_and_no_other),
		cmocka_unit_test(a_window_can_be_changed_and_held),
		cmocka_unit_test(rank_goes_before_order_and_order_is_kept),
		cmocka_unit_test(input_and_the_clock_end_a_wait),
		cmocka_unit_test(waiting_takes_no_time_of_the_processor),
		cmocka_unit_test(a_kept_connection_that_died_is_no_fault),
		cmocka_unit_test(a_client_may_be_freed_with_requests_under_way),
		cmocka_unit_test(no_connection_is_told_with_what_to_check),
		cmocka_unit_test(a_request_that_never_went_out_is_tried_again),
		cmocka_unit_test(a_base_url_is_https_and_a_host),
		cmocka_unit_test(a_request_that_is_none_is_refused),
		cmocka_unit_test(a_query_value_is_escaped),
		cmocka_unit_test(a_vendor_rules_first),
	};

	/* a proxy would stand between the test and its server */
	setenv("no_proxy", "*", 1);
	return cmocka_run_group_tests_name("http", test, NULL, NULL);
}
