#include "match/rows.h"

#include <math.h>

/* a row and what is added to it */
#define LINE_MAX_LEN ((size_t)2 * NDJSON_LINE_MAX)

void
rows_init(struct rows *r, const struct people *people, struct matcher *matcher,
    const struct named_fields *fields, bool keep)
{
	int i;

	*r = (struct rows){ .people = people,
		.matcher = matcher,
		.fields = *fields,
		.keep = keep };
	r->claims = claims_new();
	r->report = match_report_new(people, matcher, r->claims);
	for (i = 0; i < NAMED_MEMBERS; i++)
		buf_init(&r->value[i], LINE_MAX_LEN);
}

void
rows_free(struct rows *r)
{
	int i;

	match_report_free(r->report);
	claims_free(r->claims);
	for (i = 0; i < NAMED_MEMBERS; i++)
		buf_free(&r->value[i]);
}

int
rows_take(struct rows *r, const struct record *rec, struct rows_note *note,
    struct fault *f)
{
	const struct match_outcome *o;
	struct named_row row;
	struct match_name name;

	*note = (struct rows_note){ .outcome = MATCH_NOBODY };
	if (!named_here(&r->fields, rec, &row.source))
		return 0;
	if (named_decode(&row, &r->fields, rec, f) == -1)
		return -1;
	name =
	    (struct match_name){ row.source, row.name, row.group, row.user_id };
	if (matcher_find(r->matcher, &name, &note->outcome, f) == -1)
		return -1;
	o = matcher_outcome(r->matcher, note->outcome);
	note->day = claims_day(r->claims, row.source, row.date);
	if (o->reason == REASON_FOUND)
		note->claim = claims_add(r->claims, note->day, o);
	note->sales = row.has_sales ? row.sales : NAN;
	note->messages = row.has_messages ? row.messages : NAN;
	memcpy(note->span, row.span, sizeof(note->span));
	r->nr++;
	return 0;
}

static void
put_row(struct rows *r, const struct rows_note *note, struct text line,
    enum match_reason reason, struct buf *out)
{
	const struct match_outcome *o =
	    matcher_outcome(r->matcher, note->outcome);
	struct text value[NAMED_MEMBERS] = { { NULL, 0 } };
	const struct people_entry *e;
	int i;

	for (i = 0; i < NAMED_MEMBERS; i++)
		buf_clear(&r->value[i]);
	if (reason == REASON_FOUND) {
		e = &r->people->entry[o->found.person];
		json_put_text(&r->value[MEMBER_ID], e->id);
		json_put_text(&r->value[MEMBER_NAME], e->name);
	} else {
		json_put_null(&r->value[MEMBER_ID]);
	}
	match_put(r->people, o, reason, &r->value[MEMBER_MATCH]);
	for (i = 0; i < NAMED_MEMBERS; i++)
		if (r->value[i].len > 0)
			value[i] = buf_view(&r->value[i]);
	named_put(out, &r->fields, line, note->span, value);
}

bool
rows_judge(struct rows *r, const struct rows_note *note, struct text line,
    struct buf *out)
{
	const struct match_outcome *o;
	enum match_reason reason;

	if (note->outcome == MATCH_NOBODY) {
		buf_clear(out);
		buf_text(out, line);
		return true;
	}
	o = matcher_outcome(r->matcher, note->outcome);
	reason = o->reason;
	if (reason == REASON_FOUND && !claims_stand(r->claims, note->claim, o))
		reason = REASON_CONFLICT;
	if (reason == REASON_IGNORE) {
		r->ignored++;
		return false;
	}
	if (reason == REASON_FOUND) {
		r->matched++;
	} else {
		match_report_add(r->report, note->outcome, reason, note->day,
		    note->sales, note->messages);
		r->left_out += !r->keep;
		if (!r->keep)
			return false;
	}
	put_row(r, note, line, reason, out);
	return true;
}
