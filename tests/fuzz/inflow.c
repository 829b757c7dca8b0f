/*
 * inflow: any bytes are records or a fault; each record has a name, a day and
 * finite figures, and is read back as what it was. Numbers and durations are
 * what they are under either decimal mark, or nothing
 */
#include <assert.h>
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/csv_in.h"
#include "base/sorter.h"
#include "inflow/export.h"
#include "inflow/person_day.h"
#include "inflow/sniff.h"

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

struct input {
	const uint8_t *p;
	size_t len;
};

static ssize_t
read_input(void *of, char *p, size_t len, struct fault *f)
{
	struct input *in = of;

	(void)f;
	if (len > in->len)
		len = in->len;
	/* in pieces, as a pipe gives them */
	if (len > 100)
		len = 100;
	memcpy(p, in->p, len);
	in->p += len;
	in->len -= len;
	return (ssize_t)len;
}

static void
ignore(void *of, enum tell_kind kind, uint64_t line, const char *text)
{
	(void)of;
	(void)kind;
	(void)line;
	assert(text[0] != '\0');
}

static const struct tell told = { ignore, NULL };

static void
check_record(const struct inflow_row *row)
{
	struct inflow_row_fields at;
	struct inflow_row again;
	struct json_value field[INFLOW_FIGURES + 8];
	struct json_shape *shape = json_shape_new();
	struct record rec = { .field = field, .scratch = arena_new() };
	struct fault f = { 0 };
	struct buf b;
	size_t i;

	inflow_row_want(&at, shape);
	buf_init(&b, 1 << 24);
	inflow_row_put(row, &b);
	assert(json_scan_document(shape, b.p, b.len, field, &f) == 0);
	assert(inflow_row_here(&at, &rec));
	assert(inflow_row_decode(&again, &at, &rec, &f) == 0);
	assert(text_equal(again.name, row->name) && row->name.len > 0);
	assert(text_equal(again.date, row->date) && row->date.len == 10);
	for (i = 0; i < INFLOW_FIGURES; i++) {
		assert(!isinf(row->figure[i]));
		assert(isnan(row->figure[i])
			   ? isnan(again.figure[i])
			   : row->figure[i] == again.figure[i]);
	}
	assert(again.rows == row->rows && row->rows > 0);
	arena_free(rec.scratch);
	json_shape_free(shape);
	buf_free(&b);
}

static void
write_days(struct sorter *sorter, const struct inflow_header *header,
    const struct figure_form *form, bool keep_going)
{
	struct person_day *day =
	    person_day_new(form, header, &told, keep_going);
	struct inflow_row row;
	struct text key, value;
	struct fault f = { 0 };

	while (sorter_next(sorter, &key, &value, &f) == 1)
		if (!person_day_add(day, key, value)) {
			if (person_day_finish(day, &row))
				check_record(&row);
			assert(person_day_add(day, key, value));
		}
	if (person_day_finish(day, &row))
		check_record(&row);
	person_day_free(day);
}

static void
read_export(struct input input, char delimiter, bool keep_going)
{
	struct export_settings set = {
		.reply_unit_s = 1, .keep_going = keep_going, .has_day = true
	};
	struct csv_in *in = csv_in_of(read_input, &input, "input", delimiter);
	struct wording *wording = wording_new();
	struct sorter *sorter = sorter_new("/tmp", 1 << 20);
	struct export *export = NULL;
	struct inflow_header header;
	struct figure_form form;
	struct fault f = { 0 };
	struct buf key, value;
	const struct text *cell;
	uint64_t line;
	size_t nr;
	int kept = 0;

	header_init(&header);
	buf_init(&key, 1 << 24);
	buf_init(&value, 1 << 24);
	while (kept != -1 && csv_in_row(in, &cell, &nr, &line, &f) == 1) {
		if (export == NULL) {
			header_read(&header, wording, cell, nr, line);
			if (!header_recognised(&header) ||
			    header_check(&header, &f) == -1)
				break;
			header_tell(&header, &told);
			export = export_new(&set, &header, &told);
			continue;
		}
		kept = export_row(export, cell, nr, line, &key, &value, &f);
		if (kept == 1)
			assert(sorter_add(sorter, buf_view(&key),
				   buf_view(&value), &f) == 0);
	}
	if (export != NULL && kept != -1 && export_form(export, &form, &f) == 0)
		write_days(sorter, &header, &form, keep_going);
	export_free(export);
	header_free(&header);
	wording_free(wording);
	sorter_free(sorter);
	csv_in_free(in);
	buf_free(&key);
	buf_free(&value);
}

static void
check_cell(struct text t)
{
	struct loose_number n;
	struct period period;
	double s;
	day_nr day;

	t = loose_trim(t);
	if (loose_number_parse(t, &n)) {
		assert(isfinite(decimal_value(n.x)));
		assert(isfinite(
		    decimal_value(loose_by_mark(n.x, n.other, LOOSE_COMMA))));
		assert(n.proves == LOOSE_UNKNOWN || n.other == LOOSE_SAME);
	}
	if (loose_duration_parse(t, LOOSE_M_SS, &s))
		assert(s >= 0);
	if (period_parse(t, PERIOD_DMY, &period))
		assert(period.first <= period.last);
	(void)period_of_name(t, &day);
}

int
LLVMFuzzerTestOneInput(const uint8_t *p, size_t len)
{
	static const char start[] = "Employees;Sales;Tips;Messages;PPVs;"
				    "Unlocked;Unlock;Fans;Reply time;"
				    "Clocked hours;Date;Creators\n";
	struct input input = { p, len };
	struct buf b;

	if (len > 20000)
		return 0;
	buf_init(&b, 1 << 20);
	buf_add(&b, p, len);
	check_cell(buf_view(&b));
	read_export(input, len % 2 ? ',' : ';', false);
	buf_clear(&b);
	buf_str(&b, start);
	buf_add(&b, p, len);
	input = (struct input){ (const uint8_t *)b.p, b.len };
	read_export(input, ';', len % 2);
	buf_free(&b);
	return 0;
}
