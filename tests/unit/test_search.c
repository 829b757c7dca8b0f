#include "hubspot/search.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

static struct fault fault;
static struct buf out;

static const char *
put(const struct search *s, const struct search_bound *bound, size_t nr)
{
	buf_free(&out);
	buf_init(&out, 1 << 20);
	buf_str(&out, "{");
	assert_int_equal(search_put(s, &out, bound, nr, &fault), 0);
	buf_str(&out, "}");
	return out.p;
}

/* The JSON of one filter as people write it; "no" for none. */
static const char *
filter(const char *text)
{
	struct search *s = search_new();
	char *start, *end;

	if (search_filter(s, text, &fault) == -1) {
		search_free(s);
		return "no";
	}
	put(s, NULL, 0);
	search_free(s);
	start = strstr(out.p, "[{\"filters\":[") + 13;
	end = out.p + out.len - strlen("]}]}");
	*end = '\0';
	return start;
}

#define FILTER(name, op, rest) \
	"{\"propertyName\":\"" name "\",\"operator\":\"" op "\"" rest "}"

static void
test_written(void **state)
{
	static const struct {
		const char *text;
		const char *json;
	} given[] = {
		{ "aangebracht_door=Nationale Apotheek",
		    FILTER("aangebracht_door", "EQ",
			",\"value\":\"Nationale Apotheek\"") },
		{ " amount >= 100 ",
		    FILTER("amount", "GTE", ",\"value\":\"100\"") },
		{ "amount>=100",
		    FILTER("amount", "GTE", ",\"value\":\"100\"") },
		{ "a<=-1", FILTER("a", "LTE", ",\"value\":\"-1\"") },
		{ "a<b", FILTER("a", "LT", ",\"value\":\"b\"") },
		{ "a>b", FILTER("a", "GT", ",\"value\":\"b\"") },
		{ "a!=b=c", FILTER("a", "NEQ", ",\"value\":\"b=c\"") },
		{ "a==b", FILTER("a", "EQ", ",\"value\":\"=b\"") },
		{ "stage in won, lost,a b",
		    FILTER("stage", "IN",
			",\"values\":[\"won\",\"lost\",\"a b\"]") },
		{ "stage not-in won",
		    FILTER("stage", "NOT_IN", ",\"values\":[\"won\"]") },
		{ "amount between 1,5",
		    FILTER("amount", "BETWEEN",
			",\"value\":\"1\",\"highValue\":\"5\"") },
		{ "lastname contains sm*", FILTER("lastname", "CONTAINS_TOKEN",
					       ",\"value\":\"sm*\"") },
		{ "lastname not-contains x",
		    FILTER(
			"lastname", "NOT_CONTAINS_TOKEN", ",\"value\":\"x\"") },
		{ "has email", FILTER("email", "HAS_PROPERTY", "") },
		{ "has-not email", FILTER("email", "NOT_HAS_PROPERTY", "") },
		{ "has=1", FILTER("has", "EQ", ",\"value\":\"1\"") },
		{ "has in a", FILTER("has", "IN", ",\"values\":[\"a\"]") },
		{ "name=\"a\"\\",
		    FILTER("name", "EQ", ",\"value\":\"\\\"a\\\"\\\\\"") },
		{ "associations.contact=7",
		    FILTER("associations.contact", "EQ", ",\"value\":\"7\"") },
	};
	static const char *const wrong[] = { "", "=", "a", "a=", "=b", "a ~ b",
		"has", "has a b", "a in", "a in ", "a between 1",
		"a between ,2", "a between 1,", "a b=c", "a contains", "é=1" };
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(given) / sizeof(given[0]); i++)
		assert_string_equal(filter(given[i].text), given[i].json);
	for (i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		fault = (struct fault){ 0 };
		assert_string_equal(filter(wrong[i]), "no");
		assert_int_equal(fault.kind, FAULT_USAGE);
		assert_non_null(strstr(fault.text, "is no filter"));
	}
}

static void
test_all_of_several(void **state)
{
	struct search *s = search_new();
	struct search_bound bound = { "hs_object_id", "GT", text_of("7") };

	(void)state;
	assert_string_equal(put(s, NULL, 0), "{\"filterGroups\":[]}");
	assert_string_equal(put(s, &bound, 1),
	    "{\"filterGroups\":[{\"filters\":[" FILTER(
		"hs_object_id", "GT", ",\"value\":\"7\"") "]}]}");
	search_filter(s, "a=1", &fault);
	search_filter(s, "b=2", &fault);
	assert_string_equal(put(s, &bound, 1),
	    "{\"filterGroups\":[{\"filters\":[" FILTER(
		"a", "EQ", ",\"value\":\"1\"") "," FILTER("b", "EQ",
		",\"value\":\"2\"") "," FILTER("hs_object_id", "GT",
		",\"value\":\"7\"") "]}]}");
	search_filter(s, "c=2", &fault);
	search_filter(s, "d=2", &fault);
	search_filter(s, "e=2", &fault);
	search_filter(s, "f=2", &fault);
	put(s, NULL, 0);
	assert_int_equal(search_put(s, &out, &bound, 1, &fault), -1);
	assert_int_equal(fault.kind, FAULT_USAGE);
	assert_non_null(strstr(fault.text, "too many filters"));
	search_free(s);
}

static int
read_json(struct search *s, const char *text)
{
	struct buf b;
	int status;

	buf_init(&b, 1 << 20);
	buf_str(&b, text);
	status = search_json(s, &b, &fault);
	buf_free(&b);
	return status;
}

static void
test_json(void **state)
{
	static const char *const wrong[] = { "", "[]", "{}", "{\"a\":1}",
		"{\"filterGroups\":{}}", "{\"filterGroups\":[]}",
		"{\"filterGroups\":[1]}", "{\"filterGroups\":[{}]}",
		"{\"filterGroups\":[{\"filters\":[]}]}",
		"{\"filterGroups\":[{\"filters\":[1]}]}",
		"{\"filterGroups\":[{\"filters\":[{}]}],\"after\":\"1\"}",
		"{\"filterGroups\":[{\"filters\":[{}]}],\"sorts\":[]}",
		"{\"query\":7}",
		"{\"filterGroups\":[{\"filters\":[{}]},{\"filters\":[{}]},"
		"{\"filters\":[{}]},{\"filters\":[{}]},{\"filters\":[{}]},"
		"{\"filters\":[{}]}]}" };
	struct search_bound bound = { "hs_object_id", "GT", text_of("7") };
	struct search *s = search_new();
	size_t i;

	(void)state;
	assert_int_equal(
	    read_json(s,
		" {\"query\" : \"jan\\u00e9\",\n\"filterGroups\":[\n"
		"{\"filters\":[{\"propertyName\":\"a\",\"value\":1.10}]},\n"
		"{\"filters\":[{\"x\":1},{\"x\":2}]}]}\n"),
	    0);
	assert_string_equal(put(s, &bound, 1),
	    "{\"filterGroups\":[{\"filters\":[{\"propertyName\":\"a\","
	    "\"value\":1.10}," FILTER("hs_object_id", "GT",
		",\"value\":\"7\"") "]},{\"filters\":[{\"x\":1},{\"x\":2}"
				    "," FILTER("hs_object_id", "GT",
					",\"value\":\"7\"") "]}],\"query\":"
							    "\"jan\xc3\xa9\"}");
	search_free(s);
	for (i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		s = search_new();
		fault = (struct fault){ 0 };
		assert_int_equal(read_json(s, wrong[i]), -1);
		assert_int_equal(fault.kind, FAULT_USAGE);
		search_free(s);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_written),
		cmocka_unit_test(test_all_of_several),
		cmocka_unit_test(test_json),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
