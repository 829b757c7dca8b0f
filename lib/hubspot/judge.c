#include "hubspot/judge.h"

#include <stdio.h>

#include "base/http_error.h"

#define TEXT_MAX 600 /* of what a server says, in a message of ours */

enum {
	MESSAGE,
	CATEGORY,
	ID,
	POLICY,
	ERRORS,
	SLOTS
};

static const char *const paths[SLOTS] = {
	[MESSAGE] = "message",
	[CATEGORY] = "category",
	[ID] = "correlationId",
	[POLICY] = "policyName",
	[ERRORS] = "errors",
};

/* What it says there; what it lacks is empty. */
static struct text
said(const struct http_error *e, int slot)
{
	return http_error_text(e, (size_t)slot, TEXT_MAX);
}

static bool
contains(struct text t, const char *word)
{
	size_t i, len = strlen(word);

	for (i = 0; i + len <= t.len; i++)
		if (text_starts_nocase(
			(struct text){ t.p + i, t.len - i }, word))
			return true;
	return false;
}

size_t
hubspot_scopes(
    struct text text, struct arena *scratch, struct text *scope, size_t max)
{
	static const char *const where[] = { "context.requiredGranularScopes",
		"context.requiredScopes" };
	struct json_shape *shape = json_shape_new();
	struct json_value field[2], error, name;
	const char *at = NULL, *at_name;
	struct http_error b;
	size_t i, nr = 0;

	http_error_read(&b, text, paths, SLOTS);
	for (i = 0; i < 2; i++)
		json_want(shape, where[i]);
	while (b.field[ERRORS].kind == VALUE_ARRAY &&
	       json_next(b.field[ERRORS], &at, NULL, &error)) {
		if (error.kind != VALUE_OBJECT)
			continue;
		json_scan_value(shape, error, field);
		i = field[0].kind == VALUE_ARRAY ? 0 : 1;
		at_name = NULL;
		while (nr < max && json_next(field[i], &at_name, NULL, &name))
			if (name.kind == VALUE_STRING)
				scope[nr++] = arena_copy(
				    scratch, json_text(name, b.scratch));
	}
	json_shape_free(shape);
	http_error_free(&b);
	return nr;
}

/* "scopes a, b", or what says that no scope was named. */
static void
name_scopes(struct text text, struct arena *scratch, struct buf *out)
{
	struct text scope[HUBSPOT_SCOPES];
	size_t i, nr = hubspot_scopes(text, scratch, scope, HUBSPOT_SCOPES);

	buf_str(out, nr == 0 ? "scope for it" : nr == 1 ? "scope " : "scopes ");
	for (i = 0; i < nr; i++) {
		buf_str(out, i == 0 ? "" : ", ");
		buf_text(out, scope[i]);
	}
	buf_char(out, '\0');
}

/* "401 CATEGORY: message, correlation id X": what was said of it. */
static void
name_error(const struct http_answer *a, const struct http_error *b, char *out,
    size_t size)
{
	struct text message = http_error_text(b, MESSAGE, TEXT_MAX / 2);
	struct text category = http_error_text(b, CATEGORY, 60);
	struct text id = http_error_text(b, ID, 60);
	size_t len;

	len = (size_t)snprintf(out, size, "%ld%s%.*s%s%.*s", a->status,
	    category.len > 0 ? " " : "", TEXT_ARG(category),
	    message.len > 0 ? ": " : "", TEXT_ARG(message));
	if (id.len > 0 && len < size)
		snprintf(out + len, size - len, ", correlation id %.*s",
		    TEXT_ARG(id));
}

static void
judge_limit(const struct http_answer *a, const struct http_error *b,
    struct http_ruling *r)
{
	struct text policy = said(b, POLICY), message = said(b, MESSAGE);
	bool told = http_header(a, "retry-after").p != NULL;

	if (text_is_nocase(policy, "DAILY") ||
	    (policy.len == 0 && contains(message, "daily"))) {
		r->verdict = HTTP_FAIL;
		fault_set(&r->why, FAULT_AGAIN,
		    "HubSpot's daily limit of requests is reached: it starts "
		    "anew at midnight in the account's time zone");
		return;
	}
	r->hold = true;
	if (told || r->verdict != HTTP_RETRY)
		return;
	if (text_is_nocase(policy, "TEN_SECONDLY_ROLLING") ||
	    contains(message, "ten_secondly"))
		r->wait_ms = 10000;
	else if (text_is_nocase(policy, "SECONDLY") ||
		 contains(message, "secondly"))
		r->wait_ms = 1000;
}

void
hubspot_judge(const struct http_answer *a, struct http_ruling *r)
{
	char text[TEXT_MAX];
	struct http_error b;

	http_judge(a, r);
	if (r->verdict == HTTP_TAKE || a->status == 0)
		return;
	http_error_read(&b, a->body, paths, SLOTS);
	if (a->status == 429) {
		judge_limit(a, &b, r);
	} else if (a->status == 477) {
		struct text wait = http_header(a, "retry-after");

		r->verdict = HTTP_FAIL;
		fault_set(&r->why, FAULT_AGAIN,
		    "HubSpot moves this account to another data centre: try "
		    "again%s%.*s%s",
		    wait.p != NULL ? " in " : " later", TEXT_ARG(wait),
		    wait.p != NULL ? " s" : "");
	} else if (a->status == 401) {
		name_error(a, &b, text, sizeof(text));
		fault_set(&r->why, FAULT_DENIED,
		    "HubSpot does not accept the token (%s): check that "
		    "HUBSPOT_PAT is whole and was not rotated or expired, and "
		    "that the base URL is of the portal's region",
		    text);
	} else if (a->status == 403 &&
		   text_is_nocase(said(&b, CATEGORY), "MISSING_SCOPES")) {
		struct buf scopes;

		buf_init(&scopes, TEXT_MAX);
		name_scopes(a->body, b.scratch, &scopes);
		name_error(a, &b, text, sizeof(text));
		fault_set(&r->why, FAULT_DENIED,
		    "the token lacks the %s (%s): grant it to the private app",
		    scopes.p, text);
		buf_free(&scopes);
	} else if (a->status < 500 && r->verdict == HTTP_FAIL &&
		   said(&b, MESSAGE).len > 0) {
		name_error(a, &b, text, sizeof(text));
		fault_set(&r->why, FAULT_DENIED, "HubSpot answers %s", text);
	}
	http_error_free(&b);
}

bool
hubspot_token_missing(struct text token)
{
	token = text_trim(token);
	return token.len == 0 || text_starts_nocase(token, "pat-replace_me") ||
	       text_starts_nocase(token, "pat-xx-");
}

bool
hubspot_token_valid(struct text token)
{
	size_t i;

	for (i = 0; i < token.len; i++)
		if (token.p[i] <= ' ' || token.p[i] > '~')
			return false;
	return token.len > 0;
}

void
hubspot_token_tag(struct text token, char out[HUBSPOT_TAG])
{
	uint64_t h = 0xcbf29ce484222325u;
	size_t i;

	/* FNV-1a, folded to 16 bits */
	for (i = 0; i < token.len; i++)
		h = (h ^ (unsigned char)token.p[i]) * 0x100000001b3u;
	h ^= h >> 32;
	h ^= h >> 16;
	snprintf(out, HUBSPOT_TAG, "%04x", (unsigned)(h & 0xffff));
}
