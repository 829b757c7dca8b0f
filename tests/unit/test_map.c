#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "base/map.h"

/* Far more keys than a new map has room for. */
static void
test_put_grows(void **state)
{
	struct map *m = map_new();
	char key[32];
	size_t i;

	(void)state;
	for (i = 0; i < 10000; i++) {
		snprintf(key, sizeof(key), "key %zu", i);
		map_put(m, text_of(key), i * 3);
	}
	assert_int_equal(map_size(m), 10000);
	for (i = 0; i < 10000; i++) {
		snprintf(key, sizeof(key), "key %zu", i);
		assert_int_equal(map_get(m, text_of(key)), i * 3);
		assert_true(text_is(map_key(m, i), key));
	}
	assert_true(map_get(m, text_of("key 10000")) == MAP_NONE);
	map_put(m, text_of("key 7"), 1);
	assert_int_equal(map_get(m, text_of("key 7")), 1);
	assert_int_equal(map_size(m), 10000);
	map_free(m);
}

static void
test_intern(void **state)
{
	struct map *m = map_new();
	bool added;

	(void)state;
	assert_int_equal(map_intern(m, text_of("a"), &added), 0);
	assert_true(added);
	assert_int_equal(map_intern(m, (struct text){ "a\0b", 3 }, &added), 1);
	assert_true(added);
	assert_int_equal(map_intern(m, text_of("a"), &added), 0);
	assert_false(added);
	assert_int_equal(map_get(m, (struct text){ "a\0b", 3 }), 1);
	map_free(m);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_put_grows),
		cmocka_unit_test(test_intern),
	};

	return cmocka_run_group_tests_name("map", tests, NULL, NULL);
}
