#include "match/report.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/csv_out.h"
#include "base/map.h"
#include "base/num.h"
#include "base/xalloc.h"

struct match_report {
	const struct people *people;
	const struct matcher *matcher;
	struct claims *claims;
	struct map *key; /* claimant and reason, to misses */
	struct miss *miss;
	size_t nr, cap;
	bool sorted;
};

struct match_report *
match_report_new(const struct people *people, const struct matcher *matcher,
    struct claims *claims)
{
	struct match_report *r = xcalloc(1, sizeof(*r));

	r->people = people;
	r->matcher = matcher;
	r->claims = claims;
	r->key = map_new();
	return r;
}

void
match_report_free(struct match_report *r)
{
	if (r == NULL)
		return;
	map_free(r->key);
	free(r->miss);
	free(r);
}

static void
add_number(bool *has, struct sum *sum, double x)
{
	if (isnan(x))
		return;
	*has = true;
	sum_add(sum, x);
}

void
match_report_add(struct match_report *r, size_t outcome,
    enum match_reason reason, size_t day, double sales, double messages)
{
	const struct match_outcome *o = matcher_outcome(r->matcher, outcome);
	const size_t pair[2] = { o->claimant, (size_t)reason };
	struct text date = claims_date(r->claims, day);
	struct miss *miss;
	bool added;
	size_t i;

	i = map_intern(
	    r->key, (struct text){ (const char *)pair, sizeof(pair) }, &added);
	if (added) {
		r->miss = xgrow(r->miss, r->nr++, &r->cap, sizeof(*miss));
		r->miss[i] = (struct miss){
			.outcome = o, .reason = reason, .number = outcome
		};
	}
	miss = &r->miss[i];
	if (text_compare(o->raw, miss->outcome->raw) > 0)
		miss->outcome = o;
	miss->rows++;
	add_number(&miss->has_sales, &miss->sales, sales);
	add_number(&miss->has_messages, &miss->messages, messages);
	if (date.len == 0)
		return;
	if (miss->first.p == NULL || text_compare(date, miss->first) < 0)
		miss->first = date;
	if (miss->last.p == NULL || text_compare(date, miss->last) > 0)
		miss->last = date;
}

static int
descending(double x, double y)
{
	return (x < y) - (x > y);
}

static int
by_importance(const void *a, const void *b)
{
	const struct miss *x = a, *y = b;
	int order = descending(sum_of(&x->sales), sum_of(&y->sales));

	if (order == 0)
		order = descending(sum_of(&x->messages), sum_of(&y->messages));
	if (order == 0)
		order = (int)x->outcome->source - (int)y->outcome->source;
	if (order == 0)
		order = text_compare(x->outcome->raw, y->outcome->raw);
	if (order == 0)
		order = (x->number > y->number) - (x->number < y->number);
	return order;
}

const struct miss *
match_report_misses(struct match_report *r, size_t *nr)
{
	if (!r->sorted && r->nr > 1)
		qsort(r->miss, r->nr, sizeof(*r->miss), by_importance);
	r->sorted = true;
	*nr = r->nr;
	return r->miss;
}

/* For a conflict, whom the name would have meant. */
static size_t
candidates_of(const struct match_outcome *o, enum match_reason reason,
    const struct match_candidate **candidate)
{
	if (reason == REASON_CONFLICT) {
		*candidate = &o->found;
		return 1;
	}
	*candidate = o->candidate;
	return o->candidates;
}

static void
put_candidate(
    const struct people *people, const struct match_candidate *c, struct buf *b)
{
	json_open(b);
	json_key(b, "id");
	json_put_text(b, people->entry[c->person].id);
	json_key(b, "name");
	json_put_text(b, people->entry[c->person].name);
	json_key(b, "similarity");
	json_put_number(b, c->similarity);
	json_close(b);
}

static void
put_candidates(const struct people *people, const struct match_outcome *o,
    enum match_reason reason, struct buf *b)
{
	const struct match_candidate *c;
	size_t i, nr = candidates_of(o, reason, &c);

	json_key(b, "candidates");
	json_open_array(b);
	for (i = 0; i < nr; i++)
		put_candidate(people, &c[i], b);
	json_close_array(b);
}

static void
put_source(const struct match_outcome *o, struct buf *b)
{
	json_key(b, "source");
	json_put_str(b, name_source_name[o->source]);
	json_key(b, "raw");
	json_put_text(b, o->raw);
}

static void
put_method(const struct match_outcome *o, struct buf *b)
{
	char method[32];

	snprintf(method, sizeof(method), "%s%s", match_method_name[o->method],
	    o->by_group ? "+group" : "");
	json_key(b, "method");
	json_put_str(b, method);
}

void
match_put(const struct people *people, const struct match_outcome *o,
    enum match_reason reason, struct buf *b)
{
	json_open(b);
	put_source(o, b);
	if (reason == REASON_FOUND) {
		put_method(o, b);
		json_key(b, "similarity");
		json_put_number(b, o->found.similarity);
		json_key(b, "runner_up");
		if (o->runner_up.person == MATCH_NOBODY)
			json_put_null(b);
		else
			put_candidate(people, &o->runner_up, b);
	} else {
		json_key(b, "method");
		json_put_null(b);
		json_key(b, "reason");
		json_put_str(b, match_reason_name[reason]);
		put_candidates(people, o, reason, b);
	}
	json_close(b);
}

static void
put_sum(struct buf *b, const char *key, bool has, double x)
{
	json_key(b, key);
	if (has)
		json_put_number(b, x);
	else
		json_put_null(b);
}

static void
put_miss(const struct match_report *r, const struct miss *miss, struct buf *b)
{
	json_open(b);
	json_key(b, "type");
	json_put_str(b, "unmatched");
	put_source(miss->outcome, b);
	json_key(b, "reason");
	json_put_str(b, match_reason_name[miss->reason]);
	put_candidates(r->people, miss->outcome, miss->reason, b);
	json_key(b, "rows");
	json_put_int(b, (int64_t)miss->rows);
	json_key(b, "first_date");
	json_put_text(b, miss->first);
	json_key(b, "last_date");
	json_put_text(b, miss->last);
	put_sum(b, "sales", miss->has_sales, sum_of(&miss->sales));
	put_sum(
	    b, "messages_sent", miss->has_messages, sum_of(&miss->messages));
	json_close(b);
	buf_char(b, '\n');
}

static void
put_missing(const struct match_report *r, enum name_source source, size_t day,
    const struct people_entry *e, struct buf *b)
{
	struct text date = claims_date(r->claims, day);

	json_open(b);
	json_key(b, "type");
	json_put_str(
	    b, source == NAMES_INFLOW ? "missing_inflow" : "missing_hubstaff");
	json_key(b, "date");
	json_put_text(b, date.len == 0 ? (struct text){ NULL, 0 } : date);
	json_key(b, "id");
	json_put_text(b, e->id);
	json_key(b, "name");
	json_put_text(b, e->name);
	json_key(b, "team");
	json_put_text(b, e->team);
	json_close(b);
	buf_char(b, '\n');
}

void
match_report_put(struct match_report *r, struct buf *b)
{
	enum name_source source;
	const struct miss *miss;
	size_t nr, i, j, day;

	miss = match_report_misses(r, &nr);
	for (i = 0; i < nr; i++)
		put_miss(r, &miss[i], b);
	for (i = 0; claims_day_at(r->claims, i, &source, &day); i++)
		for (j = 0; source != NAMES_LOG && j < r->people->nr; j++)
			if (r->people->entry[j].active &&
			    !claims_has(r->claims, day, j))
				put_missing(
				    r, source, day, &r->people->entry[j], b);
}

void
match_report_tell(
    const struct match_report *r, const struct miss *miss, struct buf *b)
{
	static const char *const says[] = {
		[REASON_NONE] = "is nobody of the roster",
		[REASON_AMBIGUOUS] = "may be several of the roster",
		[REASON_CONFLICT] = "is not the only name for one of the "
				    "roster",
		[REASON_INACTIVE] = "is nobody active",
	};
	const struct match_candidate *c;
	size_t i, nr = candidates_of(miss->outcome, miss->reason, &c);

	buf_str(b, says[miss->reason]);
	for (i = 0; i < nr; i++) {
		buf_str(b, i > 0			 ? ", '"
			   : miss->reason == REASON_NONE ? "; like '"
							 : ": '");
		buf_text(b, r->people->entry[c[i].person].name);
		buf_printf(b, "' (%.3f)", c[i].similarity);
	}
}

/* A comment is one line. */
static void
put_comment(
    const struct match_report *r, const struct miss *miss, struct buf *b)
{
	char number[NUM_MAX];
	size_t i = b->len;

	buf_printf(b, "# %s: ", match_reason_name[miss->reason]);
	match_report_tell(r, miss, b);
	buf_printf(b, "; rows %llu", (unsigned long long)miss->rows);
	if (miss->has_sales) {
		buf_str(b, ", sales ");
		buf_str(b, num_format(sum_of(&miss->sales), number));
	}
	for (; i < b->len; i++)
		if ((unsigned char)b->p[i] < ' ')
			b->p[i] = ' ';
	buf_char(b, '\n');
}

void
match_report_template(struct match_report *r, struct buf *b)
{
	struct csv_out csv = { .to = b, .delimiter = ',' };
	const struct miss *miss;
	size_t nr, i;

	buf_str(b, "source,raw,canonical\n");
	miss = match_report_misses(r, &nr);
	for (i = 0; i < nr; i++) {
		if (miss[i].outcome->raw.p == NULL)
			continue;
		put_comment(r, &miss[i], b);
		csv_field(&csv,
		    text_of(name_source_name[miss[i].outcome->source]), true);
		csv_field(&csv, miss[i].outcome->raw, true);
		csv_field(&csv, (struct text){ NULL, 0 }, true);
		csv_row(&csv);
	}
}
