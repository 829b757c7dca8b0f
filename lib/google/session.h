/*
 * session.h - calls to Google in the name of a service account
 *
 * One call at a time, each waited for. The access token is asked for with the
 * first of them, kept in a file for the next start, and renewed before it ends
 * or when it is no more taken. It works through the modules of base; the clock
 * is given. No fault shows a token, an assertion or the key.
 */
#ifndef KPIPE_GOOGLE_SESSION_H
#define KPIPE_GOOGLE_SESSION_H

#include <stdbool.h>

#include "base/date.h"
#include "base/fault.h"
#include "base/http.h"

#define SESSION_SHEETS_URL "https://sheets.googleapis.com"
#define SESSION_SHEETS	   "https://www.googleapis.com/auth/spreadsheets"
#define SESSION_KEY_FILE   "secrets/service_account.json"

/* Bits of http_request.windows: reads and writes have a limit each. */
#define SESSION_READ  1u
#define SESSION_WRITE 2u

/* All is borrowed. What comes from the environment is NULL when not set. */
struct session_conf {
	const char *key_path;	/* GOOGLE_SA_JSON_PATH; else the file above */
	const char *scope;	/* of the access token */
	const char *base_url;	/* NULL: Google's; given, it may be http */
	const char *token_url;	/* GOOGLE_TOKEN_URL; else the key file's */
	const char *cache;	/* a folder for tokens; else that of the user */
	const char *cache_home; /* XDG_CACHE_HOME */
	const char *home;	/* HOME */
	instant_us (*now)(void);
};

/* Those of the environment, by a reader such as tool_env. */
void session_settings(
    struct session_conf *, const char *(*env)(const char *name));

struct session;

/*
 * Read the key file. Errors: FAULT_USAGE, FAULT_DATA with the remedy when there
 * is none, others can read it or it is of another kind.
 */
struct session *session_new(const struct session_conf *, struct fault *);
/* Takes NULL. */
void session_free(struct session *);

/* The address of the account, with which things are shared. */
const char *session_email(const struct session *);

/*
 * Send a request to base_url and wait for the answer, which is good until the
 * next call. Fails as the answer says in a->why, with a->status and a->body.
 */
int session_call(struct session *, const struct http_request *,
    struct http_answer *a, struct fault *);

/*
 * POST without a body to a URL that wants an ID token of the account for it, as
 * session_call. Not sent again when it may have been received.
 *
 * Errors: FAULT_USAGE for a URL that is neither https nor on this machine.
 */
int session_post(struct session *, const char *url, unsigned total_s,
    struct http_answer *a, struct fault *);

/* What a person should know although all went well; NULL when nothing. */
const char *session_notice(const struct session *);

/* Requests, retries and answers with 429 so far, those for tokens included. */
void session_count(const struct session *, struct http_counts *);

#endif
