#include "hubstaff/account.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/file.h"
#include "base/folder.h"
#include "base/hide.h"
#include "base/json.h"
#include "base/lock.h"
#include "base/xalloc.h"
#include "hubstaff/judge.h"
#include "hubstaff/tokens.h"

#define EARLY_S	    300 /* an access token is renewed so long before its end */
#define LIFE_S	    86400
#define WAIT_S	    120
#define FORM_MAX    (16u << 10)
#define HOUR_NR	    900 /* of 1,000 that Hubstaff allows */
#define TOKEN_TRIES 3
#define NEW_TOKEN                                                           \
	"create a new personal access token at developer.hubstaff.com and " \
	"set HUBSTAFF_REFRESH_TOKEN to it"

struct account {
	struct account_conf conf;
	char *base_url, *token_url;
	char *file, *lock;
	char seed[TOKENS_TAG]; /* of the token in the environment; or "" */
	struct tokens tokens;
	struct http *http; /* with the access token; NULL: there is none yet */
	struct http_counts counts; /* of clients that are gone */
};

static int64_t
now_s(const struct account *a)
{
	return a->conf.now() / 1000000;
}

static void
add_counts(struct http_counts *to, const struct http_counts *c)
{
	to->requests += c->requests;
	to->retries += c->retries;
	to->limited += c->limited;
	to->wire += c->wire;
	to->body += c->body;
	to->waited_ms += c->waited_ms;
}

static void
close_http(struct account *a, struct http **http)
{
	if (*http == NULL)
		return;
	add_counts(&a->counts, http_counts(*http));
	http_free(*http);
	*http = NULL;
}

/*
 * Setting up
 */

/* Without the slashes at its end. */
static char *
bare_url(const char *url)
{
	size_t len = strlen(url);

	while (len > 0 && url[len - 1] == '/')
		len--;
	return xstrndup(url, len);
}

/* Tokens of another server have a file of their own. */
static int
choose_file(struct account *a, struct fault *f)
{
	bool usual = strcmp(a->token_url, ACCOUNT_TOKEN_URL) == 0;
	char *folder, tag[TOKENS_TAG], *p;
	int status;

	if (a->conf.file != NULL) {
		a->file = xstrdup(a->conf.file);
		return 0;
	}
	folder = folder_own(a->conf.state_home, a->conf.home, ".local/state");
	if (folder == NULL)
		return fault_set(f, FAULT_USAGE,
		    "HOME is not set: name the file of the tokens with "
		    "--token-file");
	tokens_tag(a->token_url, tag);
	for (p = tag; *p != '\0'; p++)
		if (*p == '/' || *p == '+')
			*p = '-';
	if (asprintf(&a->file, "%s/hubstaff-tokens%s%s.json", folder,
		usual ? "" : "-", usual ? "" : tag) == -1)
		xalloc_fail();
	status = folder_make(folder, f);
	free(folder);
	return status;
}

/* Those of another account endpoint must not be sent to this one. */
static int
check_endpoint(const struct account *a, struct fault *f)
{
	if (a->tokens.endpoint == NULL ||
	    strcmp(a->tokens.endpoint, a->token_url) == 0)
		return 0;
	return fault_set(f, FAULT_USAGE,
	    "%s: the tokens are of %s, and not of %s: name another file with "
	    "--token-file",
	    a->file, a->tokens.endpoint, a->token_url);
}

static int
read_tokens(struct account *a, struct fault *f)
{
	tokens_free(&a->tokens);
	if (tokens_read(&a->tokens, a->file, f) == -1)
		return -1;
	return check_endpoint(a, f);
}

static bool
is_token(const char *token)
{
	for (; *token != '\0'; token++)
		if (*token <= ' ' || *token > '~')
			return false;
	return true;
}

static int
check_environment(const struct account_conf *c, struct fault *f)
{
	const char *const value[] = { c->refresh_token, c->access_token };
	static const char *const variable[] = { "HUBSTAFF_REFRESH_TOKEN",
		"HUBSTAFF_ACCESS_TOKEN" };
	size_t i;

	for (i = 0; i < 2; i++)
		if (value[i] != NULL && !is_token(value[i]))
			return fault_set(f, FAULT_USAGE,
			    "%s has a character that no token has: copy it "
			    "again",
			    variable[i]);
	return 0;
}

static int
set_up(struct account *a, struct fault *f)
{
	const struct account_conf *c = &a->conf;

	if (check_environment(c, f) == -1)
		return -1;
	a->base_url = bare_url(c->base_url == NULL ? ACCOUNT_URL : c->base_url);
	a->token_url = bare_url(c->token_url != NULL  ? c->token_url
				: c->base_url != NULL ? c->base_url
						      : ACCOUNT_TOKEN_URL);
	if (c->access_token != NULL)
		return 0;
	if (choose_file(a, f) == -1)
		return -1;
	if (asprintf(&a->lock, "%s.lock", a->file) == -1)
		xalloc_fail();
	if (c->refresh_token != NULL)
		tokens_tag(c->refresh_token, a->seed);
	if (read_tokens(a, f) == -1)
		return -1;
	if (a->tokens.refresh == NULL && c->refresh_token == NULL)
		return fault_set(f, FAULT_USAGE,
		    "no token of Hubstaff: neither HUBSTAFF_REFRESH_TOKEN nor "
		    "%s has one; " NEW_TOKEN,
		    a->file);
	return 0;
}

struct account *
account_new(const struct account_conf *conf, struct fault *f)
{
	struct account *a = xcalloc(1, sizeof(*a));

	a->conf = *conf;
	a->tokens.asked_at = TOKENS_NEVER;
	if (set_up(a, f) == 0)
		return a;
	account_free(a);
	return NULL;
}

void
account_free(struct account *a)
{
	if (a == NULL)
		return;
	close_http(a, &a->http);
	tokens_free(&a->tokens);
	free(a->base_url);
	free(a->token_url);
	free(a->file);
	free(a->lock);
	free(a);
}

bool
account_is_org(const struct account *a)
{
	return a->conf.access_token != NULL;
}

struct http_counts
account_counts(const struct account *a)
{
	struct http_counts c = a->counts;

	if (a->http != NULL)
		add_counts(&c, http_counts(a->http));
	return c;
}

/*
 * Exchanges
 */

/* Wait for the one request under way. */
static int
wait_for(struct http *http, struct http_answer *answer, struct fault *f)
{
	int got = http_poll(http, answer, -1, -1, f);

	if (got == 0)
		return fault_set(f, FAULT_IO, "no answer came");
	if (got == -1)
		return -1;
	if (answer->why.kind == FAULT_NONE)
		return 0;
	*f = answer->why;
	return -1;
}

/* The new tokens instead of the old; nothing changes when it fails. */
static int
take_tokens(struct account *a, struct text body, struct fault *f)
{
	static const char *const name[] = { "access_token", "refresh_token",
		"expires_in" };
	struct json_shape *shape = json_shape_new();
	struct arena *scratch = arena_new();
	struct tokens *t = &a->tokens;
	struct json_value field[3];
	struct text access, refresh;
	int64_t life_s;
	size_t i;
	int status = -1;

	for (i = 0; i < 3; i++)
		json_want(shape, name[i]);
	if (json_scan_document(shape, body.p, body.len, field, f) == -1) {
		fault_prefix(f, "the answer with the tokens is no JSON: ");
		goto out;
	}
	access = json_text(field[0], scratch);
	refresh = json_text(field[1], scratch);
	if (access.p == NULL || refresh.p == NULL || refresh.len == 0) {
		fault_set(f, FAULT_DATA,
		    "the answer has no access_token and refresh_token");
		goto out;
	}
	if (!json_int64(field[2], &life_s) || life_s < 0 || life_s > LIFE_S)
		life_s = LIFE_S;
	tokens_set(&t->access, arena_copy(scratch, access).p);
	tokens_set(&t->refresh, arena_copy(scratch, refresh).p);
	tokens_set(&t->endpoint, a->token_url);
	if (a->seed[0] != '\0')
		tokens_set(&t->seed, a->seed);
	t->ends_s = now_s(a) + life_s;
	t->asked_at = TOKENS_NEVER;
	status = 0;
out:
	arena_free(scratch);
	json_shape_free(shape);
	return status;
}

/*
 * Send a refresh token. An answer that got lost may have used it up: then it is
 * lost whether it is sent again or not, so it is.
 */
static int
trade(struct account *a, struct http *http, const char *refresh,
    struct http_answer *answer, struct fault *f)
{
	struct http_request request = { .method = "POST",
		.path = "/access_tokens",
		.type = HTTP_FORM,
		.repeatable = true };
	struct buf form;
	int status;

	buf_init(&form, FORM_MAX);
	buf_str(&form, "grant_type=refresh_token&refresh_token=");
	http_escape(&form, text_of(refresh));
	request.body = buf_view(&form);
	*answer = (struct http_answer){ 0 };
	status = buf_check(&form, "the refresh token", f);
	if (status == 0)
		status = http_send(http, &request, f);
	if (status == 0)
		status = wait_for(http, answer, f);
	if (status == 0)
		status = take_tokens(a, answer->body, f);
	if (status == -1)
		hide_secret(f->text, refresh);
	explicit_bzero(form.p, form.len);
	buf_free(&form);
	return status;
}

/*
 * That an exchange begins must be in the file before it does: this also finds
 * out whether the file can be written, while the old token is still good.
 */
static int
tell_file(struct account *a, instant_us asked_at, struct fault *f)
{
	struct tokens *t = &a->tokens;

	if (t->refresh == NULL)
		tokens_set(&t->refresh, a->conf.refresh_token);
	if (t->endpoint == NULL)
		tokens_set(&t->endpoint, a->token_url);
	t->asked_at = asked_at;
	return tokens_write(t, a->file, f);
}

/* Exchange a refresh token, and have the new tokens in the file. */
static int
exchange(struct account *a, struct http *http, const char *refresh,
    struct http_answer *answer, struct fault *f)
{
	instant_us before = a->tokens.asked_at;
	struct fault ignored = { 0 };

	*answer = (struct http_answer){ 0 };
	if (tell_file(a, a->conf.now(), f) == -1)
		return -1;
	if (trade(a, http, refresh, answer, f) == -1) {
		/* it was answered, and so nothing got lost */
		if (answer->status >= 400 && answer->status < 500 &&
		    answer->tries == 1)
			(void)tell_file(a, before, &ignored);
		return -1;
	}
	if (tokens_write(&a->tokens, a->file, f) == 0)
		return 0;
	return fault_prefix(f,
	    "the old refresh token is used up and the new one cannot be kept: "
	    "mend that, then " NEW_TOKEN ": ");
}

/* Say what to do when no token is taken. */
static int
refused(const struct account *a, instant_us asked_at,
    const struct http_answer *answer, struct fault *f)
{
	char at[INSTANT_TEXT];
	struct fault why = *f;

	if (asked_at != TOKENS_NEVER) {
		instant_format(asked_at - asked_at % 1000000, at);
		return fault_set(f, FAULT_DENIED,
		    "an exchange of tokens that began at %s was broken off "
		    "before the new one was in %s, and the old one is used "
		    "up: " NEW_TOKEN " (%s)",
		    at, a->file, why.text);
	}
	if (answer->tries > 1)
		return fault_set(f, FAULT_DENIED,
		    "the answer with the new tokens got lost on its way, and "
		    "the old one is used up: " NEW_TOKEN " (%s)",
		    why.text);
	return fault_set(f, FAULT_DENIED,
	    "the refresh token was used before, has expired or was "
	    "revoked: " NEW_TOKEN " (%s)",
	    why.text);
}

static bool
is_refused(const struct http_answer *answer)
{
	return answer->status == 400 || answer->status == 401;
}

/*
 * Exchange the token of the file, or that of the environment, which goes first
 * when it is another than the one the file began with. A person who was given a
 * new one has put it there.
 */
static int
exchange_any(struct account *a, struct fault *f)
{
	struct http_conf conf = { .base_url = a->token_url,
		.base_given = strcmp(a->token_url, ACCOUNT_TOKEN_URL) != 0,
		.judge = hubstaff_token_judge,
		.tries = TOKEN_TRIES,
		.max_wait_s = a->conf.max_wait_s,
		.connections = 1 };
	instant_us asked_at = a->tokens.asked_at;
	char *stored = NULL;
	const char *turn[2];
	struct http_answer answer = { 0 };
	struct http *http = http_new(&conf, f);
	bool seed_first;
	int status;

	if (http == NULL)
		return fault_prefix(f, "the URL of the tokens: ");
	tokens_set(&stored, a->tokens.refresh);
	seed_first = a->seed[0] != '\0' && a->tokens.seed != NULL &&
		     strcmp(a->seed, a->tokens.seed) != 0;
	turn[0] = seed_first ? a->conf.refresh_token : stored;
	turn[1] = seed_first ? stored : a->conf.refresh_token;
	if (turn[0] == NULL || turn[1] == NULL ||
	    strcmp(turn[0], turn[1]) == 0) {
		turn[0] = turn[0] == NULL ? turn[1] : turn[0];
		turn[1] = NULL;
	}
	status = exchange(a, http, turn[0], &answer, f);
	if (turn[1] != NULL && is_refused(&answer)) {
		*f = (struct fault){ 0 };
		status = exchange(a, http, turn[1], &answer, f);
	}
	if (is_refused(&answer))
		refused(a, asked_at, &answer, f);
	close_http(a, &http);
	tokens_set(&stored, NULL);
	return status;
}

static bool
is_good(const struct account *a)
{
	return a->tokens.access != NULL &&
	       a->tokens.ends_s - now_s(a) > EARLY_S;
}

/*
 * A process that was killed while it kept the new tokens has left them in a
 * temporary: whole, they are those that would seem to be lost. Under the lock.
 */
static int
recover(struct account *a, struct fault *f)
{
	char **left = file_replace_left(a->file);
	struct fault ignored = { 0 };
	bool found = false;
	struct tokens t;
	size_t i;
	int status = 0;

	for (i = 0; left[i] != NULL && a->tokens.asked_at != TOKENS_NEVER;
	     i++) {
		if (tokens_read(&t, left[i], &ignored) == 0 &&
		    t.refresh != NULL && t.asked_at == TOKENS_NEVER &&
		    strcmp(t.endpoint, a->token_url) == 0) {
			tokens_free(&a->tokens);
			a->tokens = t;
			found = true;
		} else {
			tokens_free(&t);
		}
	}
	file_replace_left_free(left);
	if (found)
		status = tokens_write(&a->tokens, a->file, f);
	if (status == 0)
		file_replace_sweep(a->file);
	return status;
}

/*
 * Have an access token other than spent (NULL: any), from the file when another
 * job has put one there.
 */
static int
renew(struct account *a, const char *spent, struct fault *f)
{
	unsigned wait_s = a->conf.max_wait_s == 0 ? WAIT_S : a->conf.max_wait_s;
	int lock = lock_take(a->lock, wait_s * 1000, f), status;

	if (lock == -1)
		return -1;
	status = read_tokens(a, f);
	if (status == 0)
		status = recover(a, f);
	if (status == 0 &&
	    (!is_good(a) ||
		(spent != NULL && strcmp(spent, a->tokens.access) == 0)))
		status = exchange_any(a, f);
	close(lock);
	return status;
}

/*
 * Calls
 */
static int
open_http(struct account *a, struct fault *f)
{
	struct http_conf conf = { .base_url = a->base_url,
		.base_given = a->conf.base_url != NULL,
		.secret =
		    account_is_org(a) ? a->conf.access_token : a->tokens.access,
		.judge = hubstaff_judge,
		.tries = HUBSTAFF_TRIES,
		.max_wait_s = a->conf.max_wait_s,
		.connections = 1 };

	conf.window[0] = (struct http_window){ a->conf.rate, 60000, 0 };
	conf.window[1] = (struct http_window){ HOUR_NR, 3600000, 0 };
	close_http(a, &a->http);
	a->http = http_new(&conf, f);
	return a->http == NULL ? -1 : 0;
}

static int
be_known(struct account *a, struct fault *f)
{
	if (a->http != NULL && (account_is_org(a) || is_good(a)))
		return 0;
	if (!account_is_org(a) && !is_good(a) && renew(a, NULL, f) == -1)
		return -1;
	return open_http(a, f);
}

static int
call(struct account *a, const char *path, struct http_answer *answer,
    struct fault *f)
{
	struct http_request request = {
		.method = "GET", .path = path, .repeatable = true, .windows = 3
	};

	*answer = (struct http_answer){ 0 };
	if (http_send(a->http, &request, f) == -1)
		return -1;
	return wait_for(a->http, answer, f);
}

/* It was taken back before its time: once, another is asked for. */
static int
call_again(struct account *a, const char *path, struct http_answer *answer,
    struct fault *f)
{
	char *spent = NULL;
	int status;

	tokens_set(&spent, a->tokens.access);
	*f = (struct fault){ 0 };
	status = renew(a, spent, f);
	tokens_set(&spent, NULL);
	if (status == -1 || open_http(a, f) == -1)
		return -1;
	return call(a, path, answer, f);
}

int
account_get(struct account *a, const char *path, struct http_answer *answer,
    struct fault *f)
{
	int status;

	*answer = (struct http_answer){ 0 };
	if (be_known(a, f) == -1)
		return -1;
	status = call(a, path, answer, f);
	if (status == -1 && answer->status == 401 && !account_is_org(a))
		status = call_again(a, path, answer, f);
	if (status == -1 && answer->status == 401)
		fault_prefix(
		    f, account_is_org(a)
			   ? "check HUBSTAFF_ACCESS_TOKEN: "
			   : "a new access token is not taken either: ");
	return status;
}
