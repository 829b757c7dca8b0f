/*
 * Any body, as Slack's answer to each kind of call and as a message to send: what
 * is refused says why, and what is sent is JSON without markup of its own.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include "judged.h"

#include "base/utf8.h"
#include "slack/found.h"
#include "slack/judge.h"
#include "slack/sent.h"

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

static void
judge(struct text body, http_judge_fn *judge_it)
{
	static const long statuses[] = { 200, 302, 403, 404, 429, 503 };
	struct http_answer a = {
		.body = body, .method = "GET", .path = "/", .tries = 1
	};
	struct http_ruling r;
	size_t i;

	for (i = 0; i < sizeof(statuses) / sizeof(statuses[0]) * 2; i++) {
		a.status = statuses[i / 2];
		a.repeatable = i % 2 == 0;
		r = (struct http_ruling){ .wait_ms = -1 };
		judge_it(&a, &r);
		must(r.verdict != HTTP_TAKE ||
		     (a.status >= 200 && a.status < 400));
		must(r.verdict == HTTP_TAKE || r.why.kind != FAULT_NONE);
	}
}

static void
read_files(struct text body, const char *match)
{
	struct found *found = found_new((struct text){ 0 }, match, NULL);
	const struct slack_file *best;
	struct fault f = { 0 };
	struct buf ids;

	buf_init(&ids, 1 << 20);
	must(found_page(found, body, &ids, &f) == 0 || f.text[0] != '\0');
	f = (struct fault){ 0 };
	must(found_info(found, body, &f) == 0 || f.text[0] != '\0');
	must(ids.len == 0 || ids.p[ids.len - 1] == '\0');
	best = found_best(found);
	must(best == NULL || best->id != NULL);
	found_free(found);
	buf_free(&ids);
}

static void
look(struct text body)
{
	char to[] = "U0DAY00001", key[] = "k", text[] = "x";
	struct message m = { .to = to, .key = key, .text = text };
	struct sent *sent = sent_new(&m);
	struct fault f = { 0 };

	must(sent_page(sent, body, &f) != -1 || f.text[0] != '\0');
	sent_free(sent);
}

/* What goes out for it. */
static void
check(const struct message *m)
{
	const char *text;
	json_error_t error;
	json_t *payload;
	struct buf b;

	buf_init(&b, 8 << 20);
	payload_put(m, text_of("C0COACHING"), false, &b);
	must(!b.over);
	payload = json_loadb(b.p, b.len, JSON_ALLOW_NUL, &error);
	must(payload != NULL);
	text = json_string_value(json_object_get(payload, "text"));
	must(text != NULL && strpbrk(text, "<>") == NULL);
	must(utf8_units(text_of(text)) <= MESSAGE_TEXT_MOST);
	must(json_array_size(json_object_get(payload, "blocks")) <=
	     MESSAGE_BLOCKS_MOST);
	json_decref(payload);
	buf_free(&b);
}

static void
read_message(struct text body)
{
	struct json_shape *shape = json_shape_new();
	struct arena *scratch = arena_new();
	struct json_value value[5];
	struct record rec = { .field = value, .scratch = scratch };
	struct message_fields field;
	struct fault f = { 0 };
	struct message m;

	message_want(&field, shape);
	if (json_scan_document(shape, body.p, body.len, value, &f) == 0 &&
	    message_here(&field, &rec)) {
		if (message_decode(&m, &field, &rec, &f) == 0)
			check(&m);
		else
			must(f.text[0] != '\0');
		message_free(&m);
	}
	json_shape_free(shape);
	arena_free(scratch);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct text view;
	struct buf body;

	buf_init(&body, 1 << 20);
	buf_add(&body, data, size);
	buf_room(&body, 0);
	view = buf_view(&body);
	judge(view, client_judge);
	judge(view, client_file_judge);
	read_files(view, NULL);
	read_files(view, "[a-f]*.csv");
	look(view);
	read_message(view);
	buf_free(&body);
	return 0;
}
