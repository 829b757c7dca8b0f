#include "publish/guard.h"

#include <string.h>

#include "base/http.h"
#include "base/json.h"
#include "base/text.h"

#define PATH_MOST 2000
#define BODY_MOST ((size_t)1 << 20)
#define TRIES	  3

#define ANYWAY "; --public-ok publishes all the same"

enum answer {
	NO,
	YES,
	UNSAID
};

/* The host of a URL, without its port, in lower case or not. */
static struct text
host_of(const char *url)
{
	const char *p = strstr(url, "://");

	p = p == NULL ? url : p + 3;
	return (struct text){ p, strcspn(p, ":/") };
}

static bool
is_github(const struct target *t, const struct guard_conf *conf)
{
	if (t->host == NULL)
		return false;
	if (strcmp(t->host, "github.com") == 0 ||
	    strcmp(t->host, "ssh.github.com") == 0)
		return true;
	return conf->base_url != NULL &&
	       text_is_nocase(host_of(conf->base_url), t->host);
}

/* /repos/OWNER/REPO; false when the path on the host is none of GitHub's. */
static bool
put_path(const struct target *t, struct buf *b)
{
	struct text path = text_of(t->path);
	const char *slash;
	size_t len;

	while (path.len > 0 && path.p[path.len - 1] == '/')
		path.len--;
	if (path.len > 4 && memcmp(path.p + path.len - 4, ".git", 4) == 0)
		path.len -= 4;
	slash = memchr(path.p, '/', path.len);
	if (slash == NULL || slash == path.p)
		return false;
	len = (size_t)(slash - path.p);
	path.p = slash + 1;
	path.len -= len + 1;
	if (path.len == 0 || memchr(path.p, '/', path.len) != NULL)
		return false;
	buf_str(b, "/repos/");
	http_escape(b, (struct text){ slash - len, len });
	buf_char(b, '/');
	http_escape(b, path);
	return true;
}

static enum answer
answer_of(struct json_value v)
{
	return v.kind == VALUE_TRUE ? YES : v.kind == VALUE_FALSE ? NO : UNSAID;
}

/* Ask for two members of what is at path; *status is 0 without an answer. */
static int
ask(struct http *http, const char *path, const char *const member[2],
    enum answer says[2], long *status, struct fault *f)
{
	struct http_request request = {
		.method = "GET", .path = path, .repeatable = true
	};
	struct json_shape *shape = json_shape_new();
	struct json_value field[2];
	struct http_answer a = { 0 };
	int got, i;

	for (i = 0; i < 2; i++)
		json_want(shape, member[i]);
	says[0] = says[1] = UNSAID;
	got = http_send(http, &request, f);
	if (got == 0)
		got = http_poll(http, &a, -1, -1, f);
	*status = a.status;
	if (got == 1 && a.why.kind != FAULT_NONE)
		*f = a.why;
	else if (got == 1 &&
		 json_scan_document(shape, a.body.p, a.body.len, field, f) == 0)
		for (i = 0; i < 2; i++)
			says[i] = answer_of(field[i]);
	json_shape_free(shape);
	return got == 1 && f->kind == FAULT_NONE ? 0 : -1;
}

/* What hinders to know; what another try may help stays as it is. */
static int
cannot_tell(const struct guard_conf *conf, long status, const char *what,
    struct fault *f)
{
	if (f->kind == FAULT_AGAIN)
		return -1;
	if (status == 401)
		return fault_set(f, FAULT_DENIED,
		    "GitHub refuses the token of %s", conf->token_name);
	if (status >= 300)
		return fault_set(f, FAULT_DENIED,
		    "GitHub does not say who can read %s (it answers %ld): "
		    "the token of %s may not see it, or it has another name "
		    "now" ANYWAY,
		    what, status, conf->token_name);
	return fault_set(f, FAULT_DENIED,
	    "GitHub does not say who can read %s" ANYWAY, what);
}

/* The repository, and when that is private the site that is made of it. */
static int
look(struct http *http, const struct guard_conf *conf, struct buf *path,
    struct fault *f)
{
	static const char *const of_repo[] = { "private", "has_pages" };
	static const char *const of_site[] = { "public", "status" };
	enum answer says[2];
	long status;

	if (ask(http, path->p, of_repo, says, &status, f) == -1 ||
	    says[0] == UNSAID)
		return cannot_tell(conf, status, "the repository", f);
	if (says[0] == NO)
		return fault_set(f, FAULT_DENIED,
		    "the repository is public: everybody could read the "
		    "page" ANYWAY);
	if (says[1] != YES)
		return 0;
	buf_str(path, "/pages");
	if (ask(http, path->p, of_site, says, &status, f) == -1 ||
	    says[0] == UNSAID)
		return cannot_tell(conf, status,
		    "the site of this private repository ('Pages: read')", f);
	if (says[0] == YES)
		return fault_set(f, FAULT_DENIED,
		    "the repository is private, but its site is public: "
		    "everybody could read the page" ANYWAY);
	return 0;
}

int
guard_ask(
    const struct target *t, const struct guard_conf *conf, struct fault *f)
{
	struct http_conf http_conf = {
		.base_url = conf->base_url == NULL ? GUARD_URL : conf->base_url,
		.base_given = conf->base_url != NULL,
		.secret = conf->token,
		.judge = http_judge,
		.tries = TRIES,
		.max_wait_s = conf->max_wait_s,
		.body_max = BODY_MOST,
		.connections = 1
	};
	struct http *http;
	struct buf path;
	int status = -1;

	if (t->kind == TARGET_PATH)
		return 0;
	if (!is_github(t, conf))
		return t->loopback
			   ? 0
			   : fault_set(f, FAULT_DENIED,
				 "%s is not GitHub, and cannot be asked who "
				 "can read what is there" ANYWAY,
				 t->host);
	buf_init(&path, PATH_MOST);
	if (!put_path(t, &path)) {
		fault_set(f, FAULT_USAGE,
		    "'%s' is no repository of GitHub: OWNER/REPOSITORY",
		    t->path);
	} else if ((http = http_new(&http_conf, f)) != NULL) {
		status = look(http, conf, &path, f);
		http_free(http);
	}
	buf_free(&path);
	return status;
}
