#include "base/line_diff.h"

#include <stdint.h>
#include <stdlib.h>

#include "base/xalloc.h"

#define CONTEXT 3

/* A line of the result: ' ' of both, '-' of before, '+' of after. */
struct edit {
	char sign;
	size_t before, after; /* how many of each stand in front of it */
};

struct edits {
	const struct text *before, *after;
	struct edit *edit;
	size_t nr;
};

static void
add(struct edits *e, char sign, size_t *before, size_t *after)
{
	e->edit[e->nr++] = (struct edit){ sign, *before, *after };
	*before += sign != '+';
	*after += sign != '-';
}

/*
 * How to go on from each pair of lines: the length of a longest common part is
 * kept for one line of before at a time, the way for all.
 */
static char *
find_ways(
    const struct text *before, size_t n, const struct text *after, size_t m)
{
	char *way = xcalloc(n * m, 1);
	uint32_t *below = xcalloc(m + 1, sizeof(*below));
	uint32_t *here = xcalloc(m + 1, sizeof(*here)), *swap;
	size_t i, j;

	for (i = n; i-- > 0;) {
		for (j = m; j-- > 0;) {
			if (text_equal(before[i], after[j])) {
				way[i * m + j] = ' ';
				here[j] = below[j + 1] + 1;
			} else if (below[j] >= here[j + 1]) {
				way[i * m + j] = '-';
				here[j] = below[j];
			} else {
				way[i * m + j] = '+';
				here[j] = here[j + 1];
			}
		}
		swap = below;
		below = here;
		here = swap;
	}
	free(below);
	free(here);
	return way;
}

/* What lies between the common lines at both ends. */
static void
compare_middle(struct edits *e, size_t *i, size_t n, size_t *j, size_t m)
{
	size_t i0 = *i, j0 = *j, width = m - *j;
	char *way = NULL;
	char sign;

	if (i0 < n && j0 < m && (n - i0) <= LINE_DIFF_MAX / width)
		way = find_ways(e->before + i0, n - i0, e->after + j0, width);
	while (*i < n || *j < m) {
		if (*i == n)
			sign = '+';
		else if (*j == m || way == NULL)
			sign = '-';
		else
			sign = way[(*i - i0) * width + (*j - j0)];
		add(e, sign, i, j);
	}
	free(way);
}

static void
compare(struct edits *e, size_t before_nr, size_t after_nr)
{
	size_t i = 0, j = 0, n = before_nr, m = after_nr;

	while (i < n && j < m && text_equal(e->before[i], e->after[j]))
		add(e, ' ', &i, &j);
	while (
	    n > i && m > j && text_equal(e->before[n - 1], e->after[m - 1])) {
		n--;
		m--;
	}
	compare_middle(e, &i, n, &j, m);
	while (i < before_nr)
		add(e, ' ', &i, &j);
}

/* "12,3"; of no lines the line they would stand behind. */
static void
put_span(struct buf *b, size_t first, size_t nr)
{
	buf_printf(b, "%zu", nr == 0 ? first : first + 1);
	if (nr != 1)
		buf_printf(b, ",%zu", nr);
}

static void
put_hunk(struct buf *b, const struct edits *e, size_t from, size_t to)
{
	size_t i, before_nr = 0, after_nr = 0;

	for (i = from; i < to; i++) {
		before_nr += e->edit[i].sign != '+';
		after_nr += e->edit[i].sign != '-';
	}
	buf_str(b, "@@ -");
	put_span(b, e->edit[from].before, before_nr);
	buf_str(b, " +");
	put_span(b, e->edit[from].after, after_nr);
	buf_str(b, " @@\n");
	for (i = from; i < to; i++) {
		buf_char(b, e->edit[i].sign);
		buf_text(b, e->edit[i].sign == '+'
				? e->after[e->edit[i].after]
				: e->before[e->edit[i].before]);
		buf_char(b, '\n');
	}
}

/* The first change at i or behind it. */
static size_t
next_change(const struct edits *e, size_t i)
{
	while (i < e->nr && e->edit[i].sign == ' ')
		i++;
	return i;
}

void
line_diff(struct buf *b, const struct text *before, size_t before_nr,
    const struct text *after, size_t after_nr)
{
	struct edits e = { before, after,
		xcalloc(before_nr + after_nr + 1, sizeof(*e.edit)), 0 };
	size_t change, next, from, to;

	compare(&e, before_nr, after_nr);
	change = next_change(&e, 0);
	while (change < e.nr) {
		from = change < CONTEXT ? 0 : change - CONTEXT;
		do {
			while (change < e.nr && e.edit[change].sign != ' ')
				change++;
			to = change + CONTEXT < e.nr ? change + CONTEXT : e.nr;
			next = next_change(&e, change);
			change = next;
		} while (next < e.nr && next <= to + CONTEXT);
		put_hunk(b, &e, from, to);
	}
	free(e.edit);
}
