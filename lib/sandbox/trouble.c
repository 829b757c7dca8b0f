#include "sandbox/trouble.h"

#include <stdlib.h>
#include <string.h>

#include "base/num.h"
#include "base/xalloc.h"

#define STALL_MS 60000

static const struct {
	const char *name;
	enum trouble_kind kind;
} kinds[] = {
	{ "secondly", TROUBLE_SECONDLY },
	{ "daily", TROUBLE_DAILY },
	{ "redirect", TROUBLE_REDIRECT },
	{ "html", TROUBLE_HTML },
	{ "reset", TROUBLE_RESET },
	{ "lost", TROUBLE_LOST },
	{ "cut", TROUBLE_CUT },
	{ "stall", TROUBLE_STALL },
	{ "gzipcut", TROUBLE_GZIP_CUT },
	{ "badjson", TROUBLE_BAD_JSON },
	{ "emptycursor", TROUBLE_EMPTY_CURSOR },
	{ "loopcursor", TROUBLE_LOOP_CURSOR },
};

static int
read_kind(struct trouble *t, struct text name, struct fault *f)
{
	int64_t status;
	size_t i;

	for (i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (text_is(name, kinds[i].name)) {
			t->kind = kinds[i].kind;
			return 0;
		}
	if (num_parse_int(name, &status) && status >= 400 && status < 600) {
		t->kind = TROUBLE_STATUS;
		t->status = (unsigned)status;
		return 0;
	}
	return fault_set(f, FAULT_USAGE,
	    "'%.*s' is no fault: it takes a status from 400 to 599, secondly, "
	    "daily, redirect, html, reset, lost, cut, stall, gzipcut, "
	    "badjson, emptycursor or loopcursor",
	    TEXT_ARG(name));
}

/* A count or a time of a condition, from min up. */
static int
read_number(struct text name, struct text value, unsigned min, unsigned *x,
    struct fault *f)
{
	int64_t number;

	if (!num_parse_int(value, &number) || number < min ||
	    number > 1000000000)
		return fault_set(f, FAULT_USAGE,
		    "the condition '%.*s' takes a whole number from %u up, not "
		    "'%.*s'",
		    TEXT_ARG(name), min, TEXT_ARG(value));
	*x = (unsigned)number;
	return 0;
}

/* Without the backslash before a colon. */
static char *
copy_path(struct text value)
{
	char *path = xstrndup(value.p, value.len), *to = path;
	const char *from;

	for (from = path; *from != '\0'; from++) {
		from += from[0] == '\\' && from[1] == ':';
		*to++ = *from;
	}
	*to = '\0';
	return path;
}

static int
read_condition(
    struct trouble *t, struct text name, struct text value, struct fault *f)
{
	unsigned seconds;

	if (text_is(name, "at"))
		return read_number(name, value, 1, &t->at, f);
	if (text_is(name, "every"))
		return read_number(name, value, 1, &t->every, f);
	if (text_is(name, "times"))
		return read_number(name, value, 1, &t->times, f);
	if (text_is(name, "ms"))
		return read_number(name, value, 0, &t->stall_ms, f);
	if (text_is(name, "after")) {
		if (read_number(name, value, 0, &seconds, f) == -1)
			return -1;
		t->retry_after_s = (int)seconds;
		return 0;
	}
	if (text_is(name, "path") && t->path == NULL)
		t->path = copy_path(value);
	else if (text_is(name, "method") && t->method == NULL)
		t->method = xstrndup(value.p, value.len);
	else if (text_is(name, "to") && t->to == NULL)
		t->to = xstrndup(value.p, value.len);
	else
		return fault_set(f, FAULT_USAGE,
		    "'%.*s' is no condition, or stands there twice: at, every, "
		    "times, path, method, ms, after and to are",
		    TEXT_ARG(name));
	return 0;
}

/*
 * Up to the next ":" without a backslash before it; all of it for an address,
 * which has colons itself.
 */
static size_t
condition_length(const char *p, const char *end)
{
	const char *colon = p;

	if (strncmp(p, "to=", 3) == 0)
		return (size_t)(end - p);
	while (colon < end && *colon != ':')
		colon += colon[0] == '\\' && end - colon > 1 ? 2 : 1;
	return (size_t)(colon - p);
}

static int
read_trouble(struct trouble *t, const char *p, const char *end, struct fault *f)
{
	const char *equal;
	size_t len;

	len = condition_length(p, end);
	if (read_kind(t, (struct text){ p, len }, f) == -1)
		return -1;
	for (p += len; p < end; p += len) {
		p++;
		len = condition_length(p, end);
		equal = memchr(p, '=', len);
		if (equal == NULL)
			return fault_set(f, FAULT_USAGE,
			    "the condition '%.*s' has no value", (int)len, p);
		if (read_condition(t, (struct text){ p, (size_t)(equal - p) },
			(struct text){
			    equal + 1, (size_t)(p + len - equal - 1) },
			f) == -1)
			return -1;
	}
	if (t->at > 0 && t->every > 0)
		return fault_set(
		    f, FAULT_USAGE, "at and every do not go together");
	if (t->kind == TROUBLE_REDIRECT && t->to == NULL)
		return fault_set(
		    f, FAULT_USAGE, "a redirect needs to=, an address");
	return 0;
}

int
troubles_read(struct troubles *all, const char *list, struct fault *f)
{
	const char *p = list, *end;
	struct trouble *t;

	for (;; p = end + 1) {
		end = strchrnul(p, ',');
		all->trouble = xreallocarray(
		    all->trouble, all->nr + 1, sizeof(*all->trouble));
		t = &all->trouble[all->nr++];
		*t = (struct trouble){
			.text = xstrndup(p, (size_t)(end - p)),
			.stall_ms = STALL_MS,
			.retry_after_s = -1,
		};
		if (read_trouble(t, p, end, f) == -1)
			return fault_prefix(f, "--fault=%s: ", t->text);
		if (*end == '\0')
			return 0;
	}
}

void
troubles_free(struct troubles *all)
{
	size_t i;

	for (i = 0; i < all->nr; i++) {
		free(all->trouble[i].text);
		free(all->trouble[i].path);
		free(all->trouble[i].method);
		free(all->trouble[i].to);
	}
	free(all->trouble);
}

static bool
is_due(const struct trouble *t)
{
	if (t->times > 0 && t->done >= t->times)
		return false;
	if (t->every > 0)
		return t->seen % t->every == 0;
	if (t->at > 0) /* the at-th, or from there as often as it says */
		return t->times > 0 ? t->seen >= t->at : t->seen == t->at;
	return true;
}

const struct trouble *
troubles_next(struct troubles *all, const struct httpd_request *request)
{
	const struct trouble *due = NULL;
	struct trouble *t;
	size_t i;

	for (i = 0; i < all->nr; i++) {
		t = &all->trouble[i];
		if ((t->path != NULL &&
			strstr(request->target, t->path) == NULL) ||
		    (t->method != NULL &&
			strcmp(request->method, t->method) != 0))
			continue;
		t->seen++;
		if (due != NULL || !is_due(t))
			continue;
		t->done++;
		due = t;
	}
	return due;
}
