/*
 * hubstaff_impl.h - what the hubstaff_*.c files share
 */
#ifndef KPIPE_SANDBOX_HUBSTAFF_IMPL_H
#define KPIPE_SANDBOX_HUBSTAFF_IMPL_H

#include <pthread.h>

#include "base/json.h"
#include "sandbox/hubstaff.h"
#include "sandbox/vendor.h"

#define HUBSTAFF_TOKEN	50
#define HUBSTAFF_LAPSED 4209 /* the organisation that does not pay */

/* What a person changed by hand. */
struct hubstaff_edit {
	size_t org, project; /* indices */
	size_t person;
	day_nr day;
	unsigned tracked; /* 0: the row is gone */
};

struct hubstaff {
	const struct sandbox_conf *conf;
	struct crew *crew;

	pthread_mutex_t lock; /* of all below */
	uint64_t exchanges;   /* so far */
	int64_t *ends_s;      /* of the access token of each, by our clock */
	size_t cap_ends;
	struct hubstaff_edit *edit;
	size_t nr_edit;
};

struct hubstaff_call {
	struct hubstaff *hubstaff;
	struct call *call;
	struct buf *out; /* the reply's body */
	size_t org;	 /* index; of a path that has one */
	int64_t now_s;	 /* by the server's clock */
};

typedef void hubstaff_handler(struct hubstaff_call *);

hubstaff_handler hubstaff_token;
hubstaff_handler hubstaff_organizations, hubstaff_organization;
hubstaff_handler hubstaff_members, hubstaff_me, hubstaff_user;
hubstaff_handler hubstaff_daily;

/*
 * Errors. Each answers and returns false, so that a check can return it.
 */
bool hubstaff_error(struct call *, unsigned status, const char *code,
    int error_code, const char *fmt, ...) __attribute__((format(printf, 5, 6)));
/* 400 */
bool hubstaff_invalid(struct call *, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));
/* In the form of the token endpoint. */
bool hubstaff_denied(
    struct call *, unsigned status, const char *error, const char *description);

/* The token of the header is good; else it is answered (hubstaff_token.c). */
bool hubstaff_bearer(struct hubstaff_call *);
/* What the personal token is known by. */
void hubstaff_tag(const struct hubstaff *, char out[17]);

/* Seconds of a row, edits included. */
unsigned hubstaff_tracked(
    const struct hubstaff *, size_t org, size_t project, size_t person, day_nr);

#endif
