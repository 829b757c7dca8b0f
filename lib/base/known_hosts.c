#include "base/known_hosts.h"

#include <fnmatch.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <openssl/hmac.h>

#include "base/base64.h"
#include "base/xalloc.h"

#define NAME_MOST 300
#define KEY_MOST  ((size_t)64 << 10)
#define SHA1_LEN  20

struct text
known_hosts_type(struct text key)
{
	const unsigned char *p = (const unsigned char *)key.p;
	size_t len;

	if (key.len < 4)
		return (struct text){ 0 };
	len =
	    (size_t)p[0] << 24 | (size_t)p[1] << 16 | (size_t)p[2] << 8 | p[3];
	if (len > key.len - 4)
		return (struct text){ 0 };
	return (struct text){ key.p + 4, len };
}

void
known_hosts_digest(const unsigned char sha256[32], struct buf *b)
{
	buf_str(b, "SHA256:");
	base64_encode(b, (struct text){ (const char *)sha256, 32 });
	while (b->len > 0 && b->p[b->len - 1] == '=')
		b->p[--b->len] = '\0';
}

/* The next word of a line; what is behind it is left in *line. */
static struct text
word(struct text *line)
{
	struct text t = text_trim(*line);
	size_t len = 0;

	while (len < t.len && t.p[len] != ' ' && t.p[len] != '\t')
		len++;
	*line = (struct text){ t.p + len, t.len - len };
	return (struct text){ t.p, len };
}

/* |1|salt|hash, where hash is the HMAC-SHA1 of the name. */
static bool
is_hash_of(struct text field, const char *name)
{
	const char *bar = memchr(field.p + 3, '|', field.len - 3);
	unsigned char sum[EVP_MAX_MD_SIZE];
	struct buf salt, hash;
	unsigned len = 0;
	bool is = false;

	if (bar == NULL)
		return false;
	buf_init(&salt, NAME_MOST);
	buf_init(&hash, NAME_MOST);
	if (base64_decode(&salt,
		(struct text){ field.p + 3, (size_t)(bar - field.p) - 3 }) &&
	    base64_decode(
		&hash, (struct text){ bar + 1,
			   field.len - (size_t)(bar + 1 - field.p) }) &&
	    salt.len > 0 && hash.len == SHA1_LEN &&
	    HMAC(EVP_sha1(), salt.p, (int)salt.len, (const unsigned char *)name,
		strlen(name), sum, &len) != NULL)
		is = len == SHA1_LEN && memcmp(sum, hash.p, len) == 0;
	buf_free(&salt);
	buf_free(&hash);
	return is;
}

/* Patterns between commas; one with ! that fits outweighs the others. */
static bool
names(struct text field, const char *name)
{
	char pattern[NAME_MOST];
	struct text t;
	const char *comma;
	bool fits = false, not ;

	if (field.len > 3 && memcmp(field.p, "|1|", 3) == 0)
		return is_hash_of(field, name);
	while (field.len > 0) {
		comma = memchr(field.p, ',', field.len);
		t = (struct text){ field.p,
			comma == NULL ? field.len : (size_t)(comma - field.p) };
		field.p += t.len + (comma != NULL);
		field.len -= t.len + (comma != NULL);
		not = t.len > 0 && t.p[0] == '!';
		snprintf(pattern, sizeof(pattern), "%.*s", (int)t.len - not,
		    t.p + not );
		/* [ stands for itself: it is that of [name]:port */
		if (strcmp(pattern, name) == 0 ||
		    (strchr(pattern, '[') == NULL &&
			fnmatch(pattern, name, FNM_NOESCAPE | FNM_CASEFOLD) ==
			    0)) {
			if (not )
				return false;
			fits = true;
		}
	}
	return fits;
}

static enum known_host
find_in_line(struct text line, const char *name, struct text key)
{
	enum known_host says = HOST_UNKNOWN;
	struct text first = word(&line), marker = { 0 }, type, base64;
	struct buf b;

	if (first.len > 0 && first.p[0] == '@') {
		marker = first;
		first = word(&line);
	}
	type = word(&line);
	base64 = word(&line);
	if (first.len == 0 || first.p[0] == '#' || base64.len == 0 ||
	    text_is(marker, "@cert-authority") || !names(first, name))
		return HOST_UNKNOWN;
	buf_init(&b, KEY_MOST);
	if (!base64_decode(&b, base64))
		says = HOST_UNKNOWN;
	else if (text_equal(buf_view(&b), key))
		says = text_is(marker, "@revoked") ? HOST_REVOKED : HOST_KNOWN;
	else if (marker.len > 0)
		says = HOST_UNKNOWN;
	else
		says = text_equal(type, known_hosts_type(key))
			   ? HOST_CHANGED
			   : HOST_OTHER_TYPE;
	buf_free(&b);
	return says;
}

enum known_host
known_hosts_find(
    struct text file, const char *host, unsigned port, struct text key)
{
	enum known_host found = HOST_UNKNOWN, says;
	char name[NAME_MOST];
	const char *end;
	size_t len;

	if (port == 0 || port == 22)
		snprintf(name, sizeof(name), "%s", host);
	else
		snprintf(name, sizeof(name), "[%s]:%u", host, port);
	while (file.len > 0) {
		end = memchr(file.p, '\n', file.len);
		len = end == NULL ? file.len : (size_t)(end - file.p);
		says = find_in_line((struct text){ file.p, len }, name, key);
		if (says > found)
			found = says;
		len += end != NULL;
		file.p += len;
		file.len -= len;
	}
	return found;
}
