/*
 * judge.h - what Airtable's answers mean
 *
 * Source: Airtable's Web API, "Rate limits" and "Errors".
 */
#ifndef KPIPE_AIRTABLE_JUDGE_H
#define KPIPE_AIRTABLE_JUDGE_H

#include <stdbool.h>

#include "base/http.h"

http_judge_fn api_judge;

/* The answer is an error of that type, such as UNKNOWN_FIELD_NAME. */
bool api_error_is(const struct http_answer *, const char *type);

#endif
