/* sha256: the examples of FIPS 180-4 and the lengths around a block; expected
 * values by openssl dgst -sha256 -binary | base64 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/sha256.h"

static void
is(struct text t, const char *expected)
{
	char out[SHA256_BASE64];

	sha256_base64(t, out);
	assert_string_equal(out, expected);
}

static void
examples(void **state)
{
	(void)state;
	is(text_of(""), "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=");
	is(text_of("abc"), "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=");
	is(text_of("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"),
	    "JI1qYdIGOLjlwCaTDD5gOaM85Flk/yFn9uzt1BnbBsE=");
}

static void
lengths(void **state)
{
	static const struct {
		size_t len;
		const char *expected;
	} known[] = {
		{ 55, "1eKFaDzU78AtAhpcYgFGlJWJAQBdb3HongmJ+sd+QHI=" },
		{ 56, "BMJiYTcO51QVSdFt7jIMcj4/0UZx5moJmv4KN3wWiI4=" },
		{ 63, "dSILRyGCeOZW8gE7uPDEVaJerwHobGSSTp1I2Jd21vI=" },
		{ 64, "fOEAlx9k5wAej+WlGXPs3+HO1Cvv5+6NX9YhlQa1OTw=" },
		{ 65, "lTfF/fEgSC99WNJentWD9SwCtOME6oFNsWM61WWu1+k=" },
		{ 119, "AAtI1O3w+nvuPGI27NJ4W6pdtO64u1Q0GwKeDZ+l+ww=" },
		{ 120, "E/BaC1lHh/Xs0xXtyWFBvTJDID0bfU8INvNzCLJ2upg=" },
		{ 1000, "RPg1RJSlugO6F5Ko0+nFNMR6kYGYD956P0SwbvKufH8=" },
	};
	char x[1000];
	size_t i;

	(void)state;
	memset(x, 'x', sizeof(x));
	for (i = 0; i < sizeof(known) / sizeof(known[0]); i++)
		is((struct text){ x, known[i].len }, known[i].expected);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(examples),
		cmocka_unit_test(lengths),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
