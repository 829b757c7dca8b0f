#include "base/tool.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <math.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"
#include "base/num.h"
#include "base/xalloc.h"

#define ID_HELP	   1
#define ID_VERSION 2
#define ID_VERBOSE 3

#define TEXT_MAX (16u << 20)

static const struct tool_option standard[] = {
	{ ID_VERBOSE, "verbose", NULL, "tell counts and progress on stderr" },
	{ ID_HELP, "help", NULL, "show this and exit" },
	{ ID_VERSION, "version", NULL, "show the version and exit" },
	{ 0 },
};

#define STDERR_LINE 4096
#define ESCAPE_LEN  4 /* \x1b */

static const struct tool *self;
static struct option *longopts;
static char *shortopts;
static int arg_nr;
static char **args;
static bool verbose;
static bool progress_shown;
static struct timespec began;

/*
 * Bytes that a terminal acts on are shown, not sent. A line is one write, so
 * that the tools of a pipe do not talk through each other.
 */
static void
put_line(const char *text)
{
	char line[STDERR_LINE];
	const unsigned char *p;
	size_t len;

	len = (size_t)snprintf(line, sizeof(line),
	    "%s%s: ", progress_shown && isatty(STDERR_FILENO) ? "\r\033[K" : "",
	    self == NULL ? "kpipe" : self->name);
	progress_shown = false;
	for (p = (const unsigned char *)text; *p != '\0'; p++) {
		if (len + ESCAPE_LEN + 1 > sizeof(line)) {
			fwrite(line, 1, len, stderr);
			len = 0;
		}
		if (*p < 0x20 || *p == 0x7f ||
		    (*p == 0xc2 && p[1] >= 0x80 && p[1] < 0xa0))
			len += (size_t)snprintf(
			    line + len, ESCAPE_LEN + 1, "\\x%02x", *p);
		else
			line[len++] = (char)*p;
	}
	line[len++] = '\n';
	fwrite(line, 1, len, stderr);
}

static void
say(const char *fmt, va_list ap)
{
	char text[2048];

	vsnprintf(text, sizeof(text), fmt, ap);
	put_line(text);
}

/* Edits (insert, delete, replace, swap) from a to b; both are short. */
static size_t
edit_distance(const char *a, const char *b)
{
	size_t row[3][64];
	size_t i, j, la = strlen(a), lb = strlen(b), cost, best;
	size_t *before = row[0], *above = row[1], *here = row[2], *swap;

	if (la >= 64 || lb >= 64)
		return 64;
	for (j = 0; j <= lb; j++)
		above[j] = j;
	for (i = 1; i <= la; i++) {
		here[0] = i;
		for (j = 1; j <= lb; j++) {
			cost = a[i - 1] != b[j - 1];
			best = above[j - 1] + cost;
			if (above[j] + 1 < best)
				best = above[j] + 1;
			if (here[j - 1] + 1 < best)
				best = here[j - 1] + 1;
			if (i > 1 && j > 1 && a[i - 1] == b[j - 2] &&
			    a[i - 2] == b[j - 1] && before[j - 2] + 1 < best)
				best = before[j - 2] + 1;
			here[j] = best;
		}
		swap = before;
		before = above;
		above = here;
		here = swap;
	}
	return above[lb];
}

/* The long option that was most likely meant, NULL when none is near. */
static const char *
nearest(const char *typed)
{
	const struct option *o;
	const char *best = NULL;
	size_t distance, least = 1 + strlen(typed) / 3;

	for (o = longopts; o->name != NULL; o++) {
		distance = edit_distance(typed, o->name);
		if (distance <= least) {
			least = distance;
			best = o->name;
		}
	}
	return best;
}

_Noreturn static void
wrong_option(int c)
{
	char typed[64];
	const char *word = args[optind - 1], *near;

	if (c == ':' && optopt != 0 && isalpha(optopt))
		tool_usage("option -%c needs a value", optopt);
	if (strncmp(word, "--", 2) != 0 && optopt != 0)
		tool_usage("unknown option -%c", optopt);
	snprintf(typed, sizeof(typed), "%.*s", (int)strcspn(word + 2, "="),
	    word + 2);
	if (c == ':')
		tool_usage("option --%s needs a value", typed);
	if (optopt != 0)
		tool_usage("option --%s takes no value", typed);
	near = nearest(typed);
	if (near != NULL)
		tool_usage(
		    "unknown option --%s; did you mean --%s?", typed, near);
	tool_usage("unknown option --%s", typed);
}

static void
help_option(const struct tool_option *o)
{
	char left[80];

	if (o->id > ' ' && o->id < 256)
		snprintf(left, sizeof(left), "-%c, --%s%s%s", o->id, o->name,
		    o->arg == NULL ? "" : "=", o->arg == NULL ? "" : o->arg);
	else
		snprintf(left, sizeof(left), "    --%s%s%s", o->name,
		    o->arg == NULL ? "" : "=", o->arg == NULL ? "" : o->arg);
	printf(strlen(left) < 28 ? "  %-28s%s\n" : "  %s\n%30s%s\n", left,
	    strlen(left) < 28 ? o->help : "", o->help);
}

_Noreturn static void
help(void)
{
	const struct tool_option *o;
	const char *p = self->synopsis, *eol;

	printf("%s - %s\n\n", self->name, self->summary);
	do {
		eol = strchrnul(p, '\n');
		printf("%s%s %.*s\n",
		    p == self->synopsis ? "usage: " : "       ", self->name,
		    (int)(eol - p), p);
		p = *eol == '\0' ? eol : eol + 1;
	} while (*p != '\0');
	putchar('\n');
	for (o = self->option; o->name != NULL; o++)
		help_option(o);
	for (o = standard; o->name != NULL; o++)
		help_option(o);
	printf("\nThe manual: man %s\n", self->name);
	exit(tool_end(EXIT_DONE));
}

static void
add_options(const struct tool_option *o, size_t *nr, size_t *nr_short)
{
	for (; o->name != NULL; o++) {
		longopts = xreallocarray(longopts, *nr + 2, sizeof(*longopts));
		longopts[*nr] = (struct option){ o->name,
			o->arg == NULL ? no_argument : required_argument, NULL,
			o->id };
		longopts[++*nr] = (struct option){ 0 };
		if (o->id <= ' ' || o->id >= 256)
			continue;
		shortopts = xreallocarray(shortopts, *nr_short + 3, 1);
		shortopts[(*nr_short)++] = (char)o->id;
		if (o->arg != NULL)
			shortopts[(*nr_short)++] = ':';
		shortopts[*nr_short] = '\0';
	}
}

/*
 * A standard stream that came closed would become the next file that is opened,
 * and what is printed would go there: put something in its place that refuses
 * to be used.
 */
static void
hold_closed_streams(void)
{
	int fd, held;

	for (fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++) {
		if (fcntl(fd, F_GETFD) != -1)
			continue;
		held =
		    open("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY);
		if (held != fd)
			_exit(EXIT_UNUSABLE);
	}
}

void
tool_begin(const struct tool *tool, int argc, char *argv[])
{
	size_t nr = 0, nr_short;

	hold_closed_streams();
	clock_gettime(CLOCK_MONOTONIC, &began);
	self = tool;
	arg_nr = argc;
	args = argv;
	/* schedulers leave it ignored; a reader that stops must end us */
	signal(SIGPIPE, SIG_DFL);
	shortopts = xstrdup(tool->runs ? "+:" : ":");
	nr_short = strlen(shortopts);
	add_options(tool->option, &nr, &nr_short);
	add_options(standard, &nr, &nr_short);
	opterr = 0;
}

int
tool_option(const char **value)
{
	int c;

	for (;;) {
		c = getopt_long(arg_nr, args, shortopts, longopts, NULL);
		*value = optarg;
		switch (c) {
		case '?':
		case ':':
			wrong_option(c);
		case ID_HELP:
			help();
		case ID_VERSION:
			printf("%s (kpipe) %s\n", self->name, KPIPE_VERSION);
			exit(tool_end(EXIT_DONE));
		case ID_VERBOSE:
			verbose = true;
			continue;
		case -1:
			free(longopts);
			free(shortopts);
			longopts = NULL;
			shortopts = NULL;
			return -1;
		default:
			return c;
		}
	}
}

char **
tool_operands(void)
{
	return args + optind;
}

char **
tool_files(void)
{
	static const char remedy[] = "its writer may have died half-way: write "
				     "a file, and give that when it is whole";
	char **operand = tool_operands();
	struct fault f = { 0 };
	struct stat st;
	size_t i;

	if (operand[0] == NULL || strcmp(operand[0], "-") == 0)
		tool_usage(
		    "name the file of records; a pipe is not read: %s", remedy);
	for (i = 0; operand[i] != NULL; i++) {
		if (stat(operand[i], &st) == -1)
			fault_errno(&f, "cannot read '%s'", operand[i]);
		else if (!S_ISREG(st.st_mode))
			fault_set(&f, FAULT_USAGE, "'%s' is no file; %s",
			    operand[i], remedy);
		if (f.kind != FAULT_NONE)
			tool_die(&f);
	}
	return operand;
}

int
tool_open_operand(const char **name)
{
	char **operand = tool_operands();
	struct fault f = { 0 };
	int fd;

	if (operand[0] != NULL && operand[1] != NULL)
		tool_usage("one file at a time");
	if (operand[0] == NULL || strcmp(operand[0], "-") == 0) {
		if (isatty(STDIN_FILENO))
			tool_usage("no file given");
		*name = "standard input";
		return STDIN_FILENO;
	}
	*name = operand[0];
	fd = open(*name, O_RDONLY | O_CLOEXEC);
	if (fd == -1) {
		fault_errno(&f, "cannot open %s", *name);
		tool_die(&f);
	}
	return fd;
}

bool
tool_verbose(void)
{
	return verbose;
}

_Noreturn void
tool_usage(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	say(fmt, ap);
	va_end(ap);
	fprintf(stderr, "usage: %s %.*s\nTry '%s --help'.\n", self->name,
	    (int)strcspn(self->synopsis, "\n"), self->synopsis, self->name);
	exit(EXIT_UNUSABLE);
}

_Noreturn void
tool_die(const struct fault *f)
{
	put_line(f->text);
	exit(f->kind == FAULT_AGAIN ? EXIT_AGAIN : EXIT_UNUSABLE);
}

void
tool_warn(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	say(fmt, ap);
	va_end(ap);
}

void
tool_say(const char *fmt, ...)
{
	va_list ap;

	if (!verbose)
		return;
	va_start(ap, fmt);
	say(fmt, ap);
	va_end(ap);
}

void
tool_progress(const char *fmt, ...)
{
	static int64_t last_ms = INT64_MIN / 2;
	static int terminal =
	    -1; /* asked once, as this is called for each row */
	struct timespec now;
	char text[256];
	int64_t ms;
	va_list ap;

	if (terminal == -1)
		terminal = isatty(STDERR_FILENO);
	if (!terminal && !verbose)
		return;
	clock_gettime(CLOCK_MONOTONIC, &now);
	ms = (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
	if (ms - last_ms < (terminal ? 100 : 1000))
		return;
	last_ms = ms;
	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	if (!terminal) {
		put_line(text);
		return;
	}
	fprintf(stderr, "\r\033[K%s: %s", self->name, text);
	fflush(stderr);
	progress_shown = true;
}

int
tool_end(int status)
{
	bool bad = ferror(stdout) != 0;

	if (progress_shown)
		fputs("\r\033[K", stderr);
	progress_shown = false;
	errno = 0;
	if (fflush(stdout) != 0)
		bad = true;
	if (!bad && fclose(stdout) != 0)
		bad = true;
	if (!bad)
		return status;
	if (errno != 0)
		tool_warn("cannot write standard output: %s", strerror(errno));
	else
		tool_warn("cannot write standard output");
	return EXIT_UNUSABLE;
}

long
tool_number(const char *option, const char *value, long min, long max)
{
	int64_t x;

	if (!num_parse_int(text_of(value), &x) || x < min || x > max)
		tool_usage(
		    "--%s takes a whole number from %ld to %ld, not '%s'",
		    option, min, max, value);
	return (long)x;
}

double
tool_decimal(const char *option, const char *value, double min, double max)
{
	char low[NUM_MAX], high[NUM_MAX];
	double x;

	if (!num_parse(text_of(value), &x) || x < min || x > max)
		tool_usage("--%s takes a number from %s to %s, not '%s'",
		    option, num_format(min, low), num_format(max, high), value);
	return x;
}

char *
tool_text(const char *value)
{
	struct fault f = { 0 };
	struct buf b;
	char *copy;

	if (*value != '@')
		return xstrdup(value);
	buf_init(&b, TEXT_MAX);
	if (file_read_all(value + 1, TEXT_MAX, &b, &f) == -1)
		tool_die(&f);
	copy = xstrndup(b.p == NULL ? "" : b.p, b.len);
	buf_free(&b);
	return copy;
}

void
tool_parse(const char *option, const char *value,
    int (*parse)(void *into, struct text, struct fault *), void *into)
{
	struct fault f = { 0 };
	char *text = tool_text(value);

	if (parse(into, text_of(text), &f) == -1)
		tool_usage("--%s: %s", option, f.text);
	free(text);
}

instant_us
tool_instant(const char *option, const char *value)
{
	struct text t = text_of(value);
	instant_us at;
	day_nr day;

	if (instant_parse(t, &at))
		return at;
	if (!day_parse(t, &day))
		tool_usage("--%s takes an instant such as 2026-03-01T12:00:00Z "
			   "or a date, not '%s'",
		    option, value);
	return instant_of_day(day);
}

double
tool_seconds(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)(now.tv_sec - began.tv_sec) +
	       (double)(now.tv_nsec - began.tv_nsec) / 1e9;
}

instant_us
tool_now(void)
{
	struct timespec now;

	clock_gettime(CLOCK_REALTIME, &now);
	return (instant_us)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

const char *
tool_env(const char *name)
{
	const char *value = getenv(name);
	struct text t;
	char *copy;

	if (value == NULL || (t = text_trim(text_of(value))).len == 0)
		return NULL;
	if (t.len == strlen(value))
		return value;
	copy = xstrndup(t.p, t.len);
	if (setenv(name, copy, 1) == -1)
		xalloc_fail();
	free(copy);
	return getenv(name);
}
