/*
 * Any body, as the answer to each kind of request: none may crash, hang or
 * leave what was asked for neither read nor told, and what comes out is lines
 * of records, each with a type of ours.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "hubspot/fetch.h"

#define ROUNDS_MAX 64

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

static void
must(bool holds)
{
	if (!holds)
		abort();
}

/* Each line is a record. */
static void
check_lines(struct buf *b)
{
	struct json_shape *shape = json_shape_new();
	struct json_value type;
	struct fault f = { 0 };
	const char *p, *end;

	json_want(shape, "type");
	for (p = b->p; p != NULL && p < b->p + b->len; p = end + 1) {
		must(json_scan_line(shape, p, &type, &end, &f) == 0);
		must(type.kind == VALUE_STRING);
	}
	json_shape_free(shape);
	buf_clear(b);
}

/* Everything is answered by the body; the first byte says how. */
static void
answer_all(struct fetch *x, struct text body, uint8_t how)
{
	static const long statuses[] = { 200, 207, 400, 403, 414 };
	struct http_request r;
	struct http_answer a;
	struct fault f = { 0 };
	int rounds;

	for (rounds = 0; rounds < ROUNDS_MAX; rounds++) {
		if (fetch_next(x, &r, &f) != 1)
			break;
		a = (struct http_answer){ .user = r.user,
			.tries = 1,
			.body = body,
			.status = statuses[how % 5] };
		if (a.status >= 400)
			fault_set(&a.why, FAULT_DENIED, "no");
		if (fetch_answer(x, &a, &f) == -1) {
			must(f.kind != FAULT_NONE && f.text[0] != '\0');
			fetch_stop(x, f.text);
			break;
		}
		check_lines(fetch_lines(x));
	}
}

static struct fetch *
new_fetch(struct fetch_conf *conf, int kind)
{
	static const char *const what[] = { "deals", "owners",
		"pipelines/deals", "properties/deals" };
	struct ids_line line = { .bare = true, .id = text_of("101") };
	struct fetch *x;
	struct fault f = { 0 };

	conf->all_properties = kind == 5;
	x = fetch_new(conf);
	if (kind < 4)
		must(fetch_add(x, what[kind], FETCH_ALWAYS, &f) == 0);
	else if (kind < 6)
		must(fetch_add(x, "deals", 1000000, &f) == 0);
	else if (kind == 6)
		must(fetch_add_read(x, "deals", &f) == 0);
	else if (kind == 7)
		must(fetch_add_links(x, "deals", "contacts", &f) == 0);
	else
		must(fetch_add_check(x, "deals", &f) == 0);
	if (kind == 6 || kind == 7) {
		must(fetch_line(x, &line, &f) == 0);
		line.id = text_of("102");
		must(fetch_line(x, &line, &f) == 0);
		must(fetch_end(x, &f) == 0);
	}
	return x;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fetch_conf conf = { 0 };
	struct fault f = { 0 };
	struct buf body, report;
	struct fetch *x;
	int kind;

	if (size == 0)
		return 0;
	must(path_version(&conf.version, "v3", &f) == 0);
	buf_init(&body, 1 << 20);
	buf_init(&report, 64 << 20);
	buf_add(&body, data + 1, size - 1);
	for (kind = 0; kind < 9; kind++) {
		x = new_fetch(&conf, kind);
		answer_all(x, buf_view(&body), data[0]);
		while (fetch_complaint(x) != NULL)
			;
		fetch_report(x, &report, 0);
		check_lines(&report);
		fetch_free(x);
	}
	buf_free(&body);
	buf_free(&report);
	return 0;
}
