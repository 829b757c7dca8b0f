#include "base/csv_in.h"

#include <csv.h>
#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "base/xalloc.h"

#define BLOCK (256u << 10)
#define NONE  SIZE_MAX

struct csv_in {
	struct csv_parser parser;
	int fd;
	const char *name;
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
	struct text *cell;
	size_t *start; /* of each cell in text; NONE: no text */
	size_t nr, cap, start_cap;
	bool is_whole; /* the row */
	bool is_wide;  /* it has more cells than are kept */
};

/* Blanks around a field belong to it. */
static int
is_no_space(unsigned char c)
{
	(void)c;
	return 0;
}

struct csv_in *
csv_in_new(int fd, const char *name, char delimiter)
{
	struct csv_in *c = xcalloc(1, sizeof(*c));

	if (csv_init(&c->parser,
		CSV_STRICT | CSV_STRICT_FINI | CSV_EMPTY_IS_NULL) != 0)
		xalloc_fail();
	csv_set_delim(&c->parser, (unsigned char)delimiter);
	csv_set_space_func(&c->parser, is_no_space);
	c->fd = fd;
	c->name = name;
	c->block = xcalloc(BLOCK, 1);
	c->line = c->row_line = 1;
	buf_init(&c->text, CSV_ROW_MAX);
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
	free(c->cell);
	free(c->start);
	free(c);
}

static void
take_cell(void *text, size_t len, void *arg)
{
	struct csv_in *c = arg;

	c->is_wide = c->nr == CSV_CELLS_MAX;
	if (c->is_wide)
		return;
	c->start = xgrow(c->start, c->nr, &c->start_cap, sizeof(*c->start));
	c->cell = xgrow(c->cell, c->nr, &c->cap, sizeof(*c->cell));
	c->start[c->nr] = text == NULL ? NONE : c->text.len;
	c->cell[c->nr++].len = len;
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

/* More of the file; false at its end, -1 on a fault. */
static int
fill(struct csv_in *c, struct fault *f)
{
	static const char mark[] = "\xef\xbb\xbf";
	ssize_t nr;

	c->at = c->len = 0;
	/* the mark must be seen in one piece */
	do {
		nr = read(c->fd, c->block + c->len, BLOCK - c->len);
		if (nr == -1 && errno == EINTR)
			continue;
		if (nr == -1) {
			fault_errno(f, "cannot read");
			fault_prefix(f, "%s: ", c->name);
			return -1;
		}
		c->len += (size_t)nr;
	} while (nr == -1 || (!c->begun && nr > 0 && c->len < 3));
	if (!c->begun && c->len >= 3 && memcmp(c->block, mark, 3) == 0)
		c->at = 3;
	c->begun = true;
	return c->len > 0;
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

/* The line is a comment, or the rest of one that was longer than the block. */
static bool
skip_comment(struct csv_in *c, const char *p, size_t len)
{
	bool starts = c->comment != '\0' && c->nr == 0 &&
		      c->parser.pstate == 0 && p[0] == c->comment;

	if (!starts && !c->in_comment)
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

int
csv_in_row(struct csv_in *c, const struct text **cell, size_t *nr,
    uint64_t *line, struct fault *f)
{
	size_t i;
	int more;

	buf_clear(&c->text);
	c->nr = 0;
	c->is_whole = false;
	while (!c->is_whole && !c->ended) {
		if (c->nr == 0 && c->parser.pstate == 0)
			c->row_line = c->line;
		more = c->at < c->len ? 1 : fill(c, f);
		/* a mark may be all there was */
		if (more == 1 && c->at == c->len)
			continue;
		if (more == -1 ||
		    (more == 1 ? parse_line(c, f) : end_file(c, f)) == -1)
			return -1;
	}
	if (!c->is_whole)
		return 0;
	if (!utf8_valid(buf_view(&c->text)))
		return refuse(c, f,
		    "is not UTF-8; convert the file, as by iconv -f "
		    "WINDOWS-1252 -t UTF-8");
	for (i = 0; i < c->nr; i++)
		c->cell[i].p = c->start[i] == NONE
				   ? NULL
				   : buf_view(&c->text).p + c->start[i];
	*cell = c->cell;
	*nr = c->nr;
	*line = c->row_line;
	return 1;
}
