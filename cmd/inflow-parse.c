/*
 * inflow-parse - exports of Inflow as records, one for a person and day
 */
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/charset.h"
#include "base/csv_in.h"
#include "base/file.h"
#include "base/out.h"
#include "base/reread.h"
#include "base/sorter.h"
#include "base/tool.h"
#include "inflow/export.h"
#include "inflow/person_day.h"
#include "inflow/sniff.h"
#include "inflow/zone.h"

#define MEMORY	 (16u << 20) /* of rows that are sorted at once */
#define TOLD_MAX 10	     /* of each kind that are told one by one */

enum {
	OPT_ALLOW_MULTIDAY = 256,
	OPT_COLUMN_MAP,
	OPT_DATE,
	OPT_DATE_ORDER,
	OPT_DECIMAL,
	OPT_DELIMITER,
	OPT_ENCODING,
	OPT_KEEP_GOING,
	OPT_PERCENT,
	OPT_PRINT_MAP,
	OPT_REPLY_UNIT,
	OPT_STRICT,
	OPT_TIMEZONE,
};

static const struct tool_option options[] = {
	{ OPT_DATE, "date", "DATE",
	    "only rows of that day; the day where no column has it" },
	{ OPT_ALLOW_MULTIDAY, "allow-multiday", NULL,
	    "take the last day of a row that is of several" },
	{ OPT_DATE_ORDER, "date-order", "ORDER",
	    "what 02/10/2026 is, dmy or mdy; default mdy" },
	{ OPT_DECIMAL, "decimal", "MARK",
	    "point or comma; default what the file shows" },
	{ OPT_PERCENT, "percent", "FORM",
	    "points or fraction; default what the file shows" },
	{ OPT_REPLY_UNIT, "reply-unit", "UNIT",
	    "s or min, of reply times that are bare numbers; default s" },
	{ OPT_TIMEZONE, "timezone", "NAME",
	    "what the days should be of; default UTC" },
	{ OPT_COLUMN_MAP, "column-map", "FILE",
	    "a JSON object with more headers for each key" },
	{ OPT_DELIMITER, "delimiter", "CHARACTER",
	    "what is between the cells, tab for a tab; default what fits" },
	{ OPT_ENCODING, "encoding", "NAME",
	    "of the file, as iconv has it; default what fits" },
	{ OPT_KEEP_GOING, "keep-going", NULL,
	    "a bad cell is null; its row stays" },
	{ OPT_STRICT, "strict", NULL, "stop at the first bad row" },
	{ OPT_PRINT_MAP, "print-map", NULL,
	    "write which column is which, and no rows" },
	{ 0 },
};

static const struct tool tool = {
	.name = "inflow-parse",
	.summary = "exports of Inflow as records, one for a person and day",
	.synopsis = "[--date=DATE] [--allow-multiday] [--date-order=ORDER] "
		    "[--decimal=MARK] [--percent=FORM] [--reply-unit=UNIT] "
		    "[--timezone=NAME] [--column-map=FILE] "
		    "[--delimiter=CHARACTER] [--encoding=NAME] "
		    "[--keep-going | --strict] [--print-map] [FILE]",
	.option = options,
};

struct parse_job {
	struct export_settings set;
	struct wording *wording;
	char delimiter; /* NUL: what fits */
	bool strict;
	bool print_map;
	const char *zone; /* what the days should be of */
	const char *name; /* of the file */
	int fd;
	struct charset charset; /* no name: what fits */
	struct charset_in *bytes;
	struct inflow_header header;
	struct sorter *sorter;
	struct out *out;
	struct tell tell;
	uint64_t told[TELL_DOUBT + 1];
};

/* Which of two words a value is. */
static bool
is_second(const char *option, const char *value, const char *first,
    const char *second)
{
	if (strcmp(value, second) == 0)
		return true;
	if (strcmp(value, first) != 0)
		tool_usage(
		    "--%s is %s or %s, not '%s'", option, first, second, value);
	return false;
}

static void
read_date(struct parse_job *job, const char *value)
{
	if (!day_parse(text_of(value), &job->set.only))
		tool_usage(
		    "--date is a date such as 2026-02-10, not '%s'", value);
	job->set.has_only = job->set.has_day = true;
	job->set.day = job->set.only;
}

static void
read_map(struct parse_job *job, const char *path)
{
	struct fault f = { 0 };
	struct buf b;

	buf_init(&b, 1 << 20);
	if (file_read_all(path, 1 << 20, &b, &f) == -1)
		tool_die(&f);
	if (wording_add(job->wording, buf_view(&b), &f) == -1) {
		fault_prefix(&f, "%s: ", path);
		tool_die(&f);
	}
	buf_free(&b);
}

static void
read_delimiter(struct parse_job *job, const char *value)
{
	unsigned char c = (unsigned char)value[0];

	if (strcmp(value, "tab") == 0)
		c = '\t';
	else if (c == '\0' || value[1] != '\0' || c > 0x7e || c == '"' ||
		 (c < 0x20 && c != '\t'))
		tool_usage(
		    "--delimiter is one character or tab, not '%s'", value);
	job->delimiter = (char)c;
}

static void
read_encoding(struct parse_job *job, const char *value)
{
	struct fault f = { 0 };

	if (charset_known(value, &f) == -1)
		tool_usage("--encoding: %s", f.text);
	memcpy(job->charset.name, value, strlen(value) + 1);
}

static void
read_options(struct parse_job *job)
{
	const char *value;
	int c;

	job->set.reply_unit_s = 1.0;
	job->zone = "UTC";
	while ((c = tool_option(&value)) != -1)
		switch (c) {
		case OPT_ALLOW_MULTIDAY:
			job->set.allow_multiday = true;
			break;
		case OPT_COLUMN_MAP:
			read_map(job, value);
			break;
		case OPT_DATE:
			read_date(job, value);
			break;
		case OPT_DATE_ORDER:
			job->set.order =
			    is_second("date-order", value, "mdy", "dmy")
				? PERIOD_DMY
				: PERIOD_MDY;
			break;
		case OPT_DECIMAL:
			job->set.mark =
			    is_second("decimal", value, "point", "comma")
				? LOOSE_COMMA
				: LOOSE_POINT;
			break;
		case OPT_DELIMITER:
			read_delimiter(job, value);
			break;
		case OPT_ENCODING:
			read_encoding(job, value);
			break;
		case OPT_KEEP_GOING:
			job->set.keep_going = true;
			break;
		case OPT_PERCENT:
			job->set.percent =
			    is_second("percent", value, "points", "fraction")
				? PERCENT_FRACTIONS
				: PERCENT_POINTS;
			break;
		case OPT_PRINT_MAP:
			job->print_map = true;
			break;
		case OPT_REPLY_UNIT:
			job->set.reply_unit_s =
			    is_second("reply-unit", value, "s", "min") ? 60.0
								       : 1.0;
			break;
		case OPT_STRICT:
			job->strict = true;
			break;
		case OPT_TIMEZONE:
			job->zone = value;
			break;
		}
	if (job->strict && job->set.keep_going)
		tool_usage("--keep-going and --strict exclude each other");
}

/* The day that the file's name has, for an export without a column of it. */
static void
day_of_name(struct parse_job *job)
{
	const char *slash = strrchr(job->name, '/');
	struct text base = text_of(slash == NULL ? job->name : slash + 1);

	if (!job->set.has_day && period_of_name(base, &job->set.day) == 1)
		job->set.has_day = true;
}

_Noreturn static void
die(const struct parse_job *job, struct fault *f)
{
	fault_prefix(f, "%s: ", job->name);
	tool_die(f);
}

/* The bytes of the file as UTF-8, from its start. */
static void
start(struct parse_job *job)
{
	struct fault f = { 0 };

	if (reread_start(job->fd, job->name, &f) == -1)
		tool_die(&f);
	charset_in_free(job->bytes);
	job->bytes = charset_in_new(job->fd, job->name, &job->charset);
}

static struct csv_in *
start_rows(struct parse_job *job, char delimiter)
{
	start(job);
	return csv_in_of(charset_read, job->bytes, job->name, delimiter);
}

static const char *
folder(void)
{
	const char *tmpdir = tool_env("TMPDIR");

	return tmpdir == NULL ? "/tmp" : tmpdir;
}

/* Is it text at all, and in which encoding. */
static void
look_at_bytes(struct parse_job *job, int fd)
{
	struct fault f = { 0 };
	char first[512];
	ssize_t nr;

	if (reread_open(fd, job->name, folder(), &job->fd, &f) == -1)
		tool_die(&f);
	nr = pread(job->fd, first, sizeof(first), 0);
	if (nr > 0 && sniff_kind((struct text){ first, (size_t)nr }, &f) == -1)
		die(job, &f);
	if (job->charset.name[0] == '\0' &&
	    charset_detect(job->fd, job->name, &job->charset, &f) == -1)
		tool_die(&f);
	tool_say("%s: read as %s", job->name, job->charset.name);
}

static struct sniff
try_delimiter(struct parse_job *job, char delimiter)
{
	struct sniff sniff = { .delimiter = delimiter };
	struct csv_in *in = start_rows(job, delimiter);
	const struct text *cell;
	struct fault f = { 0 };
	uint64_t line;
	size_t nr;

	/* a fault is told when the rows are read for good */
	while (csv_in_row(in, &cell, &nr, &line, &f) == 1 &&
	       sniff_row(&sniff, job->wording, cell, nr))
		;
	csv_in_free(in);
	return sniff;
}

static void
find_delimiter(struct parse_job *job)
{
	struct sniff best = { 0 }, now;
	struct fault f = { 0 };
	char first[16];
	ssize_t nr;
	const char *c;

	if (job->delimiter != '\0')
		return;
	start(job);
	nr = charset_read(job->bytes, first, sizeof(first), &f);
	if (nr == -1)
		tool_die(&f);
	job->delimiter = sniff_said((struct text){ first, (size_t)nr });
	if (job->delimiter != '\0')
		return;
	for (c = sniff_candidates; *c != '\0'; c++) {
		now = try_delimiter(job, *c);
		if (c == sniff_candidates || sniff_better(&now, &best))
			best = now;
	}
	job->delimiter = best.delimiter;
}

/* The header is one of the first rows; the nearest to one is told else. */
static void
find_header(struct parse_job *job)
{
	struct csv_in *in = start_rows(job, job->delimiter);
	struct inflow_header header;
	const struct text *cell;
	struct fault f = { 0 };
	size_t nr, before = 0;
	uint64_t line;
	bool found = false;
	int more = 1;

	header_init(&job->header);
	header_init(&header);
	while (!found && before <= SNIFF_PREAMBLE &&
	       (more = csv_in_row(in, &cell, &nr, &line, &f)) == 1) {
		if (row_is_blank(cell, nr))
			continue;
		header_read(&header, job->wording, cell, nr, line);
		found = header_recognised(&header);
		if (found || before++ == 0 ||
		    header_meanings(&header) > header_meanings(&job->header))
			header_read(&job->header, job->wording, cell, nr, line);
	}
	while (found && job->header.date_unsure &&
	       (more = csv_in_row(in, &cell, &nr, &line, &f)) == 1)
		header_settle(&job->header, cell, nr);
	if (more == -1)
		tool_die(&f);
	if (job->header.nr == 0)
		fault_set(&f, FAULT_DATA, "is empty: it has no header");
	if (job->header.nr == 0 || header_check(&job->header, &f) == -1)
		die(job, &f);
	header_free(&header);
	csv_in_free(in);
}

static void
tell_row(void *of, enum tell_kind kind, uint64_t line, const char *text)
{
	struct parse_job *job = of;

	if (++job->told[kind] > TOLD_MAX)
		return;
	if (line == 0)
		tool_warn("%s: %s", job->name, text);
	else
		tool_warn(
		    "%s:%llu: %s", job->name, (unsigned long long)line, text);
	if (kind == TELL_BAD && job->strict)
		exit(EXIT_UNUSABLE);
}

static void
read_rows(struct parse_job *job, struct export *export)
{
	struct csv_in *in = start_rows(job, job->delimiter);
	struct buf key, value;
	const struct text *cell;
	struct fault f = { 0 };
	uint64_t line, seen = 0;
	size_t nr;
	int more, kept;

	buf_init(&key, SIZE_MAX / 2);
	buf_init(&value, SIZE_MAX / 2);
	while ((more = csv_in_row(in, &cell, &nr, &line, &f)) == 1) {
		kept = export_row(export, cell, nr, line, &key, &value, &f);
		if (kept == -1) {
			fault_prefix(&f, "%s:", job->name);
			tool_die(&f);
		}
		if (kept == 1 && sorter_add(job->sorter, buf_view(&key),
				     buf_view(&value), &f) == -1)
			tool_die(&f);
		if (++seen % 4096 == 0)
			tool_progress("line %llu", (unsigned long long)line);
	}
	if (more == -1)
		tool_die(&f);
	buf_free(&key);
	buf_free(&value);
	csv_in_free(in);
}

static void
write_day(struct parse_job *job, struct person_day *day, struct buf *line)
{
	struct inflow_row row;
	struct fault f = { 0 };

	if (person_day_finish(day, &row) == 0)
		return;
	buf_clear(line);
	inflow_row_put(&row, line);
	if (out_line(job->out, buf_view(line), &f) == -1)
		tool_die(&f);
}

static void
write_days(struct parse_job *job, struct person_day *day)
{
	struct fault f = { 0 };
	struct text key, value;
	struct buf line;
	int more;

	buf_init(&line, SIZE_MAX / 2);
	while ((more = sorter_next(job->sorter, &key, &value, &f)) == 1)
		if (!person_day_add(day, key, value)) {
			write_day(job, day, &line);
			(void)person_day_add(day, key, value);
		}
	if (more == -1)
		tool_die(&f);
	write_day(job, day, &line);
	buf_free(&line);
}

/* What was left out, and what was not; the exit status. */
static int
sum_up(const struct parse_job *job, const struct export_counts *rows,
    const struct person_day_counts *days)
{
	static const char *const what[] = { "faults", "doubts" };
	struct fault f = { 0 };
	size_t i;

	for (i = 0; i <= TELL_DOUBT; i++)
		if (job->told[i] > TOLD_MAX)
			tool_warn("%s: and %llu more %s", job->name,
			    (unsigned long long)(job->told[i] - TOLD_MAX),
			    what[i]);
	if (rows->other_days > 0)
		tool_warn("%s: %llu rows of other days are not taken",
		    job->name, (unsigned long long)rows->other_days);
	if (rows->rows == 0)
		fault_set(&f, FAULT_DATA, "has no rows of employees");
	else if (rows->other_days > 0 && days->written == 0)
		fault_set(&f, FAULT_DATA, "has no row of the day asked for");
	if (f.kind != FAULT_NONE)
		die(job, &f);
	tool_say("%llu rows, %llu of nobody active, %llu there twice; %llu "
		 "records written, %llu left out",
	    (unsigned long long)rows->rows,
	    (unsigned long long)(rows->idle + days->idle),
	    (unsigned long long)days->twice, (unsigned long long)days->written,
	    (unsigned long long)days->left_out);
	return rows->bad > 0 || rows->nulls > 0 || days->left_out > 0 ||
		       days->nulls > 0
		   ? EXIT_INCOMPLETE
		   : EXIT_DONE;
}

static int
parse_rows(struct parse_job *job)
{
	struct export *export;
	struct person_day *day;
	struct figure_form form;
	struct fault f = { 0 };
	int status;

	if (job->header.at[COLUMN_DATE] == COLUMN_NONE && !job->set.has_day) {
		fault_set(&f, FAULT_DATA,
		    "no column has the day, and the file's name has none; say "
		    "--date");
		die(job, &f);
	}
	header_tell(&job->header, &job->tell);
	zone_tell(&job->header, job->zone, &job->tell);
	export = export_new(&job->set, &job->header, &job->tell);
	job->sorter = sorter_new(folder(), MEMORY);
	read_rows(job, export);
	if (export_form(export, &form, &f) == -1)
		die(job, &f);
	day = person_day_new(
	    &form, &job->header, &job->tell, job->set.keep_going);
	write_days(job, day);
	status = sum_up(job, export_counts(export), person_day_counts(day));
	person_day_free(day);
	sorter_free(job->sorter);
	export_free(export);
	return status;
}

static void
write_map(struct parse_job *job)
{
	struct fault f = { 0 };
	struct buf b;

	buf_init(&b, SIZE_MAX / 2);
	header_put(&job->header, job->charset.name, job->delimiter, &b);
	if (out_line(job->out, buf_view(&b), &f) == -1)
		tool_die(&f);
	buf_free(&b);
}

int
main(int argc, char *argv[])
{
	struct parse_job job = { 0 };
	struct fault f = { 0 };
	int status = EXIT_DONE;

	job.wording = wording_new();
	job.tell = (struct tell){ tell_row, &job };
	tool_begin(&tool, argc, argv);
	read_options(&job);
	look_at_bytes(&job, tool_open_operand(&job.name));
	day_of_name(&job);
	find_delimiter(&job);
	find_header(&job);
	job.out = out_new(STDOUT_FILENO, "standard output");
	if (job.print_map)
		write_map(&job);
	else
		status = parse_rows(&job);
	if (out_flush(job.out, &f) == -1)
		tool_die(&f);

	charset_in_free(job.bytes);
	header_free(&job.header);
	wording_free(job.wording);
	out_free(job.out);
	return tool_end(status);
}
