/*
 * answer.h - what all answers of HubSpot have in common
 */
#ifndef KPIPE_HUBSPOT_ANSWER_H
#define KPIPE_HUBSPOT_ANSWER_H

#include "base/arena.h"
#include "base/json.h"

/*
 * Check the body of a success and find the fields of the shape in it, as
 * json_scan_document. The body has BUF_SLACK bytes behind it, or none in it.
 *
 * Errors: FAULT_DATA for what is no JSON object, such as the page of a proxy.
 */
int answer_scan(struct json_shape *, struct text body, struct json_value *field,
    struct fault *);

/* An id: the text of a string, or a number to the digit; else "no text". */
struct text answer_id(struct json_value, struct arena *scratch);

#endif
