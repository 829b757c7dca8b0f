/* base64 by the vectors of RFC 4648; sign against a signature by openssl(1) */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "base/base64.h"
#include "base/sign.h"

/* openssl genpkey -algorithm RSA | tee key | openssl pkey -pubout */
static const char known_key[] =
    "-----BEGIN PUBLIC KEY-----\n"
    "MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAw3uo4Zw7Pl8mbUtkeFQQ\n"
    "U3VgGBq7mkADyv+RuZAJrmSiCojNPuQ9N5NOd7dX5nIvEngY8zhVWTglHvVxYJSz\n"
    "Sco6KreRo2prT28Ds7Akg5AvnA9QsE7hNP8pCF3Obw8ZZBeVMV8wYFvYGoCWAppl\n"
    "XJfNfvBQ4qwUiR6b484KHx/7nPXzxMCI6Ork6fGEn7d1kwXkMbJ+Dba/3b54FZk7\n"
    "jRxNUuldEzIBvEl+zpJ3z1CgmlENzu9mzWAyNxlzp3aRQDPfUdVS1d0f5tHmfxQi\n"
    "S0BlSpEAd8GEG4AwBd03+UfuD4qwPSbJFglZfckY4sn5k3wasfT0CH7ORKj3zYQW\n"
    "DQIDAQAB\n"
    "-----END PUBLIC KEY-----\n";
/* printf header.claims | openssl dgst -sha256 -sign key, in base64url */
static const char known_signature[] =
    "MZvg35uAwy8M8mRG0f8IQNAsUHexwe4QbqVqSD_We_CavhoWKys9OP2TlxZk"
    "UdBiqepJFtHoQz64-ilY3dfihDrc-acZ2uKQqHmhxHtd_B69JYlX2hnQqCFK"
    "GAWtewNqAFpq-0HEhU-M9wsUZ3_bXy9OoQxbgj2mP-36TKHAwISo0ePq-X8B"
    "0Xu47r5jsOY1TsPw7JbHqLSJI_G8MzEqrVl_cpy3Tn4NeIpUWAV9WBQIqujg"
    "bmZD2fZ0EJkoi2ihX6VUgRE5eFHo_O7Uip3prRnpZl4SZiCcGl7_3zJiXkPA"
    "r25YdfDl7DoGJLys5GWD3ZE0MGWoJYuK9S_mDGEylw";

static void
encodes(const char *t, const char *plain, const char *url)
{
	struct buf b;

	buf_init(&b, 1000);
	base64_encode(&b, text_of(t));
	assert_true(text_is(buf_view(&b), plain));
	b.len = 0;
	base64url_encode(&b, text_of(t));
	assert_true(text_is(buf_view(&b), url));
	b.len = 0;
	assert_true(base64_decode(&b, text_of(plain)));
	assert_true(text_is(buf_view(&b), t));
	b.len = 0;
	assert_true(base64url_decode(&b, text_of(url)));
	assert_true(text_is(buf_view(&b), t));
	buf_free(&b);
}

static void
test_base64(void **state)
{
	(void)state;
	encodes("", "", "");
	encodes("f", "Zg==", "Zg");
	encodes("fo", "Zm8=", "Zm8");
	encodes("foo", "Zm9v", "Zm9v");
	encodes("foob", "Zm9vYg==", "Zm9vYg");
	encodes("fooba", "Zm9vYmE=", "Zm9vYmE");
	encodes("foobar", "Zm9vYmFy", "Zm9vYmFy");
	encodes("\xfb\xff\xfe?", "+//+Pw==", "-__-Pw");
}

static void
test_refused(void **state)
{
	static const char *const plain[] = { "Z", "Zg",
		"Zg=", "Zg===", "====", "=", "Zh==", "Zm9=", "Zm 9", "-__-",
		"Zg==Zg==", "Zm9v\n", "=g==" };
	static const char *const url[] = { "Z", "Zg==", "Zh", "+//+", "Zm9",
		"Zm9vZ", "Zm.v", "\x80\x80" };
	struct buf b;
	size_t i;

	(void)state;
	buf_init(&b, 1000);
	buf_str(&b, "kept");
	for (i = 0; i < sizeof(plain) / sizeof(plain[0]); i++)
		assert_false(base64_decode(&b, text_of(plain[i])));
	for (i = 0; i < sizeof(url) / sizeof(url[0]); i++)
		assert_false(base64url_decode(&b, text_of(url[i])));
	assert_true(text_is(buf_view(&b), "kept"));
	buf_free(&b);
}

static void
test_known(void **state)
{
	struct text key = text_of(known_key);
	struct buf b;

	(void)state;
	buf_init(&b, 1000);
	assert_true(base64url_decode(&b, text_of(known_signature)));
	assert_int_equal(b.len, 256);
	assert_true(rs256_verify(key, text_of("header.claims"), buf_view(&b)));
	assert_false(rs256_verify(key, text_of("header.claimt"), buf_view(&b)));
	assert_false(rs256_verify(key, text_of(""), buf_view(&b)));
	assert_false(rs256_verify(key, text_of("header.claims"), text_of("")));
	b.p[255] ^= 1;
	assert_false(rs256_verify(key, text_of("header.claims"), buf_view(&b)));
	buf_free(&b);
}

static void
test_pair(void **state)
{
	struct fault f = { 0 };
	struct buf secret, open, other, one, two;

	(void)state;
	buf_init(&secret, 10000);
	buf_init(&open, 10000);
	buf_init(&other, 10000);
	buf_init(&one, 1000);
	buf_init(&two, 1000);
	assert_int_equal(rs256_generate(&secret, &other, &f), 0);
	sign_forget(&secret);
	assert_int_equal(secret.len, 0);
	assert_int_equal(rs256_generate(&secret, &open, &f), 0);
	assert_non_null(strstr(secret.p, "BEGIN PRIVATE KEY"));
	assert_non_null(strstr(open.p, "BEGIN PUBLIC KEY"));
	assert_int_equal(
	    rs256_sign(buf_view(&secret), text_of("a.b"), &one, &f), 0);
	assert_int_equal(
	    rs256_sign(buf_view(&secret), text_of("a.b"), &two, &f), 0);
	assert_true(text_equal(buf_view(&one), buf_view(&two)));
	assert_true(
	    rs256_verify(buf_view(&open), text_of("a.b"), buf_view(&one)));
	assert_false(
	    rs256_verify(buf_view(&other), text_of("a.b"), buf_view(&one)));
	/* what stands there is kept */
	assert_int_equal(
	    rs256_sign(buf_view(&secret), text_of("a.b"), &two, &f), 0);
	assert_int_equal(two.len, 2 * one.len);
	buf_free(&secret);
	buf_free(&open);
	buf_free(&other);
	buf_free(&one);
	buf_free(&two);
}

static void
test_no_key(void **state)
{
	static const char *const pem[] = { "", "no key",
		"-----BEGIN PRIVATE "
		"KEY-----\nMIIE\n-----END PRIVATE KEY-----\n",
		known_key };
	struct fault f = { 0 };
	struct buf b;
	size_t i;

	(void)state;
	buf_init(&b, 1000);
	for (i = 0; i < sizeof(pem) / sizeof(pem[0]); i++) {
		assert_int_equal(
		    rs256_sign(text_of(pem[i]), text_of("a"), &b, &f), -1);
		assert_int_equal(f.kind, FAULT_DATA);
		assert_non_null(strstr(f.text, "no RSA key"));
		assert_null(strstr(f.text, "MII"));
	}
	assert_int_equal(b.len, 0);
	assert_false(
	    rs256_verify(text_of("no key"), text_of("a"), text_of("b")));
	buf_free(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_base64),
		cmocka_unit_test(test_refused),
		cmocka_unit_test(test_known),
		cmocka_unit_test(test_pair),
		cmocka_unit_test(test_no_key),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
