#include "inflow/tell.h"

#include <stdarg.h>
#include <stdio.h>

void
tell(const struct tell *t, enum tell_kind kind, uint64_t line, const char *fmt,
    ...)
{
	char text[400];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	t->tell(t->of, kind, line, text);
}
