/*
 * airtable_impl.h - what the airtable_*.c files share
 */
#ifndef KPIPE_SANDBOX_AIRTABLE_IMPL_H
#define KPIPE_SANDBOX_AIRTABLE_IMPL_H

#include <pthread.h>

#include <jansson.h>

#include "base/json.h"
#include "sandbox/airtable.h"
#include "sandbox/vendor.h"

#define AIRTABLE_BASE	   "appLanternHouse0A"
#define AIRTABLE_ITERATORS 1024 /* more pages are not kept */
#define AIRTABLE_ID	   32

struct airtable {
	const struct sandbox_conf *conf;

	pthread_mutex_t lock; /* of all below */
	json_t *base;	      /* as airtable_put_state tells it */
	int64_t refuse_until_us;
	uint64_t iterators; /* begun so far */
	int64_t used_us[AIRTABLE_ITERATORS];
};

struct airtable_call {
	struct airtable *airtable;
	struct call *call;
	json_t *table;
};

/*
 * Errors. Each answers and returns false, so that a check can return it.
 */
bool airtable_error(struct call *, unsigned status, const char *type,
    const char *fmt, ...) __attribute__((format(printf, 4, 5)));
/* Answer with a value, which is let go of. */
void airtable_reply(struct call *, json_t *);

/* The body as an object, NULL when it is none; that is answered. */
json_t *airtable_body(struct call *);

/* NULL when there is none of that name or id. */
json_t *airtable_field(json_t *table, const char *name);
json_t *airtable_record(json_t *table, const char *id, size_t *index);
const char *airtable_member(json_t *object, const char *name); /* or "" */

/* The base as it is at the first start (airtable_seed.c). */
json_t *airtable_seed(const struct sandbox_conf *);
void airtable_id(const char *prefix, uint64_t nr, char out[AIRTABLE_ID]);

/*
 * Whether a formula is true of a record (airtable_formula.c): 1, 0, or -1 for
 * one that is none, also of no record (NULL).
 *
 * Errors: FAULT_DATA.
 */
int airtable_is_true(
    json_t *table, json_t *record, const char *formula, struct fault *);

void airtable_list(struct airtable_call *, json_t *body); /* NULL: the query */
void airtable_write(struct airtable_call *, bool create);

#endif
