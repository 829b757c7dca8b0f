/*
 * http_date.h - instants as HTTP headers have them
 *
 * Source: RFC 9110, sections 5.6.7 and 10.2.3.
 */
#ifndef KPIPE_HTTP_DATE_H
#define KPIPE_HTTP_DATE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/date.h"
#include "base/text.h"

/*
 * All of t is a date in one of the three forms, with the weekday it has:
 *	Sun, 06 Nov 1994 08:49:37 GMT
 *	Sunday, 06-Nov-94 08:49:37 GMT
 *	Sun Nov  6 08:49:37 1994
 * Two digits of a year mean the one that is at most 50 years after now.
 */
bool http_date_parse(struct text t, instant_us now, instant_us *at);

#define HTTP_DATE_TEXT 32

/* The first of the forms, without a fraction. */
void http_date_format(instant_us at, char out[HTTP_DATE_TEXT]);

/*
 * Seconds to wait as Retry-After asks: a count or a date, rounded up, 0 for
 * one that has passed. A count beyond 32 bits is cut to them.
 */
bool http_retry_after(struct text t, instant_us now, int64_t *wait_s);

#endif
