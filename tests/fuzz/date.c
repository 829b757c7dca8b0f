/* Any text: what is taken must come back from its own form as the same. */
#include "base/date.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	/* a copy of its exact size: reading past it is seen */
	char *copy = malloc(size), out[INSTANT_TEXT];
	struct text t = { copy, size };
	instant_us strict, loose, back;
	day_nr day;
	bool is_strict;

	if (copy == NULL)
		return 0;
	memcpy(copy, data, size);
	is_strict = instant_parse(t, &strict);
	if (instant_parse_loose(t, &loose)) {
		if (is_strict && strict != loose)
			abort();
		if (loose < INSTANT_MIN || loose > INSTANT_MAX)
			abort();
		instant_format(loose, out);
		if (!instant_parse(text_of(out), &back) || back != loose)
			abort();
		instant_format_iso(loose, out);
		if (!instant_parse(text_of(out), &back) || back != loose)
			abort();
	} else if (is_strict) {
		abort();
	}
	if (day_parse(t, &day)) {
		day_format(day, out);
		if (size != 10 || memcmp(out, data, 10) != 0)
			abort();
	}
	free(copy);
	return 0;
}
