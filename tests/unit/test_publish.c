/* Where a page goes to, what it must be, and the hosts that are known. */
#include "publish/target.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/base64.h"
#include "base/known_hosts.h"
#include "publish/sheet.h"

static struct fault fault;

static void
test_urls(void **state)
{
	static const struct {
		const char *url;
		enum target_kind kind;
		const char *host;
		unsigned port;
		const char *path;
	} wanted[] = {
		{ "https://GitHub.com/team/site.git", TARGET_HTTP, "github.com",
		    0, "team/site.git" },
		{ "https://git.example.org:8443//a/b", TARGET_HTTP,
		    "git.example.org", 8443, "a/b" },
		{ "http://127.0.0.1:80/x", TARGET_HTTP, "127.0.0.1", 80, "x" },
		{ "http://[::1]:80/x", TARGET_HTTP, "[::1]", 80, "x" },
		{ "ssh://git@example.org:2222/a", TARGET_SSH, "example.org",
		    2222, "a" },
		{ "git@github.com:team/site.git", TARGET_SSH, "github.com", 0,
		    "team/site.git" },
		{ "host:path", TARGET_SSH, "host", 0, "path" },
		{ "./a:b", TARGET_PATH, NULL, 0, "./a:b" },
		{ "/srv/a b.git", TARGET_PATH, NULL, 0, "/srv/a b.git" },
		{ "file:///srv/a.git", TARGET_PATH, NULL, 0, "/srv/a.git" },
	};
	struct target t;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(wanted) / sizeof(wanted[0]); i++) {
		assert_int_equal(target_parse(&t, wanted[i].url, &fault), 0);
		assert_int_equal(t.kind, wanted[i].kind);
		assert_int_equal(t.port, wanted[i].port);
		assert_string_equal(t.path, wanted[i].path);
		assert_string_equal(t.url, wanted[i].url);
		if (wanted[i].host == NULL)
			assert_null(t.host);
		else
			assert_string_equal(t.host, wanted[i].host);
		target_free(&t);
	}
}

static void
test_no_urls(void **state)
{
	static const char *const url[] = { "", "https://", "https:///x",
		"https://host", "https://host:0/x", "https://host:99999/x",
		"https://ho st/x", "https://ho\nst/x", "http://example.org/x",
		"http://127.0.0.1.example.org/x", "http://localhost.org/x",
		"https://u:planted@h/x", "https://planted@h/x",
		"https://h/x@planted", "https://h/x?planted",
		"https://h/x#planted", "ssh://u:planted@h/x", "u:planted@h:x",
		"ftp://planted@h/x", "file://host/x", "-oX:y", "h:" };
	struct target t;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(url) / sizeof(url[0]); i++) {
		fault = (struct fault){ 0 };
		if (target_parse(&t, url[i], &fault) != -1)
			fail_msg("'%s' is taken", url[i]);
		assert_int_equal(fault.kind, FAULT_USAGE);
		assert_null(strstr(fault.text, "planted"));
	}
}

static void
test_folders(void **state)
{
	struct buf a, b;
	struct target t;

	(void)state;
	buf_init(&a, 1000);
	buf_init(&b, 1000);
	assert_int_equal(target_parse(&t, "https://h/a/b", &fault), 0);
	target_folder(&t, &a);
	target_free(&t);
	assert_int_equal(target_parse(&t, "https://h/a-b", &fault), 0);
	target_folder(&t, &b);
	target_free(&t);
	/* told apart, though the words are the same */
	assert_memory_equal(a.p, "https---h-a-b-", 14);
	assert_memory_equal(b.p, "https---h-a-b-", 14);
	assert_string_not_equal(a.p, b.p);
	assert_null(strchr(a.p, '/'));
	buf_free(&a);
	buf_free(&b);
}

static void
test_pages(void **state)
{
	day_nr day;

	(void)state;
	assert_int_equal(
	    sheet_check(text_of("<html></HTML>\n<!-- x -->"), &fault), 0);
	assert_int_equal(sheet_check(text_of("<html></html"), &fault), -1);
	assert_int_equal(sheet_check(text_of(" \n"), &fault), -1);
	assert_true(sheet_day(
	    text_of("<META name=\"data-date\" content=\"1970-01-03\">"), &day));
	assert_int_equal(day, 2);
	assert_false(sheet_day(
	    text_of("<meta name=\"data-date\" content=\"1970-02-30\">"), &day));
	assert_false(sheet_day(
	    text_of("<meta name=\"data-date\" content=\"1970-02-"), &day));
	assert_false(sheet_day(
	    text_of("<meta name=\"data-date\" content=\"1970-02-01T00"), &day));
}

/*
 * Made with ssh-keygen: a key, and the name that -H makes of
 * [127.0.0.1]:2222.
 */
#define KEY \
	"AAAAC3NzaC1lZDI1NTE5AAAAIB+Im6JSu5sGjv+FCPptjkkFmbltLdOi6yJsixqbZTcn"
#define HASHED "|1|dSFjAzXbsnoxdd5i4rW0TVDBVsw=|sh3KHcxIrq0UFTqI8lfxVktooAQ="

static enum known_host
look(const char *file, const char *host, unsigned port)
{
	enum known_host found;
	struct buf key;

	buf_init(&key, 1000);
	assert_true(base64_decode(&key, text_of(KEY)));
	assert_true(text_is(known_hosts_type(buf_view(&key)), "ssh-ed25519"));
	found = known_hosts_find(text_of(file), host, port, buf_view(&key));
	buf_free(&key);
	return found;
}

static void
test_hosts(void **state)
{
	static const char other[] = "h ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAA\n";
	static const char rsa[] = "h ssh-rsa AAAAB3NzaC1yc2EA\n";

	(void)state;
	assert_int_equal(look("", "h", 0), HOST_UNKNOWN);
	assert_int_equal(look("h ssh-ed25519 " KEY, "h", 0), HOST_KNOWN);
	assert_int_equal(look("h ssh-ed25519 " KEY, "h", 22), HOST_KNOWN);
	assert_int_equal(look("h ssh-ed25519 " KEY, "h", 23), HOST_UNKNOWN);
	assert_int_equal(look("#h ssh-ed25519 " KEY, "h", 0), HOST_UNKNOWN);
	assert_int_equal(
	    look("a,[h]:23\tssh-ed25519\t" KEY " me\r\n", "h", 23), HOST_KNOWN);
	assert_int_equal(
	    look("*.org,!b.org ssh-ed25519 " KEY, "a.org", 0), HOST_KNOWN);
	assert_int_equal(
	    look("*.org,!b.org ssh-ed25519 " KEY, "b.org", 0), HOST_UNKNOWN);
	assert_int_equal(look(other, "h", 0), HOST_CHANGED);
	assert_int_equal(look(rsa, "h", 0), HOST_OTHER_TYPE);
	assert_int_equal(
	    look("h ssh-rsa AAAAB3NzaC1yc2EA\nh ssh-ed25519 " KEY, "h", 0),
	    HOST_KNOWN);
	assert_int_equal(
	    look("h ssh-ed25519 " KEY "\n@revoked * ssh-ed25519 " KEY "\n", "h",
		0),
	    HOST_REVOKED);
	assert_int_equal(
	    look("@cert-authority h ssh-ed25519 " KEY, "h", 0), HOST_UNKNOWN);
	assert_int_equal(
	    look(HASHED " ssh-ed25519 " KEY, "127.0.0.1", 2222), HOST_KNOWN);
	assert_int_equal(
	    look(HASHED " ssh-ed25519 " KEY, "127.0.0.1", 2223), HOST_UNKNOWN);
	assert_int_equal(look("|1| ssh-ed25519 " KEY, "h", 0), HOST_UNKNOWN);
	assert_int_equal(look("|1|x|y ssh-ed25519 " KEY, "h", 0), HOST_UNKNOWN);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_urls),
		cmocka_unit_test(test_no_urls),
		cmocka_unit_test(test_folders),
		cmocka_unit_test(test_pages),
		cmocka_unit_test(test_hosts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
