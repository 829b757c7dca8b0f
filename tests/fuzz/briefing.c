/*
 * briefing - any records, of each kind of message: what is written is a message
 * that Slack takes
 */
#include "lines.h"

#include "briefing/briefing.h"
#include "record/message.h"

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

static void
step(void *b, const struct record *rec)
{
	struct fault f;

	(void)briefing_add(b, rec, &f);
}

static void
check_message(
    struct reader *r, const struct message_fields *at, const struct buf *line)
{
	struct message m;
	struct fault f;

	if (line->over || !read_line(r, line) || !message_here(at, &r->rec) ||
	    message_decode(&m, at, &r->rec, &f) == -1)
		abort();
	message_free(&m);
}

static void
make(const struct briefing_conf *conf, const uint8_t *data, size_t size)
{
	struct message_fields at;
	struct reader in, out;
	struct fault f = { 0 };
	struct briefing *b;
	struct buf line;

	reader_init(&in);
	reader_init(&out);
	buf_init(&line, WRITTEN_MAX);
	b = briefing_new(conf, in.shape);
	message_want(&at, out.shape);
	each_line(data, size, &in, step, b);
	if (briefing_check(b, &f) == 0)
		while (briefing_next(b, &line, &f) == 1)
			check_message(&out, &at, &line);
	briefing_free(b);
	buf_free(&line);
	reader_free(&in);
	reader_free(&out);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct briefing_team team[] = {
		{ { "day", 3 }, { "Day", 3 }, { "08:00", 5 }, { NULL, 0 } },
		{ { "", 0 }, { NULL, 0 }, { "00:00", 5 }, { NULL, 0 } },
	};
	struct briefing_conf conf = { .team = team,
		.team_nr = 2,
		.to = { "U0DAY00001", 10 },
		.link = { "https://example.org/?a&b", 24 },
		.at = INT64_C(1771313400) * 1000000, /* 2026-02-17T07:30 */
		.overdue_days = 2 };
	int model;

	for (model = 0; model < BRIEFING_MODELS; model++) {
		conf.model = (enum briefing_model)model;
		conf.is_scheduled = !conf.is_scheduled;
		make(&conf, data, size);
	}
	return 0;
}
