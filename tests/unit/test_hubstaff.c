/* Hubstaff's side: pages, sums of time, the file of the tokens */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/file.h"
#include "hubstaff/listing.h"
#include "hubstaff/tally.h"
#include "hubstaff/tokens.h"

#define DAY 20494 /* 2026-02-10 */

static struct fault fault;
static struct buf body;
static struct listing *page;

/* Read json as a page and begin with the list. */
static int
begin(const char *json, enum listing_list list)
{
	fault = (struct fault){ 0 };
	buf_clear(&body);
	buf_str(&body, json);
	if (listing_read(page, buf_view(&body), &fault) == -1)
		return -1;
	return listing_begin(page, list, &fault);
}

static void
test_pages(void **state)
{
	struct listing_activity a;
	struct listing_member m;
	struct listing_user u;
	int64_t start;

	(void)state;
	assert_int_equal(begin("", LISTING_ORGS), -1);
	assert_int_equal(begin("[]", LISTING_ORGS), -1);
	assert_int_equal(begin("{}", LISTING_ORGS), -1);
	assert_string_equal(fault.text, "the answer has no 'organizations'");
	assert_int_equal(begin("{\"members\":[{\"user_id\":7,"
			       "\"membership_status\":\"active\","
			       "\"created_at\":\"2026-02-10T23:00:00Z\"},"
			       "{\"user_id\":8}],\"pagination\":"
			       "{\"next_page_start_id\":9}}",
			     LISTING_MEMBERS),
	    0);
	assert_int_equal(listing_member(page, &m, &fault), 1);
	assert_true(m.active && m.since == DAY && text_is(m.id, "7"));
	assert_int_equal(listing_member(page, &m, &fault), 1);
	assert_true(!m.active && m.role.p == NULL);
	assert_int_equal(m.since, instant_day(INSTANT_MIN));
	assert_int_equal(listing_member(page, &m, &fault), 0);
	assert_int_equal(listing_next(page, &start, &fault), 1);
	assert_int_equal(start, 9);
	assert_int_equal(begin("{\"users\":[{\"id\":7,\"name\":\"A\\u00e9\"},"
			       "{\"id\":\"8\"}],\"pagination\":null}",
			     LISTING_USERS),
	    0);
	assert_int_equal(listing_user(page, &u, &fault), 1);
	assert_true(text_is(u.name, "A\xc3\xa9") && u.email.p == NULL);
	assert_int_equal(listing_user(page, &u, &fault), -1);
	assert_string_equal(
	    fault.text, "users: field 'id' is missing, or no id");
	assert_int_equal(listing_next(page, &start, &fault), 0);
	assert_int_equal(
	    begin("{\"daily_activities\":[{\"id\":1,\"user_id\":7,\"date\":"
		  "\"2026-02-10\",\"tracked\":90000}]}",
		LISTING_ACTIVITIES),
	    0);
	assert_int_equal(listing_activity(page, &a, &fault), 1);
	assert_true(a.day == DAY && a.tracked_s == 90000);
}

/* An activity that must be refused, and why. */
static void
refused(const char *members, const char *why)
{
	struct listing_activity a;
	char json[300];

	snprintf(json, sizeof(json), "{\"daily_activities\":[%s]}", members);
	assert_int_equal(begin(json, LISTING_ACTIVITIES), 0);
	assert_int_equal(listing_activity(page, &a, &fault), -1);
	assert_string_equal(fault.text, why);
}

static void
test_what_is_no_time(void **state)
{
	(void)state;
	refused("7", "an element of 'daily_activities' is no object");
	refused(
	    "{\"id\":0}", "daily_activities: field 'id' is missing, or no id");
	refused("{\"id\":1}", "activity 1: daily_activities: field 'user_id' "
			      "is missing, or no id");
	refused("{\"id\":1,\"user_id\":7,\"date\":\"2026-02-30\"}",
	    "activity 1: field 'date' is no day");
#define HEAD "{\"id\":1,\"user_id\":7,\"date\":\"2026-02-10\""
#define WHY  "activity 1: field 'tracked' is no number of seconds in a day"
	refused(HEAD "}", WHY);
	refused(HEAD ",\"tracked\":null}", WHY);
	refused(HEAD ",\"tracked\":-1}", WHY);
	refused(HEAD ",\"tracked\":1.5}", WHY);
	refused(HEAD ",\"tracked\":\"60\"}", WHY);
	refused(HEAD ",\"tracked\":90001}", WHY);
}

static void
test_sums(void **state)
{
	struct tally *t = tally_new(DAY, DAY + 1);
	struct tally_sums sums;
	size_t one, two, at = 0;
	struct buf b;

	(void)state;
	buf_init(&b, 10000);
	one = tally_org(t, text_of("42"));
	two = tally_org(t, text_of("43"));
	/* a member of both, in two projects and two organisations */
	tally_member(t, two, text_of("8"), DAY - 9);
	tally_member(t, one, text_of("8"), DAY + 1);
	tally_add(t, one, text_of("8"), DAY, 1800);
	tally_add(t, one, text_of("8"), DAY, 1799);
	tally_add(t, two, text_of("8"), DAY, 1);
	/* one who came on the second day, one who left, one who is a name */
	tally_member(t, one, text_of("70"), DAY + 1);
	tally_add(t, two, text_of("9"), DAY + 1, 60);
	tally_add(t, two, text_of("9"), DAY, 0);
	tally_name(t, text_of("11"), text_of("Nobody"), text_of(""));
	tally_name(t, text_of("8"), text_of(" Ama "), text_of(""));
	tally_name(t, text_of("8"), (struct text){ NULL, 0 }, text_of("a@b"));
	assert_int_equal(tally_put(t, false, &b), 4);
#define LINE "{\"type\":\"hubstaff_hours\",\"date\":\"2026-02-1"
	assert_string_equal(b.p,
	    LINE "0\",\"user_id\":\"8\",\"name\":\"Ama\",\"email\":\"a@b\","
		 "\"org_ids\":[\"42\",\"43\"],\"member\":true,"
		 "\"tracked_s\":3600}\n" LINE
		 "1\",\"user_id\":\"70\",\"name\":null,\"email\":null,"
		 "\"org_ids\":[\"42\"],\"member\":true,"
		 "\"tracked_s\":0}\n" LINE
		 "1\",\"user_id\":\"8\",\"name\":\"Ama\",\"email\":\"a@b\","
		 "\"org_ids\":[\"42\",\"43\"],\"member\":true,"
		 "\"tracked_s\":0}\n" LINE
		 "1\",\"user_id\":\"9\",\"name\":null,\"email\":null,"
		 "\"org_ids\":[\"43\"],\"member\":false,"
		 "\"tracked_s\":60}\n");
	buf_clear(&b);
	assert_int_equal(tally_put(t, true, &b), 2);
	sums = tally_sums(t, one);
	assert_true(sums.members == 2 && sums.people == 1 &&
		    sums.unnamed == 1 && sums.tracked_s == 3599);
	assert_true(text_is(tally_unnamed(t, &at), "70"));
	assert_true(text_is(tally_unnamed(t, &at), "9"));
	assert_null(tally_unnamed(t, &at).p);
	buf_free(&b);
	tally_free(t);
}

static void
write_file(const char *path, const char *text, mode_t mode)
{
	FILE *file = fopen(path, "w");

	assert_non_null(file);
	fputs(text, file);
	fclose(file);
	assert_int_equal(chmod(path, mode), 0);
}

static void
test_tokens(void **state)
{
	char folder[] = "/tmp/kpipe-tokens.XXXXXX", path[60], left[80];
	struct tokens t = { .asked_at = TOKENS_NEVER }, again;
	char tag[TOKENS_TAG];
	struct stat st;
	char **found;

	(void)state;
	assert_non_null(mkdtemp(folder));
	snprintf(path, sizeof(path), "%s/t", folder);
	assert_int_equal(tokens_read(&again, path, &fault), 0);
	assert_null(again.refresh);
	tokens_tag("a", tag);
	tokens_set(&t.endpoint, "https://x");
	tokens_set(&t.seed, tag);
	tokens_set(&t.refresh, "r\"1");
	assert_int_equal(tokens_write(&t, path, &fault), 0);
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	tokens_set(&t.access, "a1");
	t.ends_s = 1772442000;
	t.asked_at = INT64_C(1772442000000001);
	assert_int_equal(tokens_write(&t, path, &fault), 0);
	assert_int_equal(tokens_read(&again, path, &fault), 0);
	assert_string_equal(again.refresh, "r\"1");
	assert_string_equal(again.access, "a1");
	assert_string_equal(again.seed, tag);
	assert_true(again.ends_s == t.ends_s && again.asked_at == t.asked_at);
	tokens_free(&again);

	/* what a killed writer leaves */
	snprintf(left, sizeof(left), "%s/.t.Ab12cD", folder);
	write_file(left, "{", 0600);
	snprintf(left, sizeof(left), "%s/.t.Ab12cDe", folder);
	write_file(left, "not ours", 0600);
	found = file_replace_left(path);
	assert_non_null(found[0]);
	assert_null(found[1]);
	assert_int_equal(tokens_read(&again, found[0], &fault), -1);
	assert_int_equal(fault.kind, FAULT_DATA);
	file_replace_left_free(found);
	file_replace_sweep(path);
	found = file_replace_left(path);
	assert_null(found[0]);
	file_replace_left_free(found);
	assert_int_equal(unlink(left), 0);

	assert_int_equal(chmod(path, 0640), 0);
	assert_int_equal(tokens_read(&again, path, &fault), -1);
	assert_int_equal(fault.kind, FAULT_USAGE);
	write_file(
	    path, "{\"type\":\"hubstaff_tokens\",\"endpoint\":\"x\"}", 0600);
	assert_int_equal(tokens_read(&again, path, &fault), -1);
	assert_int_equal(fault.kind, FAULT_DATA);
	assert_null(strstr(fault.text, "refresh"));
	tokens_free(&t);
	assert_int_equal(unlink(path), 0);
	assert_int_equal(rmdir(folder), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_pages),
		cmocka_unit_test(test_what_is_no_time),
		cmocka_unit_test(test_sums),
		cmocka_unit_test(test_tokens),
	};
	int status;

	page = listing_new();
	buf_init(&body, 10000);
	status = cmocka_run_group_tests(tests, NULL, NULL);
	listing_free(page);
	buf_free(&body);
	return status;
}
