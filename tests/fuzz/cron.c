/*
 * Eight bytes of an instant, then any text: what is taken fires at no instant
 * behind the one given, and at none between two in a row.
 */
#include "base/cron.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

#define MINUTE_US (INT64_C(60) * 1000000)
#define STEPS	  300

/* Minute by minute back: it is found at itself alone. */
static void
check_between(const struct cron *cron, instant_us from, instant_us to)
{
	instant_us at;
	int i;

	for (i = 0; i < STEPS && from > to; i++, from -= MINUTE_US)
		if (!cron_latest(cron, from, &at) || at != to)
			abort();
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fault f;
	struct cron cron;
	instant_us now, at, before;
	char *copy;

	if (size < 8)
		return 0;
	memcpy(&now, data, 8);
	now %= INSTANT_MAX / 16;
	size -= 8;
	/* a copy of its exact size: reading past it is seen */
	copy = malloc(size);
	if (copy == NULL)
		return 0;
	memcpy(copy, data + 8, size);
	if (cron_parse(&cron, (struct text){ copy, size }, &f) == 0) {
		if (!cron_latest(&cron, now, &at) || at > now ||
		    at % MINUTE_US != 0)
			abort();
		check_between(&cron, now, at);
		if (!cron_latest(&cron, at - 1, &before) || before >= at)
			abort();
		check_between(&cron, at - MINUTE_US, before);
	}
	free(copy);
	return 0;
}
