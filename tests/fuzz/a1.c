/*
 * Any text as a range of cells: what has no open end comes back from its own
 * form as the same. And as what is typed into a cell: it can always be shown.
 */
#include "sandbox/a1.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "sandbox/typed.h"

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

static void
check_range(struct text t)
{
	struct a1 a1, back;
	struct buf b;

	if (!a1_parse(t, &a1) || a1.row.end == A1_OPEN ||
	    a1.column.end == A1_OPEN)
		return;
	if (a1.row.first >= a1.row.end || a1.column.first >= a1.column.end)
		abort();
	buf_init(&b, 1 << 20);
	a1_put(&b, text_of("It's"), a1.row, a1.column);
	if (!a1_parse(buf_view(&b), &back) ||
	    !a1_names(&back, text_of("it's")) ||
	    memcmp(&back.row, &a1.row, sizeof(a1.row)) != 0 ||
	    memcmp(&back.column, &a1.column, sizeof(a1.column)) != 0)
		abort();
	buf_free(&b);
}

static void
check_typed(struct text t)
{
	struct cell c = { 0 };
	struct buf b;

	buf_init(&b, 1 << 20);
	cell_type(&c, t);
	cell_show(&c, &b);
	if (b.over ||
	    (c.kind != CELL_EMPTY && c.kind != CELL_TEXT && b.len == 0))
		abort();
	cell_clear(&c);
	buf_free(&b);
}

/* As a title: its form is a range that names it. */
static void
check_title(struct text t)
{
	const struct a1_span one = { 0, 1 };
	struct a1 back;
	struct buf b;

	if (t.len == 0)
		return;
	buf_init(&b, 1 << 20);
	a1_put(&b, t, one, one);
	if (!a1_parse(buf_view(&b), &back) || !a1_names(&back, t))
		abort();
	buf_clear(&b);
	a1_put_tab(&b, t);
	if (!a1_parse(buf_view(&b), &back) || !a1_names(&back, t))
		abort();
	buf_free(&b);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	/* a copy of its exact size: reading past it is seen */
	char *copy = malloc(size);
	struct text t = { copy, size };

	if (copy == NULL)
		return 0;
	memcpy(copy, data, size);
	check_range(t);
	check_title(t);
	if (memchr(copy, '\0', size) == NULL)
		check_typed(t);
	free(copy);
	return 0;
}
