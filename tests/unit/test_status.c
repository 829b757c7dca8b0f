/* coach/status: what pages say of a coach */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>

#include "coach/status.h"

#define GEEN	   "⚪ Geen data"
#define GOED	   "✅ Goed"
#define MATIG	   "⭐ Matig"
#define UITSLUITEN "❌ Uitsluiten"

static void
test_bounds(void **state)
{
	static const struct {
		double deals, smoothed_pct, median_pct;
		long good_deals;
		const char *status;
	} cases[] = {
		{ 0, 60, 46, 14, GEEN },
		{ 0, 60, 0, 1, GEEN },
		{ 14, 46, 46, 14, GOED },
		{ 13, 99, 46, 14, MATIG },
		{ 14, 45.9, 46, 14, MATIG },
		{ 7, 99, 46, 14, MATIG },
		{ 6, 99, 46, 14, UITSLUITEN },
		/* half of 13 is 6, half of 1 is 0 */
		{ 6, 99, 46, 13, MATIG },
		{ 1, 40, 46, 1, MATIG },
		{ 1, 99, 46, 1, GOED },
		/* 46 * 0.8 is 36.800000000000004, 50 * 0.8 is 40 */
		{ 14, 36.8, 46, 14, UITSLUITEN },
		{ 14, 36.9, 46, 14, MATIG },
		{ 14, 40, 50, 14, MATIG },
		{ 14, 39.9, 50, 14, UITSLUITEN },
		/* a median of nobody is 0 */
		{ 14, 0, 0, 14, GOED },
		{ 14, NAN, 0, 14, UITSLUITEN },
		{ NAN, 50, 50, 14, UITSLUITEN },
	};
	const char *status;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		status = coach_status(cases[i].deals, cases[i].smoothed_pct,
		    cases[i].median_pct, cases[i].good_deals);
		if (strcmp(status, cases[i].status) != 0)
			fail_msg(
			    "case %zu: %s, not %s", i, status, cases[i].status);
	}
}

static void
test_labels(void **state)
{
	(void)state;
	assert_true(text_is(coach_label(text_of("✅ Laag 2")), GOED));
	assert_true(text_is(coach_label(text_of("⭐ Laag 3")), MATIG));
	assert_true(text_is(coach_label(text_of(MATIG)), MATIG));
	assert_true(text_is(coach_label(text_of("anders")), "anders"));
	assert_null(coach_label((struct text){ NULL, 0 }).p);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_bounds),
		cmocka_unit_test(test_labels),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
