#include "hubspot/lookup.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#define BATCHES 64

static struct path_version version;
static struct fault fault;
static struct buf out;

static struct lookup *
new_read(size_t batch, bool sort)
{
	struct lookup_conf conf = { .version = &version,
		.object = text_of("deals"),
		.batch = batch,
		.sort = sort };

	return lookup_new(&conf);
}

static struct lookup *
new_links(size_t batch)
{
	struct lookup_conf conf = { .version = &version,
		.object = text_of("contacts"),
		.to_object = text_of("deals"),
		.batch = batch };

	return lookup_new(&conf);
}

static void
add_all(struct lookup *l, const char *ids)
{
	struct text t;
	size_t len;

	for (; *ids != '\0'; ids += len + (ids[len] == ' ')) {
		len = strcspn(ids, " ");
		t = (struct text){ ids, len };
		lookup_add(l, t);
	}
}

/* The body that asks for a batch. */
static const char *
asks(const struct lookup *l, const struct lookup_batch *b)
{
	static struct buf path, body;

	buf_free(&path);
	buf_free(&body);
	buf_init(&path, 1 << 20);
	buf_init(&body, 1 << 20);
	lookup_ask(l, b, &path, &body);
	return body.p;
}

static int
take(struct lookup *l, struct lookup_batch *b, const char *body)
{
	struct buf copy;
	int status;

	buf_init(&copy, 16 << 20);
	buf_str(&copy, body);
	fault = (struct fault){ 0 };
	status = lookup_take(l, b, buf_view(&copy), &fault);
	buf_free(&copy);
	return status;
}

static const char *
collected(struct lookup *l)
{
	buf_free(&out);
	buf_init(&out, 16 << 20);
	lookup_collect(l, &out);
	return out.p == NULL ? "" : out.p;
}

static void
test_order(void **state)
{
	struct lookup *l = new_read(2, false);
	struct lookup_batch *b[4];

	(void)state;
	add_all(l, "7 5 7 9 1");
	assert_int_equal(lookup_counts(l)->duplicates, 1);
	b[0] = lookup_next(l);
	b[1] = lookup_next(l);
	assert_null(lookup_next(l));
	assert_string_equal(
	    asks(l, b[0]), "{\"inputs\":[{\"id\":\"7\"},{\"id\":\"5\"}]}");
	/* what is answered first waits for what was asked first */
	assert_int_equal(take(l, b[1],
			     "{\"status\":\"COMPLETE\",\"results\":["
			     "{\"id\":\"1\",\"x\":1.10},{\"id\":\"9\"}]}"),
	    0);
	assert_string_equal(collected(l), "");
	assert_int_equal(
	    take(l, b[0], "{\"results\":[{\"id\":\"5\"},{\"id\":\"7\"}]}"), 0);
	assert_string_equal(collected(l),
	    "{\"type\":\"deal\",\"id\":\"7\"}\n"
	    "{\"type\":\"deal\",\"id\":\"5\"}\n"
	    "{\"type\":\"deal\",\"id\":\"9\"}\n"
	    "{\"type\":\"deal\",\"id\":\"1\",\"x\":1.10}\n");
	assert_false(lookup_done(l));
	lookup_end(l);
	assert_true(lookup_done(l));
	assert_int_equal(lookup_counts(l)->written, 4);
	lookup_free(l);
}

static void
test_sort(void **state)
{
	struct lookup *l = new_read(3, true);
	struct lookup_batch *b;

	(void)state;
	add_all(l, "9 10 8 1 10");
	assert_null(lookup_next(l));
	lookup_end(l);
	b = lookup_next(l);
	assert_string_equal(asks(l, b),
	    "{\"inputs\":[{\"id\":\"1\"},{\"id\":\"10\"},{\"id\":\"8\"}]}");
	b = lookup_next(l);
	assert_string_equal(asks(l, b), "{\"inputs\":[{\"id\":\"9\"}]}");
	assert_null(lookup_next(l));
	lookup_free(l);
}

/* A batch begun waits for its ids, unless nothing comes. */
static void
test_flush(void **state)
{
	struct lookup *l = new_read(100, false);
	struct lookup_batch *b;

	(void)state;
	add_all(l, "1 2");
	assert_true(lookup_begun(l));
	assert_null(lookup_next(l));
	lookup_flush(l);
	b = lookup_next(l);
	assert_non_null(b);
	add_all(l, "3");
	/* while that one runs the next waits for more ids */
	assert_false(lookup_begun(l));
	assert_int_equal(
	    take(l, b, "{\"results\":[{\"id\":\"1\"},{\"id\":\"2\"}]}"), 0);
	collected(l);
	assert_true(lookup_begun(l));
	lookup_end(l);
	assert_non_null(lookup_next(l));
	lookup_free(l);
}

static void
test_missing(void **state)
{
	struct lookup *l = new_read(5, false);
	struct lookup_batch *b;

	(void)state;
	add_all(l, "1 2 3 4 5");
	b = lookup_next(l);
	/* 2 is said to be gone, 4 is only not there, 3 is locked */
	assert_int_equal(take(l, b,
			     "{\"status\":\"COMPLETE\",\"results\":["
			     "{\"id\":\"5\"},{\"id\":\"1\"}],\"numErrors\":2,"
			     "\"errors\":[{\"status\":\"error\",\"category\":"
			     "\"OBJECT_NOT_FOUND\",\"context\":{\"ids\":"
			     "[\"2\",\"5\",\"77\"]}},{\"category\":\"LOCKED\","
			     "\"message\":\"it is locked\",\"context\":"
			     "{\"ids\":[\"3\"]}}]}"),
	    0);
	assert_string_equal(collected(l), "{\"type\":\"deal\",\"id\":\"1\"}\n"
					  "{\"type\":\"deal\",\"id\":\"5\"}\n");
	assert_true(text_is(lookup_missing(l), "2,4"));
	assert_true(text_is(lookup_gaps(l), "id 3: it is locked\n"));
	assert_int_equal(lookup_counts(l)->missing, 2);
	assert_int_equal(lookup_counts(l)->lost, 1);
	lookup_free(l);
}

/* The answer for a record that was merged has the other's id. */
static void
test_merged(void **state)
{
	struct lookup *l = new_read(2, false);
	struct lookup_batch *b, *c;

	(void)state;
	add_all(l, "1 2 30 4");
	b = lookup_next(l);
	c = lookup_next(l);
	assert_int_equal(
	    take(l, b, "{\"results\":[{\"id\":\"30\"},{\"id\":\"2\"}]}"), 0);
	assert_int_equal(
	    take(l, c, "{\"results\":[{\"id\":\"30\"},{\"id\":\"40\"}]}"), 0);
	assert_string_equal(collected(l),
	    "{\"type\":\"deal\",\"id\":\"2\"}\n"
	    "{\"type\":\"deal\",\"id\":\"30\"}\n"
	    "{\"type\":\"deal\",\"id\":\"40\"}\n");
	assert_int_equal(lookup_counts(l)->missing, 0);
	/* 40 need not be asked for any more */
	add_all(l, "40");
	assert_int_equal(lookup_counts(l)->duplicates, 2);
	lookup_free(l);
}

/* Answer each batch: 400 if it has the bad id; returns the requests. */
static int
answer_all(struct lookup *l, const char *bad, int *status)
{
	struct fault why = { FAULT_DENIED, "400: 'x' is no id" };
	struct lookup_batch *b;
	struct buf body;
	const char *asked, *at;
	int requests = 0;

	buf_init(&body, 1 << 20);
	*status = 0;
	while (*status == 0 && (b = lookup_next(l)) != NULL) {
		requests++;
		asked = asks(l, b);
		if (strstr(asked, bad) != NULL) {
			*status = lookup_refused(l, b, &why, &fault);
			continue;
		}
		/* what was asked for is the answer */
		buf_clear(&body);
		at = strstr(asked, "\"inputs\":");
		buf_str(&body, "{\"results\":");
		buf_str(&body, at + 9);
		*status = take(l, b, body.p);
	}
	buf_free(&body);
	return requests;
}

static void
test_one_bad(void **state)
{
	struct lookup *l = new_read(8, false);
	struct buf expected;
	int i, status;
	char id[16];

	(void)state;
	buf_init(&expected, 1 << 20);
	for (i = 1; i <= 16; i++) {
		snprintf(id, sizeof(id), i == 5 ? "x" : "%d", i);
		lookup_add(l, text_of(id));
		if (i != 5)
			buf_printf(&expected,
			    "{\"type\":\"deal\",\"id\":\"%d\"}\n", i);
	}
	lookup_end(l);
	/* 8; 4; 4, 2; 2, 1; 1; 2; and the other 8 */
	assert_int_equal(answer_all(l, "\"x\"", &status), 8);
	assert_int_equal(status, 0);
	assert_string_equal(collected(l), expected.p);
	assert_true(lookup_done(l));
	assert_int_equal(lookup_counts(l)->lost, 1);
	assert_true(text_is(lookup_gaps(l), "id x: 400: 'x' is no id\n"));
	buf_free(&expected);
	lookup_free(l);
}

/* After a refusal one request at a time shows whether it is of one id. */
static void
test_one_at_a_time(void **state)
{
	struct fault why = { FAULT_DENIED, "400" };
	struct lookup *l = new_read(2, false);
	struct lookup_batch *b;

	(void)state;
	add_all(l, "1 2 3 4 5 6");
	lookup_end(l);
	b = lookup_next(l);
	assert_int_equal(lookup_refused(l, b, &why, &fault), 0);
	b = lookup_next(l);
	assert_non_null(b);
	assert_null(lookup_next(l));
	assert_int_equal(take(l, b, "{\"results\":[{\"id\":\"1\"}]}"), 0);
	assert_non_null(lookup_next(l));
	assert_non_null(lookup_next(l));
	lookup_free(l);
}

/* Where each id is refused the fault does not lie with the ids. */
static void
test_all_bad(void **state)
{
	struct lookup *l = new_read(100, false);
	int i, status, requests;
	char id[16];

	(void)state;
	for (i = 1000; i < 3000; i++) {
		snprintf(id, sizeof(id), "%d", i);
		lookup_add(l, text_of(id));
	}
	lookup_end(l);
	requests = answer_all(l, "inputs", &status);
	assert_int_equal(status, -1);
	assert_true(requests < 20);
	assert_non_null(strstr(fault.text, "one id after the other"));
	lookup_free(l);
}

static void
test_links(void **state)
{
	struct lookup *l = new_links(3);
	struct lookup_batch *b;

	(void)state;
	add_all(l, "101 102 103");
	b = lookup_next(l);
	assert_int_equal(take(l, b,
			     "{\"status\":\"COMPLETE\",\"results\":["
			     "{\"from\":{\"id\":\"103\"},\"to\":["
			     "{\"toObjectId\":12345678901234567890,"
			     "\"associationTypes\":[]},"
			     "{\"toObjectId\":\"9\",\"associationTypes\":["
			     "{\"label\":null,\"typeId\":3}]}]},"
			     "{\"from\":{\"id\":101},\"to\":["
			     "{\"toObjectId\":9,\"associationTypes\":["
			     "{\"label\":\"Decision maker\"},{\"label\":null},"
			     "{\"label\":\"Decision maker\"},7,[]]},"
			     "{\"toObjectId\":10},"
			     "{\"toObjectId\":9,\"associationTypes\":["
			     "{\"label\":\"A \\\"b\\\"\"}]}]}],"
			     "\"numErrors\":1,\"errors\":[{\"status\":"
			     "\"error\",\"category\":\"OBJECT_NOT_FOUND\","
			     "\"subCategory\":"
			     "\"crm.associations.NO_ASSOCIATIONS_FOUND\","
			     "\"context\":{\"fromObjectId\":[\"102\"]}}]}"),
	    0);
#define LINK(from, to, labels)                                             \
	"{\"type\":\"association\",\"from_type\":\"contact\",\"from_id\":" \
	"\"" from "\",\"to_type\":\"deal\",\"to_id\":\"" to                \
	"\",\"labels\":[" labels "]}\n"
	assert_string_equal(collected(l),
	    LINK("101", "10", "")
		LINK("101", "9", "\"Decision maker\",\"A \\\"b\\\"\"") LINK(
		    "103", "12345678901234567890", "") LINK("103", "9", ""));
	assert_int_equal(lookup_counts(l)->empty, 1);
	assert_int_equal(lookup_counts(l)->missing, 0);
	assert_int_equal(lookup_counts(l)->lost, 0);
	assert_int_equal(lookup_counts(l)->duplicates, 1);
	assert_int_equal(lookup_counts(l)->written, 4);
	lookup_free(l);
}

/* Links of one id may go on for pages while the others are done. */
static void
test_more_links(void **state)
{
	struct lookup *l = new_links(2);
	struct lookup_batch *b;

	(void)state;
	add_all(l, "1 2");
	lookup_end(l);
	b = lookup_next(l);
	assert_int_equal(
	    take(l, b,
		"{\"results\":[{\"from\":{\"id\":\"2\"},\"to\":["
		"{\"toObjectId\":7}]},{\"from\":{\"id\":\"1\"},\"to\":["
		"{\"toObjectId\":8}],\"paging\":{\"next\":{\"after\":"
		"\"p2\"}}}]}"),
	    0);
	assert_string_equal(collected(l), "");
	assert_ptr_equal(lookup_next(l), b);
	assert_string_equal(
	    asks(l, b), "{\"inputs\":[{\"id\":\"1\",\"after\":\"p2\"}]}");
	assert_int_equal(take(l, b,
			     "{\"results\":[{\"from\":{\"id\":\"1\"},\"to\":["
			     "{\"toObjectId\":6}]}]}"),
	    0);
	assert_string_equal(collected(l),
	    LINK("1", "6", "") LINK("1", "8", "") LINK("2", "7", ""));
	assert_true(lookup_done(l));
	assert_int_equal(lookup_counts(l)->empty, 0);
	lookup_free(l);

	/* a cursor that comes again would never end */
	l = new_links(2);
	add_all(l, "1");
	lookup_end(l);
	b = lookup_next(l);
	assert_int_equal(take(l, b,
			     "{\"results\":[{\"from\":{\"id\":\"1\"},\"to\":[],"
			     "\"paging\":{\"next\":{\"after\":\"p\"}}}]}"),
	    0);
	assert_ptr_equal(lookup_next(l), b);
	assert_int_equal(take(l, b,
			     "{\"results\":[{\"from\":{\"id\":\"1\"},\"to\":[],"
			     "\"paging\":{\"next\":{\"after\":\"p\"}}}]}"),
	    -1);
	assert_non_null(strstr(fault.text, "paging does not move on"));
	lookup_free(l);
}

static void
test_not_complete(void **state)
{
	struct lookup *l = new_read(1, false);

	(void)state;
	add_all(l, "1");
	assert_int_equal(take(l, lookup_next(l),
			     "{\"status\":\"PROCESSING\",\"results\":[]}"),
	    -1);
	assert_string_equal(fault.text,
	    "the answer is not complete: its status is 'PROCESSING'");
	lookup_free(l);
}

/* Much input does not pile up: batches in flight are bounded. */
static void
test_room(void **state)
{
	struct lookup *l = new_read(10, false);
	struct lookup_batch *b[BATCHES];
	char id[16];
	int i, nr = 0, asked = 0;

	(void)state;
	for (i = 0; lookup_room(l) && i < 100000; i++) {
		snprintf(id, sizeof(id), "%d", i);
		lookup_add(l, text_of(id));
	}
	assert_true(i < 1000);
	while (nr < BATCHES && (b[nr] = lookup_next(l)) != NULL)
		nr++;
	assert_in_range(nr, 2, 32);
	assert_true(lookup_room(l));
	/* nor answers behind one that does not come */
	for (i = 1; i < 200; i++) {
		if (nr > 1)
			assert_int_equal(
			    take(l, b[--nr], "{\"results\":[]}"), 0);
		while (lookup_room(l)) {
			snprintf(id, sizeof(id), "x%d-%d", i, rand());
			lookup_add(l, text_of(id));
		}
		while (nr < BATCHES && (b[nr] = lookup_next(l)) != NULL) {
			nr++;
			asked++;
		}
	}
	assert_int_equal(nr, 1);
	assert_in_range(asked, 1, 32);
	assert_string_equal(collected(l), "");
	lookup_free(l);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_order),
		cmocka_unit_test(test_sort),
		cmocka_unit_test(test_flush),
		cmocka_unit_test(test_missing),
		cmocka_unit_test(test_merged),
		cmocka_unit_test(test_one_bad),
		cmocka_unit_test(test_one_at_a_time),
		cmocka_unit_test(test_all_bad),
		cmocka_unit_test(test_links),
		cmocka_unit_test(test_more_links),
		cmocka_unit_test(test_not_complete),
		cmocka_unit_test(test_room),
	};

	if (path_version(&version, "v3", &fault) == -1)
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
