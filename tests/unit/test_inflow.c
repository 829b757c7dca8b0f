/* the record of inflow-parse read back, and pairs that are sorted */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include <math.h>
#include <string.h>

#include "base/sorter.h"
#include "record/inflow_row.h"

struct reading {
	struct json_shape *shape;
	struct inflow_row_fields at;
	struct json_value field[INFLOW_FIGURES + 8];
	struct record rec;
	struct inflow_row row;
	struct buf b;
	struct fault f;
};

/* What the decoder makes of json: 0 or -1, as it returns. */
static int
decode(struct reading *r, const char *json)
{
	memset(r, 0, sizeof(*r));
	r->shape = json_shape_new();
	inflow_row_want(&r->at, r->shape);
	r->rec.field = r->field;
	r->rec.scratch = arena_new();
	buf_init(&r->b, 1 << 16);
	buf_str(&r->b, json);
	assert_int_equal(
	    json_scan_document(r->shape, r->b.p, r->b.len, r->field, &r->f), 0);
	assert_true(inflow_row_here(&r->at, &r->rec));
	return inflow_row_decode(&r->row, &r->at, &r->rec, &r->f);
}

static void
end(struct reading *r)
{
	arena_free(r->rec.scratch);
	json_shape_free(r->shape);
	buf_free(&r->b);
}

static void
record_comes_back(void **state)
{
	static const char json[] =
	    "{\"type\":\"inflow_row\",\"date\":\"2026-02-10\",\"tz\":null,"
	    "\"name\":\"Alice Moreno\",\"email\":null,\"group\":\"Day\","
	    "\"creators\":\"Mia\",\"sales\":412.5,\"ppv_sales\":300,\"tips\":"
	    "62.5,\"dm_sales\":50,\"messages_sent\":685,\"ppvs_sent\":21,"
	    "\"ppvs_unlocked\":9,\"golden_pct\":3.1,\"unlock_pct\":42.9,"
	    "\"fans\":63,\"fans_spent\":6,\"cvr_pct\":9.5,\"reply_s\":102,"
	    "\"clocked_h\":7.75,\"scheduled_h\":null,\"sales_hr_csv\":53.23,"
	    "\"msg_hr_csv\":88.4,\"fans_hr_csv\":8.1,\"chars\":null,\"rows\":"
	    "2}";
	struct reading r;
	struct buf b;

	(void)state;
	assert_int_equal(decode(&r, json), 0);
	assert_true(text_is(r.row.name, "Alice Moreno"));
	assert_null(r.row.tz.p);
	assert_true(r.row.figure[INFLOW_SALES] == 412.5);
	assert_true(isnan(r.row.figure[INFLOW_CHARS]));
	assert_int_equal(r.row.rows, 2);
	buf_init(&b, 1 << 16);
	inflow_row_put(&r.row, &b);
	assert_string_equal(b.p, json);
	buf_free(&b);
	end(&r);
}

static void
bad_fields_are_named(void **state)
{
	struct reading r;

	(void)state;
	assert_int_equal(
	    decode(&r, "{\"type\":\"inflow_row\",\"date\":\"2026-02-10\"}"),
	    -1);
	assert_non_null(strstr(r.f.text, "'name'"));
	end(&r);
	assert_int_equal(decode(&r, "{\"type\":\"inflow_row\",\"name\":\"A\","
				    "\"date\":\"2026-02-10\",\"fans\":\"x\"}"),
	    -1);
	assert_non_null(strstr(r.f.text, "'fans'"));
	end(&r);
}

/* Add nr pairs in a stirred order, of which every third has a key again. */
static void
sort_pairs(size_t nr, size_t memory)
{
	struct sorter *s = sorter_new("/tmp", memory);
	struct text k, v;
	struct fault f = { 0 };
	char key[16], value[40], last[16] = "";
	size_t i, seen = 0;
	unsigned at, before = 0;

	for (i = 0; i < nr; i++) {
		snprintf(key, sizeof(key), "k%06zu", i * 7919 % nr / 3);
		snprintf(value, sizeof(value), "%zu", i);
		assert_int_equal(
		    sorter_add(s, text_of(key), text_of(value), &f), 0);
	}
	while (sorter_next(s, &k, &v, &f) == 1) {
		assert_int_equal(k.len, 7);
		snprintf(key, sizeof(key), "%.*s", TEXT_ARG(k));
		snprintf(value, sizeof(value), "%.*s", TEXT_ARG(v));
		assert_int_equal(sscanf(value, "%u", &at), 1);
		if (strcmp(key, last) == 0)
			assert_true(at > before);
		else
			assert_true(strcmp(key, last) > 0);
		memcpy(last, key, sizeof(last));
		before = at;
		seen++;
	}
	assert_int_equal(seen, nr);
	assert_int_equal(sorter_next(s, &k, &v, &f), 0);
	sorter_free(s);
}

static void
pairs_are_sorted(void **state)
{
	(void)state;
	sort_pairs(0, 1 << 20);
	sort_pairs(1, 1 << 20);
	sort_pairs(10007, 1 << 24);
	/* in some 30 runs, and in one for each pair */
	sort_pairs(10007, 10000);
	sort_pairs(101, 1);
}

static void
long_pairs_are_sorted(void **state)
{
	struct sorter *s = sorter_new("/tmp", 100);
	struct text k, v, large;
	struct fault f = { 0 };
	size_t len = 3u << 20;
	struct buf b;

	(void)state;
	buf_init(&b, len);
	memset(buf_room(&b, len), 'x', len);
	b.len = len;
	large = buf_view(&b);
	assert_int_equal(sorter_add(s, text_of("b"), large, &f), 0);
	assert_int_equal(sorter_add(s, text_of("a"), text_of("1"), &f), 0);
	assert_int_equal(sorter_add(s, text_of("c"), text_of(""), &f), 0);
	assert_int_equal(sorter_next(s, &k, &v, &f), 1);
	assert_true(text_is(v, "1"));
	assert_int_equal(sorter_next(s, &k, &v, &f), 1);
	assert_true(text_equal(v, large));
	assert_int_equal(sorter_next(s, &k, &v, &f), 1);
	assert_true(text_is(k, "c"));
	assert_int_equal(v.len, 0);
	assert_int_equal(sorter_next(s, &k, &v, &f), 0);
	sorter_free(s);
	buf_free(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(record_comes_back),
		cmocka_unit_test(bad_fields_are_named),
		cmocka_unit_test(pairs_are_sorted),
		cmocka_unit_test(long_pairs_are_sorted),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
