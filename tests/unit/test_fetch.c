#include "hubspot/fetch.h"

#include <inttypes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/xalloc.h"

static struct fetch_conf conf;
static struct fault fault;

/* A request that came out, its texts copied. */
struct asked {
	char *path;
	char *body;
	unsigned windows;
	int rank;
	void *user;
};

static struct asked asked[64];
static size_t asked_nr;

static void
forget(void)
{
	while (asked_nr > 0) {
		asked_nr--;
		free(asked[asked_nr].path);
		free(asked[asked_nr].body);
	}
}

/* All requests that can be sent now. */
static void
ask(struct fetch *x)
{
	struct http_request r;

	forget();
	while (asked_nr < 64 && fetch_next(x, &r, &fault) == 1)
		asked[asked_nr++] = (struct asked){ xstrdup(r.path),
			r.body.p == NULL ? NULL
					 : xstrndup(r.body.p, r.body.len),
			r.windows, r.rank, r.user };
}

static int
answer(struct fetch *x, size_t i, long status, const char *body)
{
	struct http_answer a = {
		.user = asked[i].user, .status = status, .tries = 1
	};
	struct buf copy;
	int result;

	buf_init(&copy, 1 << 20);
	buf_str(&copy, body);
	a.body = buf_view(&copy);
	fault = (struct fault){ 0 };
	if (status != 200 && status != 207)
		fault_set(&a.why,
		    status == 0 || status >= 500 ? FAULT_AGAIN : FAULT_DENIED,
		    "it answers %ld", status);
	result = fetch_answer(x, &a, &fault);
	buf_free(&copy);
	return result;
}

/* The lines that came, which are then gone. */
static const char *
lines(struct fetch *x)
{
	static char text[100000];
	struct buf *b = fetch_lines(x);

	snprintf(text, sizeof(text), "%.*s", TEXT_ARG(buf_view(b)));
	buf_clear(b);
	return text;
}

/* The i-th line of the report says so. */
static void
assert_reports(struct fetch *x, const char *text)
{
	struct buf b;

	buf_init(&b, 1 << 20);
	fetch_report(x, &b, 1.5);
	if (strstr(b.p, text) == NULL)
		fail_msg("the report lacks %s:\n%s", text, b.p);
	buf_free(&b);
}

static struct fetch *
begin(const char *what, ...)
{
	struct fetch *x = fetch_new(&conf);
	va_list ap;

	va_start(ap, what);
	for (; what != NULL; what = va_arg(ap, const char *))
		assert_int_equal(fetch_add(x, what, FETCH_ALWAYS, &fault), 0);
	va_end(ap);
	return x;
}

static void
test_kinds(void **state)
{
	struct fetch *x = begin("deals", "owners/archived", "pipelines",
	    "properties/contact", "2-345", NULL);

	(void)state;
	ask(x);
	assert_int_equal(asked_nr, 7);
	assert_string_equal(asked[0].path, "/crm/v3/objects/deals?limit=100");
	assert_int_equal(asked[0].windows, FETCH_WINDOW_ALL);
	/* two lists: which is the longer one is asked of the search */
	assert_string_equal(asked[1].path, "/crm/v3/objects/deals/search");
	assert_string_equal(asked[1].body, "{\"filterGroups\":[],\"limit\":1}");
	assert_int_equal(
	    asked[1].windows, FETCH_WINDOW_ALL | FETCH_WINDOW_SEARCH);
	assert_string_equal(
	    asked[2].path, "/crm/v3/owners?limit=500&archived=true");
	assert_string_equal(asked[3].path, "/crm/v3/pipelines/deals");
	assert_string_equal(asked[4].path, "/crm/v3/properties/contacts");
	assert_string_equal(asked[5].path, "/crm/v3/objects/2-345?limit=100");

	assert_int_equal(answer(x, 3, 200,
			     "{\"results\":[{\"id\":\"p\",\"stages\":["
			     "{\"id\":\"s\"}]}]}"),
	    0);
	assert_string_equal(lines(x),
	    "{\"type\":\"pipeline\",\"object\":\"deals\",\"id\":\"p\"}\n"
	    "{\"type\":\"stage\",\"object\":\"deals\",\"pipeline_id\":\"p\","
	    "\"id\":\"s\",\"metadata\":{}}\n");
	assert_int_equal(
	    answer(x, 2, 200, "{\"results\":[{\"id\":\"7\"}]}"), 0);
	assert_string_equal(lines(x), "{\"type\":\"owner\",\"id\":\"7\"}\n");
	assert_int_equal(
	    answer(x, 5, 200, "{\"results\":[{\"id\":\"8\"}]}"), 0);
	assert_string_equal(lines(x), "{\"type\":\"2-345\",\"id\":\"8\"}\n");
	assert_int_equal(
	    answer(x, 4, 200, "{\"results\":[{\"name\":\"email\"}]}"), 0);
	assert_string_equal(lines(x),
	    "{\"type\":\"property\",\"object\":\"contacts\","
	    "\"name\":\"email\"}\n");
	/* a search that is not allowed is no matter for a guess */
	assert_int_equal(answer(x, 1, 403, ""), 0);
	assert_int_equal(answer(x, 6, 404, ""), 0);
	assert_false(fetch_done(x));
	assert_int_equal(answer(x, 0, 200, "{\"results\":[]}"), 0);
	assert_true(fetch_done(x));
	assert_true(fetch_complete(x));
	assert_null(fetch_complaint(x));
	assert_reports(x,
	    "{\"type\":\"fetch_report\",\"what\":\"owners\",\"object\":"
	    "\"owners\",\"archived\":true,\"source_total\":null,"
	    "\"estimated_total\":null,\"received\":1,\"written\":1,"
	    "\"duplicates\":0,\"missing\":0,\"given_up\":0,\"missing_ids\":[],"
	    "\"complete\":true,\"reason\":null,\"requests\":1,\"retries\":0,"
	    "\"seconds\":1.5}");
	fetch_free(x);
}

/* The chain with most to go comes first, once that is known. */
static void
test_longest_first(void **state)
{
	struct fetch *x = begin("deals", "contacts", NULL);

	(void)state;
	ask(x);
	assert_int_equal(asked_nr, 4);
	assert_int_equal(answer(x, 1, 200, "{\"total\":300}"), 0);
	assert_int_equal(answer(x, 3, 200, "{\"total\":9000}"), 0);
	assert_int_equal(answer(x, 0, 200,
			     "{\"results\":[{\"id\":\"1\"}],\"paging\":"
			     "{\"next\":{\"after\":\"1\"}}}"),
	    0);
	assert_int_equal(answer(x, 2, 200,
			     "{\"results\":[{\"id\":\"1\"}],\"paging\":"
			     "{\"next\":{\"after\":\"1\"}}}"),
	    0);
	ask(x);
	assert_int_equal(asked_nr, 2);
	assert_non_null(strstr(asked[0].path, "/deals?"));
	assert_int_equal(asked[0].rank, 1);
	assert_int_equal(asked[1].rank, 0);
	assert_reports(x, "\"estimated_total\":9000");
	assert_int_equal(answer(x, 1, 200, "{\"results\":[]}"), 0);
	assert_int_equal(answer(x, 0, 200, "{\"results\":[]}"), 0);
	fetch_free(x);
}

/* What one object is refused does not touch the others. */
static void
test_refused(void **state)
{
	struct fetch *x = begin("deals", "owners", NULL);

	(void)state;
	ask(x);
	assert_int_equal(asked_nr, 2);
	assert_int_equal(answer(x, 0, 403, ""), 0);
	assert_string_equal(fetch_complaint(x), "deals: it answers 403");
	assert_null(fetch_complaint(x));
	assert_false(fetch_done(x));
	assert_int_equal(answer(x, 1, 200, "{\"results\":[]}"), 0);
	assert_true(fetch_done(x));
	assert_false(fetch_complete(x));
	assert_reports(x, "\"complete\":false,\"reason\":\"it answers 403\"");
	assert_reports(x, "\"complete\":true");
	fetch_free(x);
}

static void
test_hopeless(void **state)
{
	static const long status[] = { 0, 401, 500, 429, 302 };
	struct fetch *x;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(status) / sizeof(status[0]); i++) {
		x = begin("deals", NULL);
		ask(x);
		if (status[i] == 429 || status[i] == 302) {
			/* as the judges say */
			struct http_answer a = { .user = asked[0].user,
				.status = status[i] };

			fault_set(&a.why,
			    status[i] == 429 ? FAULT_AGAIN : FAULT_DENIED, "x");
			assert_int_equal(fetch_answer(x, &a, &fault), -1);
		} else {
			assert_int_equal(answer(x, 0, status[i], ""), -1);
		}
		assert_memory_equal(fault.text, "deals: ", 7);
		fetch_stop(x, fault.text);
		assert_reports(x, "\"complete\":false,\"reason\":\"deals: ");
		fetch_free(x);
	}
}

/* The URL is too long for the server: ids are listed, values read. */
static void
test_414(void **state)
{
	struct fetch *x = fetch_new(&conf);

	(void)state;
	fetch_properties(x, "deals:amount,stage", &fault);
	fetch_properties(x, "email", &fault);
	assert_int_equal(fetch_add(x, "deals", FETCH_ALWAYS, &fault), 0);
	ask(x);
	assert_string_equal(asked[0].path,
	    "/crm/v3/objects/deals?limit=100&properties=amount,stage");
	assert_int_equal(answer(x, 0, 414, ""), 0);
	ask(x);
	assert_int_equal(asked_nr, 1);
	assert_string_equal(asked[0].path,
	    "/crm/v3/objects/deals?limit=100&properties=hs_object_id");
	assert_int_equal(answer(x, 0, 200,
			     "{\"results\":[{\"id\":\"2\"},{\"id\":\"1\"}],"
			     "\"paging\":{\"next\":{\"after\":\"1\"}}}"),
	    0);
	assert_string_equal(lines(x), "");
	ask(x);
	assert_int_equal(asked_nr, 2);
	assert_string_equal(asked[1].path, "/crm/v3/objects/deals/batch/read");
	assert_string_equal(asked[1].body,
	    "{\"properties\":[\"amount\",\"stage\"],\"inputs\":["
	    "{\"id\":\"2\"},{\"id\":\"1\"}]}");
	assert_int_equal(answer(x, 0, 200, "{\"results\":[]}"), 0);
	assert_int_equal(
	    answer(x, 1, 207, "{\"results\":[{\"id\":\"1\"}]}"), 0);
	assert_string_equal(lines(x), "{\"type\":\"deal\",\"id\":\"1\"}\n");
	assert_true(fetch_done(x));
	assert_true(fetch_complete(x));
	assert_string_equal(fetch_complaint(x),
	    "deals: 1 of 2 ids are not there (deleted, or never were): 2");
	assert_reports(x, "\"received\":2,\"written\":1");
	assert_reports(x, "\"missing\":1");
	assert_reports(x, "\"missing_ids\":[\"2\"]");
	fetch_free(x);
}

static void
test_all_properties(void **state)
{
	struct fetch *x;

	(void)state;
	conf.all_properties = true;
	x = begin("2-345", NULL);
	conf.all_properties = false;
	ask(x);
	assert_int_equal(asked_nr, 1);
	assert_string_equal(asked[0].path, "/crm/v3/properties/2-345");
	assert_int_equal(answer(x, 0, 200,
			     "{\"results\":[{\"name\":\"b\"},{\"name\":\"a\"},"
			     "{\"name\":7},7]}"),
	    0);
	ask(x);
	assert_int_equal(asked_nr, 1);
	assert_string_equal(
	    asked[0].path, "/crm/v3/objects/2-345?limit=100&properties=b,a");
	assert_int_equal(answer(x, 0, 200, "{\"results\":[]}"), 0);
	assert_true(fetch_done(x));
	fetch_free(x);
}

static void
test_search_and_since(void **state)
{
	struct search *s = search_new();
	struct fetch *x;

	(void)state;
	x = begin("owners", NULL);
	assert_int_equal(
	    fetch_add(x, "deals", INT64_C(1772366400123456), &fault), 0);
	ask(x);
	assert_int_equal(asked_nr, 2);
	assert_string_equal(asked[1].path, "/crm/v3/objects/deals/search");
	assert_non_null(strstr(asked[1].body,
	    "{\"propertyName\":\"hs_lastmodifieddate\",\"operator\":\"GTE\","
	    "\"value\":\"1772366400123\"}"));
	assert_int_equal(answer(x, 0, 200, "{\"results\":[]}"), 0);
	assert_int_equal(answer(x, 1, 200,
			     "{\"total\":1,\"results\":[{\"id\":\"1\","
			     "\"updatedAt\":\"2026-03-01T12:00:01Z\"}]}"),
	    0);
	assert_string_equal(fetch_object(x, 1), "deals");
	assert_null(fetch_object(x, 2));
	assert_int_equal(fetch_changed_at(x, 1), INT64_C(1772366401000000));
	assert_reports(x, "\"source_total\":1");
	fetch_free(x);

	search_filter(s, "a=1", &fault);
	conf.search = s;
	x = fetch_new(&conf);
	assert_int_equal(
	    fetch_add(x, "deals/archived", FETCH_ALWAYS, &fault), -1);
	assert_int_equal(fault.kind, FAULT_USAGE);
	fetch_free(x);
	/* a search that has less than it says is told */
	x = begin("deals", NULL);
	conf.search = NULL;
	ask(x);
	assert_int_equal(answer(x, 0, 200, "{\"total\":2,\"results\":[]}"), 0);
	assert_true(fetch_done(x));
	assert_false(fetch_complete(x));
	assert_string_equal(
	    fetch_complaint(x), "deals: the search has 2 records, but 0 came");
	assert_reports(x, "\"source_total\":2");
	fetch_free(x);
	search_free(s);
}

static int
line(struct fetch *x, const char *type, const char *id, const char *to_type,
    const char *to_id)
{
	struct ids_line l = { type == NULL, text_of(type), text_of(id),
		text_of(to_type), text_of(to_id) };

	fault = (struct fault){ 0 };
	return fetch_line(x, &l, &fault);
}

static void
test_read(void **state)
{
	struct fetch *x = fetch_new(&conf);

	(void)state;
	assert_int_equal(fetch_add_read(x, "deals", &fault), 0);
	assert_true(fetch_hungry(x));
	assert_int_equal(line(x, "deal", "1", NULL, NULL), 0);
	assert_int_equal(line(x, "association", NULL, "deal", "2"), 0);
	assert_int_equal(line(x, "association", NULL, "company", "3"), 0);
	assert_int_equal(line(x, "contact", "4", NULL, NULL), 0);
	assert_int_equal(line(x, NULL, "5", NULL, NULL), 0);
	assert_int_equal(line(x, "deal", NULL, NULL, NULL), 0);
	ask(x);
	assert_int_equal(asked_nr, 0);
	assert_true(fetch_begun(x));
	fetch_pause(x);
	assert_int_equal(line(x, "deals", "6", NULL, NULL), 0);
	ask(x);
	assert_int_equal(asked_nr, 1);
	assert_string_equal(asked[0].body,
	    "{\"inputs\":[{\"id\":\"1\"},{\"id\":\"2\"},{\"id\":\"5\"}]}");
	assert_int_equal(
	    answer(x, 0, 200,
		"{\"results\":[{\"id\":\"1\"},{\"id\":\"2\"},{\"id\":\"5\"}]}"),
	    0);
	assert_int_equal(fetch_end(x, &fault), 0);
	ask(x);
	assert_int_equal(asked_nr, 1);
	assert_int_equal(answer(x, 0, 400, ""), 0);
	assert_true(fetch_done(x));
	assert_false(fetch_complete(x));
	assert_string_equal(fetch_complaint(x), "deals: id 6: it answers 400");
	assert_reports(x, "\"asked\":4,");
	assert_reports(x, "\"given_up\":1");
	fetch_free(x);

	/* nothing came: nothing is asked */
	x = fetch_new(&conf);
	assert_int_equal(fetch_add_read(x, "deals", &fault), 0);
	assert_int_equal(fetch_end(x, &fault), 0);
	assert_true(fetch_done(x));
	assert_true(fetch_complete(x));
	fetch_free(x);

	/* what came has nothing to do with it */
	x = fetch_new(&conf);
	assert_int_equal(fetch_add_read(x, "deals", &fault), 0);
	assert_int_equal(line(x, "contact", "4", NULL, NULL), 0);
	assert_int_equal(fetch_end(x, &fault), -1);
	assert_non_null(strstr(fault.text, "the first is 'contact'"));
	fetch_free(x);

	/* two to choose from */
	x = fetch_new(&conf);
	assert_int_equal(fetch_add_read(x, "deals", &fault), 0);
	assert_int_equal(fetch_add_read(x, "companies", &fault), 0);
	assert_int_equal(line(x, "company", "4", NULL, NULL), 0);
	assert_int_equal(line(x, NULL, "4", NULL, NULL), -1);
	assert_int_equal(fault.kind, FAULT_USAGE);
	fetch_free(x);
}

static void
test_links(void **state)
{
	struct fetch *x = fetch_new(&conf);

	(void)state;
	assert_int_equal(fetch_add_links(x, "deals", NULL, &fault), 0);
	assert_int_equal(fetch_add_links(x, "company", NULL, &fault), 0);
	assert_int_equal(line(x, "contact", "1", NULL, NULL), 0);
	assert_int_equal(line(x, "ticket", "9", NULL, NULL), 0);
	assert_int_equal(line(x, "owner", "7", NULL, NULL), 0);
	assert_int_equal(line(x, "association", "7", "contact", "2"), 0);
	assert_int_equal(line(x, NULL, "7", NULL, NULL), -1);
	assert_int_equal(fetch_end(x, &fault), 0);
	ask(x);
	assert_int_equal(asked_nr, 4);
	assert_string_equal(
	    asked[0].path, "/crm/v4/associations/contacts/deals/batch/read");
	assert_string_equal(
	    asked[0].body, "{\"inputs\":[{\"id\":\"1\"},{\"id\":\"2\"}]}");
	assert_string_equal(
	    asked[3].path, "/crm/v4/associations/tickets/companies/batch/read");
	assert_int_equal(answer(x, 0, 200,
			     "{\"results\":[{\"from\":{\"id\":\"2\"},\"to\":["
			     "{\"toObjectId\":5}]}]}"),
	    0);
	assert_string_equal(lines(x),
	    "{\"type\":\"association\",\"from_type\":\"contact\","
	    "\"from_id\":\"2\",\"to_type\":\"deal\",\"to_id\":\"5\","
	    "\"labels\":[]}\n");
	assert_reports(x, "\"without_links\":1");
	assert_reports(x, "\"to_object\":\"companies\"");
	assert_int_equal(answer(x, 1, 403, ""), 0);
	assert_string_equal(
	    fetch_complaint(x), "contacts to companies: it answers 403");
	fetch_free(x);

	x = fetch_new(&conf);
	assert_int_equal(fetch_add_links(x, "deals", "contacts", &fault), 0);
	assert_int_equal(line(x, NULL, "1", NULL, NULL), 0);
	assert_int_equal(line(x, "company", "2", NULL, NULL), 0);
	assert_int_equal(fetch_end(x, &fault), 0);
	ask(x);
	assert_int_equal(asked_nr, 1);
	assert_string_equal(asked[0].body, "{\"inputs\":[{\"id\":\"1\"}]}");
	fetch_free(x);
}

/* In the order they were named, whichever answers first. */
static void
test_check(void **state)
{
	struct fetch *x = fetch_new(&conf);

	(void)state;
	assert_int_equal(fetch_add_check(x, "deals", &fault), 0);
	assert_int_equal(fetch_add_check(x, "pipelines/deals", &fault), 0);
	ask(x);
	assert_int_equal(asked_nr, 3);
	assert_string_equal(asked[0].path, "/account-info/v3/details");
	assert_string_equal(asked[1].path, "/crm/v3/objects/deals?limit=1");
	assert_string_equal(asked[2].path, "/crm/v3/pipelines/deals");
	assert_int_equal(answer(x, 2, 200, "{\"results\":[]}"), 0);
	assert_int_equal(answer(x, 1, 403,
			     "{\"errors\":[{\"context\":{"
			     "\"requiredGranularScopes\":[\"s\"]}}]}"),
	    0);
	assert_string_equal(lines(x), "");
	assert_int_equal(answer(x, 0, 200, "{\"portalId\":7}"), 0);
	assert_string_equal(lines(x),
	    "{\"type\":\"account\",\"portalId\":7}\n"
	    "{\"type\":\"access\",\"object\":\"deals\",\"readable\":false,"
	    "\"status\":403,\"missing_scopes\":[\"s\"],"
	    "\"reason\":\"it answers 403\"}\n"
	    "{\"type\":\"access\",\"object\":\"pipelines/deals\","
	    "\"readable\":true,\"status\":200,\"missing_scopes\":[],"
	    "\"reason\":null}\n");
	assert_true(fetch_done(x));
	assert_false(fetch_complete(x));
	fetch_free(x);
}

static void
test_wrong(void **state)
{
	static const char *const wrong[] = { "", "a/b", "pipelines/",
		"properties/a/b", "deals/archived/archived", "a b", "../x" };
	struct fetch *x = fetch_new(&conf);
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		assert_int_equal(
		    fetch_add(x, wrong[i], FETCH_ALWAYS, &fault), -1);
		assert_int_equal(fault.kind, FAULT_USAGE);
	}
	assert_int_equal(fetch_add_read(x, "a/b", &fault), -1);
	assert_int_equal(fetch_add_links(x, "a", "", &fault), -1);
	assert_int_equal(fetch_properties(x, "a/b:x", &fault), -1);
	assert_int_equal(fetch_properties(x, "a,,b", &fault), -1);
	assert_int_equal(fetch_properties(x, "a b", &fault), -1);
	fetch_free(x);
	fetch_free(NULL);
}

static const char *
question(const char *what, const char *list, const char *token)
{
	static struct buf b;
	struct fetch *x = fetch_new(&conf);

	buf_free(&b);
	buf_init(&b, 1 << 20);
	if (list != NULL)
		fetch_properties(x, list, &fault);
	fetch_add(x, what, FETCH_ALWAYS, &fault);
	fetch_question(x, text_of("https://h"), text_of(token), &b);
	fetch_free(x);
	return b.p;
}

static void
test_question(void **state)
{
	char *first = xstrdup(question("deals", "a", "t1"));
	char *ids[2];
	struct buf b;
	int i;

	(void)state;
	assert_string_equal(first, question("deals", "a", "t1"));
	assert_null(strstr(first, "t1"));
	assert_string_not_equal(first, question("deals", "a", "t2"));
	assert_string_not_equal(first, question("deals", "b", "t1"));
	assert_string_not_equal(first, question("deals", NULL, "t1"));
	assert_string_not_equal(first, question("contacts", "a", "t1"));
	assert_string_not_equal(first, question("deals/archived", "a", "t1"));
	free(first);
	for (i = 0; i < 2; i++) {
		struct fetch *x = fetch_new(&conf);

		buf_init(&b, 1 << 20);
		fetch_add_read(x, "deals", &fault);
		line(x, NULL, i == 0 ? "12" : "1", NULL, NULL);
		line(x, NULL, i == 0 ? "3" : "23", NULL, NULL);
		fetch_end(x, &fault);
		fetch_question(x, text_of("h"), text_of("t"), &b);
		ids[i] = xstrdup(b.p);
		buf_free(&b);
		fetch_free(x);
	}
	assert_string_not_equal(ids[0], ids[1]);
	free(ids[0]);
	free(ids[1]);

	buf_init(&b, 1 << 20);
	assert_false(fetch_report_again(&b, text_of("{\"type\":\"deal\"}")));
	assert_true(fetch_report_again(
	    &b, text_of("{\"type\":\"fetch_report\",\"what\":\"list\"}")));
	assert_string_equal(b.p,
	    "{\"type\":\"fetch_report\",\"cached\":true,\"what\":\"list\"}\n");
	buf_free(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_kinds),
		cmocka_unit_test(test_longest_first),
		cmocka_unit_test(test_refused),
		cmocka_unit_test(test_hopeless),
		cmocka_unit_test(test_414),
		cmocka_unit_test(test_all_properties),
		cmocka_unit_test(test_search_and_since),
		cmocka_unit_test(test_read),
		cmocka_unit_test(test_links),
		cmocka_unit_test(test_check),
		cmocka_unit_test(test_wrong),
		cmocka_unit_test(test_question),
	};

	if (path_version(&conf.version, "v3", &fault) == -1)
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
