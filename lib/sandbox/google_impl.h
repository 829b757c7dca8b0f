/*
 * google_impl.h - what the google_*.c files share
 */
#ifndef KPIPE_SANDBOX_GOOGLE_IMPL_H
#define KPIPE_SANDBOX_GOOGLE_IMPL_H

#include <pthread.h>

#include <jansson.h>

#include "base/json.h"
#include "sandbox/google.h"
#include "sandbox/grid.h"
#include "sandbox/vendor.h"

#define GOOGLE_KEY_ID 41

/* An access token that was given out. */
struct google_token {
	char *text;
	int64_t ends_s; /* by the server's clock */
	bool read, write;
};

struct google_pair {
	struct buf secret, open; /* PEM */
	char id[GOOGLE_KEY_ID];
};

struct google {
	const struct sandbox_conf *conf;
	struct crm *crm;

	pthread_mutex_t lock;	    /* of all below */
	struct google_pair account; /* empty when there is no key */
	struct google_pair own;	    /* for ID tokens; made when one is */
	struct google_token *token;
	size_t nr_token, cap_token;
	struct book **book;
	size_t nr_book;
};

struct google_call {
	struct google *google;
	struct call *call;
	struct buf *out; /* the reply's body */
	struct book *book;
	struct text range;
	int64_t now_s; /* by the server's clock */
};

typedef void google_handler(struct google_call *);

google_handler google_token, google_pool;
google_handler google_spreadsheet, google_update_spreadsheet;
google_handler google_values_get, google_values_batch_get;
google_handler google_values_update, google_values_batch_update;
google_handler google_values_append;
google_handler google_values_clear, google_values_batch_clear;

/*
 * Errors (google_error.c). Each answers and returns false, so that a check can
 * return it.
 */
bool google_error(struct call *, unsigned code, const char *status,
    const char *fmt, ...) __attribute__((format(printf, 4, 5)));
/* The same with a reason in the details. */
bool google_error_info(struct call *, unsigned code, const char *status,
    const char *reason, const char *message);
/* 400 INVALID_ARGUMENT: without details, and with the field in them. */
bool google_invalid(struct call *, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));
bool google_violation(struct call *, const char *field, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));
void google_quota(struct call *, const char *limit, unsigned nr);
/* A page for people, of the servers in front. */
void google_page(struct call *, unsigned status, const char *what);

/*
 * What is asked for (google_ask.c). at is where an object stands in the body,
 * "" for the body itself.
 */
/* Only these parameters and those of every Google method. */
bool google_params(struct google_call *, const char *const *name);
/* The index among names, NULL-terminated; unset when it is not there. */
bool google_param_enum(struct google_call *, const char *name, const char *type,
    const char *const *names, unsigned *x);
bool google_param_bool(struct google_call *, const char *name, bool *x);
/* The body, an object with none but these members; NULL when it is not. */
json_t *google_body(
    struct google_call *, const char *at, const char *const *name);
bool google_only(struct google_call *, json_t *object, const char *at,
    const char *const *name);
/* Members: true when absent or null (*x stays) or of that type. */
bool google_member_text(struct google_call *, json_t *object, const char *at,
    const char *name, const char **x);
bool google_member_int(struct google_call *, json_t *object, const char *at,
    const char *name, int32_t *x);
bool google_member_bool(struct google_call *, json_t *object, const char *at,
    const char *name, bool *x);
bool google_member_enum(struct google_call *, json_t *object, const char *at,
    const char *name, const char *type, const char *const *names, unsigned *x);
/* An array or object: NULL when absent. */
bool google_member_array(struct google_call *, json_t *object, const char *at,
    const char *name, json_t **x);
bool google_member_object(struct google_call *, json_t *object, const char *at,
    const char *name, json_t **x);

/* at.name, or name alone. Returns room. */
#define GOOGLE_AT 120
const char *google_at(char room[GOOGLE_AT], const char *at, const char *name);

/* Keep what the mask names; known names all there is (google_mask.c). */
bool google_mask(struct google_call *, struct text mask, const char *known);

/*
 * Tokens (google_token.c)
 */
void google_make_pair(struct google_pair *, uint64_t salt, struct fault *);
void google_free_pair(struct google_pair *);
/* The token of the header; NULL when it was answered with 401 or 403. */
const struct google_token *google_bearer(struct google_call *);
/* The claims of a token that its key signed; NULL when it did not. */
json_t *google_claims(const struct google_pair *, struct text jwt);
/* "http://", the host that was asked, and path. */
void google_put_address(
    struct buf *, const struct httpd_request *, const char *path);

/*
 * Spreadsheets (google_seed.c, google_sheets.c)
 */
extern const char google_account[]; /* the address of the account */
void google_seed(struct google *);
struct book *google_book(struct google *, struct text id);
void google_free_books(struct google *);
void google_put_properties(
    struct buf *, const struct book *, const struct tab *);
bool google_can_hold(
    struct google_call *, const struct book *, uint64_t more, const char *at);

#endif
