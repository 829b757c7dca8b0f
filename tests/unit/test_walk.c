#include "hubspot/walk.h"

#include <inttypes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#define NOW INT64_C(1700000000000000)

static struct path_version version;
static struct fault fault;

struct asked {
	struct buf path;
	struct buf body;
};

static struct walk *
new_walk(enum walk_kind kind, const struct properties *properties,
    const struct search *search)
{
	struct walk_conf conf = { .kind = kind,
		.version = &version,
		.object = text_of("contacts"),
		.base_len = 22,
		.properties = properties,
		.search = search };

	return walk_new(&conf);
}

/* The next request must be this. */
static void
assert_asks(struct walk *w, const char *path, const char *body)
{
	struct buf p, b;

	buf_init(&p, 1 << 20);
	buf_init(&b, 1 << 20);
	assert_int_equal(walk_ask(w, &p, &b, &fault), 0);
	assert_string_equal(p.p, path);
	assert_string_equal(b.p == NULL ? "" : b.p, body);
	buf_free(&p);
	buf_free(&b);
}

static int
take(struct walk *w, const char *body)
{
	static struct buf b;

	buf_free(&b);
	buf_init(&b, 16 << 20);
	buf_str(&b, body);
	fault = (struct fault){ 0 };
	return walk_take(w, buf_view(&b), &fault);
}

/* An answer with the ids from..to, all of which it says are total. */
static void
put_page(struct buf *b, int from, int to, int total, const char *after)
{
	int i;

	buf_clear(b);
	buf_str(b, "{\"results\":[");
	for (i = from; i <= to; i++)
		buf_printf(b,
		    "%s{\"id\":\"%d\",\"updatedAt\":"
		    "\"2026-03-01T12:00:00.%03dZ\"}",
		    i == from ? "" : ",", i, i % 1000);
	buf_printf(b, "],\"total\":%d", total);
	if (after != NULL)
		buf_printf(
		    b, ",\"paging\":{\"next\":{\"after\":\"%s\"}}", after);
	buf_str(b, "}");
}

static void
test_list(void **state)
{
	struct properties *n = properties_new();
	struct walk *w;

	(void)state;
	properties_add_list(n, text_of("email, first name"), &fault);
	properties_add(n, text_of("a/b"));
	w = new_walk(WALK_LIST, n, NULL);
	assert_false(walk_ids_only(w));
	assert_asks(
	    w, "/crm/v3/objects/contacts?limit=100&properties=email,a%2Fb", "");
	assert_int_equal(take(w, "{\"results\":[{\"id\":\"1\"},{\"id\":2},"
				 "{\"id\":\"1\"}],\"paging\":{\"next\":"
				 "{\"after\":\"a b\"}}}"),
	    0);
	assert_int_equal(walk_nr(w), 2);
	assert_true(text_is(walk_item(w, 1)->id, "2"));
	assert_true(
	    text_is(json_raw(walk_item(w, 0)->object), "{\"id\":\"1\"}"));
	assert_int_equal(walk_counts(w)->duplicates, 1);
	assert_asks(w,
	    "/crm/v3/objects/contacts?limit=100&properties=email,a%2Fb"
	    "&after=a%20b",
	    "");
	/* an empty page with a cursor is not the end */
	assert_int_equal(
	    take(w, "{\"results\":[],\"paging\":{\"next\":{\"after\":7}}}"), 0);
	assert_false(walk_done(w));
	assert_int_equal(take(w, "{\"results\":[{\"id\":\"3\"}]}"), 0);
	assert_true(walk_done(w));
	assert_int_equal(walk_counts(w)->received, 3);
	assert_int_equal(walk_counts(w)->total, -1);
	walk_free(w);
	properties_free(n);
}

static void
test_cursor_twice(void **state)
{
	struct walk *w = new_walk(WALK_OWNERS, NULL, NULL);

	(void)state;
	assert_asks(w, "/crm/v3/owners?limit=500", "");
	assert_int_equal(
	    take(w, "{\"results\":[],\"paging\":{\"next\":{\"after\":\"x\"}}}"),
	    0);
	assert_int_equal(
	    take(w, "{\"results\":[],\"paging\":{\"next\":{\"after\":\"y\"}}}"),
	    0);
	assert_int_equal(
	    take(w, "{\"results\":[],\"paging\":{\"next\":{\"after\":\"x\"}}}"),
	    -1);
	assert_int_equal(fault.kind, FAULT_DATA);
	assert_string_equal(
	    fault.text, "paging does not move on: the cursor 'x' came twice");
	walk_free(w);
}

static void
test_no_end(void **state)
{
	struct walk *w = new_walk(WALK_OWNERS, NULL, NULL);
	char body[100];
	int i, status = 0;

	(void)state;
	for (i = 0; i < 200000 && status == 0; i++) {
		snprintf(body, sizeof(body),
		    "{\"results\":[],\"paging\":{\"next\":{\"after\":%d}}}", i);
		status = take(w, body);
	}
	assert_int_equal(i, 100001);
	assert_string_equal(
	    fault.text, "paging does not end: 100000 pages were read");
	walk_free(w);
}

static void
test_not_an_answer(void **state)
{
	static const struct {
		const char *body;
		const char *text;
	} wrong[] = {
		{ "", "the answer is empty" },
		{ "<html><body>Sign in</body></html>",
		    "the answer is no JSON: it starts with "
		    "'<html><body>Sign in</body></html>'" },
		{ "{}", "the answer holds no array 'results'" },
		{ "{\"results\":{}}", "the answer holds no array 'results'" },
		{ "{\"results\":[{}]}",
		    "the answer has a result without an id" },
		{ "{\"results\":[7]}",
		    "the answer has a result without an id" },
	};
	struct walk *w = new_walk(WALK_LIST, NULL, NULL);
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		assert_int_equal(take(w, wrong[i].body), -1);
		assert_int_equal(fault.kind, FAULT_DATA);
		assert_string_equal(fault.text, wrong[i].text);
	}
	assert_int_equal(take(w, "{\"results\":[{\"id\":\"1\"}"), -1);
	assert_non_null(strstr(fault.text, "the answer is broken JSON: byte"));
	walk_free(w);
}

/* What does not fit a URL, or a search body, is left to batch reads. */
static void
test_too_long(void **state)
{
	struct properties *n = properties_new();
	struct search *s = search_new();
	struct walk *list, *search;
	char name[64];
	int i;

	(void)state;
	for (i = 0; i < 100; i++) {
		snprintf(
		    name, sizeof(name), "a_property_of_some_length_%03d", i);
		properties_add(n, text_of(name));
	}
	list = new_walk(WALK_LIST, n, NULL);
	search = new_walk(WALK_SEARCH, n, s);
	assert_false(walk_ids_only(list));
	assert_true(walk_ids_only(search));
	assert_asks(search, "/crm/v3/objects/contacts/search",
	    "{\"filterGroups\":[],\"sorts\":[{\"propertyName\":"
	    "\"hs_object_id\",\"direction\":\"ASCENDING\"}],\"properties\":"
	    "[\"hs_object_id\"],\"limit\":200}");
	walk_free(list);
	for (; i < 250; i++) {
		snprintf(
		    name, sizeof(name), "a_property_of_some_length_%03d", i);
		properties_add(n, text_of(name));
	}
	list = new_walk(WALK_LIST, n, NULL);
	assert_true(walk_ids_only(list));
	assert_asks(list,
	    "/crm/v3/objects/contacts?limit=100&properties=hs_object_id", "");
	walk_free(list);
	walk_free(search);
	properties_free(n);
	search_free(s);
}

/*
 * Ask a search that has the ids 1 to nr, pages as HubSpot does and ends a query
 * at 10,000; returns how many requests it took.
 */
static int
search_all(struct walk *w, int nr, int page)
{
	struct buf path, body, answer;
	const char *above, *after;
	char cursor[32];
	int requests = 0, from, offset, to;

	buf_init(&path, 1 << 20);
	buf_init(&body, 1 << 20);
	buf_init(&answer, 1 << 20);
	while (!walk_done(w) && requests < 1000) {
		buf_clear(&path);
		buf_clear(&body);
		assert_int_equal(walk_ask(w, &path, &body, &fault), 0);
		above = strstr(body.p, "\"GT\",\"value\":\"");
		after = strstr(body.p, "\"after\":\"");
		from = above == NULL ? 0 : atoi(above + 14);
		offset = after == NULL ? 0 : atoi(after + 9);
		assert_true(offset < 10000);
		to = from + offset + page < nr ? from + offset + page : nr;
		snprintf(cursor, sizeof(cursor), "%d", offset + page);
		put_page(&answer, from + offset + 1, to, nr - from,
		    to < nr ? cursor : NULL);
		assert_int_equal(take(w, answer.p), 0);
		requests++;
	}
	buf_free(&path);
	buf_free(&body);
	buf_free(&answer);
	return requests;
}

static void
test_search_windows(void **state)
{
	struct search *s = search_new();
	struct walk *w;

	(void)state;
	/* one page, exactly one window, one more than that, several */
	w = new_walk(WALK_SEARCH, NULL, s);
	assert_int_equal(search_all(w, 200, 200), 1);
	assert_false(walk_short(w));
	walk_free(w);
	w = new_walk(WALK_SEARCH, NULL, s);
	assert_int_equal(search_all(w, 10000, 200), 50);
	assert_int_equal(walk_counts(w)->received, 10000);
	walk_free(w);
	w = new_walk(WALK_SEARCH, NULL, s);
	assert_int_equal(search_all(w, 10001, 200), 51);
	assert_int_equal(walk_counts(w)->received, 10001);
	assert_int_equal(walk_counts(w)->total, 10001);
	assert_false(walk_short(w));
	walk_free(w);
	w = new_walk(WALK_SEARCH, NULL, s);
	assert_int_equal(search_all(w, 34567, 200), 173);
	assert_int_equal(walk_counts(w)->received, 34567);
	assert_int_equal(walk_counts(w)->duplicates, 0);
	assert_int_equal(walk_counts(w)->total, 34567);
	/* 2026-03-01T12:00:00.999Z */
	assert_int_equal(walk_counts(w)->changed_at, INT64_C(1772366400999000));
	walk_free(w);
	/* shorter pages than were asked for */
	w = new_walk(WALK_SEARCH, NULL, s);
	(void)search_all(w, 20500, 130);
	assert_int_equal(walk_counts(w)->received, 20500);
	assert_false(walk_short(w));
	walk_free(w);
	search_free(s);
}

/* A record that leaves the search on the way moves those behind it. */
static void
test_search_moves(void **state)
{
	struct search *s = search_new();
	struct walk *w = new_walk(WALK_SEARCH, NULL, s);
	struct buf b;

	(void)state;
	buf_init(&b, 1 << 20);
	put_page(&b, 1, 200, 500, "200");
	assert_int_equal(take(w, b.p), 0);
	/* 201 is now at offset 199: this page begins with 202 */
	put_page(&b, 202, 401, 499, "400");
	assert_int_equal(take(w, b.p), 0);
	assert_int_equal(walk_nr(w), 0);
	assert_asks(w, "/crm/v3/objects/contacts/search",
	    "{\"filterGroups\":[{\"filters\":[{\"propertyName\":"
	    "\"hs_object_id\",\"operator\":\"GT\",\"value\":\"200\"}]}],"
	    "\"sorts\":[{\"propertyName\":\"hs_object_id\",\"direction\":"
	    "\"ASCENDING\"}],\"limit\":200}");
	put_page(&b, 201, 400, 300, "200");
	assert_int_equal(take(w, b.p), 0);
	put_page(&b, 401, 500, 300, NULL);
	assert_int_equal(take(w, b.p), 0);
	assert_true(walk_done(w));
	assert_false(walk_short(w));
	assert_int_equal(walk_counts(w)->received, 500);
	buf_free(&b);
	walk_free(w);
	search_free(s);
}

static void
test_search_short(void **state)
{
	struct search *s = search_new();
	struct walk *w = new_walk(WALK_SEARCH, NULL, s);
	struct buf b;

	(void)state;
	buf_init(&b, 1 << 20);
	/* says 150, has 100, and nothing behind them */
	put_page(&b, 1, 100, 150, NULL);
	assert_int_equal(take(w, b.p), 0);
	assert_false(walk_done(w));
	put_page(&b, 1, 0, 50, NULL);
	assert_int_equal(take(w, b.p), 0);
	assert_true(walk_done(w));
	assert_true(walk_short(w));
	assert_int_equal(walk_counts(w)->total, 150);
	assert_int_equal(walk_counts(w)->received, 100);
	walk_free(w);

	/* what is not in order cannot be gone on with */
	w = new_walk(WALK_SEARCH, NULL, s);
	assert_int_equal(take(w, "{\"total\":3,\"results\":[{\"id\":\"10\"},"
				 "{\"id\":\"9\"}]}"),
	    -1);
	assert_non_null(strstr(fault.text, "not come in the order"));
	walk_free(w);
	/* but is no matter when nothing is to be gone on with */
	w = new_walk(WALK_SEARCH, NULL, s);
	assert_int_equal(take(w, "{\"total\":2,\"results\":[{\"id\":\"10\"},"
				 "{\"id\":\"9\"}]}"),
	    0);
	assert_true(walk_done(w));
	assert_int_equal(take(w, "{\"results\":[]}"), -1);
	assert_string_equal(fault.text, "the search says no total");
	walk_free(w);
	buf_free(&b);
	search_free(s);
}

static void
test_since(void **state)
{
	struct search *s = search_new();
	struct search_bound since = { "lastmodifieddate", "GTE",
		text_of("1700000000000") };
	struct walk_conf conf = { .kind = WALK_SEARCH,
		.version = &version,
		.object = text_of("contacts"),
		.search = s,
		.since = &since };
	struct walk *w;

	(void)state;
	search_filter(s, "email=a@example.org", &fault);
	w = walk_new(&conf);
	assert_asks(w, "/crm/v3/objects/contacts/search",
	    "{\"filterGroups\":[{\"filters\":[{\"propertyName\":\"email\","
	    "\"operator\":\"EQ\",\"value\":\"a@example.org\"},"
	    "{\"propertyName\":\"lastmodifieddate\",\"operator\":\"GTE\","
	    "\"value\":\"1700000000000\"}]}],\"sorts\":[{\"propertyName\":"
	    "\"hs_object_id\",\"direction\":\"ASCENDING\"}],\"limit\":200}");
	walk_free(w);
	search_free(s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_list),
		cmocka_unit_test(test_cursor_twice),
		cmocka_unit_test(test_no_end),
		cmocka_unit_test(test_not_an_answer),
		cmocka_unit_test(test_too_long),
		cmocka_unit_test(test_search_windows),
		cmocka_unit_test(test_search_moves),
		cmocka_unit_test(test_search_short),
		cmocka_unit_test(test_since),
	};

	if (path_version(&version, "v3", &fault) == -1)
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
