/* Slack's side: what an answer means, files and messages on pages, limits */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "slack/found.h"
#include "slack/judge.h"
#include "slack/payload.h"
#include "slack/sent.h"

static struct fault fault;
static struct buf body;

static struct text
json(const char *text)
{
	fault = (struct fault){ 0 };
	buf_clear(&body);
	buf_str(&body, text);
	buf_room(&body, 0);
	return buf_view(&body);
}

static struct http_ruling
judged(http_judge_fn *judge, long status, bool repeatable, const char *text)
{
	struct http_answer a = { .method = "POST",
		.path = "/api/x",
		.status = status,
		.repeatable = repeatable,
		.tries = 1,
		.body = json(text) };
	struct http_ruling r = { .wait_ms = -1 };

	judge(&a, &r);
	return r;
}

static void
test_answers(void **state)
{
	struct http_ruling r;

	(void)state;
	r = judged(client_judge, 200, false, "{\"ok\":true}");
	assert_int_equal(r.verdict, HTTP_TAKE);
	r = judged(client_judge, 200, true,
	    "{\"ok\":false,\"error\":\"missing_scope\",\"needed\":\"im:"
	    "write\"}");
	assert_int_equal(r.verdict, HTTP_FAIL);
	assert_int_equal(r.why.kind, FAULT_DENIED);
	assert_string_equal(r.why.text,
	    "Slack refuses: missing_scope, the token needs im:write");
	r = judged(client_judge, 200, false, "{\"ok\":false}");
	assert_string_equal(r.why.text, "Slack refuses: it does not say why");
	/* limited: again, also what must not be done twice */
	r = judged(client_judge, 200, false,
	    "{\"ok\":false,\"error\":\"ratelimited\"}");
	assert_int_equal(r.verdict, HTTP_RETRY);
	r = judged(client_judge, 429, false, "");
	assert_int_equal(r.verdict, HTTP_RETRY);
	/* ill: again only what may be done twice */
	r = judged(client_judge, 200, true,
	    "{\"ok\":false,\"error\":\"fatal_error\"}");
	assert_int_equal(r.verdict, HTTP_RETRY);
	r = judged(client_judge, 200, false,
	    "{\"ok\":false,\"error\":\"fatal_error\"}");
	assert_int_equal(r.verdict, HTTP_FAIL);
	assert_int_equal(r.why.kind, FAULT_AGAIN);
	/* no answer of Slack's: of a message nobody knows what came of it */
	r = judged(client_judge, 200, false, "<html>");
	assert_int_equal(r.verdict, HTTP_FAIL);
	assert_int_equal(r.why.kind, FAULT_AGAIN);
	r = judged(client_judge, 200, true, "[]");
	assert_int_equal(r.why.kind, FAULT_DATA);
	r = judged(client_file_judge, 302, true, "");
	assert_int_equal(r.verdict, HTTP_TAKE);
	r = judged(client_file_judge, 404, true, "");
	assert_int_equal(r.verdict, HTTP_FAIL);
}

#define FILE_OF(id, created, more)                                        \
	"{\"id\":\"" id "\",\"created\":" created ",\"mode\":\"hosted\"," \
	"\"user\":\"U0OPS00001\",\"name\":\"a.CSV\"," more "\"size\":7}"
#define PAGE(files, cursor)                                                 \
	"{\"ok\":true,\"messages\":[7,{\"text\":\"hi\"},{\"files\":[" files \
	"]}],\"response_metadata\":{\"next_cursor\":\"" cursor "\"}}"

static void
test_files(void **state)
{
	struct found *found = found_new(text_of("U0OPS00001"), NULL, NULL);
	const struct slack_file *best;
	struct buf ids;

	(void)state;
	buf_init(&ids, 1000);
	assert_null(found_best(found));
	assert_int_equal(found_page(found, json("{}"), &ids, &fault), -1);
	assert_string_equal(fault.text, "the answer has no messages");
	assert_int_equal(
	    found_page(found,
		json(PAGE(FILE_OF("F2", "100",
			      "\"url_private_download\":\"https://x/"
			      "\\u00e9\",") "," FILE_OF("F1", "100",
			      "") "," FILE_OF("F9", "99",
			      "") ",{\"id\":\"F7\",\"created\":100,"
				  "\"file_"
				  "access\":\"check_file_info\"},{"
				  "\"file_"
				  "access\":\"check_file_info\"},7,{"
				  "\"id\":"
				  "\"F8\",\"created\":500,\"mode\":"
				  "\"tombstone\",\"name\":\"a.csv\"}",
		    "next")),
		&ids, &fault),
	    0);
	assert_string_equal(found_cursor(found), "next");
	/* the one that is told too little of */
	assert_int_equal(ids.len, sizeof("F7"));
	assert_string_equal(ids.p, "F7");
	best = found_best(found);
	assert_string_equal(best->id, "F2");
	assert_string_equal(best->url, "https://x/\xc3\xa9");
	assert_true(best->size == 7 && best->created_s == 100);
	assert_int_equal(found_info(found, json("{\"file\":null}"), &fault), 0);
	assert_int_equal(
	    found_info(
		found, json("{\"file\":" FILE_OF("F7", "100", "") "}"), &fault),
	    0);
	assert_string_equal(found_best(found)->id, "F7");
	assert_null(found_best(found)->url);
	/* another user's, and no CSV */
	assert_int_equal(
	    found_info(found,
		json("{\"file\":{\"id\":\"F9\",\"created\":900,\"mode\":"
		     "\"hosted\",\"user\":\"U0OPS00001\",\"name\":\"a.png\"}}"),
		&fault),
	    0);
	assert_int_equal(
	    found_info(found,
		json("{\"file\":{\"id\":\"F9\",\"created\":900,\"mode\":"
		     "\"hosted\",\"user\":\"U0OWNER001\",\"name\":\"a.csv\"}}"),
		&fault),
	    0);
	assert_string_equal(found_best(found)->id, "F7");
	assert_int_equal(
	    found_page(found, json(PAGE("", "next")), &ids, &fault), -1);
	assert_string_equal(
	    fault.text, "the cursor 'next' comes again: the pages have no end");
	found_free(found);

	found = found_new((struct text){ 0 }, "week-*", NULL);
	assert_int_equal(
	    found_info(found,
		json("{\"file\":{\"id\":\"F9\",\"created\":900,\"mode\":"
		     "\"hosted\",\"name\":\"week-7.txt\"}}"),
		&fault),
	    0);
	assert_string_equal(found_best(found)->id, "F9");
	assert_int_equal(found_best(found)->size, -1);
	assert_int_equal(
	    found_page(found, json(PAGE("", "")), &ids, &fault), 0);
	assert_null(found_cursor(found));
	found_free(found);
	buf_free(&ids);
}

#define SENT(type, to, key)                                              \
	"{\"metadata\":{\"event_type\":\"" type "\",\"event_payload\":{" \
	"\"to\":\"" to "\",\"key\":\"" key "\"}}}"
#define HISTORY(messages, cursor)                              \
	"{\"messages\":[" messages "],\"response_metadata\":{" \
	"\"next_cursor\":\"" cursor "\"}}"

static void
test_sent(void **state)
{
	char to[] = "U0DAY00001", key[] = "d\xc3\xa9", text[] = "x";
	struct message m = { .to = to, .key = key, .text = text };
	struct sent *sent = sent_new(&m);

	(void)state;
	assert_int_equal(sent_page(sent, json("{}"), &fault), -1);
	assert_int_equal(
	    sent_page(sent,
		json(HISTORY(
		    "7,{},{\"metadata\":null}," SENT("other", "U0DAY00001",
			"d\xc3\xa9") "," SENT("kpipe_post", "U0NIGHT001",
			"d\xc3\xa9") "," SENT("kpipe_post", "U0DAY00001", "d"),
		    "c1")),
		&fault),
	    0);
	assert_true(text_is(sent_cursor(sent), "c1"));
	assert_int_equal(sent_page(sent, json(HISTORY("", "c1")), &fault), -1);
	assert_string_equal(
	    fault.text, "the same cursor comes again: the pages have no end");
	assert_int_equal(
	    sent_page(sent,
		json(HISTORY(
		    SENT("kpipe_post", "U0DAY00001", "d\\u00e9"), "c2")),
		&fault),
	    1);
	sent_free(sent);
}

/* The message that a record is; whether it is one. */
static bool
decoded(struct message *m, const char *text)
{
	struct json_shape *shape = json_shape_new();
	struct arena *scratch = arena_new();
	struct json_value value[5];
	struct record rec = { .field = value, .scratch = scratch };
	struct message_fields field;
	struct text doc = json(text);
	bool good;

	*m = (struct message){ 0 };
	message_want(&field, shape);
	assert_int_equal(
	    json_scan_document(shape, doc.p, doc.len, value, &fault), 0);
	good = message_here(&field, &rec) &&
	       message_decode(m, &field, &rec, &fault) == 0;
	json_shape_free(shape);
	arena_free(scratch);
	return good;
}

static void
test_messages(void **state)
{
	struct message m, again;
	struct buf b;

	(void)state;
	buf_init(&b, 100000);
	assert_true(decoded(&m,
	    "{\"type\":\"message\",\"to\":\"C0COACHING\",\"text\":\"<a> & \\"
	    "ud83d\\ude00\",\"blocks\":[{\"type\":\"divider\"}]}"));
	payload_put(&m, text_of("C1"), false, &b);
	assert_string_equal(b.p,
	    "{\"channel\":\"C1\",\"text\":\"&lt;a&gt; &amp; \xf0\x9f\x98\x80\","
	    "\"blocks\":[{\"type\":\"divider\"}],\"unfurl_links\":false,"
	    "\"metadata\":{\"event_type\":\"kpipe_post\",\"event_payload\":{"
	    "\"to\":\"C0COACHING\",\"key\":"
	    "\""
	    "uw08WipW2GNik41zbRACKNchIg+HkUfEoupWdI6/ilU="
	    "\"}}}");
	message_free(&m);
	assert_true(decoded(&again,
	    "{\"type\":\"message\",\"to\":\"U0DAY00001\",\"text\":\"<a> & \\"
	    "ud83d\\ude00\",\"blocks\":null,\"key\":\"k\"}"));
	assert_string_equal(again.key, "k");
	buf_clear(&b);
	payload_put(&again, text_of("D1"), false, &b);
	assert_null(strstr(b.p, "blocks"));
	buf_clear(&b);
	message_encode(text_of("U0DAY00001"), text_of("k"), text_of("<\n"),
	    text_of("{\"type\":\"divider\"}"), &b);
	assert_string_equal(b.p,
	    "{\"type\":\"message\",\"to\":\"U0DAY00001\",\"key\":\"k\","
	    "\"text\":\"<\\n\",\"blocks\":[{\"type\":\"divider\"}]}");
	message_free(&again);
	/* what it encodes it decodes */
	assert_true(decoded(&again, b.p));
	assert_string_equal(again.text, "<\n");
	message_free(&again);
	assert_false(decoded(&m, "{\"type\":\"posted\"}"));
	assert_false(decoded(
	    &m, "{\"type\":\"message\",\"to\":\"dana\",\"text\":\"x\"}"));
	assert_string_equal(fault.text,
	    "field 'to' is 'dana', which is the id of no user and of no "
	    "conversation");
	assert_false(decoded(&m, "{\"type\":\"message\",\"to\":\"C0COACHING\","
				 "\"text\":\"\\u0000\"}"));
	assert_string_equal(fault.text, "field 'text' has a NUL");
	buf_free(&b);
}

static void
test_ids(void **state)
{
	(void)state;
	assert_true(slack_id_is_user(text_of("U0DAY00001")));
	assert_true(slack_id_is_user(text_of("W012")));
	assert_false(slack_id_is_user(text_of("C0COACHING")));
	assert_true(slack_id_is_conversation(text_of("D0COACHING")));
	assert_false(slack_id_is_conversation(text_of("C0coaching")));
	assert_false(slack_id_is_user(text_of("")));
	assert_false(slack_id_is_user((struct text){ "\0AB", 3 }));
	assert_false(slack_id_is_user((struct text){ 0 }));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_answers),
		cmocka_unit_test(test_files),
		cmocka_unit_test(test_sent),
		cmocka_unit_test(test_messages),
		cmocka_unit_test(test_ids),
	};
	int status;

	buf_init(&body, 100000);
	status = cmocka_run_group_tests_name("slack", tests, NULL, NULL);
	buf_free(&body);
	return status;
}
