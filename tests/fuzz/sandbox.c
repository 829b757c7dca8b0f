/*
 * Any request: "METHOD TARGET\n" and a body, to the sandbox as it is at the
 * start. The answer is one that it gives on purpose, and JSON when it says so.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include "base/base64.h"
#include "base/json.h"
#include "base/sign.h"
#include "base/xalloc.h"
#include "sandbox/sandbox.h"

#define GRANT \
	"grant_type=urn:ietf:params:oauth:grant-type:jwt-bearer&assertion="
#define TOKEN  "ya29" /* what those of Google begin with */
#define HEADER "{\"alg\":\"RS256\"}"
#define CLAIMS                                                           \
	"{\"iss\":\"coach-pool@kpipe-sandbox.iam.gserviceaccount.com\"," \
	"\"aud\":\"https://oauth2.googleapis.com/token\",\"iat\":0,"     \
	"\"exp\":3600,"                                                  \
	"\"scope\":\"https://www.googleapis.com/auth/spreadsheets\"}"

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

static struct sandbox *
start(void)
{
	static const struct sandbox_conf conf = {
		.crm = { .seed = 1,
		    .as_of = INT64_C(1772442000000000),
		    .scale = 0.001,
		    .coaches = 20,
		    .deals = 100,
		    .dangling = 1 },
		.google = { .key = true, .token_s = 3600 },
		.hubstaff = { .people = 12, .token_s = 3600 },
		.token = "t",
		.retry_after_s = -1,
	};
	struct fault f = { 0 };
	struct sandbox *s = sandbox_new(&conf, &f);

	if (s == NULL)
		abort();
	return s;
}

static void
check(const struct httpd_reply *reply)
{
	static const unsigned known[] = { 200, 207, 400, 404, 405, 413, 414,
		415, 401, 403, 501 };
	size_t i, nr = sizeof(known) / sizeof(known[0]);
	json_error_t error;
	json_t *body;

	for (i = 0; i < nr && known[i] != reply->status; i++)
		;
	if (i == nr || reply->body.over)
		abort();
	if (reply->head.len == 0 || memmem(reply->head.p, reply->head.len,
					"application/json", 16) == NULL)
		return;
	body =
	    json_loadb(reply->body.p, reply->body.len, JSON_ALLOW_NUL, &error);
	if (body == NULL)
		abort();
	json_decref(body);
}

static void
ask(struct sandbox *sandbox, const char *method, const char *target,
    const char *authorization, const char *type, struct text body,
    struct httpd_reply *reply)
{
	struct httpd_request request = { .method = method, .body = body };
	struct sandbox_note note;
	struct buf log;

	*reply = (struct httpd_reply){ .status = 200 };
	buf_init(&reply->head, 100000);
	buf_init(&reply->body, 64 << 20);
	buf_init(&log, 1 << 20);
	httpd_request_target(&request, target);
	httpd_request_add_header(&request, "Authorization", authorization);
	httpd_request_add_header(&request, "Content-Type", type);
	httpd_request_add_header(&request, "Host", "h");
	httpd_request_add_header(&request, "User-Agent", "fuzz");
	sandbox_serve(sandbox, &request, reply, &note);
	sandbox_log(&log, &request, reply, &note, 0);
	if (log.len > 0 && strstr(authorization, TOKEN) != NULL &&
	    memmem(log.p, log.len, authorization, strlen(authorization)) !=
		NULL &&
	    strstr(target, authorization) == NULL)
		abort();
	buf_free(&log);
	httpd_request_free(&request);
}

static void
reply_free(struct httpd_reply *reply)
{
	buf_free(&reply->head);
	buf_free(&reply->body);
}

/* "Bearer ya29..." */
static char *
get_token(struct sandbox *s)
{
	struct httpd_reply reply;
	struct buf key, form, signature;
	struct fault f = { 0 };
	json_t *object;
	char *bearer;

	buf_init(&key, 10000);
	buf_init(&form, 10000);
	buf_init(&signature, 1000);
	sandbox_put_key(s, "http://h", &key);
	object = json_loadb(key.p, key.len, 0, NULL);
	base64url_encode(&form, text_of(HEADER));
	buf_char(&form, '.');
	base64url_encode(&form, text_of(CLAIMS));
	if (rs256_sign(text_of(json_string_value(
			   json_object_get(object, "private_key"))),
		buf_view(&form), &signature, &f) == -1)
		abort();
	json_decref(object);
	buf_clear(&key);
	buf_str(&key, GRANT);
	buf_text(&key, buf_view(&form));
	buf_char(&key, '.');
	base64url_encode(&key, buf_view(&signature));
	ask(s, "POST", "/token", "", "application/x-www-form-urlencoded",
	    buf_view(&key), &reply);
	object = json_loadb(reply.body.p, reply.body.len, 0, NULL);
	buf_clear(&form);
	buf_str(&form, "Bearer ");
	buf_str(
	    &form, json_string_value(json_object_get(object, "access_token")));
	bearer = xstrdup(form.p);
	json_decref(object);
	reply_free(&reply);
	buf_free(&key);
	buf_free(&form);
	buf_free(&signature);
	return bearer;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct sandbox *sandbox;
	static struct buf sheets;
	static char *bearer;
	struct httpd_reply reply;
	char *copy, *target, *body;
	bool google, hubstaff;

	if (sandbox == NULL) {
		sandbox = start();
		bearer = get_token(sandbox);
		buf_init(&sheets, 1 << 20);
		sandbox_put_sheets(sandbox, &sheets);
	}
	copy = xstrndup((const char *)data, size);
	copy[size] = '\0';
	body = memchr(copy, '\n', size);
	target = strchr(copy, ' ');
	if (body != NULL && target != NULL && target < body) {
		*target++ = '\0';
		*body++ = '\0';
		hubstaff = strncmp(target, "/v2/", 4) == 0;
		google = !hubstaff && strncmp(target, "/crm", 4) != 0;
		ask(sandbox, copy, target,
		    hubstaff ? "Bearer hsoat_t"
		    : google ? bearer
			     : "Bearer t",
		    strcmp(target, "/token") == 0 ||
			    strcmp(target, "/access_tokens") == 0
			? "application/x-www-form-urlencoded"
			: "application/json",
		    (struct text){ body, size - (size_t)(body - copy) },
		    &reply);
		check(&reply);
		reply_free(&reply);
		if (google && strcmp(copy, "GET") != 0) {
			ask(sandbox, "PUT", "/sandbox/sheets", "", "",
			    buf_view(&sheets), &reply);
			if (reply.status != 200 ||
			    !text_equal(
				buf_view(&reply.body), buf_view(&sheets)))
				abort();
			reply_free(&reply);
		}
	}
	free(copy);
	return 0;
}
