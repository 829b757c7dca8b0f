#include "hubstaff/tokens.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/json.h"
#include "base/sha256.h"
#include "base/xalloc.h"

#define FILE_BYTES (1u << 20)

enum {
	TYPE,
	ENDPOINT,
	SEED,
	REFRESH,
	ACCESS,
	ENDS,
	ASKED,
	SLOTS
};

static const char *const name[SLOTS] = { "type", "endpoint", "personal_token",
	"refresh_token", "access_token", "ends_at", "asked_at" };

void
tokens_set(char **to, const char *value)
{
	char *copy = value == NULL ? NULL : xstrdup(value);

	if (*to != NULL)
		explicit_bzero(*to, strlen(*to));
	free(*to);
	*to = copy;
}

void
tokens_free(struct tokens *t)
{
	tokens_set(&t->endpoint, NULL);
	tokens_set(&t->seed, NULL);
	tokens_set(&t->refresh, NULL);
	tokens_set(&t->access, NULL);
	*t = (struct tokens){ .asked_at = TOKENS_NEVER };
}

void
tokens_tag(const char *token, char out[TOKENS_TAG])
{
	char digest[SHA256_BASE64];

	sha256_base64(text_of(token), digest);
	memcpy(out, digest, TOKENS_TAG - 1);
	out[TOKENS_TAG - 1] = '\0';
}

static void
take(char **to, struct json_value v, struct arena *scratch)
{
	struct text t = json_text(v, scratch);

	if (t.p != NULL && t.len > 0)
		*to = xstrndup(t.p, t.len);
}

static bool
take_fields(
    struct tokens *t, const struct json_value *field, struct arena *scratch)
{
	instant_us ends;

	if (!text_is(json_text(field[TYPE], scratch), "hubstaff_tokens"))
		return false;
	take(&t->endpoint, field[ENDPOINT], scratch);
	take(&t->seed, field[SEED], scratch);
	take(&t->refresh, field[REFRESH], scratch);
	if (instant_parse(json_text(field[ENDS], scratch), &ends)) {
		take(&t->access, field[ACCESS], scratch);
		t->ends_s = ends / 1000000;
	}
	if (!instant_parse(json_text(field[ASKED], scratch), &t->asked_at))
		t->asked_at = TOKENS_NEVER;
	return t->endpoint != NULL && t->refresh != NULL;
}

int
tokens_read(struct tokens *t, const char *path, struct fault *f)
{
	struct json_value field[SLOTS];
	struct json_shape *shape;
	struct arena *scratch;
	struct fault ignored = { 0 };
	struct buf b;
	size_t i;
	int status = 0;

	*t = (struct tokens){ .asked_at = TOKENS_NEVER };
	if (!file_is_there(path))
		return 0;
	buf_init(&b, FILE_BYTES);
	if (file_read_private(path, FILE_BYTES, &b, f) == -1) {
		buf_free(&b);
		return -1;
	}
	shape = json_shape_new();
	scratch = arena_new();
	for (i = 0; i < SLOTS; i++)
		json_want(shape, name[i]);
	if (b.len == 0 ||
	    json_scan_document(shape, b.p, b.len, field, &ignored) == -1 ||
	    !take_fields(t, field, scratch)) {
		tokens_free(t);
		status = fault_set(f, FAULT_DATA,
		    "%s: these are no tokens of Hubstaff; name another file, "
		    "or remove it and create a new personal access token",
		    path);
	}
	if (b.p != NULL)
		explicit_bzero(b.p, b.len);
	buf_free(&b);
	arena_free(scratch);
	json_shape_free(shape);
	return status;
}

static void
put_at(struct buf *b, const char *key, instant_us at)
{
	char text[INSTANT_TEXT];

	json_key(b, key);
	instant_format(at, text);
	json_put_str(b, text);
}

static void
put(struct buf *b, const struct tokens *t)
{
	const char *text[] = { "hubstaff_tokens", t->endpoint, t->seed,
		t->refresh, t->access };
	size_t i;

	json_open(b);
	for (i = TYPE; i <= ACCESS; i++) {
		json_key(b, name[i]);
		json_put_str(b, text[i]);
	}
	if (t->access != NULL)
		put_at(b, name[ENDS], t->ends_s * 1000000);
	if (t->asked_at != TOKENS_NEVER)
		put_at(b, name[ASKED], t->asked_at);
	json_close(b);
	buf_char(b, '\n');
}

int
tokens_write(const struct tokens *t, const char *path, struct fault *f)
{
	struct file_replace *file;
	struct buf b;
	int status;

	file = file_replace_open(path, 0600, f);
	if (file == NULL)
		return -1;
	buf_init(&b, FILE_BYTES);
	put(&b, t);
	status = buf_check(&b, path, f);
	if (status == 0)
		status =
		    file_write_all(file_replace_fd(file), path, b.p, b.len, f);
	if (status == 0)
		status = file_replace_commit(file, f);
	else
		file_replace_abort(file);
	explicit_bzero(b.p, b.len);
	buf_free(&b);
	return status;
}
