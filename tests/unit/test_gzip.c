/* What is packed is unpacked, in pieces too, and what is broken is told. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "base/gzip.h"

#define BIG (3u << 20)

/* Bytes that pack a little, from a fixed seed. */
static struct buf
sample(size_t len)
{
	struct buf b;
	uint32_t x = 1;

	buf_init(&b, len);
	while (b.len < len) {
		x = x * 1664525 + 1013904223;
		buf_char(&b, "abcdefghijklmnop"[x >> 28]);
	}
	return b;
}

static void
in_pieces(const struct buf *packed, struct text want, size_t piece)
{
	struct gunzip *g = gunzip_new();
	struct fault f = { 0 };
	struct buf out;
	size_t at, len;

	buf_init(&out, want.len);
	for (at = 0; at < packed->len; at += len) {
		assert_false(gunzip_whole(g));
		len = packed->len - at < piece ? packed->len - at : piece;
		if (gunzip_add(g, (struct text){ packed->p + at, len }, &out,
			&f) == -1)
			fail_msg("%s", f.text);
	}
	assert_true(gunzip_whole(g));
	assert_true(text_equal(buf_view(&out), want));
	buf_free(&out);
	gunzip_free(g);
}

static void
what_is_packed_comes_out_again(void **state)
{
	static const size_t len[] = { 0, 1, 1000, 65536, BIG };
	struct buf in, packed;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(len) / sizeof(len[0]); i++) {
		in = sample(len[i]);
		buf_init(&packed, BIG * 2);
		gzip_pack(&packed, buf_view(&in), 1);
		in_pieces(&packed, buf_view(&in), BIG * 2);
		in_pieces(&packed, buf_view(&in), 7);
		buf_free(&packed);
		buf_free(&in);
	}
}

static void
members_follow_each_other(void **state)
{
	struct buf in = sample(1000), packed;
	struct gunzip *g = gunzip_new();
	struct fault f = { 0 };
	struct buf out;
	size_t first;
	int i;

	(void)state;
	buf_init(&packed, 10000);
	gzip_pack(&packed, (struct text){ in.p, 400 }, 6);
	first = packed.len;
	gzip_pack(&packed, (struct text){ in.p + 400, 600 }, 6);
	buf_init(&out, 1000);
	for (i = 0; i < 2; i++) {
		buf_clear(&out);
		gunzip_clear(g);
		assert_int_equal(gunzip_add(g, buf_view(&packed), &out, &f), 0);
		assert_true(gunzip_whole(g));
		assert_true(text_equal(buf_view(&out), buf_view(&in)));
	}
	/* half of the second one */
	gunzip_clear(g);
	buf_clear(&out);
	assert_int_equal(
	    gunzip_add(g, (struct text){ packed.p, first + 30 }, &out, &f), 0);
	assert_false(gunzip_whole(g));
	buf_free(&out);
	buf_free(&packed);
	buf_free(&in);
	gunzip_free(g);
}

static void
what_is_broken_is_told(void **state)
{
	struct buf in = sample(1000), packed, out;
	struct gunzip *g = gunzip_new();
	struct fault f = { 0 };
	size_t i;
	int missed = 0;

	(void)state;
	buf_init(&packed, 10000);
	gzip_pack(&packed, buf_view(&in), 6);
	/* cut anywhere it is not whole */
	for (i = 0; i < packed.len; i++) {
		buf_init(&out, 1000);
		gunzip_clear(g);
		assert_int_equal(
		    gunzip_add(g, (struct text){ packed.p, i }, &out, &f), 0);
		assert_false(gunzip_whole(g));
		buf_free(&out);
	}
	/* a changed bit is found, unless it is one that says nothing */
	for (i = 10; i < packed.len; i++) {
		buf_init(&out, 2000);
		gunzip_clear(g);
		packed.p[i] ^= 4;
		if (gunzip_add(g, buf_view(&packed), &out, &f) == 0)
			missed += gunzip_whole(g) &&
				  !text_equal(buf_view(&out), buf_view(&in));
		packed.p[i] ^= 4;
		buf_free(&out);
	}
	assert_int_equal(missed, 0);
	buf_init(&out, 1000);
	gunzip_clear(g);
	assert_int_equal(gunzip_add(g, text_of("{}"), &out, &f), -1);
	assert_int_equal(f.kind, FAULT_DATA);
	buf_free(&out);
	buf_free(&packed);
	buf_free(&in);
	gunzip_free(g);
}

static void
the_ceiling_holds(void **state)
{
	struct buf in, packed, out;
	struct gunzip *g = gunzip_new();
	struct fault f = { 0 };

	(void)state;
	buf_init(&in, BIG);
	memset(buf_room(&in, BIG), 0, BIG);
	in.len = BIG;
	buf_init(&packed, BIG);
	gzip_pack(&packed, buf_view(&in), 9);
	assert_true(packed.len < 5000);
	buf_init(&out, BIG / 2);
	assert_int_equal(gunzip_add(g, buf_view(&packed), &out, &f), -1);
	assert_true(out.over);
	assert_true(out.cap <= BIG / 2);
	buf_free(&out);
	buf_free(&packed);
	buf_free(&in);
	gunzip_free(g);
}

int
main(void)
{
	const struct CMUnitTest test[] = {
		cmocka_unit_test(what_is_packed_comes_out_again),
		cmocka_unit_test(members_follow_each_other),
		cmocka_unit_test(what_is_broken_is_told),
		cmocka_unit_test(the_ceiling_holds),
	};

	return cmocka_run_group_tests_name("gzip", test, NULL, NULL);
}
