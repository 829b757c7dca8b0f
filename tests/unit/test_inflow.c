/* what inflow-parse reads, puts aside, sorts and writes */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/loose.h"
#include "base/sorter.h"
#include "inflow/row.h"
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

struct pair {
	char key[40];
	size_t len;
	size_t at;
};

static int
compare_pairs(const void *a, const void *b)
{
	const struct pair *x = a, *y = b;
	int order = text_compare(
	    (struct text){ x->key, x->len }, (struct text){ y->key, y->len });

	return order != 0 ? order : (x->at > y->at) - (x->at < y->at);
}

/* Keys of few letters, NUL one of them, that are long the same, and twice. */
static void
sort_alike(size_t nr, size_t memory, unsigned letters)
{
	struct pair *pair = calloc(nr, sizeof(*pair));
	struct sorter *s = sorter_new("/tmp", memory);
	uint64_t random = 1;
	struct text k, v;
	struct fault f = { 0 };
	size_t i, n;

	for (i = 0; i < nr; i++) {
		random = random * UINT64_C(6364136223846793005) + 1;
		pair[i].len = random >> 33 & 31;
		memset(pair[i].key, 'a', 20);
		for (n = (random >> 40) % 20; n < pair[i].len; n++)
			pair[i].key[n] =
			    (char)((random >> n) % letters * 'a' / 2);
		pair[i].at = i;
		k = (struct text){ pair[i].key, pair[i].len };
		v = (struct text){ (const char *)&i, sizeof(i) };
		assert_int_equal(sorter_add(s, k, v, &f), 0);
	}
	qsort(pair, nr, sizeof(*pair), compare_pairs);
	for (i = 0; i < nr; i++) {
		assert_int_equal(sorter_next(s, &k, &v, &f), 1);
		memcpy(&n, v.p, sizeof(n));
		assert_int_equal(n, pair[i].at);
		assert_true(
		    text_equal(k, (struct text){ pair[i].key, pair[i].len }));
	}
	assert_int_equal(sorter_next(s, &k, &v, &f), 0);
	sorter_free(s);
	free(pair);
}

static void
alike_keys_are_sorted(void **state)
{
	(void)state;
	sort_alike(20000, 1 << 24, 2);
	sort_alike(20000, 1 << 24, 3);
	sort_alike(20000, 100000, 3);
	sort_alike(1000, 1 << 24, 1);
}

static void
orders_that_sorting_may_not_like(void **state)
{
	struct sorter *s = sorter_new("/tmp", 1 << 24);
	struct text k, v;
	struct fault f = { 0 };
	char key[16];
	unsigned i, x, at;

	(void)state;
	/* up, down, up and down as an organ has its pipes */
	for (i = 0; i < 60000; i++) {
		x = i < 20000	? i
		    : i < 40000 ? 40000 - i
				: (i % 2 == 0 ? i : 100000 - i);
		snprintf(key, sizeof(key), "%08u", x);
		assert_int_equal(
		    sorter_add(s, text_of(key), text_of(key), &f), 0);
	}
	for (i = 0, at = 0; i < 60000; i++) {
		assert_int_equal(sorter_next(s, &k, &v, &f), 1);
		snprintf(key, sizeof(key), "%.*s", TEXT_ARG(k));
		assert_int_equal(sscanf(key, "%u", &x), 1);
		assert_true(x >= at);
		at = x;
	}
	sorter_free(s);
}

static bool
same_figure(const struct figure *a, const struct figure *b)
{
	return a->x.digits == b->x.digits && a->x.places == b->x.places &&
	       a->other == b->other && a->known == b->known &&
	       a->percent == b->percent && a->seconds == b->seconds &&
	       a->settled == b->settled;
}

/* The row that row_to_bytes made comes back from memory that ends behind it. */
static void
packed_rows_come_back(void **state)
{
	static const int64_t digits[] = { 0, 1, -1, 63, 127, 128, -412500,
		999999999999999, -999999999999999 };
	struct row row, again;
	struct buf b;
	char *exact;
	size_t i, n;

	(void)state;
	buf_init(&b, 1 << 16);
	for (n = 0; n < 40; n++) {
		memset(&row, 0, sizeof(row));
		row.line = UINT64_C(1) << n;
		row.bad = n % 3 == 0;
		for (i = 0; i < INFLOW_FIGURES; i++) {
			row.figure[i].known = (i + n) % 4 != 0;
			if (!row.figure[i].known)
				continue;
			row.figure[i].x.digits = digits[(i + n) % 9];
			row.figure[i].x.places = (i * n) % 15;
			if ((i + n) % 7 == 0)
				row.figure[i].x = decimal_of_double(-1e300);
			row.figure[i].other = (uint8_t)(n % 3);
			row.figure[i].percent = n % 2;
			row.figure[i].seconds = i % 2;
		}
		row.text[ROW_NAME] = text_of("Alice Moreno");
		if (n % 2)
			row.text[ROW_CREATORS] = text_of("");
		if (n == 39)
			memset(&row.text, 0, sizeof(row.text));
		buf_clear(&b);
		row_to_bytes(&row, &b);
		exact = malloc(b.len);
		memcpy(exact, b.p, b.len);
		row_from_bytes(&again, (struct text){ exact, b.len });
		assert_int_equal(again.line, row.line);
		assert_int_equal(again.bad, row.bad);
		for (i = 0; i < INFLOW_FIGURES; i++)
			assert_true(
			    same_figure(&again.figure[i], &row.figure[i]));
		for (i = 0; i < ROW_TEXTS; i++) {
			assert_true(text_equal(again.text[i], row.text[i]));
			assert_int_equal(
			    again.text[i].p == NULL, row.text[i].p == NULL);
		}
		free(exact);
	}
	buf_free(&b);
}

static void
numbers_of_any_length(void **state)
{
	static const char *const good[] = { "7", "63", "685", "1234", "12345",
		"123456", "1234567", "12345678", "123456789", "123456789012345",
		"1.5", "12.5", "0.05", "412.50", "9999.9", "12345.67",
		"123456.7", "1234567.8", "123456789.25", "1234.567", "0.1234" };
	static const char *const bad[] = { "", ".", "5.", "1:2", "3/4", "12a",
		"a12", "1234567:", "1;5", "1..5", "1.2.3", "12-4", "1234567.",
		"\xb1\xb2", "1\xb2" };
	struct loose_number n;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
		char text[40];
		double x = strtod(good[i], NULL);

		assert_true(loose_number_parse(text_of(good[i]), &n));
		assert_true(decimal_value(n.x) == x);
		assert_int_equal(n.proves,
		    strchr(good[i], '.') == NULL ? LOOSE_UNKNOWN : LOOSE_POINT);
		snprintf(text, sizeof(text), "$%s%%", good[i]);
		assert_true(loose_number_parse(text_of(text), &n));
		assert_true(decimal_value(n.x) == x);
		assert_true(n.currency && n.percent);
	}
	assert_true(loose_number_parse(text_of("412,50 \xe2\x82\xac"), &n));
	assert_true(decimal_value(n.x) == 412.5 && n.currency);
	assert_int_equal(n.proves, LOOSE_COMMA);
	assert_true(loose_number_parse(text_of("63\xe2\x82\xac"), &n));
	assert_true(decimal_value(n.x) == 63 && n.currency);
	assert_true(loose_number_parse(text_of("1234,567"), &n));
	assert_true(decimal_value(n.x) == 1234.567);
	assert_int_equal(n.proves, LOOSE_COMMA);
	assert_true(loose_number_parse(text_of("1,234"), &n));
	assert_int_equal(n.other, LOOSE_THOUSANDTHS);
	assert_false(loose_number_parse(text_of("$5 \xe2\x82\xac"), &n));
	assert_false(loose_number_parse(text_of("\xe2\x82\xac"), &n));
	assert_false(loose_number_parse(text_of("5\xe2\x82\xac%5"), &n));
	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_false(loose_number_parse(text_of(bad[i]), &n));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(record_comes_back),
		cmocka_unit_test(bad_fields_are_named),
		cmocka_unit_test(pairs_are_sorted),
		cmocka_unit_test(long_pairs_are_sorted),
		cmocka_unit_test(alike_keys_are_sorted),
		cmocka_unit_test(orders_that_sorting_may_not_like),
		cmocka_unit_test(packed_rows_come_back),
		cmocka_unit_test(numbers_of_any_length),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
