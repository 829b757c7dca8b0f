/*
 * chatters - any settings, in the first line, and any records behind it through
 * the joining of days and the figures of chatters: what they write is JSON that
 * can be read, and the days written are days that the figures take
 */
#include "lines.h"

#include "chatters/join.h"
#include "chatters/model.h"

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

static void
step_join(void *model, const struct record *rec)
{
	struct fault f;

	(void)join_add(model, rec, &f);
}

static void
step_model(void *model, const struct record *rec)
{
	struct fault f;

	(void)chatters_add(model, rec, &f);
}

static void
write_figures(struct chatters *m)
{
	struct chatters_counts nr;
	struct buf line;

	chatters_counts(m, &nr);
	buf_init(&line, WRITTEN_MAX);
	while (nr.has_date && chatters_next(m, &line))
		check_line(&line);
	buf_free(&line);
}

static void
fuzz_records(
    const uint8_t *data, size_t size, const struct chatters_settings *set)
{
	const struct chatters_options opt = { .run = 20495, .weeks = 3 };
	const struct join_options all = { .keep_nodata = true };
	struct reader source, days;
	struct chatters *m;
	struct join *join;
	struct buf line;

	reader_init(&source);
	reader_init(&days);
	buf_init(&line, WRITTEN_MAX);
	join = join_new(set, &all, source.shape);
	m = chatters_new(set, &opt, days.shape);
	each_line(data, size, &source, step_join, join);
	each_line(data, size, &days, step_model, m);
	while (join_next(join, &line)) {
		check_line(&line);
		if (!read_line(&days, &line))
			abort();
		step_model(m, &days.rec);
	}
	write_figures(m);
	chatters_free(m);
	join_free(join);
	buf_free(&line);
	reader_free(&source);
	reader_free(&days);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const uint8_t *eol = size == 0 ? NULL : memchr(data, '\n', size);
	struct chatters_settings set;
	size_t first = eol == NULL ? size : (size_t)(eol - data);
	struct fault f;

	chatters_settings_init(&set);
	if (chatters_settings_parse(
		&set, (struct text){ (const char *)data, first }, &f) == 0)
		fuzz_records(data + first, size - first, &set);
	chatters_settings_free(&set);
	return 0;
}
