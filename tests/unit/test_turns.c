/* turns: a pace that processes keep together */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/turns.h"

#define SECOND 1000000
#define NOW    INT64_C(5000000000)

/* Two in a second: what is given, and what is noted. */
static void
test_next(void **state)
{
	int64_t given[2] = { 0 };

	(void)state;
	assert_int_equal(turns_next(given, 2, SECOND, NOW), NOW);
	assert_int_equal(turns_next(given, 2, SECOND, NOW + 10), NOW + 10);
	assert_int_equal(turns_next(given, 2, SECOND, NOW + 20), NOW + SECOND);
	assert_int_equal(
	    turns_next(given, 2, SECOND, NOW + 30), NOW + SECOND + 10);
	assert_int_equal(
	    turns_next(given, 2, SECOND, NOW + 40), NOW + 2 * SECOND);
	assert_int_equal(
	    turns_next(given, 2, SECOND, NOW + 9 * SECOND), NOW + 9 * SECOND);
}

/* A clock that began anew, as after a start of the machine. */
static void
test_clock_set_back(void **state)
{
	int64_t given[2] = { NOW, NOW + 1 };

	(void)state;
	assert_int_equal(turns_next(given, 2, SECOND, 3 * SECOND), 3 * SECOND);
	assert_int_equal(given[0] + given[1], 3 * SECOND);
	/* a few ahead are those of others */
	given[0] = NOW + 2 * SECOND;
	given[1] = NOW + 3 * SECOND;
	assert_int_equal(turns_next(given, 2, SECOND, NOW), NOW + 3 * SECOND);
}

static int64_t
now_us(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * SECOND + now.tv_nsec / 1000;
}

/* Three processes with three turns each, three in 200 ms: they take 400. */
static void
test_processes(void **state)
{
	char folder[] = "/tmp/kpipe.turns.XXXXXX", path[64];
	struct turns *turns;
	struct fault f = { 0 };
	int64_t began = now_us();
	int i, k, status, bad = 0;

	(void)state;
	assert_non_null(mkdtemp(folder));
	snprintf(path, sizeof(path), "%s/turns", folder);
	turns = turns_new(path, 3, 200);
	for (i = 0; i < 3; i++)
		if (fork() == 0) {
			for (k = 0; k < 3; k++)
				bad |= turns_take(turns, &f) == -1;
			_exit(bad);
		}
	while (wait(&status) != -1)
		bad |= status;
	assert_int_equal(bad, 0);
	assert_true(now_us() - began >= 400000);
	turns_free(turns);

	/* what is no such file, and where none can be */
	assert_int_equal(truncate(path, 5), 0);
	turns = turns_new(path, 3, 200);
	assert_int_equal(turns_take(turns, &f), 0);
	turns_free(turns);
	assert_int_equal(unlink(path), 0);
	assert_int_equal(rmdir(folder), 0);
	turns = turns_new(path, 3, 200);
	assert_int_equal(turns_take(turns, &f), -1);
	assert_int_equal(f.kind, FAULT_IO);
	turns_free(turns);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_next),
		cmocka_unit_test(test_clock_set_back),
		cmocka_unit_test(test_processes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
