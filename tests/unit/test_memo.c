/* Answers that are kept, and small texts that go where the user says. */
#include "base/memo.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/file.h"
#include "base/sink.h"

#define DAY 86400

static struct fault fault;
static char folder[64];

static int
enter(void **state)
{
	char template[] = "/tmp/kpipe.XXXXXX";

	(void)state;
	if (mkdtemp(template) == NULL || chdir(template) == -1)
		return -1;
	snprintf(folder, sizeof(folder), "%s", template);
	return 0;
}

static int
leave(void **state)
{
	char command[100];

	(void)state;
	snprintf(command, sizeof(command), "rm -rf %s", folder);
	return chdir("/") == -1 || system(command) != 0 ? -1 : 0;
}

static int
open_memo(struct memo **m, const char *question, int64_t age, int64_t now)
{
	fault = (struct fault){ 0 };
	return memo_open(m, "kept", "x", text_of(question), age, now, &fault);
}

static void
test_keep(void **state)
{
	struct memo *m;
	struct text line;
	struct stat st;
	int64_t now = time(NULL);
	char *path;

	(void)state;
	assert_int_equal(open_memo(&m, "{\"q\":1}", DAY, now), 0);
	assert_int_equal(memo_write(m, text_of("a\n"), &fault), 0);
	assert_int_equal(memo_write(m, text_of("\nb\n"), &fault), 0);
	assert_int_equal(memo_keep(m, &fault), 0);
	path = strdup(memo_path(m));
	memo_free(m);
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);

	assert_int_equal(open_memo(&m, "{\"q\":1}", DAY, now), 1);
	assert_int_equal(memo_read(m, &line, &fault), 1);
	assert_true(text_is(line, "a"));
	assert_int_equal(memo_read(m, &line, &fault), 1);
	assert_true(text_is(line, ""));
	assert_int_equal(memo_read(m, &line, &fault), 1);
	assert_true(text_is(line, "b"));
	assert_int_equal(memo_read(m, &line, &fault), 0);
	memo_free(m);

	/* another question, too old, not to be used: what is given up is gone */
	assert_int_equal(open_memo(&m, "{\"q\":2}", DAY, now), 0);
	memo_free(m);
	assert_int_equal(open_memo(&m, "{\"q\":2}", DAY, now), 0);
	memo_free(m);
	assert_int_equal(open_memo(&m, "{\"q\":1}", DAY, st.st_mtime + DAY), 0);
	memo_free(m);
	assert_int_equal(open_memo(&m, "{\"q\":1}", 0, st.st_mtime), 0);
	memo_free(m);
	assert_int_equal(
	    open_memo(&m, "{\"q\":1}", DAY, st.st_mtime + DAY - 1), 1);
	memo_free(m);

	/* a file of that name with something else in it is none */
	m = NULL;
	assert_int_equal(truncate(path, 20), 0);
	assert_int_equal(open_memo(&m, "{\"q\":1}", DAY, now), 0);
	memo_free(m);
	free(path);
}

static void
test_no_folder(void **state)
{
	struct memo *m;

	(void)state;
	assert_int_equal(
	    memo_open(&m, "/dev/null", "x", text_of("{}"), 1, 1, &fault), -1);
	assert_int_equal(fault.kind, FAULT_IO);
	assert_null(m);
	memo_free(m);
}

static struct buf
content(const char *path)
{
	struct buf b;

	buf_init(&b, 1 << 20);
	assert_int_equal(file_read_all(path, 1000, &b, &fault), 0);
	return b;
}

static void
test_sink(void **state)
{
	struct sink *s;
	struct buf b;
	char nr[16];
	int fd;

	(void)state;
	s = sink_open("report", &fault);
	assert_non_null(s);
	/* it is there when it is whole */
	assert_int_equal(access("report", F_OK), -1);
	assert_int_equal(sink_put(s, text_of("one\n"), &fault), 0);
	b = content("report");
	assert_string_equal(b.p, "one\n");
	buf_free(&b);
	s = sink_open("report", &fault);
	sink_free(s);
	b = content("report");
	assert_string_equal(b.p, "one\n");
	buf_free(&b);

	fd = open("by-descriptor", O_WRONLY | O_CREAT, 0600);
	snprintf(nr, sizeof(nr), "%d", fd);
	s = sink_open(nr, &fault);
	assert_int_equal(sink_put(s, text_of("two\n"), &fault), 0);
	/* the descriptor stays the caller's */
	assert_int_equal(close(fd), 0);
	b = content("by-descriptor");
	assert_string_equal(b.p, "two\n");
	buf_free(&b);

	s = sink_open("/dev/null", &fault);
	assert_int_equal(sink_put(s, text_of("x"), &fault), 0);
	s = sink_open("/dev/full", &fault);
	assert_int_equal(sink_put(s, text_of("x"), &fault), -1);
	assert_int_equal(fault.kind, FAULT_IO);
	assert_null(sink_open("999", &fault));
	assert_null(sink_open("-1", &fault));
	assert_null(sink_open("99999999999", &fault));
	assert_null(sink_open("no/such/folder", &fault));
	assert_null(sink_open("/dev/no-such", &fault));
	sink_free(NULL);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_keep),
		cmocka_unit_test(test_no_folder),
		cmocka_unit_test(test_sink),
	};

	return cmocka_run_group_tests(tests, enter, leave);
}
