#include "base/csv_in.h"

#include <csv.h>
#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/csv_cut.h"
#include "base/utf8.h"
#include "base/xalloc.h"

#define BLOCK (256u << 10)
#define NONE  SIZE_MAX

struct csv_in {
	struct csv_parser parser;
	ssize_t (*read)(void *of, char *p, size_t len, struct fault *);
	void *of;
	int fd;
	const char *name;
	char delimiter;
	char *block;
	size_t at, len; /* what of the block is not parsed yet */
	bool ended;
	bool begun;   /* the byte order mark is behind us */
	char comment; /* what starts one; NUL: nothing does */
	bool in_comment;
	bool after_cr;	   /* an LF now belongs to it */
	uint64_t line;	   /* of what is parsed next */
	uint64_t row_line; /* where the row starts */
	struct buf text;   /* of the row's cells */
	struct csv_line row;
	size_t *start; /* of each cell in text; NONE: no text */
	size_t start_cap;
	bool is_whole; /* the row */
	bool is_wide;  /* it has more cells than are kept */
	bool is_cut;   /* its cells lie in the block */
};

/* Blanks around a field belong to it. */
static int
is_no_space(unsigned char c)
{
	(void)c;
	return 0;
}

static ssize_t
read_fd(void *of, char *p, size_t len, struct fault *f)
{
	struct csv_in *c = of;
	ssize_t nr;

	do
		nr = read(c->fd, p, len);
	while (nr == -1 && errno == EINTR);
	if (nr == -1) {
		fault_errno(f, "cannot read");
		fault_prefix(f, "%s: ", c->name);
	}
	return nr;
}

struct csv_in *
csv_in_of(ssize_t (*read)(void *of, char *p, size_t len, struct fault *),
    void *of, const char *name, char delimiter)
{
	struct csv_in *c = xcalloc(1, sizeof(*c));

	if (csv_init(&c->parser,
		CSV_STRICT | CSV_STRICT_FINI | CSV_EMPTY_IS_NULL) != 0)
		xalloc_fail();
	csv_set_delim(&c->parser, (unsigned char)delimiter);
	csv_set_space_func(&c->parser, is_no_space);
	/* a long cell must not move for each 128 bytes */
	csv_set_blk_size(&c->parser, BLOCK);
	c->read = read;
	c->of = of;
	c->name = name;
	c->delimiter = delimiter;
	c->block = xcalloc(BLOCK + CSV_CUT_SLACK, 1);
	c->line = c->row_line = 1;
	buf_init(&c->text, CSV_ROW_MAX);
	return c;
}

struct csv_in *
csv_in_new(int fd, const char *name, char delimiter)
{
	struct csv_in *c = csv_in_of(read_fd, NULL, name, delimiter);

	c->of = c;
	c->fd = fd;
	return c;
}

void
csv_in_free(struct csv_in *c)
{
	if (c == NULL)
		return;
	csv_free(&c->parser);
	buf_free(&c->text);
	free(c->block);
	free(c->row.cell);
	free(c->start);
	free(c);
}

static void
take_cell(void *text, size_t len, void *arg)
{
	struct csv_in *c = arg;

	size_t nr = c->row.nr;

	c->is_wide = nr == CSV_CELLS_MAX;
	if (c->is_wide)
		return;
	c->start = xgrow(c->start, nr, &c->start_cap, sizeof(*c->start));
	if (nr == c->row.cap)
		csv_line_grow(&c->row);
	c->start[nr] = text == NULL ? NONE : c->text.len;
	c->row.cell[c->row.nr++].len = len;
	buf_add(&c->text, text == NULL ? "" : text, len);
	/* half a character ends with its cell */
	buf_char(&c->text, ',');
}

static void
take_row(int end, void *arg)
{
	struct csv_in *c = arg;

	(void)end;
	c->is_whole = true;
}

static int
refuse(const struct csv_in *c, struct fault *f, const char *what)
{
	return fault_set(f, FAULT_DATA, "%s:%llu: %s", c->name,
	    (unsigned long long)c->row_line, what);
}

static int
refuse_encoding(const struct csv_in *c, struct fault *f)
{
	return refuse(c, f,
	    "is not UTF-8; convert the file, as by iconv -f WINDOWS-1252 -t "
	    "UTF-8");
}

/* More of the file behind what is there; false at its end, -1 on a fault. */
static int
fill(struct csv_in *c, struct fault *f)
{
	static const char mark[] = "\xef\xbb\xbf";
	size_t had = c->len - c->at;
	ssize_t nr;

	memmove(c->block, c->block + c->at, had);
	c->at = 0;
	c->len = had;
	/* the mark must be seen in one piece */
	do {
		nr = c->read(c->of, c->block + c->len, BLOCK - c->len, f);
		if (nr == -1)
			return -1;
		c->len += (size_t)nr;
	} while (!c->begun && nr > 0 && c->len < 3);
	if (!c->begun && c->len >= 3 && memcmp(c->block, mark, 3) == 0)
		c->at = 3;
	c->begun = true;
	return c->len > had;
}

/* Up to and with the next line end, or all there is. */
static size_t
line_length(const char *p, size_t len)
{
	const char *lf = memchr(p, '\n', len), *cr;
	size_t nr = lf == NULL ? len : (size_t)(lf - p) + 1;

	cr = memchr(p, '\r', nr);
	return cr == NULL ? nr : (size_t)(cr - p) + 1;
}

/* An LF behind a CR is the same line end. */
static void
count_line(struct csv_in *c, const char *p, size_t len)
{
	char last = p[len - 1];

	if (last == '\r' || (last == '\n' && !(len == 1 && c->after_cr)))
		c->line++;
	c->after_cr = last == '\r';
}

void
csv_in_comments(struct csv_in *c, char mark)
{
	c->comment = mark;
}

/* Between two rows, so that a line of its own can be cut without libcsv. */
static bool
at_row(const struct csv_in *c)
{
	return c->row.nr == 0 && c->parser.pstate == 0;
}

static bool
is_comment(const struct csv_in *c, const char *p)
{
	return c->comment != '\0' && at_row(c) && p[0] == c->comment;
}

/* The line is a comment, or the rest of one that was longer than the block. */
static bool
skip_comment(struct csv_in *c, const char *p, size_t len)
{
	if (!c->in_comment && !is_comment(c, p))
		return false;
	c->at += len;
	count_line(c, p, len);
	c->in_comment = p[len - 1] != '\n' && p[len - 1] != '\r';
	return true;
}

static int
check_row(struct csv_in *c, struct fault *f)
{
	if (c->text.over || csv_get_buffer_size(&c->parser) > 2 * CSV_ROW_MAX)
		return refuse(c, f, "the row is too long; is a quote missing?");
	if (c->is_wide)
		return refuse(c, f, "the row has more than 65,536 cells");
	return 0;
}

static int
parse_line(struct csv_in *c, struct fault *f)
{
	const char *p = c->block + c->at;
	size_t len = line_length(p, c->len - c->at);

	if (skip_comment(c, p, len))
		return 0;
	if (memchr(p, '\0', len) != NULL)
		return refuse(c, f, "has a NUL: it is no text");
	if (csv_parse(&c->parser, p, len, take_cell, take_row, c) != len)
		return refuse(c, f,
		    csv_error(&c->parser) == CSV_EPARSE
			? "a quote where none can be: a field with quotes in "
			  "it is quoted, and each is written twice"
			: csv_strerror(csv_error(&c->parser)));
	if (check_row(c, f) == -1)
		return -1;
	c->at += len;
	count_line(c, p, len);
	return 0;
}

static int
end_file(struct csv_in *c, struct fault *f)
{
	c->ended = true;
	if (csv_fini(&c->parser, take_cell, take_row, c) != 0)
		return refuse(c, f, "the file ends inside quotes");
	return check_row(c, f);
}

/* A line whose cells lie in the block. */
static int
take_line(struct csv_in *c, struct fault *f)
{
	const struct csv_line *line = &c->row;
	const char *p = c->block + c->at;

	if (!line->ascii && !utf8_valid((struct text){ p, line->len - 1 }))
		return refuse_encoding(c, f);
	c->is_whole = c->is_cut = line->len > 1;
	if (!c->is_whole)
		c->row.nr = 0;
	c->at += line->len;
	count_line(c, p, line->len);
	/* which is most often there, and would be a line of its own */
	if (c->after_cr && c->at < c->len && c->block[c->at] == '\n') {
		c->at++;
		c->after_cr = false;
	}
	return 0;
}

/* More is to come, or the file has ended. */
static int
read_on(struct csv_in *c, struct fault *f)
{
	int more = fill(c, f);

	if (more == 0)
		return c->at < c->len ? parse_line(c, f) : end_file(c, f);
	return more == -1 ? -1 : 0;
}

/* A step on: a line cut, a part of one parsed, or more of the file there. */
static int
step(struct csv_in *c, struct fault *f)
{
	const char *p = c->block + c->at, *end = c->block + c->len;
	enum csv_cut cut;
	size_t len;

	if (at_row(c))
		c->row_line = c->line;
	if (p == end)
		return read_on(c, f);
	if (!at_row(c) || c->in_comment || is_comment(c, p))
		return parse_line(c, f);
	cut = csv_cut(&c->row, p, end, c->delimiter);
	if (cut == CSV_CUT_DONE)
		return take_line(c, f);
	len = line_length(p, (size_t)(end - p));
	if (cut == CSV_CUT_HARD && (p[len - 1] == '\n' || p[len - 1] == '\r'))
		return parse_line(c, f);
	/* the rest of the line may follow */
	return len < BLOCK / 2 ? read_on(c, f) : parse_line(c, f);
}

int
csv_in_row(struct csv_in *c, const struct text **cell, size_t *nr,
    uint64_t *line, struct fault *f)
{
	size_t i;

	buf_clear(&c->text);
	c->row.nr = 0;
	c->is_whole = c->is_cut = false;
	while (!c->is_whole && !c->ended)
		if (step(c, f) == -1)
			return -1;
	if (!c->is_whole)
		return 0;
	if (!c->is_cut && !utf8_valid(buf_view(&c->text)))
		return refuse_encoding(c, f);
	for (i = 0; !c->is_cut && i < c->row.nr; i++)
		c->row.cell[i].p = c->start[i] == NONE
				       ? NULL
				       : buf_view(&c->text).p + c->start[i];
	*cell = c->row.cell;
	*nr = c->row.nr;
	*line = c->row_line;
	return 1;
}
