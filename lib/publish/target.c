#include "publish/target.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/sha256.h"
#include "base/text.h"
#include "base/xalloc.h"

#define URL_MOST   1000
#define NAME_MOST  200
#define DIGEST_LEN 20

/*
 * URLs
 */

static bool
has_prefix(const char *s, const char *prefix)
{
	return text_starts_nocase(text_of(s), prefix);
}

static char *
lower(const char *p, size_t len)
{
	char *s = xstrndup(p, len);
	size_t i;

	for (i = 0; i < len; i++)
		s[i] = (char)tolower((unsigned char)s[i]);
	return s;
}

static bool
is_loopback(const char *host)
{
	return strcmp(host, "localhost") == 0 || strcmp(host, "[::1]") == 0 ||
	       (strncmp(host, "127.", 4) == 0 &&
		   host[strspn(host, "0123456789.")] == '\0');
}

static bool
is_host(const char *host)
{
	if (host[0] == '[')
		return strlen(host) > 3 &&
		       host[1 + strspn(host + 1, "0123456789abcdef:.")] ==
			   ']' &&
		       host[strlen(host) - 1] == ']';
	return host[0] != '\0' && host[0] != '-' && host[0] != '.' &&
	       host[strspn(host, "0123456789abcdefghijklmnopqrstuvwxyz-._")] ==
		   '\0';
}

/* host[:port], up to len bytes. */
static bool
take_host(struct target *t, const char *p, size_t len)
{
	const char *colon = p + len;
	unsigned long port;
	char *end;

	while (colon > p && isdigit((unsigned char)colon[-1]))
		colon--;
	if (colon > p && colon[-1] == ':' && colon < p + len) {
		port = strtoul(colon, &end, 10);
		if (port == 0 || port > 65535)
			return false;
		t->port = (unsigned)port;
		len = (size_t)(colon - 1 - p);
	}
	t->host = lower(p, len);
	t->loopback = is_loopback(t->host);
	return is_host(t->host);
}

/* A user's name, which is no secret: that of ssh. */
static bool
is_user(const char *p, size_t len)
{
	size_t i;

	for (i = 0; i < len; i++)
		if (!isalnum((unsigned char)p[i]) &&
		    strchr("._-", p[i]) == NULL)
			return false;
	return len > 0 && p[0] != '-';
}

static int
refuse_secret(struct fault *f)
{
	return fault_set(f, FAULT_USAGE,
	    "the URL has a user, a password or a token in it, which would be "
	    "kept where others read it: leave that out, and put the token into "
	    "PAGES_TOKEN");
}

/* scheme://[user@]host[:port]/path */
static int
parse_url(struct target *t, const char *url, struct fault *f)
{
	const char *rest = strstr(url, "://") + 3;
	size_t len = strcspn(rest, "/");
	const char *at = memchr(rest, '@', len);
	const char *path = rest + len;

	if (strchr(url, '@') != NULL && t->kind == TARGET_HTTP)
		return refuse_secret(f);
	if (at != NULL && !is_user(rest, (size_t)(at - rest)))
		return refuse_secret(f);
	if (at != NULL) {
		len -= (size_t)(at + 1 - rest);
		rest = at + 1;
	}
	if (!take_host(t, rest, len))
		return fault_set(
		    f, FAULT_USAGE, "the URL '%s' has no host", url);
	if (has_prefix(url, "http:") && !t->loopback)
		return fault_set(f, FAULT_USAGE,
		    "'%s' is not encrypted: the URL must begin with https",
		    url);
	while (*path == '/')
		path++;
	t->path = xstrdup(path);
	return 0;
}

/* [user@]host:path */
static int
parse_short(struct target *t, const char *url, struct fault *f)
{
	const char *colon = strchr(url, ':');
	const char *at = memchr(url, '@', (size_t)(colon - url));
	const char *host = at == NULL ? url : at + 1;

	if (strchr(colon, '@') != NULL ||
	    (at != NULL && !is_user(url, (size_t)(at - url))))
		return refuse_secret(f);
	t->host = lower(host, (size_t)(colon - host));
	t->loopback = is_loopback(t->host);
	if (!is_host(t->host))
		return fault_set(
		    f, FAULT_USAGE, "the URL '%s' has no host", url);
	t->path = xstrdup(colon + 1 + strspn(colon + 1, "/"));
	return 0;
}

static int
parse(struct target *t, const char *url, struct fault *f)
{
	const char *colon = strchr(url, ':'), *slash = strchr(url, '/');

	if (has_prefix(url, "https://") || has_prefix(url, "http://")) {
		t->kind = TARGET_HTTP;
		return parse_url(t, url, f);
	}
	if (has_prefix(url, "ssh://")) {
		t->kind = TARGET_SSH;
		return parse_url(t, url, f);
	}
	t->kind = TARGET_PATH;
	if (has_prefix(url, "file:///")) {
		t->path = xstrdup(url + 7);
		return 0;
	}
	if (strstr(url, "://") != NULL)
		return fault_set(f, FAULT_USAGE,
		    "a URL begins with https://, ssh:// or file:///, or is a "
		    "path or user@host:path");
	if (colon == NULL || (slash != NULL && slash < colon)) {
		t->path = xstrdup(url);
		return 0;
	}
	t->kind = TARGET_SSH;
	return parse_short(t, url, f);
}

int
target_parse(struct target *t, const char *url, struct fault *f)
{
	const char *p;

	*t = (struct target){ 0 };
	if (*url == '\0' || strlen(url) > URL_MOST)
		return fault_set(
		    f, FAULT_USAGE, "a URL has 1 to %d bytes", URL_MOST);
	for (p = url; *p != '\0'; p++)
		if ((unsigned char)*p < ' ' || *p == 0x7f)
			return fault_set(
			    f, FAULT_USAGE, "the URL has a control character");
	t->kind = TARGET_PATH;
	if (strstr(url, "://") != NULL && url[strcspn(url, "?# ")] != '\0')
		return refuse_secret(f);
	if (parse(t, url, f) == -1) {
		target_free(t);
		return -1;
	}
	if (t->path[0] == '\0') {
		fault_set(f, FAULT_USAGE, "'%s' names no repository", url);
		target_free(t);
		return -1;
	}
	t->url = xstrdup(url);
	return 0;
}

void
target_free(struct target *t)
{
	free(t->url);
	free(t->host);
	free(t->path);
	*t = (struct target){ 0 };
}

void
target_folder(const struct target *t, struct buf *b)
{
	size_t i, len = strlen(t->url);
	char digest[SHA256_BASE64];

	/* the words that can be read are for people, the digest tells apart */
	for (i = len > NAME_MOST ? len - NAME_MOST : 0; i < len; i++)
		buf_char(
		    b, isalnum((unsigned char)t->url[i]) ? t->url[i] : '-');
	sha256_base64(text_of(t->url), digest);
	buf_char(b, '-');
	for (i = 0; i < DIGEST_LEN; i++)
		buf_char(
		    b, isalnum((unsigned char)digest[i]) ? digest[i] : '_');
	buf_str(b, ".git");
}

/*
 * Names
 */

/* What git does not take in a name, or what somebody could not see. */
static bool
has_odd(const char *name)
{
	for (; *name != '\0'; name++)
		if ((unsigned char)*name <= ' ' || *name == 0x7f ||
		    strchr("~^:?*[\\", *name) != NULL)
			return true;
	return false;
}

static bool
ends_with(const char *s, const char *end)
{
	size_t len = strlen(s), n = strlen(end);

	return len >= n && strcmp(s + len - n, end) == 0;
}

int
target_check_branch(const char *branch, struct fault *f)
{
	if (*branch == '\0' || *branch == '-' || *branch == '/' ||
	    *branch == '.' || strlen(branch) > NAME_MOST || has_odd(branch) ||
	    strstr(branch, "..") != NULL || strstr(branch, "//") != NULL ||
	    strstr(branch, "@{") != NULL || strstr(branch, "/.") != NULL ||
	    strstr(branch, ".lock/") != NULL || ends_with(branch, ".lock") ||
	    ends_with(branch, "/") || ends_with(branch, ".") ||
	    strcmp(branch, "@") == 0)
		return fault_set(
		    f, FAULT_USAGE, "'%s' is no name of a branch", branch);
	return 0;
}

static bool
is_part(const char *p, size_t len)
{
	struct text t = { p, len };

	return len > 0 && !text_is(t, ".") && !text_is(t, "..") &&
	       !text_is_nocase(t, ".git");
}

int
target_check_file(const char *file, struct fault *f)
{
	const char *p = file;
	bool fine = *file != '\0' && strlen(file) <= NAME_MOST;
	size_t len;

	for (; fine; p += len + 1) {
		len = strcspn(p, "/");
		fine = is_part(p, len);
		if (p[len] == '\0')
			break;
	}
	for (p = file; fine && *p != '\0'; p++)
		fine = (unsigned char)*p >= ' ' && *p != 0x7f && *p != '\\';
	if (!fine)
		return fault_set(f, FAULT_USAGE,
		    "'%s' is no name of a file in a repository", file);
	if (text_is_nocase(text_of(file), ".nojekyll") ||
	    text_is_nocase(text_of(file), "docs/.nojekyll"))
		return fault_set(
		    f, FAULT_USAGE, "'%s' is no name for a page", file);
	return 0;
}

char *
target_plain_file(const char *file)
{
	return xstrdup(
	    strncmp(file, "docs/", 5) == 0 ? "docs/.nojekyll" : ".nojekyll");
}
