/*
 * judged.h - what fuzzers of vendors' bodies share: whatever the body, a judge
 * takes 200 alone, and says why of all else
 */
#ifndef KPIPE_FUZZ_JUDGED_H
#define KPIPE_FUZZ_JUDGED_H

#include <stdlib.h>

#include "base/http.h"

static inline void
must(bool holds)
{
	if (!holds)
		abort();
}

static inline void
judged(struct text body, http_judge_fn *judge)
{
	static const long statuses[] = { 200, 400, 401, 403, 404, 422, 429,
		503 };
	struct http_answer a = {
		.body = body, .method = "GET", .path = "/", .tries = 1
	};
	struct http_ruling r;
	size_t i;

	for (i = 0; i < sizeof(statuses) / sizeof(statuses[0]); i++) {
		a.status = statuses[i];
		r = (struct http_ruling){ .wait_ms = -1 };
		judge(&a, &r);
		must((r.verdict == HTTP_TAKE) == (a.status == 200));
		must(r.verdict == HTTP_TAKE || r.why.kind != FAULT_NONE);
	}
}

#endif
