/*
 * coach.h - a coach's figures, and what goes with them; see coach(5)
 */
#ifndef KPIPE_COACH_H
#define KPIPE_COACH_H

#include "base/date.h"
#include "base/ndjson.h"

#define COACH_LABEL 16 /* bytes of a period's name, NUL included */

/* The figures of one period. */
struct coach_figures {
	uint64_t deals;
	uint64_t won;
	uint64_t lost;
	uint64_t open;
	double rate_pct;     /* won of deals, one decimal */
	double smoothed_pct; /* one decimal */
	uint64_t nabeller;
	double nabeller_pct; /* of deals, one decimal */
	uint64_t handoff;
	uint64_t warm; /* "warme aanvraag" */
	uint64_t info; /* "informatie aangevraagd" */
};

struct coach {
	struct text id;
	struct text name;
	instant_us as_of;
	const char *const *label; /* "1m" and so on */
	const struct coach_figures *figures;
	size_t nr; /* of both */
};

/* Adds a line, without its newline; so do the others below. */
void coach_encode(struct buf *, const struct coach *);

/* The fields of one period that the label and the order of coaches need. */
struct coach_fields {
	char label[COACH_LABEL];
	size_t type, id, deals, open, rate, smoothed, nabeller, eligibility;
};

struct coach_standing {
	struct text id;
	double deals;
	double open;
	double rate_pct;
	double smoothed_pct;
	double nabeller_pct; /* null is 0 */
	bool labelled;	     /* has an eligibility already */
};

void coach_want(struct coach_fields *, struct json_shape *, const char *label);
bool coach_here(const struct coach_fields *, const struct record *);
/* Errors: FAULT_DATA naming the field that is missing or no number. */
int coach_decode(struct coach_standing *, const struct coach_fields *,
    const struct record *, struct fault *);
/* The members that label a coach, to splice. */
void coach_label_encode(
    struct buf *member, struct text eligibility, double p50_pct);

void deal_class_count_encode(
    struct buf *, struct text pipeline, struct text class, uint64_t count);
void coach_owner_encode(struct buf *, struct text id, struct text name);
void observed_value_encode(
    struct buf *, const char *property, struct text value, uint64_t count);

#endif
