/* numbers, maps, arenas, buffers, files */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <dirent.h>
#include <math.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/file.h"
#include "base/map.h"
#include "base/num.h"
#include "base/out.h"
#include "base/recall.h"

/* Worked by hand from the exact binary values. */
static void
rounds_the_exact_binary_value(void **state)
{
	static const struct {
		double a, b; /* a / b * 100 */
		double rounded;
	} share[] = {
		{ 2, 11, 18.2 },
		{ 1, 16, 6.2 },	  /* 6.25 is exact: ties to even */
		{ 3, 16, 18.8 },  /* 18.75 */
		{ 5, 16, 31.2 },  /* 31.25 */
		{ 23, 80, 28.7 }, /* 28.749999999999996 */
		{ 49, 80, 61.3 }, /* 61.25000000000001 */
		{ 0, 7, 0 },
		{ 7, 7, 100 },
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(share) / sizeof(share[0]); i++)
		assert_true(num_round1(num_percent(share[i].a, share[i].b)) ==
			    share[i].rounded);
	assert_true(num_round1(-0.04) == 0);
	assert_true(num_round1(1e300) == 1e300);
}

static void
formats_the_shortest_that_reads_back(void **state)
{
	static const struct {
		double x;
		const char *text;
	} number[] = {
		{ 0.1, "0.1" },
		{ 31.2, "31.2" },
		{ 50, "50" },
		{ 1.0 / 3, "0.3333333333333333" },
		{ 5e-324, "4.94065645841247e-324" },
		{ 1.7976931348623157e308, "1.7976931348623157e+308" },
		{ 12.000000000000002, "12.000000000000002" },
		{ 9007199254740993.0, "9007199254740992" },
	};
	char text[NUM_MAX];
	double back;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(number) / sizeof(number[0]); i++) {
		num_format(number[i].x, text);
		assert_string_equal(text, number[i].text);
		assert_true(num_parse(text_of(text), &back));
		assert_true(back == number[i].x);
	}
}

static void
formats_as(double x)
{
	char text[NUM_MAX], expected[NUM_MAX];
	int digits;

	for (digits = 15; digits <= 17; digits++) {
		snprintf(expected, sizeof(expected), "%.*g", digits, x);
		if (strtod(expected, NULL) == x)
			break;
	}
	assert_string_equal(num_format(x, text), expected);
}

/* Numbers that are written without printf are what printf writes. */
static void
formats_as_printf_does(void **state)
{
	uint64_t random = UINT64_C(88172645463325252);
	double x, power;
	int i, k;

	(void)state;
	for (i = 0; i < 200000; i++) {
		random ^= random << 13;
		random ^= random >> 7;
		random ^= random << 17;
		formats_as(ldexp((double)(random >> 11), (int)(i % 120) - 110));
		formats_as((double)(random % 1000000000) / pow(10, i % 12));
		formats_as(-100.0 * (double)(random % 3000) / (1 + i % 2999));
	}
	for (k = -20; k < 60; k++) {
		for (i = 0, power = ldexp(1, k); i < 3; i++) {
			formats_as(power);
			formats_as(-power);
			power = nextafter(power, i == 0 ? 0 : INFINITY);
		}
		for (i = 0, x = pow(10, k - 20); i < 5; i++) {
			formats_as(x);
			x = nextafter(x, 0);
		}
	}
}

static void
remembers_what_was_asked(void **state)
{
	struct recall *r = recall_new(4);
	char text[RECALL_MAX + 2] = "", number[16];
	struct text answer;
	int i, known = 0;

	(void)state;
	assert_false(recall_get(r, text_of(""), &answer));
	recall_put(r, text_of(""), text_of("none"));
	assert_true(recall_get(r, text_of(""), &answer));
	assert_true(text_is(answer, "none"));
	for (i = 0; i < 1000; i++) {
		snprintf(number, sizeof(number), "%d", i);
		recall_put(r, text_of(number), text_of(number));
		assert_true(recall_get(r, text_of(number), &answer));
		assert_true(text_is(answer, number));
	}
	for (i = 0; i < 1000; i++) {
		snprintf(number, sizeof(number), "%d", i);
		if (!recall_get(r, text_of(number), &answer))
			continue;
		assert_true(text_is(answer, number));
		known++;
	}
	assert_in_range(known, 1, 4);
	/* the longest, and one that is longer */
	memset(text, 'x', RECALL_MAX);
	recall_put(r, text_of(text), text_of(text));
	assert_true(recall_get(r, text_of(text), &answer));
	assert_true(text_is(answer, text));
	text[RECALL_MAX] = 'x';
	recall_put(r, text_of(text), text_of("1"));
	recall_put(r, text_of("1"), text_of(text));
	assert_false(recall_get(r, text_of(text), &answer));
	recall_free(r);
	recall_free(NULL);
}

static void
parses_json_numbers_only(void **state)
{
	static const char *const bad[] = { "", "-", "+1", "01", ".5", "1.",
		"1e", "0x1", "nan", "inf", " 1", "1 ", "1,5", "1e400", "--1" };
	int64_t whole;
	double x;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		if (num_parse(text_of(bad[i]), &x))
			fail_msg("took '%s'", bad[i]);
	assert_true(num_parse(text_of("-1.5E+2"), &x));
	assert_true(x == -150);
	assert_false(num_parse_int(text_of("9223372036854775808"), &whole));
	assert_false(num_parse_int(text_of("-9223372036854775809"), &whole));
	assert_true(num_parse_int(text_of("-9223372036854775808"), &whole));
	assert_true(whole == INT64_MIN);
	assert_true(num_parse_int(text_of("9223372036854775807"), &whole));
	assert_true(whole == INT64_MAX);
	assert_false(num_parse_int(text_of("1.0"), &whole));
	assert_false(num_parse_int(text_of("-"), &whole));
}

static void
a_map_keeps_what_it_was_given(void **state)
{
	struct map *m = map_new();
	char key[16];
	size_t i, nr = 100000;
	bool added;

	(void)state;
	assert_int_equal(map_get(m, text_of("x")), MAP_NONE);
	for (i = 0; i < nr; i++) {
		snprintf(key, sizeof(key), "%zu", i * 7919);
		assert_int_equal(map_intern(m, text_of(key), &added), i);
		assert_true(added);
	}
	for (i = 0; i < nr; i++) {
		snprintf(key, sizeof(key), "%zu", i * 7919);
		assert_int_equal(map_intern(m, text_of(key), &added), i);
		assert_false(added);
		assert_int_equal(map_get(m, text_of(key)), i);
		assert_string_equal(map_key(m, i).p, key);
	}
	assert_int_equal(map_size(m), nr);
	/* keys are bytes: a NUL counts, the empty one is one */
	map_put(m, (struct text){ "a\0b", 3 }, 5);
	map_put(m, text_of("a"), 6);
	map_put(m, text_of(""), 7);
	assert_int_equal(map_get(m, (struct text){ "a\0b", 3 }), 5);
	assert_int_equal(map_get(m, text_of("a")), 6);
	assert_int_equal(map_get(m, text_of("")), 7);
	map_free(m);
}

static void
arena_memory_stays_where_it_is(void **state)
{
	struct arena *a = arena_new();
	struct text t[200];
	char text[200];
	size_t i, round;

	(void)state;
	for (round = 0; round < 3; round++) {
		for (i = 0; i < 200; i++) {
			memset(text, 'a' + (int)(i % 26), i);
			t[i] = arena_copy(a, (struct text){ text, i });
			memset(arena_alloc(a, 500), 'z', 500);
		}
		for (i = 0; i < 200; i++) {
			assert_int_equal(t[i].len, i);
			assert_true(
			    i == 0 || t[i].p[i - 1] == 'a' + (int)(i % 26));
			assert_int_equal(t[i].p[i], '\0');
		}
		arena_clear(a);
	}
	arena_free(a);
}

static void
a_buffer_stops_at_its_ceiling(void **state)
{
	struct fault f = { 0 };
	struct buf b;
	int i;

	(void)state;
	buf_init(&b, 10);
	for (i = 0; i < 5; i++)
		buf_str(&b, "abc");
	assert_true(b.over);
	assert_int_equal(b.len, 9);
	assert_int_equal(buf_check(&b, "the thing", &f), -1);
	assert_string_equal(f.text, "the thing is larger than 10 bytes");
	buf_clear(&b);
	assert_int_equal(buf_check(&b, "the thing", &f), 0);
	buf_printf(&b, "%05d", 42);
	assert_string_equal(b.p, "00042");
	buf_free(&b);
}

/* A fresh folder for the files of a test. */
static void
enter_folder(char folder[32])
{
	strcpy(folder, "/tmp/test_base.XXXXXX");
	assert_non_null(mkdtemp(folder));
	assert_int_equal(chdir(folder), 0);
}

static int
entries(void)
{
	struct dirent *entry;
	DIR *dir = opendir(".");
	int nr = 0;

	while ((entry = readdir(dir)) != NULL)
		nr += strcmp(entry->d_name, ".") != 0 &&
		      strcmp(entry->d_name, "..") != 0;
	closedir(dir);
	return nr;
}

/* Remove the one entry whose name starts with a point. */
static int
drop_temporary(void)
{
	struct dirent *entry;
	DIR *dir = opendir(".");
	int status = -1;

	while ((entry = readdir(dir)) != NULL)
		if (strncmp(entry->d_name, ".a.", 3) == 0)
			status = unlink(entry->d_name);
	closedir(dir);
	return status;
}

static void
leave_folder(const char *folder)
{
	assert_int_equal(chdir("/"), 0);
	assert_int_equal(rmdir(folder), 0);
}

static void
put(const char *name, const char *content)
{
	struct fault f = { 0 };
	struct file_replace *r = file_replace_open(name, 0644, &f);

	assert_non_null(r);
	assert_int_equal(file_write_all(file_replace_fd(r), name, content,
			     strlen(content), &f),
	    0);
	assert_int_equal(file_replace_commit(r, &f), 0);
}

static void
is_content(const char *name, const char *content)
{
	struct fault f = { 0 };
	struct buf b;

	buf_init(&b, 1u << 20);
	assert_int_equal(file_read_all(name, 1000, &b, &f), 0);
	assert_string_equal(b.p == NULL ? "" : b.p, content);
	buf_free(&b);
}

static void
a_file_is_replaced_in_one_step(void **state)
{
	char folder[32];
	struct fault f = { 0 };
	struct file_replace *r;
	struct stat st;

	(void)state;
	enter_folder(folder);
	put("a", "old");
	assert_int_equal(stat("a", &st), 0);
	assert_int_equal(st.st_mode & 0777, 0644 & ~umask(022));
	r = file_replace_open("a", 0600, &f);
	assert_non_null(r);
	assert_int_equal(write(file_replace_fd(r), "half", 4), 4);
	is_content("a", "old");
	file_replace_abort(r);
	is_content("a", "old");
	assert_int_equal(entries(), 1);
	put("a", "new");
	is_content("a", "new");
	assert_int_equal(entries(), 1);
	assert_null(file_replace_open("missing/a", 0644, &f));
	assert_string_equal(
	    f.text, "cannot write 'missing/a': No such file or directory");
	unlink("a");
	leave_folder(folder);
}

/* A child that is signalled in the middle of writing; its wait status. */
static int
killed_by(int sig)
{
	struct fault f = { 0 };
	int status;
	pid_t pid = fork();

	if (pid == 0) {
		struct file_replace *r = file_replace_open("a", 0644, &f);

		if (r == NULL || write(file_replace_fd(r), "half", 4) != 4)
			_exit(1);
		raise(sig);
		_exit(1);
	}
	waitpid(pid, &status, 0);
	return status;
}

static void
a_signal_leaves_the_old_file(void **state)
{
	static const int polite[] = { SIGTERM, SIGINT, SIGHUP };
	char folder[32];
	size_t i;
	int status;

	(void)state;
	enter_folder(folder);
	put("a", "old");
	for (i = 0; i < 3; i++) {
		status = killed_by(polite[i]);
		assert_true(WIFSIGNALED(status));
		assert_int_equal(WTERMSIG(status), polite[i]);
		is_content("a", "old");
		assert_int_equal(entries(), 1);
	}
	/* nobody cleans up after this one, but the final name is whole */
	status = killed_by(SIGKILL);
	assert_true(WIFSIGNALED(status));
	is_content("a", "old");
	assert_int_equal(entries(), 2);
	assert_int_equal(drop_temporary(), 0);
	unlink("a");
	leave_folder(folder);
}

static void
a_full_disk_is_told(void **state)
{
	struct fault f = { 0 };
	struct out *o;
	FILE *full = fopen("/dev/full", "w");
	char block[4096] = "";
	int i, status = 0;

	(void)state;
	assert_non_null(full);
	o = out_new(fileno(full), "standard output");
	for (i = 0; i < 1000 && status == 0; i++)
		status = out_write(o, block, sizeof(block), &f);
	assert_int_equal(status, -1);
	assert_int_equal(f.kind, FAULT_IO);
	assert_string_equal(
	    f.text, "cannot write standard output: No space left on device");
	out_free(o);
	fclose(full);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rounds_the_exact_binary_value),
		cmocka_unit_test(formats_the_shortest_that_reads_back),
		cmocka_unit_test(formats_as_printf_does),
		cmocka_unit_test(remembers_what_was_asked),
		cmocka_unit_test(parses_json_numbers_only),
		cmocka_unit_test(a_map_keeps_what_it_was_given),
		cmocka_unit_test(arena_memory_stays_where_it_is),
		cmocka_unit_test(a_buffer_stops_at_its_ceiling),
		cmocka_unit_test(a_file_is_replaced_in_one_step),
		cmocka_unit_test(a_signal_leaves_the_old_file),
		cmocka_unit_test(a_full_disk_is_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
