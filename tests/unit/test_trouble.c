/* the sandbox's faults: their grammar and when they are due */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "sandbox/trouble.h"

/* A letter for each request that is let alone or that something happens to. */
static void
play(const char *list, const char *method, const char *target, char *out,
    size_t nr)
{
	struct troubles all = { 0 };
	struct httpd_request request = { .method = method,
		.target = (char *)target };
	const struct trouble *t;
	struct fault f = { 0 };
	size_t i;

	assert_int_equal(troubles_read(&all, list, &f), 0);
	for (i = 0; i < nr; i++) {
		t = troubles_next(&all, &request);
		out[i] = (char)(t == NULL ? '.' : '1' + (t - all.trouble));
	}
	out[nr] = '\0';
	troubles_free(&all);
}

static void
expect(const char *list, const char *path)
{
	char out[32];

	play(list, "GET", "/crm/v3/owners?limit=1", out, strlen(path));
	assert_string_equal(out, path);
}

static void
test_when(void **state)
{
	(void)state;
	expect("500", "1111");
	expect("500:times=2", "11..");
	expect("500:at=3", "..1...");
	expect("500:at=3:times=2", "..11..");
	expect("500:every=3", "..1..1..1");
	expect("500:every=3:times=2", "..1..1...");
	/* the first that is due, and the next when it is due again */
	expect("500:at=2,429:every=2", ".1.2.2");
	expect("500:path=contacts", "....");
	expect("500:path=/v3/owners", "1111");
	expect("500:path=limit=1", "1111");
	expect("500:method=POST", "....");
	/* each counts what it lets through */
	expect("500:path=contacts:at=1,429:at=1", "2...");
}

static void
test_colon(void **state)
{
	char out[32];

	(void)state;
	play("500:path=values\\:batchClear:at=1", "POST",
	    "/v4/spreadsheets/1/values:batchClear", out, 2);
	assert_string_equal(out, "1.");
	play("500:path=1\\:batchUpdate", "POST",
	    "/v4/spreadsheets/1/values:batchUpdate", out, 2);
	assert_string_equal(out, "..");
	play("500:path=a\\b", "POST", "/a\\b", out, 1);
	assert_string_equal(out, "1");
}

static void
test_values(void **state)
{
	struct troubles all = { 0 };
	struct fault f = { 0 };
	const struct trouble *t;

	(void)state;
	assert_int_equal(troubles_read(&all,
			     "503:after=7,stall:ms=20,"
			     "redirect:at=2:to=http://127.0.0.1:81/a:b,cut",
			     &f),
	    0);
	assert_int_equal(troubles_read(&all, "loopcursor", &f), 0);
	assert_int_equal(all.nr, 5);
	t = all.trouble;
	assert_int_equal(t[0].kind, TROUBLE_STATUS);
	assert_int_equal(t[0].status, 503);
	assert_int_equal(t[0].retry_after_s, 7);
	assert_int_equal(t[1].stall_ms, 20);
	assert_int_equal(t[1].retry_after_s, -1);
	assert_int_equal(t[2].at, 2);
	assert_string_equal(t[2].to, "http://127.0.0.1:81/a:b");
	assert_string_equal(t[3].text, "cut");
	assert_int_equal(t[4].kind, TROUBLE_LOOP_CURSOR);
	troubles_free(&all);
}

static void
test_refused(void **state)
{
	static const char *const wrong[] = { "", "flood", "200", "600",
		"500:", "500:at", "500:at=", "500:at=0", "500:at=x",
		"500:at=1:every=2", "500:when=1", "500:path=a:path=b",
		"redirect", "500,,429", "500,",
		"500:path=a\\:at=1:every=2:at=1", "stall:ms=-1",
		"500:times=99999999999" };
	struct troubles all = { 0 };
	struct fault f;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		f = (struct fault){ 0 };
		assert_int_equal(troubles_read(&all, wrong[i], &f), -1);
		assert_int_equal(f.kind, FAULT_USAGE);
		assert_ptr_equal(strstr(f.text, "--fault="), f.text);
	}
	troubles_free(&all);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_when),
		cmocka_unit_test(test_colon),
		cmocka_unit_test(test_values),
		cmocka_unit_test(test_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
