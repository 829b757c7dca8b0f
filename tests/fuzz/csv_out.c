/*
 * Any fields: a reader of RFC 4180 gets them back, whatever the delimiter and
 * the line ends.
 *
 * The first byte is the options; the rest is fields, ended by 1f, or by 1e,
 * which ends the row too.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/csv_out.h"

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

static void
same(bool is)
{
	if (!is)
		abort();
}

/* The next field at p, taken out of its quotes into b; returns its end. */
static const char *
read_field(const char *p, const char *end, char delimiter, struct buf *b)
{
	buf_clear(b);
	if (p < end && *p == '"') {
		for (p++;; p++) {
			same(p < end);
			if (*p == '"' && (p + 1 == end || p[1] != '"'))
				return p + 1;
			if (*p == '"')
				p++;
			buf_char(b, *p);
		}
	}
	while (p < end && *p != delimiter && *p != '\n' && *p != '\r')
		buf_char(b, *p++);
	return p;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	struct buf to, field;
	struct csv_out csv = { .to = &to };
	const char *p, *end, *at;
	struct text t;
	bool last;

	if (len < 2 || data[len - 1] != 0x1e)
		return 0;
	csv.delimiter = data[0] & 1 ? ';' : ',';
	csv.crlf = (data[0] & 2) != 0;
	buf_init(&to, 1u << 26);
	buf_init(&field, 1u << 26);
	at = (const char *)data + 1;
	end = (const char *)data + len;
	for (t.p = p = at; p < end; p++) {
		if (*p != 0x1e && *p != 0x1f)
			continue;
		t.len = (size_t)(p - t.p);
		csv_field(&csv, t, true);
		if (*p == 0x1e)
			csv_row(&csv);
		t.p = p + 1;
	}

	p = to.p;
	while (at < end) {
		p = read_field(p, to.p + to.len, csv.delimiter, &field);
		t.p = at;
		while (*at != 0x1e && *at != 0x1f)
			at++;
		t.len = (size_t)(at - t.p);
		same(text_equal(t, buf_view(&field)));
		last = *at++ == 0x1e;
		if (last && csv.crlf)
			same(*p++ == '\r');
		same(*p++ == (last ? '\n' : csv.delimiter));
	}
	same(p == to.p + to.len);
	buf_free(&to);
	buf_free(&field);
	return 0;
}
