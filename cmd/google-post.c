/*
 * google-post - call a service that wants an ID token of a service account
 */
#include <stdint.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/file.h"
#include "base/json.h"
#include "base/tool.h"
#include "google/session.h"

#define TOTAL_S 30

enum {
	OPT_TIMEOUT = 256,
};

static const struct tool_option options[] = {
	{ OPT_TIMEOUT, "timeout", "SECONDS", "wait so long at most (30)" },
	{ 0 },
};

static const struct tool tool = {
	.name = "google-post",
	.summary = "call a service that wants an ID token of a service account",
	.synopsis = "[--timeout=SECONDS] URL",
	.option = options,
};

/* The reply is an object, or nothing at all. */
static int
put_reply(struct buf *b, const struct http_answer *a, struct fault *f)
{
	struct json_shape *shape = json_shape_new();
	int status = 0;

	json_key(b, "reply");
	if (a->body.len == 0)
		json_put_null(b);
	else if (json_scan_document(shape, a->body.p, a->body.len, NULL, f) ==
		 0)
		json_put_raw(b, text_trim(a->body));
	else
		status = fault_prefix(f, "the reply is no JSON object: ");
	json_shape_free(shape);
	return status;
}

int
main(int argc, char *argv[])
{
	struct session_conf conf = { .now = tool_now };
	struct fault f = { 0 };
	struct http_answer a;
	struct session *session;
	unsigned total_s = TOTAL_S;
	const char *value;
	char **operand;
	struct buf b;

	tool_begin(&tool, argc, argv);
	while (tool_option(&value) != -1)
		total_s = (unsigned)tool_number("timeout", value, 1, 3600);
	operand = tool_operands();
	if (operand[0] == NULL || operand[1] != NULL)
		tool_usage("give one URL");
	session_settings(&conf, tool_env);
	session = session_new(&conf, &f);
	if (session == NULL ||
	    session_post(session, operand[0], total_s, &a, &f) == -1)
		tool_die(&f);
	buf_init(&b, SIZE_MAX / 2);
	json_open(&b);
	json_key(&b, "type");
	json_put_str(&b, "reply");
	json_key(&b, "url");
	json_put_str(&b, operand[0]);
	json_key(&b, "status");
	json_put_int(&b, a.status);
	if (put_reply(&b, &a, &f) == -1)
		tool_die(&f);
	json_close(&b);
	buf_char(&b, '\n');
	if (session_notice(session) != NULL)
		tool_warn("%s", session_notice(session));
	if (file_write_all(STDOUT_FILENO, "standard output", b.p, b.len, &f) ==
	    -1)
		tool_die(&f);
	buf_free(&b);
	session_free(session);
	return tool_end(EXIT_DONE);
}
