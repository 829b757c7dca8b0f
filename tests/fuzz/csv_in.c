/*
 * csv_in: any bytes are rows or a fault, the same that libcsv alone makes of
 * them, wherever reads and blocks cut them; what is read, written with every
 * text quoted and read again is the same
 */
#include <assert.h>
#include <csv.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/csv_in.h"
#include "base/utf8.h"

#define BLOCK  (256u << 10) /* that csv_in reads at once */
#define FILLER 90000u	    /* bytes of a row that only takes room */

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

/* What is read, so much at once. */
struct input {
	const char *p;
	size_t len;
	size_t most;
	size_t filler; /* bytes of rows before it */
};

static ssize_t
read_input(void *of, char *p, size_t len, struct fault *f)
{
	struct input *in = of;
	size_t i, nr;

	(void)f;
	if (len > in->most)
		len = in->most;
	nr = in->filler < len ? in->filler : len;
	memset(p, 'f', nr);
	for (i = (in->filler - 1) % FILLER; i < nr; i += FILLER)
		p[i] = '\n';
	in->filler -= nr;
	if (len - nr > in->len)
		len = nr + in->len;
	if (len == nr)
		return (ssize_t)len;
	memcpy(p + nr, in->p, len - nr);
	in->p += len - nr;
	in->len -= len - nr;
	return (ssize_t)len;
}

static void
put_cell(struct buf *b, struct text cell)
{
	size_t i;

	if (cell.p == NULL)
		return;
	buf_char(b, '"');
	for (i = 0; i < cell.len; i++) {
		if (cell.p[i] == '"')
			buf_char(b, '"');
		buf_char(b, cell.p[i]);
	}
	buf_char(b, '"');
}

/* A row as CSV with every text quoted; the line that it starts in is in lines. */
static void
put_row(struct buf *rows, struct buf *lines, const struct text *cell, size_t nr,
    uint64_t line)
{
	size_t i;

	for (i = 0; i < nr; i++) {
		if (i > 0)
			buf_char(rows, ',');
		put_cell(rows, cell[i]);
	}
	buf_char(rows, '\n');
	buf_printf(lines, "%llu\n", (unsigned long long)line);
}

/* The rows behind the filler; -1 on a fault. */
static int
read_rows(
    struct input input, char delimiter, struct buf *rows, struct buf *lines)
{
	struct csv_in *in;
	const struct text *cell;
	struct fault f = { 0 };
	uint64_t line, last = 0;
	uint64_t before = (input.filler + FILLER - 1) / FILLER;
	size_t nr, i;
	int more;

	in = csv_in_of(read_input, &input, "input", delimiter);
	buf_clear(rows);
	buf_clear(lines);
	while ((more = csv_in_row(in, &cell, &nr, &line, &f)) == 1) {
		assert(nr > 0 && line > last);
		last = line;
		if (line <= before)
			continue;
		for (i = 0; i < nr; i++)
			if (cell[i].p != NULL)
				assert(utf8_valid(cell[i]));
		put_row(rows, lines, cell, nr, line - before);
	}
	assert(more == 0 || f.text[0] != '\0');
	csv_in_free(in);
	return more;
}

/* The same by libcsv, a byte at a time. */
struct plain {
	struct text *cell;
	size_t nr;
	bool bad, at_start;
	uint64_t line, row_line;
	struct buf *rows, *lines;
};

static void
plain_cell(void *p, size_t len, void *of)
{
	struct plain *plain = of;
	char *copy = malloc(len + 1);

	if (len > 0)
		memcpy(copy, p, len);
	copy[len] = '\0';
	plain->bad |= !utf8_valid((struct text){ copy, len });
	plain->cell[plain->nr].len = len;
	plain->cell[plain->nr++].p = p == NULL ? NULL : copy;
	if (p == NULL)
		free(copy);
}

static void
plain_row(int end, void *of)
{
	struct plain *plain = of;
	size_t i;

	(void)end;
	if (!plain->bad)
		put_row(plain->rows, plain->lines, plain->cell, plain->nr,
		    plain->row_line);
	for (i = 0; i < plain->nr; i++)
		free((void *)(uintptr_t)plain->cell[i].p);
	plain->nr = 0;
	plain->at_start = true;
}

static int
no_space(unsigned char c)
{
	(void)c;
	return 0;
}

static int
read_plainly(struct text t, char delimiter, struct buf *rows, struct buf *lines)
{
	static struct text cell[64 << 10];
	struct plain plain = { .cell = cell, .rows = rows, .lines = lines };
	struct csv_parser parser;
	size_t i;
	char c;

	plain.at_start = true;
	plain.line = 1;
	buf_clear(rows);
	buf_clear(lines);
	assert(csv_init(&parser,
		   CSV_STRICT | CSV_STRICT_FINI | CSV_EMPTY_IS_NULL) == 0);
	csv_set_delim(&parser, (unsigned char)delimiter);
	csv_set_space_func(&parser, no_space);
	for (i = 0; i < t.len && !plain.bad; i++) {
		c = t.p[i];
		if (plain.at_start && c != '\n' && c != '\r') {
			plain.at_start = false;
			plain.row_line = plain.line;
		}
		plain.bad = c == '\0' ||
			    csv_parse(&parser, &c, 1, plain_cell, plain_row,
				&plain) != 1 ||
			    plain.bad;
		if (c == '\r' || (c == '\n' && (i == 0 || t.p[i - 1] != '\r')))
			plain.line++;
	}
	if (!plain.bad && csv_fini(&parser, plain_cell, plain_row, &plain) != 0)
		plain.bad = true;
	while (plain.nr > 0)
		free((void *)(uintptr_t)plain.cell[--plain.nr].p);
	csv_free(&parser);
	return plain.bad ? -1 : 0;
}

static void
compare(const uint8_t *p, size_t len, char delimiter)
{
	static const char mark[] = "\xef\xbb\xbf";
	struct input input = { (const char *)p, len, 1 + len % 7, 0 };
	struct text t = { (const char *)p, len };
	struct buf rows, lines, cut, cut_lines;
	int outcome;

	buf_init(&rows, 1 << 22);
	buf_init(&lines, 1 << 20);
	buf_init(&cut, 1 << 22);
	buf_init(&cut_lines, 1 << 20);
	if (len < 3 || memcmp(p, mark, 3) != 0) {
		outcome = read_plainly(t, delimiter, &rows, &lines);
		assert(
		    read_rows(input, delimiter, &cut, &cut_lines) == outcome);
		assert(text_equal(buf_view(&rows), buf_view(&cut)));
		assert(text_equal(buf_view(&lines), buf_view(&cut_lines)));
		/* a block ends somewhere in it */
		input.most = SIZE_MAX;
		input.filler = BLOCK - (len == 0 ? 0 : p[len / 2] % len);
		assert(
		    read_rows(input, delimiter, &cut, &cut_lines) == outcome);
		assert(text_equal(buf_view(&rows), buf_view(&cut)));
		assert(text_equal(buf_view(&lines), buf_view(&cut_lines)));
	}
	input.most = SIZE_MAX;
	input.filler = 0;
	if (read_rows(input, delimiter, &rows, &lines) == 0 && !rows.over) {
		input = (struct input){ rows.p, rows.len, SIZE_MAX, 0 };
		assert(read_rows(input, ',', &cut, &cut_lines) == 0);
		assert(text_equal(buf_view(&rows), buf_view(&cut)));
	}
	buf_free(&rows);
	buf_free(&lines);
	buf_free(&cut);
	buf_free(&cut_lines);
}

int
LLVMFuzzerTestOneInput(const uint8_t *p, size_t len)
{
	if (len > 60000)
		return 0;
	compare(p, len, ',');
	compare(p, len, ';');
	return 0;
}
