#include "slack/client.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/json.h"
#include "base/xalloc.h"
#include "record/message.h"
#include "slack/judge.h"

#define REDIRECTS 3
#define FILE_S	  300
#define BODY_MAX  4096
#define POST_MS	  1100 /* Slack allows one a second a channel */

struct client {
	struct client_conf conf;
	struct http *http;
	struct http_counts files; /* of clients that are gone */
};

static bool
is_token(const char *token)
{
	for (; *token != '\0'; token++)
		if (*token <= ' ' || *token > '~')
			return false;
	return true;
}

struct client *
client_new(const struct client_conf *conf, struct fault *f)
{
	struct http_conf http = { .base_url = conf->base_url,
		.base_given = conf->base_url != NULL,
		.secret = conf->token,
		.judge = client_judge,
		.max_wait_s = conf->max_wait_s,
		.connections = 1 };
	struct client *s;
	size_t i;

	if (conf->token == NULL) {
		fault_set(f, FAULT_USAGE, "no token of Slack: set %s",
		    conf->token_name);
		return NULL;
	}
	if (!is_token(conf->token)) {
		fault_set(f, FAULT_USAGE,
		    "%s has a character that no token has: copy it again",
		    conf->token_name);
		return NULL;
	}
	s = xcalloc(1, sizeof(*s));
	s->conf = *conf;
	if (http.base_url == NULL)
		http.base_url = s->conf.base_url = SLACK_URL;
	for (i = 0; i < HTTP_WINDOWS; i++)
		http.window[i] = (struct http_window){ 1, POST_MS, 0 };
	s->http = http_new(&http, f);
	if (s->http == NULL) {
		free(s);
		return NULL;
	}
	return s;
}

void
client_free(struct client *s)
{
	if (s == NULL)
		return;
	http_free(s->http);
	free(s);
}

static void
add_counts(struct http_counts *to, const struct http_counts *c)
{
	to->requests += c->requests;
	to->retries += c->retries;
	to->limited += c->limited;
}

struct http_counts
client_counts(const struct client *s)
{
	struct http_counts sum = s->files;

	add_counts(&sum, http_counts(s->http));
	return sum;
}

static int
ask(struct http *http, const struct http_request *request,
    struct http_answer *a, struct fault *f)
{
	int got;

	if (http_send(http, request, f) == -1)
		return -1;
	got = http_poll(http, a, -1, -1, f);
	if (got == 0)
		return fault_set(f, FAULT_IO, "no answer came");
	if (got == -1)
		return -1;
	if (a->why.kind == FAULT_NONE)
		return 0;
	*f = a->why;
	return -1;
}

int
client_call(struct client *s, const struct http_request *request,
    struct http_answer *a, struct fault *f)
{
	*a = (struct http_answer){ 0 };
	return ask(s->http, request, a, f);
}

int
client_check(struct client *s, struct fault *f)
{
	struct http_request request = {
		.method = "GET", .path = "/api/auth.test", .repeatable = true
	};
	struct http_answer a;

	return client_call(s, &request, &a, f);
}

int
client_direct(
    struct client *s, struct text user, struct buf *id, struct fault *f)
{
	struct http_request request = { .method = "POST",
		.path = "/api/conversations.open",
		.repeatable = true };
	struct json_shape *shape = json_shape_new();
	struct arena *scratch = arena_new();
	struct json_value field[1];
	struct http_answer a;
	struct text found = { 0 };
	struct buf body;
	int status;

	buf_init(&body, BODY_MAX);
	json_open(&body);
	json_key(&body, "users");
	json_put_text(&body, user);
	json_close(&body);
	request.body = buf_view(&body);
	json_want(shape, "channel.id");
	status = client_call(s, &request, &a, f);
	if (status == 0)
		status =
		    json_scan_document(shape, a.body.p, a.body.len, field, f);
	if (status == 0) {
		found = json_text(field[0], scratch);
		if (found.p == NULL || !slack_id_is_conversation(found))
			status = fault_set(
			    f, FAULT_DATA, "the answer has no conversation");
		else
			buf_text(id, found);
	}
	if (status == -1)
		fault_prefix(
		    f, "the direct message with %.*s: ", TEXT_ARG(user));
	buf_free(&body);
	arena_free(scratch);
	json_shape_free(shape);
	return status;
}

/*
 * Files
 */

/* The scheme and host of a URL, and what is behind them. */
static struct text
origin_of(const char *url)
{
	const char *host = strstr(url, "://");
	size_t len;

	if (host == NULL)
		return (struct text){ 0 };
	len = (size_t)(host + 3 - url) + strcspn(host + 3, "/?#");
	return (struct text){ url, len };
}

/* The host of an origin, without its port; "no text" when it hides one. */
static struct text
host_of(struct text origin)
{
	const char *slash = memchr(origin.p, '/', origin.len);
	struct text host;
	const char *colon;

	host.p = slash + 2;
	host.len = origin.len - (size_t)(host.p - origin.p);
	if (memchr(host.p, '@', host.len) != NULL ||
	    memchr(host.p, '\\', host.len) != NULL)
		return (struct text){ 0 };
	colon = memchr(host.p, ':', host.len);
	if (colon != NULL)
		host.len = (size_t)(colon - host.p);
	return host;
}

/* A host of Slack's, by https; with a base of the user's, that host alone. */
static bool
is_of_slack(const struct client *s, struct text origin)
{
	static const char domain[] = ".slack.com";
	struct text host = host_of(origin);
	struct text base = origin_of(s->conf.base_url);
	size_t len = sizeof(domain) - 1;

	if (host.p == NULL)
		return false;
	if (strcmp(s->conf.base_url, SLACK_URL) != 0)
		return text_equal(host, host_of(base)) &&
		       (origin.p[4] == 's' || base.p[4] != 's');
	return text_starts_nocase(origin, "https://") &&
	       (text_is_nocase(host, domain + 1) ||
		   (host.len > len &&
		       text_is_nocase(
			   (struct text){ host.p + host.len - len, len },
			   domain)));
}

/* Ask for one URL; 1: it leads to *next, which is the caller's. */
static int
fetch(struct client *s, const char *url, bool token, struct buf *content,
    char **next, struct fault *f)
{
	struct text origin = origin_of(url), type, to;
	char *base = xstrndup(origin.p, origin.len);
	struct http_conf conf = { .base_url = base,
		.base_given = strcmp(s->conf.base_url, SLACK_URL) != 0,
		.secret = token ? s->conf.token : NULL,
		.judge = client_file_judge,
		.max_wait_s = s->conf.max_wait_s,
		.total_s = FILE_S,
		.body_max = SLACK_FILE_MAX,
		.connections = 1 };
	struct http_request request = { .method = "GET",
		.path = url[origin.len] == '/' ? url + origin.len : "/",
		.repeatable = true };
	struct http *http = http_new(&conf, f);
	struct http_answer a = { 0 };
	int status = http == NULL ? -1 : ask(http, &request, &a, f);

	if (status == 0 && a.status >= 300) {
		to = text_trim(http_header(&a, "Location"));
		status = 1;
		if (to.len > 0 && to.p[0] == '/' &&
		    (to.len == 1 || to.p[1] != '/')) {
			*next = xcalloc(origin.len + to.len + 1, 1);
			memcpy(*next, origin.p, origin.len);
			memcpy(*next + origin.len, to.p, to.len);
		} else
			*next = xstrndup(to.p == NULL ? "" : to.p, to.len);
	} else if (status == 0) {
		type = http_header(&a, "Content-Type");
		to = text_trim(a.body);
		if ((type.p != NULL && text_starts_nocase(type, "text/html")) ||
		    (to.len > 0 && to.p[0] == '<'))
			status = fault_set(f, FAULT_DENIED,
			    "a page for signing in came and not the file: %s "
			    "has no token that may read files (files:read), or "
			    "not of this conversation",
			    s->conf.token_name);
		else
			buf_text(content, a.body);
	}
	if (http != NULL)
		add_counts(&s->files, http_counts(http));
	http_free(http);
	free(base);
	return status;
}

int
client_download(
    struct client *s, const char *url, struct buf *content, struct fault *f)
{
	char *here = xstrdup(url), *next = NULL;
	struct text first = origin_of(url), origin;
	int nr, status = 1;

	for (nr = 0; status == 1; nr++) {
		origin = origin_of(here);
		if (nr > REDIRECTS)
			status = fault_set(f, FAULT_DENIED,
			    "there are more than %d redirects", REDIRECTS);
		else if (origin.p == NULL || !is_of_slack(s, origin))
			status = fault_set(f, FAULT_DENIED,
			    "it leads to '%.*s', which is not Slack's and is "
			    "not asked",
			    (int)(origin.len > 100 ? 100 : origin.len),
			    origin.p == NULL ? "" : origin.p);
		else
			status = fetch(s, here, text_equal(origin, first),
			    content, &next, f);
		if (status == 1) {
			free(here);
			here = next;
			next = NULL;
		}
	}
	free(here);
	if (status == 0)
		status = buf_check(content, "the file", f);
	return status;
}
