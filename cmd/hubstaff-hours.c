/*
 * hubstaff-hours - the time that people tracked in Hubstaff, a person and day
 */
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/out.h"
#include "base/sink.h"
#include "base/tool.h"
#include "base/xalloc.h"
#include "hubstaff/hours.h"

#define DAYS_MAX     1096 /* three years; Hubstaff tells of no more */
#define LINES_MAX    ((size_t)1 << 31)
#define REPORT_MAX   ((size_t)1 << 20)
#define DEFAULT_RATE 60 /* of the 120 that Hubstaff allows */

enum {
	OPT_BASE_URL = 256,
	OPT_DAYS,
	OPT_MAX_WAIT,
	OPT_ORG,
	OPT_RATE,
	OPT_REPORT,
	OPT_SINCE,
	OPT_SKIP,
	OPT_TOKEN_FILE,
	OPT_TRACKED,
	OPT_UNTIL,
};

static const struct tool_option options[] = {
	{ OPT_SINCE, "since", "DATE",
	    "the first day; default that of --until" },
	{ OPT_UNTIL, "until", "DATE",
	    "the last day; default yesterday in UTC" },
	{ OPT_DAYS, "days", "N", "so many days up to that of --until" },
	{ OPT_ORG, "org", "ID", "only this organisation; may be repeated" },
	{ OPT_SKIP, "skip-org", "ID", "not this one; may be repeated" },
	{ OPT_TRACKED, "tracked-only", NULL,
	    "leave out members who tracked nothing" },
	{ OPT_TOKEN_FILE, "token-file", "FILE",
	    "where the tokens are kept from one start to the next" },
	{ OPT_REPORT, "report", "FILE",
	    "write what was and was not fetched to FILE, or a descriptor" },
	{ OPT_RATE, "rate", "N", "at most N requests a minute (60)" },
	{ OPT_MAX_WAIT, "max-wait", "SECONDS",
	    "give up when Hubstaff asks to wait longer (120)" },
	{ OPT_BASE_URL, "base-url", "URL", "where Hubstaff answers" },
	{ 0 },
};

static const struct tool tool = {
	.name = "hubstaff-hours",
	.summary = "the time that people tracked in Hubstaff, a person and day",
	.synopsis = "[--since=DATE | --days=N] [--until=DATE] [--org=ID ...] "
		    "[--skip-org=ID ...] [--tracked-only] [--token-file=FILE] "
		    "[--report=FILE] [--rate=N] [--max-wait=SECONDS] "
		    "[--base-url=URL]",
	.option = options,
};

/* What an option that may be repeated was given; NULL-terminated. */
struct list {
	const char **value;
	size_t nr;
};

struct job {
	struct account_conf account;
	struct hours_conf hours;
	struct list org, skip;
	const char *since, *until, *report;
	long days; /* 0: not given */
};

static void
add(struct list *l, const char *option, const char *value)
{
	if (*value == '\0' || strspn(value, "0123456789") != strlen(value))
		tool_usage("--%s takes the id of an organisation, such as "
			   "4201, not '%s'",
		    option, value);
	l->value = xreallocarray(l->value, l->nr + 2, sizeof(*l->value));
	l->value[l->nr++] = value;
	l->value[l->nr] = NULL;
}

static void
read_options(struct job *job)
{
	const char *value;
	int c;

	while ((c = tool_option(&value)) != -1)
		switch (c) {
		case OPT_BASE_URL:
			job->account.base_url = value;
			break;
		case OPT_DAYS:
			job->days = tool_number("days", value, 1, DAYS_MAX);
			break;
		case OPT_MAX_WAIT:
			job->account.max_wait_s =
			    (unsigned)tool_number("max-wait", value, 1, 86400);
			break;
		case OPT_ORG:
			add(&job->org, "org", value);
			break;
		case OPT_RATE:
			job->account.rate =
			    (unsigned)tool_number("rate", value, 1, 100000);
			break;
		case OPT_REPORT:
			job->report = value;
			break;
		case OPT_SINCE:
			job->since = value;
			break;
		case OPT_SKIP:
			add(&job->skip, "skip-org", value);
			break;
		case OPT_TOKEN_FILE:
			job->account.file = value;
			break;
		case OPT_TRACKED:
			job->hours.tracked = true;
			break;
		case OPT_UNTIL:
			job->until = value;
			break;
		}
	if (tool_operands()[0] != NULL)
		tool_usage("'%s' is too much", tool_operands()[0]);
	job->hours.org = job->org.value;
	job->hours.skip = job->skip.value;
}

static day_nr
read_day(const char *option, const char *value)
{
	day_nr day;

	if (!day_parse(text_of(value), &day))
		tool_usage("--%s takes a day such as 2026-03-01, not '%s'",
		    option, value);
	return day;
}

static void
choose_days(struct job *job)
{
	struct hours_conf *h = &job->hours;

	if (job->since != NULL && job->days > 0)
		tool_usage("give --since or --days, not both");
	h->to = job->until != NULL ? read_day("until", job->until)
				   : instant_day(tool_now()) - 1;
	h->from = job->since != NULL ? read_day("since", job->since)
		  : job->days > 0    ? h->to - (day_nr)job->days + 1
				     : h->to;
	if (h->from > h->to)
		tool_usage("--since is after --until");
	if (h->to - h->from >= DAYS_MAX)
		tool_usage("these are more than %d days", DAYS_MAX);
}

static void
show_progress(const char *org, unsigned long long requests)
{
	tool_progress("%s%s; %llu requests",
	    org == NULL ? "Hubstaff" : "organisation ", org == NULL ? "" : org,
	    requests);
}

static void
write_report(const struct hours *h, struct sink *sink)
{
	struct fault f = { 0 };
	struct buf b;

	if (sink == NULL)
		return;
	buf_init(&b, REPORT_MAX);
	hours_report(h, tool_seconds(), &b);
	if (sink_put(sink, buf_view(&b), &f) == -1)
		tool_die(&f);
	buf_free(&b);
}

static void
write_hours(const struct hours *h)
{
	struct out *out = out_new(STDOUT_FILENO, "standard output");
	struct fault f = { 0 };
	struct buf b;

	buf_init(&b, LINES_MAX);
	(void)hours_put(h, &b);
	if (buf_check(&b, "the hours", &f) == -1 ||
	    out_write(out, buf_view(&b).p, b.len, &f) == -1 ||
	    out_flush(out, &f) == -1)
		tool_die(&f);
	buf_free(&b);
	out_free(out);
}

/* Tell of those without a name; the exit status that follows. */
static int
tell_unnamed(const struct hours *h)
{
	struct text id;
	size_t at = 0;
	int status = EXIT_DONE;

	while ((id = hours_unnamed(h, &at)).p != NULL) {
		tool_warn("user %.*s: Hubstaff tells no name, so it is null",
		    TEXT_ARG(id));
		status = EXIT_INCOMPLETE;
	}
	return status;
}

int
main(int argc, char *argv[])
{
	struct job job = { .account = { .rate = DEFAULT_RATE } };
	struct fault f = { 0 };
	struct sink *report = NULL;
	struct account *account;
	struct http_counts counts;
	struct hours *hours;
	int status;

	tool_begin(&tool, argc, argv);
	job.account.refresh_token = tool_env("HUBSTAFF_REFRESH_TOKEN");
	job.account.access_token = tool_env("HUBSTAFF_ACCESS_TOKEN");
	job.account.base_url = tool_env("HUBSTAFF_BASE_URL");
	job.account.token_url = tool_env("HUBSTAFF_TOKEN_URL");
	job.account.state_home = tool_env("XDG_STATE_HOME");
	job.account.home = tool_env("HOME");
	job.account.now = tool_now;
	job.hours.progress = show_progress;
	read_options(&job);
	choose_days(&job);
	account = account_new(&job.account, &f);
	if (account == NULL ||
	    (job.report != NULL &&
		(report = sink_open(job.report, &f)) == NULL))
		tool_die(&f);

	hours = hours_new(&job.hours, account);
	status = hours_fetch(hours, &f);
	write_report(hours, report);
	if (status == -1)
		tool_die(&f);
	write_hours(hours);
	status = tell_unnamed(hours);
	counts = account_counts(account);
	tool_say("%llu requests, %llu of them again, %llu answered 429; %.1f s",
	    (unsigned long long)counts.requests,
	    (unsigned long long)counts.retries,
	    (unsigned long long)counts.limited, tool_seconds());

	hours_free(hours);
	account_free(account);
	free(job.org.value);
	free(job.skip.value);
	return tool_end(status);
}
