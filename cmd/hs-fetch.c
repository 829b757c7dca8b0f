/*
 * hs-fetch - records of a HubSpot account
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"
#include "base/http.h"
#include "base/json.h"
#include "base/memo.h"
#include "base/num.h"
#include "base/out.h"
#include "base/sink.h"
#include "base/tool.h"
#include "base/xalloc.h"
#include "hubspot/fetch.h"
#include "hubspot/ids.h"
#include "hubspot/judge.h"
#include "hubspot/allowance.h"
#include "hubspot/lookup.h"
#include "hubspot/object.h"
#include "hubspot/state.h"

#define LINGER_MS  50 /* a batch waits so long for ids that follow */
#define READ_BYTES 65536
#define FILE_BYTES (64u << 20) /* of a search or a state */
#define SEARCH_NR  4	       /* searches a second; five are allowed */

enum {
	OPT_ALL_PROPERTIES = 256,
	OPT_API_VERSION,
	OPT_ARCHIVED,
	OPT_BASE_URL,
	OPT_BATCH,
	OPT_CACHE,
	OPT_CHECK,
	OPT_FROM,
	OPT_LINKS,
	OPT_MAX_AGE,
	OPT_MAX_WAIT,
	OPT_MODIFIED_SINCE,
	OPT_OVERLAP,
	OPT_PROPERTIES,
	OPT_RATE,
	OPT_READ,
	OPT_REPORT,
	OPT_SEARCH,
	OPT_SEARCH_JSON,
	OPT_SORT,
	OPT_STATE,
	OPT_STRICT,
};

static const struct tool_option options[] = {
	{ OPT_PROPERTIES, "properties", "[OBJECT:]LIST",
	    "ask for these properties" },
	{ OPT_ALL_PROPERTIES, "all-properties", NULL,
	    "ask for every property there is" },
	{ OPT_ARCHIVED, "archived", NULL, "the archived records instead" },
	{ OPT_SEARCH, "search", "FILTER",
	    "only what matches, such as 'amount>=100'; several: all of them" },
	{ OPT_SEARCH_JSON, "search-json", "FILE",
	    "only what matches the filterGroups in FILE" },
	{ OPT_MODIFIED_SINCE, "modified-since", "TIME",
	    "only what changed from TIME on" },
	{ OPT_STATE, "state", "FILE",
	    "only what changed since the last time, which FILE keeps" },
	{ OPT_OVERLAP, "overlap", "SECONDS",
	    "go back so far behind the time in --state (300)" },
	{ OPT_READ, "read", "OBJECT",
	    "read the objects whose ids come in; may be repeated" },
	{ OPT_SORT, "sort", NULL,
	    "read in the order of the ids' text, after all came in" },
	{ OPT_LINKS, "links", "OBJECT",
	    "read the links to OBJECT of what comes in; may be repeated" },
	{ OPT_FROM, "from", "OBJECT", "the object that bare ids are of" },
	{ OPT_BATCH, "batch", "N", "ids in one request (100)" },
	{ OPT_STRICT, "strict", NULL, "an id that is not there is a failure" },
	{ OPT_CHECK, "check", NULL, "tell what the token may read" },
	{ OPT_CACHE, "cache", "DIR",
	    "answer the same question from a file in DIR" },
	{ OPT_MAX_AGE, "max-age", "AGE",
	    "while it is younger than AGE (24h; 0 fetches anew)" },
	{ OPT_REPORT, "report", "FILE",
	    "write what was and was not fetched to FILE, or a descriptor" },
	{ OPT_RATE, "rate", "N", "at most N requests in 10 seconds" },
	{ OPT_MAX_WAIT, "max-wait", "SECONDS",
	    "give up when HubSpot asks to wait longer (120)" },
	{ OPT_BASE_URL, "base-url", "URL", "where HubSpot answers" },
	{ OPT_API_VERSION, "api-version", "VERSION",
	    "v3, or a date such as 2026-03" },
	{ 0 },
};

static const struct tool tool = {
	.name = "hs-fetch",
	.summary = "records of a HubSpot account",
	.synopsis = "[OPTION...] WHAT...\n"
		    "[OPTION...] --read=OBJECT [FILE...]\n"
		    "[OPTION...] --links=OBJECT [--from=OBJECT] [FILE...]\n"
		    "[OPTION...] --check [WHAT...]",
	.option = options,
};

/* What an option that may be repeated was given. */
struct list {
	const char **value;
	size_t nr;
};

struct settings {
	struct fetch_conf conf;
	struct search *search;
	struct list properties, read, links;
	const char *from;
	bool check;
	instant_us since;
	const char *state_path;
	instant_us overlap_us;
	const char *cache_path;
	int64_t max_age_s;
	const char *report_path;
	const char *base_url_option;
	char *base_url;
	struct text token; /* its end is NUL */
	unsigned rate;
	unsigned max_wait_s;
};

/* What a run holds while it talks to HubSpot. */
struct run {
	const struct settings *set;
	struct fetch *fetch;
	struct http *http;
	struct allowance allowance;
	struct out *out;
	struct ids *ids; /* NULL: none come in */
	char **file;	 /* the next one */
	int fd;		 /* -1: none is open */
	int64_t began_ms;
	instant_us began_at;
	struct state *state;
	struct buf filter;   /* that the state is for */
	struct memo *memo;   /* NULL: not kept */
	struct sink *report; /* NULL: not wanted */
};

static int64_t
now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static instant_us
now_us(void)
{
	struct timespec t;

	clock_gettime(CLOCK_REALTIME, &t);
	return (instant_us)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

static void
add(struct list *l, const char *value)
{
	l->value = xreallocarray(l->value, l->nr + 1, sizeof(*l->value));
	l->value[l->nr++] = value;
}

/* Seconds, or with m, h or d behind the number minutes, hours or days. */
static int64_t
read_age(const char *value)
{
	static const char unit[] = "smhd";
	static const int seconds[] = { 1, 60, 3600, 86400 };
	struct text t = text_of(value);
	const char *found = NULL;
	int64_t nr, of = 1;

	if (t.len > 1 && (found = strchr(unit, t.p[t.len - 1])) != NULL) {
		of = seconds[found - unit];
		t.len--;
	}
	if (!num_parse_int(t, &nr) || nr < 0 || nr > 1000000000)
		tool_usage("--max-age takes seconds, or a number with m, h or "
			   "d behind it, not '%s'",
		    value);
	return nr * of;
}

static instant_us
read_time(const char *value)
{
	instant_us at;

	if (!instant_parse_loose(text_of(value), &at))
		tool_usage("--modified-since takes an instant such as "
			   "2026-03-01T12:00:00Z, or a day, not '%s'",
		    value);
	return at;
}

static void
read_search(struct settings *s, const char *filter, const char *path)
{
	struct fault f = { 0 };
	struct buf b;

	if (s->search == NULL)
		s->search = search_new();
	s->conf.search = s->search;
	if (filter != NULL) {
		if (search_filter(s->search, filter, &f) == -1)
			tool_usage("%s", f.text);
		return;
	}
	buf_init(&b, FILE_BYTES);
	if (file_read_all(path, FILE_BYTES, &b, &f) == -1)
		tool_die(&f);
	if (search_json(s->search, &b, &f) == -1) {
		fault_prefix(&f, "%s: ", path);
		tool_die(&f);
	}
	buf_free(&b);
}

static void
read_options(struct settings *s)
{
	struct fault f = { 0 };
	const char *value, *search_json_path = NULL;
	int c;

	while ((c = tool_option(&value)) != -1)
		switch (c) {
		case OPT_ALL_PROPERTIES:
			s->conf.all_properties = true;
			break;
		case OPT_API_VERSION:
			if (path_version(&s->conf.version, value, &f) == -1)
				tool_usage("%s", f.text);
			break;
		case OPT_ARCHIVED:
			s->conf.archived = true;
			break;
		case OPT_BASE_URL:
			s->base_url_option = value;
			break;
		case OPT_BATCH:
			s->conf.batch =
			    (size_t)tool_number("batch", value, 1, 1000);
			break;
		case OPT_CACHE:
			s->cache_path = value;
			break;
		case OPT_CHECK:
			s->check = true;
			break;
		case OPT_FROM:
			s->from = value;
			break;
		case OPT_LINKS:
			add(&s->links, value);
			break;
		case OPT_MAX_AGE:
			s->max_age_s = read_age(value);
			break;
		case OPT_MAX_WAIT:
			s->max_wait_s =
			    (unsigned)tool_number("max-wait", value, 1, 86400);
			break;
		case OPT_MODIFIED_SINCE:
			s->since = read_time(value);
			break;
		case OPT_OVERLAP:
			s->overlap_us =
			    (instant_us)1000000 *
			    tool_number("overlap", value, 0, 31536000);
			break;
		case OPT_PROPERTIES:
			add(&s->properties, value);
			break;
		case OPT_RATE:
			s->rate =
			    (unsigned)tool_number("rate", value, 1, 100000);
			break;
		case OPT_READ:
			add(&s->read, value);
			break;
		case OPT_REPORT:
			s->report_path = value;
			break;
		case OPT_SEARCH:
			read_search(s, value, NULL);
			break;
		case OPT_SEARCH_JSON:
			search_json_path = value;
			break;
		case OPT_SORT:
			s->conf.sort = true;
			break;
		case OPT_STATE:
			s->state_path = value;
			break;
		case OPT_STRICT:
			s->conf.strict = true;
			break;
		}
	if (search_json_path != NULL && s->search != NULL)
		tool_usage("give --search or --search-json, not both");
	if (search_json_path != NULL)
		read_search(s, NULL, search_json_path);
}

/* What cannot be asked together, or makes no sense. */
static void
check_options(const struct settings *s)
{
	bool ids = s->read.nr > 0 || s->links.nr > 0;
	bool changes = s->state_path != NULL || s->since != FETCH_ALWAYS;

	if (s->read.nr > 0 && s->links.nr > 0)
		tool_usage("give --read or --links, not both");
	if (s->conf.all_properties && s->properties.nr > 0)
		tool_usage("give --properties or --all-properties, not both");
	if (s->check && (ids || s->search != NULL || changes))
		tool_usage("--check goes with no other fetch");
	if (ids && (s->search != NULL || changes))
		tool_usage("--search, --modified-since and --state are for "
			   "what is not read by ids");
	if (s->conf.sort && s->read.nr == 0)
		tool_usage("--sort goes with --read");
	if (s->from != NULL && s->links.nr == 0)
		tool_usage("--from goes with --links");
	if (s->conf.batch > LOOKUP_READ_MAX && s->links.nr == 0)
		tool_usage("--batch is at most %d, and %d for --links",
		    LOOKUP_READ_MAX, LOOKUP_LINKS_MAX);
	if (s->cache_path != NULL && (s->state_path != NULL || s->check))
		tool_usage("--cache goes with neither --state nor --check");
}

/* The token, copied without the blanks that may be around it. */
static struct text
read_token(void)
{
	const char *value = getenv("HUBSPOT_PAT");
	struct text token = text_trim(text_of(value == NULL ? "" : value));
	struct fault f = { 0 };

	if (hubspot_token_missing(token))
		fault_set(&f, FAULT_USAGE,
		    "HUBSPOT_PAT niet gevonden (not found): put the token of "
		    "a private app into .env and run 'with-env .env hs-fetch "
		    "...', or set it in the environment");
	else if (!hubspot_token_valid(token))
		fault_set(&f, FAULT_USAGE,
		    "HUBSPOT_PAT has a character that no token has: copy it "
		    "again");
	if (f.kind != FAULT_NONE)
		tool_die(&f);
	return text_of(xstrndup(token.p, token.len));
}

/* The state's file; one that is not there is an empty one. */
static struct state *
read_state(const char *path)
{
	struct state *state = state_new();
	struct fault f = { 0 };
	struct buf b;

	buf_init(&b, FILE_BYTES);
	if (access(path, F_OK) == 0 || errno != ENOENT) {
		if (file_read_all(path, FILE_BYTES, &b, &f) == -1)
			tool_die(&f);
		if (state_read(state, &b, &f) == -1) {
			fault_prefix(&f, "%s: ", path);
			tool_die(&f);
		}
	}
	buf_free(&b);
	return state;
}

/* The search as the state knows it. */
static void
put_filter(struct buf *b, const struct search *search)
{
	struct fault f = { 0 };

	json_open(b);
	if (search_put(search, b, NULL, 0, &f) == -1)
		tool_usage("%s", f.text);
	json_close(b);
}

/* From when on to ask for an object's changes. */
static instant_us
since_of(const struct run *r, const char *what)
{
	instant_us at = STATE_NONE;

	if (r->state != NULL)
		at = state_get(
		    r->state, object_name(text_of(what)), buf_view(&r->filter));
	return at == STATE_NONE ? r->set->since : at - r->set->overlap_us;
}

static void
add_fetches(struct run *r, char **operand)
{
	const struct settings *s = r->set;
	struct fault f = { 0 };
	int status = 0;
	size_t i;

	for (i = 0; status == 0 && i < s->properties.nr; i++)
		status = fetch_properties(r->fetch, s->properties.value[i], &f);
	for (i = 0; status == 0 && i < s->read.nr; i++)
		status = fetch_add_read(r->fetch, s->read.value[i], &f);
	for (i = 0; status == 0 && i < s->links.nr; i++)
		status =
		    fetch_add_links(r->fetch, s->links.value[i], s->from, &f);
	if (s->check && operand[0] == NULL)
		operand = (char **)object_common;
	for (i = 0; status == 0 && r->ids == NULL && operand[i] != NULL; i++)
		status = s->check ? fetch_add_check(r->fetch, operand[i], &f)
				  : fetch_add(r->fetch, operand[i],
					since_of(r, operand[i]), &f);
	if (status == -1)
		tool_usage("%s", f.text);
	if (r->ids == NULL && operand[0] == NULL)
		tool_usage("nothing to fetch: name an object, such as "
			   "contacts, or owners, or pipelines/deals");
}

/* Lines that are there go out, and into the cache. */
static int
write_lines(struct run *r, struct fault *f)
{
	struct buf *lines = fetch_lines(r->fetch);
	int status = 0;

	if (lines->len > 0)
		status = out_write(r->out, lines->p, lines->len, f);
	if (status == 0 && r->memo != NULL)
		status = memo_write(r->memo, buf_view(lines), f);
	buf_clear(lines);
	return status == 0 ? out_flush(r->out, f) : -1;
}

static double
seconds_since(int64_t began_ms)
{
	return (double)(now_ms() - began_ms) / 1000.0;
}

static void
put_report(struct run *r, struct text report)
{
	struct fault f = { 0 };
	struct sink *sink = r->report;

	r->report = NULL;
	if (sink != NULL && sink_put(sink, report, &f) == -1)
		tool_die(&f);
}

/* The report of what was fetched, to its place and into the memo. */
static void
write_report(struct run *r)
{
	struct fault f = { 0 };
	struct buf report;

	buf_init(&report, FILE_BYTES);
	fetch_report(r->fetch, &report, seconds_since(r->began_ms));
	put_report(r, buf_view(&report));
	if (r->memo != NULL && memo_write(r->memo, buf_view(&report), &f) == -1)
		tool_die(&f);
	buf_free(&report);
}

/* What was fetched so far is kept, and the report says where it ended. */
_Noreturn static void
die(struct run *r, const struct fault *why)
{
	struct fault ignored = { 0 };

	memo_free(r->memo);
	r->memo = NULL;
	fetch_stop(r->fetch, why->text);
	if (why->kind != FAULT_IO)
		(void)write_lines(r, &ignored);
	write_report(r);
	tool_die(why);
}

/* The next file of ids; none is left: all ids came in. */
static void
open_next(struct run *r)
{
	struct fault f = { 0 };
	const char *name = *r->file;

	if (name == NULL) {
		if (fetch_end(r->fetch, &f) == -1)
			die(r, &f);
		return;
	}
	r->file++;
	if (strcmp(name, "-") == 0) {
		r->fd = STDIN_FILENO;
		ids_file(r->ids, "standard input");
		if (isatty(r->fd))
			tool_warn("reading ids from the terminal; end with "
				  "Ctrl-D, or see --help");
		return;
	}
	ids_file(r->ids, name);
	r->fd = open(name, O_RDONLY | O_CLOEXEC);
	if (r->fd == -1) {
		fault_errno(&f, "cannot open '%s'", name);
		die(r, &f);
	}
}

/* Take what the file has now. */
static void
read_ids(struct run *r)
{
	static char bytes[READ_BYTES];
	struct fault f = { 0 };
	struct ids_line line;
	ssize_t nr;
	int more;

	do
		nr = read(r->fd, bytes, sizeof(bytes));
	while (nr == -1 && errno == EINTR);
	if (nr == -1) {
		fault_errno(&f, "cannot read the ids");
		die(r, &f);
	}
	if (nr > 0)
		ids_feed(r->ids, bytes, (size_t)nr);
	else
		ids_end(r->ids);
	while ((more = ids_next(r->ids, &line, &f)) == 1)
		if (fetch_line(r->fetch, &line, &f) == -1) {
			ids_blame(r->ids, &f);
			die(r, &f);
		}
	if (more == -1)
		die(r, &f);
	if (nr > 0)
		return;
	if (r->fd != STDIN_FILENO)
		close(r->fd);
	r->fd = -1;
	open_next(r);
}

static void
tell(struct run *r)
{
	const char *line;
	struct buf b;

	while ((line = fetch_complaint(r->fetch)) != NULL)
		tool_warn("%s", line);
	if (http_counts(r->http)->requests == 0)
		return;
	buf_init(&b, 4096);
	fetch_progress(r->fetch, &b);
	tool_progress("%.*s; %llu requests", TEXT_ARG(buf_view(&b)),
	    (unsigned long long)http_counts(r->http)->requests);
	buf_free(&b);
}

static void
send_all(struct run *r)
{
	struct fault f = { 0 };
	struct http_request request;
	int more;

	while ((more = fetch_next(r->fetch, &request, &f)) == 1)
		if (http_send(r->http, &request, &f) == -1)
			die(r, &f);
	if (more == -1)
		die(r, &f);
	http_window_share(r->http, 0, fetch_longest_share(r->fetch));
}

static void
take_answer(struct run *r, const struct http_answer *a)
{
	struct fault f = { 0 };
	unsigned before = r->allowance.nr, nr;

	nr = allowance_read(
	    &r->allowance, a, http_counts(r->http)->requests, now_ms());
	if (nr != before)
		http_window_set(r->http, 0, nr);
	if (fetch_answer(r->fetch, a, &f) == -1)
		die(r, &f);
}

static bool
can_read(int fd)
{
	struct pollfd p = { .fd = fd, .events = POLLIN };

	return fd != -1 && poll(&p, 1, 0) == 1;
}

/* Ask and read until nothing is left to ask. */
static void
exchange(struct run *r)
{
	struct fault f = { 0 };
	struct http_answer a;
	int got, fd, wait_ms;

	for (;;) {
		send_all(r);
		tell(r);
		if (write_lines(r, &f) == -1)
			die(r, &f);
		if (fetch_done(r->fetch))
			return;
		fd = fetch_hungry(r->fetch) ? r->fd : -1;
		wait_ms = fd != -1 && fetch_begun(r->fetch) ? LINGER_MS : -1;
		got = http_poll(r->http, &a, fd, wait_ms, &f);
		if (got == -1)
			die(r, &f);
		if (got == 1) {
			take_answer(r, &a);
		} else if (can_read(fd)) {
			read_ids(r);
		} else if (fd != -1) {
			fetch_pause(r->fetch);
		} else {
			fault_set(&f, FAULT_DATA,
			    "nothing is left to ask, but not all is there");
			die(r, &f);
		}
	}
}

/* The answer that is kept, as the output. */
static void
answer_again(struct run *r)
{
	struct fault f = { 0 };
	struct buf report;
	struct text line;
	int more;

	buf_init(&report, FILE_BYTES);
	while ((more = memo_read(r->memo, &line, &f)) == 1)
		if (!fetch_report_again(&report, line) &&
		    out_line(r->out, line, &f) == -1)
			tool_die(&f);
	if (more == -1 || out_flush(r->out, &f) == -1)
		tool_die(&f);
	put_report(r, buf_view(&report));
	tool_say("answered from %s", memo_path(r->memo));
	buf_free(&report);
}

/* True when the answer is kept; else it is begun to be. */
static bool
open_memo(struct run *r)
{
	const struct settings *s = r->set;
	struct fault f = { 0 };
	struct buf question;
	int found;

	/* the ids are part of the question */
	while (r->fd != -1)
		read_ids(r);
	buf_init(&question, FILE_BYTES);
	fetch_question(r->fetch, text_of(s->base_url), s->token, &question);
	found = memo_open(&r->memo, s->cache_path, "hs-fetch",
	    buf_view(&question), s->max_age_s, now_us() / 1000000, &f);
	if (found == -1)
		tool_die(&f);
	buf_free(&question);
	return found == 1;
}

static void
keep_memo(struct run *r)
{
	struct fault f = { 0 };

	if (r->memo != NULL && fetch_complete(r->fetch) &&
	    memo_keep(r->memo, &f) == -1)
		tool_die(&f);
}

/* The cursors move on, once all was written and nothing was left out. */
static void
keep_state(struct run *r)
{
	struct sink *sink;
	struct fault f = { 0 };
	struct buf b;
	const char *object;
	instant_us next;
	size_t i;

	if (r->state == NULL || !fetch_complete(r->fetch))
		return;
	for (i = 0; (object = fetch_object(r->fetch, i)) != NULL; i++) {
		next = state_next(
		    state_get(r->state, text_of(object), buf_view(&r->filter)),
		    r->began_at, fetch_changed_at(r->fetch, i));
		if (next != STATE_NONE)
			state_put(r->state, text_of(object),
			    buf_view(&r->filter), next);
	}
	buf_init(&b, FILE_BYTES);
	state_write(r->state, &b);
	sink = sink_open(r->set->state_path, &f);
	if (sink == NULL || sink_put(sink, buf_view(&b), &f) == -1)
		tool_die(&f);
	buf_free(&b);
}

static void
open_http(struct run *r)
{
	const struct settings *s = r->set;
	struct http_conf conf = { .base_url = s->base_url,
		.base_given = strcmp(s->base_url, PATH_BASE) != 0,
		.secret = s->token.p,
		.judge = hubspot_judge,
		.max_wait_s = s->max_wait_s };
	struct fault f = { 0 };

	allowance_init(&r->allowance, s->rate);
	conf.window[0] =
	    (struct http_window){ r->allowance.nr, ALLOWANCE_WINDOW_MS, 0 };
	conf.window[1] = (struct http_window){ SEARCH_NR, 1000, 0 };
	r->http = http_new(&conf, &f);
	if (r->http == NULL)
		tool_die(&f);
}

static void
say_counts(const struct run *r)
{
	const struct http_counts *c = http_counts(r->http);

	tool_say("%llu requests, %llu of them again, %llu answered 429; "
		 "%llu bytes received, %llu unpacked; %.1f s",
	    (unsigned long long)c->requests, (unsigned long long)c->retries,
	    (unsigned long long)c->limited, (unsigned long long)c->wire,
	    (unsigned long long)c->body, seconds_since(r->began_ms));
}

/* Without the slashes at its end, which the paths bring. */
static char *
base_url(const char *option)
{
	const char *value =
	    option != NULL ? option : getenv("HUBSPOT_BASE_URL");
	struct text t = text_of(value);

	if (t.len == 0)
		t = text_of(PATH_BASE);
	while (t.len > 0 && t.p[t.len - 1] == '/')
		t.len--;
	return xstrndup(t.p, t.len);
}

static int
fetch_all(struct run *r, char **operand)
{
	static char *standard_input[] = { (char *)"-", NULL };

	if (r->ids != NULL) {
		r->file = operand[0] == NULL ? standard_input : operand;
		open_next(r);
	}
	if (r->set->cache_path != NULL && open_memo(r)) {
		answer_again(r);
		return EXIT_DONE;
	}
	open_http(r);
	exchange(r);
	write_report(r);
	keep_memo(r);
	keep_state(r);
	say_counts(r);
	http_free(r->http);
	return fetch_complete(r->fetch) ? EXIT_DONE : EXIT_INCOMPLETE;
}

static void
settings_free(struct settings *s)
{
	search_free(s->search);
	free(s->properties.value);
	free(s->read.value);
	free(s->links.value);
	free(s->base_url);
	free((char *)s->token.p);
}

int
main(int argc, char *argv[])
{
	struct settings s = { .since = FETCH_ALWAYS,
		.overlap_us = INT64_C(300) * 1000000,
		.max_age_s = 86400 };
	struct run r = { .set = &s, .fd = -1 };
	struct fault f = { 0 };
	int status;

	tool_begin(&tool, argc, argv);
	(void)path_version(&s.conf.version, "v3", &f);
	read_options(&s);
	check_options(&s);
	s.base_url = base_url(s.base_url_option);
	s.conf.base_len = strlen(s.base_url);
	s.token = read_token();

	r.began_ms = now_ms();
	r.began_at = now_us();
	r.out = out_new(STDOUT_FILENO, "standard output");
	r.fetch = fetch_new(&s.conf);
	buf_init(&r.filter, FILE_BYTES);
	if (s.read.nr > 0 || s.links.nr > 0)
		r.ids = ids_new();
	if (s.state_path != NULL)
		r.state = read_state(s.state_path);
	if (s.search != NULL)
		put_filter(&r.filter, s.search);
	add_fetches(&r, tool_operands());
	if (s.report_path != NULL &&
	    (r.report = sink_open(s.report_path, &f)) == NULL)
		tool_die(&f);
	status = fetch_all(&r, tool_operands());

	fetch_free(r.fetch);
	ids_free(r.ids);
	state_free(r.state);
	out_free(r.out);
	memo_free(r.memo);
	buf_free(&r.filter);
	settings_free(&s);
	return tool_end(status);
}
