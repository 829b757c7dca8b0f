#include "base/http_wire.h"

#include <curl/curl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/buf.h"
#include "base/gzip.h"
#include "base/hide.h"
#include "base/xalloc.h"

#define BLOCK	       65536 /* how much is read at once */
#define ERROR_BODY_MAX 65536 /* what is kept of a body that is no success */

#define AUTHORIZATION "Authorization: Bearer "

struct http_lane {
	struct http_lane *next; /* among the free ones */
	struct http_wire *wire;
	const struct http_request *request; /* NULL: free */
	CURL *easy;
	struct buf body;
	struct gunzip *gunzip;
	bool gzip;    /* the body comes compressed */
	bool unknown; /* it comes in a way that was not asked for */
	bool sent;
	bool begun;
	uint64_t received;
	const char *broken; /* why the body was refused */
	char error[CURL_ERROR_SIZE];
};

struct http_wire {
	struct http_conf conf;
	http_event_fn *tell;
	void *arg;
	char *base;
	CURLM *multi;
	struct curl_slist *header; /* of each request */
	/* in front of them for one with a body */
	struct curl_slist type[HTTP_TYPES];
	const char *secret; /* a part of header, or NULL */
	struct http_lane *lane;
	struct http_lane *free;
	unsigned used;
};

static bool
refuse(struct http_lane *lane, const char *why)
{
	lane->broken = why;
	return false;
}

/* What is no success may be as long as it likes: its start is kept. */
static bool
is_success(const struct http_lane *lane)
{
	long status = 0;

	curl_easy_getinfo(lane->easy, CURLINFO_RESPONSE_CODE, &status);
	return status >= 200 && status < 300;
}

static bool
add_body(struct http_lane *lane, struct text t)
{
	struct fault f;

	if (lane->gzip) {
		if (gunzip_add(lane->gunzip, t, &lane->body, &f) == -1)
			return refuse(
			    lane, lane->body.over ? NULL : "not gzip");
		return true;
	}
	buf_text(&lane->body, t);
	return lane->body.over ? refuse(lane, NULL) : true;
}

static size_t
on_body(char *p, size_t size, size_t nr, void *arg)
{
	struct http_lane *lane = arg;
	struct text t = { p, size * nr };

	lane->received += t.len;
	if (lane->received > lane->wire->conf.body_max) {
		refuse(lane, NULL);
		return 0;
	}
	if (is_success(lane)) {
		if (lane->unknown)
			refuse(lane, "not encoded as asked");
		/* anything but its length ends the transfer */
		return !lane->unknown && add_body(lane, t) ? t.len : 0;
	}
	if (!lane->unknown && lane->broken == NULL &&
	    lane->body.len < ERROR_BODY_MAX && !lane->body.over)
		add_body(lane, t);
	return t.len;
}

static void
set_encoding(struct http_lane *lane, struct text name)
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
	struct http_lane *lane = arg;
	struct http_wire *w = lane->wire;
	struct text line = { p, size * nr };

	if (!lane->begun)
		w->tell(w->arg, lane->request->user, HTTP_BEGUN);
	lane->begun = true;
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
	struct http_lane *lane = arg;

	(void)their_ip;
	(void)our_ip;
	(void)their_port;
	(void)our_port;
	lane->sent = true;
	lane->wire->tell(lane->wire->arg, lane->request->user, HTTP_SENT);
	return CURL_PREREQFUNC_OK;
}

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
add_header(struct http_wire *w, const char *line)
{
	struct curl_slist *longer = curl_slist_append(w->header, line);

	if (longer == NULL)
		xalloc_fail();
	w->header = longer;
}

static void
make_headers(struct http_wire *w, const char *secret)
{
	static char json[] = "Content-Type: application/json; charset=utf-8";
	static char form[] = "Content-Type: application/x-www-form-urlencoded";
	struct curl_slist *last;
	char *line;

	if (secret != NULL) {
		line = xcalloc(strlen(AUTHORIZATION) + strlen(secret) + 1, 1);
		memcpy(line, AUTHORIZATION, strlen(AUTHORIZATION));
		memcpy(line + strlen(AUTHORIZATION), secret, strlen(secret));
		add_header(w, line);
		explicit_bzero(line, strlen(line));
		free(line);
		for (last = w->header; last->next != NULL; last = last->next)
			;
		w->secret = last->data + strlen(AUTHORIZATION);
	}
	add_header(w, "Accept: application/json");
	/* unpacked here: libcurl takes half a gzip body for a whole one */
	add_header(w, "Accept-Encoding: gzip");
	/* no waiting for the server's leave to send a body */
	add_header(w, "Expect:");
	/* none of libcurl's own, for a POST without a body */
	add_header(w, "Content-Type:");
	w->type[HTTP_JSON] = (struct curl_slist){ json, w->header };
	w->type[HTTP_FORM] = (struct curl_slist){ form, w->header };
}

static int
make_lane(struct http_wire *w, struct http_lane *lane, struct fault *f)
{
	CURL *easy = curl_easy_init();

	if (easy == NULL)
		return fault_set(f, FAULT_IO, "cannot start libcurl");
	lane->wire = w;
	lane->easy = easy;
	buf_init(&lane->body, w->conf.body_max);
	lane->gunzip = gunzip_new();
	lane->next = w->free;
	w->free = lane;
	curl_easy_setopt(easy, CURLOPT_PRIVATE, lane);
	curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, lane->error);
	curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR,
	    w->conf.base_given ? "https,http" : "https");
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
	curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT, (long)w->conf.connect_s);
	curl_easy_setopt(easy, CURLOPT_TIMEOUT, (long)w->conf.total_s);
	curl_easy_setopt(easy, CURLOPT_LOW_SPEED_LIMIT, 1L);
	curl_easy_setopt(easy, CURLOPT_LOW_SPEED_TIME, (long)w->conf.stall_s);
	curl_easy_setopt(
	    easy, CURLOPT_MAXFILESIZE_LARGE, (curl_off_t)w->conf.body_max);
	curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, on_body);
	curl_easy_setopt(easy, CURLOPT_WRITEDATA, lane);
	curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, on_header);
	curl_easy_setopt(easy, CURLOPT_HEADERDATA, lane);
	curl_easy_setopt(easy, CURLOPT_PREREQFUNCTION, on_send);
	curl_easy_setopt(easy, CURLOPT_PREREQDATA, lane);
	return 0;
}

static int
make_lanes(struct http_wire *w, struct fault *f)
{
	unsigned i;

	w->multi = curl_multi_init();
	if (w->multi == NULL)
		return fault_set(f, FAULT_IO, "cannot start libcurl");
	curl_multi_setopt(w->multi, CURLMOPT_MAX_TOTAL_CONNECTIONS,
	    (long)w->conf.connections);
	w->lane = xcalloc(w->conf.connections, sizeof(*w->lane));
	for (i = w->conf.connections; i-- > 0;)
		if (make_lane(w, &w->lane[i], f) == -1)
			return -1;
	return 0;
}

struct http_wire *
http_wire_new(const struct http_conf *conf, http_event_fn *tell, void *arg,
    struct fault *f)
{
	struct http_wire *w;
	CURLU *url;
	size_t len;
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
	w = xcalloc(1, sizeof(*w));
	w->conf = *conf;
	w->conf.base_url = w->conf.secret = NULL; /* they are the caller's */
	w->tell = tell;
	w->arg = arg;
	w->base = xstrdup(conf->base_url);
	for (len = strlen(w->base); len > 0 && w->base[len - 1] == '/'; len--)
		w->base[len - 1] = '\0';
	make_headers(w, conf->secret);
	if (make_lanes(w, f) == -1) {
		http_wire_free(w);
		return NULL;
	}
	return w;
}

static void
free_lanes(struct http_wire *w)
{
	struct http_lane *lane;
	unsigned i;

	for (i = 0; w->lane != NULL && i < w->conf.connections; i++) {
		lane = &w->lane[i];
		if (lane->easy == NULL)
			continue;
		curl_multi_remove_handle(w->multi, lane->easy);
		curl_easy_cleanup(lane->easy);
		gunzip_free(lane->gunzip);
		buf_free(&lane->body);
	}
	free(w->lane);
}

void
http_wire_free(struct http_wire *w)
{
	if (w == NULL)
		return;
	free_lanes(w);
	if (w->multi != NULL)
		curl_multi_cleanup(w->multi);
	if (w->secret != NULL)
		explicit_bzero((char *)w->secret, strlen(w->secret));
	curl_slist_free_all(w->header);
	free(w->base);
	free(w);
	curl_global_cleanup();
}

const char *
http_wire_base(const struct http_wire *w)
{
	return w->base;
}

void
http_wire_hide(const struct http_wire *w, char *text)
{
	hide_secret(text, w->secret);
}

unsigned
http_wire_used(const struct http_wire *w)
{
	return w->used;
}

static void
clear_lane(struct http_lane *lane)
{
	buf_clear(&lane->body);
	/* there is a NUL and slack behind an empty body, too */
	buf_room(&lane->body, 0);
	gunzip_clear(lane->gunzip);
	lane->gzip = lane->unknown = lane->sent = lane->begun = false;
	lane->received = 0;
	lane->broken = NULL;
	lane->error[0] = '\0';
}

static void
set_method(
    struct http_wire *w, struct http_lane *lane, const struct http_request *r)
{
	CURL *easy = lane->easy;

	curl_easy_setopt(easy, CURLOPT_HTTPHEADER,
	    r->body.p == NULL ? w->header : &w->type[r->type]);
	curl_easy_setopt(easy, CURLOPT_CUSTOMREQUEST, NULL);
	curl_easy_setopt(easy, CURLOPT_NOBODY, 0L);
	curl_easy_setopt(easy, CURLOPT_HTTPGET, 1L);
	if (r->body.p != NULL || strcmp(r->method, "POST") == 0) {
		curl_easy_setopt(easy, CURLOPT_POST, 1L);
		curl_easy_setopt(easy, CURLOPT_POSTFIELDS,
		    r->body.p == NULL ? "" : r->body.p);
		curl_easy_setopt(
		    easy, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)r->body.len);
	} else if (strcmp(r->method, "HEAD") == 0) {
		curl_easy_setopt(easy, CURLOPT_NOBODY, 1L);
	}
	if (strcmp(r->method, "GET") != 0 && strcmp(r->method, "POST") != 0 &&
	    strcmp(r->method, "HEAD") != 0)
		curl_easy_setopt(easy, CURLOPT_CUSTOMREQUEST, r->method);
	/* libcurl sends again by itself when a kept connection was dead, which
	 * cannot be told from one that died of the request */
	curl_easy_setopt(easy, CURLOPT_FRESH_CONNECT, !r->repeatable + 0L);
}

int
http_wire_start(
    struct http_wire *w, const struct http_request *r, struct fault *f)
{
	struct http_lane *lane = w->free;
	size_t base_len = strlen(w->base), path_len = strlen(r->path);
	char *url;
	CURLMcode code;

	w->free = lane->next;
	w->used++;
	clear_lane(lane);
	lane->request = r;
	url = xcalloc(base_len + path_len + 1, 1);
	memcpy(url, w->base, base_len);
	memcpy(url + base_len, r->path, path_len);
	curl_easy_setopt(lane->easy, CURLOPT_URL, url);
	free(url);
	set_method(w, lane, r);
	code = curl_multi_add_handle(w->multi, lane->easy);
	if (code != CURLM_OK)
		return fault_set(
		    f, FAULT_IO, "cannot send: %s", curl_multi_strerror(code));
	return 0;
}

int
http_wire_work(struct http_wire *w, struct fault *f)
{
	int running;
	CURLMcode code = curl_multi_perform(w->multi, &running);

	if (code != CURLM_OK)
		return fault_set(f, FAULT_IO, "cannot work on the network: %s",
		    curl_multi_strerror(code));
	return 0;
}

static int
timeout_fault(const struct http_lane *lane, struct fault *f)
{
	const struct http_conf *c = &lane->wire->conf;

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
tls_fault(const struct http_lane *lane, CURLcode code, struct fault *f)
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
refused_fault(const struct http_lane *lane, struct fault *f)
{
	size_t max = lane->wire->conf.body_max;

	if (lane->broken != NULL)
		return fault_set(
		    f, FAULT_AGAIN, "the answer is %s", lane->broken);
	return fault_set(
	    f, FAULT_DATA, "the answer is larger than %zu bytes", max);
}

/* Why there is no answer. */
static int
transport_fault(const struct http_lane *lane, CURLcode code, struct fault *f)
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

/* A transfer's end, as status, body and fault. */
static void
fill_outcome(struct http_lane *lane, CURLcode code, struct http_outcome *o)
{
	*o = (struct http_outcome){ .lane = lane,
		.user = lane->request->user,
		.sent = lane->sent,
		.wire = lane->received };
	curl_easy_getinfo(lane->easy, CURLINFO_RESPONSE_CODE, &o->status);
	o->body = buf_view(&lane->body);
	/* of what is no success the status says enough, whole or not */
	if (o->status >= 300)
		return;
	if (code == CURLE_OK && o->status < 200)
		code = CURLE_WEIRD_SERVER_REPLY;
	if (code != CURLE_OK) {
		transport_fault(lane, code, &o->why);
	} else if (lane->gzip && !gunzip_whole(lane->gunzip) &&
		   (lane->received > 0 || o->status == 200) &&
		   strcmp(lane->request->method, "HEAD") != 0) {
		fault_set(&o->why, FAULT_AGAIN,
		    "the answer, which is compressed, broke off");
	} else {
		return;
	}
	o->status = 0;
	o->body.len = 0;
}

bool
http_wire_done(struct http_wire *w, struct http_outcome *o)
{
	struct http_lane *lane;
	const CURLMsg *msg;
	CURLcode code;
	int left;

	do
		msg = curl_multi_info_read(w->multi, &left);
	while (msg != NULL && msg->msg != CURLMSG_DONE);
	if (msg == NULL)
		return false;
	code = msg->data.result;
	curl_easy_getinfo(msg->easy_handle, CURLINFO_PRIVATE, (char **)&lane);
	curl_multi_remove_handle(w->multi, lane->easy);
	fill_outcome(lane, code, o);
	return true;
}

void
http_lane_free(struct http_lane *lane)
{
	struct http_wire *w = lane->wire;

	lane->request = NULL;
	lane->next = w->free;
	w->free = lane;
	w->used--;
}

int
http_wire_wait(struct http_wire *w, int fd, int ms, struct fault *f)
{
	struct curl_waitfd extra = { .fd = fd, .events = CURL_WAIT_POLLIN };
	CURLMcode code;

	code = curl_multi_poll(
	    w->multi, &extra, fd == -1 ? 0 : 1, ms < 0 ? INT_MAX : ms, NULL);
	if (code != CURLM_OK)
		return fault_set(f, FAULT_IO, "cannot wait for the network: %s",
		    curl_multi_strerror(code));
	return extra.revents != 0;
}

struct text
http_lane_header(const struct http_lane *lane, const char *name)
{
	struct curl_header *header;

	if (curl_easy_header(lane->easy, name, 0, CURLH_HEADER, -1, &header) !=
	    CURLHE_OK)
		return (struct text){ 0 };
	return text_of(header->value);
}
