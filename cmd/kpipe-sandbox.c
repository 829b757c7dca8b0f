/*
 * kpipe-sandbox - the vendors on loopback, for demos and tests
 */
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"
#include "base/httpd.h"
#include "base/tool.h"
#include "base/xalloc.h"
#include "sandbox/sandbox.h"

#define DEFAULT_PORT  8420
#define DEFAULT_AS_OF "2026-03-02T09:00:00Z"
/* No vendor gives out a token that looks like this. */
#define DEFAULT_TOKEN "kpipe-sandbox-token"
#define BODY_MAX      ((size_t)32 << 20)
#define STATE_MAX     ((size_t)256 << 20)
#define KEY_MAX	      ((size_t)64 << 10)
#define LOG_LINE_MAX  ((size_t)1 << 20)
#define MANY	      1000000000

enum {
	OPT_AIRTABLE = 256,
	OPT_AIRTABLE_LIMIT,
	OPT_AS_OF,
	OPT_BARE,
	OPT_CHATTERS,
	OPT_CLOCK,
	OPT_COACHES,
	OPT_DAILY,
	OPT_DANGLING,
	OPT_DEALS,
	OPT_DENY,
	OPT_EXCHANGES,
	OPT_EXTRA,
	OPT_FAULT,
	OPT_GOOGLE_KEY,
	OPT_HUBSTAFF,
	OPT_HUBSTAFF_HOUR,
	OPT_HUBSTAFF_LAPSED,
	OPT_HUBSTAFF_MINUTE,
	OPT_HUBSTAFF_ROLE,
	OPT_HUBSTAFF_SECONDS,
	OPT_ITERATOR,
	OPT_LATENCY,
	OPT_LIMIT,
	OPT_LOG,
	OPT_PENALTY,
	OPT_POOL,
	OPT_PROJECT_QUOTA,
	OPT_READY,
	OPT_RETRY_AFTER,
	OPT_SCALE,
	OPT_SEARCH_LIMIT,
	OPT_SEED,
	OPT_SHEETS,
	OPT_SLACK_MINUTE,
	OPT_SLACK_PAGE,
	OPT_TOKEN_SECONDS,
	OPT_USER_QUOTA,
};

static const struct tool_option option[] = {
	{ 'p', "port", "N", "listen there; 0 takes any free port" },
	{ OPT_READY, "ready-file", "FILE",
	    "write the address to FILE when it answers" },
	{ OPT_LOG, "log", "FILE", "append a record for each request" },
	{ OPT_SEED, "seed", "N", "other people and deals" },
	{ OPT_AS_OF, "as-of", "TIME", "the instant the data leads up to" },
	{ OPT_SCALE, "scale", "X", "volume; 1 is that of a real account" },
	{ OPT_COACHES, "coaches", "N", "owners who have deals" },
	{ OPT_DEALS, "deals", "N", "deals, whatever the scale" },
	{ OPT_DANGLING, "dangling", "N", "links to deals that are gone" },
	{ OPT_EXTRA, "extra-properties", "N",
	    "more properties for each object" },
	{ OPT_DENY, "deny", "LIST", "objects the token may not read" },
	{ OPT_LIMIT, "limit", "N", "requests in 10 seconds; 0: any number" },
	{ OPT_SEARCH_LIMIT, "search-limit", "N", "searches in a second" },
	{ OPT_DAILY, "daily", "N", "requests in all" },
	{ OPT_RETRY_AFTER, "retry-after", "SECONDS",
	    "send Retry-After with 429" },
	{ OPT_GOOGLE_KEY, "google-key", "FILE",
	    "write a Google service account's key file" },
	{ OPT_TOKEN_SECONDS, "token-seconds", "N",
	    "how long a Google token is good" },
	{ OPT_SHEETS, "sheets-state", "FILE",
	    "the spreadsheets: read at the start, kept at the end" },
	{ OPT_USER_QUOTA, "sheets-user-quota", "N",
	    "reads, and writes, a minute; 0: any number" },
	{ OPT_PROJECT_QUOTA, "sheets-project-quota", "N",
	    "the same, of the project" },
	{ OPT_POOL, "pool-refresh", "HOW",
	    "fine, issues, bare or fails: what is answered" },
	{ OPT_CHATTERS, "chatters", "N", "people whose time Hubstaff has" },
	{ OPT_HUBSTAFF, "hubstaff-state", "FILE",
	    "what Hubstaff keeps: read at the start, kept at the end" },
	{ OPT_HUBSTAFF_SECONDS, "hubstaff-token-seconds", "N",
	    "how long an access token of Hubstaff is good" },
	{ OPT_EXCHANGES, "hubstaff-exchanges", "N",
	    "exchanges of tokens an hour; 0: any number" },
	{ OPT_HUBSTAFF_MINUTE, "hubstaff-minute", "N",
	    "requests to Hubstaff a minute; 0: any number" },
	{ OPT_HUBSTAFF_HOUR, "hubstaff-hour", "N", "the same, an hour" },
	{ OPT_HUBSTAFF_ROLE, "hubstaff-role", "ROLE",
	    "whose the token is: owner, manager or user" },
	{ OPT_BARE, "hubstaff-bare", NULL,
	    "send no users beside members and time" },
	{ OPT_HUBSTAFF_LAPSED, "hubstaff-lapsed", NULL,
	    "one organisation more, which does not pay" },
	{ OPT_SLACK_MINUTE, "slack-minute", "N",
	    "calls of Slack's conversations a minute; 0: any number" },
	{ OPT_SLACK_PAGE, "slack-page", "N",
	    "messages a page at most; 0: as many as asked for" },
	{ OPT_AIRTABLE, "airtable-state", "FILE",
	    "the base of Airtable: read at the start, kept at the end" },
	{ OPT_AIRTABLE_LIMIT, "airtable-limit", "N",
	    "requests to Airtable a second; 0: any number" },
	{ OPT_PENALTY, "airtable-penalty", "SECONDS",
	    "how long Airtable refuses all after one more" },
	{ OPT_ITERATOR, "airtable-iterator", "SECONDS",
	    "how long Airtable keeps the next page" },
	{ OPT_CLOCK, "clock-offset", "SECONDS", "how far the clock is off" },
	{ OPT_LATENCY, "latency-ms", "N", "time each answer takes" },
	{ OPT_FAULT, "fault", "LIST", "what is to go wrong, and when" },
	{ 0 },
};

static const struct tool tool = {
	.name = "kpipe-sandbox",
	.summary = "the vendors on loopback, for demos and tests",
	.synopsis = "[-p n] [--ready-file=file] [option ...]",
	.option = option,
};

struct server {
	struct sandbox *sandbox;
	struct sandbox_conf conf;
	const char **fault; /* NULL-terminated, or NULL */
	size_t nr_fault;
	unsigned port;
	const char *ready; /* NULL: none */
	const char *log_name;
	int log_fd;	    /* -1: none */
	const char *key;    /* NULL: none */
	const char *sheets; /* NULL: none */
	struct buf state;   /* what was in it */
	const char *hubstaff;
	struct buf hubstaff_state;
	const char *airtable;
	struct buf airtable_state;
};

static int64_t
clock_us(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

/* Answer, and log it before the client can know: then the log is complete. */
static void
answer(
    void *arg, const struct httpd_request *request, struct httpd_reply *reply)
{
	struct server *server = arg;
	struct sandbox_note note;
	struct fault f = { 0 };
	struct buf line;
	double ms;

	sandbox_serve(server->sandbox, request, reply, &note);
	if (server->log_fd == -1)
		return;
	ms = (double)(clock_us() - request->at_us) / 1000;
	if (ms < reply->delay_ms)
		ms = reply->delay_ms;
	buf_init(&line, LOG_LINE_MAX);
	sandbox_log(&line, request, reply, &note, ms);
	/* one write: lines of other threads stay apart */
	if (buf_check(&line, "a line of the log", &f) == -1 ||
	    file_write_all(
		server->log_fd, server->log_name, line.p, line.len, &f) == -1)
		tool_warn("%s", f.text);
	buf_free(&line);
}

static instant_us
as_of(const char *value)
{
	instant_us at;

	if (strcmp(value, "now") == 0)
		return (instant_us)time(NULL) * 1000000;
	if (!instant_parse(text_of(value), &at))
		tool_usage("--as-of takes a time such as %s, or now, not '%s'",
		    DEFAULT_AS_OF, value);
	return at;
}

/* A file that is there whole or not at all, or the end of the tool. */
static void
keep(const char *path, mode_t mode, const struct buf *b)
{
	struct fault f = { 0 };
	struct file_replace *file;

	if (buf_check(b, path, &f) == -1)
		tool_die(&f);
	file = file_replace_open(path, mode, &f);
	if (file == NULL)
		tool_die(&f);
	if (file_write_all(file_replace_fd(file), path, b->p, b->len, &f) ==
	    -1) {
		file_replace_abort(file);
		tool_die(&f);
	}
	if (file_replace_commit(file, &f) == -1)
		tool_die(&f);
}

static void
keep_key(const struct server *server, unsigned port)
{
	char address[40];
	struct buf b;

	if (server->key == NULL)
		return;
	snprintf(address, sizeof(address), "http://127.0.0.1:%u", port);
	buf_init(&b, KEY_MAX);
	sandbox_put_key(server->sandbox, address, &b);
	keep(server->key, 0600, &b);
	buf_free(&b);
}

static void
keep_state(const struct server *server, const char *path,
    void (*put)(struct sandbox *, struct buf *))
{
	struct buf b;

	if (path == NULL)
		return;
	buf_init(&b, STATE_MAX);
	put(server->sandbox, &b);
	keep(path, 0644, &b);
	buf_free(&b);
}

/* What was kept at an earlier time; "no text" when there is nothing. */
static struct text
read_state(const char *path, struct buf *b)
{
	struct fault f = { 0 };

	buf_init(b, STATE_MAX);
	if (path == NULL || access(path, F_OK) == -1)
		return (struct text){ 0 };
	if (file_read_all(path, STATE_MAX, b, &f) == -1)
		tool_die(&f);
	return buf_view(b);
}

static void
tell_ready(const char *path, unsigned port)
{
	struct file_replace *file;
	struct fault f = { 0 };

	printf("http://127.0.0.1:%u\n", port);
	fflush(stdout);
	if (path == NULL)
		return;
	file = file_replace_open(path, 0644, &f);
	if (file == NULL)
		tool_die(&f);
	if (dprintf(file_replace_fd(file), "http://127.0.0.1:%u\n", port) < 0)
		fault_errno(&f, "%s", path);
	if (f.kind != FAULT_NONE) {
		file_replace_abort(file);
		tool_die(&f);
	}
	if (file_replace_commit(file, &f) == -1)
		tool_die(&f);
}

static int
open_log(const char *path)
{
	struct fault f = { 0 };
	int fd = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);

	if (fd == -1) {
		fault_errno(&f, "%s", path);
		tool_die(&f);
	}
	return fd;
}

static enum crew_role
role(const char *value)
{
	unsigned i;

	for (i = CREW_USER; i <= CREW_OWNER; i++)
		if (strcmp(value, crew_role_name[i]) == 0)
			return (enum crew_role)i;
	tool_usage(
	    "--hubstaff-role takes owner, manager or user, not '%s'", value);
}

static enum google_pool
pool_answer(const char *value)
{
	static const char *const name[] = { "fine", "issues", "bare", "fails",
		NULL };
	unsigned i;

	for (i = 0; name[i] != NULL; i++)
		if (strcmp(value, name[i]) == 0)
			return (enum google_pool)i;
	tool_usage("--pool-refresh takes fine, issues, bare or fails, not '%s'",
	    value);
}

/* The time of day, seen from the clock of the requests. */
static int64_t
clock_ahead_us(void)
{
	struct timespec now;

	clock_gettime(CLOCK_REALTIME, &now);
	return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000 - clock_us();
}

static void
take_google_option(int c, const char *value, struct server *server)
{
	struct sandbox_conf *conf = &server->conf;

	switch (c) {
	case OPT_GOOGLE_KEY:
		server->key = value;
		conf->google.key = true;
		break;
	case OPT_TOKEN_SECONDS:
		conf->google.token_s =
		    (unsigned)tool_number("token-seconds", value, 1, 3600);
		break;
	case OPT_SHEETS:
		server->sheets = value;
		break;
	case OPT_USER_QUOTA:
		conf->google.user_limit =
		    (unsigned)tool_number("sheets-user-quota", value, 0, MANY);
		break;
	case OPT_PROJECT_QUOTA:
		conf->google.project_limit = (unsigned)tool_number(
		    "sheets-project-quota", value, 0, MANY);
		break;
	case OPT_POOL:
		conf->google.pool = pool_answer(value);
		break;
	}
}

static void
take_hubstaff_option(int c, const char *value, struct server *server)
{
	struct hubstaff_conf *conf = &server->conf.hubstaff;

	switch (c) {
	case OPT_CHATTERS:
		conf->people =
		    (unsigned)tool_number("chatters", value, 10, CREW_MAX);
		break;
	case OPT_HUBSTAFF:
		server->hubstaff = value;
		break;
	case OPT_HUBSTAFF_SECONDS:
		conf->token_s = (unsigned)tool_number(
		    "hubstaff-token-seconds", value, 1, 86400);
		break;
	case OPT_EXCHANGES:
		conf->exchanges =
		    (unsigned)tool_number("hubstaff-exchanges", value, 0, MANY);
		break;
	case OPT_HUBSTAFF_MINUTE:
		conf->minute_limit =
		    (unsigned)tool_number("hubstaff-minute", value, 0, MANY);
		break;
	case OPT_HUBSTAFF_HOUR:
		conf->hour_limit =
		    (unsigned)tool_number("hubstaff-hour", value, 0, MANY);
		break;
	case OPT_HUBSTAFF_ROLE:
		conf->role = role(value);
		break;
	case OPT_BARE:
		conf->bare = true;
		break;
	case OPT_HUBSTAFF_LAPSED:
		conf->lapsed = true;
		break;
	}
}

static void
take_slack_option(int c, const char *value, struct slack_conf *conf)
{
	if (c == OPT_SLACK_MINUTE)
		conf->minute_limit =
		    (unsigned)tool_number("slack-minute", value, 0, MANY);
	else if (c == OPT_SLACK_PAGE)
		conf->page =
		    (unsigned)tool_number("slack-page", value, 0, MANY);
}

static void
take_airtable_option(int c, const char *value, struct server *server)
{
	struct airtable_conf *conf = &server->conf.airtable;

	switch (c) {
	case OPT_AIRTABLE:
		server->airtable = value;
		break;
	case OPT_AIRTABLE_LIMIT:
		conf->limit =
		    (unsigned)tool_number("airtable-limit", value, 0, MANY);
		break;
	case OPT_PENALTY:
		conf->penalty_ms =
		    (unsigned)(1000 * tool_decimal(
					  "airtable-penalty", value, 0, 3600));
		break;
	case OPT_ITERATOR:
		conf->iterator_s =
		    (unsigned)tool_number("airtable-iterator", value, 0, 86400);
		break;
	}
}

/* What one option says; the faults are kept for the sandbox to read. */
static void
take_option(int c, const char *value, struct server *server)
{
	struct sandbox_conf *conf = &server->conf;

	switch (c) {
	case 'p':
		server->port = (unsigned)tool_number("port", value, 0, 65535);
		break;
	case OPT_READY:
		server->ready = value;
		break;
	case OPT_LOG:
		server->log_name = value;
		break;
	case OPT_SEED:
		conf->crm.seed =
		    (uint64_t)tool_number("seed", value, 0, 1000000000);
		break;
	case OPT_AS_OF:
		conf->crm.as_of = as_of(value);
		break;
	case OPT_SCALE:
		conf->crm.scale = tool_decimal("scale", value, 0.001, 100);
		break;
	case OPT_COACHES:
		conf->crm.coaches =
		    (unsigned)tool_number("coaches", value, 20, 2000);
		break;
	case OPT_DEALS:
		conf->crm.deals =
		    (unsigned)tool_number("deals", value, 100, 1000000);
		break;
	case OPT_DANGLING:
		conf->crm.dangling =
		    (unsigned)tool_number("dangling", value, 0, 100);
		break;
	case OPT_EXTRA:
		conf->crm.extra =
		    (unsigned)tool_number("extra-properties", value, 0, 2000);
		break;
	case OPT_DENY:
		conf->deny = value;
		break;
	case OPT_LIMIT:
		conf->limit = (unsigned)tool_number("limit", value, 0, MANY);
		break;
	case OPT_SEARCH_LIMIT:
		conf->search_limit =
		    (unsigned)tool_number("search-limit", value, 0, MANY);
		break;
	case OPT_DAILY:
		conf->daily = (unsigned)tool_number("daily", value, 0, MANY);
		break;
	case OPT_RETRY_AFTER:
		conf->retry_after_s =
		    (int)tool_number("retry-after", value, 0, 86400);
		break;
	case OPT_CLOCK:
		conf->clock_us += INT64_C(1000000) * tool_number("clock-offset",
							 value, -MANY, MANY);
		break;
	case OPT_LATENCY:
		conf->latency_ms =
		    (unsigned)tool_number("latency-ms", value, 0, 600000);
		break;
	case OPT_FAULT:
		server->fault = xreallocarray(server->fault,
		    server->nr_fault + 2, sizeof(*server->fault));
		server->fault[server->nr_fault++] = value;
		server->fault[server->nr_fault] = NULL;
		conf->faults = server->fault;
		break;
	default:
		take_google_option(c, value, server);
		take_hubstaff_option(c, value, server);
		take_slack_option(c, value, &conf->slack);
		take_airtable_option(c, value, server);
	}
}

/* Serve until a signal says that it is enough. */
static void
serve(struct server *server)
{
	struct httpd_conf conf = { server->port, answer, server, BODY_MAX };
	struct fault f = { 0 };
	struct httpd *httpd;
	sigset_t ends;
	int signal_nr;

	/* before there are threads, which take this over */
	sigemptyset(&ends);
	sigaddset(&ends, SIGINT);
	sigaddset(&ends, SIGTERM);
	pthread_sigmask(SIG_BLOCK, &ends, NULL);
	/* a client that goes away is no reason to end */
	signal(SIGPIPE, SIG_IGN);
	httpd = httpd_start(&conf, &f);
	if (httpd == NULL)
		tool_die(&f);
	keep_key(server, httpd_port(httpd));
	tell_ready(server->ready, httpd_port(httpd));
	while (sigwait(&ends, &signal_nr) != 0)
		;
	httpd_stop(httpd);
	if (server->ready != NULL)
		unlink(server->ready);
}

int
main(int argc, char *argv[])
{
	struct server server = {
		.conf = {
			.crm = { .seed = 1, .scale = 0.1, .coaches = 105 },
			.limit = 100,
			.search_limit = 5,
			.daily = 250000,
			.retry_after_s = -1,
			.google = { .token_s = 3599,
			    .user_limit = 60,
			    .project_limit = 300 },
			.hubstaff = { .people = 24,
			    .token_s = 86400,
			    .exchanges = 5,
			    .minute_limit = 120,
			    .hour_limit = 1000,
			    .role = CREW_OWNER },
			.slack = { .minute_limit = 50 },
			.airtable = { .limit = 5,
			    .penalty_ms = 30000,
			    .iterator_s = 300 },
			.clock_us = clock_ahead_us(),
			.token = getenv("KPIPE_SANDBOX_TOKEN"),
		},
		.port = DEFAULT_PORT,
		.log_fd = -1,
	};
	const char *value;
	struct fault f = { 0 };
	int c;

	if (server.conf.token == NULL || *server.conf.token == '\0')
		server.conf.token = DEFAULT_TOKEN;
	server.conf.crm.as_of = as_of(DEFAULT_AS_OF);
	tool_begin(&tool, argc, argv);
	while ((c = tool_option(&value)) != -1)
		take_option(c, value, &server);
	if (*tool_operands() != NULL)
		tool_usage("it takes no operands");

	server.conf.google.sheets = read_state(server.sheets, &server.state);
	server.conf.hubstaff.state =
	    read_state(server.hubstaff, &server.hubstaff_state);
	server.conf.airtable.state =
	    read_state(server.airtable, &server.airtable_state);
	server.sandbox = sandbox_new(&server.conf, &f);
	if (server.sandbox == NULL)
		tool_die(&f);
	if (server.log_name != NULL)
		server.log_fd = open_log(server.log_name);
	/* one that is left over would be taken for ours */
	if (server.ready != NULL && unlink(server.ready) == -1 &&
	    errno != ENOENT) {
		fault_errno(&f, "%s", server.ready);
		tool_die(&f);
	}
	serve(&server);
	keep_state(&server, server.sheets, sandbox_put_sheets);
	keep_state(&server, server.hubstaff, sandbox_put_hubstaff);
	keep_state(&server, server.airtable, sandbox_put_airtable);

	tool_say("%llu requests",
	    (unsigned long long)sandbox_requests(server.sandbox));
	if (server.log_fd != -1)
		close(server.log_fd);
	sandbox_free(server.sandbox);
	buf_free(&server.state);
	buf_free(&server.hubstaff_state);
	buf_free(&server.airtable_state);
	free(server.fault);
	return tool_end(EXIT_DONE);
}
