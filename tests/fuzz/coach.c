/*
 * coach - any records through the models of the coach system: what they write
 * is JSON that can be read, and what the classer writes the figures take
 */
#include "lines.h"

#include "coach/classer.h"
#include "coach/default_mapping.h"
#include "coach/eligibility.h"
#include "coach/enums.h"
#include "coach/metrics.h"

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

static void
step_metrics(void *model, const struct record *rec)
{
	struct fault f;

	(void)coach_metrics_add(model, rec, &f);
}

static void
step_enums(void *model, const struct record *rec)
{
	struct fault f;

	(void)enums_add(model, rec, &f);
}

static void
step_mapping(void *model, const struct record *rec)
{
	struct fault f;

	(void)default_mapping_add(model, rec, &f);
}

static void
step_eligibility(void *model, const struct record *rec)
{
	struct fault f;

	(void)eligibility_add(model, rec, &f);
}

struct classing {
	struct classer *classer;
	struct buf member;
	struct buf line;
	struct reader again;
	struct coach_metrics *metrics;
};

/* What the classer made of a deal is a deal with a class and a date. */
static void
step_classer(void *arg, const struct record *rec)
{
	struct classing *c = arg;
	struct coach_counts before, after;
	struct fault f;

	if (classer_add(c->classer, rec, &c->member, &f) != CLASSER_DEAL)
		return;
	record_splice(&c->line, rec, buf_view(&c->member));
	check_line(&c->line);
	coach_metrics_counts(c->metrics, &before);
	if (!read_line(&c->again, &c->line) ||
	    coach_metrics_add(c->metrics, &c->again.rec, &f) == -1)
		abort();
	coach_metrics_counts(c->metrics, &after);
	if (after.deals != before.deals + 1)
		abort();
}

static void
fuzz_classer(const uint8_t *data, size_t size, const struct coach_settings *set)
{
	struct mapping *mapping = mapping_new();
	struct classing c = { 0 };
	struct reader r;

	reader_init(&r);
	reader_init(&c.again);
	buf_init(&c.member, WRITTEN_MAX);
	buf_init(&c.line, WRITTEN_MAX);
	c.classer = classer_new(set, mapping, r.shape);
	c.metrics = coach_metrics_new(set, 0, c.again.shape);
	each_line(data, size, &r, step_classer, &c);
	classer_free(c.classer);
	coach_metrics_free(c.metrics);
	mapping_free(mapping);
	buf_free(&c.member);
	buf_free(&c.line);
	reader_free(&r);
	reader_free(&c.again);
}

static void
fuzz_metrics(const uint8_t *data, size_t size, const struct coach_settings *set)
{
	struct coach_metrics *m;
	struct eligibility *e;
	struct reader r, again;
	struct buf line, labelled;
	struct fault f;

	reader_init(&r);
	reader_init(&again);
	buf_init(&line, WRITTEN_MAX);
	buf_init(&labelled, WRITTEN_MAX);
	m = coach_metrics_new(set, INT64_C(1772366400000000), r.shape);
	e = eligibility_new(again.shape);
	each_line(data, size, &r, step_metrics, m);
	while (coach_metrics_next(m, &line)) {
		check_line(&line);
		if (!read_line(&again, &line) ||
		    eligibility_add(e, &again.rec, &f) == -1)
			abort();
	}
	while (eligibility_next(e, &labelled))
		check_line(&labelled);
	coach_metrics_free(m);
	eligibility_free(e);
	buf_free(&line);
	buf_free(&labelled);
	reader_free(&r);
	reader_free(&again);
}

static void
fuzz_others(const uint8_t *data, size_t size, const struct coach_settings *set)
{
	struct reader r[3];
	struct enums *enums;
	struct default_mapping *mapping;
	struct eligibility *e;
	struct buf line;
	size_t i;

	for (i = 0; i < 3; i++)
		reader_init(&r[i]);
	buf_init(&line, WRITTEN_MAX);
	enums = enums_new(r[0].shape);
	mapping = default_mapping_new(set, r[1].shape);
	e = eligibility_new(r[2].shape);
	each_line(data, size, &r[0], step_enums, enums);
	each_line(data, size, &r[1], step_mapping, mapping);
	each_line(data, size, &r[2], step_eligibility, e);
	while (enums_next(enums, &line))
		check_line(&line);
	while (default_mapping_next(mapping, &line))
		check_line(&line);
	while (eligibility_next(e, &line))
		check_line(&line);
	enums_free(enums);
	default_mapping_free(mapping);
	eligibility_free(e);
	buf_free(&line);
	for (i = 0; i < 3; i++)
		reader_free(&r[i]);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct coach_settings set;

	coach_settings_init(&set);
	fuzz_classer(data, size, &set);
	fuzz_metrics(data, size, &set);
	fuzz_others(data, size, &set);
	return 0;
}
