/*
 * The smaller parts of the HubSpot folder: names, paths, ids, sets of ids,
 * records, refusals, the state, the limit.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "hubspot/allowance.h"
#include "hubspot/convert.h"
#include "hubspot/ids.h"
#include "hubspot/idset.h"
#include "hubspot/judge.h"
#include "hubspot/object.h"
#include "hubspot/path.h"
#include "hubspot/state.h"

static struct fault fault;

static void
test_objects(void **state)
{
	(void)state;
	assert_true(text_is(object_type(text_of("companies")), "company"));
	assert_true(text_is(object_type(text_of("2-345")), "2-345"));
	assert_true(text_is(object_name(text_of("company")), "companies"));
	assert_true(text_is(object_name(text_of("deals")), "deals"));
	assert_true(text_is(object_name(text_of("p_cars")), "p_cars"));
	assert_true(object_valid(text_of("2-345_B")));
	assert_false(object_valid(text_of("")));
	assert_false(object_valid(text_of("a/b")));
	assert_false(object_valid(text_of("..")));
	assert_false(object_valid(text_of("a?b")));
	assert_string_equal(
	    object_modified(text_of("contact")), "lastmodifieddate");
	assert_string_equal(
	    object_modified(text_of("deals")), "hs_lastmodifieddate");
}

static const char *
path(const char *version, enum path_to to)
{
	static struct buf b;
	struct path_version v;

	buf_free(&b);
	buf_init(&b, 1 << 16);
	assert_int_equal(path_version(&v, version, &fault), 0);
	path_add(&b, &v, to, text_of("a/b"), text_of("c"));
	return b.p;
}

static void
test_paths(void **state)
{
	static const char *const wrong[] = { "", "v4", "2026", "2026-3",
		"2026-033", "2o26-03", "d", "dddd-dd" };
	struct path_version v;
	size_t i;

	(void)state;
	assert_string_equal(path("v3", PATH_LIST), "/crm/v3/objects/a%2Fb");
	assert_string_equal(
	    path("v3", PATH_LINKS), "/crm/v4/associations/a%2Fb/c/batch/read");
	assert_string_equal(
	    path("2026-03", PATH_LIST), "/crm/objects/2026-03/a%2Fb");
	assert_string_equal(path("2026-09", PATH_LINKS),
	    "/crm/associations/2026-09/a%2Fb/c/batch/read");
	assert_string_equal(
	    path("2026-03", PATH_OWNERS), "/crm/owners/2026-03");
	for (i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
		assert_int_equal(path_version(&v, wrong[i], &fault), -1);
}

static void
test_idset(void **state)
{
	struct idset *s = idset_new();
	char id[32];
	int i;

	(void)state;
	for (i = 0; i < 100000; i++) {
		snprintf(id, sizeof(id), "%d", i * 7 + 1);
		assert_true(idset_add(s, text_of(id)));
	}
	for (i = 0; i < 700000; i++) {
		snprintf(id, sizeof(id), "%d", i);
		assert_int_equal(idset_has(s, text_of(id)), i % 7 == 1);
	}
	assert_false(idset_add(s, text_of("1")));
	/* ids are text: these are others */
	assert_true(idset_add(s, text_of("01")));
	assert_false(idset_add(s, text_of("01")));
	assert_true(idset_add(s, text_of("0")));
	assert_true(idset_add(s, text_of("1 ")));
	assert_true(idset_add(s, text_of("9999999999999999999")));
	assert_true(idset_add(s, text_of("18446744073709551617")));
	assert_false(idset_add(s, text_of("18446744073709551617")));
	assert_true(idset_has(s, text_of("9999999999999999999")));
	assert_int_equal(idset_size(s), 100005);
	idset_free(s);
	idset_free(NULL);
}

/* The lines of a text, one id each, as "id,id"; fed in pieces of nr bytes. */
static const char *
ids_of(const char *text, size_t nr)
{
	static char list[1000];
	struct ids *ids = ids_new();
	struct ids_line l;
	size_t len = strlen(text), i;
	int more = 0;

	list[0] = '\0';
	fault = (struct fault){ 0 };
	ids_file(ids, "x");
	for (i = 0; i <= len && more != -1; i += nr) {
		if (i < len)
			ids_feed(ids, text + i, nr < len - i ? nr : len - i);
		if (i + nr > len)
			ids_end(ids);
		while ((more = ids_next(ids, &l, &fault)) == 1)
			snprintf(list + strlen(list),
			    sizeof(list) - strlen(list), "%.*s/%.*s/%.*s,",
			    TEXT_ARG(l.id), TEXT_ARG(l.type),
			    TEXT_ARG(l.to_id));
	}
	ids_free(ids);
	return more == -1 ? fault.text : list;
}

static void
test_ids(void **state)
{
	static const char *const wrong[] = { "a b\n", "[1]\n", "\"a\n", "1,2\n",
		"\xef\xbb\xbf"
		"1\n",
		"{\"id\":}\n", "1\n\n{\n" };
	size_t i, nr;

	(void)state;
	for (nr = 1; nr < 40; nr++) {
		assert_string_equal(
		    ids_of("1\r\n\n \"2\" \nabc", nr), "1//,2//,abc//,");
		assert_string_equal(
		    ids_of("{\"type\":\"deal\",\"id\":12345678901234567890}\n"
			   "{\"to_id\":\"9\",\"type\":\"association\"}\r\n"
			   "{\"id\":null,\"type\":7}",
			nr),
		    "12345678901234567890/deal/,/association/9,//,");
	}
	for (i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
		assert_memory_equal(
		    ids_of(wrong[i], 100), i < 6 ? "x:1: " : "x:3: ", 5);
}

/* What a value becomes. */
static const char *
converted(const char *json,
    void (*put)(struct buf *, struct json_value, struct arena *))
{
	static struct buf b;
	struct buf text;
	struct json_shape *shape = json_shape_new();
	struct arena *scratch = arena_new();
	struct json_value v = { .kind = VALUE_OBJECT };

	buf_free(&b);
	buf_init(&b, 1 << 20);
	buf_init(&text, 1 << 20);
	buf_str(&text, json);
	assert_int_equal(
	    json_scan_document(shape, text.p, text.len, NULL, &fault), 0);
	v.p = text.p;
	v.len = (uint32_t)text.len;
	put(&b, v, scratch);
	json_shape_free(shape);
	arena_free(scratch);
	buf_free(&text);
	return b.p;
}

static void
put_deal(struct buf *b, struct json_value v, struct arena *scratch)
{
	convert_object(b, text_of("deal"), v, scratch);
}

static void
put_owner(struct buf *b, struct json_value v, struct arena *scratch)
{
	convert_object(b, text_of("owner"), v, scratch);
}

static void
put_pipeline(struct buf *b, struct json_value v, struct arena *scratch)
{
	(void)convert_pipeline(b, text_of("deals"), v, scratch);
}

static void
put_property(struct buf *b, struct json_value v, struct arena *scratch)
{
	convert_property(b, text_of("deals"), v, scratch);
}

static void
test_convert(void **state)
{
	(void)state;
	assert_string_equal(converted("{}", put_deal), "{\"type\":\"deal\"}\n");
	/* the bytes of each member stay, newlines between them do not */
	assert_string_equal(
	    converted("{\"id\":\"1\",\n \"n\": 1.10,\"m\":-0,"
		      "\"k\\u0065y\":[12345678901234567890,\n1E5],"
		      "\"s\":\"a\\/b\\ud83d\\ude00 \xc3\xa9\"}",
		put_deal),
	    "{\"type\":\"deal\",\"id\":\"1\",\"n\": 1.10,\"m\":-0,"
	    "\"k\\u0065y\":[12345678901234567890, 1E5],"
	    "\"s\":\"a\\/b\\ud83d\\ude00 \xc3\xa9\"}\n");
	assert_string_equal(
	    converted("{\"id\":17,\"type\":\"PERSON\"}", put_owner),
	    "{\"type\":\"owner\",\"id\":\"17\",\"owner_type\":\"PERSON\"}\n");
	/* a key is a key however it is written */
	assert_string_equal(converted("{\"t\\u0079pe\":\"PERSON\"}", put_owner),
	    "{\"type\":\"owner\",\"owner_type\":\"PERSON\"}\n");
	assert_string_equal(
	    converted(
		"{\"name\":\"amount\",\"type\":\"number\"}", put_property),
	    "{\"type\":\"property\",\"object\":\"deals\",\"name\":\"amount\","
	    "\"property_type\":\"number\"}\n");
	assert_string_equal(
	    converted("{\"label\":\"A\",\"stages\":[{\"id\":\"s1\","
		      "\"metadata\":{\"isClosed\":\"true\"}},"
		      "{\"metadata\":null,\"id\":2},7,{\"id\":\"s3\"}],"
		      "\"id\":\"p\\u0031\"}",
		put_pipeline),
	    "{\"type\":\"pipeline\",\"object\":\"deals\",\"label\":\"A\","
	    "\"id\":\"p\\u0031\"}\n"
	    "{\"type\":\"stage\",\"object\":\"deals\",\"pipeline_id\":\"p1\","
	    "\"id\":\"s1\",\"metadata\":{\"isClosed\":\"true\"}}\n"
	    "{\"type\":\"stage\",\"object\":\"deals\",\"pipeline_id\":\"p1\","
	    "\"id\":\"2\",\"metadata\":{}}\n"
	    "{\"type\":\"stage\",\"object\":\"deals\",\"pipeline_id\":\"p1\","
	    "\"id\":\"s3\",\"metadata\":{}}\n");
}

static struct http_ruling
judged(long status, const char *body)
{
	static struct buf b;
	struct http_ruling r = { .wait_ms = -1 };
	struct http_answer a = { .method = "GET",
		.path = "/x",
		.status = status,
		.repeatable = true };

	buf_free(&b);
	buf_init(&b, 1 << 20);
	buf_str(&b, body);
	a.body = buf_view(&b);
	hubspot_judge(&a, &r);
	return r;
}

static void
test_judge(void **state)
{
	struct http_ruling r;

	(void)state;
	assert_int_equal(judged(207, "{}").verdict, HTTP_TAKE);
	r = judged(429, "{\"policyName\":\"TEN_SECONDLY_ROLLING\"}");
	assert_int_equal(r.verdict, HTTP_RETRY);
	assert_int_equal(r.wait_ms, 10000);
	assert_true(r.hold);
	r = judged(
	    429, "{\"message\":\"You have reached your secondly limit.\"}");
	assert_int_equal(r.verdict, HTTP_RETRY);
	assert_int_equal(r.wait_ms, 1000);
	r = judged(429, "{\"policyName\":\"SECONDLY\"}");
	assert_int_equal(r.wait_ms, 1000);
	r = judged(429, "<html>");
	assert_int_equal(r.verdict, HTTP_RETRY);
	assert_int_equal(r.wait_ms, -1);
	r = judged(429, "{\"policyName\":\"DAILY\",\"message\":\"x\"}");
	assert_int_equal(r.verdict, HTTP_FAIL);
	assert_int_equal(r.why.kind, FAULT_AGAIN);
	assert_non_null(strstr(r.why.text, "daily limit"));
	r = judged(429, "{\"message\":\"You have reached your daily limit.\"}");
	assert_int_equal(r.verdict, HTTP_FAIL);
	r = judged(477, "");
	assert_int_equal(r.verdict, HTTP_FAIL);
	assert_int_equal(r.why.kind, FAULT_AGAIN);
	assert_int_equal(judged(503, "").verdict, HTTP_RETRY);
	r = judged(401,
	    "{\"message\":\"It expired.\",\"category\":"
	    "\"EXPIRED_AUTHENTICATION\",\"correlationId\":\"c-1\"}");
	assert_int_equal(r.why.kind, FAULT_DENIED);
	assert_non_null(strstr(r.why.text,
	    "(401 EXPIRED_AUTHENTICATION: It expired, correlation id c-1)"));
	assert_non_null(strstr(r.why.text, "HUBSPOT_PAT"));
	r = judged(403,
	    "{\"message\":\"No.\",\"category\":\"MISSING_SCOPES\",\"errors\":["
	    "7,{\"context\":{\"requiredGranularScopes\":["
	    "\"crm.objects.deals.read\",\"x\"]}}]}");
	assert_string_equal(r.why.text,
	    "the token lacks the scopes crm.objects.deals.read, x "
	    "(403 MISSING_SCOPES: No): grant it to the private app");
	r = judged(403, "{\"category\":\"MISSING_SCOPES\"}");
	assert_non_null(strstr(r.why.text, "the scope for it"));
	r = judged(400, "{\"message\":\"no such property\",\"category\":"
			"\"VALIDATION_ERROR\"}");
	assert_int_equal(r.verdict, HTTP_FAIL);
	assert_string_equal(r.why.text,
	    "HubSpot answers 400 VALIDATION_ERROR: no such property");
}

static void
test_token(void **state)
{
	char a[HUBSPOT_TAG], b[HUBSPOT_TAG];

	(void)state;
	assert_true(hubspot_token_missing(text_of("")));
	assert_true(hubspot_token_missing(text_of(" \t")));
	assert_true(hubspot_token_missing(text_of("PAT-Replace_Me")));
	assert_true(hubspot_token_missing(text_of("pat-replace_me_please")));
	assert_true(hubspot_token_missing(text_of("Pat-XX-123")));
	assert_false(hubspot_token_missing(text_of("pat-eu1-123")));
	assert_true(hubspot_token_valid(text_of("pat-eu1-123")));
	assert_false(hubspot_token_valid(text_of("pat eu1")));
	assert_false(hubspot_token_valid(text_of("pat\r\nX: y")));
	hubspot_token_tag(text_of("pat-eu1-123"), a);
	hubspot_token_tag(text_of("pat-eu1-124"), b);
	assert_int_equal(strlen(a), 4);
	assert_string_not_equal(a, b);
}

static void
test_state(void **state)
{
	static const char file[] =
	    "{\"type\":\"fetch_state\",\"object\":\"contacts\",\"filter\":"
	    "null,\"changed_at\":\"2026-03-01T12:00:00.500Z\"}\n"
	    "{\"type\":\"fetch_state\",\"object\":\"contacts\",\"filter\":"
	    "{\"a\":1},\"changed_at\":\"2026-03-01T12:00:00Z\"}\n";
	static const char *const wrong[] = { "x\n", "{}\n",
		"{\"type\":\"fetch_state\",\"object\":\"a\"}\n",
		"{\"type\":\"fetch_state\",\"object\":\"a\",\"changed_at\":"
		"\"yesterday\"}\n",
		"{\"type\":\"fetch_state\",\"object\":\"a\",\"changed_at\":"
		"\"2026-03-01T12:00:00Z\"}" };
	struct state *s = state_new();
	struct buf b;
	size_t i;

	(void)state;
	buf_init(&b, 1 << 20);
	assert_int_equal(state_read(s, &b, &fault), 0);
	buf_str(&b, file);
	assert_int_equal(state_read(s, &b, &fault), 0);
	assert_int_equal(state_get(s, text_of("contacts"), text_of("")),
	    INT64_C(1772366400500000));
	assert_int_equal(
	    state_get(s, text_of("contacts"), text_of("{\"a\":1}")),
	    INT64_C(1772366400000000));
	assert_int_equal(
	    state_get(s, text_of("deals"), text_of("")), STATE_NONE);
	buf_clear(&b);
	state_write(s, &b);
	assert_string_equal(b.p, file);
	state_free(s);
	for (i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		s = state_new();
		buf_clear(&b);
		buf_str(&b, wrong[i]);
		assert_int_equal(state_read(s, &b, &fault), -1);
		assert_memory_equal(fault.text, "line 1: ", 8);
		state_free(s);
	}
	buf_free(&b);

	/* not behind what was seen, nor behind the start, nor back */
	assert_int_equal(state_next(STATE_NONE, 100, 50), 50);
	assert_int_equal(state_next(STATE_NONE, 100, 150), 100);
	assert_int_equal(state_next(80, 100, 50), 80);
	assert_int_equal(state_next(80, 100, STATE_NONE), 80);
	assert_int_equal(state_next(STATE_NONE, 100, STATE_NONE), STATE_NONE);
}

static void
test_allowance(void **state)
{
	struct allowance a;

	(void)state;
	allowance_init(&a, 0);
	assert_int_equal(a.nr, 90);
	/* a search says nothing */
	assert_int_equal(allowance_note(&a, -1, -1, -1, 1, 0), 90);
	assert_int_equal(allowance_note(&a, 190, 10000, 188, 2, 100), 190);
	/* ours explain what is gone */
	assert_int_equal(allowance_note(&a, 190, 10000, 5, 185, 5000), 190);
	assert_int_equal(allowance_note(&a, 190, 10000, 0, 190, 9000), 190);
	/* those of more than 10 s ago no longer do */
	assert_int_equal(allowance_note(&a, 190, 10000, 175, 200, 16000), 190);
	assert_int_equal(allowance_note(&a, 190, 10000, 90, 201, 16100), 106);
	/* 51 are of others */
	assert_int_equal(allowance_note(&a, 100, 10000, 30, 220, 26500), 49);
	assert_int_equal(allowance_note(&a, 100, 10000, 99, 221, 40000), 100);
	assert_int_equal(allowance_note(&a, 19, 1000, -1, 222, 50000), 190);
	/* the user's own limit is not passed */
	allowance_init(&a, 40);
	assert_int_equal(a.nr, 40);
	assert_int_equal(allowance_note(&a, 100, 10000, 99, 1, 0), 40);
	assert_int_equal(allowance_note(&a, 30, 10000, 29, 2, 100), 30);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_objects),
		cmocka_unit_test(test_paths),
		cmocka_unit_test(test_idset),
		cmocka_unit_test(test_ids),
		cmocka_unit_test(test_convert),
		cmocka_unit_test(test_judge),
		cmocka_unit_test(test_token),
		cmocka_unit_test(test_state),
		cmocka_unit_test(test_allowance),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
