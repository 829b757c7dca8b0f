#include "base/text.h"

#include <strings.h>

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

struct text
text_trim(struct text t)
{
	while (t.len > 0 && is_blank(t.p[0])) {
		t.p++;
		t.len--;
	}
	while (t.len > 0 && is_blank(t.p[t.len - 1]))
		t.len--;
	return t;
}

bool
text_is_nocase(struct text a, const char *s)
{
	return a.len == strlen(s) && text_starts_nocase(a, s);
}

bool
text_starts_nocase(struct text a, const char *prefix)
{
	size_t len = strlen(prefix);

	return a.len >= len && (len == 0 || strncasecmp(a.p, prefix, len) == 0);
}
