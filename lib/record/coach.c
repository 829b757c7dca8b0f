#include "record/coach.h"

#include <stdio.h>

#include "record/field.h"

#define NAME_MAX_LEN 64 /* of a member: its own name and a label */

/* Start a record of that type. */
static void
open_record(struct buf *b, const char *type)
{
	json_open(b);
	json_key(b, "type");
	json_put_str(b, type);
}

static void
put_text(struct buf *b, const char *key, struct text t)
{
	json_key(b, key);
	json_put_text(b, t);
}

static void
put_key(struct buf *b, const char *name, const char *label)
{
	char key[NAME_MAX_LEN];

	snprintf(key, sizeof(key), "%s_%s", name, label);
	json_key(b, key);
}

static void
put_count(struct buf *b, const char *name, const char *label, uint64_t x)
{
	put_key(b, name, label);
	json_put_int(b, (int64_t)x);
}

static void
put_pct(struct buf *b, const char *name, const char *label, double x)
{
	put_key(b, name, label);
	json_put_number(b, x);
}

static void
put_figures(
    struct buf *b, const char *label, const struct coach_figures *figures)
{
	put_count(b, "deals", label, figures->deals);
	put_count(b, "won", label, figures->won);
	put_count(b, "lost", label, figures->lost);
	put_count(b, "open", label, figures->open);
	put_pct(b, "rate", label, figures->rate_pct);
	put_pct(b, "smoothed", label, figures->smoothed_pct);
	put_count(b, "nabeller_now", label, figures->nabeller);
	put_pct(b, "nabeller_pct", label, figures->nabeller_pct);
	put_count(b, "handoff", label, figures->handoff);
	put_count(b, "warme_aanvraag", label, figures->warm);
	put_count(b, "info_aanvraag", label, figures->info);
}

void
coach_encode(struct buf *b, const struct coach *coach)
{
	char at[INSTANT_TEXT];
	size_t i;

	open_record(b, "coach");
	put_text(b, "coach_id", coach->id);
	put_text(b, "coach_name", coach->name);
	for (i = 0; i < coach->nr; i++)
		put_figures(b, coach->label[i], &coach->figures[i]);
	instant_format(coach->as_of, at);
	json_key(b, "as_of");
	json_put_str(b, at);
	json_close(b);
}

static size_t
want_figure(struct json_shape *shape, const char *name, const char *label)
{
	char key[NAME_MAX_LEN];

	snprintf(key, sizeof(key), "%s_%s", name, label);
	return json_want(shape, key);
}

void
coach_want(struct coach_fields *at, struct json_shape *shape, const char *label)
{
	snprintf(at->label, sizeof(at->label), "%s", label);
	at->type = json_want(shape, "type");
	at->id = json_want(shape, "coach_id");
	at->deals = want_figure(shape, "deals", label);
	at->open = want_figure(shape, "open", label);
	at->rate = want_figure(shape, "rate", label);
	at->smoothed = want_figure(shape, "smoothed", label);
	at->nabeller = want_figure(shape, "nabeller_pct", label);
	at->eligibility = json_want(shape, "eligibility");
}

bool
coach_here(const struct coach_fields *at, const struct record *rec)
{
	return text_is(record_text(rec, at->type), "coach");
}

static int
decode_figure(double *x, const struct coach_fields *at,
    const struct record *rec, size_t slot, const char *name, struct fault *f)
{
	char path[NAME_MAX_LEN];

	snprintf(path, sizeof(path), "%s_%s", name, at->label);
	return field_number(x, rec, slot, path, f);
}

int
coach_decode(struct coach_standing *coach, const struct coach_fields *at,
    const struct record *rec, struct fault *f)
{
	coach->labelled = !field_is_null(rec, at->eligibility);
	if (field_needed(&coach->id, rec, at->id, "coach_id", f) == -1 ||
	    decode_figure(&coach->deals, at, rec, at->deals, "deals", f) ==
		-1 ||
	    decode_figure(&coach->open, at, rec, at->open, "open", f) == -1 ||
	    decode_figure(&coach->rate_pct, at, rec, at->rate, "rate", f) ==
		-1 ||
	    decode_figure(&coach->smoothed_pct, at, rec, at->smoothed,
		"smoothed", f) == -1)
		return -1;
	coach->nabeller_pct = 0;
	if (field_is_null(rec, at->nabeller))
		return 0;
	return decode_figure(
	    &coach->nabeller_pct, at, rec, at->nabeller, "nabeller_pct", f);
}

void
coach_label_encode(struct buf *member, struct text eligibility, double p50_pct)
{
	put_text(member, "eligibility", eligibility);
	put_pct(member, "p50_smoothed", "1m", p50_pct);
}

void
deal_class_count_encode(
    struct buf *b, struct text pipeline, struct text class, uint64_t count)
{
	open_record(b, "deal_class_count");
	put_text(b, "pipeline", pipeline);
	put_text(b, "class", class);
	json_key(b, "count");
	json_put_int(b, (int64_t)count);
	json_close(b);
}

void
coach_owner_encode(struct buf *b, struct text id, struct text name)
{
	open_record(b, "coach_owner");
	put_text(b, "coach_id", id);
	put_text(b, "coach_name", name);
	json_close(b);
}

void
observed_value_encode(
    struct buf *b, const char *property, struct text value, uint64_t count)
{
	open_record(b, "observed_value");
	json_key(b, "property");
	json_put_str(b, property);
	put_text(b, "value", value);
	json_key(b, "count");
	json_put_int(b, (int64_t)count);
	json_close(b);
}
