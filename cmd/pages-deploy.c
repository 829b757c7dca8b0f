/*
 * pages-deploy - put a page into the repository of a site
 */
#include <errno.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/folder.h"
#include "base/http.h"
#include "base/json.h"
#include "base/out.h"
#include "base/repo.h"
#include "base/tool.h"
#include "base/xalloc.h"
#include "publish/deploy.h"
#include "publish/guard.h"
#include "publish/sheet.h"
#include "publish/target.h"

#define TOKEN	 "PAGES_TOKEN"
#define KEY_FILE "PAGES_SSH_KEY_FILE"
#define HOST_KEY "PAGES_SSH_HOST_KEY"

#define NAME_MOST   1000
#define RECORD_MOST ((size_t)64 << 10)
#define VERIFY_S    600
#define POLL_MAX_S  10

enum {
	OPT_AUTHOR = 256,
	OPT_BASE_URL,
	OPT_BRANCH,
	OPT_DATE,
	OPT_DRY_RUN,
	OPT_FILE,
	OPT_MAX_WAIT,
	OPT_PUBLIC_OK,
	OPT_REMOTE,
	OPT_REPOSITORY,
	OPT_RESET,
	OPT_URL,
	OPT_VERIFY,
};

static const struct tool_option options[] = {
	{ OPT_URL, "url", "URL", "the repository of the site" },
	{ OPT_REPOSITORY, "repository", "DIR",
	    "the repository here that knows it" },
	{ OPT_REMOTE, "remote", "NAME", "what it is called there (origin)" },
	{ OPT_BRANCH, "branch", "BRANCH",
	    "the branch that is the site (gh-pages)" },
	{ OPT_FILE, "file", "PATH", "what the page is there (index.html)" },
	{ OPT_DATE, "date", "DATE", "the day that the page's data is of" },
	{ OPT_AUTHOR, "author", "'NAME <MAIL>'", "whose the commit is" },
	{ OPT_RESET, "reset", NULL,
	    "take the remote as it is, whatever it was" },
	{ OPT_PUBLIC_OK, "public-ok", NULL, "everybody may read the page" },
	{ OPT_DRY_RUN, "dry-run", NULL, "do all of it but the push" },
	{ OPT_VERIFY, "verify", "URL", "wait until the site has the page" },
	{ OPT_MAX_WAIT, "max-wait", "SECONDS",
	    "give up when nothing comes for so long (120)" },
	{ OPT_BASE_URL, "base-url", "URL", "where GitHub's API answers" },
	{ 0 },
};

static const struct tool tool = {
	.name = "pages-deploy",
	.summary = "put a page into the repository of a site",
	.synopsis = "[--url=URL] [--repository=DIR] [--remote=NAME] "
		    "[--branch=BRANCH] [--file=PATH] [--date=DATE] "
		    "[--author='NAME <MAIL>'] [--reset] [--public-ok] "
		    "[--dry-run] [--verify=URL] [--max-wait=SECONDS] "
		    "[--base-url=URL] [file]",
	.option = options,
};

struct job {
	const char *url; /* NULL: that of the repository */
	const char *folder;
	const char *remote;
	const char *author;
	const char *verify;
	bool public_ok;
	bool dated;
	day_nr day;
	unsigned max_wait_s; /* 0: not given */
	struct guard_conf guard;
	struct target target;
	struct deploy deploy;
	struct repo_link link;
	struct buf page;
};

/*
 * Options
 */

static void
take_day(struct job *job, const char *value)
{
	job->dated = day_parse(text_of(value), &job->day);
	if (!job->dated)
		tool_usage(
		    "--date takes a date such as 2026-02-10, not '%s'", value);
}

/* "Name <mail>", in place of the two that are there. */
static void
take_author(struct deploy *d, const char *value)
{
	const char *open = strrchr(value, '<'), *close = strrchr(value, '>');
	struct text name;

	if (open == NULL || close != open + strcspn(open, ">") ||
	    close[1] != '\0' || close == open + 1 ||
	    strpbrk(value, "\n\r") != NULL || strchr(value, '<') != open)
		tool_usage("--author takes 'Name <mail>', not '%s'", value);
	name = text_trim((struct text){ value, (size_t)(open - value) });
	if (name.len == 0)
		tool_usage("--author takes 'Name <mail>', not '%s'", value);
	d->name = xstrndup(name.p, name.len);
	d->mail = xstrndup(open + 1, (size_t)(close - open - 1));
}

static void
read_options(struct job *job)
{
	const char *value;
	int c;

	while ((c = tool_option(&value)) != -1)
		switch (c) {
		case OPT_AUTHOR:
			job->author = value;
			break;
		case OPT_BASE_URL:
			job->guard.base_url = value;
			break;
		case OPT_BRANCH:
			job->deploy.branch = value;
			break;
		case OPT_DATE:
			take_day(job, value);
			break;
		case OPT_DRY_RUN:
			job->deploy.dry_run = true;
			break;
		case OPT_FILE:
			job->deploy.file = value;
			break;
		case OPT_MAX_WAIT:
			job->max_wait_s =
			    (unsigned)tool_number("max-wait", value, 1, 86400);
			break;
		case OPT_PUBLIC_OK:
			job->public_ok = true;
			break;
		case OPT_REMOTE:
			job->remote = value;
			break;
		case OPT_REPOSITORY:
			job->folder = value;
			break;
		case OPT_RESET:
			job->deploy.reset = true;
			break;
		case OPT_URL:
			job->url = value;
			break;
		case OPT_VERIFY:
			job->verify = value;
			break;
		}
	take_author(&job->deploy, job->author);
}

static void
or_die(int status, const struct fault *f)
{
	if (status == -1)
		tool_die(f);
}

static unsigned
max_wait_s(const struct job *job)
{
	return job->max_wait_s == 0 ? 120 : job->max_wait_s;
}

/*
 * What takes too long
 *
 * libgit2 waits for a server without an end, and cannot be told otherwise. What
 * is on the disk is good at any moment, so the process may end at any.
 */
static char waiting[NAME_MOST];

static void
give_up(int signal_nr)
{
	(void)signal_nr;
	if (write(STDERR_FILENO, waiting, strlen(waiting)) == -1)
		_exit(EXIT_UNUSABLE);
	_exit(EXIT_AGAIN);
}

static void
waits(void *arg, const char *what)
{
	const struct job *job = arg;

	alarm(0);
	if (what != NULL && *what == '\0')
		return;
	if (what != NULL) {
		snprintf(waiting, sizeof(waiting),
		    "pages-deploy: %s %s: nothing came for %u seconds: try "
		    "again later\n",
		    what, job->link.host, max_wait_s(job));
		tool_say("%s %s", what, job->link.host);
	}
	alarm(max_wait_s(job));
}

/*
 * The page
 */

static void
read_page(struct job *job)
{
	struct fault f = { 0 };
	const char *name;
	int fd = tool_open_operand(&name);
	char *room;
	ssize_t got;

	/* one byte more tells that it is too much */
	buf_init(&job->page, SHEET_MOST + 1);
	do {
		room = buf_room(&job->page, 1 << 16);
		if (room == NULL)
			room = buf_room(&job->page, 1);
		if (room == NULL)
			break;
		got = read(fd, room,
		    job->page.max - job->page.len < 1 << 16 ? 1 : 1 << 16);
		if (got > 0)
			job->page.len += (size_t)got;
	} while (got > 0 || (got == -1 && errno == EINTR));
	if (room != NULL && got == -1) {
		fault_errno(&f, "%s", name);
		tool_die(&f);
	}
	if (sheet_check(buf_view(&job->page), &f) == -1) {
		fault_prefix(&f, "%s: ", name);
		tool_die(&f);
	}
	job->deploy.page = buf_view(&job->page);
	if (!job->dated)
		job->dated = sheet_day(job->deploy.page, &job->day);
}

/*
 * Where it goes
 */

/* A path means the same wherever the repository is. */
static void
make_absolute(struct target *t)
{
	struct fault f = { 0 };
	char *path, *url = NULL;

	if (t->kind != TARGET_PATH)
		return;
	path = realpath(t->path, NULL);
	if (path == NULL) {
		fault_errno(&f, "cannot find the repository '%s'", t->path);
		tool_die(&f);
	}
	if (asprintf(&url, "file://%s", path) == -1)
		xalloc_fail();
	free(t->path);
	free(t->url);
	t->path = path;
	t->url = url;
}

static void
take_target(struct job *job, const char *url)
{
	struct fault f = { 0 };

	or_die(target_parse(&job->target, url, &f), &f);
	make_absolute(&job->target);
}

/* Where a repository of its own is for a URL. */
static char *
own_folder(const struct job *job)
{
	char *base =
	    folder_own(tool_env("XDG_CACHE_HOME"), tool_env("HOME"), ".cache");
	char *path = NULL;
	struct buf b;

	if (base == NULL)
		tool_usage(
		    "neither HOME nor XDG_CACHE_HOME says where a "
		    "repository can be kept: name one with --repository");
	buf_init(&b, NAME_MOST);
	target_folder(&job->target, &b);
	if (asprintf(&path, "%s/pages/%s", base, b.p) == -1)
		xalloc_fail();
	buf_free(&b);
	free(base);
	return path;
}

/* The URL that the repository has for its remote must be that of --url. */
static void
settle_url(struct job *job)
{
	struct fault f = { 0 };
	struct target noted;
	char *url = NULL;
	int found = repo_url(job->deploy.repo, job->remote, &url, &f);

	if (found == -1 && job->url == NULL) {
		fault_prefix(&f, "%s: ", job->folder);
		tool_die(&f);
	}
	if (found != 1 && job->url == NULL)
		tool_usage("'%s' has no remote '%s': give --url", job->folder,
		    job->remote);
	if (found != 1) {
		or_die(repo_note_url(
			   job->deploy.repo, job->remote, job->target.url, &f),
		    &f);
	} else if (job->url == NULL) {
		take_target(job, url);
	} else if (target_parse(&noted, url, &f) == -1 ||
		   (noted.kind == TARGET_PATH
			   ? strcmp(noted.path, job->target.path) != 0
			   : strcmp(noted.url, job->target.url) != 0)) {
		tool_usage("'%s' belongs to another URL than --url: name "
			   "another --repository, or none",
		    job->folder);
	} else
		target_free(&noted);
	free(url);
}

static void
open_repository(struct job *job)
{
	struct fault f = { 0 };
	char *own = NULL;

	if (job->url == NULL && job->folder == NULL)
		tool_usage("it needs --url, or --repository, or both");
	if (job->url != NULL)
		take_target(job, job->url);
	if (job->folder == NULL)
		job->folder = own = own_folder(job);
	or_die(repo_open(&job->deploy.repo, job->folder, job->url != NULL,
		   max_wait_s(job) * 1000, &f),
	    &f);
	settle_url(job);
	free(own);
	job->folder = NULL;
}

/* How it is reached: by what the environment has. */
static void
make_link(struct job *job)
{
	struct repo_link *link = &job->link;
	const char *home = tool_env("HOME"), *agent = tool_env("SSH_AUTH_SOCK");
	static char known[PATH_MAX], keys[PATH_MAX];
	size_t nr = 0;

	link->url = job->target.url;
	link->port = job->target.port;
	link->host = job->target.host;
	if (job->target.kind == TARGET_PATH)
		link->path = link->host = job->target.path;
	link->user = "git";
	link->token = job->guard.token;
	link->token_name = TOKEN;
	link->ca_file = tool_env("SSL_CERT_FILE");
	link->key_file = tool_env(KEY_FILE);
	link->key_name = KEY_FILE;
	link->agent = agent != NULL && access(agent, W_OK) == 0;
	link->host_key = tool_env(HOST_KEY);
	link->host_key_name = HOST_KEY;
	if (home != NULL) {
		snprintf(keys, sizeof(keys), "%s/.ssh", home);
		snprintf(known, sizeof(known), "%s/.ssh/known_hosts", home);
		link->default_key = keys;
		link->known_hosts[nr++] = known;
	}
	link->known_hosts[nr] = "/etc/ssh/ssh_known_hosts";
	link->waits = waits;
	link->arg = job;
	job->deploy.link = link;
}

/*
 * Whether the site has it
 */

/* Ask once; true when the answer is the page. */
static bool
is_served(const struct job *job, const char *base, struct fault *f)
{
	struct http_conf conf = { .base_url = base,
		.base_given = true,
		.tries = 1,
		.max_wait_s = max_wait_s(job),
		.connections = 1 };
	const char *path = job->verify + strlen(base);
	struct http_request request = { .method = "GET",
		.path = *path == '/' ? path : "/",
		.repeatable = true };
	struct http *http = http_new(&conf, f);
	struct http_answer a = { 0 };
	bool is = false;

	if (http == NULL)
		tool_die(f);
	if (http_send(http, &request, f) == -1 ||
	    http_poll(http, &a, -1, -1, f) == -1)
		tool_die(f);
	if (a.why.kind != FAULT_NONE)
		*f = a.why;
	else if (!(is = text_equal(a.body, job->deploy.page)))
		fault_set(f, FAULT_AGAIN, "it has another page");
	http_free(http);
	return is;
}

/* The site is made some time after the push. */
static void
verify(const struct job *job)
{
	unsigned most = job->max_wait_s == 0 ? VERIFY_S : job->max_wait_s;
	instant_us end = tool_now() + (instant_us)most * 1000000;
	const char *host = strstr(job->verify, "://");
	struct timespec pause = { 1, 0 };
	struct fault f = { 0 };
	char *base;

	host = host == NULL ? job->verify : host + 3;
	base = xstrndup(
	    job->verify, (size_t)(host - job->verify) + strcspn(host, "/?#"));
	while (!is_served(job, base, &f)) {
		tool_say("%s: %s", job->verify, f.text);
		if (tool_now() + pause.tv_sec * 1000000 > end) {
			tool_warn("%s: the page was pushed, but does not show "
				  "after %u seconds: %s",
			    job->verify, most, f.text);
			exit(EXIT_AGAIN);
		}
		(void)nanosleep(&pause, NULL);
		if (pause.tv_sec < POLL_MAX_S)
			pause.tv_sec++;
		f = (struct fault){ 0 };
	}
	free(base);
}

static void
write_record(const struct job *job, enum deployed how, const struct repo_id *id)
{
	struct out *out = out_new(STDOUT_FILENO, "standard output");
	const char *member[][2] = { { "type", "published" },
		{ "how", deployed_name(how) }, { "url", job->target.url },
		{ "branch", job->deploy.branch }, { "file", job->deploy.file },
		{ "commit", how == DEPLOYED_WOULD ? NULL : id->hex },
		{ "message",
		    how == DEPLOYED_NOTHING ? NULL : job->deploy.message } };
	struct fault f = { 0 };
	struct buf b;
	size_t i;

	buf_init(&b, RECORD_MOST);
	json_open(&b);
	for (i = 0; i < sizeof(member) / sizeof(member[0]); i++) {
		json_key(&b, member[i][0]);
		json_put_str(&b, member[i][1]);
	}
	json_close(&b);
	if (buf_check(&b, "a record", &f) == -1 ||
	    out_line(out, buf_view(&b), &f) == -1 || out_flush(out, &f) == -1)
		tool_die(&f);
	buf_free(&b);
	out_free(out);
}

/* "Dashboard 2026-02-10" */
static void
make_message(struct job *job, char message[40])
{
	char day[DAY_TEXT] = "";

	if (job->dated)
		day_format(job->day, day);
	snprintf(message, 40, "Dashboard%s%s", job->dated ? " " : "", day);
	job->deploy.message = message;
	job->deploy.time_s = tool_now() / 1000000;
}

int
main(int argc, char *argv[])
{
	struct job job = { .remote = "origin",
		.author = "kpipe <pages-deploy@kpipe.invalid>",
		.deploy = { .branch = "gh-pages", .file = "index.html" } };
	struct fault f = { 0 };
	char message[40];
	struct repo_id id;
	enum deployed how;

	tool_begin(&tool, argc, argv);
	signal(SIGALRM, give_up);
	job.guard.base_url = tool_env("GITHUB_BASE_URL");
	job.guard.token = tool_env(TOKEN);
	job.guard.token_name = TOKEN;
	read_options(&job);
	job.guard.max_wait_s = max_wait_s(&job);
	or_die(target_check_branch(job.deploy.branch, &f), &f);
	or_die(target_check_file(job.deploy.file, &f), &f);
	read_page(&job);
	make_message(&job, message);

	open_repository(&job);
	make_link(&job);
	if (!job.public_ok)
		or_die(guard_ask(&job.target, &job.guard, &f), &f);
	or_die(deploy_run(&job.deploy, &how, &id, &f), &f);
	if (job.verify != NULL && how != DEPLOYED_WOULD)
		verify(&job);
	write_record(&job, how, &id);

	repo_free(job.deploy.repo);
	target_free(&job.target);
	free((char *)job.deploy.name);
	free((char *)job.deploy.mail);
	buf_free(&job.page);
	return tool_end(EXIT_DONE);
}
