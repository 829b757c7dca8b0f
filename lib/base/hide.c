#include "base/hide.h"

#include <string.h>

#define SHOWN_BY_CHANCE 11

void
hide_secret(char *text, const char *secret)
{
	size_t len, min;
	char *p;

	if (secret == NULL || secret[0] == '\0')
		return;
	min = strlen(secret);
	if (min > SHOWN_BY_CHANCE + 1)
		min = SHOWN_BY_CHANCE + 1;
	for (p = text; *p != '\0'; p++) {
		for (len = 0; p[len] != '\0' && p[len] == secret[len]; len++)
			;
		if (len < min)
			continue;
		/* a secret of one or two bytes grows to no more than it was */
		memset(p, '*', len < 3 ? len : 3);
		if (len > 3)
			memmove(p + 3, p + len, strlen(p + len) + 1);
		p += len < 3 ? len - 1 : 2;
	}
}
