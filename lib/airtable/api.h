/*
 * api.h - calls to the Web API of Airtable, for the records of one base
 *
 * One call at a time, each waited for, four a second: Airtable takes five, and
 * after one more refuses all for 30 seconds. Processes of the same user keep to
 * that together, by a file of state. No fault shows the token.
 *
 * Source: Airtable's Web API, "Rate limits" and "Errors".
 */
#ifndef KPIPE_AIRTABLE_API_H
#define KPIPE_AIRTABLE_API_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/http.h"

#define API_URL "https://api.airtable.com"

/* All is borrowed. What is not given is NULL. */
struct api_conf {
	const char *token;
	const char *base;	/* appXXXXXXXXXXXXXX */
	const char *base_url;	/* NULL: Airtable's; given, it may be http */
	unsigned max_wait_s;	/* 0: as http.h */
	const char *state_home; /* XDG_STATE_HOME */
	const char *home;	/* HOME */
};

struct api;

/* Those of the environment, by a reader such as tool_env. */
void api_settings(struct api_conf *, const char *(*env)(const char *name));

/* Errors: FAULT_USAGE with the remedy for what is missing or is none. */
struct api *api_new(const struct api_conf *, struct fault *);
/* Takes NULL. */
void api_free(struct api *);

/* Why it keeps the pace alone, NULL when with the others. */
const char *api_alone(const struct api *);

/* Add the path of a table, by its name or id. */
void api_path(const struct api *, const char *table, struct buf *);

/* The length of the whole address with that path. */
size_t api_address_length(const struct api *, const struct buf *path);

/*
 * Send a request and wait for the answer, which is good until the next call.
 * Fails as the answer says in a->why, with a->status and a->body.
 */
int api_call(struct api *, const struct http_request *, struct http_answer *a,
    struct fault *);

/* Send nothing for so long. */
void api_hold(struct api *, unsigned ms);

const struct http_counts *api_counts(const struct api *);

#endif
