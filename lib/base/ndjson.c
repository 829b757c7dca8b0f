#include "base/ndjson.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/tool.h"
#include "base/xalloc.h"

#define BLOCK	  (256u << 10)
#define PIPE_SIZE (1u << 20)

struct ndjson {
	char *const
	    *operand; /* the next file; NULL when standard input is all */
	bool started;
	const char *name; /* of the file being read */
	int fd;		  /* -1 between files */
	bool waits;	  /* reading may block: not a plain file */
	bool ended;	  /* of this file */

	char *block;
	size_t cap;
	const char *at; /* the next line */
	char *end;	/* of what was read */
	char *whole;	/* behind the last newline */
	uint64_t line;	/* of the record read last, from 1 */
	uint64_t count;

	struct json_shape *shape;
	struct json_value *field;
	struct record record;
	struct arena *scratch;
	struct out *tied;
};

struct ndjson *
ndjson_open(char *const *operand, struct json_shape *shape)
{
	struct ndjson *in = xcalloc(1, sizeof(*in));

	in->operand = operand;
	in->shape = shape;
	in->fd = -1;
	in->name = "standard input";
	in->cap = BLOCK;
	in->block = xreallocarray(NULL, in->cap + BUF_SLACK, 1);
	in->at = in->end = in->whole = in->block;
	in->field = xcalloc(json_wants(shape), sizeof(*in->field));
	in->scratch = arena_new();
	in->record.field = in->field;
	in->record.scratch = in->scratch;
	return in;
}

static void
close_file(struct ndjson *in)
{
	if (in->fd > STDIN_FILENO)
		close(in->fd);
	in->fd = -1;
}

void
ndjson_free(struct ndjson *in)
{
	if (in == NULL)
		return;
	close_file(in);
	arena_free(in->scratch);
	free(in->block);
	free(in->field);
	free(in);
}

void
ndjson_tie(struct ndjson *in, struct out *o)
{
	in->tied = o;
}

/* Open the next file: 1, 0 when there is none, -1. */
static int
next_file(struct ndjson *in, struct fault *f)
{
	struct stat st;
	const char *name = "-";

	if (in->operand != NULL && *in->operand != NULL)
		name = *in->operand++;
	else if (in->started)
		return 0;
	in->started = true;
	if (strcmp(name, "-") == 0) {
		in->fd = STDIN_FILENO;
		in->name = "standard input";
		if (isatty(in->fd))
			tool_warn("reading records from the terminal; "
				  "end with Ctrl-D, or see --help");
	} else {
		in->fd = open(name, O_RDONLY | O_CLOEXEC);
		in->name = name;
		if (in->fd == -1)
			return fault_errno(f, "cannot open '%s'", name);
	}
	in->waits = fstat(in->fd, &st) == -1 || !S_ISREG(st.st_mode);
	if (in->waits)
		(void)fcntl(in->fd, F_SETPIPE_SZ, PIPE_SIZE);
	else
		(void)posix_fadvise(in->fd, 0, 0, POSIX_FADV_SEQUENTIAL);
	in->at = in->end = in->whole = in->block;
	in->line = 0;
	in->ended = false;
	return 1;
}

/* Put the unread rest at the start of the block, and make room behind it. */
static int
make_room(struct ndjson *in, struct fault *f)
{
	size_t rest = (size_t)(in->end - in->at);

	if (rest == in->cap) {
		if (in->cap >= NDJSON_LINE_MAX)
			return fault_set(f, FAULT_DATA,
			    "%s:%llu: line is longer than %u MiB", in->name,
			    (unsigned long long)in->line + 1,
			    NDJSON_LINE_MAX >> 20);
		in->cap *= 2;
		in->block = xreallocarray(in->block, in->cap + BUF_SLACK, 1);
	} else {
		memmove(in->block, in->at, rest);
	}
	in->at = in->block;
	in->end = in->block + rest;
	return 0;
}

/* Read until there is a whole line: 1, 0 at the end of the file, -1. */
static int
fill(struct ndjson *in, struct fault *f)
{
	ssize_t nr;
	char *newline;

	for (;;) {
		if (in->ended)
			return 0;
		if (make_room(in, f) == -1)
			return -1;
		if (in->waits && in->tied != NULL &&
		    out_flush(in->tied, f) == -1)
			return -1;
		nr = read(
		    in->fd, in->end, in->cap - (size_t)(in->end - in->block));
		if (nr == -1 && errno == EINTR)
			continue;
		if (nr == -1)
			return fault_errno(f, "cannot read %s", in->name);
		if (nr == 0) {
			in->ended = true;
			if (in->at == in->end)
				return 0;
			/* the last line lacks its newline; the slack has room */
			*in->end++ = '\n';
			newline = in->end - 1;
		} else {
			newline = memrchr(in->end, '\n', (size_t)nr);
			in->end += nr;
		}
		if (newline == NULL)
			continue;
		in->whole = newline + 1;
		memset(in->end, 0, BUF_SLACK - 1);
		return 1;
	}
}

static bool
line_is_blank(const char *p)
{
	while (*p == ' ' || *p == '\t' || *p == '\r')
		p++;
	return *p == '\n';
}

static int
bad_line(struct ndjson *in, const char *bad, struct fault *f)
{
	if (in->line == 1 && memcmp(in->at, "\xef\xbb\xbf", 3) == 0)
		fault_set(f, FAULT_DATA,
		    "byte 1: starts with a byte order mark; save it as UTF-8 "
		    "without one");
	else if (*bad == '\0' && bad < in->whole)
		fault_set(f, FAULT_DATA, "byte %zu: NUL byte",
		    (size_t)(bad - in->at) + 1);
	return ndjson_blame(in, f);
}

int
ndjson_read(struct ndjson *in, const struct record **rec, struct fault *f)
{
	const char *end, *start;
	int more;

	for (;;) {
		if (in->at == in->whole) {
			more = in->fd == -1 ? 0 : fill(in, f);
			if (more == -1)
				return -1;
			if (more == 0) {
				close_file(in);
				if ((more = next_file(in, f)) != 1)
					return more;
				continue;
			}
		}
		in->line++;
		if (*in->at == '{' || !line_is_blank(in->at))
			break;
		in->at = (const char *)memchr(
			     in->at, '\n', (size_t)(in->whole - in->at)) +
			 1;
	}
	arena_clear(in->scratch);
	if (json_scan_line(in->shape, in->at, in->field, &end, f) == -1)
		return bad_line(in, end, f);
	start = in->at;
	in->at = end + 1;
	while (*start != '{')
		start++;
	while (end[-1] != '}')
		end--;
	in->record.line = (struct text){ start, (size_t)(end - start) };
	in->count++;
	*rec = &in->record;
	return 1;
}

int
ndjson_blame(const struct ndjson *in, struct fault *f)
{
	return fault_prefix(
	    f, "%s:%llu: ", in->name, (unsigned long long)in->line);
}

uint64_t
ndjson_count(const struct ndjson *in)
{
	return in->count;
}

void
record_splice(struct buf *b, const struct record *rec, struct text member)
{
	size_t len = rec->line.len - 1, last = len;

	buf_clear(b);
	buf_add(b, rec->line.p, len);
	while (rec->line.p[last - 1] == ' ' || rec->line.p[last - 1] == '\t' ||
	       rec->line.p[last - 1] == '\r')
		last--;
	if (member.len > 0 && rec->line.p[last - 1] != '{')
		buf_char(b, ',');
	buf_text(b, member);
	buf_char(b, '}');
}
