/*
 * hubspot_impl.h - what the hubspot_*.c files share
 */
#ifndef KPIPE_SANDBOX_HUBSPOT_IMPL_H
#define KPIPE_SANDBOX_HUBSPOT_IMPL_H

#include <jansson.h>

#include "base/json.h"
#include "sandbox/crm.h"
#include "sandbox/vendor.h"

#define HUBSPOT_SEGMENTS 4 /* variable ones in a path */

struct hubspot {
	const struct sandbox_conf *conf;
	struct crm *crm;
	bool denied[CRM_KINDS];
	bool denied_owners;
	bool denied_schemas;
};

struct hubspot_call {
	struct hubspot *hubspot;
	struct call *call;
	struct buf *out;		   /* the reply's body */
	struct text arg[HUBSPOT_SEGMENTS]; /* the variable segments */
	size_t arg_nr;
};

typedef void hubspot_handler(struct hubspot_call *);

hubspot_handler hubspot_list, hubspot_get, hubspot_search, hubspot_batch_read;
hubspot_handler hubspot_associations;
hubspot_handler hubspot_owners, hubspot_owner, hubspot_pipelines;
hubspot_handler hubspot_properties, hubspot_property, hubspot_schemas;
hubspot_handler hubspot_account, hubspot_usage;

/*
 * Errors (hubspot_error.c)
 */
/* The whole of an error that has no more to tell. */
void hubspot_error(struct call *, unsigned status, const char *category,
    const char *fmt, ...) __attribute__((format(printf, 4, 5)));
/* One detail: its code, where it is, and a list of one in the context. */
struct hubspot_detail {
	const char *code, *in, *context;
	struct text value;
};
void hubspot_error_detail(struct call *, unsigned status, const char *category,
    struct hubspot_detail, const char *fmt, ...)
    __attribute__((format(printf, 5, 6)));
/* 400 VALIDATION_ERROR; false, so that a check can return it. */
bool hubspot_invalid(struct call *, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));
void hubspot_missing_scope(struct call *, const char *scope);
void hubspot_limited(struct call *, const char *policy);

/*
 * What is asked for (hubspot_ask.c). Each answers the call and returns false
 * when it is not as it must be.
 */
/* The kind in a path; 400 when there is none, 403 when it is denied. */
bool hubspot_kind(struct hubspot_call *, struct text name, enum crm_kind *);
/* Only parameters of these names; NULL-terminated. */
bool hubspot_params(struct hubspot_call *, const char *const *name);
/* A whole number from 1 to max; unset when the parameter is not there. */
bool hubspot_param_limit(struct hubspot_call *, unsigned max, unsigned *x);
bool hubspot_param_bool(struct hubspot_call *, const char *name, bool *x);
/* The cursor, an id; 0 when it is not there. */
bool hubspot_param_after(struct hubspot_call *, uint64_t *after);

/* The body, an object with none but these members; NULL when it is not. */
json_t *hubspot_body(struct hubspot_call *, const char *const *name);
/* Members of an object: true when absent (*x stays) or of that type. */
bool hubspot_member_text(
    struct hubspot_call *, json_t *object, const char *name, const char **x);
bool hubspot_member_array(
    struct hubspot_call *, json_t *object, const char *name, json_t **x);
bool hubspot_only(
    struct hubspot_call *, json_t *object, const char *const *name);
/* All elements are text. */
bool hubspot_all_text(struct hubspot_call *, json_t *array, const char *name);
/*
 * The "inputs" of a batch: 1 to max objects with an id, which is a number when
 * need_id is set, and no members but the known ones.
 */
bool hubspot_check_inputs(struct hubspot_call *, json_t *body, bool need_id,
    const char *const *known, size_t max, json_t **inputs);
/* A decimal id; no answer is given. */
bool hubspot_id(struct text, uint64_t *id);

/*
 * Records (hubspot_record.c)
 */
struct hubspot_wanted {
	enum crm_kind kind;
	const struct crm_prop *prop; /* of the kind, in the order of the name */
	size_t nr;
	bool *value, *history; /* which of them */
	bool any_history;
	bool link[CRM_KINDS]; /* associations to show */
};

void hubspot_wanted_init(
    struct hubspot_wanted *, const struct crm *, enum crm_kind);
void hubspot_wanted_free(struct hubspot_wanted *);
/* Add a property; unknown names are passed over. */
void hubspot_want(
    struct hubspot_wanted *, const struct crm *, struct text name);
void hubspot_want_history(
    struct hubspot_wanted *, const struct crm *, struct text name);
/* Add the ones that always come, and the default ones when none was asked. */
void hubspot_wanted_done(
    struct hubspot_wanted *, const struct crm *, bool asked);
/* Both lists of the query; comma-separated, may repeat. */
void hubspot_wanted_query(struct hubspot_wanted *, struct hubspot_call *);
bool hubspot_wanted_body(
    struct hubspot_wanted *, struct hubspot_call *, json_t *body);

void hubspot_put_record(
    struct hubspot_call *, const struct hubspot_wanted *, struct crm_record);

void hubspot_put_id(struct buf *, uint64_t id);
/* The next cursor when a page is in trouble, from the one that was asked. */
void hubspot_trouble_cursor(
    struct hubspot_call *, struct text asked, char out[48]);
/* "paging" with the next cursor, and where asked the address of that page. */
void hubspot_put_next(struct hubspot_call *, const char *after, bool link);
/* "startedAt" and "completedAt" of a batch. */
void hubspot_put_times(struct hubspot_call *);

#endif
