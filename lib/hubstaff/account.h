/*
 * account.h - calls to Hubstaff with the tokens of an account
 *
 * A personal access token is a refresh token: it is good for one exchange, for
 * an access token of a day and the next refresh token. Both are in a file
 * before either is used, and exchanges are made one at a time by a lock beside
 * that file, so that two jobs do not use up each other's token. Before one is
 * asked for the file says so: when the process dies before the new tokens are in
 * it, the next one can tell what happened.
 *
 * One call at a time, each waited for. It works through the modules of base; the
 * clock is given. No fault shows a token.
 */
#ifndef KPIPE_HUBSTAFF_ACCOUNT_H
#define KPIPE_HUBSTAFF_ACCOUNT_H

#include <stdbool.h>

#include "base/date.h"
#include "base/fault.h"
#include "base/http.h"

#define ACCOUNT_URL	  "https://api.hubstaff.com"
#define ACCOUNT_TOKEN_URL "https://account.hubstaff.com"

/* All is borrowed. What comes from the environment is NULL when not set. */
struct account_conf {
	const char *refresh_token; /* HUBSTAFF_REFRESH_TOKEN */
	const char *access_token;  /* HUBSTAFF_ACCESS_TOKEN: no exchanges */
	const char *base_url;	   /* NULL: Hubstaff's; given, it may be http */
	const char *token_url;	   /* NULL: Hubstaff's, or base_url */
	const char *file;	   /* of the tokens; else that of the user */
	const char *state_home;	   /* XDG_STATE_HOME */
	const char *home;	   /* HOME */
	unsigned rate;		   /* calls a minute */
	unsigned max_wait_s;	   /* as in http.h */
	instant_us (*now)(void);
};

struct account;

/*
 * Read the file. Errors: FAULT_USAGE, FAULT_DATA with the remedy when there is
 * no token, or a file that is not to be used.
 */
struct account *account_new(const struct account_conf *, struct fault *);
/* Takes NULL. */
void account_free(struct account *);

/* The token is of an organisation and not of a person. */
bool account_is_org(const struct account *);

/*
 * GET path and wait for the answer, which is good until the next call. Fails as
 * the answer says in answer->why, with its status.
 */
int account_get(struct account *, const char *path, struct http_answer *answer,
    struct fault *);

/* Of the calls and the exchanges. */
struct http_counts account_counts(const struct account *);

#endif
