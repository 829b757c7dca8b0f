/*
 * slack-post - send messages to people and channels of Slack, each once
 */
#include <stdlib.h>
#include <unistd.h>

#include "base/out.h"
#include "base/tool.h"
#include "base/xalloc.h"
#include "slack/post.h"

#define LINE_MOST ((size_t)4 << 20)
#define NR_MOST	  10000

enum {
	OPT_BASE_URL = 256,
	OPT_DRY_RUN,
	OPT_FORCE,
	OPT_LEDGER,
	OPT_MAX_WAIT,
	OPT_PLAIN,
};

static const struct tool_option options[] = {
	{ OPT_DRY_RUN, "dry-run", NULL,
	    "write what would be sent, and send nothing" },
	{ OPT_PLAIN, "plain", NULL, "send the text alone, without blocks" },
	{ OPT_FORCE, "force", NULL, "send also what was sent before" },
	{ OPT_LEDGER, "ledger", "FILE", "where it is noted what was sent" },
	{ OPT_MAX_WAIT, "max-wait", "SECONDS",
	    "give up when Slack asks to wait longer (120)" },
	{ OPT_BASE_URL, "base-url", "URL", "where Slack answers" },
	{ 0 },
};

static const struct tool tool = {
	.name = "slack-post",
	.summary = "send messages to people and channels of Slack, each once",
	.synopsis = "[--dry-run] [--plain] [--force] [--ledger=FILE] "
		    "[--max-wait=SECONDS] [--base-url=URL] [file ...]",
	.option = options,
};

struct job {
	struct client_conf client;
	struct post_conf post;
	const char *ledger;
	bool dry_run;
	struct message *message;
	size_t nr, cap;
	struct out *out;
};

static void
read_options(struct job *job)
{
	const char *value;
	int c;

	while ((c = tool_option(&value)) != -1)
		switch (c) {
		case OPT_BASE_URL:
			job->client.base_url = value;
			break;
		case OPT_DRY_RUN:
			job->dry_run = true;
			break;
		case OPT_FORCE:
			job->post.force = true;
			break;
		case OPT_LEDGER:
			job->ledger = value;
			break;
		case OPT_MAX_WAIT:
			job->client.max_wait_s =
			    (unsigned)tool_number("max-wait", value, 1, 86400);
			break;
		case OPT_PLAIN:
			job->post.plain = true;
			break;
		}
}

/* All of them, before the first is sent. */
static void
read_messages(struct job *job)
{
	struct json_shape *shape = json_shape_new();
	struct message_fields field;
	const struct record *rec;
	struct fault f = { 0 };
	struct ndjson *in;
	int more;

	message_want(&field, shape);
	in = ndjson_open(tool_operands(), shape);
	while ((more = ndjson_read(in, &rec, &f)) == 1) {
		if (!message_here(&field, rec))
			continue;
		job->message = xgrow(
		    job->message, job->nr, &job->cap, sizeof(*job->message));
		if (job->nr == NR_MOST)
			fault_set(&f, FAULT_DATA,
			    "these are more than %d messages", NR_MOST);
		else
			(void)message_decode(
			    &job->message[job->nr++], &field, rec, &f);
		if (f.kind != FAULT_NONE) {
			ndjson_blame(in, &f);
			tool_die(&f);
		}
	}
	if (more == -1)
		tool_die(&f);
	ndjson_free(in);
	json_shape_free(shape);
}

static void
write_line(struct job *job, const struct buf *b)
{
	struct fault f = { 0 };

	/* what is done is told at once */
	if (buf_check(b, "a record", &f) == -1 ||
	    out_line(job->out, buf_view(b), &f) == -1 ||
	    out_flush(job->out, &f) == -1)
		tool_die(&f);
}

static void
write_payload(struct job *job, const struct message *m)
{
	struct buf b;

	buf_init(&b, LINE_MOST);
	payload_put(m, text_of(m->to), job->post.plain, &b);
	write_line(job, &b);
	buf_free(&b);
}

static void
write_outcome(struct job *job, const struct message *m, const char *how)
{
	const char *member[][2] = { { "type", "posted" }, { "to", m->to },
		{ "key", m->key }, { "how", how } };
	struct buf b;
	size_t i;

	buf_init(&b, LINE_MOST);
	json_open(&b);
	for (i = 0; i < sizeof(member) / sizeof(member[0]); i++) {
		json_key(&b, member[i][0]);
		json_put_str(&b, member[i][1]);
	}
	json_close(&b);
	write_line(job, &b);
	buf_free(&b);
}

/* The worse of two exit statuses. */
static int
worse(int status, const struct fault *f)
{
	if (f->kind == FAULT_AGAIN)
		return EXIT_AGAIN;
	return status == EXIT_AGAIN ? status : EXIT_INCOMPLETE;
}

/* One that fails does not keep the others back. */
static int
send_all(struct job *job, struct posts *posts)
{
	int status = EXIT_DONE;
	struct fault f;
	const char *how;
	size_t i;

	for (i = 0; i < job->nr; i++) {
		f = (struct fault){ 0 };
		if (job->dry_run) {
			if (job->post.force ||
			    post_state(posts, &job->message[i]) != POST_SENT)
				write_payload(job, &job->message[i]);
		} else if (post_send(posts, &job->message[i], &how, &f) == 0) {
			write_outcome(job, &job->message[i], how);
		} else if (f.kind == FAULT_DENIED || f.kind == FAULT_AGAIN) {
			tool_warn("message %zu, to %s: %s", i + 1,
			    job->message[i].to, f.text);
			status = worse(status, &f);
		} else
			tool_die(&f);
	}
	return status;
}

static struct ledger *
open_ledger(struct job *job)
{
	struct fault f = { 0 };
	struct ledger *ledger;
	char *path = NULL;

	if (job->ledger == NULL) {
		path = ledger_path(tool_env("XDG_STATE_HOME"), tool_env("HOME"),
		    "slack-posts.ndjson", &f);
		if (path == NULL)
			tool_die(&f);
		job->ledger = path;
	}
	ledger = ledger_open(job->ledger, 120, &f);
	if (ledger == NULL)
		tool_die(&f);
	free(path);
	return ledger;
}

int
main(int argc, char *argv[])
{
	struct job job = { .post = { .now = tool_now } };
	struct client *client = NULL;
	struct fault f = { 0 };
	struct ledger *ledger;
	struct posts *posts;
	size_t i;
	int status;

	tool_begin(&tool, argc, argv);
	job.client.token = tool_env("SLACK_BOT_TOKEN");
	job.client.token_name = "SLACK_BOT_TOKEN";
	job.client.base_url = tool_env("SLACK_BASE_URL");
	read_options(&job);
	if (!job.dry_run && (client = client_new(&job.client, &f)) == NULL)
		tool_die(&f);
	read_messages(&job);
	if (client != NULL && job.nr > 0 && client_check(client, &f) == -1)
		tool_die(&f);
	ledger = open_ledger(&job);
	posts = posts_new(&job.post, client, ledger, &f);
	if (posts == NULL)
		tool_die(&f);
	job.out = out_new(STDOUT_FILENO, "standard output");
	status = send_all(&job, posts);

	for (i = 0; i < job.nr; i++)
		message_free(&job.message[i]);
	free(job.message);
	out_free(job.out);
	posts_free(posts);
	ledger_close(ledger);
	client_free(client);
	return tool_end(status);
}
