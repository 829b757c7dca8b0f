/*
 * slack-file - the newest export that was shared in a conversation of Slack
 */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/out.h"
#include "base/tool.h"
#include "record/message.h"
#include "slack/files.h"
#include "slack/seen.h"

#define HOURS_MOST 8760
#define RECORD_MAX ((size_t)1 << 20)

enum {
	OPT_AS_OF = 256,
	OPT_BASE_URL,
	OPT_COMMIT,
	OPT_FROM,
	OPT_HOURS,
	OPT_LEDGER,
	OPT_MATCH,
	OPT_MAX_WAIT,
	OPT_OUTPUT,
	OPT_UNSEEN,
};

static const struct tool_option options[] = {
	{ OPT_OUTPUT, "output", "FILE", "where the file is to be put" },
	{ OPT_FROM, "from", "USER", "only files that this user shared" },
	{ OPT_MATCH, "match", "PATTERN",
	    "only files with such a name; else any CSV" },
	{ OPT_HOURS, "hours", "N", "look so many hours back (36)" },
	{ OPT_UNSEEN, "unseen", NULL,
	    "the newest that was not dealt with, whatever came later" },
	{ OPT_AS_OF, "as-of", "TIME", "and back from there; else now" },
	{ OPT_COMMIT, "commit", "ID",
	    "note that this file is dealt with, and fetch nothing" },
	{ OPT_LEDGER, "ledger", "FILE", "where that is noted" },
	{ OPT_MAX_WAIT, "max-wait", "SECONDS",
	    "give up when Slack asks to wait longer (120)" },
	{ OPT_BASE_URL, "base-url", "URL", "where Slack answers" },
	{ 0 },
};

static const struct tool tool = {
	.name = "slack-file",
	.summary = "the newest export shared in a conversation of Slack",
	.synopsis =
	    "--output=FILE [--from=USER] [--match=PATTERN] [--hours=N] "
	    "[--unseen] [--as-of=TIME] [--ledger=FILE] [--max-wait=SECONDS] "
	    "[--base-url=URL] CONVERSATION\n"
	    "--commit=ID [--ledger=FILE]",
	.option = options,
};

struct job {
	struct client_conf slack;
	struct files_conf files;
	const char *output, *commit, *ledger;
	long hours;
	instant_us as_of;
	bool has_as_of, unseen;
};

static void
read_options(struct job *job)
{
	const char *value;
	int c;

	while ((c = tool_option(&value)) != -1)
		switch (c) {
		case OPT_AS_OF:
			job->as_of = tool_instant("as-of", value);
			job->has_as_of = true;
			break;
		case OPT_BASE_URL:
			job->slack.base_url = value;
			break;
		case OPT_COMMIT:
			job->commit = value;
			break;
		case OPT_FROM:
			job->files.user = text_of(value);
			if (!slack_id_is_user(job->files.user))
				tool_usage("--from takes the id of a user, "
					   "such as U012AB3CD, not '%s'",
				    value);
			break;
		case OPT_HOURS:
			job->hours = tool_number("hours", value, 1, HOURS_MOST);
			break;
		case OPT_LEDGER:
			job->ledger = value;
			break;
		case OPT_MATCH:
			job->files.match = value;
			break;
		case OPT_MAX_WAIT:
			job->slack.max_wait_s =
			    (unsigned)tool_number("max-wait", value, 1, 86400);
			break;
		case OPT_OUTPUT:
			job->output = value;
			break;
		case OPT_UNSEEN:
			job->unseen = true;
			break;
		}
}

static void
check(struct job *job)
{
	char **operand = tool_operands();

	if (job->commit != NULL) {
		if (operand[0] != NULL || job->output != NULL)
			tool_usage("--commit fetches nothing");
		if (*job->commit == '\0')
			tool_usage("--commit takes the id of a file");
		return;
	}
	if (operand[0] == NULL || operand[1] != NULL)
		tool_usage("name one conversation, or the user it is with");
	job->files.conversation = text_of(operand[0]);
	if (!slack_id_is_user(job->files.conversation) &&
	    !slack_id_is_conversation(job->files.conversation))
		tool_usage("'%s' is the id of no conversation, such as "
			   "D012AB3CD, and of no user, such as U012AB3CD",
		    operand[0]);
	if (job->output == NULL)
		tool_usage("--output is missing");
	job->files.until = job->has_as_of ? job->as_of : tool_now();
	job->files.since =
	    job->files.until - job->hours * INT64_C(3600) * 1000000;
	if (job->files.since < 0)
		job->files.since = 0;
}

/* Put the content where it is to be, whole. */
static int
keep(const char *path, const struct buf *content, struct fault *f)
{
	struct file_replace *file = file_replace_open(path, 0644, f);

	if (file == NULL)
		return -1;
	if (file_write_all(file_replace_fd(file), path, content->p,
		content->len, f) == -1) {
		file_replace_abort(file);
		return -1;
	}
	return file_replace_commit(file, f);
}

static int
download(struct client *slack, const struct job *job,
    const struct slack_file *file, struct fault *f)
{
	struct buf content;
	int status;

	if (file->url == NULL)
		return fault_set(
		    f, FAULT_DATA, "file %s: Slack tells no URL", file->id);
	buf_init(&content, SLACK_FILE_MAX);
	status = client_download(slack, file->url, &content, f);
	if (status == 0 && file->size != -1 &&
	    (int64_t)content.len != file->size)
		status =
		    fault_set(f, FAULT_DATA, "%zu bytes came, but it has %lld",
			content.len, (long long)file->size);
	if (status == -1)
		fault_prefix(f, "file %s '%s': ", file->id,
		    file->name == NULL ? "" : file->name);
	if (status == 0)
		status = keep(job->output, &content, f);
	buf_free(&content);
	return status;
}

static void
write_record(const struct job *job, const struct slack_file *file)
{
	struct out *out = out_new(STDOUT_FILENO, "standard output");
	struct fault f = { 0 };
	struct buf b;

	buf_init(&b, RECORD_MAX);
	seen_put_file(file, job->output, &b);
	if (buf_check(&b, "the record", &f) == -1 ||
	    out_line(out, buf_view(&b), &f) == -1 || out_flush(out, &f) == -1)
		tool_die(&f);
	buf_free(&b);
	out_free(out);
}

/* Find it and fetch it, if it is a new one. */
static int
run(struct client *slack, struct job *job, const struct map *done,
    struct slack_file *file, struct fault *f)
{
	struct buf dm;
	int found, status = 0;

	buf_init(&dm, 100);
	if (job->unseen)
		job->files.done = done;
	if (slack_id_is_user(job->files.conversation)) {
		status = client_direct(slack, job->files.conversation, &dm, f);
		job->files.conversation = buf_view(&dm);
	}
	found = status == -1 ? -1 : files_newest(slack, &job->files, file, f);
	if (found == 0)
		tool_say("no file of the last %ld hours is one", job->hours);
	if (found == 1 && map_get(done, text_of(file->id)) != MAP_NONE)
		tool_say("nothing new: %s was dealt with", file->id);
	else if (found == 1 && (found = download(slack, job, file, f)) == 0)
		write_record(job, file);
	buf_free(&dm);
	return found == -1 ? -1 : 0;
}

int
main(int argc, char *argv[])
{
	struct job job = { .hours = 36 };
	struct slack_file file = { 0 };
	struct fault f = { 0 };
	struct ledger *ledger;
	struct map *done = NULL;
	struct client *slack = NULL;
	char *path = NULL;
	int status;

	tool_begin(&tool, argc, argv);
	job.slack.token = tool_env("SLACK_USER_TOKEN");
	job.slack.token_name = "SLACK_USER_TOKEN";
	job.slack.base_url = tool_env("SLACK_BASE_URL");
	read_options(&job);
	check(&job);
	if (job.commit == NULL && (slack = client_new(&job.slack, &f)) == NULL)
		tool_die(&f);
	if (job.ledger == NULL) {
		path = ledger_path(tool_env("XDG_STATE_HOME"), tool_env("HOME"),
		    "slack-files.ndjson", &f);
		if (path == NULL)
			tool_die(&f);
		job.ledger = path;
	}
	ledger = ledger_open(job.ledger, 120, &f);
	if (ledger == NULL)
		tool_die(&f);
	if (job.commit != NULL)
		status = seen_add(ledger, job.commit, tool_now(), &f);
	else if ((done = seen_ids(ledger, &f)) == NULL)
		status = -1;
	else
		status = run(slack, &job, done, &file, &f);
	if (status == -1)
		tool_die(&f);
	slack_file_free(&file);
	map_free(done);
	ledger_close(ledger);
	client_free(slack);
	free(path);
	return tool_end(EXIT_DONE);
}
