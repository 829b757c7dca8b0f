#include "google/oauth.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/http_date.h"
#include "base/http_error.h"
#include "base/json.h"
#include "base/xalloc.h"

#define GRANT	 "urn:ietf:params:oauth:grant-type:jwt-bearer"
#define SAID_MAX 300 /* of what a server says, in a message of ours */
#define LIFE_S	 3600
#define DIFFER_S 60

static const char *const error_paths[] = { "error", "error_description" };

static bool
contains(struct text t, const char *words)
{
	return memmem(t.p, t.len, words, strlen(words)) != NULL;
}

static const char *
remedy(struct text error, struct text description)
{
	if (contains(description, "JWT Signature"))
		return "; the key was deleted, or the file was changed: make "
		       "another key of the account";
	if (contains(description, "account not found"))
		return "; the service account is gone: make another, and "
		       "share with its address";
	if (contains(description, "timeframe"))
		return "; check the clock of this machine";
	if (text_is(error, "invalid_scope"))
		return "; the account may not ask for this";
	return "";
}

void
oauth_judge(const struct http_answer *a, struct http_ruling *r)
{
	struct text error, description;
	struct http_error e;

	http_judge(a, r);
	if (r->verdict != HTTP_FAIL || a->status < 400 || a->status >= 500)
		return;
	http_error_read(&e, a->body, error_paths, 2);
	error = http_error_text(&e, 0, 60);
	description = http_error_text(&e, 1, SAID_MAX);
	if (error.len > 0)
		fault_set(&r->why, FAULT_DENIED,
		    "Google gives no token: %ld %.*s: %.*s%s", a->status,
		    TEXT_ARG(error), TEXT_ARG(description),
		    remedy(error, description));
	http_error_free(&e);
}

void
oauth_ask(struct buf *form, struct text assertion)
{
	buf_str(form, "grant_type=");
	http_escape(form, text_of(GRANT));
	buf_str(form, "&assertion=");
	http_escape(form, assertion);
}

int
oauth_take(struct oauth_token *t, struct text body, const char *member,
    int64_t now_s, struct fault *f)
{
	struct json_shape *shape = json_shape_new();
	struct arena *scratch = arena_new();
	struct json_value field[2];
	int64_t life_s;
	int status = -1;

	*t = (struct oauth_token){ 0 };
	json_want(shape, member);
	json_want(shape, "expires_in");
	if (json_scan_document(shape, body.p, body.len, field, f) == -1) {
		fault_prefix(f, "the answer with the token is no JSON: ");
	} else if (field[0].kind != VALUE_STRING) {
		fault_set(f, FAULT_DATA, "the answer has no %s", member);
	} else {
		struct text text = json_text(field[0], scratch);

		t->text = xstrndup(text.p, text.len);
		if (!json_int64(field[1], &life_s) || life_s > LIFE_S)
			life_s = LIFE_S;
		t->ends_s = now_s + life_s;
		status = 0;
	}
	arena_free(scratch);
	json_shape_free(shape);
	return status;
}

void
oauth_token_free(struct oauth_token *t)
{
	if (t->text != NULL)
		explicit_bzero(t->text, strlen(t->text));
	free(t->text);
	*t = (struct oauth_token){ 0 };
}

bool
oauth_clock_differs(
    const struct http_answer *a, int64_t now_s, int64_t *ahead_s)
{
	struct text date = http_header(a, "date");
	struct http_error e;
	instant_us at;
	bool differs = false;

	http_error_read(&e, a->body, error_paths, 2);
	if (a->status == 400 && date.p != NULL &&
	    text_is(http_error_text(&e, 0, SAID_MAX), "invalid_grant") &&
	    contains(http_error_text(&e, 1, SAID_MAX), "timeframe") &&
	    http_date_parse(date, now_s * 1000000, &at)) {
		*ahead_s = at / 1000000 - now_s;
		differs = *ahead_s >= DIFFER_S || *ahead_s <= -DIFFER_S;
	}
	http_error_free(&e);
	return differs;
}

bool
oauth_is_google(const char *url)
{
	static const char scheme[] = "https://", domain[] = ".googleapis.com";
	const char *host = url + strlen(scheme);
	size_t len;

	if (strncmp(url, scheme, strlen(scheme)) != 0)
		return false;
	len = strcspn(host, "/?#");
	/* neither a port nor a user in front of another host */
	return len > strlen(domain) && memchr(host, '@', len) == NULL &&
	       strncmp(host + len - strlen(domain), domain, strlen(domain)) ==
		   0;
}
