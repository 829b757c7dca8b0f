/* http_date.h: any bytes are a wait, a date or refused, and never more. */
#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/http_date.h"

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t len);

int
LLVMFuzzerTestOneInput(const uint8_t *p, size_t len)
{
	/* 2026-11-21 */
	const instant_us now = INT64_C(1795219200000000);
	instant_us at, again;
	struct text t;
	int64_t wait_s;
	char *copy = malloc(len + 1);

	/* exactly as long, so that a read behind the end is seen */
	assert(copy != NULL);
	copy = realloc(copy, len == 0 ? 1 : len);
	memcpy(copy, p, len);
	t = (struct text){ copy, len };
	if (http_retry_after(t, now, &wait_s))
		assert(wait_s >= 0 && wait_s < INT64_C(1) << 40);
	if (http_date_parse(t, now, &at)) {
		assert(len >= 24 && len <= 33);
		assert(http_date_parse(t, now, &again) && at == again);
		assert(http_retry_after(t, now, &wait_s));
		assert(at <= now ? wait_s == 0 : wait_s > 0);
	}
	free(copy);
	return 0;
}
