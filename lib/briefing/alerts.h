/*
 * alerts.h - alert records of any system
 */
#ifndef KPIPE_BRIEFING_ALERTS_H
#define KPIPE_BRIEFING_ALERTS_H

#include "base/ndjson.h"
#include "briefing/letter.h"

struct alerts;

struct alerts *alerts_new(struct json_shape *);
/* Takes NULL. */
void alerts_free(struct alerts *);
/* Others are passed over. Errors: FAULT_DATA for an alert without text. */
int alerts_add(struct alerts *, const struct record *, struct fault *);

size_t alerts_nr(const struct alerts *);
/* All of them, a line each. */
void alerts_write(const struct alerts *, struct letter *);

#endif
