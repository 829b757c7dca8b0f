/*
 * judge.h - what HubSpot means by an answer that is no success
 *
 * Source: HubSpot's pages "API usage guidelines and limits" and "Error
 * handling".
 *
 *   429 DAILY                 FAULT_AGAIN at once: it lasts until midnight
 *   429 TEN_SECONDLY_ROLLING  10 s without Retry-After
 *   429 SECONDLY (search)     1 s without Retry-After
 *   477 the account moves     FAULT_AGAIN at once: it lasts up to a day
 *   401                       FAULT_DENIED with what to check
 *   403 MISSING_SCOPES        FAULT_DENIED with the scopes that are missing
 *   other 4xx                 FAULT_DENIED with category, message and id
 *
 * The rest is as for every vendor.
 */
#ifndef KPIPE_HUBSPOT_JUDGE_H
#define KPIPE_HUBSPOT_JUDGE_H

#include "base/arena.h"
#include "base/http.h"

http_judge_fn hubspot_judge;

#define HUBSPOT_SCOPES 16

/* The scopes that a 403 says are missing: their number, at most max. */
size_t hubspot_scopes(
    struct text body, struct arena *, struct text *scope, size_t max);

/*
 * True for a token that is none: empty, or the placeholder of .env.example.
 * Source: a text that starts with pat-replace_me or pat-xx-, in any case.
 */
bool hubspot_token_missing(struct text token);
/* False for a token that could not stand in a header. */
bool hubspot_token_valid(struct text token);

#define HUBSPOT_TAG 5

/*
 * Four digits that tell the token's account from most others, and next to
 * nothing of the token: one in 65536 has the same.
 */
void hubspot_token_tag(struct text token, char out[HUBSPOT_TAG]);

#endif
