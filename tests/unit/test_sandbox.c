/* requests to the sandbox, with a clock of the test's own */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "sandbox/sandbox.h"

#define S	 INT64_C(1000000)
#define CONTACTS "/crm/v3/objects/contacts"

static const struct sandbox_conf small = {
	.crm = { .seed = 1,
	    .as_of = INT64_C(1772442000000000),
	    .scale = 0.01,
	    .coaches = 20,
	    .deals = 100 },
	.token = "a-token",
	.retry_after_s = -1,
};

static struct sandbox *
start(const struct sandbox_conf *conf)
{
	struct fault f = { 0 };
	struct sandbox *s = sandbox_new(conf, &f);

	assert_non_null(s);
	return s;
}

/* Ask at that time; the status, and the body to *body when it is not NULL. */
static unsigned
ask(struct sandbox *s, int64_t at_us, const char *target, const char *json,
    struct buf *body)
{
	struct httpd_request request = { .method = "GET", .at_us = at_us };
	struct httpd_reply reply = { .status = 200 };
	struct sandbox_note note;

	buf_init(&reply.head, 10000);
	buf_init(&reply.body, 10000000);
	httpd_request_target(&request, target);
	httpd_request_add_header(&request, "authorization", "Bearer a-token");
	if (json != NULL) {
		request.method = "POST";
		request.body = text_of(json);
		httpd_request_add_header(
		    &request, "Content-Type", "application/json");
	}
	sandbox_serve(s, &request, &reply, &note);
	if (body != NULL) {
		buf_clear(body);
		buf_text(body, buf_view(&reply.body));
	}
	buf_free(&reply.head);
	buf_free(&reply.body);
	httpd_request_free(&request);
	return reply.status;
}

static void
test_target(void **state)
{
	struct httpd_request r = { 0 };

	(void)state;
	httpd_request_target(&r, "/a//b%2Fc%zz/?x=1+2%26&&y&x=%c3%a9=&=4");
	assert_true(text_is(r.path, "/a//b%2Fc%zz/"));
	assert_int_equal(r.segment_nr, 3);
	assert_true(text_is(r.segment[0], "a"));
	assert_true(text_is(r.segment[1], ""));
	assert_true(text_is(r.segment[2], "b/c%zz"));
	assert_int_equal(r.param_nr, 4);
	assert_true(text_is(r.param[0].value, "1 2&"));
	assert_true(text_is(r.param[1].name, "y"));
	assert_true(text_is(r.param[1].value, ""));
	assert_true(text_is(httpd_request_param(&r, "x")->value, "\u00e9="));
	assert_null(httpd_request_param(&r, "z"));
	httpd_request_free(&r);
	r = (struct httpd_request){ 0 };
	httpd_request_target(&r, "");
	assert_int_equal(r.segment_nr, 0);
	assert_int_equal(r.param_nr, 0);
	httpd_request_free(&r);
}

static void
test_burst(void **state)
{
	struct sandbox_conf conf = small;
	struct sandbox *s;
	int i;

	(void)state;
	conf.limit = 100;
	s = start(&conf);
	/* 100 in 8 s, then none until the first is 10 s ago */
	for (i = 0; i < 100; i++)
		assert_int_equal(
		    ask(s, i * 8 * S / 100, CONTACTS, NULL, NULL), 200);
	assert_int_equal(ask(s, 8 * S, CONTACTS, NULL, NULL), 429);
	assert_int_equal(ask(s, 10 * S - 1, CONTACTS, NULL, NULL), 429);
	assert_int_equal(ask(s, 10 * S, CONTACTS, NULL, NULL), 200);
	assert_int_equal(ask(s, 10 * S, CONTACTS, NULL, NULL), 429);
	/* a wrong one counts, too */
	assert_int_equal(
	    ask(s, 10 * S + S / 10, CONTACTS "?limit=0", NULL, NULL), 400);
	assert_int_equal(ask(s, 10 * S + S / 10, CONTACTS, NULL, NULL), 429);
	assert_int_equal(sandbox_requests(s), 106);
	sandbox_free(s);
}

static void
test_searches(void **state)
{
	struct sandbox_conf conf = small;
	struct sandbox *s;
	struct buf body;
	int i;

	(void)state;
	buf_init(&body, 10000000);
	conf.limit = 8;
	conf.search_limit = 5;
	s = start(&conf);
	for (i = 0; i < 5; i++)
		assert_int_equal(
		    ask(s, i * 1000, CONTACTS "/search", "{}", NULL), 200);
	assert_int_equal(ask(s, S - 1, CONTACTS "/search", "{}", &body), 429);
	assert_non_null(strstr(body.p, "\"policyName\":\"SECONDLY\""));
	/* others are not held by that; searches count among them */
	for (i = 0; i < 3; i++)
		assert_int_equal(ask(s, S - 1, CONTACTS, NULL, NULL), 200);
	assert_int_equal(ask(s, S, CONTACTS "/search", "{}", &body), 429);
	assert_non_null(
	    strstr(body.p, "\"policyName\":\"TEN_SECONDLY_ROLLING\""));
	buf_free(&body);
	sandbox_free(s);
}

/* Loops over pages until the cursor ends; how many records there were. */
static size_t
count_pages(struct sandbox *s, const char *path)
{
	struct buf body, target;
	size_t nr = 0;
	char *p, *after;

	buf_init(&body, 10000000);
	buf_init(&target, 1000);
	buf_str(&target, path);
	for (;;) {
		assert_int_equal(ask(s, 0, target.p, NULL, &body), 200);
		for (p = body.p; (p = strstr(p, "\"createdAt\"")) != NULL; p++)
			nr++;
		after = strstr(body.p, "\"after\":\"");
		if (after == NULL)
			break;
		after += 9;
		buf_clear(&target);
		buf_str(&target, path);
		buf_str(&target, "&after=");
		buf_add(&target, after, strcspn(after, "\""));
	}
	buf_free(&body);
	buf_free(&target);
	return nr;
}

static void
test_pages(void **state)
{
	struct sandbox_conf conf = small;
	const char *const faults[] = { "emptycursor:every=3", NULL };
	struct sandbox *s;

	(void)state;
	s = start(&conf);
	assert_int_equal(count_pages(s, CONTACTS "?limit=7"), 446);
	assert_int_equal(count_pages(s, CONTACTS "?limit=100"), 446);
	sandbox_free(s);
	/* an empty page in between loses nothing */
	conf.faults = faults;
	s = start(&conf);
	assert_int_equal(count_pages(s, CONTACTS "?limit=7"), 446);
	assert_int_equal(count_pages(s, "/crm/v3/owners?limit=4"), 28);
	sandbox_free(s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_target),
		cmocka_unit_test(test_burst),
		cmocka_unit_test(test_searches),
		cmocka_unit_test(test_pages),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
