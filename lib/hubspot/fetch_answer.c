#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "hubspot/answer.h"
#include "hubspot/convert.h"
#include "hubspot/fetch_impl.h"
#include "hubspot/judge.h"
#include "hubspot/object.h"

#define SHOWN_IDS 200 /* bytes of missing ids in a complaint */

/* The results array of an answer that is not paged. */
static int
scan_results(struct fetch *x, struct text body, struct json_value *results,
    struct fault *f)
{
	struct json_value field[2];

	if (answer_scan(x->answer_shape, body, field, f) == -1)
		return -1;
	*results = field[0];
	if (results->kind != VALUE_ARRAY)
		return fault_set(
		    f, FAULT_DATA, "the answer holds no array 'results'");
	return 0;
}

static int
take_discovered(
    struct fetch *x, struct fetch_job *j, struct text body, struct fault *f)
{
	struct json_value results, property, name;
	const char *at = NULL;

	if (scan_results(x, body, &results, f) == -1)
		return -1;
	while (json_next(results, &at, NULL, &property)) {
		if (property.kind != VALUE_OBJECT)
			continue;
		json_scan_value(x->name_shape, property, &name);
		if (name.kind == VALUE_STRING)
			properties_add(
			    j->properties, json_text(name, x->scratch));
	}
	if (properties_nr(j->properties) == 0)
		return fault_set(
		    f, FAULT_DATA, "HubSpot names no property of it");
	j->discovering = false;
	j->asked = false;
	if (j->lookup == NULL)
		fetch_job_start(x, j);
	return 0;
}

static void
take_probe(struct fetch *x, struct fetch_job *j, struct text body)
{
	struct json_value field[2];
	struct fault ignored = { 0 };

	if (answer_scan(x->answer_shape, body, field, &ignored) == 0)
		(void)json_int64(field[1], &j->estimate);
}

static int
take_page(
    struct fetch *x, struct fetch_job *j, struct text body, struct fault *f)
{
	const struct walk_item *item;
	struct text type = object_type(j->object);
	size_t i;

	j->asked = false;
	if (walk_take(j->walk, body, f) == -1)
		return -1;
	if (j->kind == OWNERS)
		type = text_of("owner");
	for (i = 0; i < walk_nr(j->walk); i++) {
		item = walk_item(j->walk, i);
		if (j->lookup != NULL)
			lookup_add(j->lookup, item->id);
		else
			convert_object(
			    &x->lines, type, item->object, x->scratch);
	}
	if (j->lookup == NULL)
		j->written += walk_nr(j->walk);
	else if (walk_done(j->walk))
		lookup_end(j->lookup);
	else
		lookup_flush(j->lookup);
	return 0;
}

static void
put_access(struct fetch *x, struct fetch_job *j, const struct http_answer *a)
{
	struct text scope[HUBSPOT_SCOPES];
	struct buf *b = &j->lines;
	bool denied = a->why.kind != FAULT_NONE;
	size_t i, nr = 0;

	if (denied)
		nr = hubspot_scopes(a->body, x->scratch, scope, HUBSPOT_SCOPES);
	json_open(b);
	json_key(b, "type");
	json_put_str(b, "access");
	json_key(b, "object");
	json_put_str(b, j->shown);
	json_key(b, "readable");
	json_put_bool(b, !denied);
	json_key(b, "status");
	json_put_int(b, a->status);
	json_key(b, "missing_scopes");
	json_open_array(b);
	for (i = 0; i < nr; i++)
		json_put_text(b, scope[i]);
	json_close_array(b);
	json_key(b, "reason");
	json_put_str(b, denied ? a->why.text : NULL);
	json_close(b);
	buf_char(b, '\n');
}

static int
take_account(
    struct fetch *x, struct fetch_job *j, struct text body, struct fault *f)
{
	struct json_value account = { .kind = VALUE_OBJECT };
	struct json_value field[2];

	if (answer_scan(x->answer_shape, body, field, f) == -1)
		return -1;
	body = text_trim(body);
	account.p = body.p;
	account.len = (uint32_t)body.len;
	convert_object(&j->lines, j->object, account, x->scratch);
	return 0;
}

static int
take_once(struct fetch *x, struct fetch_job *j, const struct http_answer *a,
    struct fault *f)
{
	struct json_value results, value;
	const char *at = NULL;

	j->over = true;
	if (j->kind == ACCOUNT)
		return take_account(x, j, a->body, f);
	if (j->kind == CHECK) {
		put_access(x, j, a);
		return 0;
	}
	if (scan_results(x, a->body, &results, f) == -1)
		return -1;
	while (json_next(results, &at, NULL, &value)) {
		if (value.kind != VALUE_OBJECT)
			return fault_set(f, FAULT_DATA,
			    "the answer has a result that is no object");
		j->received++;
		if (j->kind == PIPELINES) {
			j->written += convert_pipeline(
			    &x->lines, j->object, value, x->scratch);
		} else {
			convert_property(
			    &x->lines, j->object, value, x->scratch);
			j->written++;
		}
	}
	return 0;
}

/* The answer is a refusal: whether the rest can go on, and how. */
static int
take_refusal(struct fetch *x, const struct fetch_ticket *t,
    const struct http_answer *a, struct fault *f)
{
	struct fetch_job *j = t->job;
	struct fault why = a->why;

	if (t->purpose == PROBE)
		return 0;
	/* 401, the daily limit, no network: no other request will do either */
	if (a->status < 400 || a->status >= 500 || a->status == 401 ||
	    why.kind != FAULT_DENIED) {
		*f = why;
		return -1;
	}
	if (j->kind == ACCOUNT) {
		j->over = true;
		return 0;
	}
	if (t->purpose == PAGE && a->status == 414 && !walk_ids_only(j->walk) &&
	    j->kind == LIST) {
		walk_set_ids_only(j->walk);
		fetch_job_lookup(x, j);
		j->asked = false;
		return 0;
	}
	if (t->purpose == BATCH && a->status == 400 &&
	    lookup_refused(j->lookup, t->batch, &a->why, &why) == 0)
		return 0;
	if (j->kind == CHECK) {
		j->over = true;
		put_access(x, j, a);
	}
	fetch_complain(x, j->shown, text_of(why.text));
	fetch_job_fail(x, j, why.text);
	return 0;
}

static int
take_answer(struct fetch *x, const struct fetch_ticket *t,
    const struct http_answer *a, struct fault *f)
{
	struct fetch_job *j = t->job;

	if (a->why.kind != FAULT_NONE)
		return take_refusal(x, t, a, f);
	switch (t->purpose) {
	case DISCOVER:
		return take_discovered(x, j, a->body, f);
	case PROBE:
		take_probe(x, j, a->body);
		return 0;
	case PAGE:
		return take_page(x, j, a->body, f);
	case BATCH:
		return lookup_take(j->lookup, t->batch, a->body, f);
	case ONCE:
		return take_once(x, j, a, f);
	}
	return 0;
}

/* The ids that are missing, cut where they would fill the screen. */
static void
complain_missing(struct fetch *x, const struct fetch_job *j)
{
	const struct lookup_counts *c = lookup_counts(j->lookup);
	struct text ids = lookup_missing(j->lookup);
	struct buf b;

	buf_init(&b, 1 << 16);
	buf_printf(&b,
	    "%" PRIu64 " of %" PRIu64 " ids are not there (deleted, or never "
	    "were): ",
	    c->missing, c->asked);
	if (ids.len > SHOWN_IDS) {
		for (ids.len = SHOWN_IDS; ids.p[ids.len] != ','; ids.len--)
			;
		buf_text(&b, ids);
		buf_str(&b, ",...");
	} else {
		buf_text(&b, ids);
	}
	fetch_complain(x, j->shown, buf_view(&b));
	buf_free(&b);
}

/* Each line of what a lookup gave up. */
static void
complain_gaps(struct fetch *x, const struct fetch_job *j)
{
	struct text all = lookup_gaps(j->lookup), line;

	while (all.len > 0) {
		line = all;
		line.len = (size_t)((const char *)memchr(all.p, '\n', all.len) -
				    all.p);
		fetch_complain(x, j->shown, line);
		all.p += line.len + 1;
		all.len -= line.len + 1;
	}
}

/* What is told of a job when it has ended. */
static void
job_end(struct fetch *x, struct fetch_job *j)
{
	const struct walk_counts *w;
	char text[200];

	j->over = true;
	if (j->walk != NULL && walk_short(j->walk)) {
		w = walk_counts(j->walk);
		snprintf(text, sizeof(text),
		    "the search has %" PRId64 " records, but %" PRIu64 " came",
		    w->total, w->received);
		fetch_complain(x, j->shown, text_of(text));
		fetch_job_fail(x, j, text);
	}
	if (j->lookup == NULL)
		return;
	if (lookup_counts(j->lookup)->lost > 0) {
		complain_gaps(x, j);
		fetch_job_fail(x, j, "ids were refused");
	}
	if (lookup_counts(j->lookup)->missing > 0) {
		complain_missing(x, j);
		if (x->conf.strict)
			fetch_job_fail(x, j, "ids are missing");
	}
}

void
fetch_job_collect(struct fetch *x, struct fetch_job *j)
{
	if (j->lookup != NULL)
		lookup_collect(j->lookup, &x->lines);
	if (j->over || j->failed)
		return;
	if (j->lookup != NULL ? lookup_done(j->lookup)
			      : j->walk != NULL && walk_done(j->walk))
		job_end(x, j);
}

static struct fetch_ticket
take_ticket(struct fetch *x, struct fetch_ticket *ticket)
{
	struct fetch_ticket **p, copy = *ticket;

	for (p = &x->ticket; *p != ticket; p = &(*p)->next)
		;
	*p = ticket->next;
	free(ticket);
	return copy;
}

int
fetch_answer(struct fetch *x, const struct http_answer *a, struct fault *f)
{
	struct fetch_ticket t = take_ticket(x, a->user);
	struct fetch_job *j = t.job;
	int status = 0;

	arena_clear(x->scratch);
	j->requests += a->tries;
	j->retries += a->tries > 0 ? a->tries - 1 : 0;
	if (!j->failed)
		status = take_answer(x, &t, a, f);
	if (status == -1)
		return fault_prefix(f, "%s: ", j->shown);
	fetch_job_collect(x, j);
	/* what is checked comes in the order it was named */
	for (j = x->job; j != NULL && (j->over || j->failed); j = j->next) {
		buf_text(&x->lines, buf_view(&j->lines));
		buf_clear(&j->lines);
	}
	return buf_check(&x->lines, "the output", f);
}
