/* what changes: of lines, and of a tab */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/line_diff.h"
#include "google/push.h"

static struct fault fault;

/*
 * Lines
 */

/* Each letter is a line. */
static size_t
letters(const char *s, struct text *line)
{
	size_t i;

	for (i = 0; s[i] != '\0'; i++)
		line[i] = (struct text){ s + i, 1 };
	return i;
}

static void
diff(struct buf *b, const char *before, const char *after)
{
	struct text a[64], c[64];
	size_t nr = letters(before, a);

	buf_init(b, 10000);
	line_diff(b, a, nr, c, letters(after, c));
	buf_char(b, '\0');
}

static void
differ(const char *before, const char *after, const char *expected)
{
	struct buf b;

	diff(&b, before, after);
	assert_string_equal(b.p, expected);
	buf_free(&b);
}

static void
test_diff(void **state)
{
	(void)state;
	differ("", "", "");
	differ("abc", "abc", "");
	differ("", "a", "@@ -0,0 +1 @@\n+a\n");
	differ("a", "", "@@ -1 +0,0 @@\n-a\n");
	differ("ab", "cb", "@@ -1,2 +1,2 @@\n-a\n+c\n b\n");
	differ("abcdefgh", "abcdXefgh",
	    "@@ -2,6 +2,7 @@\n b\n c\n d\n+X\n e\n f\n g\n");
	/* six lines between two changes still join them, seven do not */
	differ("a123456b", "A123456B",
	    "@@ -1,8 +1,8 @@\n-a\n+A\n 1\n 2\n 3\n 4\n 5\n 6\n-b\n+B\n");
	differ("a1234567b", "A1234567B",
	    "@@ -1,4 +1,4 @@\n-a\n+A\n 1\n 2\n 3\n"
	    "@@ -6,4 +6,4 @@\n 5\n 6\n 7\n-b\n+B\n");
}

/* Follow the hunks from before to after. */
static void
follow(const char *hunk, const char *before, const char *after)
{
	size_t i = 0, j = 0, first, second;
	const char *plus;

	for (; *hunk != '\0'; hunk = strchr(hunk, '\n') + 1) {
		if (hunk[0] == '@') {
			plus = strchr(hunk, '+');
			assert_int_equal(sscanf(hunk, "@@ -%zu", &first), 1);
			assert_int_equal(sscanf(plus, "+%zu", &second), 1);
			first -= memcmp(strpbrk(hunk + 4, ", "), ",0", 2) != 0;
			second -= memcmp(strpbrk(plus, ", "), ",0", 2) != 0;
			for (; i < first; i++, j++)
				assert_int_equal(before[i], after[j]);
			assert_int_equal(j, second);
			continue;
		}
		if (hunk[0] != '+')
			assert_int_equal(before[i++], hunk[1]);
		if (hunk[0] != '-')
			assert_int_equal(after[j++], hunk[1]);
	}
	assert_string_equal(before + i, after + j);
}

static void
test_diff_leads_there(void **state)
{
	char before[41], after[41];
	uint32_t x = 1, round;
	struct buf b;
	size_t i;

	(void)state;
	for (round = 0; round < 3000; round++) {
		for (i = 0; i < 80; i++) {
			x = x * 1664525 + 1013904223;
			(i < 40 ? before : after)[i % 40] =
			    (char)('a' + (x >> 24) % 3);
		}
		before[(x >> 8) % 41] = after[(x >> 16) % 41] = '\0';
		before[40] = after[40] = '\0';
		diff(&b, before, after);
		follow(b.p, before, after);
		buf_free(&b);
	}
}

/*
 * A tab
 */
static void
add_row(struct cells *c, const char *id, const char *name, const char *mark)
{
	const char *text[] = { id, name, mark };
	struct cells_value v[3];
	size_t i;

	for (i = 0; i < 3; i++)
		v[i] = (struct cells_value){ CELLS_TEXT, text_of(text[i]) };
	cells_add(c, v, 3);
}

static int
push_two(struct push *p, const char *id, const char *name)
{
	const struct cells_value v[] = { { CELLS_TEXT, text_of(id) },
		{ CELLS_TEXT, text_of(name) } };

	return push_row(p, v, &fault);
}

static const char *const headers[] = { "id", "name" };
static const char *const marks[] = { "mark" };

static void
wants(bool is, struct buf *b, const char *expected)
{
	assert_int_equal(is, expected != NULL);
	if (expected != NULL)
		assert_string_equal(b->p, expected);
	buf_free(b);
	buf_init(b, 10000);
}

static void
test_push(void **state)
{
	struct cells *there = cells_new();
	struct push_conf conf = { .tab = "it's",
		.there = there,
		.header = headers,
		.nr = 2,
		.keep = marks,
		.keep_nr = 1,
		.keep_key = "id" };
	struct push_counts n;
	struct push *p;
	struct buf b;

	(void)state;
	buf_init(&b, 10000);
	add_row(there, "id", "name", "mark");
	add_row(there, "1", "A", "x");
	add_row(there, "2", "B", "");
	add_row(there, "3", "C", "z");
	p = push_new(&conf, &fault);
	assert_non_null(p);
	assert_int_equal(push_two(p, "3", "C"), 0);
	assert_int_equal(push_room(p), 2);
	wants(push_write(p, &b), &b,
	    "{\"valueInputOption\":\"RAW\",\"data\":[{\"range\":\"'it''s'!A2\","
	    "\"majorDimension\":\"ROWS\",\"values\":[[\"3\",\"C\",\"z\"]]}]}");
	wants(push_write(p, &b), &b, NULL);
	wants(push_clear(p, &b), &b, "{\"ranges\":[\"'it''s'!A3:C4\"]}");
	push_count(p, &n);
	assert_int_equal(n.changed, 1);
	assert_int_equal(n.removed, 2);
	push_free(p);

	conf.keep_nr = 0;
	conf.key = "id";
	p = push_new(&conf, &fault);
	assert_int_equal(push_two(p, "2", "B"), 0);
	assert_int_equal(push_two(p, "3", "D"), 0);
	assert_int_equal(push_two(p, "4", "E"), 0);
	assert_int_equal(push_two(p, "4", "E"), -1);
	assert_string_equal(fault.text, "the key 'id' 4 came before");
	assert_int_equal(push_two(p, "", "E"), -1);
	assert_int_equal(push_room(p), 5);
	wants(push_write(p, &b), &b,
	    "{\"valueInputOption\":\"RAW\",\"data\":[{\"range\":\"'it''s'!A4\","
	    "\"majorDimension\":\"ROWS\",\"values\":[[null,\"D\"],"
	    "[\"4\",\"E\"]]}]}");
	wants(push_write(p, &b), &b, NULL);
	wants(push_clear(p, &b), &b, NULL);
	push_free(p);
	buf_free(&b);
	cells_free(there);
}

static void
test_same(void **state)
{
	struct cells *there = cells_new();
	struct push_conf conf = {
		.tab = "t", .there = there, .header = headers, .nr = 2
	};
	struct push *p;
	struct buf b;

	(void)state;
	buf_init(&b, 10000);
	add_row(there, "id", "name", "");
	add_row(there, "1", "A", "beside");
	p = push_new(&conf, &fault);
	assert_int_equal(push_two(p, "1", "A"), 0);
	assert_int_equal(push_room(p), 0);
	wants(push_write(p, &b), &b, NULL);
	wants(push_clear(p, &b), &b, NULL);
	push_diff(p, &b);
	assert_int_equal(b.len, 0);
	push_free(p);
	buf_free(&b);
	cells_free(there);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_diff),
		cmocka_unit_test(test_diff_leads_there),
		cmocka_unit_test(test_push),
		cmocka_unit_test(test_same),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
