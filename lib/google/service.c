#include "google/service.h"

#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include "base/base64.h"
#include "base/json.h"
#include "base/sign.h"
#include "base/xalloc.h"

#define LIFE_S 3600 /* the most that Google takes */
/* our clock may be so far ahead of Google's */
#define SLACK_S 10

#define MAKE_ONE                                                          \
	"make a key in the Google Cloud console: IAM and Admin, Service " \
	"Accounts, Keys, Add key, JSON"

/* A member that is text and not empty; NULL when it is not there. */
static const char *
member(const json_t *file, const char *name)
{
	const char *p = json_string_value(json_object_get(file, name));

	return p == NULL || *p == '\0' ? NULL : p;
}

static int
check_file(const json_t *file, struct fault *f)
{
	static const char *const needed[] = { "client_email", "private_key",
		"private_key_id" };
	const char *type = member(file, "type");
	size_t i;

	if (!json_is_object(file))
		return fault_set(f, FAULT_DATA,
		    "is no JSON, so no key file of a service account; %s",
		    MAKE_ONE);
	if (type == NULL || strcmp(type, "service_account") != 0)
		return fault_set(f, FAULT_DATA,
		    "is not the key file of a service account (its type is "
		    "'%.40s'); %s",
		    type == NULL ? "" : type, MAKE_ONE);
	for (i = 0; i < sizeof(needed) / sizeof(needed[0]); i++)
		if (member(file, needed[i]) == NULL)
			return fault_set(f, FAULT_DATA, "has no %s; %s",
			    needed[i], MAKE_ONE);
	return 0;
}

int
service_parse(struct service *s, struct text text, struct fault *f)
{
	json_t *file = json_loadb(text.p, text.len, 0, NULL);
	const char *secret = member(file, "private_key");
	const char *uri = member(file, "token_uri");
	int status = check_file(file, f);

	*s = (struct service){ 0 };
	if (status == 0) {
		s->email = xstrdup(member(file, "client_email"));
		s->key_id = xstrdup(member(file, "private_key_id"));
		s->token_uri = uri == NULL ? NULL : xstrdup(uri);
		buf_init(&s->pem, SERVICE_FILE_MAX);
		buf_str(&s->pem, secret);
	}
	if (secret != NULL)
		explicit_bzero((char *)secret, strlen(secret));
	json_decref(file);
	return status;
}

void
service_free(struct service *s)
{
	free(s->email);
	free(s->key_id);
	free(s->token_uri);
	sign_forget(&s->pem);
	buf_free(&s->pem);
	*s = (struct service){ 0 };
}

static void
put_member(struct buf *b, const char *key, const char *value)
{
	if (value == NULL)
		return;
	json_key(b, key);
	json_put_str(b, value);
}

static void
put_header(struct buf *b, const struct service *s)
{
	json_open(b);
	put_member(b, "alg", "RS256");
	put_member(b, "typ", "JWT");
	put_member(b, "kid", s->key_id);
	json_close(b);
}

static void
put_claims(struct buf *b, const struct service *s, const struct assertion *a)
{
	json_open(b);
	put_member(b, "iss", s->email);
	put_member(b, "scope", a->scope);
	put_member(b, "target_audience", a->target);
	put_member(b, "aud", a->audience);
	json_key(b, "iat");
	json_put_int(b, a->now_s - SLACK_S);
	json_key(b, "exp");
	json_put_int(b, a->now_s - SLACK_S + LIFE_S);
	json_close(b);
}

int
service_assert(const struct service *s, const struct assertion *a,
    struct buf *jwt, struct fault *f)
{
	struct buf part;
	size_t start = jwt->len;
	int status;

	buf_init(&part, SERVICE_FILE_MAX);
	put_header(&part, s);
	base64url_encode(jwt, buf_view(&part));
	buf_char(jwt, '.');
	buf_clear(&part);
	put_claims(&part, s, a);
	base64url_encode(jwt, buf_view(&part));
	buf_clear(&part);
	status = rs256_sign(buf_view(&s->pem),
	    (struct text){ jwt->p + start, jwt->len - start }, &part, f);
	buf_char(jwt, '.');
	base64url_encode(jwt, buf_view(&part));
	buf_free(&part);
	return status;
}
