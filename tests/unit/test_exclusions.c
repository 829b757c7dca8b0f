#include "coach/exclusions.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static bool
excluded(const char *name)
{
	struct exclusions e;

	exclusions_init(&e);
	return exclusions_have(&e, text_of(name));
}

static void
test_names(void **state)
{
	(void)state;
	assert_true(excluded("Rookvrij en Fitter Het Gooi"));
	assert_true(excluded("167331984"));
	assert_true(excluded("UNKNOWN"));
	assert_true(excluded("benVitaal Coaching"));
	assert_true(excluded("SportQube Algemeen"));
	/* a name is equal, not alike */
	assert_false(excluded("benvitaal coaching"));
	assert_false(excluded("unknown"));
	assert_false(excluded("Rookvrij en Fitter"));
	assert_false(excluded("Anna Vos"));
}

static void
test_part_of_a_name(void **state)
{
	(void)state;
	assert_true(excluded("nabeller"));
	assert_true(excluded("NABELLER Noord"));
	assert_true(excluded("Team Nabellers"));
	assert_false(excluded("nabelle"));
	assert_false(excluded("na beller"));
}

static void
test_no_name(void **state)
{
	struct exclusions e;

	(void)state;
	exclusions_init(&e);
	assert_false(exclusions_have(&e, (struct text){ NULL, 0 }));
	assert_false(excluded(""));
	e.part = text_of("");
	assert_false(exclusions_have(&e, text_of("Anna Vos")));
}

int
main(void)
{
	const struct CMUnitTest test[] = {
		cmocka_unit_test(test_names),
		cmocka_unit_test(test_part_of_a_name),
		cmocka_unit_test(test_no_name),
	};

	return cmocka_run_group_tests(test, NULL, NULL);
}
