/*
 * The token endpoint: each refresh token is good for one exchange, which gives
 * the next. The personal token that a user makes is the first of them.
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/xalloc.h"
#include "sandbox/draw.h"
#include "sandbox/hubstaff_impl.h"

#define BODY_MAX  4096
#define ORG_TOKEN "hsoat_" /* and the personal token behind it */

enum {
	REFRESH = 1,
	ACCESS,
	TAG
};

static uint64_t
hash(const struct hubstaff *h, uint32_t salt)
{
	const char *p = h->conf->token;
	uint64_t x = h->conf->crm.seed ^ salt;

	for (; *p != '\0'; p++)
		x = draw_mix(x ^ (unsigned char)*p);
	return x;
}

/* The token of the nr-th exchange. */
static void
make_token(const struct hubstaff *h, uint32_t kind, uint64_t nr,
    char out[HUBSTAFF_TOKEN])
{
	uint64_t x = draw_mix(hash(h, kind) ^ nr);

	snprintf(out, HUBSTAFF_TOKEN, "%s_%016" PRIx64 "%016" PRIx64,
	    kind == REFRESH ? "hsrt" : "hsat", x, draw_mix(x));
}

void
hubstaff_tag(const struct hubstaff *h, char out[17])
{
	snprintf(out, 17, "%016" PRIx64, hash(h, TAG));
}

/* The one refresh token that is good now. */
static bool
is_current(const struct hubstaff *h, struct text given)
{
	char token[HUBSTAFF_TOKEN];

	if (h->exchanges == 0)
		return text_is(given, h->conf->token);
	make_token(h, REFRESH, h->exchanges, token);
	return text_is(given, token);
}

static void
give(struct hubstaff_call *c)
{
	struct hubstaff *h = c->hubstaff;
	char token[HUBSTAFF_TOKEN];

	h->ends_s =
	    xgrow(h->ends_s, h->exchanges, &h->cap_ends, sizeof(*h->ends_s));
	h->ends_s[h->exchanges++] = c->now_s + h->conf->hubstaff.token_s;
	json_open(c->out);
	json_key(c->out, "access_token");
	make_token(h, ACCESS, h->exchanges, token);
	json_put_str(c->out, token);
	json_key(c->out, "refresh_token");
	make_token(h, REFRESH, h->exchanges, token);
	json_put_str(c->out, token);
	json_key(c->out, "token_type");
	json_put_str(c->out, "bearer");
	json_key(c->out, "expires_in");
	json_put_int(c->out, h->conf->hubstaff.token_s);
	json_key(c->out, "scope");
	json_put_str(c->out, "openid hubstaff:read");
	json_close(c->out);
}

static void
exchange(struct hubstaff_call *c, const struct httpd_request *form)
{
	const struct httpd_param *grant =
	    httpd_request_param(form, "grant_type");
	const struct httpd_param *token =
	    httpd_request_param(form, "refresh_token");

	if (grant == NULL || !text_is(grant->value, "refresh_token"))
		hubstaff_denied(c->call, 400, "unsupported_grant_type",
		    "The sandbox takes grant_type=refresh_token.");
	else if (token == NULL || token->value.len == 0)
		hubstaff_denied(c->call, 400, "invalid_request",
		    "The request has no refresh_token.");
	else if (!is_current(c->hubstaff, token->value))
		hubstaff_denied(c->call, 400, "invalid_grant",
		    "The refresh token is invalid, expired, revoked, or was "
		    "used before.");
	else
		give(c);
}

void
hubstaff_token(struct hubstaff_call *c)
{
	const struct httpd_request *request = c->call->request;
	struct text type = httpd_request_header(request, "Content-Type");
	struct httpd_request form = { 0 };
	struct buf query;

	if (type.p == NULL ||
	    !text_starts_nocase(type, "application/x-www-form-urlencoded") ||
	    request->body.len > BODY_MAX) {
		hubstaff_denied(c->call, 400, "invalid_request",
		    "The body must be application/x-www-form-urlencoded.");
		return;
	}
	buf_init(&query, BODY_MAX + 2);
	buf_char(&query, '?');
	buf_text(&query, request->body);
	httpd_request_target(&form, query.p);
	buf_free(&query);
	exchange(c, &form);
	httpd_request_free(&form);
}

/* An access token that was given, or that of the organisation. */
static bool
is_access(const struct hubstaff_call *c, struct text given, bool *ended)
{
	const struct hubstaff *h = c->hubstaff;
	size_t len = strlen(ORG_TOKEN);
	char token[HUBSTAFF_TOKEN];
	uint64_t nr;

	*ended = false;
	if (given.len > len && memcmp(given.p, ORG_TOKEN, len) == 0)
		return text_is((struct text){ given.p + len, given.len - len },
		    h->conf->token);
	for (nr = h->exchanges; nr > 0; nr--) {
		make_token(h, ACCESS, nr, token);
		if (!text_is(given, token))
			continue;
		*ended = c->now_s >= h->ends_s[nr - 1];
		return !*ended;
	}
	return false;
}

bool
hubstaff_bearer(struct hubstaff_call *c)
{
	struct text given =
	    httpd_request_header(c->call->request, "Authorization");
	bool ended;

	if (given.p == NULL || !text_starts_nocase(given, "Bearer "))
		return hubstaff_error(c->call, 401, "unauthorized", 10000,
		    "You need to be authenticated to access this resource.");
	given.p += 7;
	given.len -= 7;
	if (is_access(c, text_trim(given), &ended))
		return true;
	return hubstaff_denied(c->call, 401, "invalid_token",
	    ended ? "The access token expired"
		  : "The access token is malformed, unknown or revoked");
}
