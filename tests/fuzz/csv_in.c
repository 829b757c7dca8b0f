/*
 * csv_in: any bytes are rows or a fault; what is read, written with every text
 * quoted and read again is the same
 */
#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/csv_in.h"
#include "base/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

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

/* The rows of what fd has as CSV with every text quoted; -1 on a fault. */
static int
read_rows(int fd, struct buf *rows)
{
	struct csv_in *in = csv_in_new(fd, "input", ',');
	const struct text *cell;
	struct fault f = { 0 };
	uint64_t line, last = 0;
	size_t nr, i;
	int more;

	while ((more = csv_in_row(in, &cell, &nr, &line, &f)) == 1) {
		assert(nr > 0 && line > last);
		last = line;
		for (i = 0; i < nr; i++) {
			if (cell[i].p != NULL)
				assert(utf8_valid(cell[i]));
			if (i > 0)
				buf_char(rows, ',');
			put_cell(rows, cell[i]);
		}
		buf_char(rows, '\n');
	}
	assert(more == 0 || f.text[0] != '\0');
	csv_in_free(in);
	return more;
}

static int
read_bytes(const void *p, size_t len, struct buf *rows)
{
	int fd[2], outcome;

	if (pipe(fd) == -1)
		abort();
	if (len > 0 && write(fd[1], p, len) != (ssize_t)len)
		abort();
	close(fd[1]);
	outcome = read_rows(fd[0], rows);
	close(fd[0]);
	return outcome;
}

int
LLVMFuzzerTestOneInput(const uint8_t *p, size_t len)
{
	struct buf once, twice;

	if (len > 60000)
		return 0;
	buf_init(&once, 1 << 20);
	buf_init(&twice, 1 << 20);
	if (read_bytes(p, len, &once) == 0 && once.len < 60000) {
		assert(read_bytes(once.p, once.len, &twice) == 0);
		assert(text_equal(buf_view(&once), buf_view(&twice)));
	}
	buf_free(&once);
	buf_free(&twice);
	return 0;
}
