#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/base64.h"
#include "base/sign.h"
#include "base/xalloc.h"
#include "sandbox/draw.h"
#include "sandbox/google_impl.h"

#define PEM_MAX	   10000
#define JWT_MAX	   16384
#define AHEAD_S	   60	/* that a client's clock may be */
#define LIFE_S	   3600 /* of an assertion, and of an ID token */
#define GRANT	   "urn:ietf:params:oauth:grant-type:jwt-bearer"
#define SCOPES	   "https://www.googleapis.com/auth/"
#define TOKEN_PATH "/token"

const char google_account[] =
    "coach-pool@kpipe-sandbox.iam.gserviceaccount.com";

/*
 * Keys
 */
void
google_make_pair(struct google_pair *pair, uint64_t salt, struct fault *f)
{
	uint64_t x = salt;
	size_t i;

	buf_init(&pair->secret, PEM_MAX);
	buf_init(&pair->open, PEM_MAX);
	if (rs256_generate(&pair->secret, &pair->open, f) == -1)
		return;
	for (i = 0; i < pair->open.len; i++)
		x = draw_mix(x ^ (unsigned char)pair->open.p[i]);
	for (i = 0; i + 8 < sizeof(pair->id); i += 8) {
		x = draw_mix(x);
		snprintf(pair->id + i, 9, "%08x", (unsigned)(x >> 32));
	}
}

void
google_free_pair(struct google_pair *pair)
{
	sign_forget(&pair->secret);
	buf_free(&pair->secret);
	buf_free(&pair->open);
}

void
google_put_key(struct google *google, const char *address, struct buf *b)
{
	static const char *const fixed[][2] = {
		{ "type", "service_account" },
		{ "project_id", "kpipe-sandbox" },
		{ "client_email", google_account },
		{ "client_id", "104242424242424242424" },
		{ "auth_uri", "https://accounts.google.com/o/oauth2/auth" },
		{ "auth_provider_x509_cert_url",
		    "https://www.googleapis.com/oauth2/v1/certs" },
		{ "universe_domain", "googleapis.com" },
	};
	struct buf uri;
	size_t i;

	json_open(b);
	for (i = 0; i < sizeof(fixed) / sizeof(fixed[0]); i++) {
		json_key(b, fixed[i][0]);
		json_put_str(b, fixed[i][1]);
	}
	json_key(b, "private_key_id");
	json_put_str(b, google->account.id);
	json_key(b, "private_key");
	json_put_text(b, buf_view(&google->account.secret));
	buf_init(&uri, 1000);
	buf_str(&uri, address);
	buf_str(&uri, TOKEN_PATH);
	json_key(b, "token_uri");
	json_put_text(b, buf_view(&uri));
	buf_free(&uri);
	json_close(b);
	buf_char(b, '\n');
}

/*
 * Assertions
 */
struct jwt {
	struct text signed_part, header, claims, signature; /* in base64url */
};

static bool
split(struct text t, struct jwt *jwt)
{
	const char *one, *two;

	if (t.len == 0 || t.len > JWT_MAX)
		return false;
	one = memchr(t.p, '.', t.len);
	if (one == NULL)
		return false;
	two = memchr(one + 1, '.', (size_t)(t.p + t.len - one - 1));
	if (two == NULL)
		return false;
	jwt->header = (struct text){ t.p, (size_t)(one - t.p) };
	jwt->claims = (struct text){ one + 1, (size_t)(two - one - 1) };
	jwt->signed_part = (struct text){ t.p, (size_t)(two - t.p) };
	jwt->signature =
	    (struct text){ two + 1, (size_t)(t.p + t.len - two - 1) };
	return true;
}

/* The object in base64url; NULL when it is none. */
static json_t *
decode_object(struct text t)
{
	json_t *object = NULL;
	struct buf b;

	buf_init(&b, JWT_MAX);
	if (base64url_decode(&b, t))
		object = json_loadb(buf_view(&b).p, b.len,
		    JSON_DECODE_INT_AS_REAL | JSON_REJECT_DUPLICATES, NULL);
	buf_free(&b);
	if (json_is_object(object))
		return object;
	json_decref(object);
	return NULL;
}

static bool
is_text(json_t *object, const char *name, const char *value)
{
	const char *p = json_string_value(json_object_get(object, name));

	return p != NULL && strcmp(p, value) == 0;
}

static bool
is_signed(const struct google_pair *pair, const struct jwt *jwt)
{
	struct buf b;
	bool good;

	buf_init(&b, JWT_MAX);
	good =
	    pair->open.len > 0 && base64url_decode(&b, jwt->signature) &&
	    rs256_verify(buf_view(&pair->open), jwt->signed_part, buf_view(&b));
	buf_free(&b);
	return good;
}

json_t *
google_claims(const struct google_pair *pair, struct text t)
{
	struct jwt jwt;
	json_t *header, *claims = NULL;

	if (!split(t, &jwt))
		return NULL;
	header = decode_object(jwt.header);
	if (is_text(header, "alg", "RS256") &&
	    is_text(header, "kid", pair->id) && is_signed(pair, &jwt))
		claims = decode_object(jwt.claims);
	json_decref(header);
	return claims;
}

void
google_put_address(
    struct buf *b, const struct httpd_request *request, const char *path)
{
	struct text host = httpd_request_header(request, "Host");

	buf_str(b, "http://");
	buf_text(b, host.p == NULL ? text_of("") : host);
	buf_str(b, path);
}

/* The names by which the endpoint is known, and where it is here. */
static bool
is_for_us(struct google_call *g, json_t *claims)
{
	static const char *const known[] = {
		"https://oauth2.googleapis.com/token",
		"https://www.googleapis.com/oauth2/v4/token",
		"https://accounts.google.com/o/oauth2/token",
	};
	struct buf here;
	size_t i;
	bool good = false;

	for (i = 0; i < sizeof(known) / sizeof(known[0]); i++)
		good |= is_text(claims, "aud", known[i]);
	buf_init(&here, 1000);
	google_put_address(&here, g->call->request, TOKEN_PATH);
	good |= is_text(claims, "aud", buf_view(&here).p);
	buf_free(&here);
	return good;
}

static bool
refuse(struct google_call *g, unsigned status, const char *error,
    const char *description)
{
	g->call->reply->status = status;
	json_open(g->out);
	json_key(g->out, "error");
	json_put_str(g->out, error);
	json_key(g->out, "error_description");
	json_put_str(g->out, description);
	json_close(g->out);
	buf_char(g->out, '\n');
	return false;
}

static bool
check_times(struct google_call *g, json_t *claims)
{
	json_t *iat = json_object_get(claims, "iat");
	json_t *exp = json_object_get(claims, "exp");
	double from, to;

	if (json_is_real(iat) && json_is_real(exp)) {
		from = json_real_value(iat);
		to = json_real_value(exp);
		if (to >= from && to - from <= LIFE_S &&
		    from <= (double)(g->now_s + AHEAD_S) &&
		    to > (double)g->now_s)
			return true;
	}
	return refuse(g, 400, "invalid_grant",
	    "Invalid JWT: Token must be a short-lived token (60 minutes) and "
	    "in a reasonable timeframe. Check your iat and exp values in the "
	    "JWT claim.");
}

/* The claims of a valid assertion; NULL when it was answered. */
static json_t *
check_assertion(struct google_call *g, struct text assertion)
{
	const struct google_pair *pair = &g->google->account;
	struct jwt jwt = { 0 };
	json_t *header = NULL, *claims = NULL;
	bool good = false;

	if (split(assertion, &jwt)) {
		header = decode_object(jwt.header);
		claims = decode_object(jwt.claims);
	}
	if (header == NULL || claims == NULL)
		refuse(g, 400, "invalid_grant", "Invalid JWT: malformed.");
	else if (!is_text(header, "alg", "RS256"))
		refuse(g, 400, "invalid_grant",
		    "Invalid JWT: the signature algorithm must be RS256.");
	else if (pair->open.len == 0 || !is_text(claims, "iss", google_account))
		refuse(g, 400, "invalid_grant",
		    "Invalid grant: account not found");
	else if ((json_object_get(header, "kid") != NULL &&
		     !is_text(header, "kid", pair->id)) ||
		 !is_signed(pair, &jwt))
		refuse(g, 400, "invalid_grant", "Invalid JWT Signature.");
	else if (!is_for_us(g, claims))
		refuse(g, 400, "invalid_grant",
		    "Invalid JWT: Failed audience check. The right audience is "
		    "https://oauth2.googleapis.com/token");
	else if (json_object_get(claims, "sub") != NULL)
		refuse(g, 401, "unauthorized_client",
		    "Client is unauthorized to retrieve access tokens using "
		    "this method, or client not authorized for any of the "
		    "scopes requested.");
	else
		good = check_times(g, claims);
	json_decref(header);
	if (good)
		return claims;
	json_decref(claims);
	return NULL;
}

/*
 * Tokens
 */
static bool
take_scope(struct text scope, struct google_token *token)
{
	static const struct {
		const char *name;
		bool read, write;
	} known[] = {
		{ SCOPES "spreadsheets", true, true },
		{ SCOPES "spreadsheets.readonly", true, false },
		{ SCOPES "drive", true, true },
		{ SCOPES "drive.readonly", true, false },
		{ SCOPES "analytics.readonly", false, false },
	};
	size_t i;

	for (i = 0; i < sizeof(known) / sizeof(known[0]); i++)
		if (text_is(scope, known[i].name)) {
			token->read |= known[i].read;
			token->write |= known[i].write;
			return true;
		}
	return false;
}

/* Scopes with a blank between them, at least one. */
static bool
take_scopes(struct google_call *g, json_t *claims, struct google_token *token)
{
	const char *p = json_string_value(json_object_get(claims, "scope"));
	size_t len;

	if (p == NULL || *p == '\0')
		return refuse(g, 400, "invalid_scope",
		    "Empty or missing scope not allowed.");
	for (; *p != '\0'; p += len + (p[len] == ' ')) {
		len = strcspn(p, " ");
		if (!take_scope((struct text){ p, len }, token))
			return refuse(g, 400, "invalid_scope",
			    "Invalid OAuth scope or ID token audience "
			    "provided.");
	}
	return true;
}

static void
give_access(struct google_call *g, json_t *claims)
{
	struct google *google = g->google;
	struct google_token token = { 0 };
	uint64_t x = draw(google->conf->crm.seed, 0x7001, g->call->note->nr,
	    (uint32_t)google->nr_token);
	char text[80];

	if (!take_scopes(g, claims, &token))
		return;
	x = draw_mix(x ^ (uint64_t)g->call->request->at_us);
	snprintf(text, sizeof(text), "ya29.sandbox.%016" PRIx64 "%016" PRIx64,
	    x, draw_mix(x));
	token.text = xstrdup(text);
	token.ends_s = g->now_s + google->conf->google.token_s;
	google->token = xgrow(
	    google->token, google->nr_token, &google->cap_token, sizeof(token));
	google->token[google->nr_token++] = token;
	json_open(g->out);
	json_key(g->out, "access_token");
	json_put_str(g->out, text);
	json_key(g->out, "expires_in");
	json_put_int(g->out, google->conf->google.token_s);
	json_key(g->out, "token_type");
	json_put_str(g->out, "Bearer");
	json_close(g->out);
	buf_char(g->out, '\n');
}

static void
put_claim(struct buf *b, const char *name, const char *value)
{
	json_key(b, name);
	json_put_str(b, value);
}

/* Sign what says that the account asks for the service at audience. */
static int
put_id_token(struct google_call *g, const char *audience, struct buf *jwt,
    struct fault *f)
{
	struct google_pair *own = &g->google->own;
	struct buf part, signature;
	int result;

	if (own->open.len == 0) {
		google_make_pair(own, 2, f);
		if (f->kind != FAULT_NONE)
			return -1;
	}
	buf_init(&part, JWT_MAX);
	buf_init(&signature, JWT_MAX);
	json_open(&part);
	put_claim(&part, "alg", "RS256");
	put_claim(&part, "kid", own->id);
	put_claim(&part, "typ", "JWT");
	json_close(&part);
	base64url_encode(jwt, buf_view(&part));
	buf_char(jwt, '.');
	buf_clear(&part);
	json_open(&part);
	put_claim(&part, "aud", audience);
	put_claim(&part, "azp", google_account);
	put_claim(&part, "email", google_account);
	json_key(&part, "email_verified");
	json_put_bool(&part, true);
	json_key(&part, "exp");
	json_put_int(&part, g->now_s + LIFE_S);
	json_key(&part, "iat");
	json_put_int(&part, g->now_s);
	put_claim(&part, "iss", "https://accounts.google.com");
	put_claim(&part, "sub", "104242424242424242424");
	json_close(&part);
	base64url_encode(jwt, buf_view(&part));
	result =
	    rs256_sign(buf_view(&own->secret), buf_view(jwt), &signature, f);
	buf_char(jwt, '.');
	base64url_encode(jwt, buf_view(&signature));
	buf_free(&part);
	buf_free(&signature);
	return result;
}

static void
give_identity(struct google_call *g, const char *audience)
{
	struct fault f = { 0 };
	struct buf jwt;

	g->call->note->object = "id_token";
	buf_init(&jwt, JWT_MAX);
	if (put_id_token(g, audience, &jwt, &f) == -1) {
		google_page(g->call, 500, "Internal Server Error");
	} else {
		json_open(g->out);
		json_key(g->out, "id_token");
		json_put_text(g->out, buf_view(&jwt));
		json_close(g->out);
		buf_char(g->out, '\n');
	}
	buf_free(&jwt);
}

/* The form of the body as the parameters of a request of its own. */
static bool
read_form(struct google_call *g, struct httpd_request *form)
{
	const struct httpd_request *request = g->call->request;
	struct text type = httpd_request_header(request, "Content-Type");
	struct buf query;

	if (type.p == NULL ||
	    !text_starts_nocase(type, "application/x-www-form-urlencoded") ||
	    request->body_over || request->body.len > 4 * JWT_MAX)
		return refuse(g, 400, "invalid_request",
		    "The body must be application/x-www-form-urlencoded.");
	buf_init(&query, 4 * JWT_MAX + 2);
	buf_char(&query, '?');
	buf_text(&query, request->body);
	httpd_request_target(form, query.p);
	buf_free(&query);
	return true;
}

static void
answer_form(struct google_call *g, const struct httpd_request *form)
{
	const struct httpd_param *grant =
	    httpd_request_param(form, "grant_type");
	const struct httpd_param *assertion =
	    httpd_request_param(form, "assertion");
	const char *audience;
	json_t *claims;

	if (grant == NULL) {
		refuse(g, 400, "invalid_request",
		    "Missing required parameter: grant_type");
		return;
	}
	if (!text_is(grant->value, GRANT)) {
		refuse(g, 400, "unsupported_grant_type",
		    "Invalid grant_type: the sandbox takes jwt-bearer");
		return;
	}
	if (assertion == NULL) {
		refuse(g, 400, "invalid_request",
		    "Missing required parameter: assertion");
		return;
	}
	claims = check_assertion(g, assertion->value);
	if (claims == NULL)
		return;
	audience =
	    json_string_value(json_object_get(claims, "target_audience"));
	if (audience != NULL && *audience != '\0')
		give_identity(g, audience);
	else
		give_access(g, claims);
	json_decref(claims);
}

void
google_token(struct google_call *g)
{
	struct httpd_request form = { 0 };

	if (!read_form(g, &form))
		return;
	answer_form(g, &form);
	httpd_request_free(&form);
}

static struct text
bearer_of(const struct httpd_request *request)
{
	struct text given = httpd_request_header(request, "Authorization");

	if (given.p == NULL || !text_starts_nocase(given, "Bearer "))
		return (struct text){ NULL, 0 };
	return text_trim((struct text){ given.p + 7, given.len - 7 });
}

const struct google_token *
google_bearer(struct google_call *g)
{
	struct text given = bearer_of(g->call->request);
	struct google *google = g->google;
	bool expired = false;
	size_t i;

	if (given.p == NULL) {
		google_error(g->call, 403, "PERMISSION_DENIED",
		    "Method doesn't allow unregistered callers (callers "
		    "without established identity). Please use API Key or "
		    "other form of API consumer identity to call this API.");
		return NULL;
	}
	for (i = 0; i < google->nr_token && !expired; i++) {
		if (!text_is(given, google->token[i].text))
			continue;
		if (g->now_s < google->token[i].ends_s)
			return &google->token[i];
		expired = true;
	}
	google_error_info(g->call, 401, "UNAUTHENTICATED",
	    expired ? "ACCESS_TOKEN_EXPIRED" : "ACCESS_TOKEN_TYPE_UNSUPPORTED",
	    "Request had invalid authentication credentials. Expected OAuth 2 "
	    "access token, login cookie or other valid authentication "
	    "credential. See https://developers.google.com/identity/sign-in/"
	    "web/devconsole-project.");
	return NULL;
}

/*
 * A service behind an ID token: it is to read the pool again
 */
/* How many coaches of the pool are eligible, by the tab itself. */
static int64_t
count_entries(struct google *google)
{
	const struct a1_span all = { 0, A1_OPEN };
	const struct cell *cell;
	struct tab *tab;
	uint32_t i, last;
	int64_t nr = 0;
	size_t k;

	for (k = 0; k < google->nr_book; k++) {
		if (google->book[k]->share == SHARE_NONE)
			continue;
		tab = book_titled(google->book[k], text_of("NA_Pool"));
		if (tab == NULL)
			continue;
		last = tab_last_row(tab, all, all);
		for (i = 1; i < last; i++) {
			cell = tab_look(tab, i, 2);
			nr += cell->kind == CELL_TEXT &&
			      strcmp(cell->text, "JA") == 0;
		}
	}
	return nr;
}

static void
put_pool(struct google_call *g)
{
	enum google_pool kind = g->google->conf->google.pool;

	json_open(g->out);
	if (kind != GOOGLE_POOL_BARE) {
		json_key(g->out, "entries");
		json_put_int(g->out, count_entries(g->google));
		json_key(g->out, "issues");
		json_open_array(g->out);
		if (kind == GOOGLE_POOL_ISSUES) {
			json_put_str(
			    g->out, "row 2: weight is not a positive number");
			json_put_str(g->out,
			    "row 3: owner_id 999 is not an active owner");
		}
		json_close_array(g->out);
	}
	json_close(g->out);
	buf_char(g->out, '\n');
}

/* Signed by Google, for this address, and not too old. */
static bool
is_identity(struct google_call *g, struct text jwt)
{
	json_t *claims;
	struct buf here;
	bool good;

	if (g->google->own.open.len == 0)
		return false;
	claims = google_claims(&g->google->own, jwt);
	if (claims == NULL)
		return false;
	buf_init(&here, 10000);
	google_put_address(&here, g->call->request, g->call->request->target);
	good =
	    is_text(claims, "aud", buf_view(&here).p) &&
	    json_real_value(json_object_get(claims, "exp")) > (double)g->now_s;
	buf_free(&here);
	json_decref(claims);
	return good;
}

void
google_pool(struct google_call *g)
{
	struct text jwt = bearer_of(g->call->request);

	if (jwt.p == NULL) {
		google_page(g->call, 403, "Forbidden");
		return;
	}
	if (!is_identity(g, jwt)) {
		google_page(g->call, 401, "Unauthorized");
		return;
	}
	if (g->google->conf->google.pool == GOOGLE_POOL_FAILS) {
		google_page(g->call, 500, "Internal Server Error");
		return;
	}
	put_pool(g);
}
