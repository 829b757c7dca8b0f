/* base/folder and base/lock, in a folder of their own */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/folder.h"
#include "base/lock.h"

static char top[] = "/tmp/test_folder.XXXXXX";
static int at = -1;

static void
touch(const char *name, const char *text)
{
	int fd = openat(at, name, O_WRONLY | O_CREAT | O_TRUNC, 0666);

	assert_int_not_equal(fd, -1);
	assert_int_equal(write(fd, text, strlen(text)), strlen(text));
	close(fd);
}

static bool
is_there(const char *name)
{
	struct stat st;

	return fstatat(at, name, &st, AT_SYMLINK_NOFOLLOW) == 0;
}

static int
set_up(void **state)
{
	struct fault f = { 0 };

	(void)state;
	if (mkdtemp(top) == NULL)
		return -1;
	at = folder_open(top, &f);
	return at == -1 ? -1 : 0;
}

static int
tear_down(void **state)
{
	pid_t child;
	int status = -1;

	(void)state;
	close(at);
	child = fork();
	if (child == 0) {
		(void)execl("/bin/rm", "rm", "-rf", top, (char *)NULL);
		_exit(1);
	}
	(void)waitpid(child, &status, 0);
	return status;
}

static void
test_read(void **state)
{
	struct folder folder;
	struct fault f = { 0 };
	int fd;

	(void)state;
	mkdirat(at, "read", 0777);
	touch("read/b", "12345");
	touch("read/.a", "");
	mkdirat(at, "read/c", 0777);
	assert_int_equal(symlinkat("b", at, "read/link"), 0);
	assert_int_equal(mkfifoat(at, "read/pipe", 0666), 0);

	fd = folder_open_in(at, "read", &f);
	assert_int_not_equal(fd, -1);
	/* twice: reading leaves the descriptor where it was */
	assert_int_equal(folder_read(fd, "read", &folder, &f), 0);
	folder_free(&folder);
	assert_int_equal(folder_read(fd, "read", &folder, &f), 0);
	close(fd);
	assert_int_equal(folder.nr, 5);
	assert_string_equal(folder.entry[0].name, ".a");
	assert_string_equal(folder.entry[1].name, "b");
	assert_int_equal(folder.entry[1].kind, FOLDER_FILE);
	assert_int_equal(folder.entry[1].bytes, 5);
	assert_int_equal(folder.entry[2].kind, FOLDER_FOLDER);
	assert_int_equal(folder.entry[3].kind, FOLDER_OTHER);
	assert_int_equal(folder.entry[4].kind, FOLDER_OTHER);
	assert_ptr_equal(folder_find(&folder, "b"), &folder.entry[1]);
	assert_null(folder_find(&folder, "B"));
	folder_free(&folder);
}

static void
test_names(void **state)
{
	static const char *const bad[] = { ".", "..", "../etc", "names/in",
		"/etc", "gone", "link", "file", "" };
	struct fault f;
	size_t i;

	(void)state;
	mkdirat(at, "names", 0777);
	mkdirat(at, "names/in", 0777);
	assert_int_equal(symlinkat("names", at, "link"), 0);
	touch("file", "");
	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		f.kind = FAULT_NONE;
		if (folder_open_in(at, bad[i], &f) != -1)
			fail_msg("'%s' is opened", bad[i]);
		assert_int_equal(f.kind, FAULT_IO);
		assert_int_equal(folder_remove(at, bad[i], &f), -1);
	}
	assert_true(is_there("names/in"));
	assert_true(is_there("link"));
}

static void
test_remove(void **state)
{
	struct fault f = { 0 };

	(void)state;
	mkdirat(at, "gone1", 0777);
	touch("gone1/a", "1");
	touch("gone1/b", "2");
	assert_int_equal(folder_remove(at, "gone1", &f), 0);
	assert_false(is_there("gone1"));
}

static void
test_remove_refused(void **state)
{
	struct fault f = { 0 };

	(void)state;
	mkdirat(at, "kept", 0777);
	touch("kept/a", "1");
	touch("outside", "1");
	assert_int_equal(symlinkat("../outside", at, "kept/z"), 0);
	assert_int_equal(folder_remove(at, "kept", &f), -1);
	assert_int_equal(f.kind, FAULT_DATA);
	assert_string_equal(
	    f.text, "'kept/z' is not a plain file; nothing was removed");
	assert_true(is_there("kept/a"));
	assert_true(is_there("outside"));
}

static void
test_lock(void **state)
{
	struct fault f = { 0 };
	char path[64];
	int fd, second;

	(void)state;
	snprintf(path, sizeof(path), "%s/lock", top);
	fd = lock_take(path, 0, &f);
	assert_int_not_equal(fd, -1);
	second = lock_take(path, 50, &f);
	assert_int_equal(second, -1);
	assert_int_equal(f.kind, FAULT_AGAIN);
	close(fd);
	second = lock_take(path, 0, &f);
	assert_int_not_equal(second, -1);
	close(second);

	unlink(path);
	assert_int_equal(symlinkat("file", at, "lock"), 0);
	assert_int_equal(lock_take(path, 0, &f), -1);
	assert_int_equal(f.kind, FAULT_IO);
	unlink(path);
	assert_int_equal(mkfifoat(at, "lock", 0666), 0);
	assert_int_equal(lock_take(path, 0, &f), -1);
	assert_int_equal(f.kind, FAULT_IO);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_read),
		cmocka_unit_test(test_names),
		cmocka_unit_test(test_remove),
		cmocka_unit_test(test_remove_refused),
		cmocka_unit_test(test_lock),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
