/* records from streams */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/ndjson.h"

/* A file with that content; its name is taken off by drop. */
static char *
file_with(const char *p, size_t len)
{
	char *name = strdup("/tmp/test_ndjson.XXXXXX");
	int fd = mkstemp(name);

	assert_int_not_equal(fd, -1);
	while (len > 0) {
		ssize_t nr = write(fd, p, len);

		assert_true(nr > 0);
		p += nr;
		len -= (size_t)nr;
	}
	close(fd);
	return name;
}

static void
drop(char *name)
{
	unlink(name);
	free(name);
}

/* All lines read, each behind a '|', or the fault in f. */
static int
read_all(const char *content, size_t len, char *seen, struct fault *f)
{
	struct json_shape *shape = json_shape_new();
	char *name = file_with(content, len);
	char *operand[] = { name, NULL };
	const struct record *rec;
	struct ndjson *in;
	int more;

	json_want(shape, "a");
	in = ndjson_open(operand, shape);
	seen[0] = '\0';
	while ((more = ndjson_read(in, &rec, f)) == 1) {
		strcat(seen, "|");
		strncat(seen, rec->line.p, rec->line.len);
	}
	if (more == -1 && strstr(f->text, name) == f->text)
		memmove(f->text, f->text + strlen(name),
		    strlen(f->text + strlen(name)) + 1);
	ndjson_free(in);
	json_shape_free(shape);
	drop(name);
	return more;
}

static void
line_ends_and_blank_lines(void **state)
{
	struct fault f = { 0 };
	char seen[256];

	(void)state;
#define READ(s) read_all(s, sizeof(s) - 1, seen, &f)
	assert_int_equal(READ(""), 0);
	assert_string_equal(seen, "");
	assert_int_equal(READ("\n\n \t\r\n"), 0);
	assert_string_equal(seen, "");
	assert_int_equal(READ("{\"a\":1}\n{\"a\":2}\n"), 0);
	assert_string_equal(seen, "|{\"a\":1}|{\"a\":2}");
	assert_int_equal(READ("{\"a\":1}\r\n\r\n\n {\"a\" : 2} \r\n{}"), 0);
	assert_string_equal(seen, "|{\"a\":1}|{\"a\" : 2}|{}");
}

static void
a_bad_line_is_named(void **state)
{
	struct fault f = { 0 };
	char seen[256];

	(void)state;
	assert_int_equal(READ("{\"a\":1}\n\n{\"a\":1\n{}\n"), -1);
	assert_string_equal(seen, "|{\"a\":1}");
	assert_string_equal(f.text, ":3: byte 7: ',' or '}' is missing");
	assert_int_equal(f.kind, FAULT_DATA);
	assert_int_equal(READ("{\"a\":\"x\n"), -1);
	assert_string_equal(f.text, ":1: byte 8: the text ends in a string");
	assert_int_equal(READ("{}\n{\"a\":tru"), -1);
	assert_string_equal(
	    f.text, ":2: byte 6: a value is missing or not JSON");
	assert_int_equal(READ("{\"a\":\"\0\"}\n"), -1);
	assert_string_equal(f.text, ":1: byte 7: NUL byte");
	assert_int_equal(READ("\0\n"), -1);
	assert_string_equal(f.text, ":1: byte 1: NUL byte");
	assert_int_equal(READ("\xef\xbb\xbf{}\n"), -1);
	assert_non_null(strstr(f.text, "byte order mark"));
	assert_int_equal(READ("{}\n[1]\n"), -1);
	assert_string_equal(f.text, ":2: byte 1: not a JSON object");
#undef READ
}

/* Lines of every length around the size of a block, whole and cut anywhere. */
static void
lines_cross_blocks(void **state)
{
	const size_t total = 3u << 20;
	struct json_shape *shape = json_shape_new();
	char *content = malloc(total + 70000), *name;
	char *operand[2] = { NULL, NULL };
	const struct record *rec;
	struct fault f = { 0 };
	struct ndjson *in;
	struct text t;
	size_t at = 0, len, nr = 0, read = 0, slot = json_want(shape, "a");

	(void)state;
	while (at < total) {
		len = (nr * 7919) % 60000;
		at += (size_t)snprintf(content + at, 32, "{\"a\":\"");
		memset(content + at, 'a' + (int)(nr % 26), len);
		at += len;
		at += (size_t)snprintf(content + at, 32, "\\n\"}\n");
		nr++;
	}
	name = file_with(content, at);
	operand[0] = name;
	in = ndjson_open(operand, shape);
	while (ndjson_read(in, &rec, &f) == 1) {
		t = record_text(rec, slot);
		len = (read * 7919) % 60000;
		assert_int_equal(t.len, len + 1);
		assert_true(len == 0 || t.p[0] == 'a' + (int)(read % 26));
		assert_true(len == 0 || t.p[len - 1] == t.p[0]);
		assert_int_equal(t.p[len], '\n');
		read++;
	}
	assert_int_equal(read, nr);
	assert_int_equal(ndjson_count(in), nr);
	ndjson_free(in);
	json_shape_free(shape);
	drop(name);
	free(content);
}

static void
a_line_has_a_ceiling(void **state)
{
	const size_t over = (size_t)100 << 20, under = (size_t)60 << 20;
	char *content = malloc(over), *name, *operand[2] = { NULL, NULL };
	struct json_shape *shape = json_shape_new();
	const struct record *rec;
	struct fault f = { 0 };
	struct ndjson *in;

	(void)state;
	memset(content, 'x', over);
	memcpy(content, "{\"a\":\"", 6);
	memcpy(content + over - 3, "\"}\n", 3);
	operand[0] = name = file_with(content, over);
	in = ndjson_open(operand, shape);
	assert_int_equal(ndjson_read(in, &rec, &f), -1);
	assert_non_null(strstr(f.text, ":1: line is longer than 64 MiB"));
	ndjson_free(in);
	drop(name);

	memcpy(content + under - 3, "\"}\n", 3);
	operand[0] = name = file_with(content, under);
	in = ndjson_open(operand, shape);
	assert_int_equal(ndjson_read(in, &rec, &f), 1);
	assert_int_equal(rec->line.len, under - 1);
	assert_int_equal(ndjson_read(in, &rec, &f), 0);
	ndjson_free(in);
	drop(name);
	json_shape_free(shape);
	free(content);
}

static void
files_follow_one_another(void **state)
{
	struct json_shape *shape = json_shape_new();
	char *one = file_with("{\"a\":1}", 7), *two = file_with("", 0);
	char *three = file_with("{\"a\":2}\n{", 9);
	char *operand[] = { one, two, three, NULL };
	char *missing[] = { (char *)"/nonexistent/file", NULL };
	const struct record *rec;
	struct fault f = { 0 };
	struct ndjson *in = ndjson_open(operand, shape);

	(void)state;
	assert_int_equal(ndjson_read(in, &rec, &f), 1);
	assert_int_equal(ndjson_read(in, &rec, &f), 1);
	assert_int_equal(ndjson_read(in, &rec, &f), -1);
	assert_non_null(strstr(f.text, three));
	assert_non_null(strstr(f.text, ":2: byte 2: a key is missing"));
	ndjson_free(in);
	in = ndjson_open(missing, shape);
	assert_int_equal(ndjson_read(in, &rec, &f), -1);
	assert_string_equal(f.text,
	    "cannot open '/nonexistent/file': No such file or directory");
	ndjson_free(in);
	json_shape_free(shape);
	drop(one);
	drop(two);
	drop(three);
}

/* What was written is out before the reader waits for more. */
static void
a_tied_stream_is_flushed_before_waiting(void **state)
{
	struct json_shape *shape = json_shape_new();
	struct fault f = { 0 };
	const struct record *rec;
	struct ndjson *in;
	struct out *o;
	int to[2], from[2], old, status, i;
	char got[8];
	pid_t pid;

	(void)state;
	assert_int_equal(pipe(to), 0);
	assert_int_equal(pipe(from), 0);
	pid = fork();
	if (pid == 0) {
		/* a second record only after the first came through */
		close(from[1]);
		if (write(to[1], "{}\n", 3) != 3 || read(from[0], got, 3) != 3)
			_exit(1);
		if (write(to[1], "{}\n", 3) != 3)
			_exit(1);
		_exit(0);
	}
	close(to[1]);
	old = dup(STDIN_FILENO);
	dup2(to[0], STDIN_FILENO);
	in = ndjson_open(NULL, shape);
	o = out_new(from[1], "pipe");
	ndjson_tie(in, o);
	for (i = 0; i < 2; i++) {
		assert_int_equal(ndjson_read(in, &rec, &f), 1);
		assert_int_equal(out_line(o, rec->line, &f), 0);
	}
	assert_int_equal(ndjson_read(in, &rec, &f), 0);
	waitpid(pid, &status, 0);
	assert_int_equal(status, 0);
	out_free(o);
	ndjson_free(in);
	dup2(old, STDIN_FILENO);
	close(old);
	close(to[0]);
	close(from[0]);
	close(from[1]);
	json_shape_free(shape);
}

static void
members_are_spliced_in(void **state)
{
	static const char *const line[][2] = {
		{ "{}", "{\"x\":1}" },
		{ "{ }", "{ \"x\":1}" },
		{ "{\"a\":1.10}", "{\"a\":1.10,\"x\":1}" },
		{ "{\"a\":{} }", "{\"a\":{} ,\"x\":1}" },
	};
	struct record rec = { .field = NULL };
	struct buf b;
	size_t i;

	(void)state;
	buf_init(&b, 100);
	for (i = 0; i < sizeof(line) / sizeof(line[0]); i++) {
		rec.line = text_of(line[i][0]);
		record_splice(&b, &rec, text_of("\"x\":1"));
		assert_string_equal(b.p, line[i][1]);
		record_splice(&b, &rec, text_of(""));
		assert_string_equal(b.p, line[i][0]);
	}
	buf_free(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(line_ends_and_blank_lines),
		cmocka_unit_test(a_bad_line_is_named),
		cmocka_unit_test(lines_cross_blocks),
		cmocka_unit_test(a_line_has_a_ceiling),
		cmocka_unit_test(files_follow_one_another),
		cmocka_unit_test(a_tied_stream_is_flushed_before_waiting),
		cmocka_unit_test(members_are_spliced_in),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
