/*
 * Any body, as Google's answer to each kind of call and as a key file: what is
 * refused says why, and rows that are read can be pushed where they came from
 * without a change.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "google/cells.h"
#include "google/judge.h"
#include "google/oauth.h"
#include "google/push.h"
#include "google/service.h"

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

static void
must(bool holds)
{
	if (!holds)
		abort();
}

static void
judge(struct text body, http_judge_fn *judge_it, long status)
{
	struct http_answer a = { .body = body,
		.status = status,
		.method = "GET",
		.path = "/",
		.tries = 1 };
	struct http_ruling r = { .wait_ms = -1 };

	judge_it(&a, &r);
	must(r.verdict == HTTP_TAKE || r.why.kind != FAULT_NONE ||
	     r.why.text[0] == '\0');
}

static void
push_back(const struct cells *cells)
{
	const char *header[1];
	struct push_conf conf = {
		.tab = "it's", .there = cells, .header = header, .nr = 1
	};
	struct cells_value v = cells_at(cells, 0, 0);
	struct fault f = { 0 };
	struct push *p;
	struct buf b, name;
	size_t row;

	buf_init(&name, 1 << 20);
	cells_put_plain(&name, v);
	buf_char(&name, '\0');
	header[0] = name.p;
	p = push_new(&conf, &f);
	must(p != NULL || f.text[0] != '\0');
	buf_init(&b, 16 << 20);
	for (row = 1; p != NULL && row < cells_rows(cells); row++) {
		v = cells_at(cells, row, 0);
		must(push_row(p, &v, &f) == 0);
	}
	if (p != NULL) {
		push_diff(p, &b);
		while (push_write(p, &b))
			;
		(void)push_clear(p, &b);
	}
	push_free(p);
	buf_free(&b);
	buf_free(&name);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const long statuses[] = { 200, 400, 401, 403, 404, 429, 503 };
	struct oauth_token token;
	struct service service;
	struct fault f = { 0 };
	struct cells *cells;
	struct buf body;
	struct text text;
	size_t i;

	buf_init(&body, 1 << 20);
	buf_add(&body, data, size);
	buf_room(&body, 0);
	text = buf_view(&body);
	for (i = 0; i < sizeof(statuses) / sizeof(statuses[0]); i++) {
		judge(text, google_judge, statuses[i]);
		judge(text, oauth_judge, statuses[i]);
	}
	(void)google_reason_is(text, "SERVICE_DISABLED");
	if (oauth_take(&token, text, "access_token", 1, &f) == 0)
		oauth_token_free(&token);
	else
		must(f.text[0] != '\0');
	if (service_parse(&service, text, &f) == 0)
		service_free(&service);
	else
		must(f.text[0] != '\0');
	cells = cells_new();
	if (cells_read(cells, text, &f) == 0 && cells_rows(cells) > 0)
		push_back(cells);
	cells_free(cells);
	buf_free(&body);
	return 0;
}
