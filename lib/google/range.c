#include "google/range.h"

#include "base/xlsx.h"

void
range_put_tab(struct buf *b, struct text title)
{
	size_t i;

	buf_char(b, '\'');
	for (i = 0; i < title.len; i++) {
		if (title.p[i] == '\'')
			buf_char(b, '\'');
		buf_char(b, title.p[i]);
	}
	buf_char(b, '\'');
}

static void
put_place(struct buf *b, size_t row, size_t column)
{
	char letters[XLSX_COLUMN_NAME];

	buf_printf(b, "%s%zu", xlsx_column_name(column, letters), row + 1);
}

void
range_put_cell(struct buf *b, struct text title, size_t row, size_t column)
{
	range_put_tab(b, title);
	buf_char(b, '!');
	put_place(b, row, column);
}

void
range_put(struct buf *b, struct text title, size_t row, size_t column,
    size_t last_row, size_t last_column)
{
	range_put_cell(b, title, row, column);
	buf_char(b, ':');
	put_place(b, last_row, last_column);
}
