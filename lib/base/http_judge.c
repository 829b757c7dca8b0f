/* The rules of http.h that hold for every vendor. */
#include <stdio.h>
#include <time.h>

#include "base/http.h"
#include "base/http_date.h"

#define QUOTE_MAX 200
#define LOCKED_MS 2000

static const struct {
	int status;
	const char *name;
} status_name[] = {
	{ 301, "moved permanently" },
	{ 302, "found" },
	{ 303, "see other" },
	{ 304, "not modified" },
	{ 307, "temporary redirect" },
	{ 308, "permanent redirect" },
	{ 400, "bad request" },
	{ 401, "unauthorized" },
	{ 403, "forbidden" },
	{ 404, "not found" },
	{ 405, "method not allowed" },
	{ 408, "request timeout" },
	{ 409, "conflict" },
	{ 413, "content too large" },
	{ 414, "address too long" },
	{ 415, "unsupported media type" },
	{ 422, "unprocessable content" },
	{ 423, "locked" },
	{ 429, "too many requests" },
	{ 500, "internal server error" },
	{ 501, "not implemented" },
	{ 502, "bad gateway" },
	{ 503, "service unavailable" },
	{ 504, "gateway timeout" },
	{ 521, "server is down" },
	{ 522, "no connection to the server" },
	{ 523, "server cannot be reached" },
	{ 524, "server took too long" },
};

static const char *
name_of(long status)
{
	size_t i;

	for (i = 0; i < sizeof(status_name) / sizeof(status_name[0]); i++)
		if (status_name[i].status == status)
			return status_name[i].name;
	return "unexpected answer";
}

static instant_us
clock_now(void)
{
	struct timespec now;

	clock_gettime(CLOCK_REALTIME, &now);
	return (instant_us)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

/* The words of a page's title, when the body is a page that has one. */
static struct text
page_title(struct text body)
{
	struct text t = body;
	const char *end;

	for (; t.len > 0 && !text_starts_nocase(t, "<title"); t.p++, t.len--)
		;
	end = t.len == 0 ? NULL : memchr(t.p, '>', t.len);
	if (end == NULL)
		return (struct text){ 0 };
	t.len -= (size_t)(end + 1 - t.p);
	t.p = end + 1;
	end = memchr(t.p, '<', t.len);
	if (end != NULL)
		t.len = (size_t)(end - t.p);
	return t;
}

/* The start of t as one printable line. */
static void
one_line(struct text t, char out[QUOTE_MAX])
{
	size_t i, nr = 0;
	bool blank = false;
	char c;

	t = text_trim(t);
	for (i = 0; i < t.len && nr < QUOTE_MAX - 5; i++) {
		c = t.p[i];
		if ((unsigned char)c <= ' ') {
			blank = true;
			continue;
		}
		if (blank)
			out[nr++] = ' ';
		blank = false;
		out[nr++] = (unsigned char)c > '~' ? '?' : c;
	}
	if (i < t.len) {
		memcpy(out + nr, "...", 3);
		nr += 3;
	}
	out[nr] = '\0';
}

/* What the server said: a line of its body, which may be anything. */
static void
why_from_body(
    const struct http_answer *a, struct fault *why, enum fault_kind kind)
{
	struct text body = text_trim(a->body);
	char quote[QUOTE_MAX];

	if (body.len > 0 && body.p[0] == '<')
		body = page_title(body);
	one_line(body, quote);
	fault_set(why, kind, "%ld %s%s%s", a->status, name_of(a->status),
	    quote[0] == '\0' ? "" : ": ", quote);
}

/* The host that a redirect names, "no text" for the one that was asked. */
static struct text
redirect_host(struct text location)
{
	struct text t = text_trim(location);
	const char *slash;
	size_t len;

	slash = t.len < 2 ? NULL : memmem(t.p, t.len, "//", 2);
	if (slash == NULL ||
	    (slash != t.p && !text_starts_nocase(t, "http://") &&
		!text_starts_nocase(t, "https://")))
		return (struct text){ 0 };
	t.len -= (size_t)(slash + 2 - t.p);
	t.p = slash + 2;
	for (len = 0; len < t.len && strchr("/?#\\", t.p[len]) == NULL; len++)
		if (t.p[len] == '@') {
			t.p += len + 1;
			t.len -= len + 1;
			len = (size_t)-1;
		}
	t.len = len;
	return t;
}

static void
why_redirect(const struct http_answer *a, struct fault *why)
{
	struct text host = redirect_host(http_header(a, "Location"));
	char name[QUOTE_MAX];

	one_line(host, name);
	if (name[0] == '\0')
		fault_set(why, FAULT_DENIED,
		    "%ld %s: redirects are not followed", a->status,
		    name_of(a->status));
	else
		fault_set(why, FAULT_DENIED,
		    "%ld %s: it redirects to host '%s', which is not followed; "
		    "check the base URL",
		    a->status, name_of(a->status), name);
}

/* What the server asks to wait, -1 when it does not say or says 0. */
static long
asked_wait_ms(const struct http_answer *a)
{
	instant_us now = clock_now(), theirs;
	int64_t wait_s;

	/* a date is one of the server's clock, which may not be ours */
	if (http_date_parse(text_trim(http_header(a, "Date")), now, &theirs))
		now = theirs;
	if (!http_retry_after(http_header(a, "Retry-After"), now, &wait_s) ||
	    wait_s == 0)
		return -1;
	return wait_s > INT32_MAX / 1000 ? INT32_MAX : (long)wait_s * 1000;
}

static void
retry(struct http_ruling *r, long wait_ms)
{
	r->verdict = HTTP_RETRY;
	r->wait_ms = wait_ms;
}

/* Send it again only when it does no harm that the server may have done it. */
static void
retry_if_repeatable(
    const struct http_answer *a, struct http_ruling *r, long wait_ms)
{
	size_t len = strlen(r->why.text);

	if (a->repeatable)
		retry(r, wait_ms);
	else
		snprintf(r->why.text + len, sizeof(r->why.text) - len,
		    "; not sent again, as it may have been done");
}

void
http_judge(const struct http_answer *a, struct http_ruling *r)
{
	long asked_ms;

	*r = (struct http_ruling){ .verdict = HTTP_FAIL, .wait_ms = -1 };
	if (a->status == 0) {
		r->why = a->why;
		if (a->why.kind == FAULT_AGAIN)
			retry_if_repeatable(a, r, -1);
		return;
	}
	if (a->status >= 200 && a->status < 300) {
		r->verdict = HTTP_TAKE;
		return;
	}
	if (a->status >= 300 && a->status < 400) {
		why_redirect(a, &r->why);
		return;
	}
	why_from_body(a, &r->why,
	    a->status >= 400 && a->status < 500 ? FAULT_DENIED : FAULT_AGAIN);
	asked_ms = asked_wait_ms(a);
	switch (a->status) {
	case 429:
		r->why.kind = FAULT_AGAIN;
		r->hold = true;
		retry(r, asked_ms);
		break;
	case 408:
	case 423:
		/* a lock is held for two seconds at least */
		r->why.kind = FAULT_AGAIN;
		retry(r, asked_ms < LOCKED_MS ? LOCKED_MS : asked_ms);
		break;
	case 503:
		if (asked_ms != -1)
			retry(r, asked_ms);
		else
			retry_if_repeatable(a, r, -1);
		break;
	case 500:
	case 502:
	case 504:
	case 521:
	case 522:
	case 523:
	case 524:
		retry_if_repeatable(a, r, asked_ms);
		break;
	default:
		break;
	}
}
