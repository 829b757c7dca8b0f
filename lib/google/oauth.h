/*
 * oauth.h - assertions traded for tokens
 *
 * Source: Google's page "Using OAuth 2.0 for Server to Server Applications".
 * Pure.
 */
#ifndef KPIPE_GOOGLE_OAUTH_H
#define KPIPE_GOOGLE_OAUTH_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/http.h"

#define OAUTH_URL "https://oauth2.googleapis.com/token"

/* {"error":"invalid_grant","error_description":...} with what to do about it. */
http_judge_fn oauth_judge;

/* The form that asks for a token. */
void oauth_ask(struct buf *form, struct text assertion);

struct oauth_token {
	char *text;
	int64_t ends_s; /* seconds since 1970 */
};

/*
 * Read the answer to it, which came at now_s; member is access_token or
 * id_token. Errors: FAULT_DATA.
 */
int oauth_take(struct oauth_token *, struct text body, const char *member,
    int64_t now_s, struct fault *);
/* Overwrites it; takes what was zeroed, too. */
void oauth_token_free(struct oauth_token *);

/*
 * Google says that an assertion is not of now, and by the answer's date its
 * clock is *ahead_s ahead of ours (below 0: behind), by a minute at least.
 */
bool oauth_clock_differs(
    const struct http_answer *, int64_t now_s, int64_t *ahead_s);

/* https, and a host of googleapis.com: where assertions may be sent unasked. */
bool oauth_is_google(const char *url);

#endif
