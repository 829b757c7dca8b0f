/*
 * judge.h - what Hubstaff means by an answer that is no success
 *
 *	{"code":"not_authorized","error_code":10001,"error":...}
 *	{"error":"invalid_token","error_description":...}
 *
 * Source: Hubstaff's API reference v2, errors and limits. 429 comes with
 * Retry-After; without one the wait grows until the minute's limit has passed.
 */
#ifndef KPIPE_HUBSTAFF_JUDGE_H
#define KPIPE_HUBSTAFF_JUDGE_H

#include "base/http.h"

#define HUBSTAFF_TRIES 8 /* of 429; 6 of the rest */

/* Of calls with an access token. */
http_judge_fn hubstaff_judge;
/* Of exchanges of refresh tokens: FAULT_DENIED is a token that is refused. */
http_judge_fn hubstaff_token_judge;

#endif
