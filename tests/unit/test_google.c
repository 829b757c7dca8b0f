/* Google's side: ranges, key files, assertions, what is answered, values */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/base64.h"
#include "base/json.h"
#include "base/sign.h"
#include "google/cells.h"
#include "google/oauth.h"
#include "google/range.h"
#include "google/service.h"

static struct fault fault;
static struct buf room;

static const char *
range(const char *title, size_t row, size_t column, size_t last_row,
    size_t last_column)
{
	buf_free(&room);
	buf_init(&room, 1000);
	range_put(&room, text_of(title), row, column, last_row, last_column);
	return room.p;
}

static void
test_ranges(void **state)
{
	(void)state;
	assert_string_equal(range("NA_Pool", 1, 0, 5, 8), "'NA_Pool'!A2:I6");
	assert_string_equal(range("it's", 0, 26, 0, 26), "'it''s'!AA1:AA1");
	assert_string_equal(range("''", 9, 701, 99, 702), "''''''!ZZ10:AAA100");
	assert_string_equal(range("R1C1", 0, 0, 0, 0), "'R1C1'!A1:A1");
	assert_string_equal(range("a!b", 0, 0, 0, 1), "'a!b'!A1:B1");
	buf_clear(&room);
	range_put_cell(&room, text_of("A1"), 2, 1);
	assert_string_equal(room.p, "'A1'!B3");
}

static const char *
refused(const char *file)
{
	struct service s;

	assert_int_equal(service_parse(&s, text_of(file), &fault), -1);
	assert_int_equal(fault.kind, FAULT_DATA);
	return fault.text;
}

static void
test_key_files(void **state)
{
	(void)state;
	assert_non_null(strstr(refused(""), "is no JSON"));
	assert_non_null(strstr(refused("[]"), "is no JSON"));
	assert_non_null(strstr(refused("{}"), "(its type is '')"));
	assert_non_null(
	    strstr(refused("{\"type\":\"service_account\",\"client_email\":1}"),
		"has no client_email; make a key in the Google Cloud console"));
}

static void
want_text(struct text base64, const char *path, const char *expected)
{
	struct json_shape *shape = json_shape_new();
	struct arena *scratch = arena_new();
	struct json_value value;
	struct buf b;

	buf_init(&b, 10000);
	assert_true(base64url_decode(&b, base64));
	json_want(shape, path);
	assert_int_equal(
	    json_scan_document(shape, b.p, b.len, &value, &fault), 0);
	assert_true(
	    text_is(value.kind == VALUE_STRING ? json_text(value, scratch)
					       : json_raw(value),
		expected));
	buf_free(&b);
	arena_free(scratch);
	json_shape_free(shape);
}

/* The parts are what RFC 7515 says, and the key made the third. */
static void
test_assertion(void **state)
{
	struct assertion a = { .audience = "https://a.example/token",
		.scope = "one two",
		.now_s = 1800000000 };
	struct service s = { .email = (char *)"x@example.org",
		.key_id = (char *)"0a1b" };
	struct buf open, jwt, signature;
	struct text head, claims, rest;

	(void)state;
	buf_init(&s.pem, 10000);
	buf_init(&open, 10000);
	buf_init(&jwt, 10000);
	buf_init(&signature, 10000);
	assert_int_equal(rs256_generate(&s.pem, &open, &fault), 0);
	assert_int_equal(service_assert(&s, &a, &jwt, &fault), 0);
	head = (struct text){ jwt.p, strcspn(jwt.p, ".") };
	claims.p = head.p + head.len + 1;
	claims.len = strcspn(claims.p, ".");
	rest = text_of(claims.p + claims.len + 1);
	want_text(head, "alg", "RS256");
	want_text(head, "kid", "0a1b");
	want_text(claims, "iss", "x@example.org");
	want_text(claims, "scope", "one two");
	want_text(claims, "aud", "https://a.example/token");
	want_text(claims, "iat", "1799999990");
	want_text(claims, "exp", "1800003590");
	assert_true(base64url_decode(&signature, rest));
	assert_true(rs256_verify(buf_view(&open),
	    (struct text){ jwt.p, head.len + 1 + claims.len },
	    buf_view(&signature)));
	buf_free(&s.pem);
	buf_free(&open);
	buf_free(&jwt);
	buf_free(&signature);
}

static void
test_tokens(void **state)
{
	struct oauth_token t;
	char body[200 + BUF_SLACK] = "{\"access_token\":\"ya29.x\","
				     "\"expires_in\":3599}";

	(void)state;
	assert_int_equal(
	    oauth_take(&t, text_of(body), "access_token", 1000, &fault), 0);
	assert_string_equal(t.text, "ya29.x");
	assert_int_equal(t.ends_s, 4599);
	oauth_token_free(&t);
	assert_int_equal(
	    oauth_take(&t, text_of(body), "id_token", 1000, &fault), -1);
	assert_string_equal(fault.text, "the answer has no id_token");
	assert_true(oauth_is_google("https://oauth2.googleapis.com/token"));
	assert_true(oauth_is_google("https://www.googleapis.com?x"));
	assert_false(oauth_is_google("http://oauth2.googleapis.com/token"));
	assert_false(oauth_is_google("https://googleapis.com.example.org/"));
	assert_false(oauth_is_google("https://x/.googleapis.com"));
	assert_false(oauth_is_google("https://x@a.googleapis.com"));
	assert_false(oauth_is_google("https://notgoogleapis.com/"));
	assert_false(oauth_is_google("https://.googleapis.com.:1/"));
	assert_false(oauth_is_google(""));
}

static bool
same(enum cells_kind a, const char *x, enum cells_kind b, const char *y)
{
	return cells_same((struct cells_value){ a, text_of(x) },
	    (struct cells_value){ b, text_of(y) });
}

static void
test_values(void **state)
{
	struct cells *c = cells_new();
	char body[200 + BUF_SLACK] = "{\"range\":\"x\",\"values\":[[\"a\",1.50,"
				     "true],[],[\"\",\"\\u00e9\"]]}";

	(void)state;
	assert_int_equal(cells_read(c, text_of(body), &fault), 0);
	assert_int_equal(cells_rows(c), 3);
	assert_int_equal(cells_columns(c), 3);
	assert_int_equal(cells_at(c, 0, 1).kind, CELLS_NUMBER);
	assert_int_equal(cells_at(c, 0, 2).kind, CELLS_TRUE);
	assert_int_equal(cells_at(c, 1, 0).kind, CELLS_EMPTY);
	assert_int_equal(cells_at(c, 2, 0).kind, CELLS_EMPTY);
	assert_true(text_is(cells_at(c, 2, 1).text, "\xc3\xa9"));
	assert_int_equal(cells_at(c, 7, 9).kind, CELLS_EMPTY);
	cells_free(c);
	c = cells_new();
	assert_int_equal(cells_read(c,
			     text_of("{\"range\":\"x\"}"
				     "\0"
				     "                                         "
				     "                     "
				     "   "),
			     &fault),
	    0);
	assert_int_equal(cells_rows(c), 0);
	cells_free(c);
	assert_true(same(CELLS_NUMBER, "1", CELLS_NUMBER, "1.0"));
	assert_true(same(CELLS_NUMBER, "1e2", CELLS_NUMBER, "100"));
	assert_false(same(CELLS_NUMBER, "1", CELLS_TEXT, "1"));
	assert_false(same(CELLS_TRUE, "true", CELLS_TEXT, "true"));
	assert_true(same(CELLS_TEXT, "", CELLS_EMPTY, ""));
	assert_false(same(CELLS_TEXT, "a", CELLS_TEXT, "a "));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_ranges),
		cmocka_unit_test(test_key_files),
		cmocka_unit_test(test_assertion),
		cmocka_unit_test(test_tokens),
		cmocka_unit_test(test_values),
	};
	int status = cmocka_run_group_tests(tests, NULL, NULL);

	buf_free(&room);
	return status;
}
