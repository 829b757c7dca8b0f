/* the sandbox's windows: how many in any stretch of time */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "sandbox/limit.h"

#define S INT64_C(1000000)

/* Ask for one more at that time, as the sandbox does. */
static bool
admit(struct limit *l, int64_t now_us)
{
	limit_move(l, now_us);
	if (limit_full(l)) {
		l->refused++;
		return false;
	}
	limit_add(l, now_us);
	return true;
}

static void
test_window_slides(void **state)
{
	struct limit l;

	(void)state;
	limit_init(&l, "three", 3, 10 * S);
	assert_true(admit(&l, 0));
	assert_true(admit(&l, 4 * S));
	assert_int_equal(limit_left(&l), 1);
	assert_true(admit(&l, 9 * S));
	assert_false(admit(&l, 10 * S - 1));
	/* the first has left, the second not */
	assert_true(admit(&l, 10 * S));
	assert_false(admit(&l, 14 * S - 1));
	assert_true(admit(&l, 14 * S));
	assert_int_equal(l.refused, 2);
	assert_int_equal(l.total, 5);
	assert_int_equal(l.peak, 3);
	limit_free(&l);
}

static void
test_no_window(void **state)
{
	struct limit l;

	(void)state;
	limit_init(&l, "daily", 2, 0);
	assert_true(admit(&l, 0));
	assert_true(admit(&l, 1000 * S));
	assert_false(admit(&l, 100000 * S));
	assert_int_equal(limit_left(&l), 0);
	limit_free(&l);
}

static void
test_counts_without_bound(void **state)
{
	struct limit l;
	int64_t at_ms;

	(void)state;
	limit_init(&l, "all", 0, 10 * S);
	/* one in 7 ms: 1,429 in any 10 s */
	for (at_ms = 0; at_ms < 60000; at_ms += 7)
		assert_true(admit(&l, at_ms * 1000));
	assert_int_equal(l.total, 8572);
	assert_int_equal(l.peak, 1429);
	limit_free(&l);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_window_slides),
		cmocka_unit_test(test_no_window),
		cmocka_unit_test(test_counts_without_bound),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
