#include "sandbox/a1.h"

/* One side of a ref; 0: not given. Both count from 1. */
struct side {
	uint32_t column, row;
};

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool
is_letter(char c)
{
	return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
}

/* A number or a word of letters past max stays just past it. */
static void
add_digit(uint32_t *x, uint32_t base, uint32_t digit, uint32_t max)
{
	*x = *x * base + digit;
	if (*x > max)
		*x = max + 1;
}

static bool
parse_side(struct text t, struct side *side)
{
	size_t i = 0, start;

	*side = (struct side){ 0, 0 };
	i += i < t.len && t.p[i] == '$' && t.len > 1 && is_letter(t.p[1]);
	start = i;
	for (; i < t.len && is_letter(t.p[i]); i++)
		add_digit(&side->column, 26,
		    (uint32_t)((t.p[i] | 0x20) - 'a' + 1), A1_COLUMNS);
	/* a longer word is a name */
	if (i - start > 3)
		return false;
	if (i == t.len)
		return i > start;
	i += t.p[i] == '$';
	if (i == t.len || t.p[i] == '0')
		return false;
	for (; i < t.len && is_digit(t.p[i]); i++)
		add_digit(&side->row, 10, (uint32_t)(t.p[i] - '0'), A1_ROWS);
	return i == t.len;
}

/* The span between two sides, either of which may be left open. */
static struct a1_span
span_of(uint32_t a, uint32_t b)
{
	uint32_t low = a < b ? a : b, high = a < b ? b : a;

	if (low == 0)
		return (struct a1_span){ high == 0 ? 0 : high - 1, A1_OPEN };
	return (struct a1_span){ low - 1, high };
}

static bool
parse_ref(struct text t, struct a1 *a1)
{
	const char *colon = t.len == 0 ? NULL : memchr(t.p, ':', t.len);
	struct text left = t, right;
	struct side a, b;

	if (colon == NULL) {
		if (!parse_side(t, &a) || a.column == 0 || a.row == 0)
			return false;
		b = a;
	} else {
		left.len = (size_t)(colon - t.p);
		right = (struct text){ colon + 1, t.len - left.len - 1 };
		if (!parse_side(left, &a) || !parse_side(right, &b))
			return false;
		/* A:2 has neither a common column nor a common row */
		if ((a.column == 0 && b.row == 0) ||
		    (a.row == 0 && b.column == 0))
			return false;
	}
	a1->row = span_of(a.row, b.row);
	a1->column = span_of(a.column, b.column);
	return true;
}

/* The name in quotes at the start of t, and what is behind it. */
static bool
parse_quoted(struct text t, struct a1 *a1, struct text *rest)
{
	size_t i;

	for (i = 1; i < t.len; i++) {
		if (t.p[i] != '\'')
			continue;
		if (i + 1 < t.len && t.p[i + 1] == '\'') {
			i++;
			continue;
		}
		a1->tab = (struct text){ t.p + 1, i - 1 };
		a1->quoted = true;
		*rest = (struct text){ t.p + i + 1, t.len - i - 1 };
		return i > 1;
	}
	return false;
}

bool
a1_parse(struct text t, struct a1 *a1)
{
	const char *bang;
	struct text rest = { NULL, 0 };

	*a1 = (struct a1){ .row = { 0, A1_OPEN }, .column = { 0, A1_OPEN } };
	if (t.len == 0)
		return false;
	if (t.p[0] == '\'') {
		if (!parse_quoted(t, a1, &rest))
			return false;
		if (rest.len == 0)
			return true;
		if (rest.p[0] != '!')
			return false;
		return parse_ref((struct text){ rest.p + 1, rest.len - 1 }, a1);
	}
	if (parse_ref(t, a1))
		return true;
	/* a title may have a "!" itself: the last one counts */
	bang = memrchr(t.p, '!', t.len);
	if (bang == NULL) {
		a1->tab = t;
		return true;
	}
	a1->tab = (struct text){ t.p, (size_t)(bang - t.p) };
	rest = (struct text){ bang + 1, t.len - a1->tab.len - 1 };
	return a1->tab.len > 0 && parse_ref(rest, a1);
}

bool
a1_names(const struct a1 *a1, struct text title)
{
	struct text tab = a1->tab;
	size_t i = 0, k = 0;
	char a, b;

	for (; i < tab.len && k < title.len; i++, k++) {
		a = tab.p[i];
		b = title.p[k];
		if (a1->quoted && a == '\'')
			i++;
		if (a >= 'A' && a <= 'Z')
			a |= 0x20;
		if (b >= 'A' && b <= 'Z')
			b |= 0x20;
		if (a != b)
			return false;
	}
	return i == tab.len && k == title.len;
}

void
a1_put_column(struct buf *b, uint32_t column)
{
	char letters[8];
	size_t at = sizeof(letters);

	column++;
	while (column > 0 && at > 0) {
		letters[--at] = (char)('A' + (column - 1) % 26);
		column = (column - 1) / 26;
	}
	buf_add(b, letters + at, sizeof(letters) - at);
}

/* A title of letters, digits and _ that is no ref stands without quotes. */
static bool
is_plain(struct text title)
{
	struct a1 a1;
	size_t i;

	for (i = 0; i < title.len; i++)
		if (!is_letter(title.p[i]) && !is_digit(title.p[i]) &&
		    title.p[i] != '_')
			return false;
	return title.len > 0 && !is_digit(title.p[0]) &&
	       !(a1_parse(title, &a1) && a1.tab.p == NULL);
}

void
a1_put_tab(struct buf *b, struct text title)
{
	size_t i;

	if (is_plain(title)) {
		buf_text(b, title);
		return;
	}
	buf_char(b, '\'');
	for (i = 0; i < title.len; i++) {
		if (title.p[i] == '\'')
			buf_char(b, '\'');
		buf_char(b, title.p[i]);
	}
	buf_char(b, '\'');
}

static void
put_cell(struct buf *b, uint32_t row, uint32_t column)
{
	a1_put_column(b, column);
	buf_printf(b, "%u", row + 1);
}

void
a1_put(
    struct buf *b, struct text title, struct a1_span row, struct a1_span column)
{
	a1_put_tab(b, title);
	buf_char(b, '!');
	put_cell(b, row.first, column.first);
	if (row.end - row.first == 1 && column.end - column.first == 1)
		return;
	buf_char(b, ':');
	put_cell(b, row.end - 1, column.end - 1);
}
