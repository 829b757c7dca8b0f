/*
 * Any request: "METHOD TARGET\n" and a body. The answer is one that the sandbox
 * gives on purpose, and JSON when it says so.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include "base/xalloc.h"
#include "sandbox/sandbox.h"

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

static struct sandbox *
start(void)
{
	static const struct sandbox_conf conf = {
		.crm = { .seed = 1,
		    .as_of = INT64_C(1772442000000000),
		    .scale = 0.001,
		    .coaches = 20,
		    .deals = 100,
		    .dangling = 1 },
		.token = "t",
		.retry_after_s = -1,
	};
	struct fault f = { 0 };
	struct sandbox *s = sandbox_new(&conf, &f);

	if (s == NULL)
		abort();
	return s;
}

static void
check(const struct httpd_reply *reply)
{
	static const unsigned known[] = { 200, 207, 400, 404, 405, 413, 414,
		415 };
	size_t i, nr = sizeof(known) / sizeof(known[0]);
	json_error_t error;
	json_t *body;

	for (i = 0; i < nr && known[i] != reply->status; i++)
		;
	if (i == nr || reply->body.over)
		abort();
	if (reply->head.len == 0 || memmem(reply->head.p, reply->head.len,
					"application/json", 16) == NULL)
		return;
	body =
	    json_loadb(reply->body.p, reply->body.len, JSON_ALLOW_NUL, &error);
	if (body == NULL)
		abort();
	json_decref(body);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct sandbox *sandbox;
	struct httpd_request request = { 0 };
	struct httpd_reply reply = { .status = 200 };
	struct sandbox_note note;
	struct buf log;
	char *copy, *target, *body;

	if (sandbox == NULL)
		sandbox = start();
	copy = xstrndup((const char *)data, size);
	copy[size] = '\0';
	body = memchr(copy, '\n', size);
	target = strchr(copy, ' ');
	if (body != NULL && target != NULL && target < body) {
		*target++ = '\0';
		*body++ = '\0';
		request.method = copy;
		request.body =
		    (struct text){ body, size - (size_t)(body - copy) };
		httpd_request_target(&request, target);
		httpd_request_add_header(&request, "Authorization", "Bearer t");
		httpd_request_add_header(
		    &request, "Content-Type", "application/json");
		buf_init(&reply.head, 100000);
		buf_init(&reply.body, 64 << 20);
		buf_init(&log, 1 << 20);
		sandbox_serve(sandbox, &request, &reply, &note);
		sandbox_log(&log, &request, &reply, &note, 0);
		check(&reply);
		buf_free(&log);
		buf_free(&reply.head);
		buf_free(&reply.body);
		httpd_request_free(&request);
	}
	free(copy);
	return 0;
}
