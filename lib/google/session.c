#include "google/session.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/file.h"
#include "base/folder.h"
#include "base/hide.h"
#include "base/json.h"
#include "base/memo.h"
#include "base/xalloc.h"
#include "google/judge.h"
#include "google/oauth.h"
#include "google/service.h"

#define PATH_MAX_BYTES 8192
#define JWT_MAX	       (64u << 10)
#define EARLY_S	       120 /* a token is renewed so long before its end */
#define LIFE_S	       3600
/* Ten short of what Google allows a user a minute, reads and writes each. */
#define CALLS_NR 50
#define CALLS_MS 60000
/* so that a minute's limit passes by while calls are tried again */
#define TRIES	   9
#define POST_TRIES 3

struct session {
	struct session_conf conf;
	struct service service;
	char *token_url;
	char *cache; /* a folder, or NULL */
	struct oauth_token token;
	struct http *http;  /* with the token; NULL: there is none yet */
	struct http *other; /* of session_post */
	int64_t ahead_s;    /* Google's clock, of ours */
	char notice[200];
	struct http_counts counts; /* of clients that are gone */
};

static int64_t
now_s(const struct session *s)
{
	return s->conf.now() / 1000000;
}

static void
add_counts(struct http_counts *sum, const struct http *http)
{
	const struct http_counts *c;

	if (http == NULL)
		return;
	c = http_counts(http);
	sum->requests += c->requests;
	sum->retries += c->retries;
	sum->limited += c->limited;
}

/* Take it away, and what it counted to the rest. */
static void
close_http(struct session *s, struct http **http)
{
	add_counts(&s->counts, *http);
	http_free(*http);
	*http = NULL;
}

/*
 * URLs
 */

/* Whether base, a scheme and a host, is where url is. */
static bool
is_under(const char *url, const char *base)
{
	size_t len = base == NULL ? 0 : strlen(base);

	while (len > 0 && base[len - 1] == '/')
		len--;
	return len > 0 && strncmp(url, base, len) == 0 &&
	       (url[len] == '/' || url[len] == '\0');
}

/* http to another process on this machine harms no secret. */
static bool
is_local(const char *url)
{
	static const char *const here[] = { "http://127.0.0.1", "http://[::1]",
		"http://localhost" };
	size_t i, len;

	for (i = 0; i < sizeof(here) / sizeof(here[0]); i++) {
		len = strlen(here[i]);
		if (strncmp(url, here[i], len) == 0 &&
		    (url[len] == ':' || url[len] == '/' || url[len] == '\0') &&
		    strcspn(url, "@") == strlen(url))
			return true;
	}
	return false;
}

/* The scheme and the host of url, and where its path starts in it. */
static char *
split_url(const char *url, const char **path)
{
	const char *host = strstr(url, "://");
	size_t len;

	host = host == NULL ? url : host + 3;
	len = (size_t)(host - url) + strcspn(host, "/?#");
	*path = url[len] == '\0' ? "/" : url + len;
	return xstrndup(url, len);
}

/*
 * Setting up
 */
void
session_settings(struct session_conf *c, const char *(*env)(const char *name))
{
	c->key_path = env("GOOGLE_SA_JSON_PATH");
	c->base_url = env("GOOGLE_SHEETS_BASE_URL");
	c->token_url = env("GOOGLE_TOKEN_URL");
	c->cache_home = env("XDG_CACHE_HOME");
	c->home = env("HOME");
}

static int
read_key(struct session *s, struct fault *f)
{
	const char *path = s->conf.key_path;
	struct buf b;
	int status;

	if (path == NULL) {
		path = SESSION_KEY_FILE;
		if (!file_is_there(path))
			return fault_set(f, FAULT_USAGE,
			    "no service account of Google found: name its key "
			    "file in GOOGLE_SA_JSON_PATH, or put it at %s",
			    path);
	}
	buf_init(&b, SERVICE_FILE_MAX);
	status = file_read_private(path, SERVICE_FILE_MAX, &b, f);
	if (status == -1 && s->conf.key_path != NULL && !file_is_there(path))
		fault_set(f, FAULT_USAGE,
		    "GOOGLE_SA_JSON_PATH: there is no file '%s'", path);
	if (status == 0) {
		status = service_parse(&s->service, buf_view(&b), f);
		if (status == -1)
			fault_prefix(f, "%s: ", path);
	}
	if (b.p != NULL)
		explicit_bzero(b.p, b.len);
	buf_free(&b);
	return status;
}

static int
choose_token_url(struct session *s, struct fault *f)
{
	const char *url = s->conf.token_url;

	if (url == NULL)
		url = s->service.token_uri;
	if (url == NULL)
		url = OAUTH_URL;
	if (s->conf.token_url == NULL && !oauth_is_google(url) &&
	    !is_under(url, s->conf.base_url))
		return fault_set(f, FAULT_USAGE,
		    "the key file's token_uri '%s' is not Google's: set "
		    "GOOGLE_TOKEN_URL to it if it is right, or to %s",
		    url, OAUTH_URL);
	s->token_url = xstrdup(url);
	return 0;
}

static void
choose_cache(struct session *s)
{
	const struct session_conf *c = &s->conf;

	s->cache = c->cache != NULL
		       ? xstrdup(c->cache)
		       : folder_own(c->cache_home, c->home, ".cache");
}

struct session *
session_new(const struct session_conf *conf, struct fault *f)
{
	struct session *s = xcalloc(1, sizeof(*s));

	s->conf = *conf;
	if (read_key(s, f) == -1 || choose_token_url(s, f) == -1) {
		session_free(s);
		return NULL;
	}
	choose_cache(s);
	return s;
}

static void
drop_token(struct session *s)
{
	close_http(s, &s->http);
	oauth_token_free(&s->token);
}

void
session_free(struct session *s)
{
	if (s == NULL)
		return;
	drop_token(s);
	close_http(s, &s->other);
	service_free(&s->service);
	free(s->token_url);
	free(s->cache);
	free(s);
}

const char *
session_email(const struct session *s)
{
	return s->service.email;
}

const char *
session_notice(const struct session *s)
{
	return s->notice[0] == '\0' ? NULL : s->notice;
}

void
session_count(const struct session *s, struct http_counts *sum)
{
	*sum = s->counts;
	add_counts(sum, s->http);
	add_counts(sum, s->other);
}

/*
 * Tokens
 */

/* Wait for the one request under way. */
static int
wait_for(struct http *http, struct http_answer *a, struct fault *f)
{
	int got = http_poll(http, a, -1, -1, f);

	if (got == 0)
		return fault_set(f, FAULT_IO, "no answer came");
	return got == 1 ? 0 : -1;
}

/* Ask once, with an assertion of that time. -1 also when none is given. */
static int
trade(struct session *s, struct http *http, const char *path,
    struct assertion *assertion, struct http_answer *a, struct fault *f)
{
	struct http_request request = { .method = "POST",
		.path = path,
		.type = HTTP_FORM,
		.repeatable = true };
	struct buf jwt, form;
	int status;

	buf_init(&jwt, JWT_MAX);
	buf_init(&form, JWT_MAX * 2);
	assertion->now_s = now_s(s) + s->ahead_s;
	*a = (struct http_answer){ 0 };
	status = service_assert(&s->service, assertion, &jwt, f);
	if (status == 0) {
		oauth_ask(&form, buf_view(&jwt));
		request.body = buf_view(&form);
		status = http_send(http, &request, f);
	}
	if (status == 0)
		status = wait_for(http, a, f);
	if (status == 0 && a->why.kind != FAULT_NONE) {
		*f = a->why;
		hide_secret(f->text, jwt.p);
		status = -1;
	}
	explicit_bzero(jwt.p, jwt.len);
	buf_free(&jwt);
	if (form.p != NULL)
		explicit_bzero(form.p, form.len);
	buf_free(&form);
	return status;
}

/* "3600 s behind", as this machine is. */
static void
put_difference(char *out, size_t size, int64_t ahead_s)
{
	snprintf(out, size, "%" PRId64 " s %s",
	    ahead_s < 0 ? -ahead_s : ahead_s,
	    ahead_s < 0 ? "ahead of" : "behind");
}

/*
 * A token for scope, or one to show to target. When Google takes our time for
 * another, it is asked again by its own clock.
 */
static int
get_token(struct session *s, const char *scope, const char *target,
    struct oauth_token *token, struct fault *f)
{
	struct http_conf conf = { .judge = oauth_judge, .connections = 1 };
	struct assertion assertion = { .scope = scope, .target = target };
	const char *path;
	char *base = split_url(s->token_url, &path), differs[60] = "";
	struct http_answer a;
	struct http *http;
	int64_t ahead_s;
	int status = -1;

	assertion.audience =
	    oauth_is_google(s->token_url) ? OAUTH_URL : s->token_url;
	conf.base_url = base;
	conf.base_given = !oauth_is_google(s->token_url);
	http = http_new(&conf, f);
	if (http == NULL) {
		fault_prefix(f, "the token's URL: ");
		free(base);
		return -1;
	}
	status = trade(s, http, path, &assertion, &a, f);
	if (status == -1 && a.status != 0 && differs[0] == '\0' &&
	    oauth_clock_differs(&a, now_s(s), &ahead_s)) {
		put_difference(differs, sizeof(differs), ahead_s);
		s->ahead_s = ahead_s;
		snprintf(s->notice, sizeof(s->notice),
		    "the clock of this machine is %s Google's; set it",
		    differs);
		status = trade(s, http, path, &assertion, &a, f);
		if (status == -1)
			fault_prefix(f,
			    "the clock of this machine is %s "
			    "Google's; set it: ",
			    differs);
	}
	if (status == 0)
		status = oauth_take(token, a.body,
		    scope != NULL ? "access_token" : "id_token", now_s(s), f);
	close_http(s, &http);
	free(base);
	return status;
}

/* What a token in the cache is for. */
static void
put_question(const struct session *s, struct buf *b)
{
	const char *member[][2] = { { "account", s->service.email },
		{ "key_id", s->service.key_id }, { "scope", s->conf.scope },
		{ "endpoint", s->token_url } };
	size_t i;

	json_open(b);
	for (i = 0; i < sizeof(member) / sizeof(member[0]); i++) {
		json_key(b, member[i][0]);
		json_put_str(b, member[i][1]);
	}
	json_close(b);
}

/* The token of a line of the cache, if it is still good for a while. */
static bool
read_line(const struct session *s, struct text line, struct oauth_token *token)
{
	struct json_shape *shape = json_shape_new();
	struct arena *scratch = arena_new();
	struct json_value field[2];
	struct fault ignored = { 0 };
	struct text text;
	struct buf b;

	json_want(shape, "access_token");
	json_want(shape, "ends_s");
	buf_init(&b, JWT_MAX);
	buf_text(&b, line);
	if (b.len > 0 && !b.over &&
	    json_scan_document(shape, b.p, b.len, field, &ignored) == 0 &&
	    json_int64(field[1], &token->ends_s) &&
	    token->ends_s - now_s(s) > EARLY_S &&
	    token->ends_s - now_s(s) <= LIFE_S) {
		text = json_text(field[0], scratch);
		if (text.p != NULL)
			token->text = xstrndup(text.p, text.len);
	}
	if (b.p != NULL)
		explicit_bzero(b.p, b.len);
	buf_free(&b);
	arena_free(scratch);
	json_shape_free(shape);
	return token->text != NULL;
}

/* A token that was kept; false when there is none that is good. */
static bool
recall(struct session *s)
{
	struct fault ignored = { 0 };
	struct memo *memo = NULL;
	struct text line;
	struct buf question;
	bool found = false;

	if (s->cache == NULL || !file_is_there(s->cache))
		return false;
	buf_init(&question, PATH_MAX_BYTES);
	put_question(s, &question);
	if (memo_open(&memo, s->cache, "google-token", buf_view(&question),
		LIFE_S, now_s(s), &ignored) == 1 &&
	    memo_read(memo, &line, &ignored) == 1)
		found = read_line(s, line, &s->token);
	memo_free(memo);
	buf_free(&question);
	return found;
}

static int
keep_in(struct session *s, struct text line, struct fault *f)
{
	struct memo *memo = NULL;
	struct buf question;
	int status;

	if (folder_make(s->cache, f) == -1)
		return -1;
	buf_init(&question, PATH_MAX_BYTES);
	put_question(s, &question);
	/* no age is young enough: it is written */
	status = memo_open(&memo, s->cache, "google-token", buf_view(&question),
	    INT64_MIN / 2, now_s(s), f);
	if (status == 0)
		status = memo_write(memo, line, f);
	if (status == 0)
		status = memo_keep(memo, f);
	memo_free(memo);
	buf_free(&question);
	return status;
}

/* For the next start. Only a folder that was named must be of use. */
static int
keep(struct session *s, struct fault *f)
{
	struct fault why = { 0 };
	struct buf line;
	int status;

	if (s->cache == NULL)
		return 0;
	buf_init(&line, JWT_MAX);
	json_open(&line);
	json_key(&line, "access_token");
	json_put_str(&line, s->token.text);
	json_key(&line, "ends_s");
	json_put_int(&line, s->token.ends_s);
	json_close(&line);
	buf_char(&line, '\n');
	status = keep_in(s, buf_view(&line), &why);
	explicit_bzero(line.p, line.len);
	buf_free(&line);
	if (status == -1 && s->conf.cache == NULL)
		return 0;
	if (status == -1)
		*f = why;
	return status;
}

/*
 * Calls
 */
static int
open_http(struct session *s, struct fault *f)
{
	struct http_conf conf = { .base_url = s->conf.base_url,
		.base_given = s->conf.base_url != NULL,
		.secret = s->token.text,
		.judge = google_judge,
		.tries = TRIES,
		.connections = 1 };

	conf.window[0] = (struct http_window){ CALLS_NR, CALLS_MS, 0 };
	conf.window[1] = (struct http_window){ CALLS_NR, CALLS_MS, 0 };
	if (conf.base_url == NULL)
		conf.base_url = SESSION_SHEETS_URL;
	s->http = http_new(&conf, f);
	return s->http == NULL ? -1 : 0;
}

/* Have a token that lasts, one that was kept if that will do. */
static int
be_known(struct session *s, bool kept, struct fault *f)
{
	if (s->http != NULL && s->token.ends_s - now_s(s) > EARLY_S / 2)
		return 0;
	drop_token(s);
	if (kept && recall(s))
		return open_http(s, f);
	if (get_token(s, s->conf.scope, NULL, &s->token, f) == -1 ||
	    keep(s, f) == -1)
		return -1;
	return open_http(s, f);
}

static int
call_once(struct session *s, const struct http_request *request,
    struct http_answer *a, struct fault *f)
{
	if (http_send(s->http, request, f) == -1)
		return -1;
	if (wait_for(s->http, a, f) == -1)
		return -1;
	if (a->why.kind == FAULT_NONE)
		return 0;
	*f = a->why;
	return -1;
}

int
session_call(struct session *s, const struct http_request *request,
    struct http_answer *a, struct fault *f)
{
	int status;

	*a = (struct http_answer){ 0 };
	if (be_known(s, true, f) == -1)
		return -1;
	status = call_once(s, request, a, f);
	if (status == 0 || a->status != 401)
		return status;
	/* it was taken back before its time */
	drop_token(s);
	*a = (struct http_answer){ 0 };
	if (be_known(s, false, f) == -1)
		return -1;
	return call_once(s, request, a, f);
}

int
session_post(struct session *s, const char *url, unsigned total_s,
    struct http_answer *a, struct fault *f)
{
	struct http_conf conf = { .judge = google_judge,
		.total_s = total_s,
		.max_wait_s = total_s,
		.tries = POST_TRIES,
		.connections = 1 };
	struct http_request request = { .method = "POST" };
	struct oauth_token token = { 0 };
	char *base = split_url(url, &request.path);
	int status = -1;

	*a = (struct http_answer){ 0 };
	conf.base_url = base;
	conf.base_given = is_local(url);
	if (!conf.base_given && strncmp(url, "https://", 8) != 0) {
		fault_set(f, FAULT_USAGE, "the URL must start with https://");
		goto out;
	}
	if (get_token(s, NULL, url, &token, f) == -1)
		goto out;
	conf.secret = token.text;
	close_http(s, &s->other);
	s->other = http_new(&conf, f);
	if (s->other == NULL || http_send(s->other, &request, f) == -1 ||
	    wait_for(s->other, a, f) == -1)
		goto out;
	if (a->why.kind == FAULT_NONE)
		status = 0;
	else
		*f = a->why;
out:
	oauth_token_free(&token);
	free(base);
	return status;
}
