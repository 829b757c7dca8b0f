#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "env/dotenv.h"

/* The settings of text as "line key=[value]" each, a fault as "line: what". */
static const char *
settings(const char *text, size_t len)
{
	static char all[512];
	struct fault f = { 0 };
	struct dotenv d;
	struct text key, value;
	size_t at = 0;
	int more;

	all[0] = '\0';
	dotenv_init(&d, (struct text){ text, len });
	while ((more = dotenv_next(&d, &key, &value, &f)) != 0)
		if (more == 1)
			at += (size_t)snprintf(all + at, sizeof(all) - at,
			    "%zu %.*s=[%.*s]\n", d.line, TEXT_ARG(key),
			    TEXT_ARG(value));
		else
			at += (size_t)snprintf(
			    all + at, sizeof(all) - at, "%s\n", f.text);
	return all;
}

#define gives(text, expected) \
	assert_string_equal(settings(text, sizeof(text) - 1), expected)

static void
splits_at_the_first_equals(void **state)
{
	(void)state;
	gives("A=1\nB=x=y\n", "1 A=[1]\n2 B=[x=y]\n");
	gives("A=\nB==", "1 A=[]\n2 B=[=]\n");
}

static void
passes_over_what_is_no_setting(void **state)
{
	(void)state;
	gives("", "");
	gives("\n \t\n# A=1\n  # B=1\nno setting\nC=1", "6 C=[1]\n");
}

static void
trims_blanks_and_carriage_returns(void **state)
{
	(void)state;
	gives(" A \t=  b c \r\n\tD=e\r\n", "1 A=[b c]\n2 D=[e]\n");
}

static void
takes_off_runs_of_quotes(void **state)
{
	(void)state;
	gives("A=\"x\"\nB='x'\nC=\"\"x\"\nD=\"'x'\"\n",
	    "1 A=[x]\n2 B=[x]\n3 C=[x]\n4 D=[x]\n");
	/* only double ones first, single ones after: the other way they stay */
	gives("A='\"x\"'\n", "1 A=[\"x\"]\n");
	gives("A=\"x\nB=x'\nC=a\"b\nD=\"\"\nE=\" x \"\n",
	    "1 A=[x]\n2 B=[x]\n3 C=[a\"b]\n4 D=[]\n5 E=[ x ]\n");
}

static void
knows_no_shell(void **state)
{
	(void)state;
	gives("export A=1\nB=1 # one\nC=$A\\n\nD=a\\\nb\n",
	    "1 export A=[1]\n2 B=[1 # one]\n3 C=[$A\\n]\n4 D=[a\\]\n");
}

static void
passes_over_a_byte_order_mark(void **state)
{
	(void)state;
	gives("\xef\xbb\xbf"
	      "A=1\n",
	    "1 A=[1]\n");
}

static void
refuses_what_no_environment_holds(void **state)
{
	(void)state;
	gives(" =1\nA=1\n", "1: no name before the '='\n2 A=[1]\n");
	gives("A=1\0B\nB=2\n", "1: a NUL byte\n2 B=[2]\n");
}

int
main(void)
{
	const struct CMUnitTest test[] = {
		cmocka_unit_test(splits_at_the_first_equals),
		cmocka_unit_test(passes_over_what_is_no_setting),
		cmocka_unit_test(trims_blanks_and_carriage_returns),
		cmocka_unit_test(takes_off_runs_of_quotes),
		cmocka_unit_test(knows_no_shell),
		cmocka_unit_test(passes_over_a_byte_order_mark),
		cmocka_unit_test(refuses_what_no_environment_holds),
	};

	return cmocka_run_group_tests(test, NULL, NULL);
}
