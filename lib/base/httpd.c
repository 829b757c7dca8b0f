#include "base/httpd.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include <microhttpd.h>

#include "base/gzip.h"
#include "base/xalloc.h"

#define HEAD_MAX     ((size_t)256 << 10) /* of a request's line and headers */
#define BODY_MAX     ((size_t)256 << 20) /* of a reply */
#define GZIP_LEAST   256
#define GZIP_LEVEL   4
#define IDLE_S	     300u
#define CONNECTIONS  400u
#define THREAD_STACK ((size_t)2 << 20)

struct httpd {
	struct MHD_Daemon *daemon;
	struct httpd_conf conf;
	unsigned port;
	int stop_fd; /* readable when all is to end */
};

/* One request and its reply. */
struct exchange {
	struct httpd *httpd;
	struct MHD_Connection *connection;
	struct buf body;
	bool begun;
	struct httpd_request request;
	struct httpd_reply reply;
};

/* A body that is handed out in pieces, to break off or to wait in between. */
struct pieces {
	struct httpd *httpd;
	int fd;
	char *p;
	size_t len;
	enum httpd_damage damage;
	unsigned stall_ms;
	bool stalled;
};

static int64_t
clock_us(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

/*
 * Wait until that time; true when it is over, false when the server ends or
 * the client has gone.
 */
static bool
wait_until(struct httpd *httpd, int fd, int64_t until_us)
{
	struct pollfd poll_fd[2] = { { httpd->stop_fd, POLLIN, 0 },
		{ fd, POLLRDHUP, 0 } };
	int64_t left_us;
	int nr;

	while ((left_us = until_us - clock_us()) > 0) {
		nr = poll(poll_fd, 2, (int)((left_us + 999) / 1000));
		if (nr > 0 || (nr == -1 && errno != EINTR))
			return false;
	}
	return true;
}

static int
connection_fd(struct MHD_Connection *connection)
{
	const union MHD_ConnectionInfo *info = MHD_get_connection_info(
	    connection, MHD_CONNECTION_INFO_CONNECTION_FD);

	return info == NULL ? -1 : info->connect_fd;
}

static int
hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c |= 0x20;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* Decode what stands from p to end to *out, which is moved behind it. */
static struct text
decode(const char *p, const char *end, bool plus, char **out)
{
	struct text t = { *out, 0 };
	int high, low;

	for (; p < end; p++) {
		if (*p == '%' && end - p > 2 && (high = hex_digit(p[1])) >= 0 &&
		    (low = hex_digit(p[2])) >= 0) {
			*(*out)++ = (char)(high << 4 | low);
			p += 2;
		} else {
			*(*out)++ = plus && *p == '+' ? ' ' : *p;
		}
	}
	t.len = (size_t)(*out - t.p);
	*(*out)++ = '\0';
	return t;
}

static size_t
count(const char *p, const char *end, char c)
{
	size_t nr = 0;

	for (; p < end; p++)
		nr += *p == c;
	return nr;
}

static void
split_path(struct httpd_request *r, char **out)
{
	const char *p = r->path.p, *end = p + r->path.len, *slash;

	r->segment = xcalloc(count(p, end, '/') + 1, sizeof(*r->segment));
	while (p < end) {
		p += *p == '/';
		slash = memchr(p, '/', (size_t)(end - p));
		if (slash == NULL)
			slash = end;
		if (slash > p || slash < end)
			r->segment[r->segment_nr++] =
			    decode(p, slash, false, out);
		p = slash;
	}
}

static void
split_query(struct httpd_request *r, char **out)
{
	const char *p = r->query.p, *end = p + r->query.len, *amp, *equal;
	struct httpd_param *param;

	r->param = xcalloc(count(p, end, '&') + 1, sizeof(*r->param));
	for (; p < end; p = amp + 1) {
		amp = memchr(p, '&', (size_t)(end - p));
		if (amp == NULL)
			amp = end;
		if (amp == p)
			continue;
		equal = memchr(p, '=', (size_t)(amp - p));
		param = &r->param[r->param_nr++];
		param->name = decode(p, equal == NULL ? amp : equal, true, out);
		param->value =
		    decode(equal == NULL ? amp : equal + 1, amp, true, out);
	}
}

void
httpd_request_target(struct httpd_request *r, const char *target)
{
	const char *query;
	char *out;

	r->target = xstrdup(target);
	query = strchrnul(r->target, '?');
	r->path = (struct text){ r->target, (size_t)(query - r->target) };
	r->query = text_of(*query == '?' ? query + 1 : query);
	/* a NUL behind each part, which has a separator or the end there */
	out = r->decoded = xcalloc(2 * strlen(target) + 8, 1);
	split_path(r, &out);
	split_query(r, &out);
}

void
httpd_request_add_header(
    struct httpd_request *r, const char *name, const char *value)
{
	r->header =
	    xreallocarray(r->header, r->header_nr + 1, sizeof(*r->header));
	r->header[r->header_nr++] =
	    (struct httpd_param){ text_of(name), text_of(value) };
}

void
httpd_request_free(struct httpd_request *r)
{
	free(r->target);
	free(r->decoded);
	free(r->segment);
	free(r->param);
	free(r->header);
}

static enum MHD_Result
take_header(
    void *arg, enum MHD_ValueKind kind, const char *name, const char *value)
{
	(void)kind;
	httpd_request_add_header(arg, name, value == NULL ? "" : value);
	return MHD_YES;
}

/* The first thing heard of a request, where its target is still untouched. */
static void *
exchange_new(void *arg, const char *target, struct MHD_Connection *connection)
{
	struct httpd *httpd = arg;
	struct exchange *x = xcalloc(1, sizeof(*x));

	x->httpd = httpd;
	httpd_request_target(&x->request, target);
	buf_init(&x->body, httpd->conf.body_max);
	buf_init(&x->reply.head, HEAD_MAX);
	buf_init(&x->reply.body, BODY_MAX);
	x->reply.status = MHD_HTTP_OK;
	x->connection = connection;
	return x;
}

static void
exchange_free(void *arg, struct MHD_Connection *connection, void **p,
    enum MHD_RequestTerminationCode why)
{
	struct exchange *x = *p;

	(void)arg;
	(void)connection;
	(void)why;
	if (x == NULL)
		return;
	httpd_request_free(&x->request);
	buf_free(&x->body);
	buf_free(&x->reply.head);
	buf_free(&x->reply.body);
	free(x);
	*p = NULL;
}

/* Replace a body by its gzip; leaves it when that fails. */
static bool
compress_body(struct buf *body)
{
	struct buf packed;

	buf_init(&packed, BODY_MAX);
	gzip_pack(&packed, buf_view(body), GZIP_LEVEL);
	if (packed.over) {
		buf_free(&packed);
		return false;
	}
	buf_free(body);
	*body = packed;
	return true;
}

static bool
takes_gzip(const struct httpd_request *r)
{
	struct text accept = httpd_request_header(r, "Accept-Encoding");

	return accept.p != NULL &&
	       memmem(accept.p, accept.len, "gzip", 4) != NULL;
}

static ssize_t
next_piece(void *arg, uint64_t at, char *room, size_t size)
{
	struct pieces *pieces = arg;
	size_t half = pieces->len / 2, end = pieces->len;

	if (at >= half && pieces->damage == HTTPD_CUT)
		return MHD_CONTENT_READER_END_WITH_ERROR;
	if (at >= half && !pieces->stalled) {
		pieces->stalled = true;
		if (!wait_until(pieces->httpd, pieces->fd,
			clock_us() + (int64_t)pieces->stall_ms * 1000))
			return MHD_CONTENT_READER_END_WITH_ERROR;
	}
	if (at >= pieces->len)
		return MHD_CONTENT_READER_END_OF_STREAM;
	if (at < half)
		end = half;
	if (size > end - at)
		size = end - at;
	memcpy(room, pieces->p + at, size);
	return (ssize_t)size;
}

static void
pieces_free(void *arg)
{
	struct pieces *pieces = arg;

	free(pieces->p);
	free(pieces);
}

/* The body leaves the exchange here: the response frees it. */
static struct MHD_Response *
response_new(struct exchange *x)
{
	struct httpd_reply *reply = &x->reply;
	struct pieces *pieces;
	size_t len = reply->body.len;
	char *p = reply->body.p;

	reply->body.p = NULL;
	if (reply->damage == HTTPD_SHORT)
		len /= 2;
	if (reply->damage != HTTPD_CUT && reply->damage != HTTPD_STALL)
		return MHD_create_response_from_buffer(
		    len, p, MHD_RESPMEM_MUST_FREE);
	pieces = xcalloc(1, sizeof(*pieces));
	*pieces = (struct pieces){
		.httpd = x->httpd,
		.fd = connection_fd(x->connection),
		.p = p,
		.len = len,
		.damage = reply->damage,
		.stall_ms = reply->stall_ms,
	};
	return MHD_create_response_from_callback(
	    len, 4096, next_piece, pieces, pieces_free);
}

/* Reset now: an unconnected socket sends RST, and closing it says no more. */
static void
reset(int fd)
{
	struct sockaddr nowhere = { .sa_family = AF_UNSPEC };

	(void)connect(fd, &nowhere, sizeof(nowhere));
}

static enum MHD_Result
send_reply(struct exchange *x, struct MHD_Connection *connection)
{
	struct httpd_reply *reply = &x->reply;
	struct MHD_Response *response;
	const char *name, *value;
	enum MHD_Result result;
	int fd = connection_fd(connection);

	if (reply->body.over) {
		buf_clear(&reply->body);
		reply->status = MHD_HTTP_INTERNAL_SERVER_ERROR;
	}
	if (reply->body.len >= GZIP_LEAST && takes_gzip(&x->request) &&
	    compress_body(&reply->body))
		httpd_reply_header(reply, "Content-Encoding", "gzip");
	if (!wait_until(x->httpd, fd,
		x->request.at_us + (int64_t)reply->delay_ms * 1000))
		return MHD_NO;
	if (reply->damage == HTTPD_RESET) {
		reset(fd);
		return MHD_NO;
	}
	response = response_new(x);
	if (response == NULL)
		return MHD_NO;
	for (name = reply->head.p;
	     name != NULL && name < reply->head.p + reply->head.len;
	     name = value + strlen(value) + 1) {
		value = name + strlen(name) + 1;
		MHD_add_response_header(response, name, value);
	}
	result = MHD_queue_response(connection, reply->status, response);
	MHD_destroy_response(response);
	return result;
}

static enum MHD_Result
handle(void *arg, struct MHD_Connection *connection, const char *url,
    const char *method, const char *version, const char *part, size_t *len,
    void **p)
{
	struct httpd *httpd = arg;
	struct exchange *x = *p;

	(void)url;
	(void)version;
	if (!x->begun) {
		x->begun = true;
		return MHD_YES;
	}
	if (*len > 0) {
		buf_add(&x->body, part, *len);
		*len = 0;
		return MHD_YES;
	}
	x->request.method = method;
	x->request.body = buf_view(&x->body);
	x->request.body_over = x->body.over;
	x->request.at_us = clock_us();
	MHD_get_connection_values(
	    connection, MHD_HEADER_KIND, take_header, &x->request);
	httpd->conf.handler(httpd->conf.arg, &x->request, &x->reply);
	return send_reply(x, connection);
}

static int
listen_loopback(unsigned *port, struct fault *f)
{
	struct sockaddr_in at = { .sin_family = AF_INET,
		.sin_port = htons((uint16_t)*port),
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	socklen_t len = sizeof(at);
	int fd, on = 1;

	fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (fd == -1)
		return fault_errno(f, "cannot make a socket");
	setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
	if (bind(fd, (struct sockaddr *)&at, sizeof(at)) == -1 ||
	    listen(fd, 511) == -1 ||
	    getsockname(fd, (struct sockaddr *)&at, &len) == -1) {
		if (errno == EADDRINUSE)
			fault_set(f, FAULT_IO, "port %u is taken", *port);
		else
			fault_errno(f, "cannot listen on port %u", *port);
		close(fd);
		return -1;
	}
	*port = ntohs(at.sin_port);
	return fd;
}

struct httpd *
httpd_start(const struct httpd_conf *conf, struct fault *f)
{
	struct httpd *httpd = xcalloc(1, sizeof(*httpd));
	int fd;

	httpd->conf = *conf;
	httpd->port = conf->port;
	httpd->stop_fd = eventfd(0, EFD_CLOEXEC);
	if (httpd->stop_fd == -1) {
		fault_errno(f, "cannot make an event");
		free(httpd);
		return NULL;
	}
	fd = listen_loopback(&httpd->port, f);
	if (fd == -1) {
		httpd_stop(httpd);
		return NULL;
	}
	httpd->daemon = MHD_start_daemon(
	    MHD_USE_THREAD_PER_CONNECTION | MHD_USE_POLL_INTERNAL_THREAD, 0,
	    NULL, NULL, handle, httpd, MHD_OPTION_LISTEN_SOCKET, fd,
	    MHD_OPTION_URI_LOG_CALLBACK, exchange_new, httpd,
	    MHD_OPTION_NOTIFY_COMPLETED, exchange_free, httpd,
	    MHD_OPTION_CONNECTION_MEMORY_LIMIT, HEAD_MAX,
	    MHD_OPTION_CONNECTION_LIMIT, CONNECTIONS,
	    MHD_OPTION_CONNECTION_TIMEOUT, IDLE_S, MHD_OPTION_THREAD_STACK_SIZE,
	    THREAD_STACK, MHD_OPTION_END);
	if (httpd->daemon == NULL) {
		fault_set(f, FAULT_IO, "the HTTP server does not start");
		close(fd);
		httpd_stop(httpd);
		return NULL;
	}
	return httpd;
}

void
httpd_stop(struct httpd *httpd)
{
	uint64_t one = 1;

	if (httpd == NULL)
		return;
	if (write(httpd->stop_fd, &one, sizeof(one)) == -1) {
		/* an eventfd at 0 takes it */
	}
	if (httpd->daemon != NULL)
		MHD_stop_daemon(httpd->daemon);
	close(httpd->stop_fd);
	free(httpd);
}

unsigned
httpd_port(const struct httpd *httpd)
{
	return httpd->port;
}

struct text
httpd_request_header(const struct httpd_request *r, const char *name)
{
	size_t i;

	for (i = 0; i < r->header_nr; i++)
		if (text_is_nocase(r->header[i].name, name))
			return r->header[i].value;
	return (struct text){ NULL, 0 };
}

const struct httpd_param *
httpd_request_param(const struct httpd_request *r, const char *name)
{
	size_t i;

	for (i = r->param_nr; i > 0; i--)
		if (text_is(r->param[i - 1].name, name))
			return &r->param[i - 1];
	return NULL;
}

void
httpd_reply_header(
    struct httpd_reply *reply, const char *name, const char *value)
{
	buf_add(&reply->head, name, strlen(name) + 1);
	buf_add(&reply->head, value, strlen(value) + 1);
}
