/*
 * client.h - calls to Slack's Web API, one at a time, each waited for
 *
 * Slack answers 200 also when it refuses: the judge looks at "ok". The token
 * goes to Slack and nowhere else, and no fault shows it.
 *
 * Source: Slack's Web API: errors, rate limits; 429 has Retry-After.
 */
#ifndef KPIPE_SLACK_CLIENT_H
#define KPIPE_SLACK_CLIENT_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/fault.h"
#include "base/http.h"

#define SLACK_URL      "https://slack.com"
#define SLACK_FILE_MAX ((size_t)256 << 20)

struct client_conf {
	const char *token;
	const char *token_name; /* of its variable, for messages */
	const char *base_url;	/* NULL: Slack's; given, it may be http */
	unsigned max_wait_s;	/* as in http.h */
};

struct client;

/* Errors: FAULT_USAGE when there is no token, or none that can be. */
struct client *client_new(const struct client_conf *, struct fault *);
/* Takes NULL. */
void client_free(struct client *);

/*
 * Call a method: with a body (JSON), POST; else GET with the query, "" for
 * none. *body is good until the next call.
 *
 * Errors: FAULT_DENIED when Slack says no; FAULT_AGAIN, and for a method that
 * is not repeatable it may have been done unless a->status is 429.
 */
int client_call(struct client *, const struct http_request *,
    struct http_answer *a, struct fault *);

/* Slack knows the token. Errors: those of client_call. */
int client_check(struct client *, struct fault *);

/* The id of the direct message with a user, added to id. */
int client_direct(
    struct client *, struct text user, struct buf *id, struct fault *);

/*
 * What is at the URL of a file, up to SLACK_FILE_MAX bytes. Up to three
 * redirects are followed, to hosts of the same domain and by https; another
 * host than the one that was asked first does not get the token.
 *
 * Errors: FAULT_DENIED for another domain, and for a page in place of a file.
 */
int client_download(
    struct client *, const char *url, struct buf *content, struct fault *);

struct http_counts client_counts(const struct client *);

#endif
