/* What metrics says of chatters, read back. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <math.h>

#include <cmocka.h>

#include "record/chatter_row.h"

static struct json_shape *shape;
static struct arena *keep, *scratch;
static struct buf line;
static struct fault fault;
static struct json_value value[2 * LAYOUT_FIELDS];

/* 1 when json is such a record and was read, 0 when it is another, -1. */
static int
read_row(void *row, const struct layout *layout, const char *json)
{
	struct record rec = { .field = value, .scratch = scratch };
	struct layout_fields at;
	int status = 0;

	fault = (struct fault){ 0 };
	shape = json_shape_new();
	layout_want(&at, layout, shape);
	buf_clear(&line);
	buf_str(&line, json);
	assert_int_equal(
	    json_scan_document(shape, line.p, line.len, value, &fault), 0);
	if (layout_here(&at, layout, &rec))
		status =
		    layout_decode(row, &at, layout, &rec, keep, &fault) == -1
			? -1
			: 1;
	json_shape_free(shape);
	/* nothing may be borrowed of the line */
	memset(line.p, '#', line.len);
	return status;
}

static void
test_sums(void **state)
{
	struct chatter_sums sums;

	(void)state;
	assert_int_equal(
	    read_row(&sums, &chatter_team_layout,
		"{\"type\":\"chatter_team\",\"date\":\"2026-02-10\","
		"\"team\":\"day\",\"name\":\"Team D\",\"color\":null,"
		"\"worked\":2,\"sales\":502.1,\"cvr_pct\":null,\"traffic\":{"
		"\"ratio\":2.5,\"text\":\"\\u00d7\",\"lasts\":true}}"),
	    1);
	assert_true(text_is(sums.key, "day") && text_is(sums.name, "Team D"));
	assert_true(sums.color.p == NULL && sums.shift_start.p == NULL);
	assert_true(sums.worked == 2 && sums.sales == 502.1);
	assert_true(isnan(sums.cvr_pct) && isnan(sums.chatters));
	assert_true(sums.traffic.ratio == 2.5 && sums.traffic.lasts);
	assert_true(text_is(sums.traffic.text, "\xc3\x97"));
	assert_int_equal(read_row(&sums, &chatter_team_layout,
			     "{\"type\":\"chatter\",\"date\":1}"),
	    0);
	assert_int_equal(read_row(&sums, &chatter_summary_layout,
			     "{\"type\":\"chatter_summary\"}"),
	    -1);
	assert_string_equal(fault.text, "field 'date' is missing");
	assert_int_equal(read_row(&sums, &chatter_summary_layout,
			     "{\"type\":\"chatter_summary\",\"date\":"
			     "\"10 Feb\"}"),
	    -1);
	assert_string_equal(
	    fault.text, "field 'date' is no day as 2026-02-10: '10 Feb'");
	assert_int_equal(read_row(&sums, &chatter_team_layout,
			     "{\"type\":\"chatter_team\",\"date\":"
			     "\"2026-02-10\",\"traffic\":{\"lasts\":1}}"),
	    -1);
	assert_string_equal(
	    fault.text, "field 'traffic.lasts' is neither true nor false");
}

static void
test_rows(void **state)
{
	struct candidate_row candidate;
	struct json_value why;
	struct chatter_row row;
	const char *at = NULL;

	(void)state;
	assert_int_equal(
	    read_row(&row, &chatter_layout,
		"{\"type\":\"chatter\",\"date\":\"2026-02-10\",\"id\":7,"
		"\"status\":\"worked\",\"fans_hr\":8,\"score_int\":28,"
		"\"traffic\":\"low\",\"coaching\":{\"days\":5,\"due\":true,"
		"\"urgency\":null}}"),
	    1);
	assert_true(text_is(row.id, "7") && text_is(row.traffic, "low"));
	assert_true(row.figure[FIGURE_FANS_HR] == 8 && row.score_int == 28);
	assert_true(row.is_due && row.coached_days == 5 && isnan(row.urgency));
	assert_int_equal(row.coaching.kind, VALUE_OBJECT);
	assert_int_equal(row.days.kind, VALUE_ABSENT);
	assert_int_equal(
	    read_row(&candidate, &candidate_layout,
		"{\"type\":\"coaching_candidate\",\"date\":\"2026-02-10\","
		"\"id\":\"a\",\"why\":[\"Never coached\",\"x\"]}"),
	    1);
	assert_true(json_next(candidate.why, &at, NULL, &why));
	assert_true(text_is(json_text(why, keep), "Never coached"));
	assert_true(json_next(candidate.why, &at, NULL, &why));
	assert_false(json_next(candidate.why, &at, NULL, &why));
	assert_int_equal(
	    read_row(&candidate, &candidate_layout,
		"{\"type\":\"coaching_candidate\",\"date\":\"2026-02-10\","
		"\"id\":\"\"}"),
	    -1);
	assert_string_equal(fault.text, "field 'id' is empty");
}

static void
test_weeks(void **state)
{
	struct chatter_team_week_row team;
	struct chatter_week_row week;

	(void)state;
	assert_int_equal(
	    read_row(&week, &chatter_week_layout,
		"{\"type\":\"chatter_week\",\"week\":\"2026-W07\","
		"\"week_start\":\"2026-02-09\",\"id\":\"a\",\"days\":2,"
		"\"sales_hr\":57.5,\"score\":null,\"arrow\":\"up\"}"),
	    1);
	assert_true(week.days == 2 && week.figure[FIGURE_SALES_HR] == 57.5);
	assert_true(isnan(week.score) && text_is(week.arrow, "up"));
	assert_int_equal(
	    read_row(&team, &chatter_team_week_layout,
		"{\"type\":\"chatter_team_week\",\"week\":\"2026-W07\","
		"\"week_start\":\"2026-02-09\",\"team\":\"day\","
		"\"sessions\":3,\"uneven_days\":\"2\"}"),
	    -1);
	assert_string_equal(fault.text, "field 'uneven_days' is no number");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_sums),
		cmocka_unit_test(test_rows),
		cmocka_unit_test(test_weeks),
	};
	int status;

	keep = arena_new();
	scratch = arena_new();
	buf_init(&line, 100000);
	status = cmocka_run_group_tests_name("chatter_row", tests, NULL, NULL);
	buf_free(&line);
	arena_free(keep);
	arena_free(scratch);
	return status;
}
