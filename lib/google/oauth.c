#include "google/oauth.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/http_date.h"
#include "base/json.h"
#include "base/xalloc.h"

#define GRANT	 "urn:ietf:params:oauth:grant-type:jwt-bearer"
#define SAID_MAX 300 /* of what a server says, in a message of ours */
#define LIFE_S	 3600
#define DIFFER_S 60

/* What the endpoint says of an error, kept in scratch; "" for what it lacks. */
static void
read_error(struct text body, struct arena *scratch, struct text *error,
    struct text *description)
{
	struct json_shape *shape = json_shape_new();
	struct json_value field[2];
	struct fault ignored = { 0 };
	struct text *to[] = { error, description };
	size_t i;

	json_want(shape, "error");
	json_want(shape, "error_description");
	*error = *description = text_of("");
	if (body.len > 0 &&
	    json_scan_document(shape, body.p, body.len, field, &ignored) == 0)
		for (i = 0; i < 2; i++)
			if (field[i].kind == VALUE_STRING)
				*to[i] = arena_copy(
				    scratch, json_text(field[i], scratch));
	json_shape_free(shape);
}

static const char *
remedy(const char *error, const char *description)
{
	if (strstr(description, "JWT Signature") != NULL)
		return "; the key was deleted, or the file was changed: make "
		       "another key of the account";
	if (strstr(description, "account not found") != NULL)
		return "; the service account is gone: make another, and "
		       "share with its address";
	if (strstr(description, "timeframe") != NULL)
		return "; check the clock of this machine";
	if (strcmp(error, "invalid_scope") == 0)
		return "; the account may not ask for this";
	return "";
}

void
oauth_judge(const struct http_answer *a, struct http_ruling *r)
{
	struct arena *scratch;
	struct text error, description;

	http_judge(a, r);
	if (r->verdict != HTTP_FAIL || a->status < 400 || a->status >= 500)
		return;
	scratch = arena_new();
	read_error(a->body, scratch, &error, &description);
	if (error.len > 0)
		fault_set(&r->why, FAULT_DENIED,
		    "Google gives no token: %ld %.60s: %.*s%s", a->status,
		    error.p,
		    (int)(description.len < SAID_MAX ? description.len
						     : SAID_MAX),
		    description.p, remedy(error.p, description.p));
	arena_free(scratch);
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
	struct text date = http_header(a, "date"), error, description;
	struct arena *scratch = arena_new();
	instant_us at;
	bool differs = false;

	read_error(a->body, scratch, &error, &description);
	if (a->status == 400 && text_is(error, "invalid_grant") &&
	    strstr(description.p, "timeframe") != NULL && date.p != NULL &&
	    http_date_parse(date, now_s * 1000000, &at)) {
		*ahead_s = at / 1000000 - now_s;
		differs = *ahead_s >= DIFFER_S || *ahead_s <= -DIFFER_S;
	}
	arena_free(scratch);
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
