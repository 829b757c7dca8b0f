/* http_judge: whatever a server says, a fault is one printable line. */
#include "base/http.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct http_answer a = { .method = "GET", .path = "/", .tries = 1 };
	struct http_ruling r;
	const char *p;
	char *copy;

	if (size < 2)
		return 0;
	/* a copy of its exact size: reading past it is seen */
	copy = malloc(size - 1);
	if (copy == NULL)
		return 0;
	memcpy(copy, data + 1, size - 1);
	a.status = 100 + data[0] * 2;
	a.repeatable = data[0] % 3 == 0;
	a.body = (struct text){ copy, size - 1 };
	http_judge(&a, &r);
	if (r.verdict == HTTP_TAKE ? a.status / 100 != 2
				   : r.why.kind == FAULT_NONE)
		abort();
	if (r.verdict == HTTP_TAKE)
		r.why.text[0] = '\0';
	for (p = r.why.text; *p != '\0'; p++)
		if (*p < ' ' || *p > '~')
			abort();
	if (strlen(r.why.text) > 400)
		abort();
	free(copy);
	return 0;
}
