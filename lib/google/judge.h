/*
 * judge.h - what a Google API means by an answer that is no success
 *
 *	{"error":{"code":403,"message":...,"status":"PERMISSION_DENIED",
 *	  "details":[{"@type":...ErrorInfo,"reason":"SERVICE_DISABLED"}]}}
 *
 * Source: Google's "API design guide", Errors, and "Usage limits" of the Sheets
 * API: after 429 all calls wait, ever longer.
 */
#ifndef KPIPE_GOOGLE_JUDGE_H
#define KPIPE_GOOGLE_JUDGE_H

#include <stdbool.h>

#include "base/http.h"

http_judge_fn google_judge;

/* It stands in the details of an error: SERVICE_DISABLED and the like. */
bool google_reason_is(struct text body, const char *reason);

#endif
