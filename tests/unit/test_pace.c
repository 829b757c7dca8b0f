/* The sliding windows, on a clock of their own. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdlib.h>

#include "base/pace.h"

#define MS INT64_C(1000)

static uint64_t
send_one(struct pace *p, bool first, int64_t now)
{
	pace_claim(p, first);
	pace_unclaim(p, first);
	return pace_sent(p, first, now);
}

static int64_t
opens(struct pace *p, bool first, int64_t now)
{
	pace_prune(p, now);
	return pace_opens(p, first, now);
}

static void
room_comes_back_when_the_first_send_leaves(void **state)
{
	const struct http_window w = { .nr = 2, .window_ms = 1000 };
	struct pace p;
	uint64_t id;

	(void)state;
	pace_init(&p, &w);
	assert_int_equal(opens(&p, false, 0), 0);
	id = send_one(&p, false, 0);
	send_one(&p, false, 300 * MS);
	assert_int_equal(opens(&p, false, 310 * MS), 1050 * MS);
	assert_int_equal(opens(&p, false, 1049 * MS), 1050 * MS);
	assert_int_equal(opens(&p, false, 1050 * MS), 1050 * MS);
	send_one(&p, false, 1050 * MS);
	assert_int_equal(opens(&p, false, 1060 * MS), 1350 * MS);
	/* news of a send that is long gone is no news */
	pace_counted(&p, id, 1060 * MS);
	assert_int_equal(opens(&p, false, 1060 * MS), 1350 * MS);
	pace_free(&p);
}

static void
a_late_answer_holds_its_send_back_a_twentieth(void **state)
{
	const struct http_window w = { .nr = 1, .window_ms = 10000 };
	struct pace p;
	uint64_t id;

	(void)state;
	pace_init(&p, &w);
	id = send_one(&p, false, 0);
	assert_int_equal(opens(&p, false, 1), 10500 * MS);
	pace_counted(&p, id, 120 * MS);
	assert_int_equal(opens(&p, false, 1), 10120 * MS);
	/* at once: the margin stays */
	id = send_one(&p, false, 20000 * MS);
	pace_counted(&p, id, 20001 * MS);
	assert_int_equal(opens(&p, false, 20001 * MS), 30050 * MS);
	/* very late: no later than it was */
	id = send_one(&p, false, 40000 * MS);
	pace_counted(&p, id, 42000 * MS);
	assert_int_equal(opens(&p, false, 42001 * MS), 50500 * MS);
	pace_free(&p);
}

static void
what_is_claimed_counts(void **state)
{
	const struct http_window w = { .nr = 2, .window_ms = 1000 };
	struct pace p;

	(void)state;
	pace_init(&p, &w);
	pace_claim(&p, false);
	assert_int_equal(opens(&p, false, 5), 5);
	pace_claim(&p, true);
	assert_int_equal(opens(&p, false, 5), PACE_NEVER);
	/* one of them never went out */
	pace_unclaim(&p, true);
	assert_int_equal(opens(&p, false, 5), 5);
	pace_free(&p);
}

static void
a_reserve_is_kept_while_there_is_a_first(void **state)
{
	const struct http_window w = {
		.nr = 10, .window_ms = 1000, .reserve = 4
	};
	struct pace p;
	int i;

	(void)state;
	pace_init(&p, &w);
	pace_first(&p, 1);
	for (i = 0; i < 6; i++) {
		assert_int_equal(opens(&p, false, i * MS), i * MS);
		send_one(&p, false, i * MS);
	}
	assert_int_equal(opens(&p, false, 10 * MS), 1050 * MS);
	for (i = 0; i < 4; i++) {
		assert_int_equal(opens(&p, true, 10 * MS), 10 * MS);
		send_one(&p, true, 10 * MS);
	}
	assert_int_equal(opens(&p, true, 11 * MS), 1050 * MS);
	/* rank 0 may take what the others leave, beyond its reserve */
	for (i = 0; i < 6; i++) {
		assert_int_equal(opens(&p, true, 1055 * MS), 1055 * MS);
		send_one(&p, true, 1055 * MS);
	}
	assert_int_equal(opens(&p, false, 1056 * MS), 1060 * MS);
	pace_first(&p, -1);
	for (i = 0; i < 4; i++)
		send_one(&p, false, 3000 * MS);
	for (i = 0; i < 6; i++) {
		assert_int_equal(opens(&p, false, 3000 * MS), 3000 * MS);
		send_one(&p, false, 3000 * MS);
	}
	assert_int_equal(opens(&p, false, 3000 * MS), 4050 * MS);
	pace_free(&p);
}

static void
the_reserve_goes_along_with_the_limit(void **state)
{
	const struct http_window w = {
		.nr = 100, .window_ms = 1000, .reserve = 50
	};
	struct pace p;
	int nr;

	(void)state;
	pace_init(&p, &w);
	pace_first(&p, 1);
	pace_set(&p, 10);
	for (nr = 0; opens(&p, false, 0) == 0; nr++)
		send_one(&p, false, 0);
	assert_int_equal(nr, 5);
	pace_set(&p, 1);
	for (nr = 0; opens(&p, false, 5000 * MS) == 5000 * MS; nr++)
		send_one(&p, false, 5000 * MS);
	assert_int_equal(nr, 1);
	pace_set(&p, 100);
	pace_share(&p, 0.25);
	for (nr = 0; opens(&p, false, 9000 * MS) == 9000 * MS; nr++)
		send_one(&p, false, 9000 * MS);
	assert_int_equal(nr, 75);
	assert_int_equal(pace_interval(&p), 10 * MS);
	pace_set(&p, 0);
	assert_int_equal(pace_interval(&p), 0);
	for (nr = 0; nr < 1000; nr++) {
		assert_int_equal(opens(&p, false, 5000 * MS), 5000 * MS);
		send_one(&p, false, 5000 * MS);
	}
	pace_free(&p);
}

static void
no_more_is_kept_than_a_chain_can_use(void **state)
{
	const struct http_window w = {
		.nr = 100, .window_ms = 10000, .reserve = 100
	};
	struct pace p;
	int nr;

	(void)state;
	pace_init(&p, &w);
	pace_first(&p, 1);
	/* not known yet: all but one */
	for (nr = 0; opens(&p, false, 0) == 0; nr++)
		send_one(&p, false, 0);
	assert_int_equal(nr, 1);
	/* a link in 400 ms is 25 in the window, and one on its edge */
	pace_turn(&p, 400 * MS);
	for (; opens(&p, false, 0) == 0; nr++)
		send_one(&p, false, 0);
	assert_int_equal(nr, 74);
	/* two such chains take twice as much */
	pace_first(&p, 1);
	for (nr = 0; opens(&p, false, 60000 * MS) == 60000 * MS; nr++)
		send_one(&p, false, 60000 * MS);
	assert_int_equal(nr, 48);
	/* a link that took long is forgotten in time */
	pace_turn(&p, 4000 * MS);
	for (nr = 0; nr < 30; nr++)
		pace_turn(&p, 100 * MS);
	for (nr = 0; opens(&p, false, 90000 * MS) == 90000 * MS; nr++)
		send_one(&p, false, 90000 * MS);
	assert_int_equal(nr, 1);
	pace_free(&p);
}

static void
a_hold_holds_all(void **state)
{
	const struct http_window w = { .nr = 0, .window_ms = 0 };
	struct pace p;

	(void)state;
	pace_init(&p, &w);
	pace_hold(&p, 700 * MS);
	pace_hold(&p, 300 * MS);
	assert_int_equal(opens(&p, true, 0), 700 * MS);
	assert_int_equal(opens(&p, false, 699 * MS), 700 * MS);
	assert_int_equal(opens(&p, false, 700 * MS), 700 * MS);
	pace_free(&p);
}

/*
 * A thousand sends whenever there is room. Each is counted by the server after
 * a random delay, and its answer begins after another: no window of the server
 * ever has more than nr, and the time is near the least that is possible.
 */
static void
the_server_never_counts_more(void **state)
{
	enum {
		NR = 1000
	};
	const struct http_window w = { .nr = 19, .window_ms = 10000 };
	static int64_t counted[NR];
	struct {
		uint64_t id;
		int64_t at;
	} answer[NR];
	struct pace p;
	int64_t now = 0, at, least;
	unsigned most = 0, in;
	int i, j, nr = 0, told = 0;

	(void)state;
	pace_init(&p, &w);
	srand(1);
	while (nr < NR) {
		/* answers begin in order, between 0 and 500 ms */
		for (; told < nr && answer[told].at <= now; told++)
			pace_counted(&p, answer[told].id, answer[told].at);
		at = opens(&p, false, now);
		if (at > now) {
			if (told < nr && answer[told].at < at)
				at = answer[told].at;
			now = at;
			continue;
		}
		answer[nr].id = send_one(&p, false, now);
		counted[nr] = now + rand() % 250 * MS;
		answer[nr].at = counted[nr] + rand() % 250 * MS;
		if (nr > 0 && answer[nr].at < answer[nr - 1].at)
			answer[nr].at = answer[nr - 1].at;
		nr++;
	}
	for (i = 0; i < NR; i++) {
		for (in = 0, j = 0; j < NR; j++)
			in += counted[j] >= counted[i] &&
			      counted[j] - counted[i] < 10000 * MS;
		most = in > most ? in : most;
	}
	assert_int_equal(most, 19);
	least = (NR / 19) * 10000 * MS;
	assert_in_range(now, least, least + least / 20);
	pace_free(&p);
}

int
main(void)
{
	const struct CMUnitTest test[] = {
		cmocka_unit_test(room_comes_back_when_the_first_send_leaves),
		cmocka_unit_test(a_late_answer_holds_its_send_back_a_twentieth),
		cmocka_unit_test(what_is_claimed_counts),
		cmocka_unit_test(a_reserve_is_kept_while_there_is_a_first),
		cmocka_unit_test(the_reserve_goes_along_with_the_limit),
		cmocka_unit_test(no_more_is_kept_than_a_chain_can_use),
		cmocka_unit_test(a_hold_holds_all),
		cmocka_unit_test(the_server_never_counts_more),
	};

	return cmocka_run_group_tests_name("pace", test, NULL, NULL);
}
